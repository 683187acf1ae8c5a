# Starts, stops and waits for the appliance: a systemd unit, or the supervisor where there is no systemd. To be sourced
# after say.sh and layout.sh.
# shellcheck shell=bash disable=SC2154 # the caller's

readonly units=/etc/systemd/system

# install_unit TREE
install_unit() {
    has_systemd || return 0
    write_file "$units/signalbox.service" 644 root:root <"$1/systemd/signalbox.service"
    if [ "$data" = /var/lib/signalbox ]; then
        rm -f "$units/signalbox.service.d/data.conf"
    else
        printf '# Made by the installer: the data is elsewhere.\n[Service]\nReadWritePaths=%s\n' "$data" |
            write_file "$units/signalbox.service.d/data.conf" 644 root:root
    fi
    systemctl daemon-reload
    systemctl --quiet enable signalbox.service
}

supervisor_pid() { # prints the process that keeps the appliance running; nothing where there is none
    local pid
    pid=$(cat "$run_directory/supervisor.pid" 2>/dev/null) || return 0
    if [ -n "$pid" ] && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF "supervise $programs/current "; then
        printf '%s\n' "$pid"
    fi
}

service_runs() {
    if has_systemd; then systemctl --quiet is-active signalbox.service; else [ -n "$(supervisor_pid)" ]; fi
}

# gave_up: whether there is nothing to wait for: it may not start, or ended each time that it was started
gave_up() {
    has_systemd || return 1
    if systemctl --quiet is-failed signalbox.service; then return 0; fi
    [ "$(systemctl show --property=NRestarts --value signalbox.service)" -ge 5 ]
}

start_service() {
    if has_systemd; then
        systemctl reset-failed signalbox.service 2>/dev/null || true
        systemctl start signalbox.service
    elif [ -z "$(supervisor_pid)" ]; then
        setsid --fork "$programs/current/installer/supervise" "$programs/current" "$run_directory" "$logs/signalbox.log" "$account" \
            >/dev/null 2>&1 </dev/null 9>&-
    fi
}

stop_service() {
    local pid
    if has_systemd; then
        systemctl stop signalbox.service 2>/dev/null || true # there may be no such unit yet
        case $(systemctl is-active signalbox.service || true) in
            inactive | failed | unknown) return 0 ;;
        esac
        fail "The appliance cannot be stopped." "It still runs." "Look at: systemctl status signalbox"
    fi
    pid=$(supervisor_pid)
    [ -n "$pid" ] || return 0
    kill "$pid"
    for _ in {1..350}; do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.1
    done
    fail "The appliance (process $pid) does not end after 35 s." "It still runs." "Look at $logs/signalbox.log, or end it with: kill -KILL $pid"
}

last_words() {
    if has_systemd; then
        journalctl --unit signalbox --lines 15 --output cat --no-pager
    else
        tail -n 15 "$logs/signalbox.log"
    fi
}

# await_panel SECONDS: until the panel answers, itself and through the router; not for a service that was given up
await_panel() {
    local deadline=$((SECONDS + $1))
    while [ "$SECONDS" -lt "$deadline" ] && ! gave_up; do
        if curl -fs --max-time 5 --output /dev/null "http://127.0.0.1:$panel_port/health" &&
            curl -fs --max-time 5 --output /dev/null "http://127.0.0.1:$http_port/health"; then return 0; fi
        sleep 0.1
    done
    return 1
}
