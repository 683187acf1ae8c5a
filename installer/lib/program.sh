# The program's versions, side by side below opt/signalbox/versions; "current" points to the one that runs. To be sourced
# after say.sh, layout.sh, engine.sh and jdk.sh.
# shellcheck shell=bash disable=SC2154,SC2034 # the caller's

readonly build_label='%7B%22dev.signalbox.role%22%3A%22install%22%7D' # {"dev.signalbox.role":"install"}, in a URL

build_of() { # build_of TREE: its version and a hash of what it is made of, as one word
    local version hash
    read -r version hash <"$1/BUILD"
    printf '%s-%s\n' "$version" "$hash"
}

version_of() { cut -d ' ' -f 1 "$1/BUILD"; }

is_whole() { # is_whole TREE: all its files are there and as they were packed
    [ -s "$1/BUILD" ] && (cd "$1" && sha256sum --check --status MANIFEST 2>/dev/null)
}

# obtain_tree ROOT: leaves in $tree a packed program: ROOT itself, or one built from the source tree that ROOT is
obtain_tree() {
    if [ -e "$1/BUILD" ]; then
        tree=$1
        is_whole "$tree" || fail "The package in $1 is damaged: not all of its files are as they were packed." "$standing" \
            "Unpack it again, from a fresh copy if need be."
        return
    fi
    [ -e "$1/pom.xml" ] || fail "$1 is neither a package nor a source tree of Signalbox." "$standing"
    tree=$programs/versions/.built
    rm -rf "$tree"
    if find_jdk >/dev/null && command -v mvn >/dev/null; then
        note "building it with the JDK and Maven that are here"
        (cd "$1" && logged ./dev tree "$tree")
    else
        note "building it in a container; there is no JDK 25 with Maven here"
        build_in_container "$1"
    fi
}

# build_in_container SOURCE: the Dockerfile's build stage makes the tree, which is copied out of it
build_in_container() (
    name=signalbox/build:install id=''
    trap 'clear_build "$id" "$name"' EXIT
    logged "$1/installer/images/build" debian:trixie-slim
    answer=$(tar --directory "$1" --create --exclude=./target --exclude=./.git --exclude=./.data . |
        engine POST "/build?version=2&target=build&t=${name/:/%3A}&labels=$build_label" --header 'Content-Type: application/x-tar' --upload-file - |
        tee -a "$log" | jq -rs 'if any(.id == "moby.image.id") then "" else [.[] | .errorDetail.message // empty] | last // "no image was made" end')
    [ -z "$answer" ] || fail "The program could not be built: $answer" "$standing" "Use a package instead (see the README), or mend what $log tells."
    id=$(engine POST /containers/create --header 'Content-Type: application/json' --data "{\"Image\":\"$name\",\"Labels\":{\"dev.signalbox.role\":\"install\"}}" | jq -er .Id)
    mkdir -p "$tree.part"
    engine GET "/containers/$id/archive?path=/signalbox/." | tar --directory "$tree.part" --extract --no-same-owner
    mv "$tree.part" "$tree"
)

clear_build() { # clear_build CONTAINER IMAGE
    [ -z "$1" ] || engine DELETE "/containers/$1?force=1" --output /dev/null || true
    engine DELETE "/images/$2?force=1" --output /dev/null || true
}

# put_program TREE: copies it to its place unless it is there whole; leaves the place in $place, and in $repaired whether
# something of it was broken
put_program() {
    local new
    repaired=no
    place=$programs/versions/$(build_of "$1")
    refuse_older "$1"
    if ! is_whole "$place"; then
        new=$programs/versions/.new
        rm -rf "$new"
        mkdir -p "$new"
        cp -a "$1/." "$new/"
        chown -R root:root "$new"
        chmod -R go-w,a+rX "$new"
        sync --file-system "$new"
        # One that runs from there goes on with the files it has open.
        rm -rf "$place.broken"
        if [ -e "$place" ]; then
            note "not all of its files were as they were packed: put back"
            repaired=yes
            mv "$place" "$place.broken"
        fi
        mv "$new" "$place"
        rm -rf "$place.broken"
    fi
    ln -sfn "$settings" "$place/settings"
    sync --file-system "$place"
    rm -rf "$programs/versions/.built"
}

refuse_older() { # refuse_older TREE: the data may be in a form that an older program does not know
    local here new
    [ -e "$programs/current/BUILD" ] || return 0
    here=$(version_of "$programs/current")
    new=$(version_of "$1")
    dpkg --compare-versions "${new//-SNAPSHOT/~SNAPSHOT}" ge "${here//-SNAPSHOT/~SNAPSHOT}" ||
        fail "This package is $new, and $here is installed: an older program cannot read what a newer one wrote." \
            "Nothing was changed." "To go back, restore the copy of the database that the upgrade made (docs/INSTALL.md, Going back)."
}

point_at() { # point_at PLACE: from now on, this is the program
    ln -sfn "$1" "$programs/current.new"
    mv -fT "$programs/current.new" "$programs/current"
    mkdir -p "$(dirname "$command_link")"
    ln -sfn "$programs/current/signalbox" "$command_link"
    sync --file-system "$programs"
}

train_program() { # train_program PLACE: makes it start fast; without, it starts more slowly and works as well
    [ ! -s "$1/signalbox.jsa" ] || return 0
    # Its data lies where nobody else can lay something beside it.
    install --directory --mode=700 --owner=root --group=root "$programs/.training"
    (cd "$1" && SIGNALBOX_HOME=$1 SIGNALBOX_SETTINGS=/dev/null TMPDIR=$programs/.training SIGNALBOX_INSTALLED=$config/instance \
        logged installer/train) 9>&- ||
        note "it could not be trained ($log says why): it starts more slowly and works as well"
    sync --file-system "$1"
}

# forget_old_programs: all but the one that runs and the one that ran before it. One that never answered is not gone back to.
forget_old_programs() {
    local place current before
    current=$(readlink -f "$programs/current")
    before=$(readlink "$programs/before" || true)
    if [ ! -d "$before" ] || [ "$before" = "$current" ]; then before=$(other_programs "$current" | sed -n 1p); fi
    other_programs "$current" | while read -r place; do
        [ "$place" = "$before" ] || rm -rf "$place"
    done
}

other_programs() { # other_programs PLACE: all but this one, the newest first; what begins with a dot is none
    find "$programs/versions" -mindepth 1 -maxdepth 1 -type d ! -name '.*' ! -path "$1" -printf '%T@ %p\n' | sort -rn | cut -d ' ' -f 2-
}
