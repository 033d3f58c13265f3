// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The form in JSON of what people choose for photos and of how things look on a page.
#pragma once

#include "core/base/enum_words.h"
#include "core/image/adjustments.h"
#include "core/image/appearance.h"
#include "core/image/crop.h"
#include "core/image/mask.h"
#include "core/image/orientation_words.h"
#include "core/image/photo_turn.h"
#include "core/json/fields.h"

namespace contone::image {

constexpr auto fieldsOf(std::type_identity<Crop>) {
    return json::list(json::field("left", &Crop::left), json::field("top", &Crop::top),
                      json::field("width", &Crop::width), json::field("height", &Crop::height));
}
constexpr auto fieldsOf(std::type_identity<PixelSize>) {
    return json::list(json::field("width", &PixelSize::width), json::field("height", &PixelSize::height));
}
constexpr auto fieldsOf(std::type_identity<Mask>) {
    return json::list(json::field("size", &Mask::size), json::field("packed", &Mask::packed));
}
constexpr auto fieldsOf(std::type_identity<PhotoTurn>) {
    return json::list(json::field("by", &PhotoTurn::by, json::Absent::KeepsDefault),
                      json::field("straighten", &PhotoTurn::straighten, json::Absent::KeepsDefault));
}
constexpr auto fieldsOf(std::type_identity<AdjustedNumber>) {
    return json::list(json::field("id", &AdjustedNumber::id), json::field("value", &AdjustedNumber::value));
}
constexpr auto fieldsOf(std::type_identity<CurvePoint>) {
    return json::list(json::field("in", &CurvePoint::in), json::field("out", &CurvePoint::out));
}
constexpr auto fieldsOf(std::type_identity<RedEye>) {
    return json::list(json::field("u", &RedEye::u), json::field("v", &RedEye::v),
                      json::field("radius", &RedEye::radius));
}
constexpr auto fieldsOf(std::type_identity<Adjustments>) {
    return json::list(json::field("numbers", &Adjustments::numbers, json::Absent::KeepsDefault),
                      json::field("curve", &Adjustments::curve, json::Absent::KeepsDefault),
                      json::field("eyes", &Adjustments::eyes, json::Absent::KeepsDefault),
                      json::field("look", &Adjustments::look, json::Absent::KeepsDefault),
                      json::field("lookPercent", &Adjustments::lookPercent, json::Absent::KeepsDefault));
}

constexpr auto wordsOf(Shape::Kind) {
    using enum Shape::Kind;
    return enumWords<Shape::Kind>("bad-shape", "There is no such shape.",
                                  {{Rectangle, "rectangle"}, {Rounded, "rounded"}, {Ellipse, "ellipse"}});
}
constexpr json::Range opacityRange{0, opaque, "bad-layout", "Something covers 0 to 1000 permille of what lies below."};
constexpr auto fieldsOf(std::type_identity<Shape>) {
    return json::list(json::field("kind", &Shape::kind),
                      json::field("radiusUm", &Shape::radiusUm,
                                  {0, Shape::maxRadiusUm, "bad-layout", "A corner is at most 1000 mm round."},
                                  json::Absent::KeepsDefault));
}
constexpr auto fieldsOf(std::type_identity<Paint>) {
    return json::list(
        json::field("colour", &Paint::colour), json::field("to", &Paint::to),
        json::field("angle", &Paint::angle, {0, 359, "bad-layout", "Colours change at an angle of 0 to 359 degrees."},
                    json::Absent::KeepsDefault));
}
constexpr auto fieldsOf(std::type_identity<Shadow>) {
    constexpr json::Range blur{0, Shadow::maxUm, "bad-layout", "A shadow fades over at most 100 mm."};
    constexpr json::Range away{-Shadow::maxUm, Shadow::maxUm, "bad-layout", "A shadow lies at most 100 mm away."};
    return json::list(json::field("colour", &Shadow::colour),
                      json::field("opacityPermille", &Shadow::opacityPermille, opacityRange),
                      json::field("blurUm", &Shadow::blurUm, blur), json::field("rightUm", &Shadow::rightUm, away),
                      json::field("downUm", &Shadow::downUm, away));
}

}  // namespace contone::image
