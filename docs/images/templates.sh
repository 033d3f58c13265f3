#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
# Makes docs/images/templates.jpg: every design that ships, with photos. Needs ImageMagick:
#   docs/images/templates.sh build/release/bin/contone PHOTO…
set -e
contone=$1 made=$(dirname "$0")/templates.jpg
shift
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT
for file in "$(dirname "$0")"/../../resources/templates/*.toml; do
    name=$(basename "$file" .toml)
    "$contone" template preview "$name" "$@" --dpi 60 -o "$out/$name.png"
    convert "$out/$name.png" -resize 300x300 -background '#767676' -gravity center -extent 320x320 \
        -fill white -font Helvetica -pointsize 17 "label:$name" -append "$out/$name.tile.png"
done
montage "$out"/*.tile.png -background '#767676' -tile 6x -geometry +4+4 -quality 82 "$made"
