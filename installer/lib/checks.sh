# What has to be so before anything is changed. To be sourced after say.sh, layout.sh and engine.sh.
# shellcheck shell=bash disable=SC2154 # the caller's

check_root() {
    [ "$(id -u)" = 0 ] || fail "Installing takes root." "Nothing was changed." "Give the command again with sudo."
}

check_distribution() {
    local id version
    id=$(sed -n 's/^ID="\{0,1\}\([a-z]*\).*/\1/p' /etc/os-release)
    version=$(sed -n 's/^VERSION_ID="\{0,1\}\([0-9.]*\).*/\1/p' /etc/os-release)
    case $id in
        debian | ubuntu) ;;
        *) fail "This is $id; Signalbox is installed on Debian 12 or 13 and Ubuntu 22.04 or 24.04." "Nothing was changed." \
            "Elsewhere, run it in a container: the first lines of the Dockerfile say how." ;;
    esac
    case $id-$version in
        debian-12 | debian-13 | ubuntu-22.04 | ubuntu-24.04) ;;
        debian-[1-9] | debian-1[01] | ubuntu-1* | ubuntu-2[01].*)
            fail "$id $version is too old: its Docker and its libraries are." "Nothing was changed." \
                "Upgrade to Debian 12 or Ubuntu 22.04 first." ;;
        *) note "$id ${version:-(a version to come)} is newer than what this was tried on." ;;
    esac
    case $(uname -m) in
        x86_64 | aarch64) ;;
        *) fail "This machine is a $(uname -m); there is no program for it." "Nothing was changed." "Use an x86-64 or arm64 machine." ;;
    esac
}

check_memory() {
    local megabytes
    megabytes=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
    [ "$megabytes" -ge 700 ] || fail "This machine has $megabytes MB of memory; Signalbox, Docker and one app take 700." \
        "Nothing was changed." "Give the machine 1 GB or more."
}

check_disk() { # check_disk DIRECTORY GIGABYTES WHAT
    local directory=$1 free
    while [ ! -d "$directory" ]; do directory=$(dirname "$directory"); done
    free=$(df --output=avail --block-size=1M "$directory" | tail -n 1 | tr -d ' ')
    [ "$free" -ge $(($2 * 1024)) ] || fail "There are $free MB free for $1; $3 take $2 GB." "Nothing was changed." \
        "Make room, or give the machine a larger disk. What takes it: du -xh --max-depth=2 / | sort -h | tail"
}

check_data_directory() {
    [[ $data =~ ^/[A-Za-z0-9/._-]+$ && $data != *..* ]] ||
        fail "The data directory $data cannot be used: give a whole path of letters, digits, dots, dashes and slashes."
    if has_systemd && [[ $data/ =~ ^/(home|root|tmp|var/tmp|run|proc|sys|dev|etc|usr|opt)/ ]]; then
        fail "The data directory $data cannot be used: what runs as a service must not see /${BASH_REMATCH[1]}." \
            "Nothing was changed." "Use one below /var/lib, /srv or a disk of its own."
    fi
    if [ -d "$data" ] && [ ! -e "$data/signalbox.db" ] && [ ! -e "$data/lock" ] && [ -n "$(ls -A "$data")" ]; then
        fail "The data directory $data holds something that is not Signalbox's." "Nothing was changed." "Name an empty one with --data-dir."
    fi
    if [ -e "$data/signalbox.db" ] && [ ! -s "$master_key" ]; then
        fail "The data in $data was sealed with a master key, and $master_key is not there." "Nothing was changed." \
            "Put the key back from your copy of it. Without it, the values of variables are lost: move the data away to begin anew."
    fi
}

# Everybody who reaches such an engine is root on this machine.
check_engine_is_private() {
    local pid flags open
    pid=$(engine_pid)
    if [ -n "$pid" ]; then
        flags=$(tr '\0' '\n' <"/proc/$pid/cmdline")
        open=$(open_hosts <<<"$flags")
        if [ -n "$open" ] && ! grep -qE '^--tlsverify(=true)?$' <<<"$flags"; then
            refuse_open_engine "it was started with -H $(printable <<<"${open//$'\n'/ }")"
        fi
    fi
    [ -s /etc/docker/daemon.json ] || return 0
    open=$(tr '\n' ' ' </etc/docker/daemon.json | sed -n 's/.*"hosts"[[:space:]]*:[[:space:]]*\[\([^]]*\)\].*/\1/p' |
        grep -oE '"[^"]+"' | grep -vE '^"(unix|fd)://' || true)
    if [ -n "$open" ] && ! grep -qE '"tlsverify"[[:space:]]*:[[:space:]]*true' /etc/docker/daemon.json; then
        refuse_open_engine "/etc/docker/daemon.json says $(printable <<<"${open//$'\n'/ }")"
    fi
}

# open_hosts: of an engine's flags, one a line, the addresses that are no local socket; without a scheme, it is TCP
open_hosts() {
    awk '/^(-H|--host)$/ { if ((getline address) > 0) print address; next }
        /^--host=/ { print substr($0, 8); next }
        /^-H=/ { print substr($0, 4); next }
        /^-H./ { print substr($0, 3) }' | grep -vE '^((unix|fd)://|$)' || true
}

refuse_open_engine() {
    fail "Docker listens on the network without TLS ($1): whoever reaches it is root here." "Nothing was changed." \
        "Take that address away (or add TLS with client certificates), restart Docker, and give this command again."
}

check_port() { # check_port PORT OPTION
    local listener program pid
    [[ $1 =~ ^[1-9][0-9]{0,4}$ && $1 -le 65535 ]] || fail "$2 is '$1'. Give a port, 1 to 65535."
    command -v ss >/dev/null || return 0 # installed a moment later, and looked at again
    listener=$(ss --no-header --listening --tcp --numeric --processes "sport = :$1" | head -n 1)
    [ -n "$listener" ] || return 0
    program=$(sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1/p' <<<"$listener")
    pid=$(sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\2/p' <<<"$listener")
    program=$(printable <<<"$program")
    if is_our_proxy "$pid"; then return 0; fi
    fail "Port $1 is in use by ${program:-a program that cannot be seen from here}${pid:+ (process $pid)}." "$standing" \
        "Stop it and keep it from starting again$(! has_systemd || printf ' (systemctl disable --now %s)' "$(unit_name "$program")"), or use another port with $2."
}

unit_name() { if [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]]; then printf '%s\n' "$1"; else printf 'NAME\n'; fi; }

is_our_proxy() { # is_our_proxy PID: whether it runs in the proxy's container of the data that is here
    local id
    if [ -z "$1" ] || [ ! -e "$data/signalbox.db" ] || ! engine_answers; then return 1; fi
    id=$(engine GET /containers/json | jq -r --arg data "$data/" 'first(.[]
        | select(.Labels["dev.signalbox.role"] == "proxy" and any(.Mounts[]; .Source // "" | startswith($data))).Id) // empty')
    [ -n "$id" ] && grep -qsF "$id" "/proc/$1/cgroup"
}

check_engine_version() {
    local driver version
    version=$(engine GET /version | jq -r .Version)
    driver=$(engine GET /info | jq -r '.DriverStatus[]? | select(.[0] == "driver-type") | .[1]')
    if [ "$driver" = io.containerd.snapshotter.v1 ] && dpkg --compare-versions "${version%%[+~-]*}" lt 27.5; then
        fail "Docker $version with the containerd image store cannot build what is sent to it." "$standing" \
            "Upgrade Docker to 27.5 or later, or set \"features\": {\"containerd-snapshotter\": false} in /etc/docker/daemon.json and restart it."
    fi
    if dpkg --compare-versions "${version%%[+~-]*}" lt 20.10; then
        fail "Docker $version is too old; 20.10 is the oldest that works." "$standing" "Upgrade Docker, then give this command again."
    fi
}
