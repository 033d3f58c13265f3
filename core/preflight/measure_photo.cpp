// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One pass over the rows: crops for detail, averages of every fourth pixel of every fourth row or so for the rest.
#include <algorithm>
#include <array>

#include "core/preflight/crop_collector_p.h"
#include "core/preflight/likeness_p.h"
#include "core/preflight/photo_measures.h"
#include "core/preflight/small_collector_p.h"

namespace contone::preflight {
namespace {

constexpr int stripRows = 64;

/// Fills the strip as far as the photo goes: a source may give fewer rows at a time.
Result<int> fill(image::PhotoSource& source, image::MutableStrip strip) {
    int filled = 0;
    while (filled < strip.rows) {
        image::MutableStrip rest = strip;
        rest.data += static_cast<std::size_t>(filled) * strip.stride;
        rest.rows -= filled;
        CONTONE_TRY(const int rows, source.read(rest));
        if (rows == 0) break;
        filled += rows;
    }
    return filled;
}

}  // namespace

Result<PhotoMeasures> measurePhoto(image::PhotoSource& source) {
    const image::PhotoFacts& facts = source.facts();
    CropCollector crops(facts.size, facts.pixels);
    CONTONE_TRY(SmallCollector pixels, SmallCollector::create(facts));
    image::Picture room = image::Picture::ofSize({facts.size.width, stripRows}, facts.pixels);
    for (int y = 0;;) {
        image::MutableStrip strip = room.strip();
        CONTONE_TRY(strip.rows, fill(source, strip));
        if (strip.rows == 0) break;
        crops.add(strip, y);
        pixels.add(strip, y);
        y += strip.rows;
    }
    PhotoMeasures measured;
    pixels.into(measured);
    measured.likeness = likenessOf(measured.small);
    measured.detail = crops.sharpest();
    measured.blockLevels = crops.blockLevels();
    return measured;
}

}  // namespace contone::preflight
