// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench colour [FOLDER]: measures the colour conversions against Little CMS and draws the plots of docs/colour.md
// (FOLDER: docs/images by default). The figures go to stdout.
#include <cstdio>
#include <random>

#include "core/base/file.h"
#include "core/render/pipeline.h"
#include "icc/source.h"
#include "icc/transforms.h"
#include "tests/bench/svg_chart.h"
#include "tests/core/render/memory_source.h"
#include "tests/icc/lcms_oracle.h"

using namespace contone;
using namespace contone::icc;
using namespace contone::icc::oracle;
using bench::Axis;
using bench::Chart;
using bench::Point;
using bench::Scale;

namespace {

constexpr const char *blue = "#1f6fb4", *green = "#2a8f4f", *red = "#c23b3b";

std::vector<float> throughHalves(const Profile& from, const Profile& to, Intent intent, BlackPoint black,
                                 const std::vector<float>& in) {
    const auto a = InputTransform::create(from, {intent, effectiveBlackPoint(to, intent, black)}).value();
    const auto b = OutputTransform::create(to, {intent, black, a.gamut()}).value();
    const int pixels = static_cast<int>(in.size()) / 3;
    std::vector<float> working(in.size()), out(static_cast<std::size_t>(pixels * to.channels()));
    a.apply(in.data(), working.data(), pixels);
    b.apply(working.data(), out.data(), pixels);
    return out;
}

std::vector<float> throughTable(const Profile& from, const Profile& to, Intent intent, BlackPoint black, int grid,
                                const std::vector<float>& in) {
    const auto table =
        FusedTable::create(sourceColour(from, image::SourceBasis::EmbeddedProfile), to, intent, black, grid).value();
    const int pixels = static_cast<int>(in.size()) / 3;
    std::vector<std::uint16_t> rounded(static_cast<std::size_t>(pixels * to.channels()));
    table.apply(in.data(), rounded.data(), pixels);
    std::vector<float> out;
    for (const std::uint16_t v : rounded) out.push_back(static_cast<float>(v) / 65535.0F);
    return out;
}

/// With the centres of the table's own cells, where it is worst.
std::vector<float> coloursFor(const Profile& from, int grid) {
    std::vector<float> in = colours(from);
    std::mt19937 random(65);
    for (int i = 0; i < 8000 * 3; ++i)
        in.push_back((static_cast<float>(random() % static_cast<unsigned>(grid - 1)) + 0.5F) /
                     static_cast<float>(grid - 1));
    return in;
}

BlackPoint blackFor(Intent intent) {
    return intent == Intent::Absolute ? BlackPoint::AsIs : BlackPoint::Compensate;
}

Figures tableFigures(const Profile& from, const Profile& to, Intent intent, int grid) {
    const auto in = coloursFor(from, grid);
    const BlackPoint black = blackFor(intent);
    return figures(to, throughTable(from, to, intent, black, grid, in), littleCms(from, to, intent, black, in));
}

Figures halvesFigures(const Profile& from, const Profile& to, Intent intent) {
    const auto in = colours(from, intent);
    const BlackPoint black = blackFor(intent);
    return figures(to, throughHalves(from, to, intent, black, in), littleCms(from, to, intent, black, in));
}

void drawDots(Chart& chart, double y, const Figures& f) {
    chart.line({{f.mean, y}, {f.max, y}}, "#cfcfcf", 2);
    chart.dot({f.mean, y}, blue);
    chart.dot({f.p999, y}, green);
    chart.dot({f.max, y}, red);
}

/// (a) mean, p99.9 and maximum by profile, intent and way; beside it, what a finer table buys.
std::string drawErrors() {
    const Profile from = Profile::srgb();
    constexpr std::array intents{Intent::Relative, Intent::Perceptual, Intent::Saturation, Intent::Absolute};
    struct Row {
        std::string name;
        Figures f;
    };
    std::vector<Row> rows;
    for (const auto& [name, to] :
         {std::pair{"photo RGB", Profile::syntheticPhotoRgb()}, std::pair{"photo CMYK", Profile::syntheticPhotoCmyk()}})
        for (const Intent intent : intents) {
            rows.push_back(
                {fmt::format("{}, {}: two halves", name, toString(intent)), halvesFigures(from, to, intent)});
            const int grid = FusedTable::printGrid(to.channels());
            rows.push_back({fmt::format("fused {}³", grid), tableFigures(from, to, intent, grid)});
        }
    const double lines = static_cast<double>(rows.size());
    Chart chart("sRGB photos: how far from one float Little CMS transform", {230, 50, 560, (lines + 1) * 22},
                Axis{"ΔE2000", 0.003, 1, {0.003, 0.01, 0.03, 0.1, 0.3, 1}, Scale::Logarithmic},
                Axis{"", 0, lines + 1, {}});
    chart.line({{0.5, 0}, {0.5, lines + 1}}, red, 1);
    chart.say({0.51, 0.3}, "0.5", red);
    const Figures& first = rows.front().f;
    chart.say({first.mean, lines + 0.15}, "mean", blue, "middle");
    chart.say({first.p999, lines + 0.15}, "p99.9", green, "middle");
    chart.say({first.max, lines + 0.15}, "maximum", red, "middle");
    double y = lines - 0.5;
    for (const Row& row : rows) {
        chart.row(y, row.name);
        drawDots(chart, y, row.f);
        std::printf("%-40s mean %.4f  p99.9 %.3f  max %.3f\n", row.name.c_str(), row.f.mean, row.f.p999, row.f.max);
        y -= 1;
    }
    return bench::picture(830, 50 + (lines + 1) * 22 + 55, {chart});
}

std::string drawGrids() {
    std::vector<Chart> charts;
    double left = 75;
    for (const auto& [name, to] : {std::pair{"photo RGB", Profile::syntheticPhotoRgb()},
                                   std::pair{"photo CMYK", Profile::syntheticPhotoCmyk()}}) {
        Chart chart(
            fmt::format("One fused table, sRGB → {}, relative", name), {left, 45, 330, 260},
            Axis{"nodes a side", 15, 83, {17, 33, 49, 65, 81}},
            Axis{left < 100 ? "ΔE2000" : "", 0.003, 5, {0.003, 0.01, 0.03, 0.1, 0.3, 1, 3}, Scale::Logarithmic});
        std::vector<Point> mean, p999, max;
        for (const int grid : {17, 25, 33, 41, 49, 57, 65, 73, 81}) {
            const Figures f = tableFigures(Profile::srgb(), to, Intent::Relative, grid);
            std::printf("%-11s fused %d³: mean %.4f  p99.9 %.3f  max %.3f\n", name, grid, f.mean, f.p999, f.max);
            const auto x = static_cast<double>(grid);
            mean.push_back({x, f.mean});
            p999.push_back({x, f.p999});
            max.push_back({x, f.max});
        }
        for (const auto& [points, colour, word, where] :
             {std::tuple{mean, blue, "mean", 1.3}, std::tuple{p999, green, "p99.9", 0.7},
              std::tuple{max, red, "maximum", 1.3}}) {
            chart.line(points, colour);
            for (const Point& p : points) chart.dot(p, colour, 3);
            chart.say({points[5].x, points[5].y * where}, word, colour, "middle");
        }
        charts.push_back(chart);
        left += 400;
    }
    return bench::picture(840, 365, charts);
}

/// (b) a gray ramp: its lightness on paper, and how far both ways are from Little CMS.
std::string drawNeutrals() {
    const Profile from = Profile::srgb(), to = Profile::syntheticPhotoRgb();
    std::vector<float> ramp;
    for (int i = 0; i <= 255; ++i) ramp.insert(ramp.end(), 3, static_cast<float>(i) / 255.0F);
    const auto lab = [&](const std::vector<float>& device) { return toLab(to, device); };
    const auto asked = toLab(from, ramp);
    const auto theirs = lab(littleCms(from, to, Intent::Relative, BlackPoint::Compensate, ramp));
    const auto halves = lab(throughHalves(from, to, Intent::Relative, BlackPoint::Compensate, ramp));
    const auto fused = lab(throughTable(from, to, Intent::Relative, BlackPoint::Compensate, 65, ramp));
    std::vector<Point> out, same, halvesOff, fusedOff;
    double worstHalves = 0, worstFused = 0;
    for (std::size_t i = 0; i <= 255; ++i) {
        const double l = asked[i * 3];
        out.push_back({l, theirs[i * 3]});
        if (i % 15 == 0) same.push_back({l, halves[i * 3]});
        halvesOff.push_back({l, halves[i * 3] - theirs[i * 3]});
        fusedOff.push_back({l, fused[i * 3] - theirs[i * 3]});
        worstHalves = std::max(worstHalves, std::fabs(halvesOff.back().y));
        worstFused = std::max(worstFused, std::fabs(fusedOff.back().y));
    }
    std::printf("gray ramp, L* against Little CMS: two halves at most %.3f, fused at most %.3f\n", worstHalves,
                worstFused);
    const std::vector<double> tens{0, 20, 40, 60, 80, 100};
    Chart curve("Gray ramp on paper: L* printed", {75, 45, 330, 280}, Axis{"L* of the photo", 0, 100, tens},
                Axis{"L* of the print", 0, 100, tens});
    curve.line(out, "#888", 2.5);
    for (const Point& p : same) curve.dot(p, blue, 3);
    curve.say({8, 90}, "Little CMS", "#777");
    curve.say({8, 83}, "two halves (dots)", blue);
    Chart off("How far from Little CMS", {490, 45, 330, 280}, Axis{"L* of the photo", 0, 100, tens},
              Axis{"difference of L*", -0.1, 0.1, {-0.1, -0.05, 0, 0.05, 0.1}});
    off.line(fusedOff, red, 1.4);
    off.line(halvesOff, blue, 1.4);
    off.say({5, 0.085}, fmt::format("two halves: at most {:.3f}", worstHalves), blue);
    off.say({5, 0.073}, fmt::format("fused 65³: at most {:.3f}", worstFused), red);
    return bench::picture(850, 385, {curve, off});
}

/// (c) fine lines beside the flat gray that sends as much light, made smaller by each lane.
std::string drawLanes() {
    constexpr int width = 600, height = 60;
    image::Picture lines = image::Picture::ofSize({width, height}, {image::Channels::Rgb, image::Depth::U8});
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c)
                lines.bytes[static_cast<std::size_t>((y * width + x) * 3 + c)] =
                    static_cast<std::byte>(x >= width / 2 ? 188
                                           : x % 2 == 0   ? 0
                                                          : 255);
    Chart chart("Lines of one pixel, black and white, made 6 times smaller; beside them the gray of the same light",
                {75, 45, 740, 240}, Axis{"pixel of the print", 0, 100, {0, 25, 50, 75, 100}},
                Axis{"sRGB value", 90, 220, {100, 128, 150, 188, 200}});
    for (const auto& [lane, colour] : {std::pair{render::Lane::Fast, red}, std::pair{render::Lane::Archival, blue}}) {
        render::testing::OnePhoto photo(lines, image::Orientation::Upright, {100, 10}, Profile::srgb());
        photo.recipe.lane = lane;
        photo.recipe.dither = false;
        image::PictureSink sink;
        if (!render::renderPage(photo.recipe, photo.ingredients, sink)) return {};
        std::vector<Point> row;
        for (int x = 0; x < 100; ++x)
            row.push_back({x + 0.5, static_cast<double>(std::to_integer<int>(
                                        sink.picture().bytes[static_cast<std::size_t>((5 * 100 + x) * 3)]))});
        chart.line(row, colour, 2);
        chart.say({4, row[10].y + 5}, fmt::format("{} lane: {:g}", render::toString(lane), row[10].y), colour);
        std::printf("lines of one pixel, %s lane: %g; the gray of the same light: %g\n", render::toString(lane),
                    row[10].y, row[90].y);
    }
    return bench::picture(850, 345, {chart});
}

}  // namespace

int main(int argc, char** argv) {
    const Path folder = argc > 1 ? Path(argv[1]) : Path(CONTONE_SOURCE_DIR) / "docs/images";
    const std::pair<const char*, std::string (*)()> plots[] = {{"colour-lanes.svg", drawLanes},
                                                               {"colour-neutrals.svg", drawNeutrals},
                                                               {"colour-grids.svg", drawGrids},
                                                               {"colour-errors.svg", drawErrors}};
    for (const auto& [name, draw] : plots) {
        const std::string svg = draw();
        if (const auto written = writeFileDurably(folder / name, svg); svg.empty() || !written) {
            std::fprintf(stderr, "%s was not drawn.\n", name);
            return 1;
        }
    }
    return 0;
}
