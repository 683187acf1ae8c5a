# The Docker engine: asked over its socket, started where it does not run. To be sourced by a script that has say, fail
# and as_root.
# shellcheck shell=bash

readonly engine_socket=/var/run/docker.sock
readonly engine_log=/var/log/dockerd.log

engine() { # engine METHOD PATH [curl options]: one call of its API
    curl --silent --show-error --unix-socket "$engine_socket" --request "$1" "http://engine$2" "${@:3}"
}

engine_answers() { engine GET /_ping --fail --max-time 5 >/dev/null 2>&1; }

# engine_pid: prints the engine's process, as systemd or the engine itself says; nothing where there is none. Its name alone
# says nothing: a container may run one of the same name, and is told by its process numbers of its own.
engine_pid() {
    local pid=''
    if [ -d /run/systemd/system ]; then pid=$(systemctl show --property=MainPID --value docker.service 2>/dev/null || true); fi
    if [ "${pid:-0}" = 0 ]; then pid=$(cat /run/docker.pid 2>/dev/null || cat /var/run/docker.pid 2>/dev/null || true); fi
    [[ $pid =~ ^[1-9][0-9]*$ ]] || return 0
    if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ] && grep -qE '^NSpid:[[:space:]]+[0-9]+$' "/proc/$pid/status"; then
        printf '%s\n' "$pid"
    fi
}

start_engine() {
    engine_answers && return
    if [ -d /run/systemd/system ]; then
        say "Starting the Docker engine"
        as_root systemctl start docker
    else
        say "Starting the Docker engine (there is no systemd; it logs to $engine_log)"
        # shellcheck disable=SC2016 # $1 is for that shell
        as_root setsid --fork sh -c 'exec dockerd --pidfile /run/docker.pid >>"$1" 2>&1 </dev/null 9>&-' dockerd "$engine_log"
    fi
    for _ in {1..240}; do
        engine_answers && return
        sleep 0.5
    done
    if [ -S "$engine_socket" ] && [ ! -w "$engine_socket" ]; then
        fail "The Docker engine runs, but $(id -un) may not use it: add the account to the group docker, log in again."
    fi
    fail "The Docker engine does not answer after 2 minutes. Its log says why: $engine_log, or journalctl -u docker."
}

# remove_instance INSTANCE [keep-images]: the containers, networks and images that carry this instance's label; volumes
# stay. What the engine does not let go, it says, and the rest goes.
remove_instance() {
    local filter id
    [ -n "$1" ] || return 0
    filter=$(jq -rn --arg mark "dev.signalbox.instance=$1" '{label: [$mark]} | tojson | @uri')
    for id in $(engine GET "/containers/json?all=1&filters=$filter" | jq -r '.[].Id'); do
        engine DELETE "/containers/$id?force=1" --fail-with-body --output /dev/null || true
    done
    for id in $(engine GET "/networks?filters=$filter" | jq -r '.[].Id'); do
        engine DELETE "/networks/$id" --fail-with-body --output /dev/null || true
    done
    [ "${2:-}" = keep-images ] || for id in $(engine GET "/images/json?filters=$filter" | jq -r '.[].Id'); do
        engine DELETE "/images/$id?force=1" --fail-with-body --output /dev/null || true
    done
}
