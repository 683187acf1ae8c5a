# A bare Debian machine: its disk, its power, and the way into it. To be sourced after say and fail.
# shellcheck shell=bash disable=SC2034 # used by whoever sources it

readonly vps=${SIGNALBOX_VPS:-$HOME/.cache/signalbox-vps}
readonly ssh_port=23022 http_port=23080 https_port=23443
readonly reach=(-q -i "$vps/key" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o ConnectTimeout=10 -o ServerAliveInterval=30)

runs() { [ -e "$vps/pid" ] && kill -0 "$(<"$vps/pid")" 2>/dev/null; }
session() { ssh "${reach[@]}" -p "$ssh_port" root@127.0.0.1 "$@"; }
inside() { session "$@" </dev/null; }
answers() { inside true 2>/dev/null; }

tools() {
    local tool package missing=()
    while read -r tool package; do
        command -v "$tool" >/dev/null || missing+=("$package")
    done <<END
mmdebstrap mmdebstrap
qemu-system-$(uname -m) qemu-system-$(case $(uname -m) in aarch64) echo arm ;; *) echo x86 ;; esac)
mke2fs e2fsprogs
ssh openssh-client
curl curl
jq jq
git git
END
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${missing[*]}"
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# make_disk SUITE: the disk of a machine as a provider hands it over, with its kernel beside it; made once
make_disk() {
    local suite=$1 root kernel
    [ ! -e "$vps/$suite.disk" ] || return 0
    [ "$(id -u)" = 0 ] || fail "Making the disk takes root: its files belong to root. Nothing was made. Run this with sudo once."
    say "Making a disk with Debian $suite"
    [ -e "$vps/key" ] || ssh-keygen -q -t ed25519 -N '' -f "$vps/key"
    root=$(mktemp -d "$vps/root.XXXXXX")
    case $(uname -m) in aarch64) kernel=linux-image-cloud-arm64 ;; *) kernel=linux-image-cloud-amd64 ;; esac
    mmdebstrap --quiet --variant=apt \
        --include="systemd-sysv,udev,dbus,$kernel,openssh-server,iproute2,ca-certificates,sudo" "$suite" "$root/files.tar"
    mkdir "$root/files"
    tar --directory "$root/files" --extract --file "$root/files.tar"
    rm "$root/files.tar"
    as_provided "$root/files"
    cp "$root"/files/boot/vmlinuz-* "$vps/$suite.kernel"
    cp "$root"/files/boot/initrd.img-* "$vps/$suite.initrd"
    truncate --size=24G "$vps/$suite.new"
    mke2fs -q -t ext4 -d "$root/files" "$vps/$suite.new"
    mv "$vps/$suite.new" "$vps/$suite.disk"
    rm -rf "$root"
}

# as_provided ROOT: network, name, our key, and this host's way to the package mirrors and its certificates
as_provided() {
    say vps >"$1/etc/hostname"
    printf '127.0.0.1 localhost vps\n::1 localhost\n' >"$1/etc/hosts"
    printf '[Match]\nName=eth0\n[Network]\nDHCP=yes\n' >"$1/etc/systemd/network/eth0.network"
    chroot "$1" systemctl --quiet enable systemd-networkd ssh
    rm -f "$1/etc/resolv.conf"
    cp /etc/resolv.conf "$1/etc/resolv.conf"
    cp /usr/local/share/ca-certificates/*.crt "$1/usr/local/share/ca-certificates/" 2>/dev/null || true
    chroot "$1" update-ca-certificates >/dev/null 2>&1
    install --directory --mode=700 "$1/root/.ssh"
    cp "$vps/key.pub" "$1/root/.ssh/authorized_keys"
}

up() { # up [SUITE]: where there is a disk already, with what is on it
    if runs; then
        say "It is up already."
        return
    fi
    tools
    mkdir -p "$vps"
    if [ ! -e "$vps/disk" ]; then
        make_disk "${1:-trixie}"
        cp --sparse=always "$vps/${1:-trixie}.disk" "$vps/disk"
        say "${1:-trixie}" >"$vps/suite"
    fi
    power_on
    await_machine
    say "The machine is up (Debian $(<"$vps/suite"))."
}

power_on() { # an emulated kernel panics now and then while it patches itself; it starts anew then
    local suite speed=${SIGNALBOX_VPS_ACCEL:-tcg,thread=multi} console=ttyS0 machine=q35
    suite=$(<"$vps/suite")
    if [ "$(uname -m)" = aarch64 ]; then machine=virt console=ttyAMA0; fi
    setsid "qemu-system-$(uname -m)" -machine "$machine" -accel "$speed" -cpu max -smp 2 -m "${SIGNALBOX_VPS_MEMORY:-2048}" \
        -nographic -nodefaults -serial "file:$vps/console.log" \
        -kernel "$vps/$suite.kernel" -initrd "$vps/$suite.initrd" -append "root=/dev/vda rw console=$console net.ifnames=0 panic=1" \
        -drive "file=$vps/disk,if=virtio,format=raw,cache=writethrough" -device virtio-net-pci,netdev=net \
        -netdev "user,id=net,hostfwd=tcp:127.0.0.1:$ssh_port-:22,hostfwd=tcp:127.0.0.1:$http_port-:80,hostfwd=tcp:127.0.0.1:$https_port-:443" \
        </dev/null >"$vps/qemu.log" 2>&1 &
    echo $! >"$vps/pid"
    disown $! # it stays up when this script ends
}

await_machine() {
    local start=$SECONDS
    until answers; do
        runs || fail "The machine ended by itself: $(tail -n 3 "$vps/qemu.log")"
        [ $((SECONDS - start)) -lt 300 ] || fail "The machine cannot be reached after 5 minutes. Its console: $vps/console.log"
        sleep 1
    done
}

power_cut() {
    if runs; then kill -KILL "$(<"$vps/pid")"; fi
    rm -f "$vps/pid"
}

# keep_disk, take_kept_disk: a state of the machine to come back to
keep_disk() {
    inside sync
    power_cut
    cp --sparse=always "$vps/disk" "$vps/kept.new"
    mv "$vps/kept.new" "$vps/kept"
    power_on
    await_machine
}

take_kept_disk() {
    [ -e "$vps/kept" ] || fail "No state of the machine was kept: ./dev vps keep"
    power_cut
    cp --sparse=always "$vps/kept" "$vps/disk"
    power_on
    await_machine
}

put() { # put FILE DIRECTORY
    tar --directory "$(dirname "$1")" --create --file - "$(basename "$1")" |
        session "mkdir -p $(printf '%q' "$2") && tar --directory $(printf '%q' "$2") --extract --no-same-owner --file -"
}
