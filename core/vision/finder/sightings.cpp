// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Boxes from numbers, and weighted non-maximum suppression as MediaPipe does it (non_max_suppression_calculator.cc).
#include "core/vision/finder/sightings.h"

#include <algorithm>
#include <cmath>

namespace contone::vision {
namespace {

constexpr double sameFace = 0.3, partOfFace = 0.7;

/// e^x for -100 ≤ x ≤ 0.
double exponential(double x) {
    constexpr double ln2High = 0x1.62e42feep-1, ln2Low = 0x1.a39ef35793c76p-33, log2OfE = 0x1.71547652b82fep0;
    const double twos = std::floor(x * log2OfE + 0.5);
    const double rest = x - twos * ln2High - twos * ln2Low;
    double sum = 1;
    for (int n = 13; n > 0; --n) sum = 1 + sum * rest / n;
    return std::ldexp(sum, static_cast<int>(twos));
}

double area(const Sighting& s) {
    return s.width() * s.height();
}

double common(const Sighting& a, const Sighting& b) {
    const double width = std::min(a.to.x, b.to.x) - std::max(a.from.x, b.from.x);
    const double height = std::min(a.to.y, b.to.y) - std::max(a.from.y, b.from.y);
    return std::max(width, 0.0) * std::max(height, 0.0);
}

bool areOneFace(const Sighting& a, const Sighting& b) {
    const double both = common(a, b);
    return both > sameFace * (area(a) + area(b) - both);
}

void sortByScore(std::vector<Sighting>& all) {
    // Equals by place, so that there is one order.
    std::ranges::sort(all, [](const Sighting& a, const Sighting& b) {
        if (a.score != b.score) return a.score > b.score;
        return a.from.y != b.from.y ? a.from.y < b.from.y : a.from.x < b.from.x;
    });
}

/// All places of a sighting, one after another.
void forPlaces(auto& sighting, const auto& what) {
    what(sighting.from, 0);
    what(sighting.to, 1);
    for (std::size_t i = 0; i < sighting.points.size(); ++i) what(sighting.points[i], i + 2);
}

}  // namespace

double scoreOf(float logit) {
    const double x = std::clamp(static_cast<double>(logit), -100.0, 100.0);
    const double small = exponential(-std::abs(x));
    const double score = (x < 0 ? small : 1) / (1 + small);
    return std::floor(score * 65536 + 0.5) / 65536;
}

void readSightings(std::span<const float> boxes, std::span<const float> logits, double least, Place corner,
                   double square, std::vector<Sighting>& into) {
    const double scale = square / squareSide;
    for (std::size_t cell = 0; cell < logits.size(); ++cell) {
        if (std::isnan(logits[cell])) continue;
        const double score = scoreOf(logits[cell]);
        if (score < least || into.size() == into.capacity()) continue;
        const auto values = boxes.subspan(cell * valuesOfBox, valuesOfBox);
        if (!std::ranges::all_of(values, [](float v) { return std::abs(v) < 1e6F; })) continue;  // nor NaN
        const std::size_t column = cell % grid, row = cell / grid;
        const double centreX = (static_cast<double>(column) + 0.5) * squareSide / grid;
        const double centreY = (static_cast<double>(row) + 0.5) * squareSide / grid;
        const auto place = [&](double x, double y) -> Place {
            return {corner.x + (centreX + x) * scale, corner.y + (centreY + y) * scale};
        };
        const double x = values[0], y = values[1], halfWidth = 0.5 * values[2], halfHeight = 0.5 * values[3];
        if (!(halfWidth > 0 && halfHeight > 0)) continue;
        Sighting seen{place(x - halfWidth, y - halfHeight), place(x + halfWidth, y + halfHeight), {}, score};
        for (std::size_t i = 0; i < seen.points.size(); ++i)
            seen.points[i] = place(values[4 + 2 * i], values[5 + 2 * i]);
        into.push_back(seen);
    }
}

void join(std::vector<Sighting>& all) {
    sortByScore(all);
    std::size_t joined = 0;
    for (std::size_t end = all.size(); joined < end; ++joined) {
        const Sighting surest = all[joined];
        Sighting mean = surest;
        forPlaces(mean, [](Place& place, std::size_t) { place = {}; });
        double weights = 0;
        std::size_t others = joined;
        for (std::size_t i = joined; i < end; ++i) {
            if (i > joined && !areOneFace(surest, all[i])) {
                all[++others] = all[i];  // stays for later turns, in its order
                continue;
            }
            std::array<Place, 2 + facePointCount> places;
            forPlaces(all[i], [&](const Place& place, std::size_t n) { places[n] = place; });
            forPlaces(mean, [&](Place& place, std::size_t n) {
                place.x += places[n].x * all[i].score;
                place.y += places[n].y * all[i].score;
            });
            weights += all[i].score;
        }
        forPlaces(mean, [&](Place& place, std::size_t) {
            place.x /= weights;
            place.y /= weights;
        });
        all[joined] = mean;
        end = others + 1;
        all.resize(end);
    }
}

void dropParts(std::vector<Sighting>& all) {
    sortByScore(all);
    std::size_t kept = 0;
    for (const Sighting& one : all) {
        const bool isPart = std::any_of(
            all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept),
            [&](const Sighting& surer) { return common(one, surer) > partOfFace * std::min(area(one), area(surer)); });
        if (!isPart) all[kept++] = one;
    }
    all.resize(kept);
}

}  // namespace contone::vision
