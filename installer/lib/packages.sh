# Packages of the distribution that are missing. To be sourced after say.sh.
# shellcheck shell=bash disable=SC2154 # log, standing, prefix: of say.sh and layout.sh

readonly apt=(apt-get --quiet --yes --no-install-recommends -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)

missing_packages() { # prints those that are needed and not here
    local tool package
    while read -r tool package; do
        command -v "$tool" >/dev/null || printf '%s\n' "$package"
    done <<'END'
curl curl
jq jq
git git
ss iproute2
setpriv util-linux
END
    if [ -z "$prefix" ]; then command -v nft >/dev/null || printf 'nftables\n'; fi
    [ -e /etc/ssl/certs/ca-certificates.crt ] || printf 'ca-certificates\n'
    if ! command -v dockerd >/dev/null && [ ! -S /var/run/docker.sock ]; then
        printf 'docker.io\niptables\n'
        # For people; nothing here needs it. In Debian 13 it is a package of its own.
        if grep -qs 'trixie' /etc/os-release; then printf 'docker-cli\n'; fi
        # Where the kernel has AppArmor, Docker confines containers with it if it can load the profile.
        if [ -d /sys/kernel/security/apparmor ]; then printf 'apparmor\n'; fi
    fi
}

install_packages() { # install_packages NAME…
    local broken=()
    # With none to install there may still be some that a power cut left half-made.
    if [ $# -gt 0 ]; then note "installing $*"; elif [ -z "$(dpkg --audit)" ]; then return 0; fi
    export DEBIAN_FRONTEND=noninteractive
    # What an installation that was cut off left half-made is finished first.
    logged dpkg --configure -a || true
    logged "${apt[@]}" update || note "not every package list could be renewed; going on with those that are here"
    logged "${apt[@]}" --fix-broken install || true
    mapfile -t broken < <(dpkg-query --show --showformat '${db:Status-Eflag} ${Package}\n' | sed -n 's/^reinstreq //p')
    # To apt, these are installed; a power cut came between their old files and their new ones.
    [ ${#broken[@]} = 0 ] || logged "${apt[@]}" install --reinstall "${broken[@]}" || true
    logged "${apt[@]}" install "$@" || fail "Not all of these packages could be installed: $*. The last lines of $log say why." \
        "$standing Packages that did arrive stay; they harm nothing." \
        "Is the package mirror within reach (apt-get update)? Then give this command again."
    sync
}
