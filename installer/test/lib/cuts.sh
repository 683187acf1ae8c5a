# Cuts into an installation. To be sourced after machine.sh.
# shellcheck shell=bash disable=SC2154,SC2016 # the caller's; the machine expands them

# install_until STEP SECONDS: runs the installer there until it is so far into a step
install_until() {
    local start=$SECONDS
    inside "$installer --demo" >"$vps/cut.log" 2>&1 &
    installing=$!
    until grep -qE "^· $1" "$vps/cut.log"; do
        kill -0 "$installing" 2>/dev/null || fail "The installation ended before \"$1\": $(tail -n 5 "$vps/cut.log")"
        [ $((SECONDS - start)) -lt 7200 ] || fail "The installation does not get to \"$1\" in two hours."
        sleep 0.5
    done
    sleep "$2"
}

# cuts: each time a step further; the disk stays as the cut left it
cuts() {
    local step seconds
    up
    send_package
    while read -r seconds step; do
        if [ "$step" = "Base images" ]; then fill_disk; fi
        install_until "$step" "$seconds"
        power_cut
        wait "$installing" || true
        say "ok    power cut $seconds s into \"$step\""
        up
    done <<'END'
30 Packages
60 Base images
30 Training
3 Starting
15 Demo
END
    inside "$installer --demo" | tee "$vps/install.log"
    [ "$(tail -n 5 "$vps/install.log" | sed 's/: .*//; s/[0-9]\+ s$/n s/' | tr '\n' ',')" = "Panel,Sign in,App,Git remote,Ready in n s," ] ||
        fail "The installation did not end with its five lines."
}

# fill_disk: while images are made, the disk fills up; once there is room again, the installation goes on
fill_disk() {
    install_until "Base images" 20
    inside 'fallocate --length "$(df --output=avail --block-size=1 / | tail -n 1)" /root/filler'
    if wait "$installing"; then fail "FAIL  disk full while it installs: it says that it ended well."; fi
    grep -qE '^error: ' "$vps/cut.log" || fail "FAIL  disk full while it installs: $(tail -n 5 "$vps/cut.log")"
    say "ok    disk full while it installs: $(grep -oE 'error: .*' "$vps/cut.log")"
    inside 'rm /root/filler'
}
