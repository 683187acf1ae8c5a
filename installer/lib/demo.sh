# Shows an appliance at work: starts one on free ports with data of its own, pushes a starter to it with git, tells where
# it answers. To be sourced by a script that has say, fail and, as a list, the command signalbox.
# shellcheck shell=bash disable=SC2154 # the caller's

free_port() { # a port that nothing listens on; below the range that the kernel hands out by itself
    local port
    while :; do
        port=$((10000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    printf '%s\n' "$port"
}

demo_appliance() {
    demo_data=$(mktemp -d "${TMPDIR:-/tmp}/signalbox-demo.XXXXXX")
    export SIGNALBOX_DATA=$demo_data/data SIGNALBOX_ADMIN_SOCKET=$demo_data/admin.sock
    export SIGNALBOX_MASTER_KEY=$demo_data/master.key SIGNALBOX_BASE_DOMAIN=localhost
    export SIGNALBOX_PANEL_PORT SIGNALBOX_HTTP_PORT SIGNALBOX_HTTPS_PORT SIGNALBOX_PROXY_API_PORT
    SIGNALBOX_PANEL_PORT=$(free_port) SIGNALBOX_HTTP_PORT=$(free_port)
    SIGNALBOX_HTTPS_PORT=$(free_port) SIGNALBOX_PROXY_API_PORT=$(free_port)
    mkdir -p "$SIGNALBOX_DATA"
    trap demo_end EXIT
    trap 'exit 130' INT TERM

    local log=$demo_data/signalbox.log
    "${signalbox[@]}" key create
    "${signalbox[@]}" serve >"$log" 2>&1 &
    demo_process=$!
    wait_for_panel "http://localhost:$SIGNALBOX_HTTP_PORT" "$log"
    own_panel "http://localhost:$SIGNALBOX_HTTP_PORT"
    push_starter hello-node "http://localhost:$SIGNALBOX_HTTP_PORT" "$("${signalbox[@]}" token create --name demo)"
}

wait_for_panel() { # wait_for_panel URL LOG: until the panel answers through the proxy
    for _ in {1..300}; do
        curl -fs --max-time 2 --output /dev/null "$1/health" && return
        kill -0 "$demo_process" 2>/dev/null || { tail -n 30 "$2" >&2; fail "The appliance ended by itself; its last lines are above."; }
        sleep 0.1
    done
    tail -n 30 "$2" >&2
    fail "The panel does not answer at $1 after 30 s; the appliance's last lines are above."
}

# own_panel PANEL: uses the link of the first start, as its owner would; leaves a session in $demo_cookies
own_panel() {
    local link password
    link=$("${signalbox[@]}" setup-token)
    password=$(head -c 15 /dev/urandom | base64)
    demo_cookies=$demo_data/cookies
    # What is secret goes by standard input: the list of processes does not show it.
    curl -fsS --max-time 30 --output /dev/null --cookie-jar "$demo_cookies" --config - <<END || fail "The panel could not be set up."
url = "$1/setup/${link##*/}"
data-urlencode = "name=Demo"
data-urlencode = "email=demo@example.com"
data-urlencode = "password=$password"
data-urlencode = "team=Demo"
END
    say "Sign in at $1 as demo@example.com with $password"
}

# push_starter NAME PANEL TOKEN: pushes templates/starters/NAME as a new project and prints where things are
push_starter() {
    local tree=$demo_data/$1 remote=$2/git/$1/$1.git app
    cp -r "templates/starters/$1" "$tree"
    git -C "$tree" init --quiet --initial-branch=main
    git -C "$tree" add --all
    git -C "$tree" -c user.name=demo -c user.email=demo@localhost commit --quiet --message="Begin with the starter"
    # The token goes by environment: neither the remote's URL nor the list of processes shows it.
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraHeader \
        GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'demo:%s' "$3" | base64 --wrap=0)" \
        git -C "$tree" push "$remote" main || fail "The push did not go through; the lines above say why."

    app=$(curl -fsS --max-time 10 --header @- "$2/api/v1/projects/$1/services/$1" <<<"Authorization: Bearer $3" |
        jq -er '.environments[] | select(.name == "production").urls[0]') || fail "The API does not tell where $1 answers."
    curl -fsS --max-time 10 --output /dev/null "$app" || fail "$1 is live and does not answer at $app."
    say "Panel: $2"
    say "App: $app"
    say "Git remote: $remote"
    say "Token: $3"
}

demo_end() { # stops the appliance and removes what it made
    trap - EXIT INT TERM
    if kill "$demo_process" 2>/dev/null; then wait "$demo_process" || true; fi
    remove_docker_objects
    rm -rf "$demo_data"
}

# What carries the demo's instance label goes. The instance is read off the one container that has the demo's data in it,
# the proxy's.
remove_docker_objects() {
    local engine=(curl -s --max-time 60 --unix-socket /var/run/docker.sock) api=http://engine label=dev.signalbox.instance
    local instance filter id
    instance=$("${engine[@]}" "$api/containers/json?all=1" | jq -r --arg data "$demo_data/" --arg mark "$label" \
        'first(.[] | select(.Labels[$mark] and any(.Mounts[]; .Source // "" | startswith($data))).Labels[$mark]) // empty')
    [ -n "$instance" ] || return 0
    filter=$(jq -rn --arg mark "$label=$instance" '{label: [$mark]} | tojson | @uri')
    for id in $("${engine[@]}" "$api/containers/json?all=1&filters=$filter" | jq -r '.[].Id'); do
        "${engine[@]}" -X DELETE "$api/containers/$id?force=1&v=1"
    done
    for id in $("${engine[@]}" "$api/networks?filters=$filter" | jq -r '.[].Id'); do
        "${engine[@]}" -X DELETE "$api/networks/$id"
    done
    for id in $("${engine[@]}" "$api/images/json?filters=$filter" | jq -r '.[].Id'); do
        "${engine[@]}" -o /dev/null -X DELETE "$api/images/$id?force=1"
    done
}
