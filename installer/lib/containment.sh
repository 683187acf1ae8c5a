# What the machine's own parts are told: Docker keeps containers running while it is away, builds get a slice of their
# own, apps do not reach the host. To be sourced after say.sh, layout.sh, engine.sh and service.sh.
# shellcheck shell=bash disable=SC2154 # the caller's

readonly daemon_json=/etc/docker/daemon.json
readonly slice_drop_in=/etc/systemd/system/docker.service.d/signalbox-builds.conf
readonly slice=/etc/systemd/system/signalbox-build.slice
readonly slice_above=/etc/systemd/system/signalbox.slice # systemd puts it there because of the dash

# before_docker: what a Docker that is about to be installed starts with, so that it need not be restarted
before_docker() {
    [ -z "$prefix" ] || return 0
    set_live_restore
    set_build_slice
}

set_live_restore() {
    local before
    before=$(cat "$daemon_json" 2>/dev/null || true)
    [[ $before =~ \"live-restore\"[[:space:]]*:[[:space:]]*true ]] && return
    if [ -z "${before//[[:space:]]/}" ]; then
        own_daemon_json | write_file "$daemon_json" 644 root:root
        printf 'made\n' | write_file "$config/live-restore" 600 root:root
        return
    fi
    command -v jq >/dev/null || return 0 # installed a moment later; looked at again after that
    check_daemon_settings
    jq '. + {"live-restore": true}' <<<"$before" | write_file "$daemon_json" 644 root:root
    printf 'added\n' | write_file "$config/live-restore" 600 root:root
}

check_daemon_settings() {
    if [ -n "$prefix" ] || [ -z "$(tr -d '[:space:]' 2>/dev/null <"$daemon_json")" ]; then return 0; fi
    jq -e 'type == "object"' "$daemon_json" >/dev/null 2>&1 ||
        fail "$daemon_json cannot be read as JSON." "$standing" "Mend it (Docker itself does not start with it), then give this command again."
}

# reload_docker: live-restore takes effect without a restart, which would stop what runs
reload_docker() {
    local pid
    [ "$(engine GET /info | jq -r .LiveRestoreEnabled)" != true ] || return 0
    if has_systemd; then
        systemctl reload docker.service
    else
        pid=$(engine_pid)
        [ -n "$pid" ] || return 0
        kill -HUP "$pid"
    fi
    for _ in {1..100}; do
        [ "$(engine GET /info | jq -r .LiveRestoreEnabled)" != true ] || return 0
        sleep 0.1
    done
    note "(!) Docker has not taken live-restore up: containers stop while it is restarted. Restart it when that suits you."
}

set_build_slice() {
    local megabytes
    has_systemd || return 0
    megabytes=$(awk '/^MemTotal:/ { half = int($2 / 2048); print (half > 384 ? half : 384) }' /proc/meminfo)
    printf '[Unit]\nDescription=Docker and the builds that run in it; apps are not in here\n\n[Slice]\nMemoryMax=%sM\n' "$megabytes" |
        write_file "$slice" 644 root:root
    # Weights count among siblings, and this one is beside system.slice, where apps are.
    printf '[Unit]\nDescription=What must not hold up apps\n\n[Slice]\nCPUWeight=25\n' | write_file "$slice_above" 644 root:root
    printf '# Made by the installer of Signalbox: builds must not take what running apps need.\n[Service]\nSlice=signalbox-build.slice\n' |
        write_file "$slice_drop_in" 644 root:root
    systemctl daemon-reload
}

contain() { # contain TREE
    if [ -n "$prefix" ]; then
        note "left as they are below a prefix: Docker's settings, limits on builds, the firewall"
        return
    fi
    if [ "$(engine GET /info | jq -r .Swarm.LocalNodeState)" != inactive ]; then
        note "(!) This Docker is part of a swarm, which live-restore does not go with: containers stop while Docker is restarted."
    else
        set_live_restore
        reload_docker
    fi
    set_build_slice
    if has_systemd; then
        grep -qs signalbox-build.slice "/proc/$(engine_pid)/cgroup" ||
            note "(!) Builds are limited from Docker's next start on: it ran before this. Restart it when that suits you."
        write_file "$units/signalbox-firewall.service" 644 root:root <"$1/systemd/signalbox-firewall.service"
        systemctl daemon-reload
        systemctl --quiet enable signalbox-firewall.service
        logged systemctl reload-or-restart signalbox-firewall.service ||
            note "(!) Apps may reach the ports of this machine: the firewall could not be set. See: journalctl -u signalbox-firewall"
    else
        logged "$1/installer/contain" || note "(!) Apps may reach the ports of this machine: the firewall could not be set. $log says why."
    fi
}

release_containment() { # puts back what contain and before_docker changed
    local left pid
    [ -z "$prefix" ] || return 0
    if has_systemd; then
        systemctl disable --quiet --now signalbox-firewall.service 2>/dev/null || true
        rm -f "$units/signalbox-firewall.service" "$slice_drop_in" "$slice" "$slice_above"
        rmdir --ignore-fail-on-non-empty "$(dirname "$slice_drop_in")" 2>/dev/null || true
        systemctl daemon-reload
    fi
    nft delete table inet signalbox 2>/dev/null || true
    case $(cat "$config/live-restore" 2>/dev/null) in
        made | added) ;;
        *) return 0 ;;
    esac
    # Of an installation that did not get as far as jq, there is nothing but our own line.
    if [ ! -e "$daemon_json" ] || cmp --silent "$daemon_json" <(own_daemon_json); then
        rm -f "$daemon_json"
    elif left=$(jq -e 'del(."live-restore")' "$daemon_json" 2>/dev/null); then
        if [ "$left" = "{}" ]; then rm -f "$daemon_json"; else write_file "$daemon_json" 644 root:root <<<"$left"; fi
    else
        note "(!) $daemon_json stays as it is: it cannot be read, or jq is gone. Take \"live-restore\" out of it by hand."
    fi
    rm -f "$config/live-restore"
    if has_systemd; then
        systemctl reload docker.service || true
    else
        pid=$(engine_pid)
        [ -z "$pid" ] || kill -HUP "$pid" 2>/dev/null || true
    fi
}

own_daemon_json() { printf '{\n  "live-restore": true\n}\n'; }
