#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
# Makes docs/images/calibration-ruler.png: the sheet with rulers, and how the one at the left edge is read. Needs
# ImageMagick:  CONTONE_KEEP=out build/release/tests/test_core_print_calibration pagesCanBeLookedAt
#               docs/images/calibration-ruler.sh out/page.png
set -e
page=$1
made=$(dirname "$0")/calibration-ruler.png
# 4 x 6 inches of a DNP DS-RX1 at 300 dots an inch, cut 2.3 mm (27 dots) inside at the left.
convert -size 910x620 xc:'#5a5a5a' \
    \( "$page" -crop 1193x1802+27+59 +repage -filter box -resize 344x520 \) -geometry +36+36 -composite \
    \( "$page" -crop 98x284+27+819 +repage -filter point -resize 200% \) -geometry +470+26 -composite \
    -fill none -stroke '#d03030' -strokewidth 3 -draw 'roundrectangle 30,248 67,340 6,6' \
    -draw 'roundrectangle 462,179 482,230 6,6' -draw 'roundrectangle 630,181 662,230 8,8' \
    -draw 'roundrectangle 478,488 512,534 8,8' \
    -stroke none -fill white -font Helvetica -pointsize 20 \
    -annotate +684+212 'step 3: the tenths' -annotate +684+518 'row 2: the millimetres' \
    -annotate +684+578 '2.3 mm at LEFT' \
    -pointsize 18 -annotate +36+588 'The sheet with rulers, cut by the printer' \
    -depth 8 -type Palette -colors 64 -define png:compression-level=9 -strip "PNG8:$made"
