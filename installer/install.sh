#!/bin/bash
# Installs Signalbox on this machine, repairs it, or brings it to this version. Safe to give again, also after a power cut.
#
#   sudo installer/install.sh [OPTION…]
#
#   --demo                     ends with an owner, a pushed app and its address
#   --base-domain DOMAIN       apps get names below it (default: made of the public address; else localhost)
#   --public-address ADDRESS   where the world reaches this machine, if that is on no interface of it
#   --http-port PORT           where the router listens (default 80)
#   --https-port PORT          (default 443)
#   --data-dir DIRECTORY       where everything is kept (default /var/lib/signalbox)
#   --prefix DIRECTORY         everything below that directory, nothing of the machine's own changed: to try it out
#   --yes                      asks nothing
# shellcheck disable=SC2154,SC2034 # what the parts below set and use
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$here")
for part in say layout jdk demo checks packages address account program service containment images; do
    # shellcheck source=/dev/null # each is checked by itself
    . "$here/lib/$part.sh"
done
as_root() { "$@"; }

usage() { sed -n '2,/^#   --yes/s/^# \{0,1\}//p' "$0"; }

demo=no ask=yes
asked_prefix='' asked_domain='' asked_address='' asked_http='' asked_https='' asked_data=''
while [ $# -gt 0 ]; do
    case $1 in
        --demo) demo=yes ;;
        --yes) ask=no ;;
        -h | --help) usage; exit 0 ;;
        --base-domain | --public-address | --http-port | --https-port | --data-dir | --prefix)
            if [ $# -lt 2 ] || [ -z "$2" ]; then printf 'error: %s needs a value.\n' "$1" >&2; exit 2; fi
            case $1 in
                --base-domain) asked_domain=$2 ;;
                --public-address) asked_address=$2 ;;
                --http-port) asked_http=$2 ;;
                --https-port) asked_https=$2 ;;
                --data-dir) asked_data=${2%/} ;;
                --prefix) asked_prefix=${2%/} ;;
            esac
            shift ;;
        *) printf 'error: there is no option %s. Nothing was changed.\n\n' "$1" >&2; usage >&2; exit 2 ;;
    esac
    shift
done
trap explain EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- what it will be like -------------------------------------------------------------------------------------------

decide() {
    local before
    [[ -z $asked_prefix || $asked_prefix =~ ^/[A-Za-z0-9/._-]+$ ]] || fail "--prefix is '$asked_prefix'. Give a whole path of letters, digits, dots and dashes."
    use_layout "$asked_prefix"
    before=$(setting SIGNALBOX_DATA)
    if [ -n "$asked_data" ]; then
        if [ -n "$before" ] && [ "$before" != "$asked_data" ]; then
            fail "The data is in $before already; --data-dir does not move it." "Nothing was changed." \
                "Leave --data-dir out. To move it: stop Signalbox, move the directory, change $settings, give this command again."
        fi
        data=$asked_data
    fi
    public_address=${asked_address:-$(setting SIGNALBOX_PUBLIC_ADDRESS)}
    [ -z "$public_address" ] || check_address "$public_address"
    [ -z "$asked_domain" ] || check_domain "$asked_domain"
    http_port=${asked_http:-$(setting SIGNALBOX_HTTP_PORT)} http_port=${http_port:-80}
    https_port=${asked_https:-$(setting SIGNALBOX_HTTPS_PORT)} https_port=${https_port:-443}
    panel_port=$(setting SIGNALBOX_PANEL_PORT) panel_port=${panel_port:-$(free_port_from 7420)}
    proxy_port=$(setting SIGNALBOX_PROXY_API_PORT) proxy_port=${proxy_port:-$(free_port_from 8099)}
    if is_installed; then standing="Signalbox is installed already and was left as it is."; fi
}

free_port_from() { # a loopback port that nobody sees; the usual one where it is free
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then free_port; else printf '%s\n' "$1"; fi
}

decide_domain() { # needs the tools that may have been installed just now
    domain=${asked_domain:-}
    [ -n "$domain" ] || [ -n "$asked_address" ] || domain=$(setting SIGNALBOX_BASE_DOMAIN)
    domain=${domain:-$(base_domain "$public_address")}
}

check_machine() {
    check_distribution
    check_memory
    check_data_directory
    check_disk "$data" 2 "the data and the first apps"
    check_disk /var/lib/docker 4 "Docker's images"
    check_engine_is_private
    check_ports
}

check_ports() {
    [ "$http_port" != "$https_port" ] || fail "--http-port and --https-port are both $http_port. Give two different ports."
    check_port "$http_port" --http-port
    check_port "$https_port" --https-port
}

agree() {
    local answer
    if [ "$ask" = no ] || [ ! -t 0 ] || is_installed; then return 0; fi
    cat <<END
This will, on $(hostname):
  install what is missing of: Docker (the distribution's), git, curl, jq, nftables
  put the program in $programs, its settings and key in $config, its data in $data
  make the account $account and ${prefix:+no }services that start with the machine
  listen on ports $http_port and $https_port
installer/uninstall.sh takes all of it away again.
END
    read -r -p "Go on? [Y/n] " answer
    [[ ! $answer =~ ^[Nn] ]] || fail "You said no."
}

# --- the steps ------------------------------------------------------------------------------------------------------

begin_log() {
    mkdir -p "$logs"
    log=$logs/install.log
    if [ -s "$log" ] && [ "$(stat --format=%s "$log")" -gt 5000000 ]; then mv "$log" "$log.1"; fi
    printf '\n--- %s: install.sh\n' "$(date --utc +%FT%TZ)" >>"$log"
    chmod 640 "$log"
    sync --file-system "$root" # unpacked a moment ago, it may not be on the disk yet
}

get_packages() {
    local packages
    mapfile -t packages < <(missing_packages)
    if [[ " ${packages[*]} " == *" docker.io "* ]]; then before_docker; fi
    install_packages "${packages[@]}"
    mapfile -t packages < <(missing_packages)
    [ ${#packages[@]} = 0 ] || fail "These packages are installed and what they hold is not there: ${packages[*]}." "$standing" \
        "Install them by hand (apt-get install --reinstall ${packages[*]}), then give this command again."
}

get_engine() {
    start_engine
    check_engine_is_private
    check_engine_version
    check_daemon_settings
    check_ports
}

get_program() {
    obtain_tree "$root"
    put_program "$tree"
}

prepare_account() {
    make_account
    decide_domain
    make_directories
    make_key
}

# decide_way: leaves in $way what is to be done to the program that runs, and in $before where that one is
decide_way() {
    finish_going_back
    before=$(readlink -f "$programs/current" || true)
    way=start
    if is_installed && [ "$before" != "$place" ]; then
        way=replace
    elif [ "$before" = "$place" ] && [ "$repaired" = no ] && service_runs && settings_are_kept && await_panel 5; then
        way=stay
    fi
}

# put_in_place: the unit, the program and its settings as they shall be, and the limits before anything runs
put_in_place() {
    stop_service
    write_settings
    point_at "$place"
    install_unit "$place"
    contain "$place"
}

# bring_up: what ran before comes back if the new one does not answer
bring_up() {
    case $way in
        replace) replace_program "$before" "$place"; return ;;
        stay) note "it runs already"; end_upgrade; return ;;
    esac
    start_service
    await_panel 300 || { # a slow machine, at its first start, with other work to do
        last_words | sed 's/^/    /' >&2
        [ ! -e "$programs/upgrading" ] || leave_cut_off_upgrade
        fail "The panel does not answer after 5 minutes, or has ended; the program's last lines are above." \
            "The program is installed." "Put right what those lines say, then give this command again."
    }
    end_upgrade
}

settings_are_kept() { # whether what is wanted now is what it was started with
    local written=$settings status=0
    settings=$programs/settings.wanted
    write_settings
    settings=$written
    cmp --silent "$programs/settings.wanted" "$settings" || status=1
    rm -f "$programs/settings.wanted"
    return "$status"
}

# shellcheck source=installer/lib/upgrade.sh
. "$here/lib/upgrade.sh"

# setup_link: prints the link by which somebody becomes the owner; nothing where there is one
setup_link() {
    local status=0
    "$programs/current/signalbox" setup-token 2>"$programs/.said" || status=$?
    [ "$status" = 0 ] || [ "$status" = 5 ] || fail "Signalbox gives no link to become its owner: $(tail -n 1 "$programs/.said" | printable)" \
        "$standing" "See how it is with: sudo signalbox doctor. Then give this command again."
    rm -f "$programs/.said"
}

make_demo() {
    local token password link
    signalbox=("$programs/current/signalbox")
    demo_data=$(mktemp -d "$programs/demo.XXXXXX")
    trap 'status=$?; rm -rf "$demo_data"; explain "$status"' EXIT
    cd "$programs/current"
    link=$(setup_link)
    if [ -n "$link" ]; then
        # Written down before it is so: whoever is cut off here finds out that the owner is the demo's.
        printf '%s\n' "$demo_mail" | write_file "$config/demo-owner" 600 root:root
        password=$(random_text 20)
        own_panel "$http_port" "$password"
    elif [ -e "$config/demo-owner" ]; then
        password=$("${signalbox[@]}" owner-password)
    else
        password="(the owner is yours already; your password is as it was)"
    fi
    # Nobody is shown it, and after this push nobody uses it: it ends by itself.
    token=$("${signalbox[@]}" token create --name "demo of the installer" --hours 1 --scope projects:read --scope projects:write \
        --scope deploy:read --scope deploy:write)
    push_starter hello-node demo "$http_port" "$token"
    demo_signed_in="$(cat "$config/demo-owner" 2>/dev/null || printf 'your address') / $password"
}

tell() {
    local panel link
    panel=$(sed -n 's/^Panel *//p' <<<"$state")
    has_systemd || say "There is no systemd here: after a reboot, start it with: sudo $programs/current/installer/install.sh --yes${prefix:+ --prefix $prefix}"
    if [ "$demo" = yes ]; then
        say "Panel: $panel"
        say "Sign in: $demo_signed_in"
        say "App: $demo_app"
        say "Git remote: $panel$demo_remote"
        say "Ready in $SECONDS s"
        return
    fi
    say "Panel: $panel"
    link=$(setup_link)
    if [ -n "$link" ]; then
        say "Become its owner with this link, once and within 30 minutes (another: sudo signalbox setup-token):"
        say "    $link"
        say "Without the master key no backup can be read. Keep $master_key or these words away from this machine:"
        "$programs/current/signalbox" key words | sed 's/^/    /'
        say "Then: sudo signalbox key confirm"
    fi
    say "Ready in $SECONDS s"
}

check_root
decide
one_at_a_time
step "Looking at this machine" check_machine
agree
begin_log
is_installed || standing="Signalbox does not run yet; what earlier steps made stays and is used again."
step "Packages" get_packages
step "Docker" get_engine
step "Account, directories and key" prepare_account
step "Program" get_program
step "Base images" make_images "$place"
step "Training, so that it starts fast" train_program "$place"
step_name="Looking at what runs"
decide_way
[ "$way" != start ] || step "Limits on what apps and builds may" put_in_place
step "Starting" bring_up
[ "$way" = start ] || step "Limits on what apps and builds may" contain "$place"
standing="Signalbox is installed and runs."
if [ "$demo" = yes ]; then step "Demo: an owner, a project, a push" make_demo; fi
forget_old_programs
state=$("$programs/current/signalbox" status)
sed -n 's/^Instance *//p' <<<"$state" | write_file "$config/instance" 600 root:root
make_other_images "$place"
tell
