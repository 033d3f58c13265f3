// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which colours a photo is in: what the container itself fixes, the embedded profile, what the container says in
// numbers, what the camera wrote into EXIF, then sRGB.
#include "icc/coded_colours_p.h"
#include "icc/source.h"

namespace contone::icc {
namespace {

using image::Channels;
using image::ColourSignals;
using image::ExifColorSpace;
using image::ExifInterop;
using image::ProfileRefusal;
using image::SourceColour;

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

SourceDecision labColours() {
    SourceDecision decision;
    SourceColour& colour = decision.colour;
    colour.kind = SourceColour::Kind::Converted;
    colour.basis = SourceBasis::LabEncoding;
    colour.profile = Sha256::of(std::string_view("contone-source-1 CIE L*a*b* D50, ICC version 4 encoding"));
    colour.name = "CIE L*a*b*";
    colour.isKnown = true;
    colour.isWide = true;
    return decision;
}

/// The embedded profile as colours, or why not.
struct Embedded {
    std::optional<SourceDecision> decision;
    ProfileRefusal refused = ProfileRefusal::None;
};
Embedded embeddedColours(const ColourSignals& said, Channels channels) {
    if (said.profileDamaged) return {{}, ProfileRefusal::Damaged};
    if (!said.profile) return {};
    auto profile = Profile::fromBytes(said.profile->bytes);
    if (!profile)
        return {{}, profile.error().code == Code::Unsupported ? ProfileRefusal::Unusable : ProfileRefusal::Damaged};
    if (profile->model() != modelFor(channels)) return {{}, ProfileRefusal::WrongModel};
    SourceDecision decision{sourceColour(*profile, SourceBasis::EmbeddedProfile), {}, {}};
    if (!image::check(decision.colour)) return {{}, ProfileRefusal::Unusable};
    if (decision.colour.kind == SourceColour::Kind::Converted) decision.convertWith = *std::move(profile);
    return {std::move(decision), ProfileRefusal::None};
}

std::optional<SourceDecision> containerColours(const ColourSignals& said, Channels channels,
                                               image::PhotoWarnings& warnings) {
    if (channels == Channels::Cmyk) return {};
    if (said.cicp) {
        if (auto coded = codedColours(*said.cicp, channels))
            return SourceDecision{std::move(coded->colour), {}, coded->warnings};
        warnings.add(image::PhotoWarning::ColoursUnspecified);
    }
    if (said.saysSrgb)
        return SourceDecision{sourceColour(channels == Channels::Gray ? Profile::grayWithSrgbCurve() : Profile::srgb(),
                                           SourceBasis::ContainerSrgb),
                              {},
                              {}};
    if (!said.gama) return {};
    if (auto colour = gamaColours(*said.gama, channels)) return SourceDecision{*std::move(colour), {}, {}};
    warnings.add(image::PhotoWarning::ColoursUnspecified);
    return {};
}

SourceColour exifColours(const ColourSignals& said) {
    if (said.exifInterop == ExifInterop::R03)
        return sourceColour(Profile::adobeRgbCompatible(), SourceBasis::ExifInteropR03);
    if (said.exifColorSpace == ExifColorSpace::AdobeRgb)
        return sourceColour(Profile::adobeRgbCompatible(), SourceBasis::ExifAdobeRgb);
    if (said.exifColorSpace == ExifColorSpace::Srgb) return sourceColour(Profile::srgb(), SourceBasis::ExifSrgb);
    return sourceColour(Profile::srgb(), SourceBasis::Assumed);
}

/// Most CMYK photos without a profile were made with the inks that American editors assume when nobody says.
SourceDecision untaggedInks() {
    const Profile profile = Profile::offsetCmyk();
    SourceDecision decision{sourceColour(profile, SourceBasis::UntaggedCmyk), profile, {}};
    decision.colour.name = "Coated web offset inks (CGATS TR 001)";
    decision.warnings.add(image::PhotoWarning::ColoursUnspecified);
    return decision;
}

}  // namespace

Result<SourceDecision> decideSource(const ColourSignals& said, Channels channels) {
    if (said.isLab && channels == Channels::Rgb) return labColours();
    if (said.isDevelopedRaw && channels == Channels::Rgb)
        return SourceDecision{rommColours(SourceBasis::RawDevelopment), {}, {}};
    Embedded embedded = embeddedColours(said, channels);
    if (embedded.decision) return *std::move(embedded.decision);
    image::PhotoWarnings warnings;
    if (embedded.refused == ProfileRefusal::Damaged) warnings.add(image::PhotoWarning::ProfileDamaged);
    auto decision = containerColours(said, channels, warnings);
    if (!decision) {
        decision.emplace();
        switch (channels) {
            case Channels::Gray:
                decision->colour = sourceColour(Profile::grayWithSrgbCurve(), SourceBasis::UntaggedGray);
                break;
            case Channels::Rgb:
                decision->colour = exifColours(said);
                break;
            case Channels::Cmyk:
                decision = untaggedInks();
                break;
        }
    }
    decision->colour.refused = embedded.refused;
    decision->warnings.add(warnings);
    return *std::move(decision);
}

}  // namespace contone::icc
