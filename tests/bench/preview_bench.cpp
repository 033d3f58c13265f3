// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench preview: from a change of colours to pixels on the screen, the photo resampled already; one core.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "core/render/preview.h"
#include "icc/source.h"

using namespace contone;

namespace {

double cpuMilliseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

void row(const char* name, int rounds, const std::function<void()>& work) {
    std::vector<double> took;
    for (int i = 0; i < rounds; i++) {
        const double before = cpuMilliseconds();
        work();
        took.push_back(cpuMilliseconds() - before);
    }
    std::ranges::sort(took);
    std::printf("| %-44s | %.1f | %.1f | %.1f |\n", name, took.front(), took[took.size() / 2], took.back());
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 15;
    render::EncodedPicture picture{.raster = {1920, 1080}, .box = {0, 0, 1920, 1080}};
    picture.colour = icc::sourceColour(icc::Profile::srgb(), image::SourceBasis::Assumed);
    for (int y = 0; y < 1080; y++)
        for (int x = 0; x < 1920; x++)
            for (int c = 0; c < 3; c++)
                picture.rgb.push_back(static_cast<std::uint16_t>(x * (c + 17) + y * (31 - 7 * c)));  // ramps
    std::printf("| work, one core | CPU ms min | median | max |\n|---|---|---|---|\n");
    for (const icc::Profile& device : {icc::Profile::syntheticPhotoRgb(), icc::Profile::syntheticPhotoCmyk()}) {
        const auto input = icc::InputTransform::create(picture.colour, {});
        const auto output = icc::OutputTransform::create(device, {.gamut = input->gamut()});
        const auto proof =
            icc::ProofTransform::create(device, icc::Profile::srgb(), icc::ProofTransform::Simulate::Adapted);
        if (!input || !output || !proof) return 1;
        const bool isCmyk = device.channels() == 4;
        const icc::FusedTable table = icc::FusedTable::ofHalves(*input, *output, *proof);
        row(isCmyk ? "33³ table without proof, CMYK" : "33³ table without proof, RGB", rounds,
            [&] { icc::FusedTable::ofHalves(*input, *output); });
        row(isCmyk ? "33³ table with proof, CMYK" : "33³ table with proof, RGB", rounds,
            [&] { icc::FusedTable::ofHalves(*input, *output, *proof); });
        row(isCmyk ? "1920×1080 through the table, CMYK" : "1920×1080 through the table, RGB", rounds,
            [&] { render::preview(picture, table, {1, 1, 1}); });
    }
}
