// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CMYK, Lab and table profiles → wide RGB, pixel by pixel.
#include <algorithm>
#include <cstring>

#include "icc/source.h"
#include "icc/source_numbers_p.h"
#include "icc/table_input_p.h"

namespace contone::icc {
namespace {

constexpr int chunkPixels = 512;

/// L* 0…100, a* and b* −128…127 as 0…1 → XYZ (CIE 15:2004, D50).
void labToXyz(const float* in, float* out, int pixels) {
    const auto cubed = [](float f) { return f > 6.0F / 29.0F ? f * f * f : (f - 16.0F / 116.0F) * (108.0F / 841.0F); };
    for (int i = 0; i < pixels; ++i, in += 3, out += 3) {
        const float fy = (in[0] * 100.0F + 16.0F) / 116.0F;
        const float fx = fy + (in[1] * 255.0F - 128.0F) / 500.0F, fz = fy - (in[2] * 255.0F - 128.0F) / 200.0F;
        out[0] = cubed(fx) * static_cast<float>(d50[0]);
        out[1] = cubed(fy);
        out[2] = cubed(fz) * static_cast<float>(d50[2]);
    }
}

}  // namespace

struct WideConverter::Impl {
    image::PixelFormat from;
    std::optional<TableInput> table;  ///< empty: Lab
    std::optional<PixelAffine> fromXyz;
    RootCurve encode{-9, 0, linearToRomm};  ///< below 2^-9 the ROMM curve is straight
    bool isWide = true;

    void convert(const float* samples, std::uint16_t* out, int pixels) const;
    /// Gathers the pixels that differ from the one before them, converts those, and lays them where they belong.
    void convertRow(const std::byte* in, std::uint16_t* out, int pixels) const;
    float sample(const std::byte* in) const {
        if (from.depth == image::Depth::U8) return static_cast<float>(std::to_integer<int>(*in)) / 255.0F;
        std::uint16_t value = 0;
        std::memcpy(&value, in, sizeof value);
        return static_cast<float>(value) / 65535.0F;
    }
};

void WideConverter::Impl::convert(const float* samples, std::uint16_t* out, int pixels) const {
    std::array<float, chunkPixels * 3> light{};
    if (table) {
        table->apply(samples, light.data(), pixels, WorkingGamut::Wide);
    } else {
        labToXyz(samples, light.data(), pixels);
        (*fromXyz)(light.data(), light.data(), pixels);
    }
    constexpr auto scale = static_cast<float>(1 / wideRange), offset = static_cast<float>(-wideFloor / wideRange);
    for (int i = 0; i < pixels * 3; ++i)
        out[i] = static_cast<std::uint16_t>(encode(light[i] * scale + offset) * 65535.0F + 0.5F);
}

void WideConverter::Impl::convertRow(const std::byte* in, std::uint16_t* out, int pixels) const {
    const std::size_t size = from.bytesPerPixel(), depth = bytesPerSample(from.depth);
    const int channels = count(from.channels);
    std::array<float, chunkPixels * 4> samples;            // filled before use
    std::array<std::uint16_t, chunkPixels * 3> converted;  // filled before use
    std::array<int, chunkPixels> ends;                     // of the runs
    int start = 0;
    while (start < pixels) {
        int runs = 0, x = start;
        for (; x < pixels; ++x) {
            const std::byte* pixel = in + size * static_cast<std::size_t>(x);
            if (runs > 0 && std::memcmp(pixel, pixel - size, size) == 0) continue;
            if (runs == chunkPixels) break;
            if (runs > 0) ends[runs - 1] = x;
            for (int c = 0; c < channels; ++c)
                samples[runs * channels + c] = sample(pixel + depth * static_cast<std::size_t>(c));
            ++runs;
        }
        ends[runs - 1] = x;
        convert(samples.data(), converted.data(), runs);
        for (int run = 0; run < runs; ++run)
            for (; start < ends[run]; ++start) std::copy_n(converted.data() + run * 3, 3, out + start * 3);
    }
}

Result<WideConverter> WideConverter::create(const SourceDecision& decision, image::PixelFormat from, Intent intent,
                                            BlackPoint blackPoint) {
    auto impl = std::make_shared<Impl>();
    impl->from = from;
    if (decision.convertWith) {
        CONTONE_TRY(TableInput table, TableInput::create(*decision.convertWith, intent, blackPoint));
        if (table.channels() != count(from.channels)) return noInput("the samples are of another colour model");
        impl->isWide = table.gamut() == WorkingGamut::Wide;
        impl->table = std::move(table);
    } else {
        if (decision.colour.basis != SourceBasis::LabEncoding || count(from.channels) != 3)
            return noInput("neither Lab nor a profile with tables");
        const Context context;
        const auto fromXyz = inverse(workingToXyz(context, WorkingGamut::Wide));
        if (!fromXyz) return noInput("singular working space");
        impl->fromXyz.emplace(Affine{*fromXyz, {}});
    }
    return WideConverter(std::move(impl));
}

bool WideConverter::isWide() const {
    return m_impl->isWide;
}

void WideConverter::apply(image::StripView in, image::MutableStrip out) const {
    for (int y = 0; y < in.rows; ++y) m_impl->convertRow(in.row<std::byte>(y), out.row<std::uint16_t>(y), in.width);
}

}  // namespace contone::icc
