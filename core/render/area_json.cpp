// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Numbers are whole, so that equal areas have equal text.
#include <nlohmann/json.hpp>

#include "core/render/area_json_p.h"

namespace contone::render {
namespace {

using nlohmann::json;

constexpr int kOpaque = 1000;

template <class Parent>
void addShape(json& to, const Parent& from) {
    if (from.shape.kind == Shape::Kind::Rounded) to["radiusUm"] = from.shape.radiusUm;
    if (from.shape.kind == Shape::Kind::Ellipse) to["ellipse"] = true;
    if (from.stencil) to["stencil"] = from.stencil->toString();
    if (from.shadow) {
        const Shadow& s = *from.shadow;
        to["shadow"] = {{"blurUm", s.blurUm},
                        {"colour", contone::toString(s.colour)},
                        {"downUm", s.downUm},
                        {"opacity", s.opacityPermille},
                        {"rightUm", s.rightUm}};
    }
}

json areaJson(const Area& area) {
    json all = {{"box", boxJson(area.box)}, {"colour", contone::toString(area.paint.colour)}};
    if (area.paint.to) {
        all["to"] = contone::toString(*area.paint.to);
        all["angle"] = area.paint.angle;
    }
    if (area.opacityPermille != kOpaque) all["opacity"] = area.opacityPermille;
    addShape(all, area);
    return all;
}

Paint paintFrom(const json& area) {
    Paint paint{colourFrom(area.at("colour")), {}, 0};
    if (area.contains("to")) {
        paint.to = colourFrom(area.at("to"));
        paint.angle = area.at("angle");
    }
    return paint;
}

}  // namespace

json boxJson(const image::PixelRect& box) {
    return {box.x, box.y, box.width, box.height};
}

image::PixelRect boxFrom(const json& parent) {
    const json& b = parent.at("box");
    return {b.at(0), b.at(1), b.at(2), b.at(3)};
}

Srgb colourFrom(const json& text) {
    const auto colour = parseSrgb(text.get<std::string>());
    if (!colour) throw std::runtime_error("colour " + text.dump());
    return *colour;
}

Sha256 hashFrom(const json& text) {
    auto hash = Sha256::parse(text.get<std::string>());
    if (!hash) throw std::runtime_error(hash.error().detail);
    return *hash;
}

void addOutline(json& frame, const Frame& from) {
    addShape(frame, from);
}

Shape shapeFrom(const json& parent) {
    if (parent.value("ellipse", false)) return {Shape::Kind::Ellipse, 0};
    if (parent.contains("radiusUm")) return {Shape::Kind::Rounded, parent.at("radiusUm")};
    return {};
}

std::optional<Sha256> stencilFrom(const json& parent) {
    if (!parent.contains("stencil")) return {};
    return hashFrom(parent.at("stencil"));
}

std::optional<Shadow> shadowFrom(const json& parent) {
    if (!parent.contains("shadow")) return {};
    const json& s = parent.at("shadow");
    return Shadow{colourFrom(s.at("colour")), s.at("opacity"), s.at("blurUm"), s.at("rightUm"), s.at("downUm")};
}

void addAreas(json& page, const char* key, const std::vector<Area>& areas) {
    if (areas.empty()) return;
    json all = json::array();
    for (const Area& area : areas) all.push_back(areaJson(area));
    page[key] = all;
}

std::vector<Area> areasFrom(const json& page, const char* key) {
    std::vector<Area> areas;
    if (!page.contains(key)) return areas;
    for (const json& a : page.at(key))
        areas.push_back(
            {boxFrom(a), paintFrom(a), shapeFrom(a), a.value("opacity", kOpaque), stencilFrom(a), shadowFrom(a)});
    return areas;
}

}  // namespace contone::render
