// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Two unknowns, all limits are lines: q, photo pixels for a millimetre of the print, and B, pixels below the chin.
#include "core/layout/id_photo.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace contone::layout {
namespace {

constexpr double kAboveCrown = 0.4;  // of what the head leaves free
constexpr double kKeepOff = 0.15;    // of a range, from its ends, when nothing else asks for them

/// slope · q + offset
struct Line {
    double slope = 0, offset = 0;
    double at(double q) const { return slope * q + offset; }
};

struct Range {
    double low = 0, high = 0;
};

struct Solution {
    double q = 0, below = 0;
};

/// The head in pixels of the photo.
struct Head {
    double crown = 0, eyes = 0, chin = 0, middle = 0;
    double height() const { return chin - crown; }
    double eyesAboveChin() const { return chin - eyes; }
};

/// What B must be for each q, and what q itself must be.
struct Limits {
    std::vector<Line> least, most;
    Range q;
};

/// The document's own limits, whatever the photo's size is.
Limits limitsOf(const IdDocument& d, const Head& head) {
    const double height = d.size.height.mm(), tall = head.height();
    Limits limits{{{0, 0}}, {{height, -tall}}, {tall / d.head.high.mm(), tall / d.head.low.mm()}};
    if (d.eyes) {
        limits.least.push_back({d.eyes->low.mm(), -head.eyesAboveChin()});
        limits.most.push_back({d.eyes->high.mm(), -head.eyesAboveChin()});
    }
    if (d.topGap) {
        limits.least.push_back({height - d.topGap->high.mm(), -tall});
        limits.most.push_back({height - d.topGap->low.mm(), -tall});
    }
    return limits;
}

void addRoom(Limits& limits, const IdDocument& d, const Head& head, image::PixelSize photo) {
    limits.least.push_back({d.size.height.mm(), -head.chin});
    limits.most.push_back({0, photo.height - head.chin});
    limits.q.high = std::min(limits.q.high, 2 * std::min(head.middle, photo.width - head.middle) / d.size.width.mm());
}

/// Where B would be best: see placeHead.
double wish(const IdDocument& d, const Head& head, double q) {
    const double height = d.size.height.mm(), tall = head.height() / q, eyes = head.eyesAboveChin() / q;
    double below = (1 - kAboveCrown) * (height - tall);
    const auto keepInside = [&](double low, double high) {
        const double off = kKeepOff * (high - low);
        below = std::clamp(below, low + off, high - off);
    };
    if (d.eyes) keepInside(d.eyes->low.mm() - eyes, d.eyes->high.mm() - eyes);
    if (d.topGap) keepInside(height - tall - d.topGap->high.mm(), height - tall - d.topGap->low.mm());
    return below * q;
}

std::optional<Solution> solve(Limits limits, const IdDocument& d, const Head& head) {
    for (const Line& least : limits.least)
        for (const Line& most : limits.most) {
            const double slope = least.slope - most.slope, room = most.offset - least.offset;
            if (slope > 0) limits.q.high = std::min(limits.q.high, room / slope);
            if (slope < 0) limits.q.low = std::max(limits.q.low, room / slope);
            if (slope == 0 && room < 0) return std::nullopt;
        }
    if (limits.q.low > limits.q.high) return std::nullopt;
    const double middle = head.height() * 2 / (d.head.low.mm() + d.head.high.mm());
    const double q = std::clamp(middle, limits.q.low, limits.q.high);
    double least = limits.least[0].at(q), most = limits.most[0].at(q);
    for (const Line& line : limits.least) least = std::max(least, line.at(q));
    for (const Line& line : limits.most) most = std::min(most, line.at(q));
    // At an end of q the two meet, up to the last digit.
    return Solution{q, std::clamp(wish(d, head, q), std::min(least, most), most)};
}

Result<Head> headOf(image::PixelSize photo, const HeadMarks& m) {
    const double dx = (m.leftEye.u - m.rightEye.u) * photo.width, dy = (m.leftEye.v - m.rightEye.v) * photo.height;
    const Head head{m.crown * photo.height, (m.rightEye.v + m.leftEye.v) / 2 * photo.height, m.chin * photo.height,
                    (m.rightEye.u + m.leftEye.u) / 2 * photo.width};
    const bool isPhoto = photo.width > 0 && photo.height > 0;
    // Written so that what is no number fails.
    if (!isPhoto || !(head.crown < head.eyes && head.eyes < head.chin && head.height() < 1e6) ||
        !(head.middle > 0 && head.middle < photo.width))
        return fail(Code::Invalid, "id-photo-marks",
                    "The crown is above the eyes, and the chin below them. Drag the lines to where they are.");
    if (!(dx > 0 && std::abs(dy) <= dx))
        return fail(Code::Invalid, "id-photo-marks",
                    "The eyes do not lie side by side. Turn the photo upright, or mark each eye.");
    return head;
}

image::Crop cropOf(const Solution& s, const IdDocument& d, const Head& head, image::PixelSize photo) {
    const double width = d.size.width.mm() * s.q, height = d.size.height.mm() * s.q;
    return {(head.middle - width / 2) / photo.width, (head.chin + s.below - height) / photo.height, width / photo.width,
            height / photo.height};
}

/// Names the sides on which the best crop would leave the photo.
Error noRoom(const image::Crop& crop) {
    std::vector<std::string> sides;
    if (crop.top < 0) sides.emplace_back("above the head");
    if (crop.left < 0 || crop.left + crop.width > 1) sides.emplace_back("beside the head");
    if (crop.top + crop.height > 1) sides.emplace_back("below the chin");
    if (sides.empty()) sides.emplace_back("round the head");
    std::string all;
    for (std::size_t i = 0; i < sides.size(); ++i)
        all += (i == 0 ? "" : i + 1 == sides.size() ? " and " : ", ") + sides[i];
    return {Code::Invalid,
            "id-photo-no-room",
            "The photo has too little room " + all + ". Take it again from further away, or choose another.",
            {}};
}

IdPhotoGuides guidesOf(const Solution& s, const IdDocument& d, const Head& head) {
    const auto up = [&](double pixels) { return d.size.height - millimetres((s.below + pixels) / s.q); };
    IdPhotoGuides guides{up(head.height()), up(head.eyesAboveChin()), up(0), {}, {}, {}, d.size.width / 2};
    guides.crownHighest = guides.chin - d.head.high;
    guides.crownLowest = guides.chin - d.head.low;
    if (d.eyes) guides.eyeBand = {d.size.height - d.eyes->high, d.size.height - d.eyes->low};
    return guides;
}

double levelling(image::PixelSize photo, const HeadMarks& m) {
    const double dx = (m.leftEye.u - m.rightEye.u) * photo.width, dy = (m.leftEye.v - m.rightEye.v) * photo.height;
    return -std::round(std::atan2(dy, dx) * 180 / std::numbers::pi * 100) / 100;
}

}  // namespace

HeadMarks estimateHead(PhotoPoint rightEye, PhotoPoint leftEye, double chin) {
    return {rightEye, leftEye, rightEye.v + leftEye.v - chin, chin};
}

Result<IdPhoto> placeHead(const IdDocument& document, image::PixelSize photo, const HeadMarks& marks) {
    CONTONE_TRY(const Head head, headOf(photo, marks));
    Limits limits = limitsOf(document, head);
    const auto ideal = solve(limits, document, head);
    if (!ideal)
        return fail(Code::Invalid, "id-photo-proportions",
                    "Head and eyes cannot both lie where this document wants them. Check the lines of crown, eyes and "
                    "chin.");
    addRoom(limits, document, head, photo);
    const auto found = solve(limits, document, head);
    if (!found) return fail(noRoom(cropOf(*ideal, document, head, photo)));
    return IdPhoto{cropOf(*found, document, head, photo).rounded(), levelling(photo, marks),
                   guidesOf(*found, document, head)};
}

}  // namespace contone::layout
