// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The canonical form of a recipe: one line of JSON, keys sorted, and back.
#include "core/render/recipe.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/render/area_json_p.h"

namespace contone::render {
namespace {

using nlohmann::json;

std::string fraction(double v) {
    return fmt::format("{:.9f}", v);
}

/// Without the locale: a window toolkit may have set one whose decimal point is a comma.
double number(const std::string& text) {
    double value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end) throw std::runtime_error("number " + text);
    return value;
}

Error damaged(std::string detail) {
    return {Code::Corrupt, "recipe-damaged", "The record of this page cannot be read. Print it again from the order.",
            std::move(detail)};
}

json photoJson(const RecipePhoto& p) {
    json all = {{"basis", image::toString(p.basis)}, {"fused", p.conversion == Conversion::Fused},
                {"height", p.uprightSize.height},    {"orientation", static_cast<int>(p.orientation)},
                {"original", p.original.toString()}, {"profile", p.sourceProfile.toString()},
                {"width", p.uprightSize.width}};
    // Only where they are not as most photos have them.
    if (p.inks != image::InkSense::AsRead) all["inks"] = image::toString(p.inks);
    if (p.turn.by != image::Orientation::Upright) all["turned"] = static_cast<int>(p.turn.by);
    if (p.turn.straighten != 0) all["straighten"] = p.turn.straighten;
    return all;
}

json frameJson(const Frame& f) {
    json all = {
        {"box", boxJson(f.box)},
        {"crop", {fraction(f.crop.left), fraction(f.crop.top), fraction(f.crop.width), fraction(f.crop.height)}},
        {"photo", f.photo},
        {"turn", static_cast<int>(f.turn)}};
    // Only where they are not what most frames have.
    if (f.opacityPermille != Frame::opaque) all["opacity"] = f.opacityPermille;
    if (f.softEdgeUm != 0) all["softEdgeUm"] = f.softEdgeUm;
    if (!f.adjustments.isEmpty()) all["adjustments"] = image::toText(f.adjustments);
    addOutline(all, f);
    return all;
}

json sharpeningJson(const Sharpening& s) {
    return {{"amount", s.amountPermille},
            {"level", toString(s.level)},
            {"overshoot", s.overshootPermille},
            {"radiusUm", s.radiusUm}};
}

Sharpening sharpeningFrom(const json& value) {
    const auto level = contone::parse<SharpenLevel>(value.at("level").get<std::string>());
    if (!level) throw std::runtime_error(level.error().detail);
    const Sharpening s{*level, value.at("radiusUm"), value.at("amount"), value.at("overshoot")};
    if (!isUsable(s)) throw std::runtime_error("sharpening " + value.dump());
    return s;
}

image::SourceBasis basisFrom(const std::string& text) {
    const auto basis = image::parseSourceBasis(text);
    if (!basis) throw std::runtime_error("basis " + text);
    return *basis;
}

image::InkSense inksFrom(const json& photo) {
    const auto inks =
        contone::parse<image::InkSense>(photo.value("inks", std::string(image::toString(image::InkSense::AsRead))));
    if (!inks) throw std::runtime_error(inks.error().detail);
    return *inks;
}

image::Orientation orientationFrom(int exif) {
    if (exif < 1 || exif > 8) throw std::runtime_error("orientation");
    return image::orientationFromExif(exif);
}

image::PhotoTurn turnFrom(const json& photo) {
    const image::PhotoTurn turn{orientationFrom(photo.value("turned", 1)), photo.value("straighten", 0)};
    if (!image::check(turn)) throw std::runtime_error("straighten");
    return turn;
}

image::Adjustments adjustmentsFrom(const json& frame) {
    auto adjustments = image::parseAdjustments(frame.value("adjustments", std::string()));
    if (!adjustments) throw std::runtime_error(adjustments.error().detail);
    return *std::move(adjustments);
}

}  // namespace

std::string canonical(const Recipe& r) {
    json frames = json::array(), photos = json::array();
    for (const Frame& f : r.frames) frames.push_back(frameJson(f));
    for (const RecipePhoto& p : r.photos) photos.push_back(photoJson(p));
    // nlohmann::json keeps object keys sorted.
    json all = {{"blackPoint", r.blackPoint == icc::BlackPoint::Compensate},
                {"channels", image::count(r.device.channels)},
                {"depth", r.device.depth == image::Depth::U8 ? 8 : 16},
                {"dither", r.dither},
                {"dpi", {r.dpiX.value, r.dpiY.value}},
                {"frames", frames},
                {"intent", icc::toString(r.intent)},
                {"lane", toString(r.lane)},
                {"outputProfile", r.outputProfile.toString()},
                {"photos", photos},
                {"raster", {r.raster.width, r.raster.height}},
                {"renderVersion", Recipe::renderVersion},
                {"sharpening", sharpeningJson(r.sharpening)}};
    // Not there without one: pages without one are named as they always were.
    if (r.borderFill) {
        all["borderFill"] = {{"box", boxJson(r.borderFill->box)}, {"colour", contone::toString(r.borderFill->colour)}};
    }
    addAreas(all, "under", r.under);
    addAreas(all, "over", r.over);
    return all.dump();
}

Result<Recipe> parseRecipe(std::string_view text) {
    try {
        const json all = json::parse(text);
        Recipe r;
        if (all.at("renderVersion").get<int>() != Recipe::renderVersion)
            return fail(Code::Unsupported, "recipe-version",
                        "This page was made by another version of Contone; render it anew.",
                        all.at("renderVersion").dump());
        r.raster = {all.at("raster").at(0), all.at("raster").at(1)};
        r.dpiX.value = all.at("dpi").at(0);
        r.dpiY.value = all.at("dpi").at(1);
        auto lane = contone::parse<Lane>(all.at("lane").get<std::string>());
        auto intent = contone::parse<icc::Intent>(all.at("intent").get<std::string>());
        if (!lane || !intent) return fail(damaged("lane or intent"));
        r.lane = *lane;
        r.intent = *intent;
        r.outputProfile = hashFrom(all.at("outputProfile"));
        r.blackPoint = all.at("blackPoint").get<bool>() ? icc::BlackPoint::Compensate : icc::BlackPoint::AsIs;
        const int channels = all.at("channels");
        if (channels != 1 && channels != 3 && channels != 4) return fail(damaged("channels"));
        if (all.at("depth") != 8 && all.at("depth") != 16) return fail(damaged("depth"));
        r.device = {static_cast<image::Channels>(channels),
                    all.at("depth") == 8 ? image::Depth::U8 : image::Depth::U16};
        r.dither = all.at("dither");
        r.sharpening = sharpeningFrom(all.at("sharpening"));
        for (const json& p : all.at("photos"))
            r.photos.push_back({hashFrom(p.at("original")),
                                {p.at("width"), p.at("height")},
                                orientationFrom(p.at("orientation")),
                                hashFrom(p.at("profile")),
                                basisFrom(p.at("basis")),
                                p.at("fused").get<bool>() ? Conversion::Fused : Conversion::TwoHalves,
                                inksFrom(p),
                                turnFrom(p)});
        for (const json& f : all.at("frames")) {
            const auto part = [&](int i) {
                return number(f.at("crop").at(static_cast<std::size_t>(i)).get<std::string>());
            };
            r.frames.push_back({f.at("photo"),
                                {part(0), part(1), part(2), part(3)},
                                boxFrom(f),
                                orientationFrom(f.at("turn")),
                                f.value("opacity", Frame::opaque),
                                f.value("softEdgeUm", 0),
                                adjustmentsFrom(f),
                                shapeFrom(f),
                                stencilFrom(f),
                                shadowFrom(f)});
        }
        if (all.contains("borderFill")) {
            const json& g = all.at("borderFill");
            r.borderFill = BorderFill{boxFrom(g), colourFrom(g.at("colour"))};
        }
        r.under = areasFrom(all, "under");
        r.over = areasFrom(all, "over");
        return r;
    } catch (const std::exception& e) {
        return fail(damaged(e.what()));
    }
}

Sha256 hashOf(const Recipe& recipe) {
    return Sha256::of(canonical(recipe));
}

std::vector<Sha256> stencilsOf(const Recipe& recipe) {
    std::vector<Sha256> stencils;
    const auto add = [&](const auto& shown) {
        for (const auto& one : shown)
            if (one.stencil && std::ranges::find(stencils, *one.stencil) == stencils.end())
                stencils.push_back(*one.stencil);
    };
    add(recipe.under);
    add(recipe.frames);
    add(recipe.over);
    return stencils;
}

}  // namespace contone::render
