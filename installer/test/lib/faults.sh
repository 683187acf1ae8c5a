# What may happen to an installed machine, and what has to be so afterwards. To be sourced after machine.sh and cuts.sh.
# shellcheck shell=bash disable=SC2154,SC2016,SC2034 # the caller's; the machine expands them

readonly panel=http://localhost:$http_port
readonly apps=(hello-node-demo.localhost site.localhost)
readonly boot_limit=${SIGNALBOX_BOOT_LIMIT:-60} # seconds from power on until every app answers

readonly all_faults=(doctor again older open_docker docker_restart docker_upgrade containment bomb cut_push cut_build
    cut_switch cut_upgrade cut_bad_upgrade reboot containment uninstall)

# faults [NAME…]: all of them, or these, one after the other on the same machine
faults() {
    local name
    up
    inside 'test -e /etc/signalbox/instance' || install_in_it --demo
    prepare_faults
    [ $# -gt 0 ] || set -- "${all_faults[@]}"
    for name in "$@"; do
        declare -F "fault_$name" >/dev/null || fail "There is no fault $name. There are: ${all_faults[*]}"
    done
    for name in "$@"; do "fault_$name"; done
}

# --- at work with it, from here ---------------------------------------------------------------------------------------

prepare_faults() { # a token, two apps, and clones of their repositories in $work
    work=$vps/work
    rm -rf "$work"
    mkdir -p "$work"
    inside 'systemctl stop signalbox-images 2>/dev/null' || true # images for other languages would take the processor
    await_panel
    token=$(inside 'signalbox token create --name faults --hours 24')
    put installer/test/ask /root
    put installer/test/listen /root
    clone demo/hello-node
    if ! api GET /projects/site >/dev/null 2>&1; then
        cp -r templates/starters/hello-static "$work/site"
        git -C "$work/site" init --quiet --initial-branch=main
        commit "$work/site" "Begin"
        push "$work/site" site/site || fail "The second app cannot be pushed: $(cat "$vps/push.log")"
    fi
    await_apps "$(now)"
}

now() { date +%s%N; }
since() { printf '%d.%d' $((($(now) - $1) / 1000000000)) $((($(now) - $1) / 100000000 % 10)); }

api() { # api METHOD PATH [curl options]
    curl -fsS --max-time 30 --request "$1" --header @- --header 'Content-Type: application/json' "${@:3}" "$panel/api/v1$2" \
        <<<"Authorization: Bearer $token"
}

git_in() { # git_in DIRECTORY COMMAND…: the token goes by environment, where no list of processes shows it
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraHeader GIT_CONFIG_VALUE_0="Authorization: Bearer $token" git -C "$@"
}

clone() { # clone PROJECT/SERVICE
    rm -rf "${work:?}/${1#*/}"
    git_in "$work" clone --quiet "$panel/git/$1.git"
}

commit() { # commit DIRECTORY MESSAGE: all that is there
    git -C "$1" add --all
    git -C "$1" -c user.name=fault -c user.email=fault@localhost -c commit.gpgsign=false commit --quiet --allow-empty --message="$2"
}

push() { # push DIRECTORY PROJECT/SERVICE
    git_in "$1" push --progress "$panel/git/$2.git" HEAD:main >"$vps/push.log" 2>&1
}

pushed_ref() { git_in "$work" ls-remote "$panel/git/$1.git" refs/heads/main | cut -f 1; }

newest_deployment() { api GET /projects/demo/services/hello-node/deployments?limit=1 | jq -r ".deployments[0] | \"#\\(.number) \\(.state)\""; }

all_answer() {
    local app
    for app in "${apps[@]}"; do
        curl -fs --max-time 5 --output /dev/null --header "Host: $app" "http://127.0.0.1:$http_port/" || return 1
    done
}

await_panel() {
    local start=$SECONDS
    until curl -fs --max-time 5 --output /dev/null "$panel/health"; do
        [ $((SECONDS - start)) -lt 900 ] || fail "FAIL  the panel does not answer within 15 minutes"
        sleep 1
    done
}

await_apps() { # await_apps BEGIN: leaves in $took how long after BEGIN all of them answered
    local start=$SECONDS
    until all_answer; do
        [ $((SECONDS - start)) -lt 900 ] || fail "FAIL  the apps do not answer within 15 minutes"
        sleep 0.2
    done
    took=$(since "$1")
}

# asking HOST COMMAND…: what COMMAND does to requests for that app while it runs; leaves in $asked how they went
asking() {
    local status=0
    inside "touch /root/asking; setsid --fork /root/ask $1 10 /root/asking >/root/asked 2>&1"
    sleep 5
    "${@:2}" || status=$?
    sleep 5
    asked=$(inside 'rm /root/asking; until [ -s /root/asked ]; do sleep 0.2; done; cat /root/asked')
    return "$status"
}

lost_none() { [[ $asked == *", lost 0,"* ]] || fail "FAIL  $1: requests were lost: $asked"; } # lost_none WHAT
