// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pages as JSON, told apart by their kind.
#include "core/print/page.h"

#include <algorithm>

#include "core/order/decode_event.h"
#include "core/order/read_json.h"

namespace contone::print {
namespace {

using nlohmann::json;

std::unexpected<Error> damaged(std::string detail) {
    return fail(Code::Corrupt, "recipe-damaged",
                "The record of this page cannot be read. Print it again from the order.", std::move(detail));
}

constexpr std::string_view photos = "photos";

/// Before pages had a kind, a calibration page was known by a key of its own.
std::string kindIn(const json& page) {
    if (page.contains("kind")) return page.at("kind").get<std::string>();
    return std::string(page.contains("calibrationPage") ? CalibrationPage::kind : photos);
}

Result<Page> readCalibration(const json& page) {
    CalibrationPage calibration{page.at("medium").get<std::string>(), {}};
    const int channels = page.at("channels").get<int>(), bits = page.at("bits").get<int>();
    if ((channels != 3 && channels != 4) || (bits != 8 && bits != 16)) return damaged("calibration page");
    calibration.device = {channels == 4 ? image::Channels::Cmyk : image::Channels::Rgb,
                          bits == 8 ? image::Depth::U8 : image::Depth::U16};
    return calibration;
}

}  // namespace

std::string_view kindOf(const Page& page) {
    return std::visit(order::Overloaded{[](const render::Recipe&) { return photos; },
                                        [](const CalibrationPage&) { return CalibrationPage::kind; }},
                      page);
}

std::string canonical(const Page& page) {
    return std::visit(order::Overloaded{[](const render::Recipe& recipe) { return render::canonical(recipe); },
                                        [](const CalibrationPage& calibration) {
                                            return order::writeJson(
                                                {{"kind", CalibrationPage::kind},
                                                 {"medium", calibration.medium},
                                                 {"channels", image::count(calibration.device.channels)},
                                                 {"bits", calibration.device.depth == image::Depth::U8 ? 8 : 16}});
                                        }},
                      page);
}

Sha256 hashOf(const Page& page) {
    return Sha256::of(canonical(page));
}

Result<Page> parsePage(std::string_view text) {
    return order::readJson(text, "recipe-damaged", [&](const json& page) -> Result<Page> {
        if (!page.is_object()) return damaged("not an object");
        const std::string kind = kindIn(page);
        if (kind == CalibrationPage::kind) return readCalibration(page);
        if (kind == photos) return render::parseRecipe(text);
        return fail(Code::Unsupported, "page-kind",
                    "This page was planned by a newer Contone. Install that version or a later one.", kind);
    });
}

std::vector<Sha256> originalsOf(const Page& page) {
    std::vector<Sha256> originals;
    std::visit(order::Overloaded{[&](const render::Recipe& recipe) {
                                     for (const render::RecipePhoto& photo : recipe.photos)
                                         if (std::ranges::find(originals, photo.original) == originals.end())
                                             originals.push_back(photo.original);
                                 },
                                 [](const CalibrationPage&) {}},
               page);
    return originals;
}

std::vector<Sha256> stencilsOf(const Page& page) {
    const auto* recipe = std::get_if<render::Recipe>(&page);
    return recipe != nullptr ? render::stencilsOf(*recipe) : std::vector<Sha256>();
}

}  // namespace contone::print
