# What the installer says while it works, and when a step does not go through. To be sourced.
# shellcheck shell=bash

readonly told=3 # the exit status of a failure that has been explained already
step_name="Looking at this machine"
standing="Nothing was changed."
log=/dev/null

say() { printf '%s\n' "$*"; }
note() { printf '  %s\n' "$*"; }

printable() { LC_ALL=C tr -c '[:print:]\n' '?'; } # what others named cannot steer the terminal

# fail WHAT [STANDING [TODO]]: what happened, how things stand now, what to do
fail() {
    {
        printf '\nerror: %s\n' "$1"
        printf '%s\n' "${2:-$standing}"
        [ -z "${3:-}" ] || printf '%s\n' "$3"
    } >&2
    exit "$told"
}

step() { # step NAME COMMAND…
    step_name=$1
    say "· $1"
    "${@:2}"
}

# logged COMMAND…: what it prints goes into the log alone
logged() { "$@" >>"$log" 2>&1 </dev/null; }

# explain [STATUS]: to be the EXIT trap; explains what nobody has explained
explain() {
    local status=${1:-$?}
    trap - EXIT
    case $status in
        0) exit 0 ;;
        "$told") exit 1 ;;
        130 | 143) printf '\nBroken off while: %s.\n' "$step_name" ;;
        *) printf '\nerror: "%s" did not go through (exit %s).\n' "$step_name" "$status" ;;
    esac >&2
    {
        if [ -s "$log" ]; then
            printf 'What it printed last (all of it is in %s):\n' "$log"
            tail -n 15 "$log" | sed 's/^/    /'
        fi
        printf '%s\n' "$standing"
        printf 'Put right what the lines above say and give the same command again: it goes on from there.\n'
    } >&2
    exit 1
}
