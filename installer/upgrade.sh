#!/bin/bash
# Brings the installed Signalbox to the version of a package. Apps run on; the panel is away for a moment. When the new
# program does not answer, the old one comes back by itself, with the data as it was.
#
#   sudo signalbox upgrade PACKAGE.tar.gz [--prefix DIRECTORY]
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=installer/lib/say.sh
. "$here/lib/say.sh"
# shellcheck source=installer/lib/layout.sh
. "$here/lib/layout.sh"

package='' prefix_asked=''
trap explain EXIT
case $here in */opt/signalbox/versions/*) prefix_asked=${here%%/opt/signalbox/versions/*} ;; esac
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) [ $# -ge 2 ] || fail "--prefix needs a directory."; prefix_asked=${2%/}; shift ;;
        -h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; exit 0 ;;
        -*) fail "There is no option $1." ;;
        *) package=$1 ;;
    esac
    shift
done
[ -n "$package" ] || fail "Name the package: sudo signalbox upgrade signalbox-VERSION-$(uname -m).tar.gz"
[ "$(id -u)" = 0 ] || fail "Upgrading takes root." "Nothing was changed." "Give the command again with sudo."
use_layout "$prefix_asked"
is_installed || fail "Signalbox is not installed here." "Nothing was changed." "Install it with the package's installer/install.sh."
[ -r "$package" ] || fail "$package cannot be read." "Nothing was changed."

step_name="Unpacking $package"
one_at_a_time
rm -rf "$programs"/versions/.package* # of one that was cut off
unpacked=$(mktemp -d "$programs/versions/.package.XXXXXX")
chmod 755 "$unpacked"
trap 'status=$?; rm -rf "$unpacked"; explain "$status"' EXIT
tar --directory "$unpacked" --extract --gzip --no-same-owner --strip-components=1 --file "$package" 2>"$unpacked/.said" ||
    fail "$package is no package of Signalbox, or not all of it arrived: $(tail -n 1 "$unpacked/.said" | printable)" \
        "Nothing was changed." "Fetch it again, or make room if the disk is full."
rm -f "$unpacked/.said"
[ -x "$unpacked/installer/install.sh" ] || fail "$package is no package of Signalbox." "Nothing was changed."
"$unpacked/runtime/bin/java" -version >/dev/null 2>&1 ||
    fail "$package is for another kind of machine than this $(uname -m)." "Nothing was changed."
# The new installer knows what the new program needs; what it was told at first is in the settings.
if [ -n "$prefix_asked" ]; then set -- --prefix "$prefix_asked"; fi
SIGNALBOX_LOCKED_BY=$$ "$unpacked/installer/install.sh" --yes "$@" || exit "$told"
