// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Measures a scanned calibration print: discs → where the raster lies in the scan → where the paper ends in the raster.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "core/print/calibration.h"
#include "core/print/calibration_marks.h"

namespace contone::print {

namespace {

using image::PixelSize;

constexpr int kLeastDpi = 150, kMostDpi = 2400;
constexpr double kMostTilt = 2.0;      // degrees
constexpr double kMostScale = 0.04;    // the print's own stretch (up to 3 mm an edge) and the scanner's
constexpr double kMostBend = 0.5;      // mm from a parallelogram
constexpr double kLeastContrast = 25;  // of 255, between the print's gray and the lid

std::unexpected<Error> noMarks(const char* detail) {
    return fail(Code::Invalid, "scan-no-marks",
                "This scan does not show a whole calibration print. Scan the print with all four discs and its edges.",
                detail);
}

/// Gray values 0…255, box-averaged from the scan: to about 150 dpi to look for discs, to 300 for the edges.
struct GrayPicture {
    PixelSize size;
    double perMm = 0;  ///< pixels
    std::vector<float> values;
    float at(int x, int y) const {
        return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) + static_cast<std::size_t>(x)];
    }
    /// Between pixel centres, linearly; nothing beyond the picture.
    std::optional<double> between(double x, double y) const {
        const double left = std::floor(x - 0.5), top = std::floor(y - 0.5);
        const int ix = static_cast<int>(left), iy = static_cast<int>(top);
        if (ix < 0 || iy < 0 || ix + 1 >= size.width || iy + 1 >= size.height) return std::nullopt;
        const double fx = x - 0.5 - left, fy = y - 0.5 - top;
        return (at(ix, iy) * (1 - fx) + at(ix + 1, iy) * fx) * (1 - fy) +
               (at(ix, iy + 1) * (1 - fx) + at(ix + 1, iy + 1) * fx) * fy;
    }
};

GrayPicture grayOf(const image::Picture& scan, int reduction, Dpi dpi) {
    const int samples = count(scan.format.channels);
    const bool isWide = scan.format.depth == image::Depth::U16;
    GrayPicture gray;
    gray.size = {scan.size.width / reduction, scan.size.height / reduction};
    gray.perMm = dpi.value / 25.4 / reduction;
    gray.values.assign(static_cast<std::size_t>(gray.size.width) * static_cast<std::size_t>(gray.size.height), 0);
    const image::StripView strip = scan.strip();
    const float share = 1.0F / static_cast<float>(reduction * reduction * samples) / (isWide ? 257.0F : 1.0F);
    for (int y = 0; y < gray.size.height * reduction; ++y) {
        float* row =
            gray.values.data() + static_cast<std::size_t>(y / reduction) * static_cast<std::size_t>(gray.size.width);
        for (int x = 0; x < gray.size.width * reduction; ++x)
            for (int c = 0; c < samples; ++c)
                row[x / reduction] += share * static_cast<float>(isWide ? strip.row<std::uint16_t>(y)[x * samples + c]
                                                                        : strip.row<std::uint8_t>(y)[x * samples + c]);
    }
    return gray;
}

float median(std::vector<float> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// The print's gray, which covers most of it, and the scanner's lid, which is all around.
struct Levels {
    double print = 0, lid = 0;
};

Levels levelsOf(const GrayPicture& gray) {
    std::vector<float> inside, outside;
    const int w = gray.size.width, h = gray.size.height;
    for (int y = h / 4; y < h * 3 / 4; ++y)
        for (int x = w / 4; x < w * 3 / 4; ++x) inside.push_back(gray.at(x, y));
    for (int x = 0; x < w; ++x) outside.insert(outside.end(), {gray.at(x, 0), gray.at(x, h - 1)});
    for (int y = 0; y < h; ++y) outside.insert(outside.end(), {gray.at(0, y), gray.at(w - 1, y)});
    return {median(std::move(inside)), median(std::move(outside))};
}

/// Dark pixels that touch each other.
struct Blob {
    int left = 0, top = 0, right = 0, bottom = 0;  ///< the last pixels
    int pixels = 0;
    bool isRound(double area, const GrayPicture& gray) const {
        const double across = right - left + 1, along = bottom - top + 1;
        const double share = pixels / (across * along), size = pixels / (gray.perMm * gray.perMm);
        return across < along * 1.25 && along < across * 1.25 && share > 0.68 && share < 0.88 && size > area * 0.7 &&
               size < area * 1.35;
    }
};

std::vector<Blob> darkBlobs(const GrayPicture& gray, double limit) {
    const int w = gray.size.width, h = gray.size.height;
    std::vector<char> waiting(gray.values.size());
    for (std::size_t i = 0; i < waiting.size(); ++i) waiting[i] = gray.values[i] < limit ? 1 : 0;
    const auto index = [w](int x, int y) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(w) + static_cast<std::size_t>(x);
    };
    std::vector<Blob> blobs;
    std::vector<std::pair<int, int>> open;
    const auto visit = [&](int x, int y) {
        if (x < 0 || y < 0 || x >= w || y >= h || !waiting[index(x, y)]) return;
        waiting[index(x, y)] = 0;
        open.emplace_back(x, y);
    };
    for (int y0 = 0; y0 < h; ++y0) {
        for (int x0 = 0; x0 < w; ++x0) {
            if (!waiting[index(x0, y0)]) continue;
            Blob blob{x0, y0, x0, y0, 0};
            visit(x0, y0);
            while (!open.empty()) {
                const auto [x, y] = open.back();
                open.pop_back();
                blob = {std::min(blob.left, x), std::min(blob.top, y), std::max(blob.right, x),
                        std::max(blob.bottom, y), blob.pixels + 1};
                visit(x - 1, y);
                visit(x + 1, y);
                visit(x, y - 1);
                visit(x, y + 1);
            }
            blobs.push_back(blob);
        }
    }
    return blobs;
}

/// The middle of a disc, each pixel weighed by how dark it is.
MarkPoint centreOf(const Blob& blob, const GrayPicture& gray, double print) {
    double sum = 0, x = 0, y = 0;
    for (int py = std::max(0, blob.top - 2); py <= std::min(gray.size.height - 1, blob.bottom + 2); ++py) {
        for (int px = std::max(0, blob.left - 2); px <= std::min(gray.size.width - 1, blob.right + 2); ++px) {
            const double dark = 1 - gray.at(px, py) / print;
            if (dark < 0.25) continue;  // noise
            sum += dark;
            x += dark * (px + 0.5);
            y += dark * (py + 0.5);
        }
    }
    return {x / sum, y / sum};
}

double distance(MarkPoint a, MarkPoint b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// The four discs in the scan, in mm of the scan, clockwise from that which is the raster's left top one.
Result<std::array<MarkPoint, 4>> findDiscs(const GrayPicture& gray, double print) {
    constexpr double pi = std::numbers::pi;
    constexpr double large = pi * CalibrationMarks::discRadius * CalibrationMarks::discRadius;
    constexpr double small = pi * CalibrationMarks::smallDiscRadius * CalibrationMarks::smallDiscRadius;
    std::vector<MarkPoint> discs, smallOnes;
    for (const Blob& blob : darkBlobs(gray, print / 2)) {
        const bool isLarge = blob.isRound(large, gray);
        if (!isLarge && !blob.isRound(small, gray)) continue;
        const MarkPoint c = centreOf(blob, gray, print);
        (isLarge ? discs : smallOnes).push_back({c.x / gray.perMm, c.y / gray.perMm});
    }
    if (discs.size() != 4) return noMarks("discs that are not four");
    MarkPoint middle;
    for (const MarkPoint& d : discs) middle = {middle.x + d.x / 4, middle.y + d.y / 4};
    std::ranges::sort(discs, {}, [&](MarkPoint p) { return std::atan2(p.y - middle.y, p.x - middle.x); });  // clockwise
    std::optional<std::size_t> first;
    double nearest = 8;  // mm; it is 6.4 mm away
    for (std::size_t i = 0; i < 4; ++i) {
        for (const MarkPoint& s : smallOnes) {
            if (distance(s, discs[i]) >= nearest) continue;
            nearest = distance(s, discs[i]);
            first = i;
        }
    }
    if (!first) return noMarks("no small disc");
    std::ranges::rotate(discs, discs.begin() + static_cast<std::ptrdiff_t>(*first));
    return std::array{discs[0], discs[1], discs[2], discs[3]};
}

/// From mm of the raster to mm of the scan.
struct Affine {
    MarkPoint at, centre;  ///< the discs' middle in the raster, in the scan
    MarkPoint perX, perY;
    MarkPoint operator()(MarkPoint p) const {
        const double x = p.x - at.x, y = p.y - at.y;
        return {centre.x + x * perX.x + y * perY.x, centre.y + x * perX.y + y * perY.y};
    }
};

Result<Affine> fit(const CalibrationMarks& marks, const std::array<MarkPoint, 4>& found) {
    const auto& d = marks.discs;
    const double width = d[1].x - d[0].x, height = d[3].y - d[0].y;
    // Least squares of a rectangle's corners.
    const auto slope = [&](std::size_t a, std::size_t b, std::size_t c, std::size_t e, double over) {
        return MarkPoint{(found[a].x - found[b].x + found[c].x - found[e].x) / 2 / over,
                         (found[a].y - found[b].y + found[c].y - found[e].y) / 2 / over};
    };
    Affine map;
    map.at = {(d[0].x + d[1].x) / 2, (d[0].y + d[3].y) / 2};
    for (const MarkPoint& p : found) map.centre = {map.centre.x + p.x / 4, map.centre.y + p.y / 4};
    map.perX = slope(1, 0, 2, 3, width);
    map.perY = slope(3, 0, 2, 1, height);
    const double scaleX = std::hypot(map.perX.x, map.perX.y), scaleY = std::hypot(map.perY.x, map.perY.y);
    if (std::abs(scaleX - 1) > kMostScale || std::abs(scaleY - 1) > kMostScale)
        return fail(
            Code::Invalid, "scan-wrong-size",
            "The marks of this scan are not as far apart as on this paper. Check the resolution of the scan and "
            "which paper was printed.",
            std::to_string(scaleX) + " x " + std::to_string(scaleY));
    const double quarter = std::numbers::pi / 2, angle = std::atan2(map.perX.y, map.perX.x);
    if (std::abs(std::remainder(angle, quarter)) * 180 / std::numbers::pi > kMostTilt)
        return fail(Code::Invalid, "scan-tilted",
                    "The print lies askew in this scan. Lay it straight and scan it again.");
    for (std::size_t i = 0; i < 4; ++i)
        if (distance(map(d[i]), found[i]) > kMostBend)
            return fail(Code::Invalid, "scan-bent",
                        "The marks of this scan do not form a rectangle. Scan the print flat, not with a camera.");
    return map;
}

constexpr double kFarthest = 8, kDeepest = 12, kStep = 0.02;  // mm outside and inside the end of the printable area

/// How far from the lid's gray a few neighbouring lines across an edge are, averaged against noise, every kStep from
/// kFarthest outside. Empty values where the scan ends.
std::vector<std::optional<double>> profileOf(const GrayPicture& gray, const Affine& map, const CalibrationMarks& marks,
                                             Edge edge, double along, double lid) {
    constexpr double band = 3.0, between = 0.15;  // mm
    std::vector<std::optional<double>> profile;
    const int steps = static_cast<int>(std::ceil((kFarthest + kDeepest) / kStep));
    const int lines = static_cast<int>(band / between);
    for (int step = 0; step < steps; ++step) {
        const double inside = -kFarthest + step * kStep;
        double sum = 0;
        int seen = 0;
        for (int at = 0; at <= lines; ++at) {
            const double line = along - band / 2 + at * between;
            const MarkPoint p = map(marks.onRuler(edge, line, inside));
            const auto value = gray.between(p.x * gray.perMm, p.y * gray.perMm);
            if (!value) continue;
            sum += *value;
            ++seen;
        }
        profile.emplace_back(seen > 0 ? std::optional(std::abs(sum / seen - lid)) : std::nullopt);
    }
    return profile;
}

/// Where a profile first rises above `height`, in steps; nothing when it starts above it or never does.
std::optional<double> riseAbove(const std::vector<std::optional<double>>& profile, double height) {
    std::optional<double> before;
    for (std::size_t i = 0; i < profile.size(); ++i) {
        const std::optional<double>& here = profile[i];
        if (!here) continue;
        if (*here >= height) {
            if (!before) return std::nullopt;
            return static_cast<double>(i) - (*here - height) / (*here - *before);
        }
        before = here;
    }
    return std::nullopt;
}

/// Where the paper ends, in mm inside the printable area: half way up from the lid to what lies a little further in,
/// print or white paper.
std::optional<double> edgeNear(const GrayPicture& gray, const Affine& map, const CalibrationMarks& marks, Edge edge,
                               double along, const Levels& levels) {
    constexpr double further = 0.4;  // mm
    const auto profile = profileOf(gray, map, marks, edge, along, levels.lid);
    const auto about = riseAbove(profile, std::abs(levels.print - levels.lid) / 2);
    if (!about) return std::nullopt;
    const auto beyond = static_cast<std::size_t>(*about + further / kStep);
    if (beyond >= profile.size()) return std::nullopt;
    const std::optional<double>& top = profile[beyond];
    if (!top) return std::nullopt;
    const auto exact = riseAbove(profile, *top / 2);
    if (!exact) return std::nullopt;
    return *exact * kStep - kFarthest;
}

Result<Length> readEdge(const GrayPicture& gray, const Affine& map, const CalibrationMarks& marks, Edge edge,
                        const Levels& levels) {
    const bool isUpright = edge == Edge::Left || edge == Edge::Right;
    const double start = isUpright ? marks.downStart : marks.acrossStart,
                 length = isUpright ? marks.height : marks.width;
    std::vector<float> found;
    // Neither at the corners, where the other edge is near, nor on the ruler, which is not gray.
    constexpr double corner = 10, spacing = 2.5;  // mm
    const int places = static_cast<int>((length - 2 * corner) / spacing) + 1;
    for (int i = 0; i < places; ++i) {
        const double along = corner + i * spacing - start;
        if (along > -3 && along < CalibrationMarks::rulerLength + 3) continue;
        if (const auto inside = edgeNear(gray, map, marks, edge, along, levels))
            found.push_back(static_cast<float>(*inside));
    }
    constexpr double white = 0.2;  // mm: paper that stayed white cannot be told from a white lid
    const bool hidden = found.size() >= 3 && levels.lid > levels.print && median(found) < white;
    if (found.size() < 3 || hidden)
        return fail(Code::Invalid, "scan-edges",
                    "An edge of the paper cannot be seen in this scan. Leave some of the lid around the print, and lay "
                    "something dark behind it.",
                    hidden ? "white lid" : "no edge");
    return millimetres(median(found));
}

}  // namespace

Result<FourReadings> readCalibrationScan(const image::Picture& scan, Dpi dpi, const Medium& medium) {
    if (medium.columns * medium.rows > 1)
        return fail(Code::Unsupported, "scan-of-pieces",
                    "A print that the knife has cut in pieces cannot be measured from a scan. Read the four rulers and "
                    "type the numbers.");
    if (dpi.value < kLeastDpi || dpi.value > kMostDpi || scan.format.channels == image::Channels::Cmyk ||
        scan.size.width < dpi.value || scan.size.height < dpi.value)
        return fail(Code::Invalid, "scan-wrong-size",
                    "A calibration print is scanned in gray or RGB at 150 to 2400 dpi. Scan it again.",
                    std::to_string(scan.size.width) + " x " + std::to_string(scan.size.height) + " at " +
                        std::to_string(dpi.value));
    const GrayPicture coarse = grayOf(scan, dpi.value / kLeastDpi, dpi);
    const Levels levels = levelsOf(coarse);
    if (std::abs(levels.print - levels.lid) < kLeastContrast)
        return fail(Code::Invalid, "scan-edges",
                    "The print cannot be told from the scanner's lid. Lay something dark behind it.");
    const CalibrationMarks marks = calibrationMarks(medium);
    CONTONE_TRY(const auto discs, findDiscs(coarse, levels.print));
    CONTONE_TRY(const Affine map, fit(marks, discs));
    const GrayPicture fine = grayOf(scan, std::max(1, dpi.value / 300), dpi);
    CONTONE_TRY(const Length left, readEdge(fine, map, marks, Edge::Left, levels));
    CONTONE_TRY(const Length top, readEdge(fine, map, marks, Edge::Top, levels));
    CONTONE_TRY(const Length right, readEdge(fine, map, marks, Edge::Right, levels));
    CONTONE_TRY(const Length bottom, readEdge(fine, map, marks, Edge::Bottom, levels));
    return FourReadings{left, top, right, bottom};
}

}  // namespace contone::print
