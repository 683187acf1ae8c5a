#!/bin/sh
# Options alone, or one of Traefik's own commands, mean Traefik; anything else is a program of the image.
set -e
if [ "${1#-}" != "$1" ]; then
    set -- traefik "$@"
elif [ "$1" = version ] || [ "$1" = healthcheck ]; then
    set -- traefik "$@"
fi
exec "$@"
