// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One page by our own library, with choices that the contone program does not offer: where the photo is decoded, how
// much smaller, and how many times it lies on the page.
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>

#include "core/decode/decoder.h"
#include "core/decode/worker/open_photo.h"
#include "core/image/file_sinks.h"
#include "core/print/page_plan.h"
#include "core/print/page_recipe.h"
#include "core/render/pipeline.h"

namespace contone::bench {
namespace {

struct Wishes {
    std::string photo, programs, profile, cache, output, decode = "child";
    int width = 0, height = 0, photos = 1;
    double reducible = 0;  ///< 0: as the lane asks
    bool compare = false, border = false;
};

using Opened = Result<std::unique_ptr<image::PhotoSource>>;
using Opener = std::function<Opened(const image::PhotoRequest&)>;

Opener openerOf(const Wishes& wishes, decode::Decoder& decoder) {
    return [&wishes, &decoder](const image::PhotoRequest& request) -> Opened {
        CONTONE_TRY(FileDescriptor file, openForReading(wishes.photo));
        if (wishes.decode == "here") return decode::openPhoto(decode::narrowCodecs(), std::move(file), request);
        return decoder.open(std::move(file), request);
    };
}

Result<Sha256> hashOf(const Path& file) {
    CONTONE_TRY(const Bytes bytes, readFile(file, 1'000'000'000));
    return Sha256::of(bytes);
}

/// The same photo in a grid of two columns, or alone.
void spread(render::Recipe& recipe, int photos) {
    if (photos < 2) return;
    const int rows = (photos + 1) / 2;
    const image::PixelSize box{recipe.raster.width / 2, recipe.raster.height / rows};
    const render::RecipePhoto photo = recipe.photos.front();
    const render::Frame frame = recipe.frames.front();
    recipe.photos.clear();
    recipe.frames.clear();
    for (int i = 0; i < photos; ++i) {
        recipe.photos.push_back(photo);
        recipe.frames.push_back({i, frame.crop, {i % 2 * box.width, i / 2 * box.height, box.width, box.height}});
    }
}

Result<void> render(const Wishes& wishes, const Opener& open, double reducible, image::StripSink& sink) {
    CONTONE_TRY(icc::Profile device, icc::Profile::fromFile(wishes.profile));
    CONTONE_TRY(const auto looked, open({}));
    const image::PhotoFacts facts = looked->facts();
    CONTONE_TRY(const Sha256 original, hashOf(wishes.photo));
    CONTONE_TRY(const print::PagePlan plan,
                print::planFilePage({inches(wishes.width / 300.0), inches(wishes.height / 300.0)}, Dpi{300}, {},
                                    facts.uprightSize()));
    render::Recipe recipe =
        print::makeRecipe(plan, original, facts, order::PhotoChoices{},
                          {device.hash(), icc::Intent::Relative, icc::BlackPoint::Compensate, {}, false});
    spread(recipe, wishes.photos);
    if (wishes.border)
        recipe.borderFill = render::BorderFill{{0, 0, recipe.raster.width, recipe.raster.height}, {30, 42, 60}};
    const auto openAs = [&](int, image::PhotoRequest request) {
        if (reducible > 0) request.reducible = reducible;
        return open(request);
    };
    CONTONE_CHECK(render::renderPage(
        recipe, {openAs, std::move(device), std::make_shared<render::ColourTables>(wishes.cache)}, sink));
    return {};
}

double decibels(const image::Picture& a, const image::Picture& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.bytes.size(); ++i) {
        const double d = std::to_integer<int>(a.bytes[i]) - std::to_integer<int>(b.bytes[i]);
        sum += d * d;
    }
    return 10 * std::log10(255.0 * 255.0 * static_cast<double>(a.bytes.size()) / sum);
}

Result<void> run(const Wishes& wishes) {
    decode::Decoder decoder({.programs = wishes.programs});
    const Opener open = openerOf(wishes, decoder);
    if (!wishes.compare) return render(wishes, open, wishes.reducible, *image::jpegFileSink(wishes.output, 95));
    image::PictureSink whole, reduced;
    CONTONE_CHECK(render(wishes, open, 1, whole));
    CONTONE_CHECK(render(wishes, open, wishes.reducible, reduced));
    std::printf("%.1f\n", decibels(whole.picture(), reduced.picture()));
    return {};
}

}  // namespace
}  // namespace contone::bench

int main(int argc, char** argv) {
    contone::bench::Wishes wishes;
    CLI::App app("One page by the library");
    app.add_option("PHOTO", wishes.photo)->required();
    app.add_option("--programs", wishes.programs)->required();
    app.add_option("--profile", wishes.profile)->required();
    app.add_option("--cache", wishes.cache)->required();
    app.add_option("--width", wishes.width)->required();
    app.add_option("--height", wishes.height)->required();
    app.add_option("-o,--output", wishes.output)->required();
    app.add_option("--decode", wishes.decode)->check(CLI::IsMember({"here", "child"}));
    app.add_option("--reducible", wishes.reducible);
    app.add_option("--photos", wishes.photos)->check(CLI::Range(1, 16));
    app.add_flag("--border", wishes.border, "A colour lies under the photos: a composed page");
    app.add_flag("--compare", wishes.compare, "Print how close the reduced page is to the whole one, dB PSNR");
    CLI11_PARSE(app, argc, argv);
    const auto done = contone::bench::run(wishes);
    if (!done) std::fprintf(stderr, "%s (%s)\n", done.error().message.c_str(), done.error().detail.c_str());
    return done ? 0 : 1;
}
