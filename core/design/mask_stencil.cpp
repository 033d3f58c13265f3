// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Down first, then across, in floats.
#include "core/design/mask_stencil.h"

#include <algorithm>
#include <cmath>

#include "core/render/lanczos.h"

namespace contone::design {

Result<image::Stencil> maskStencil(const image::Mask& mask, image::PixelSize size) {
    CONTONE_TRY(const std::vector<std::uint8_t> from, image::coverageOf(mask));
    const render::Weights down = render::lanczos3(mask.size.height, 0, mask.size.height, size.height);
    const render::Weights across = render::lanczos3(mask.size.width, 0, mask.size.width, size.width);
    image::Stencil stencil{size, image::Stencil::Kind::Coverage, {}};
    stencil.samples.reserve(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
    std::vector<float> row(static_cast<std::size_t>(mask.size.width));
    for (int y = 0; y < size.height; y++) {
        std::ranges::fill(row, 0.0F);
        for (int t = 0; t < down.taps; t++) {
            const int v = std::min(down.first[static_cast<std::size_t>(y)] + t, mask.size.height - 1);
            const std::uint8_t* samples = from.data() + static_cast<std::ptrdiff_t>(v) * mask.size.width;
            for (std::size_t x = 0; x < row.size(); x++) row[x] += down.of(y)[t] * static_cast<float>(samples[x]);
        }
        for (int x = 0; x < size.width; x++) {
            float sum = 0;
            for (int t = 0; t < across.taps; t++)
                sum += across.of(x)[t] * row[static_cast<std::size_t>(std::min(
                                             across.first[static_cast<std::size_t>(x)] + t, mask.size.width - 1))];
            stencil.samples.push_back(static_cast<std::uint8_t>(std::lround(std::clamp(sum, 0.0F, 255.0F))));
        }
    }
    return stencil;
}

}  // namespace contone::design
