# Shows an appliance at work: becomes its owner, pushes a starter to it with git, looks whether the app answers; and, for
# those who have none, starts one on free ports with data of its own. To be sourced by a script that has say, fail and, as
# a list, the command signalbox.
# shellcheck shell=bash disable=SC2154 # the caller's

# shellcheck source=/dev/null # checked by itself
. "$(dirname "${BASH_SOURCE[0]}")/engine.sh"

readonly demo_mail=demo@example.com

free_port() { # a port that nothing listens on; below the range that the kernel hands out by itself
    local port
    while :; do
        port=$((10000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    printf '%s\n' "$port"
}

random_text() { # random_text LENGTH: letters and digits without those that look alike
    local text=
    while [ ${#text} -lt "$1" ]; do
        text+=$(head -c 64 /dev/urandom | tr -dc 'a-km-z2-9')
    done
    printf '%s\n' "${text:0:$1}"
}

# demo_appliance: an appliance of its own, set up, with a starter pushed to it; gone when the caller ends
demo_appliance() {
    local log
    demo_data=$(mktemp -d "${TMPDIR:-/tmp}/signalbox-demo.XXXXXX")
    export SIGNALBOX_DATA=$demo_data/data SIGNALBOX_ADMIN_SOCKET=$demo_data/admin.sock
    export SIGNALBOX_MASTER_KEY=$demo_data/master.key SIGNALBOX_BASE_DOMAIN=localhost
    export SIGNALBOX_INSTANCE SIGNALBOX_PANEL_PORT SIGNALBOX_HTTP_PORT SIGNALBOX_HTTPS_PORT SIGNALBOX_PROXY_API_PORT
    SIGNALBOX_PANEL_PORT=$(free_port) SIGNALBOX_HTTP_PORT=$(free_port)
    SIGNALBOX_HTTPS_PORT=$(free_port) SIGNALBOX_PROXY_API_PORT=$(free_port)
    SIGNALBOX_INSTANCE=$(random_text 6)
    mkdir -p "$SIGNALBOX_DATA"
    printf "%s\n" "$SIGNALBOX_INSTANCE" >"$demo_data/instance"
    printf "%s\n" "$$" >"$demo_data/process"
    demo_process=''
    trap demo_end EXIT
    trap 'exit 130' INT TERM

    log=$demo_data/signalbox.log
    "${signalbox[@]}" key create
    "${signalbox[@]}" serve >"$log" 2>&1 &
    demo_process=$!
    wait_for_panel "$SIGNALBOX_HTTP_PORT" "$log"
    demo_password=$(random_text 20)
    own_panel "$SIGNALBOX_HTTP_PORT" "$demo_password"
    # Printed, to be used as long as this runs; all that it opens goes with it.
    demo_token=$("${signalbox[@]}" token create --name demo)
    push_starter hello-node hello-node "$SIGNALBOX_HTTP_PORT" "$demo_token"
}

wait_for_panel() { # wait_for_panel PORT LOG: until the panel answers through the proxy
    for _ in {1..300}; do
        curl -fs --max-time 2 --output /dev/null "http://localhost:$1/health" && return
        kill -0 "$demo_process" 2>/dev/null || { tail -n 30 "$2" >&2; fail "The appliance ended by itself; its last lines are above."; }
        sleep 0.1
    done
    tail -n 30 "$2" >&2
    fail "The panel does not answer on port $1 after 30 s; the appliance's last lines are above."
}

# own_panel PORT PASSWORD: uses the link of the first start, as its owner would; leaves a session in $demo_cookies
own_panel() {
    local link
    link=$("${signalbox[@]}" setup-token)
    demo_cookies=$demo_data/cookies
    # What is secret goes by standard input: the list of processes does not show it.
    curl -fsS --max-time 60 --output /dev/null --cookie-jar "$demo_cookies" --config - <<END || fail "The panel could not be set up."
url = "http://localhost:$1/setup/${link##*/}"
data-urlencode = "name=Demo"
data-urlencode = "email=$demo_mail"
data-urlencode = "password=$2"
data-urlencode = "team=Demo"
END
}

# push_starter NAME PROJECT PORT TOKEN: pushes templates/starters/NAME to a project of that name, made when it is not
# there; leaves the app's address in $demo_app and the remote's path in $demo_remote. What speaks to the appliance goes to
# this machine itself: its public address may be on no interface of it.
push_starter() {
    local tree=$demo_data/$1
    demo_remote=/git/$2/$1.git
    rm -rf "$tree"
    cp -r "templates/starters/$1" "$tree"
    git -C "$tree" init --quiet --initial-branch=main
    git -C "$tree" add --all
    # The same files make the same commit: pushed again, there is nothing to do.
    GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' GIT_COMMITTER_DATE='2026-01-01T00:00:00Z' git -C "$tree" \
        -c user.name=demo -c user.email=demo@localhost -c commit.gpgsign=false commit --quiet --message="Begin with the starter"
    # The token goes by environment: neither the remote's URL nor the list of processes shows it.
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraHeader \
        GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'demo:%s' "$4" | base64 --wrap=0)" \
        git -C "$tree" push "http://localhost:$3$demo_remote" main || fail "The push did not go through; the lines above say why."

    demo_app=$(curl -fsS --max-time 30 --header @- "http://localhost:$3/api/v1/projects/$2/services/$1" <<<"Authorization: Bearer $4" |
        jq -er '.environments[] | select(.name == "production").urls[0]') || fail "The API does not tell where $1 answers."
    curl -fsS --max-time 30 --retry 5 --output /dev/null --connect-to "::localhost:$3" "$demo_app" ||
        fail "$1 is live and does not answer at $demo_app."
}

demo_end() { # stops the appliance and removes what it made
    trap - EXIT INT TERM
    demo_stop
    demo_remove "$demo_data"
}

demo_stop() {
    local process=$demo_process
    # Once it has been waited for, its number may be another's.
    demo_process=''
    [ -n "$process" ] || return 0
    kill "$process" 2>/dev/null || true
    wait "$process" || true
}

# is_own_demo DIRECTORY: whether a demo of this account left it; in /tmp, others can lay down what looks like one
is_own_demo() {
    local file
    if [ -L "$1" ] || [ ! -d "$1" ] || [ ! -O "$1" ]; then return 1; fi
    for file in "$1/process" "$1/instance"; do
        if [ -L "$file" ] || [ ! -f "$file" ] || [ ! -O "$file" ]; then return 1; fi
    done
}

demo_remove() { # demo_remove DIRECTORY: also what a demo left that was cut off; never what is installed on this machine
    local instance='' installed
    installed=$(cat "${SIGNALBOX_INSTALLED:-/etc/signalbox/instance}" 2>/dev/null || true)
    if is_own_demo "$1"; then instance=$(<"$1/instance"); fi
    [ "$instance" = "$installed" ] || remove_instance "$instance"
    rm -rf "$1"
}
