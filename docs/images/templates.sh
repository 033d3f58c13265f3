#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
# Makes docs/images/templates.jpg: every design that ships, with photos of the repository. Needs ImageMagick:
#   docs/images/templates.sh build/release/bin/contone
set -e
contone=$1 root=$(dirname "$0")/../.. made=$(dirname "$0")/templates.jpg
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT
for file in "$root"/resources/templates/*.toml; do
    name=$(basename "$file" .toml)
    "$contone" template preview "$name" "$root"/tests/data/faces/astronaut.jpg "$root"/resources/samples/church.jpg \
        "$root"/resources/samples/sunset.jpg "$root"/tests/data/photos/flower2.jpg --dpi 60 -o "$out/$name.png"
    convert "$out/$name.png" -resize 300x300 -background '#767676' -gravity center -extent 320x320 \
        -fill white -font Helvetica -pointsize 17 "label:$name" -append "$out/$name.tile.png"
done
montage "$out"/*.tile.png -background '#767676' -tile 6x -geometry +4+4 -quality 82 "$made"
