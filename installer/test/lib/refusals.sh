# What the installer refuses on a bare machine. To be sourced after machine.sh.
# shellcheck shell=bash disable=SC2154,SC2016 # the caller's; the machine expands them

# What an installation would change, as far as a refusal could have begun with it.
machine_state() {
    inside 'dpkg-query --show | cksum; getent passwd signalbox; nft list tables 2>/dev/null
        ls -d /opt/signalbox /etc/signalbox /var/lib/signalbox /var/log/signalbox /usr/local/bin/signalbox 2>/dev/null
        find /etc/systemd /etc/docker -newer /root/before 2>/dev/null; true'
}

# refused WHAT PATTERN [OPTION…]: the installer says PATTERN, and that nothing was changed, which is looked at
refused() {
    local what=$1 pattern=$2 before said
    inside 'touch /root/before'
    before=$(machine_state)
    if said=$(inside "$installer $(printf '%q ' --yes "${@:3}")" 2>&1); then
        fail "FAIL  $what: it was not refused. $said"
    fi
    grep -qE "$pattern" <<<"$said" || fail "FAIL  $what: it says something else. $said"
    grep -qF 'Nothing was changed.' <<<"$said" || fail "FAIL  $what: it does not say how things stand. $said"
    [ "$(machine_state)" = "$before" ] || fail "FAIL  $what: it changed something. $(diff <(machine_state) <(printf '%s\n' "$before"))"
    say "ok    $what: $(grep -oE "error: .*" <<<"$said")"
}

listening() { # listening UNIT PORT NAME [PROPERTY…]: a program of that name has the port
    inside "systemd-run --quiet --unit=$1 ${*:4} /root/listen $2 $3"
    inside "until [ \$(cat /proc/\$(systemctl show --value --property=MainPID $1)/comm) = $3 ]; do sleep 1; done"
}

refusals() {
    up
    send_package
    put installer/test/listen /root
    listening taken 80 nginx
    refused "port 80 is taken" 'Port 80 is in use by nginx \(process [0-9]+\)'
    inside 'systemctl stop taken'
    listening taken 443 nginx
    refused "port 443 is taken" 'Port 443 is in use by nginx \(process [0-9]+\)'
    inside 'systemctl stop taken'
    inside 'fallocate --length "$(($(df --output=avail --block-size=1 / | tail -n 1) - 1000000000))" /root/filler'
    refused "1 GB of disk" 'There are [0-9]+ MB free for /var/lib/signalbox'
    inside 'rm /root/filler'
    inside 'mkdir -p /etc/docker && echo "{\"hosts\": [\"unix:///var/run/docker.sock\", \"tcp://0.0.0.0:2375\"]}" >/etc/docker/daemon.json'
    refused "a Docker set to listen on the network" 'Docker listens on the network without TLS'
    inside 'rm -r /etc/docker'
    without_mirror
}

# What arrives by no mirror is said; what was begun goes again with the uninstaller.
without_mirror() {
    local said before
    before=$(machine_state)
    inside 'cp /etc/resolv.conf /root/resolv.conf && echo nameserver 127.0.0.1 >/etc/resolv.conf'
    if said=$(inside "$installer --yes" 2>&1); then fail "FAIL  no package mirror: it goes on. $said"; fi
    inside 'cp /root/resolv.conf /etc/resolv.conf'
    grep -qE 'Not all of these packages could be installed' <<<"$said" || fail "FAIL  no package mirror: it says something else. $said"
    say "ok    no package mirror: $(grep -oE 'error: .*' <<<"$said")"
    inside 'touch /root/before'
    inside "$(dirname "$installer")/uninstall.sh --purge --yes" >/dev/null || fail "FAIL  what was begun cannot be removed."
    [ "$(machine_state)" = "$before" ] || fail "FAIL  something is left of what was begun: $(diff <(machine_state) <(printf '%s\n' "$before"))"
    say "ok    what was begun without a mirror is gone after an uninstall"
}
