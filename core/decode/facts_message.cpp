// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The fields of PhotoFacts and SourceColour, each with its range.
#include "core/decode/facts_message.h"

#include <algorithm>
#include <string>

#include "core/image/photo_problem.h"

namespace contone::decode {
namespace {

using image::PhotoFacts;
using image::SourceColour;
using image::ToneCurve;

constexpr int kLongest = 65'535;
constexpr std::int32_t kLeast = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();

void curveFields(auto& wire, auto& colour) {
    auto count = static_cast<std::uint8_t>(colour.curves.size());
    wire.number(count);
    if (count > 3) return wire.fail();
    if constexpr (std::remove_reference_t<decltype(wire)>::isReading)
        colour.curves.assign(count, ToneCurve{std::vector<std::uint32_t>(ToneCurve::steps + 1)});
    for (auto& curve : colour.curves)
        for (auto& value : curve.values) wire.number(value);
}

void colourFields(auto& wire, auto& colour) {
    wire.choice(colour.kind, 3);
    wire.choice(colour.basis, static_cast<int>(image::SourceBasis::UntaggedCmyk) + 1);
    wire.choice(colour.refused, 4);
    wire.raw(colour.profile.bytes);
    wire.text(colour.name, 120);
    wire.flag(colour.isKnown);
    curveFields(wire, colour);
    for (auto& v : colour.colorants) wire.whole(v, kLeast, kMost);
    for (auto& v : colour.mediaWhite) wire.whole(v, kLeast, kMost);
    for (auto& xyz : colour.blackPoint)
        for (auto& v : xyz) wire.whole(v, kLeast, kMost);
    wire.flag(colour.isWide);
}

void sizeFields(auto& wire, auto& size) {
    wire.whole(size.width, 1, kLongest);
    wire.whole(size.height, 1, kLongest);
}

/// Channels are 1, 3 or 4; four never leave a child.
void pixelFields(auto& wire, auto& pixels) {
    wire.choice(pixels.channels, 3, 1);
    wire.choice(pixels.depth, 2);
}

void factFields(auto& wire, auto& facts) {
    wire.choice(facts.format, image::photoFormatCount);
    sizeFields(wire, facts.storedSize);
    wire.choice(facts.orientation, 8, 1);
    sizeFields(wire, facts.size);
    pixelFields(wire, facts.pixels);
    wire.whole(facts.bitsPerSample, 1, 32);
    wire.flag(facts.isProgressive);
    wire.whole(facts.jpegQuality, 0, 100);
    colourFields(wire, facts.colour);
    wire.text(facts.camera, 64);
    wire.text(facts.takenAt, 19);
    wire.text(facts.libraries, 120);
}

bool isDate(std::string_view text) {
    constexpr std::string_view shape = "0000:00:00 00:00:00";
    return text.size() == shape.size() &&
           std::ranges::equal(text, shape, [](char t, char s) { return s == '0' ? t >= '0' && t <= '9' : t == s; });
}

bool isAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// A reduction leaves at least what the caller said it wants, give or take the edge that a codec rounds away.
bool isReduction(int part, int whole, double reducible) {
    constexpr double edge = 4;
    return part == whole || (reducible >= 2 && part < whole && part >= whole / reducible - edge);
}

std::unexpected<Error> wrong(const char* field) {
    return image::photoProblem("photo-damaged", std::string("facts: ") + field);
}

bool coloursFit(const PhotoFacts& facts) {
    const bool isGray = facts.pixels.channels == image::Channels::Gray;
    if (facts.colour.kind == SourceColour::Kind::Converted) return !isGray && facts.pixels.depth == image::Depth::U16;
    return isGray == (facts.colour.kind == SourceColour::Kind::Gray);
}

}  // namespace

Result<void> checkFacts(const PhotoFacts& facts, const image::PhotoRequest& request, const image::Limits& limits) {
    const auto within = [](image::PixelSize s) {
        return s.width >= 1 && s.width <= kLongest && s.height >= 1 && s.height <= kLongest;
    };
    if (!within(facts.storedSize)) return wrong("stored size");
    if (std::int64_t{facts.storedSize.width} * facts.storedSize.height > limits.maxPixels) return wrong("too large");
    if (!within(facts.size) || !isReduction(facts.size.width, facts.storedSize.width, request.reducible) ||
        !isReduction(facts.size.height, facts.storedSize.height, request.reducible))
        return wrong("size of the strips");
    if (facts.pixels.channels != image::Channels::Gray && facts.pixels.channels != image::Channels::Rgb)
        return wrong("channels");
    if (facts.bitsPerSample < 1 || facts.bitsPerSample > 32) return wrong("bits a sample");
    if (facts.jpegQuality < 0 || facts.jpegQuality > 100) return wrong("quality");
    if (facts.camera.size() > 64 || !isAscii(facts.camera)) return wrong("camera");
    if (!facts.takenAt.empty() && !isDate(facts.takenAt)) return wrong("date");
    if (facts.libraries.size() > 120 || !isAscii(facts.libraries)) return wrong("libraries");
    if (printable(facts.colour.name, 120) != facts.colour.name) return wrong("name of the profile");
    if (!coloursFit(facts)) return wrong("colours do not fit the channels");
    return image::check(facts.colour);
}

PhotoFacts presentable(PhotoFacts facts) {
    std::erase_if(facts.camera, [](char c) { return c < 0x20 || c >= 0x7f; });
    facts.camera.resize(std::min<std::size_t>(facts.camera.size(), 64));
    if (!isDate(facts.takenAt)) facts.takenAt.clear();
    facts.colour.name = printable(facts.colour.name, 120);
    return facts;
}

Bytes composeFacts(const PhotoFacts& facts) {
    MessageWriter writer(MessageKind::Facts);
    factFields(writer, facts);
    writer.number(facts.warnings.bits());
    return writer.take();
}

std::optional<PhotoFacts> parseFacts(std::span<const std::byte> packet) {
    MessageReader reader(packet);
    if (reader.kind() != MessageKind::Facts) return std::nullopt;
    PhotoFacts facts;
    factFields(reader, facts);
    std::uint64_t warnings = 0;
    reader.number(warnings);
    if (!reader.isComplete()) return std::nullopt;
    facts.warnings = image::PhotoWarnings(warnings);
    return facts;
}

}  // namespace contone::decode
