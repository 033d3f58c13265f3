// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SourceColour: what a photo's samples mean, as plain numbers that a process which never parses a profile can use.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/enum_words.h"
#include "core/base/result.h"
#include "core/base/sha256.h"

namespace contone::image {

/// The rendering intents of ICC.1:2010 section 6.2, by the trade's names.
enum class Intent { Perceptual, Relative, Saturation, Absolute };
constexpr auto wordsOf(Intent) {
    return enumWords<Intent>("bad-intent",
                             "The intent is perceptual, relative, saturation or absolute. Choose one of these.",
                             {{Intent::Perceptual, "perceptual"},
                              {Intent::Relative, "relative"},
                              {Intent::Saturation, "saturation"},
                              {Intent::Absolute, "absolute"}});
}
enum class BlackPoint { AsIs, Compensate };  ///< Compensate: black point compensation (ISO 18619)
constexpr auto wordsOf(BlackPoint) {
    return enumWords<BlackPoint>("bad-black-point", "The black point is compensate or as-is. Choose one of these.",
                                 {{BlackPoint::AsIs, "as-is"}, {BlackPoint::Compensate, "compensate"}});
}
using contone::toString;

/// Why a photo is read in the colours it is read in. Design order: embedded → container → EXIF → sRGB.
enum class SourceBasis {
    EmbeddedProfile,
    ContainerCicp,   ///< coded primaries and transfer (ITU-T H.273): HEIF nclx, PNG cICP, JPEG XL's own encoding
    ContainerGama,   ///< PNG gAMA, with cHRM when it is there
    ContainerSrgb,   ///< PNG sRGB chunk
    LabEncoding,     ///< the samples are CIE L*a*b*
    RawDevelopment,  ///< developed here from camera RAW; the working colours of the developer
    ExifInteropR03,
    ExifAdobeRgb,
    ExifSrgb,
    UntaggedGray,
    Assumed,
    UntaggedCmyk,  ///< coated web offset inks (CGATS TR 001) are a guess
};
const char* toString(SourceBasis basis);  ///< "embedded", "container-cicp", "container-gama", "container-srgb",
                                          ///< "lab-encoding", "raw-development", "exif-interop-r03",
                                          ///< "exif-adobe-rgb", "exif-srgb", "untagged-gray", "assumed-srgb",
                                          ///< "untagged-cmyk"
/// Fails: Invalid "bad-basis".
Result<SourceBasis> parseSourceBasis(std::string_view text);

/// Why an embedded profile was passed over.
enum class ProfileRefusal { None, Damaged, Unusable, WrongModel };

/// A tone curve from signal 0…1 to light, sampled evenly; 2^30 is 1.0. Between the samples it is linear.
struct ToneCurve {
    static constexpr int steps = 4096;
    std::vector<std::uint32_t> values;  ///< steps + 1 of them, each at most 2^30
    bool operator==(const ToneCurve&) const = default;
};

/// A value; comparable. Numbers are integers, so that nothing is lost or not-a-number on the way between processes.
struct SourceColour {
    /// Matrix: three curves and colorants. Gray: one curve along D50. Converted: the samples are wide RGB, 16 bit: ROMM
    /// primaries and, with a little room below black and above white (-1/128…1 + 1/16), the ROMM curve (ISO 22028-2);
    /// intent and black point compensation of the request were applied where the photo was decoded (CMYK, Lab and table
    /// profiles).
    enum class Kind { Matrix, Gray, Converted };
    Kind kind = Kind::Matrix;
    SourceBasis basis = SourceBasis::Assumed;
    ProfileRefusal refused = ProfileRefusal::None;  ///< what happened to an embedded profile that `basis` is not
    Sha256 profile;  ///< of the profile's bytes; of bundled or computed ones: of the bytes we would embed
    std::string
        name;  ///< "sRGB", "Adobe RGB (1998) compatible", else the profile's description: printable, ≤ 120 bytes
    bool isKnown = false;                     ///< `name` is one of the well-known spaces, by hash or by its numbers
    std::vector<ToneCurve> curves;            ///< Matrix: 3, or 1 that serves all; Gray: 1; Converted: none
    std::array<std::int32_t, 9> colorants{};  ///< Matrix: row-major XYZ (D50) of red, green, blue; 2^24 is 1.0
    /// Per axis what absolute colorimetric multiplies with (media white / D50); 2^24 is 1.0.
    std::array<std::int32_t, 3> mediaWhite{1 << 24, 1 << 24, 1 << 24};
    /// XYZ of the black point by intent (order of Intent; Absolute is not used); 2^30 is 1.0.
    std::array<std::array<std::int32_t, 3>, 4> blackPoint{};
    /// Converted: some colour lies outside Rec.2020, so the wide working space must be taken.
    bool isWide = false;
    bool operator==(const SourceColour&) const = default;
};

/// Checks shapes and ranges: what came from another process is used only after this. Fails: Corrupt "photo-damaged".
Result<void> check(const SourceColour& colour);

/// One plain sentence for a person: "Adobe RGB, because the camera says so (Interop R03)."
std::string describe(const SourceColour& colour);

}  // namespace contone::image
