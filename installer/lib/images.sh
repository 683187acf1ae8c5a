# The images that the appliance itself and its first builds stand on. To be sourced after say.sh, layout.sh and engine.sh.
# shellcheck shell=bash disable=SC2154 # the caller's

readonly first_images=(traefik:v3.7 signalbox/static:1 node:24-slim)

registry_answers() { # registry_answers TREE: asked once
    if [ -z "${registry_state:-}" ]; then
        registry_state=none
        if logged "$1/installer/images/build" --registry; then registry_state=there; fi
        # The script that makes them need not find it out again.
        export SIGNALBOX_REGISTRY_STATE=$registry_state
    fi
    [ "$registry_state" = there ]
}

has_first_images() {
    local image
    for image in "${first_images[@]}"; do
        engine GET "/images/$image/json" --fail --output /dev/null 2>/dev/null || return 1
    done
}

# make_images TREE: from a registry where one is within reach, else from packages
make_images() {
    local noted=$programs/images.noted options=() image id
    if [ -e "$noted" ]; then
        note "an earlier run was cut off here: those that did not reach the disk whole are made anew"
        options=(--doubt)
    else
        sync # those that are here already are beyond doubt from now on
        : >"$noted.new"
        awk '!/^(#|$)/ { print $1 }' "$1/installer/images/catalog" | while read -r image; do
            if id=$(engine GET "/images/$image/json" --fail 2>/dev/null | jq -er .Id); then
                printf '%s %s\n' "$image" "$id" >>"$noted.new"
            else
                printf '%s\n' "$image" >>"$config/images-made"
            fi
        done
        sync "$noted.new"
        mv "$noted.new" "$noted"
        sync "$programs"
    fi
    if ! registry_answers "$1"; then
        has_first_images || note "no registry answers: they are made from packages, which takes some minutes the first time"
        command -v mmdebstrap >/dev/null || install_packages mmdebstrap debian-archive-keyring
    fi
    SIGNALBOX_IMAGES_NOTED=$noted logged "$1/installer/images/build" "${options[@]}" "${first_images[@]}" ||
        fail "The base images could not be made. The last lines of $log say why." \
            "$standing What was made so far stays and is used again." "Is a registry or the package mirror within reach? Then give this command again."
    rm -f "$noted"
    sync "$programs"
}

# make_other_images TREE: those for other languages, beside everything else; only where no registry would have them
make_other_images() {
    if [ -n "$prefix" ] || registry_answers "$1"; then return 0; fi
    if has_systemd; then
        systemctl reset-failed signalbox-images.service 2>/dev/null || true
        systemctl --quiet is-active signalbox-images.service ||
            systemd-run --quiet --collect --unit signalbox-images --slice signalbox-build.slice --property Nice=19 --property IOSchedulingClass=idle \
                "$programs/current/installer/images/build"
    else
        setsid --fork nice -n 19 "$1/installer/images/build" >>"$logs/images.log" 2>&1 </dev/null 9>&-
    fi
}
