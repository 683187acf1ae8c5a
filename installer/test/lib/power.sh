# Power cut and given back while something is under way, and upgrades that are broken off. To be sourced after faults.sh.
# shellcheck shell=bash disable=SC2154,SC2016 # the caller's; the machine expands them

# keep_writing: sets a variable to one number after the other; the last one that was acknowledged is in $vps/acknowledged.
# They begin above all that an earlier run wrote, so that what is left of that one is not taken for this one's.
keep_writing() {
    local number file=$vps/acknowledged
    number=$(date +%s%3N)
    printf '%s\n' "$number" >"$vps/first"
    printf '%s\n' "$number" >"$file.new"
    mv "$file.new" "$file"
    while :; do
        number=$((number + 1))
        if api PATCH /projects/demo/services/hello-node/environments/production/variables --output /dev/null \
            --data "{\"variables\": {\"WRITTEN\": \"$number\"}}" 2>/dev/null; then
            printf '%s\n' "$number" >"$file.new"
            mv "$file.new" "$file" # whoever reads it finds a whole number
        fi
        sleep 0.5
    done
}

await_line() { # await_line PATTERN FILE PROCESS
    until grep -qE "$1" "$2"; do
        kill -0 "$3" 2>/dev/null || fail "FAIL  it ended before \"$1\": $(tail -n 5 "$2")"
        sleep 0.1
    done
}

await_acknowledgement() { # await_acknowledgement PROCESS
    local start=$SECONDS
    until [ -e "$vps/acknowledged" ] && [ "$(<"$vps/acknowledged")" != "$(<"$vps/first")" ]; do
        kill -0 "$1" 2>/dev/null || fail "FAIL  the writer ended by itself"
        [ $((SECONDS - start)) -lt 120 ] || fail "FAIL  no write was acknowledged within two minutes"
        sleep 0.1
    done
}

# cut_at PATTERN SECONDS COMMAND…: cuts the power so long after COMMAND has printed PATTERN into $vps/cut.log, and boots
cut_at() {
    local writer command began
    rm -f "$vps/acknowledged"
    keep_writing &
    writer=$!
    await_acknowledgement "$writer"
    : >"$vps/cut.log"
    "${@:3}" >"$vps/cut.log" 2>&1 &
    command=$!
    await_line "$1" "$vps/cut.log" "$command"
    sleep "$2"
    power_cut
    kill "$writer"
    wait "$writer" "$command" 2>/dev/null || true
    began=$(now)
    power_on
    await_apps "$began"
    await_machine
}

kept_all() { # kept_all WHAT: all is there that was acknowledged before the cut
    local kept acknowledged
    await_panel
    acknowledged=$(<"$vps/acknowledged")
    kept=$(api POST /projects/demo/services/hello-node/environments/production/variables/WRITTEN/reveal | jq -r .value)
    [ "$kept" -ge "$acknowledged" ] || fail "FAIL  $1: the write $acknowledged was acknowledged, and $kept is there"
    judge_boot "$1" "the last acknowledged write of $((acknowledged - $(<"$vps/first"))) is there"
}

judge_boot() { # judge_boot WHAT MORE: $took against the limit
    if [ "${took%.*}" -lt "$boot_limit" ]; then say "ok    $1: all apps answer $took s after power on; $2"; else
        say "slow  $1: all apps answer $took s after power on, more than $boot_limit; $2"
    fi
}

await_end() { # of the newest deployment; leaves it in $ended
    local start=$SECONDS
    until ended=$(newest_deployment) && [[ $ended =~ \ (live|failed|cancelled|superseded|skipped)$ ]]; do
        [ $((SECONDS - start)) -lt 1200 ] || fail "FAIL  the deployment does not end: $ended"
        sleep 1
    done
}

# settled WHAT BEFORE: the branch is where the end of the deployment says; what was pushed can be pushed again
settled() {
    local wanted ref
    await_end
    wanted=$(git -C "$work/hello-node" rev-parse HEAD)
    ref=$(pushed_ref demo/hello-node)
    case $ref in
        "$wanted") [[ $ended == *live ]] || fail "FAIL  $1: the branch moved, and the deployment is $ended" ;;
        "$2") ;;
        *) fail "FAIL  $1: the branch is at $ref, which was never pushed" ;;
    esac
    push "$work/hello-node" demo/hello-node || fail "FAIL  $1: pushing again: $(tail -n 5 "$vps/push.log")"
    await_end
    [[ $ended == *live && $(pushed_ref demo/hello-node) == "$wanted" ]] || fail "FAIL  $1: pushed again, it is $ended"
    curl -fs --header "Host: ${apps[0]}" "http://127.0.0.1:$http_port/" | grep -qF "$1" || fail "FAIL  $1: something else serves"
    say "ok    $1: the branch was $([ "$ref" = "$wanted" ] && echo moved || echo "as before"); pushed again, $ended"
}

say_in_page() { sed -i "s/<h1>.*<\/h1>/<h1>$1<\/h1>/" "$work/hello-node/server.js"; }

push_node() { git_in "$work/hello-node" push --progress "$panel/git/demo/hello-node.git" HEAD:main; }

# cut_into WHAT PATTERN SECONDS: a push of what the working directory holds, cut
cut_into() {
    local before
    before=$(pushed_ref demo/hello-node)
    say_in_page "$1"
    commit "$work/hello-node" "$1"
    cut_at "$2" "$3" push_node
    kept_all "$1"
    settled "$1" "$before"
}

fault_cut_push() {
    head -c 40000000 /dev/urandom >"$work/hello-node/large"
    cut_into "power cut during a push" 'Writing objects: +[1-9][0-9]%' 0
    rm "$work/hello-node/large"
}

fault_cut_build() {
    printf 'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN sleep 20\nCMD ["node", "server.js"]\n' >"$work/hello-node/Dockerfile"
    cut_into "power cut during a build" '^remote: .*sleep 20' 3
    rm "$work/hello-node/Dockerfile"
}

fault_cut_switch() { cut_into "power cut during a switch" '^remote: Route' 0; }

# --- upgrades ---------------------------------------------------------------------------------------------------------

# package_of VERSION [broken]: the same program that calls itself another version, sent to the machine
package_of() {
    local archive name=signalbox-$1
    archive=$(SIGNALBOX_VPS_PACKAGE=kept find_package)
    mkdir -p "$work/$name"
    tar --directory "$work/$name" --strip-components=1 -xzf "$archive"
    printf '%s 0000test\n' "$1" >"$work/$name/BUILD"
    if [ "${2:-}" = broken ]; then
        echo "no program" >"$work/$name/signalbox.jar"
        (cd "$work/$name" && sha256sum BUILD >MANIFEST)
    fi
    tar --directory "$work" --use-compress-program='gzip -1' -cf "$work/$name.tar.gz" "$name"
    rm -r "${work:?}/$name"
    put "$work/$name.tar.gz" /root
    rm "$work/$name.tar.gz"
}

current() { inside 'basename "$(readlink -f /opt/signalbox/current)"'; }

next_version() { # above all that were installed in this run
    printf '9.0.%s\n' "$(date +%s)"
}

# The processor is emulated: nothing starts within a minute there while others use this machine.
upgrade_to() { inside "SIGNALBOX_PATIENCE=300 signalbox upgrade /root/signalbox-$1.tar.gz"; }

fault_cut_upgrade() {
    local version
    version=$(next_version)
    package_of "$version"
    cut_at "from .* to $version" 2 upgrade_to "$version"
    kept_all "power cut during an upgrade"
    asking "${apps[0]}" upgrade_to "$version" >"$vps/cut.log" 2>&1 || fail "FAIL  the upgrade, given again: $(tail -n 12 "$vps/cut.log")"
    lost_none "the upgrade, given again"
    [[ $(current) == "$version-"* ]] || fail "FAIL  the upgrade, given again: $(current) runs"
    say "ok    the upgrade, given again: $(grep -oE 'the panel was away for [0-9.]+ s|it runs already' "$vps/cut.log"); $asked"
}

fault_cut_bad_upgrade() {
    local version before
    version=$(next_version)
    before=$(current)
    package_of "$version" broken
    cut_at "from .* to $version" 8 upgrade_to "$version"
    if upgrade_to "$version" >"$vps/cut.log" 2>&1; then fail "FAIL  a broken program: it was taken"; fi
    [ "$(current)" = "$before" ] || fail "FAIL  a broken program: $(current) runs. $(cat "$vps/cut.log")"
    inside 'signalbox status' >/dev/null || fail "FAIL  a broken program: the old one does not answer"
    kept_all "power cut while a broken program is tried"
    say "ok    a broken program, given again: $(grep -oE '.* is back with .*' "$vps/cut.log")"
}

# --- started anew -----------------------------------------------------------------------------------------------------

fault_reboot() {
    local began
    began=$(now)
    inside 'systemctl reboot' || true
    while all_answer; do sleep 0.2; done
    await_apps "$began"
    await_machine
    judge_boot "reboot" "counted from the command on"
}
