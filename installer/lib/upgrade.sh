# Puts a new program in the place of the one that runs: the old one, with the data as it was, comes back by itself when
# the new one does not answer. Apps and the router run on meanwhile. To be sourced after the other parts.
# shellcheck shell=bash disable=SC2154 # the caller's

readonly patience=${SIGNALBOX_PATIENCE:-60} # seconds in which a new program has to answer
readonly copies_kept=3

# replace_program OLD NEW: places below opt/signalbox/versions
replace_program() {
    local copy began took
    copy=$data/upgrades/$(date --utc +%Y%m%dT%H%M%SZ)-from-$(basename "$1")
    note "from $(basename "$1") to $(basename "$2")"
    check_copy_fits
    printf '%s\n%s\n' "$1" "$copy" | write_file "$programs/upgrading" 600 root:root
    began=$(date +%s%N)
    stop_service
    copy_database "$copy"
    keep_settings
    write_settings
    point_at "$2"
    install_unit "$2"
    start_service
    if await_panel "$patience"; then
        took=$((($(date +%s%N) - began) / 1000000))
        ln -sfn "$1" "$programs/before"
        end_upgrade
        note "the panel was away for $((took / 1000)).$(printf '%03d' $((took % 1000))) s; the database as it was is in $copy"
        forget_old_copies
        return
    fi
    last_words | sed 's/^/    /' >&2
    go_back "$1" "$copy"
    fail "The new program did not answer within $patience s; its last lines are above." \
        "$(basename "$1") is back with the data as it was before, and answers. Apps ran on." \
        "Tell those lines to whoever made the package. $(basename "$2") stays in $programs/versions and does nothing."
}

end_upgrade() { rm -f "$programs/upgrading" "$programs/settings.before"; }

# leave_cut_off_upgrade: the program that a power cut left as the current one does not answer; the one before it comes back
leave_cut_off_upgrade() {
    local old copy
    { read -r old && read -r copy; } <"$programs/upgrading" || return 0
    if [ "$old" = "$place" ] || [ ! -d "$old" ] || [ ! -d "$copy" ]; then return 0; fi
    is_as_copied "$copy" || fail "The new program, whose upgrade had been cut off, does not answer; its last lines are above." \
        "It has written since, so $(basename "$old") was not put back: what was done since the upgrade would be lost." \
        "Put right what those lines say and give this command again; or go back (docs/INSTALL.md, Going back) to the copy in $copy."
    go_back "$old" "$copy"
    fail "The new program, whose upgrade had been cut off, did not answer; its last lines are above." \
        "$(basename "$old") is back with the data as it was before, and answers. Apps ran on." \
        "Tell those lines to whoever made the package. $(basename "$place") stays in $programs/versions and does nothing."
}

is_as_copied() { # is_as_copied COPY: nobody has written to the database since
    local part
    for part in signalbox.db signalbox.db-wal; do
        if [ -s "$data/$part" ] || [ -s "$1/$part" ]; then cmp --silent "$data/$part" "$1/$part" || return 1; fi
    done
}

check_copy_fits() {
    local needed free
    needed=$(du --summarize --block-size=1M "$data/signalbox.db" | cut -f 1)
    free=$(df --output=avail --block-size=1M "$data" | tail -n 1 | tr -d ' ')
    [ "$free" -gt $((needed * 2 + 50)) ] || fail "There are $free MB free for $data; the copy of the database takes $needed." \
        "Nothing was changed." "Make room, then give this command again."
}

# copy_database DIRECTORY: the program has ended, so its files are at rest
copy_database() {
    local part
    rm -rf "$data/upgrades/.new"
    install --directory --mode=700 --owner="$account" --group="$account" "$data/upgrades" "$data/upgrades/.new"
    for part in signalbox.db signalbox.db-wal; do
        [ ! -e "$data/$part" ] || cp --preserve=all "$data/$part" "$data/upgrades/.new/$part"
    done
    sync --file-system "$data/upgrades/.new"
    mv "$data/upgrades/.new" "$1"
    sync "$data/upgrades"
}

keep_settings() { # once for each upgrade: one that was cut off has new ones in their place already
    if [ ! -e "$settings" ] || [ -e "$programs/settings.before" ]; then return 0; fi
    cp -a "$settings" "$programs/settings.before.new"
    sync "$programs/settings.before.new"
    mv "$programs/settings.before.new" "$programs/settings.before"
}

# go_back OLD COPY: a power cut in the middle of it leaves a whole database, and files named .back, by which
# finish_going_back sees that there was one
go_back() {
    local part
    stop_service
    rm -f "$data"/signalbox.db*.back
    for part in signalbox.db signalbox.db-wal; do
        [ ! -e "$2/$part" ] || cp --preserve=all "$2/$part" "$data/$part.back"
    done
    sync --file-system "$data"
    [ ! -e "$programs/settings.before" ] || mv "$programs/settings.before" "$settings"
    point_at "$1"
    install_unit "$1"
    rm -f "$data/signalbox.db-wal" "$data/signalbox.db-shm"
    for part in signalbox.db signalbox.db-wal; do
        [ ! -e "$data/$part.back" ] || mv -f "$data/$part.back" "$data/$part"
    done
    sync --file-system "$data"
    rm -f "$programs/upgrading"
    start_service
    await_panel "$patience" || fail "Neither the new program nor the old one answers." \
        "The data is as it was before; the copy in $2 stays. Apps and the router run on." "Look at: journalctl -u signalbox, or $logs"
}

finish_going_back() { # what a power cut left half done
    local old copy
    if [ ! -e "$programs/upgrading" ] || [ -z "$(find "$data" -maxdepth 1 -name 'signalbox.db*.back' -print -quit)" ]; then return 0; fi
    { read -r old && read -r copy; } <"$programs/upgrading" || return 0
    if [ ! -d "$old" ] || [ ! -d "$copy" ]; then return 0; fi
    note "going back to $(basename "$old"), as a run that was cut off had begun to"
    go_back "$old" "$copy"
}

forget_old_copies() {
    find "$data/upgrades" -mindepth 1 -maxdepth 1 -type d -name '*-from-*' | sort -r | tail -n +$((copies_kept + 1)) |
        while read -r copy; do rm -rf "$copy"; done
}
