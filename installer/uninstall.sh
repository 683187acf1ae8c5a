#!/bin/bash
# Takes Signalbox off this machine: first says what goes and what stays.
#
#   sudo signalbox uninstall [--purge] [--yes] [--prefix DIRECTORY]
#
#   --purge    also everything it keeps: data, repositories, volumes of apps, images, the key, the settings
#   --yes      does not ask
#
# Without --purge, installing again takes up where this left. Docker and other packages stay in any case.
# shellcheck disable=SC2154,SC2034,SC2317 # what the parts below set and use
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
for part in say layout engine service containment; do
    # shellcheck source=/dev/null # each is checked by itself
    . "$here/lib/$part.sh"
done
as_root() { "$@"; }

purge=no ask=yes prefix_asked=''
trap explain EXIT
case $here in */opt/signalbox/versions/*) prefix_asked=${here%%/opt/signalbox/versions/*} ;; esac
while [ $# -gt 0 ]; do
    case $1 in
        --purge) purge=yes ;;
        --yes) ask=no ;;
        --prefix) [ $# -ge 2 ] || fail "--prefix needs a directory."; prefix_asked=${2%/}; shift ;;
        -h | --help) sed -n '2,/^# shellcheck/s/^# \{0,1\}//p' "$0" | head -n -1; exit 0 ;;
        *) fail "There is no option $1." "Nothing was changed." "See: installer/uninstall.sh --help" ;;
    esac
    shift
done
[ "$(id -u)" = 0 ] || fail "Uninstalling takes root." "Nothing was changed." "Give the command again with sudo."
use_layout "$prefix_asked"
standing="Part of it is gone; what is left is listed by the same command."

# --- what there is --------------------------------------------------------------------------------------------------

# Everything of ours in Docker carries the instance's label; the proxy tells which instance has this data.
find_instance() {
    instance=$(cat "$config/instance" 2>/dev/null || true)
    [ -z "$instance" ] || return 0
    if ! engine_answers; then
        if [ ! -e "$data/signalbox.db" ] || { [ ! -S "$engine_socket" ] && ! command -v dockerd >/dev/null; }; then return 0; fi
        fail "Docker does not answer, so nobody can tell what Signalbox has in it." "Nothing was changed." \
            "Start Docker, then give this command again."
    fi
    instance=$(engine GET '/containers/json?all=1' | jq -r --arg data "$data/" 'first(.[]
        | select(.Labels["dev.signalbox.role"] == "proxy" and any(.Mounts[]; .Source // "" | startswith($data)))
        | .Labels["dev.signalbox.instance"]) // empty')
}

labelled() { # labelled KIND FILTER: how many there are
    local filter
    filter=$(jq -rn --arg mark "dev.signalbox.instance=$instance" '{label: [$mark]} | tojson | @uri')
    engine GET "/$1?all=1&filters=$filter" | jq -r "$2 | length"
}

list() {
    say "This goes:"
    ! service_runs || note "the running service (apps and the router stop)"
    if [ -n "$instance" ] && engine_answers; then
        note "in Docker, of the instance $instance: containers ($(labelled containers/json .)), networks ($(labelled networks .))"
    fi
    for thing in "$programs" "$run_directory" "$logs" "$command_link"; do
        if [ -e "$thing" ] || [ -L "$thing" ]; then note "$thing"; fi
    done
    [ -n "$prefix" ] || note "its units, its firewall table, its limits on builds, Docker's live-restore if it was set by this"
    if [ "$purge" = yes ]; then
        note "$data, with all repositories, logs and copies of the database"
        note "$config, with the master key: copies of the database cannot be read without it"
        if [ -n "$instance" ] && engine_answers; then
            note "in Docker: images of apps ($(labelled images/json .)), volumes of apps ($(labelled volumes .Volumes)), base images that were made for it and have no other use"
        fi
        [ ! -e "$config/account-made" ] || note "the account $account"
        say "This stays: Docker, git and other packages; what others have in Docker; Docker's build cache (docker builder prune)."
    else
        say "This stays, for an installation to come (with --purge it goes too):"
        note "$data, $config, the account $account, images and volumes of apps"
    fi
}

agree() {
    local answer
    [ "$ask" = yes ] || return 0
    [ -t 0 ] || fail "Nobody is there to say yes." "Nothing was changed." "Add --yes."
    read -r -p "Go on? [y/N] " answer
    [[ $answer =~ ^[Yy] ]] || fail "You did not say yes." "Nothing was changed."
}

# --- taking it away -------------------------------------------------------------------------------------------------

remove_service() {
    if has_systemd; then systemctl stop signalbox-images.service 2>/dev/null || true; fi
    stop_service
    if has_systemd; then
        systemctl disable --quiet signalbox.service 2>/dev/null || true
        rm -rf "$units/signalbox.service" "$units/signalbox.service.d"
        systemctl daemon-reload
    fi
}

remove_docker_objects() {
    [ -n "$instance" ] || return 0
    engine_answers || fail "Docker does not answer, so the containers cannot be removed." "The service has stopped; nothing else was removed." \
        "Start Docker, then give this command again."
    if [ "$purge" = no ]; then
        remove_instance "$instance" keep-images
        tell_left containers/json . networks .
        return
    fi
    remove_instance "$instance"
    remove_volumes
    remove_base_images
    tell_left containers/json . networks . images/json . volumes .Volumes
}

tell_left() { # tell_left KIND FILTER…: what the engine did not let go
    local count
    while [ $# -gt 0 ]; do
        count=$(labelled "$1" "$2")
        [ "$count" = 0 ] || note "(!) left in Docker: ${1%/json} ($count), which others use or Docker cannot remove. Their label: dev.signalbox.instance=$instance"
        shift 2
    done
}

remove_volumes() {
    local name filter
    filter=$(jq -rn --arg mark "dev.signalbox.instance=$instance" '{label: [$mark]} | tojson | @uri')
    engine GET "/volumes?filters=$filter" | jq -r '.Volumes[]?.Name' | while read -r name; do
        engine DELETE "/volumes/$name" --fail-with-body --output /dev/null || true
    done
}

# Those that were not there before and that nothing stands on; the engine refuses the others.
remove_base_images() {
    [ -e "$config/images-made" ] || return 0
    for _ in 1 2 3; do # an image goes once those that were made from it have gone
        sort --unique "$config/images-made" | while read -r name; do
            if engine GET "/images/$name/json" | jq -e '.Config.Labels["dev.signalbox.image.inputs"]' >/dev/null 2>&1; then
                engine DELETE "/images/$name" --output /dev/null
            fi
        done
    done
}

remove_files() {
    rm -rf "$programs" "$logs" "$run_directory"
    [ ! -L "$command_link" ] || rm -f "$command_link"
    if [ "$purge" = yes ]; then
        rm -rf "$data"
        [ -n "$prefix" ] || rmdir --ignore-fail-on-non-empty /var/lib/signalbox 2>/dev/null || true
        remove_account
        rm -rf "$config"
    fi
    rm -f "$prefix/run/signalbox-install.lock"
    [ -z "$prefix" ] || (cd "$prefix" && rmdir --parents --ignore-fail-on-non-empty etc opt run usr/local/bin var/lib var/log) 2>/dev/null || true
}

remove_account() {
    if [ ! -e "$config/account-made" ] || ! getent passwd "$account" >/dev/null; then return 0; fi
    if pgrep --uid "$account" >/dev/null; then
        note "the account $account stays: another program runs as it"
    else
        userdel "$account"
    fi
}

if [ ! -e "$programs" ] && [ ! -e "$config" ] && [ ! -e "$data" ]; then fail "Signalbox is not installed ${prefix:+in $prefix}${prefix:-here}."  "Nothing was changed."; fi
one_at_a_time
find_instance
list
agree
# This very file is about to be deleted: bash has read the braces whole by then.
{
    step "Stopping it" remove_service
    step "What it has in Docker" remove_docker_objects
    step "Settings of the machine" release_containment
    step "Files" remove_files
    say "Signalbox is gone."
    exit 0
}
