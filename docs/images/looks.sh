#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
# Makes docs/images/looks.jpg: one photo in every look. Needs ImageMagick:
#   docs/images/looks.sh build/release/bin/contone tests/data/faces/astronaut.jpg
set -e
contone=$1 photo=$2 made=$(dirname "$0")/looks.jpg
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT
n=10
for look in '' vivid portrait landscape evening north film matte pastel black-white noir silver old-print; do
    "$contone" render "$photo" --size 70x70 --dpi 80 --profile srgb --adjust "${look:+look=$look}" -o "$out/$n.png"
    convert "$out/$n.png" -background '#767676' -fill white -font Helvetica -pointsize 15 -gravity center \
        "label:${look:-as it came}" -append "$out/$n.tile.png"
    n=$((n + 1))
done
montage "$out"/*.tile.png -background '#767676' -tile 5x -geometry +8+8 -quality 82 "$made"
