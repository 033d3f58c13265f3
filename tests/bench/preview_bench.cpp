// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench preview: from a change of colours to pixels on the screen, the photo resampled already; one core.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/tone_grid.h"
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
        const render::Show show = [&](float* working, float* out, int pixels) {
            std::vector<float> inks(static_cast<std::size_t>(pixels) * static_cast<std::size_t>(output->channels()));
            output->apply(working, inks.data(), pixels);
            proof->apply(inks.data(), out, pixels);
        };
        const auto measure = [&](const std::string& what, const image::Adjustments& adjustments) {
            render::Frame frame{.box = picture.box};
            frame.adjustments = adjustments;
            render::Surroundings around{.gamut = input->gamut(), .photo = picture.raster};
            if (render::needsTones(adjustments)) {
                const std::vector<float> light(512 * 288 * 3, 0.2F);
                around.tones = std::make_shared<const render::ToneGrid>(light.data(), 512, 288,
                                                                        std::array<float, 3>{0.26F, 0.68F, 0.06F});
            }
            const render::PreviewColours colours(frame, *input, around, show);
            row((what + ": table").c_str(), rounds, [&] { render::PreviewColours(frame, *input, around, show); });
            row((what + ": 1920×1080").c_str(), rounds, [&] { colours.page(picture, {1, 1, 1}); });
        };
        const std::string name = isCmyk ? "CMYK" : "RGB";
        row(("33³ table without proof, " + name).c_str(), rounds, [&] { icc::FusedTable::ofHalves(*input, *output); });
        measure(name + ", as it is", {});
        image::Adjustments some;
        some.set("exposure", 0.3);
        some.set("contrast", 20);
        some.set("vibrance", 30);
        some.look = "film";
        measure(name + ", exposure, contrast, vibrance, look", some);
        some.set("shadows", 40);
        some.set("highlights", -40);
        measure(name + ", shadows and highlights too", some);
        some = {};
        some.set("grain", 50);
        measure(name + ", film grain", some);
    }
}
