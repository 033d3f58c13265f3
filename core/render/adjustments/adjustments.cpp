// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which adjustments there are, and in which order they work.
#include "core/render/adjustments/adjustments.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/render/adjustments/cube.h"
#include "core/render/adjustments/list_p.h"
#include "core/render/adjustments/looks.h"
#include "core/render/adjustments/oklab.h"

namespace contone::render {
namespace {

/// The order is that of light through a camera and a lab: what the flash did, which is known by the colours that the
/// camera wrote, the white of the light, how much of it, the keys of the lab,
/// light and dark places and corners; then tones, colours and the look. What differs by place comes before what does
/// not: previews have one table for all that follows.
constexpr std::array inOrder{&detail, &redEye,    &whiteBalance, &exposure,      &keys, &localTone, &vignette,
                             &grain,  &toneCurve, &colour,       &blackAndWhite, &look, &cubeLook};

std::unexpected<Error> bad(std::string message, std::string detail) {
    return fail(Code::Invalid, "bad-adjustment", std::move(message), std::move(detail));
}

Result<void> checkNumber(const image::AdjustedNumber& number) {
    const NumberDescriptor* slider = findAdjustmentNumber(number.id);
    if (slider == nullptr) return bad("There is no such adjustment. Choose one of those that are listed.", number.id);
    if (!(number.value >= slider->least && number.value <= slider->most))
        return bad(std::string("That is too much for \"") + slider->label + "\". Choose a value within its range.",
                   number.id + " " + std::to_string(number.value));
    return {};
}

Result<void> checkCurve(const std::vector<image::CurvePoint>& curve) {
    constexpr std::size_t most = 32;
    const auto isInside = [](double v) { return v >= 0 && v <= 1; };  // no number is not
    constexpr double apart = 0.001 - 1e-9;                            // a thousandth, as doubles have it
    double before = -1, outBefore = 0;
    for (const image::CurvePoint& point : curve) {
        if (!isInside(point.in) || !isInside(point.out) || point.in - before < apart || point.out < outBefore)
            return bad("The points of a curve go from left to right and never down. Draw the curve again.",
                       std::to_string(point.in) + " " + std::to_string(point.out));
        before = point.in;
        outBefore = point.out;
    }
    if (curve.size() > most) return bad("A curve has 32 points at most.", std::to_string(curve.size()));
    return {};
}

Result<void> checkEyes(const std::vector<image::RedEye>& eyes) {
    constexpr std::size_t most = 200;
    const auto isInside = [](double v) { return v >= 0 && v <= 1; };
    for (const image::RedEye& eye : eyes)
        if (!isInside(eye.u) || !isInside(eye.v) || !(eye.radius >= 0.0001 && eye.radius <= 0.2))
            return bad("A red eye is marked on the photo, with a radius of at most a fifth of its long side.",
                       std::to_string(eye.u) + " " + std::to_string(eye.v) + " " + std::to_string(eye.radius));
    if (eyes.size() > most) return bad("200 eyes of a photo can be marked at most.", std::to_string(eyes.size()));
    return {};
}

bool hasAny(const Adjustment& one, const image::Adjustments& adjustments) {
    return std::ranges::any_of(one.numbers, [&](const NumberDescriptor& n) { return adjustments.number(n.id) != 0; });
}

}  // namespace

std::vector<NumberDescriptor> adjustmentNumbers() {
    std::vector<NumberDescriptor> all;
    for (const Adjustment* one :
         {&exposure, &toneCurve, &localTone, &whiteBalance, &colour, &blackAndWhite, &vignette, &grain, &detail, &keys})
        all.insert(all.end(), one->numbers.begin(), one->numbers.end());
    return all;
}

const NumberDescriptor* findAdjustmentNumber(std::string_view id) {
    for (const Adjustment* one : inOrder)
        for (const NumberDescriptor& number : one->numbers)
            if (id == number.id) return &number;
    return nullptr;
}

Result<void> check(const image::Adjustments& adjustments) {
    std::string_view before;
    for (const image::AdjustedNumber& number : adjustments.numbers) {
        CONTONE_CHECK(checkNumber(number));
        if (number.id <= before || number.value == 0)
            return bad("These adjustments cannot be read. Make them again.", "order of " + number.id);
        before = number.id;
    }
    CONTONE_CHECK(checkCurve(adjustments.curve));
    CONTONE_CHECK(checkEyes(adjustments.eyes));
    if (!adjustments.look.empty() && findLook(adjustments.look) == nullptr && !cubeNamed(adjustments.look))
        return bad("There is no such look. Choose one of those that are listed.", adjustments.look);
    if (adjustments.lookPercent < 0 || adjustments.lookPercent > image::Adjustments::wholeLook)
        return bad("A look is used from 0 to 100 percent.", std::to_string(adjustments.lookPercent));
    return {};
}

bool needsTones(const image::Adjustments& adjustments) {
    return hasAny(localTone, adjustments);
}

RowStages adjustmentStages(const image::Adjustments& adjustments, const Surroundings& around, Part part) {
    auto middle = inOrder.begin();
    for (auto one = inOrder.begin(); one != inOrder.end(); ++one)
        if ((*one)->reach == Reach::ByPlace &&
            (hasAny(**one, adjustments) || (*one == &redEye && !adjustments.eyes.empty())))
            middle = one + 1;
    const std::span<const Adjustment* const> chosen(part == Part::Rest ? middle : inOrder.begin(),
                                                    part == Part::ByPlace ? middle : inOrder.end());
    RowStages stages;
    PixelSpace space = PixelSpace::Light;
    const auto bring = [&](PixelSpace wanted) {
        if (space == PixelSpace::Light && wanted == PixelSpace::Oklab)
            stages.push_back(std::make_shared<ToOklab>(around.gamut));
        if (space == PixelSpace::Oklab && wanted == PixelSpace::Light)
            stages.push_back(std::make_shared<FromOklab>(around.gamut));
        space = wanted;
    };
    for (const Adjustment* one : chosen) {
        auto stage = one->make(adjustments, around);
        if (!stage) continue;
        bring(one->space);
        stages.push_back(std::move(stage));
    }
    bring(PixelSpace::Light);
    return stages;
}

}  // namespace contone::render
