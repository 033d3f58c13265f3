// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Names, checks and sentences of source colours.
#include "core/image/source_colour.h"

#include <algorithm>

#include "core/image/photo_problem.h"

namespace contone::image {
namespace {

constexpr std::array bases{"embedded",     "container-cicp",  "container-gama",   "container-srgb",
                           "lab-encoding", "raw-development", "exif-interop-r03", "exif-adobe-rgb",
                           "exif-srgb",    "untagged-gray",   "assumed-srgb",     "untagged-cmyk"};

std::string refusalSentence(ProfileRefusal refused) {
    switch (refused) {
        case ProfileRefusal::None:
            break;
        case ProfileRefusal::Damaged:
            return "The embedded profile is damaged and was ignored. ";
        case ProfileRefusal::Unusable:
            return "The embedded profile is of a kind that cannot be used and was ignored. ";
        case ProfileRefusal::WrongModel:
            return "The embedded profile is for other colour channels than the photo has; it was ignored. ";
    }
    return {};
}

}  // namespace

const char* toString(SourceBasis basis) {
    return bases.at(static_cast<std::size_t>(basis));
}

Result<SourceBasis> parseSourceBasis(std::string_view text) {
    const auto at = std::ranges::find(bases, text);
    if (at == bases.end())
        return fail(Code::Invalid, "bad-basis", "The record of this photo's colours cannot be read.",
                    std::string(text));
    return static_cast<SourceBasis>(at - bases.begin());
}

Result<void> check(const SourceColour& colour) {
    using Kind = SourceColour::Kind;
    const std::size_t curves = colour.curves.size();
    const bool countIsRight = colour.kind == Kind::Matrix ? curves == 1 || curves == 3
                              : colour.kind == Kind::Gray ? curves == 1
                                                          : curves == 0;
    const auto curveIsRight = [](const ToneCurve& c) {
        return c.values.size() == ToneCurve::steps + 1 &&
               std::ranges::all_of(c.values, [](std::uint32_t v) { return v <= 1U << 30; });
    };
    const auto within = [](std::int32_t low, std::int32_t high) {
        return [=](std::int32_t v) { return v >= low && v <= high; };
    };
    constexpr std::int32_t one = 1 << 24, black = 1 << 30;
    const bool isRight = countIsRight && std::ranges::all_of(colour.curves, curveIsRight) &&
                         std::ranges::all_of(colour.colorants, within(-8 * one, 8 * one)) &&
                         std::ranges::all_of(colour.mediaWhite, within(one / 100, 8 * one)) &&
                         std::ranges::all_of(colour.blackPoint, [&](const auto& xyz) {
                             return std::ranges::all_of(xyz, within(-black / 4, black / 4 * 3));
                         });
    if (!isRight) return photoProblem("photo-damaged", "colour numbers out of range");
    return {};
}

std::string describe(const SourceColour& colour) {
    const std::string name = colour.isKnown ? colour.name : "\"" + colour.name + "\"";
    std::string before = refusalSentence(colour.refused);
    switch (colour.basis) {
        case SourceBasis::EmbeddedProfile:
            return name + ", from the profile inside the photo.";
        case SourceBasis::ContainerCicp:
            return before + name + ", because the file says so in its own words.";
        case SourceBasis::ContainerGama:
            return before + name + ", from the gamma value inside the file.";
        case SourceBasis::ContainerSrgb:
            return before + "sRGB, because the file says so.";
        case SourceBasis::LabEncoding:
            return before + "CIE L*a*b*: the file stores colours as seen, independent of any device.";
        case SourceBasis::RawDevelopment:
            return before + "Developed here from the camera's RAW data, with the camera's white balance.";
        case SourceBasis::ExifInteropR03:
            return before + "Adobe RGB, because the camera says so (Interop R03).";
        case SourceBasis::ExifAdobeRgb:
            return before + "Adobe RGB, because the camera says so (EXIF colour space 2).";
        case SourceBasis::ExifSrgb:
            return before + "sRGB, because the camera says so (EXIF).";
        case SourceBasis::UntaggedGray:
            return before + "Gray with the sRGB curve: the photo has no gray profile.";
        case SourceBasis::Assumed:
            return before + "sRGB assumed: the photo does not say.";
        case SourceBasis::UntaggedCmyk:
            return before +
                   "Coated web offset inks (CGATS TR 001) assumed: the photo does not say which inks it was "
                   "made for.";
    }
    return before;
}

}  // namespace contone::image
