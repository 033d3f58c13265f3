// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Small pictures for lists, to sRGB without the large tables that prints need.
#include <algorithm>

#include "icc/source.h"
#include "icc/source_numbers_p.h"

namespace contone::icc {
namespace {

using image::SourceColour;

/// The samples of a row as 0…1.
void widen(image::StripView in, int y, std::vector<float>& out) {
    const auto samples = static_cast<std::size_t>(in.width) * static_cast<std::size_t>(count(in.format.channels));
    out.resize(samples);
    for (std::size_t i = 0; i < samples; ++i)
        out[i] = in.format.depth == image::Depth::U8 ? static_cast<float>(in.row<std::uint8_t>(y)[i]) / 255.0F
                                                     : static_cast<float>(in.row<std::uint16_t>(y)[i]) / 65535.0F;
}

std::uint8_t toByte(float value) {
    return static_cast<std::uint8_t>((value > 0 ? std::min(value, 1.0F) : 0.0F) * 255.0F + 0.5F);
}

/// Light of the source → light of sRGB.
PixelAffine toSrgbLight(const SourceColour& colour) {
    const Context context;
    Affine light;
    if (colour.kind == SourceColour::Kind::Matrix) light.matrix = colorantsOf(colour);
    if (colour.kind == SourceColour::Kind::Converted) light.matrix = workingToXyz(context, WorkingGamut::Wide);
    if (colour.kind == SourceColour::Kind::Gray) light.matrix = {d50[0], 0, 0, d50[1], 0, 0, d50[2], 0, 0};
    const ProfileHandle srgb = context.open(Profile::srgb().bytes());
    const auto primaries = colorants(srgb.get());
    const Matrix fromXyz = inverse(primaries.value_or(Matrix{})).value_or(Matrix{});
    return PixelAffine(
        compose(Affine{fromXyz, {}}, compose(towardsCut(colour, Intent::Relative, BlackPoint::Compensate), light)));
}

/// Of converted photos.
std::vector<float> wideTable() {
    std::vector<float> table;
    for (int i = 0; i <= image::ToneCurve::steps; ++i)
        table.push_back(static_cast<float>(wideToLinear(static_cast<double>(i) / image::ToneCurve::steps)));
    return table;
}

std::vector<float> lightTable(const image::ToneCurve& curve) {
    std::vector<float> table;
    for (const std::uint32_t value : curve.values) table.push_back(static_cast<float>(value) / 1073741824.0F);
    return table;
}

float lookUp(const std::vector<float>& table, float x) {
    const float position = x * static_cast<float>(image::ToneCurve::steps);
    const auto index =
        std::min(static_cast<std::size_t>(position), static_cast<std::size_t>(image::ToneCurve::steps - 1));
    return table[index] + (position - static_cast<float>(index)) * (table[index + 1] - table[index]);
}

}  // namespace

void toListSrgb(const SourceColour& colour, image::StripView in, image::MutableStrip out) {
    const auto channels = static_cast<std::size_t>(count(in.format.channels));
    const bool isSrgb = colour.isKnown && colour.name == toString(KnownProfile::Srgb);
    const bool isGrayOfSrgb = colour.profile == Profile::grayWithSrgbCurve().hash();
    std::vector<float> row;
    if (isSrgb || isGrayOfSrgb) {
        for (int y = 0; y < in.rows; ++y) {
            widen(in, y, row);
            auto* to = out.row<std::uint8_t>(y);
            for (std::size_t x = 0; x < static_cast<std::size_t>(in.width); ++x)
                for (std::size_t c = 0; c < 3; ++c) *to++ = toByte(row[x * channels + std::min(c, channels - 1)]);
        }
        return;
    }
    static const RootCurve encode(-12, 0, linearToSrgb);
    const PixelAffine map = toSrgbLight(colour);
    std::vector<std::vector<float>> curves;
    if (colour.kind == SourceColour::Kind::Converted) curves.push_back(wideTable());
    for (const image::ToneCurve& curve : colour.curves) curves.push_back(lightTable(curve));
    for (int y = 0; y < in.rows; ++y) {
        widen(in, y, row);
        auto* to = out.row<std::uint8_t>(y);
        for (std::size_t x = 0; x < static_cast<std::size_t>(in.width); ++x) {
            std::array<float, 3> light{};  // gray: along the first axis
            for (std::size_t c = 0; c < channels; ++c)
                light[c] = lookUp(curves[curves.size() == 3 ? c : 0], row[x * channels + c]);
            for (const float v : map(light[0], light[1], light[2])) *to++ = toByte(encode(v));
        }
    }
}

}  // namespace contone::icc
