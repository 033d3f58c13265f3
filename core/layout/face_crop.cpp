// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A crop to another shape moves along one axis only, so faces are spans on a line.
#include "core/layout/face_crop.h"

#include <algorithm>
#include <optional>

namespace contone::layout {
namespace {

constexpr double kAbove = 0.25, kAside = 0.15;
constexpr double kSlack = 1e-9;  // of a photo's side: crops travel as text with 9 decimals

}  // namespace

FacesToKeep::FacesToKeep(const std::vector<image::Crop>& faces) {
    std::vector<image::Crop> sorted = faces;
    std::ranges::stable_sort(
        sorted, [](const image::Crop& a, const image::Crop& b) { return a.width * a.height > b.width * b.height; });
    const auto within = [](double from, double to) {
        return Span{std::clamp(from, 0.0, 1.0), std::clamp(to, 0.0, 1.0)};
    };
    for (const image::Crop& f : sorted) {
        const double aside = kAside * f.width, above = kAbove * f.height;
        m_faces.push_back({within(f.left, f.left + f.width), within(f.top, f.top + f.height),
                           within(f.left - aside, f.left + f.width + aside), within(f.top - above, f.top + f.height)});
    }
}

FaceCrop FacesToKeep::placed(double length, Span Kept::* bare, Span Kept::* around) const {
    std::optional<Span> all;
    const auto take = [&](const Span& span) {
        const Span with = all ? Span{std::min(all->from, span.from), std::max(all->to, span.to)} : span;
        if (with.to - with.from > length) return false;
        all = with;
        return true;
    };
    for (const Kept& face : m_faces)
        if (!take(face.*around)) take(face.*bare);
    // Not even one face has room: the middle of the largest is shown.
    const double middle = all || m_faces.empty() ? 0.5 : ((m_faces[0].*bare).from + (m_faces[0].*bare).to) / 2;
    double from = middle - length / 2;
    if (all) from = std::clamp(from, all->to - length, all->from);
    FaceCrop result{{std::clamp(from, 0.0, 1 - length), 0, length, 1}, 0};
    const double left = result.crop.left;
    for (const Kept& face : m_faces)
        result.cutFaces += (face.*bare).from < left - kSlack || (face.*bare).to > left + length + kSlack ? 1 : 0;
    return result;
}

FaceCrop FacesToKeep::cropTo(double photoAspect, double frameAspect) const {
    if (photoAspect >= frameAspect) return placed(frameAspect / photoAspect, &Kept::x, &Kept::xAround);
    FaceCrop result = placed(photoAspect / frameAspect, &Kept::y, &Kept::yAround);
    result.crop = {0, result.crop.left, 1, result.crop.width};
    return result;
}

}  // namespace contone::layout
