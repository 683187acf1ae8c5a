# The account that the appliance runs as, what belongs to it, and the key. To be sourced after say.sh and layout.sh.
# shellcheck shell=bash disable=SC2154 # the caller's

make_account() {
    if getent passwd "$account" >/dev/null && getent group "$account" >/dev/null; then return 0; fi
    # Tells uninstall.sh that it may go again.
    printf 'by this installation\n' | write_file "$config/account-made" 600 root:root
    getent group "$account" >/dev/null || groupadd --system "$account"
    getent passwd "$account" >/dev/null ||
        useradd --system --gid "$account" --no-create-home --home-dir /var/lib/signalbox --shell /usr/sbin/nologin "$account"
    sync
}

make_directories() {
    install --directory --mode=755 "$programs" "$programs/versions"
    install --directory --mode=750 --owner=root --group="$account" "$config"
    install --directory --mode=750 --owner="$account" --group=adm "$logs"
    mkdir -p "$(dirname "$data")"
    install --directory --mode=700 --owner="$account" --group="$account" "$data"
    # Run once as somebody else, the program leaves files that it cannot write afterwards.
    find "$data" -xdev \( ! -user "$account" -o ! -group "$account" \) -exec chown --no-dereference "$account:$account" {} +
}

# make_key: once; it is never made anew over data that another one sealed
make_key() {
    if [ -e "$master_key" ] && ! grep -qE '^[0-9a-f]{64}$' "$master_key"; then
        if [ -e "$data/signalbox.db" ]; then
            fail "The master key $master_key is damaged." "Nothing was changed; what runs goes on running." \
                "Put it back from your copy of it, then give this command again."
        fi
        rm -f "$master_key" # left half-written by an installation that was cut off
    fi
    if [ ! -e "$master_key" ]; then
        od --address-radix=n --format=x1 --read-bytes=32 /dev/urandom | tr -d ' \n' | sed 's/$/\n/' |
            write_file "$master_key" 440 "root:$account"
    fi
    chown "root:$account" "$master_key"
    chmod 440 "$master_key"
}

# write_settings: those that were asked for now, else those of before
write_settings() {
    {
        printf '# Made by the installer. Change it by running the installer again with its options.\n'
        printf 'SIGNALBOX_DATA=%s\n' "$data"
        printf 'SIGNALBOX_BASE_DOMAIN=%s\n' "$domain"
        [ -z "$public_address" ] || printf 'SIGNALBOX_PUBLIC_ADDRESS=%s\n' "$public_address"
        printf 'SIGNALBOX_HTTP_PORT=%s\nSIGNALBOX_HTTPS_PORT=%s\n' "$http_port" "$https_port"
        printf 'SIGNALBOX_PANEL_PORT=%s\nSIGNALBOX_PROXY_API_PORT=%s\n' "$panel_port" "$proxy_port"
        printf 'SIGNALBOX_MASTER_KEY=%s\nSIGNALBOX_ADMIN_SOCKET=%s/admin.sock\n' "$master_key" "$run_directory"
    } | write_file "$settings" 640 "root:$account"
}
