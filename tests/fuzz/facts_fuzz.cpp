// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Facts from a hostile child: what passes the checks can be shown and used.
#include <cmath>
#include <vector>

#include "core/decode/facts_message.h"
#include "icc/source.h"
#include "icc/transforms.h"
#include "tests/fuzz/fuzz.h"

using namespace contone;
using namespace contone::decode;

namespace {

/// Right facts, as a packet.
Bytes honest(bool isGray) {
    image::PhotoFacts facts;
    facts.storedSize = facts.size = {600, 400};
    if (isGray) facts.pixels.channels = image::Channels::Gray;
    facts.colour.kind = isGray ? image::SourceColour::Kind::Gray : image::SourceColour::Kind::Matrix;
    facts.colour.curves.assign(isGray ? 1 : 3, {std::vector<std::uint32_t>(image::ToneCurve::steps + 1)});
    for (auto& curve : facts.colour.curves)
        for (std::size_t i = 0; i < curve.values.size(); ++i) curve.values[i] = static_cast<std::uint32_t>(i << 18);
    facts.colour.colorants = {7'315'000, 6'461'000, 2'400'000, 3'732'000, 12'028'000,
                              1'017'000, 234'000,   1'628'000, 11'978'000};
    facts.colour.name = "sRGB";
    facts.camera = "Camera";
    facts.takenAt = "2026:11:22 10:20:30";
    return composeFacts(facts);
}

/// Deeply takes milliseconds: half of the inputs do without.
void use(const image::PhotoFacts& facts, bool deeply) {
    fuzz::require(presentable(facts) == facts);
    (void)image::describe(facts.colour);
    (void)facts.warnings.sentences();
    if (!deeply) return;
    image::Picture in = image::Picture::ofSize({16, 1}, facts.pixels);
    for (std::size_t i = 0; i < in.bytes.size(); ++i) in.bytes[i] = static_cast<std::byte>(i * 89);
    image::Picture out = image::Picture::ofSize({16, 1}, {image::Channels::Rgb, image::Depth::U8});
    icc::toListSrgb(facts.colour, in.strip(), out.strip());
    const auto transform = icc::InputTransform::create(facts.colour, {});
    if (!transform) return;
    const std::vector<float> samples(std::size_t{16} * 3, 0.5F);
    std::vector<float> wide(samples.size());
    transform->apply(samples.data(), wide.data(), 16);
    for (const float sample : wide) fuzz::require(std::isfinite(sample));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    const auto given = fuzz::bytesOf(bytes + 1, size - 1);
    Bytes packet(given.begin(), given.end());
    if (bytes[0] % 4 != 0) {  // right facts, changed in places: two bytes of place, one of what stands there
        packet = honest(bytes[0] % 4 == 1);
        for (std::size_t i = 0; i + 3 <= given.size(); i += 3) {
            const auto place = std::to_integer<std::size_t>(given[i]) | std::to_integer<std::size_t>(given[i + 1]) << 8;
            packet[place < 1024 ? place : packet.size() - 1 - place % 256] = given[i + 2];
        }
    }
    const auto facts = parseFacts(packet);
    if (!facts) return 0;
    fuzz::require(parseFacts(composeFacts(*facts)) == facts);
    for (const double reducible : {1.0, 7.0})
        if (checkFacts(*facts, {.reducible = reducible}, fuzz::limits())) use(*facts, bytes[0] % 8 < 4);
    return 0;
}
