# Where an installation keeps its things, and the settings it was made with. To be sourced.
# shellcheck shell=bash disable=SC2034 # used by whoever sources it

# use_layout PREFIX: everything below PREFIX; empty for the machine itself
use_layout() {
    prefix=$1
    programs=$prefix/opt/signalbox
    config=$prefix/etc/signalbox
    settings=$config/signalbox.env
    master_key=$config/master.key
    run_directory=$prefix/run/signalbox
    logs=$prefix/var/log/signalbox
    command_link=$prefix/usr/local/bin/signalbox
    account=signalbox
    data=$(setting SIGNALBOX_DATA)
    data=${data:-$prefix/var/lib/signalbox}
}

# setting NAME: its value in the settings file; nothing where there is none
setting() {
    [ ! -r "$settings" ] || sed -n "s/^$1=//p" "$settings" | tail -n 1
}

has_systemd() { [ -z "$prefix" ] && [ -d /run/systemd/system ]; }

# Whether an installation went through to its end here, at some time.
is_installed() { [ -e "$programs/current" ] && [ -e "$settings" ] && [ -e "$config/instance" ]; }

# write_file FILE MODE OWNER: standard input becomes the file, whole or not at all, also in a power cut
write_file() {
    local new=$1.new
    mkdir -p "$(dirname "$1")"
    rm -f "$new"
    (umask 077 && cat >"$new")
    chown "$3" "$new"
    chmod "$2" "$new"
    sync "$new"
    mv -f "$new" "$1"
    sync "$(dirname "$1")"
}

# one_at_a_time: waits for nobody; the lock is given up when this process ends
one_at_a_time() {
    # Started by an upgrade, which has the lock and hands it on.
    [ "${SIGNALBOX_LOCKED_BY:-}" != "$PPID" ] || return 0
    mkdir -p "$prefix/run"
    exec 9>"$prefix/run/signalbox-install.lock"
    flock --nonblock 9 || fail "Another installer of Signalbox is at work on this machine." "Nothing was changed." \
        "Wait for it to end, then give this command again."
}
