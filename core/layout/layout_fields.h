// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The form in JSON of layouts.
#pragma once

#include "core/image/image_fields.h"
#include "core/json/json.h"
#include "core/layout/layout.h"

namespace contone::text {

constexpr auto wordsOf(Weight) {
    return enumWords<Weight>("bad-weight", "Letters are regular or bold.",
                             {{Weight::Regular, "regular"}, {Weight::Bold, "bold"}});
}
constexpr auto wordsOf(Slant) {
    return enumWords<Slant>("bad-slant", "Letters are upright or italic.",
                            {{Slant::Upright, "upright"}, {Slant::Italic, "italic"}});
}
constexpr auto wordsOf(Across) {
    return enumWords<Across>("bad-align", "Lines stand at their start or end, left, right or in the centre.",
                             {{Across::Start, "start"},
                              {Across::End, "end"},
                              {Across::Left, "left"},
                              {Across::Centre, "centre"},
                              {Across::Right, "right"}});
}
constexpr auto wordsOf(Down) {
    return enumWords<Down>("bad-stand", "Lines stand at the top, in the middle or at the bottom.",
                           {{Down::Top, "top"}, {Down::Middle, "middle"}, {Down::Bottom, "bottom"}});
}
/// All but its width and height, which are those of its box.
constexpr auto fieldsOf(std::type_identity<TextBlock>) {
    using json::Absent::KeepsDefault;
    return json::list(
        json::field("text", &TextBlock::text), json::field("font", &TextBlock::family),
        json::field("sizePt", &TextBlock::size), json::field("leastSizePt", &TextBlock::leastSize),
        json::field("weight", &TextBlock::weight, KeepsDefault), json::field("slant", &TextBlock::slant, KeepsDefault),
        json::field("colour", &TextBlock::colour, KeepsDefault), json::field("align", &TextBlock::across, KeepsDefault),
        json::field("stand", &TextBlock::down, KeepsDefault),
        json::field("lineSpacing", &TextBlock::lineSpacing, KeepsDefault),
        json::field("letterSpacing", &TextBlock::letterSpacing, KeepsDefault),
        json::field("language", &TextBlock::language, KeepsDefault));
}

}  // namespace contone::text

namespace contone::layout {

constexpr auto fieldsOf(std::type_identity<Box>) {
    return json::list(json::field("leftUm", &Box::left), json::field("topUm", &Box::top),
                      json::field("size", &Box::size));
}
constexpr auto fieldsOf(std::type_identity<PaintedBox>) {
    return json::list(
        json::field("box", &PaintedBox::box), json::field("paint", &PaintedBox::paint),
        json::field("shape", &PaintedBox::shape, json::Absent::KeepsDefault),
        json::field("shadow", &PaintedBox::shadow),
        json::field("opacityPermille", &PaintedBox::opacityPermille, image::opacityRange, json::Absent::KeepsDefault));
}
constexpr auto fieldsOf(std::type_identity<PhotoFrame>) {
    constexpr json::Range photos{0, Layout::mostPhotos - 1, "bad-layout", "A design shows at most 2000 photos."};
    constexpr json::Range masks{0, Layout::mostMasks - 1, "bad-layout", "A design has at most 4 masks."};
    return json::list(
        json::field("box", &PhotoFrame::box), json::field("photo", &PhotoFrame::photo, photos),
        json::field("crop", &PhotoFrame::crop), json::field("turn", &PhotoFrame::turn, json::Absent::KeepsDefault),
        json::field("shape", &PhotoFrame::shape, json::Absent::KeepsDefault),
        json::field("mask", &PhotoFrame::mask, masks), json::field("shadow", &PhotoFrame::shadow),
        json::field("softEdgeUm", &PhotoFrame::softEdge, json::Absent::KeepsDefault),
        json::field("opacityPermille", &PhotoFrame::opacityPermille, image::opacityRange, json::Absent::KeepsDefault),
        json::field("adjustments", &PhotoFrame::adjustments, json::Absent::KeepsDefault));
}
constexpr auto fieldsOf(std::type_identity<TextField>) {
    return json::list(
        json::field("box", &TextField::box), json::field("text", &TextField::text),
        json::field("shadow", &TextField::shadow),
        json::field("opacityPermille", &TextField::opacityPermille, image::opacityRange, json::Absent::KeepsDefault));
}
constexpr auto fieldsOf(std::type_identity<Layout>) {
    return json::list(json::field("size", &Layout::size), json::field("items", &Layout::items),
                      json::field("masks", &Layout::masks, json::Absent::KeepsDefault));
}

}  // namespace contone::layout
