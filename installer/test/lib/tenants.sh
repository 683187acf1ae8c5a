# What apps and builds may not: reach what is not theirs, take what others need. To be sourced after faults.sh.
# shellcheck shell=bash disable=SC2154,SC2016 # the caller's; the machine expands them

# Prints "open" or "shut" for each address it is given; a gateway stands for the machine.
readonly reach_js='const net = require("net"), fs = require("fs");
const hex = fs.readFileSync("/proc/net/route", "utf8").split("\n").map((line) => line.split("\t")).find((f) => f[1] === "00000000")[2];
const gateway = hex.match(/../g).reverse().map((byte) => parseInt(byte, 16)).join(".");
const tried = process.argv.slice(2).map((address) => new Promise((done) => {
    const [host, port] = address.replace("gateway", gateway).split(":");
    const socket = net.connect({ host, port });
    const end = (state) => { socket.destroy(); done(console.log("reach " + address + " " + state)); };
    socket.setTimeout(5000, () => end("shut"));
    socket.on("connect", () => end("open")).on("error", () => end("shut"));
}));
'

# cloud: what clouds keep on a link-local address, in a namespace of its own; and a port that is open to the machine's net
cloud() {
    inside 'set -e
        if ! ip netns list | grep -q cloud; then
            ip netns add cloud
            ip link add cloud type veth peer name eth0 netns cloud
            ip address add 169.254.169.1/24 dev cloud && ip link set cloud up
            ip -n cloud address add 169.254.169.254/24 dev eth0 && ip -n cloud link set eth0 up
            ip -n cloud route add default via 169.254.169.1
        fi'
    inside 'systemctl is-active --quiet metadata' || listening metadata 80 metadata --property=NetworkNamespacePath=/run/netns/cloud
    inside 'systemctl is-active --quiet other-program' || listening other-program 2375 other-program
}

readonly forbidden='gateway:22 gateway:2375 gateway:7420 10.0.2.15:22 10.0.2.15:2375 169.254.169.254:80'

# fault_containment: from an app and from a build, only the two public ports of the machine answer
fault_containment() {
    local container neighbour
    cloud
    printf '%s' "$reach_js" >"$work/hello-node/reach.cjs"
    push_small "an app that looks around"
    container=$(container_of demo/hello-node)
    neighbour=$(inside "docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' $(container_of site/site)")
    inside 'nft delete table inet signalbox'
    looked "from an app, without our table" "$(from_app "$container")" open 'gateway:22|gateway:2375|10.0.2.15:22|169.254.169.254:80'
    inside 'systemctl restart signalbox-firewall'
    looked "from an app" "$(from_app "$container" "$neighbour:8080")" shut '.*'
    looked "from a build" "$(from_build)" shut '.*'
    rm "$work/hello-node/reach.cjs"
}

container_of() { # container_of PROJECT/SERVICE: the newest one that runs it
    inside "docker ps --format '{{.ID}} {{.Label \"dev.signalbox.name\"}}' | awk '\$2 == \"$1\" { print \$1; exit }'"
}

from_app() { inside "docker exec $1 node reach.cjs gateway:80 gateway:443 $forbidden ${*:2}"; }

from_build() {
    local dockerfile=$work/look/Dockerfile
    rm -rf "$work/look"
    mkdir "$work/look"
    cp "$work/hello-node/reach.cjs" "$work/look/"
    printf 'FROM node:24-slim\nCOPY reach.cjs .\nRUN node reach.cjs gateway:80 gateway:443 %s %s\nRUN false\n' "$forbidden" "$(date +%s)" >"$dockerfile"
    git -C "$work/look" init --quiet --initial-branch=main
    commit "$work/look" "Look around"
    push "$work/look" look/look || true
    sed -n 's/^remote: *//p' "$vps/push.log" | tr -d '\r'
}

# looked WHERE LINES STATE PATTERN: the public ports are open, and those that match are in that state
looked() {
    local line count=0
    for line in gateway:80 gateway:443; do
        grep -qE "reach $line open" <<<"$2" || fail "FAIL  $1: $line is not open: $2"
    done
    while read -r line; do
        [[ $line == *" $3" ]] || fail "FAIL  $1: $line"
        count=$((count + 1))
    done < <(grep -oE "reach [0-9a-z.:]+ (open|shut)" <<<"$2" | grep -vE 'gateway:(80|443) ' | grep -E "reach ($4) ")
    [ "$count" -gt 3 ] || fail "FAIL  $1: it could not look: $2"
    say "ok    $1: ports 80 and 443 of the machine are open, $count other addresses $3"
}

# A build that takes all the memory it can get, three times over: it ends, and an app beside it hardly notices.
fault_bomb() {
    local calm weight
    weight=$(inside 'cat /sys/fs/cgroup/signalbox.slice/cpu.weight')
    [ "$weight" -lt 100 ] || fail "FAIL  a memory bomb: builds weigh $weight, as much as all apps"
    asking "${apps[1]}" sleep 30
    calm=$asked
    rm -rf "$work/bomb"
    mkdir "$work/bomb"
    printf 'FROM node:24-slim\nRUN tail /dev/zero; tail /dev/zero; tail /dev/zero; echo %s; exit 1\n' "$(date +%s)" >"$work/bomb/Dockerfile"
    git -C "$work/bomb" init --quiet --initial-branch=main
    commit "$work/bomb" "Take it all"
    if asking "${apps[1]}" push "$work/bomb" bomb/bomb; then fail "FAIL  a memory bomb: it was deployed"; fi
    all_answer || fail "FAIL  a memory bomb: not all apps answer"
    lost_none "a memory bomb in a build"
    say "ok    a memory bomb in a build: $asked"
    say "      before it: $calm"
}
