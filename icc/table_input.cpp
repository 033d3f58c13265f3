// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Little CMS to XYZ, one affine map to the working space.
#include "icc/table_input_p.h"

#include <algorithm>

namespace contone::icc {
namespace {

constexpr int chunkPixels = 512;

}  // namespace

std::unexpected<Error> noInput(std::string detail) {
    return fail(Code::Unsupported, "profile-no-input",
                "Photos cannot be read with this colour profile. Choose another one.", std::move(detail));
}

Result<TableInput> TableInput::create(const Profile& source, Intent intent, BlackPoint blackPoint) {
    if (!source.shared().hasInput) return noInput("no way to the connection space");
    auto context = std::make_unique<Context>();
    const ProfileHandle profile = context->open(source.bytes());
    if (!profile) return noInput(context->messages());
    TransformHandle transform = toXyz(*context, profile.get(), source.model(), intent);
    if (!transform) return noInput(context->messages());
    const Affine toCut = towardsCut(profile.get(), intent, blackPoint);
    const auto rec2020 = inverse(workingToXyz(*context, WorkingGamut::Rec2020));
    const auto wide = inverse(workingToXyz(*context, WorkingGamut::Wide));
    if (!rec2020 || !wide) return noInput("singular working space");
    TableInput input(compose(Affine{*rec2020, {}}, toCut), compose(Affine{*wide, {}}, toCut));
    if (source.model() == ColourModel::Cmyk) input.m_inks = InkTable::of(profile.get(), intent, transform.get());
    input.m_context = std::move(context);
    input.m_toXyz = std::move(transform);
    input.m_model = source.model();
    input.m_channels = source.channels();
    input.m_gamut = input.leavesRec2020() ? WorkingGamut::Wide : WorkingGamut::Rec2020;
    return input;
}

void TableInput::apply(const float* in, float* out, int pixels, WorkingGamut gamut) const {
    const PixelAffine& affine = gamut == WorkingGamut::Wide ? m_wide : m_rec2020;
    std::array<float, chunkPixels * 4> clipped;  // filled before use
    while (pixels > 0) {
        const int n = std::min(pixels, chunkPixels);
        for (int i = 0; i < n * m_channels; ++i) clipped[i] = in[i] > 0 ? std::min(in[i], 1.0F) : 0.0F;
        if (m_inks)
            m_inks->apply(clipped.data(), out, n);
        else
            runTransform(m_toXyz.get(), clipped.data(), m_model, out, ColourModel::Rgb, n);
        affine(out, out, n);
        in += static_cast<std::ptrdiff_t>(n) * m_channels;
        out += static_cast<std::ptrdiff_t>(n) * 3;
        pixels -= n;
    }
}

/// Only negative values tell: a colour outside a triangle of primaries has one, whatever its brightness.
bool TableInput::leavesRec2020() const {
    if (m_model == ColourModel::Gray) return false;
    const int steps = m_model == ColourModel::Cmyk ? 7 : 17;
    int count = 1;
    for (int c = 0; c < m_channels; ++c) count *= steps;
    std::vector<float> device(static_cast<std::size_t>(count) * m_channels),
        working(static_cast<std::size_t>(count) * 3);
    for (int i = 0; i < count; ++i)
        for (int c = 0, rest = i; c < m_channels; ++c, rest /= steps)
            device[static_cast<std::size_t>(i) * m_channels + c] =
                static_cast<float>(rest % steps) / static_cast<float>(steps - 1);
    apply(device.data(), working.data(), count, WorkingGamut::Rec2020);
    return std::ranges::min(working) < -gamutTolerance;
}

}  // namespace contone::icc
