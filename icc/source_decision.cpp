// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which colours a photo is in: the embedded profile, then what the camera wrote into EXIF, then sRGB.
#include "core/image/photo_facts.h"
#include "icc/profile.h"

namespace contone::icc {
namespace {

using image::Channels;
using image::ExifColorSpace;
using image::ExifInterop;
using image::PhotoFacts;

const char* nameOf(Channels channels) {
    switch (channels) {
        case Channels::Gray:
            return "gray";
        case Channels::Rgb:
            return "RGB";
        case Channels::Cmyk:
            return "CMYK";
    }
    return "RGB";
}

const char* nameOf(ColourModel model) {
    switch (model) {
        case ColourModel::Gray:
            return "gray";
        case ColourModel::Rgb:
            return "RGB";
        case ColourModel::Cmyk:
            return "CMYK";
        case ColourModel::Lab:
            return "Lab";
        case ColourModel::Other:
            break;
    }
    return "other";
}

ColourModel modelFor(Channels channels) {
    switch (channels) {
        case Channels::Gray:
            return ColourModel::Gray;
        case Channels::Rgb:
            return ColourModel::Rgb;
        case Channels::Cmyk:
            return ColourModel::Cmyk;
    }
    return ColourModel::Rgb;
}

std::string nameOf(const Profile& profile) {
    return profile.known() == KnownProfile::None ? "\"" + profile.description() + "\"" : toString(profile.known());
}

/// The embedded profile, or why not: a sentence that goes in front of the decision. Empty: there is none.
struct Embedded {
    std::optional<Profile> profile;
    std::string refusal;
};

Embedded embeddedProfile(const PhotoFacts& facts) {
    if (facts.profileDamaged) return {{}, "The embedded profile is damaged and was ignored. "};
    if (!facts.profile) return {};
    auto profile = Profile::fromBytes(facts.profile->bytes);
    if (!profile) {
        if (profile.error().code == Code::Unsupported)
            return {{}, "The embedded profile is of a kind that cannot be used and was ignored. "};
        return {{}, "The embedded profile is damaged and was ignored. "};
    }
    if (profile->model() != modelFor(facts.pixels.channels))
        return {{},
                std::string("The embedded profile is for ") + nameOf(profile->model()) + " but the photo is " +
                    nameOf(facts.pixels.channels) + "; it was ignored. "};
    return {*std::move(profile), {}};
}

SourceDecision fromExif(const PhotoFacts& facts, const std::string& refusal) {
    if (facts.exifInterop == ExifInterop::R03)
        return {Profile::adobeRgbCompatible(), SourceBasis::ExifInteropR03,
                refusal + "Adobe RGB, because the camera says so (Interop R03)."};
    if (facts.exifColorSpace == ExifColorSpace::AdobeRgb)
        return {Profile::adobeRgbCompatible(), SourceBasis::ExifAdobeRgb,
                refusal + "Adobe RGB, because the camera says so (EXIF colour space 2)."};
    if (facts.exifColorSpace == ExifColorSpace::Srgb)
        return {Profile::srgb(), SourceBasis::ExifSrgb, refusal + "sRGB, because the camera says so (EXIF)."};
    if (facts.exifColorSpace == ExifColorSpace::Uncalibrated)
        return {Profile::srgb(), SourceBasis::Assumed,
                refusal + "sRGB assumed: the photo says uncalibrated and does not say what it is."};
    return {Profile::srgb(), SourceBasis::Assumed, refusal + "sRGB assumed: the photo does not say."};
}

}  // namespace

const char* toString(SourceBasis basis) {
    switch (basis) {
        case SourceBasis::EmbeddedProfile:
            return "embedded";
        case SourceBasis::ExifInteropR03:
            return "exif-interop-r03";
        case SourceBasis::ExifAdobeRgb:
            return "exif-adobe-rgb";
        case SourceBasis::ExifSrgb:
            return "exif-srgb";
        case SourceBasis::UntaggedGray:
            return "untagged-gray";
        case SourceBasis::Assumed:
            return "assumed-srgb";
    }
    return "assumed-srgb";
}

Result<SourceDecision> decideSource(const PhotoFacts& facts) {
    Embedded embedded = embeddedProfile(facts);
    if (embedded.profile) {
        const std::string name = nameOf(*embedded.profile);
        return SourceDecision{*std::move(embedded.profile), SourceBasis::EmbeddedProfile,
                              name + ", from the profile inside the photo."};
    }
    switch (facts.pixels.channels) {
        case Channels::Gray:
            return SourceDecision{Profile::grayWithSrgbCurve(), SourceBasis::UntaggedGray,
                                  embedded.refusal + "Gray with the sRGB curve: the photo has no gray profile."};
        case Channels::Cmyk:
            return fail(Code::Unsupported, "photo-cmyk-untagged",
                        "This CMYK photo has no usable colour profile, so its colours are unknown. Save it as RGB, or "
                        "with its profile.",
                        embedded.refusal);
        case Channels::Rgb:
            break;
    }
    return fromExif(facts, embedded.refusal);
}

}  // namespace contone::icc
