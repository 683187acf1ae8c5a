# What is done to the machine around an installation: Docker restarted, installed over, removed. To be sourced after power.sh.
# shellcheck shell=bash disable=SC2154,SC2016 # the caller's; the machine expands them

fault_older() {
    local said
    package_of 0.0.9
    if said=$(upgrade_to 0.0.9 2>&1); then fail "FAIL  an older package: it was not refused"; fi
    grep -qF "Nothing was changed" <<<"$said" || fail "FAIL  an older package: $said"
    say "ok    an older package: $(grep -oE 'error: .*' <<<"$said")"
}

fault_doctor() {
    local said status=0
    said=$(inside 'signalbox doctor') || status=$?
    printf '      %s\n' "${said//$'\n'/$'\n'      }"
    [ "$status" = 0 ] || fail "FAIL  doctor: something fails here"
    grep -qE '^ok +Build limits' <<<"$said" || fail "FAIL  doctor: builds are not limited"
    say "ok    doctor: $(tail -n 1 <<<"$said")"
}

fault_again() {
    local said
    asking "${apps[0]}" inside '/opt/signalbox/current/installer/install.sh --yes' >"$vps/again.log" 2>&1 ||
        fail "FAIL  a second install on top: $(tail -n 5 "$vps/again.log")"
    said=$(tail -n 1 "$vps/again.log")
    lost_none "a second install on top"
    all_answer || fail "FAIL  a second install on top: the apps do not answer"
    say "ok    a second install on top: $said; $asked"
}

# --- Docker -----------------------------------------------------------------------------------------------------------

fault_docker_restart() {
    asking "${apps[0]}" inside 'systemctl restart docker && signalbox status' >"$vps/docker.log" 2>&1 ||
        fail "FAIL  Docker restarted: $(tail -n 5 "$vps/docker.log")"
    lost_none "Docker restarted"
    say "ok    Docker restarted: $asked"
}

fault_docker_upgrade() {
    asking "${apps[0]}" inside 'export DEBIAN_FRONTEND=noninteractive
        apt-get -qq update && apt-get install -y -qq --reinstall docker.io containerd runc' >"$vps/docker.log" 2>&1 ||
        fail "FAIL  Docker installed anew: $(tail -n 5 "$vps/docker.log")"
    lost_none "Docker, containerd and runc installed anew"
    say "ok    Docker, containerd and runc installed anew: $asked"
    await_apps "$(now)"
    push_small "after Docker was installed anew"
}

push_small() { # push_small WHAT: deploying works
    say_in_page "$1"
    commit "$work/hello-node" "$1"
    push "$work/hello-node" demo/hello-node || fail "FAIL  $1, a push: $(tail -n 5 "$vps/push.log")"
    say "ok    $1, a push: $(grep -oE 'Live +after .*' "$vps/push.log")"
}

# A Docker that really listens is refused, and the doctor tells.
fault_open_docker() {
    local said
    inside 'mkdir -p /etc/systemd/system/docker.service.d
        printf "[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd:// -H tcp://0.0.0.0:2375\n" >/etc/systemd/system/docker.service.d/open.conf
        systemctl daemon-reload && systemctl restart docker'
    if said=$(inside '/opt/signalbox/current/installer/install.sh --yes' 2>&1); then fail "FAIL  an open Docker: it goes on"; fi
    grep -qF 'Docker listens on the network without TLS' <<<"$said" || fail "FAIL  an open Docker: $said"
    say "ok    an open Docker: $(grep -oE 'error: .*' <<<"$said")"
    if said=$(inside 'signalbox doctor'); then fail "FAIL  an open Docker: the doctor finds nothing"; fi
    grep -qE '^fail +Docker.s door' <<<"$said" || fail "FAIL  an open Docker, the doctor: $said"
    say "ok    an open Docker, the doctor: $(sed -n "s/^fail *Docker's door *//p" <<<"$said")"
    inside 'rm /etc/systemd/system/docker.service.d/open.conf; systemctl daemon-reload && systemctl restart docker'
}

# --- removal ----------------------------------------------------------------------------------------------------------

readonly ours='find / -xdev \( -path /root -o -path /proc -o -path /sys \) -prune -o -iname "*signalbox*" -print 2>/dev/null
    nft list tables | grep signalbox; getent passwd signalbox; getent group signalbox
    docker ps --all --quiet --filter label=dev.signalbox.instance; docker network ls --quiet --filter label=dev.signalbox.instance
    docker volume ls --quiet --filter label=dev.signalbox.instance; docker images --quiet --filter label=dev.signalbox.instance
    systemctl list-units --all --plain --no-legend "signalbox*"; true'

# Somebody else's things are there before and after; without --purge, installing again takes up where it was.
fault_uninstall() {
    local left
    inside 'docker run --detach --name others --volume others:/kept debian:trixie-slim sleep infinity >/dev/null
        jq ". + {\"debug\": false}" /etc/docker/daemon.json >/root/daemon.json && cp /root/daemon.json /etc/docker/daemon.json'
    inside 'signalbox uninstall --yes' >"$vps/uninstall.log" || fail "FAIL  uninstall: $(tail -n 5 "$vps/uninstall.log")"
    if all_answer; then fail "FAIL  uninstall: the apps still answer"; fi
    inside 'test -e /var/lib/signalbox/signalbox.db && test -e /etc/signalbox/master.key && ! test -e /opt/signalbox' ||
        fail "FAIL  uninstall: something else is left than data and key"
    say "ok    uninstall: the program is gone; data and key are there"
    send_package
    inside "$installer --yes" >"$vps/again.log" 2>&1 || fail "FAIL  installed again: $(tail -n 5 "$vps/again.log")"
    await_apps "$(now)"
    say "ok    installed again: all apps answer, $(tail -n 1 "$vps/again.log")"
    inside 'signalbox uninstall --purge --yes' >"$vps/uninstall.log" || fail "FAIL  uninstall --purge: $(tail -n 5 "$vps/uninstall.log")"
    left=$(inside "$ours")
    [ -z "$left" ] || fail "FAIL  uninstall --purge: these are left: $left"
    inside 'docker inspect --format "{{.State.Running}}" others | grep -qx true && docker volume inspect others >/dev/null &&
        docker image inspect debian:trixie-slim >/dev/null && jq -e "has(\"debug\") and (has(\"live-restore\") | not)" /etc/docker/daemon.json' \
        >/dev/null || fail "FAIL  uninstall --purge: something of somebody else is gone"
    say "ok    uninstall --purge: nothing of ours is left; another's container, volume, image and Docker setting are"
    inside 'docker rm --force others && docker volume rm others' >/dev/null
}
