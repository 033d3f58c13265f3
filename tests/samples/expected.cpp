// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Two independent witnesses, and the comparison.
#include "tests/samples/expected.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>

namespace contone::samples {
namespace {

using image::SourceBasis;

int numberOf(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> all;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, '\t');) all.push_back(cell);
    all.resize(std::max<std::size_t>(all.size(), 9));
    return all;
}

image::PixelSize sizeOf(const std::string& text) {
    const std::size_t x = text.find('x');
    if (x == std::string::npos) return {};
    return {numberOf(text), numberOf(std::string_view(text).substr(x + 1))};
}

void addExif(const nlohmann::json& tags, Sample& sample) {
    const auto number = [&](const char* name) {
        const auto at = tags.find(name);
        return at != tags.end() && at->is_number() ? static_cast<int>(at->get<double>()) : 0;
    };
    if (sample.size.width == 0) sample.size = {number("ImageWidth"), number("ImageHeight")};
    if (const auto crop = tags.find("DefaultCropSize"); crop != tags.end() && crop->is_string()) {  // DNG: "1734 1156"
        const std::string text = crop->get<std::string>();
        sample.size = {numberOf(text),
                       numberOf(std::string_view(text).substr(std::min(text.find(' '), text.size() - 1) + 1))};
    }
    if (number("Orientation") > 0) sample.orientation = number("Orientation");
    const std::string type = tags.value("FileType", "");
    sample.isTurnedByContainer = type == "HEIC" || type == "HEIF" || type == "AVIF";
    sample.hasProfile |= tags.contains("ProfileDescription");
    sample.profileName = tags.value("ProfileDescription", "");
    sample.pngSaysSrgb = type == "PNG" && tags.contains("SRGBRendering");
    sample.pngSaysGamma = type == "PNG" && tags.contains("Gamma");
    sample.primaries = number("ColorPrimaries");
    sample.transfer = number("TransferCharacteristics");
    sample.exifColorSpace = number("ColorSpace");
    if (const auto at = tags.find("InteropIndex"); at != tags.end() && at->is_string())
        sample.interop = at->get<std::string>().substr(0, 3);
}

bool isContainer(SourceBasis basis) {
    return basis == SourceBasis::ContainerCicp || basis == SourceBasis::ContainerGama ||
           basis == SourceBasis::ContainerSrgb;
}

/// Ours are names of well-known spaces, or the profile's own words.
bool nameAgrees(const Sample& sample, const image::SourceColour& colour) {
    if (sample.profileName.empty() || !colour.isKnown) return sample.profileName.starts_with(colour.name);
    std::string description = sample.profileName;
    std::ranges::transform(description, description.begin(), [](unsigned char c) { return std::tolower(c); });
    const std::string word = colour.name.starts_with("Adobe RGB") ? "adobe rgb"
                             : colour.name == "Display P3"        ? "p3"
                             : colour.name == "ProPhoto RGB"      ? "prophoto"
                             : colour.name == "sRGB"              ? "srgb"
                                                                  : "2020";
    return description.contains(word);
}

/// What PNG and HEIF say in numbers. exiftool names the last nclx of a file, which may be that of a gain map.
SourceBasis containerBasis(const Sample& sample, const image::PhotoFacts& facts) {
    const bool isCoded = sample.primaries > 0 && sample.primaries != 2 && sample.transfer != 2;
    if (isCoded) return SourceBasis::ContainerCicp;
    if (facts.warnings.has(image::PhotoWarning::GainMapIgnored) && isContainer(facts.colour.basis))
        return facts.colour.basis;
    if (sample.pngSaysSrgb) return SourceBasis::ContainerSrgb;
    return sample.pngSaysGamma ? SourceBasis::ContainerGama : SourceBasis::Assumed;
}

SourceBasis exifBasis(const Sample& sample, image::Channels channels) {
    if (sample.isCmyk) return SourceBasis::UntaggedCmyk;
    if (channels == image::Channels::Gray) return SourceBasis::UntaggedGray;
    if (sample.interop == "R03") return SourceBasis::ExifInteropR03;
    if (sample.exifColorSpace == 2) return SourceBasis::ExifAdobeRgb;
    return sample.exifColorSpace == 1 ? SourceBasis::ExifSrgb : SourceBasis::Assumed;
}

bool basisAgrees(const Sample& sample, const image::PhotoFacts& facts) {
    const SourceBasis basis = facts.colour.basis;
    using enum image::PhotoFormat;
    if (basis == SourceBasis::RawDevelopment) return facts.format == Raw;
    if (basis == SourceBasis::LabEncoding) return true;  // the samples are Lab, whatever else is in the file
    if (sample.hasProfile) return basis == SourceBasis::EmbeddedProfile && nameAgrees(sample, facts.colour);
    if (facts.format == JpegXl) return true;  // exiftool says nothing of its colours
    if (basis == SourceBasis::EmbeddedProfile) return false;
    const SourceBasis said = containerBasis(sample, facts);
    if (isContainer(said)) return basis == said;
    // Of BMP's header and of floats it says nothing either.
    if (isContainer(basis))
        return facts.format != Jpeg && facts.format != WebP && facts.format != Png && facts.format != Heic &&
               facts.format != Avif;
    return basis == exifBasis(sample, facts.pixels.channels);
}

}  // namespace

Result<std::vector<Sample>> readExpected(const Path& catalogue, const Path& exif) {
    CONTONE_TRY(const std::string table, readTextFile(catalogue, 10'000'000));
    CONTONE_TRY(const std::string text, readTextFile(exif, 100'000'000));
    const nlohmann::json all = nlohmann::json::parse(text, nullptr, false);
    std::map<std::string, const nlohmann::json*> tags;
    if (all.is_array())
        for (const nlohmann::json& file : all)
            tags[Path(file.value("SourceFile", "")).lexically_normal().string()] = &file;
    std::vector<Sample> samples;
    std::istringstream lines(table);
    std::string line;
    std::getline(lines, line);  // the heading
    while (std::getline(lines, line)) {
        const std::vector<std::string> row = cells(line);
        const std::string extension = Path(row[0]).extension().string();
        if (row[8] == "text" || extension == ".icc" || extension == ".icm" || extension == ".ICM") continue;
        Sample sample;
        sample.path = row[0];
        sample.expected = row[8] == "opens"                ? Expected::Opens
                          : row[8] == "opens with warning" ? Expected::OpensWithWarning
                                                           : Expected::Refused;
        sample.size = sizeOf(row[3]);
        sample.isCmyk = row[4].contains("CMYK");
        sample.hasProfile = !row[6].empty();
        if (!row[7].empty()) sample.orientation = numberOf(row[7]);
        if (const auto at = tags.find(sample.path); at != tags.end()) addExif(*at->second, sample);
        samples.push_back(std::move(sample));
    }
    return samples;
}

std::vector<std::string> differences(const Sample& sample, const image::PhotoFacts& facts) {
    std::vector<std::string> wrong;
    const image::PixelSize size = facts.storedSize;
    const bool isSize = size == sample.size || (sample.isTurnedByContainer && size.rotated() == sample.size);
    if (sample.size.width > 0 && !isSize)
        wrong.push_back("size, expected " + std::to_string(sample.size.width) + "x" +
                        std::to_string(sample.size.height));
    const int orientation =
        sample.isTurnedByContainer ? 1 : static_cast<int>(image::orientationFromExif(sample.orientation));
    if (static_cast<int>(facts.orientation) != orientation)
        wrong.push_back("orientation, expected " + std::to_string(orientation));
    if (!basisAgrees(sample, facts))
        wrong.push_back("colour decision" + std::string(sample.hasProfile ? ", a profile is embedded" : ""));
    return wrong;
}

}  // namespace contone::samples
