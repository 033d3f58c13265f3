// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev golden reads the same folders: what disagrees lies in golden/<name> of the build folder.
#include "tests/golden/golden_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "core/facts/fact_file.h"
#include "core/image/file_sinks.h"
#include "icc/print_colour.h"
#include "tests/core/image/read_png.h"
#include "tests/places.h"

namespace contone::golden {
namespace {

constexpr const char* pictureName = "expected.png";

Path expectations() {
    return Path(tests::sourceFolder) / "tests/golden";
}
Path results() {
    return Path(tests::programFolder).parent_path() / "golden";
}

Result<void> keep(const image::Picture& picture, const Path& folder) {
    CONTONE_CHECK(makeDirectories(folder));
    const auto png = image::pngFileSink(folder / pictureName);
    CONTONE_CHECK(png->begin({picture.size, picture.format, Dpi{72}, Dpi{72}, {}}));
    CONTONE_CHECK(png->write(picture.strip()));
    return png->finish();
}

std::vector<float> samplesOf(const image::Picture& picture) {
    std::vector<float> samples;
    samples.reserve(picture.bytes.size());
    for (const std::byte b : picture.bytes) samples.push_back(static_cast<float>(std::to_integer<int>(b)) / 255.0F);
    return samples;
}

/// What is wrong with the picture; empty: nothing.
std::string complaint(const GoldenCase& golden, const image::Picture& picture) {
    const auto expected = image::testing::readPng(expectations() / golden.name / pictureName);
    if (!expected) return "there is no expectation (" + expected.error().message + ")";
    if (expected->size != picture.size || expected->format != picture.format)
        return fmt::format("the picture is {} × {} and not {} × {}", picture.size.width, picture.size.height,
                           expected->size.width, expected->size.height);
    const auto monitor = icc::PrintColour::create(icc::Profile::srgb());
    if (!monitor) return monitor.error().message;
    std::vector<double> differences = monitor->deltaE(samplesOf(picture), samplesOf(*expected));
    std::ranges::sort(differences);
    const double mean =
        std::accumulate(differences.begin(), differences.end(), 0.0) / static_cast<double>(differences.size());
    const double p99 = differences[differences.size() * 99 / 100];
    if (mean <= golden.mean && p99 <= golden.p99 && differences.back() <= golden.most) return {};
    return fmt::format("ΔE2000 mean {:.3f} (allowed {}), p99 {:.3f} ({}), most {:.2f} ({})", mean, golden.mean, p99,
                       golden.p99, differences.back(), golden.most);
}

}  // namespace

Result<GoldenCase> readCase(const std::string& name) {
    CONTONE_TRY(const facts::FactFile file, facts::FactFile::open(expectations() / name / "thresholds.toml", "golden"));
    const facts::FactTable table = file.root();
    const auto thousandths = [&](const char* key) { return table.integer(key, 0, 100'000) / 1000.0; };
    GoldenCase golden{name, thousandths("mean_thousandths"), thousandths("p99_thousandths"),
                      thousandths("most_thousandths")};
    CONTONE_CHECK(file.finish("thresholds"));
    return golden;
}

std::string disagreement(const GoldenCase& golden, const image::Picture& picture) {
    const Path folder = results() / golden.name;
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    std::string what = complaint(golden, picture);
    if (what.empty()) return {};
    if (const auto kept = keep(picture, folder); !kept) return what + "; and " + kept.error().message;
    return fmt::format("{}: {}.\nNow: {}. Look at it; if it is right: ./dev golden accept {}", golden.name, what,
                       (folder / pictureName).string(), golden.name);
}

std::vector<std::string> caseNames() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(expectations()))
        if (entry.is_directory()) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

}  // namespace contone::golden
