// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From what a file says about its colours to plain numbers (SourceColour), and the conversion of those photos whose
// colours no plain numbers can say. Runs in decoder children: here customers' profiles are parsed.
#pragma once

#include <memory>
#include <optional>

#include "core/image/colour_signals.h"
#include "core/image/photo_warning.h"
#include "core/image/pixels.h"
#include "core/image/source_colour.h"
#include "icc/profile.h"

namespace contone::icc {

struct SourceDecision {
    image::SourceColour colour;
    /// colour.kind Converted: the CMYK, gray or RGB table profile to convert with. Empty for Lab and everything else.
    std::optional<Profile> convertWith;
    image::PhotoWarnings warnings;  ///< ProfileDamaged, ColoursUnspecified, HdrClipped
};
/// Lab and developed RAW → embedded → container (cICP, sRGB chunk, gAMA/cHRM) → EXIF → sRGB. An embedded profile goes
/// before cICP in every format: for PNG that is not what its 3rd edition says, but it is what the shop shows. Never
/// fails for RGB and gray: a damaged or mismatched embedded profile falls through to the next signal, and `refused`
/// says so. CMYK without a usable profile is taken for coated web offset inks (CGATS TR 001), and a warning says that
/// this is a guess. `channels`: of the codec's strips.
Result<SourceDecision> decideSource(const image::ColourSignals& said, image::Channels channels);

/// The numbers of a matrix or gray profile; Converted for tables (black points then are not used). Numbers too large to
/// be true fail image::check().
image::SourceColour sourceColour(const Profile& profile, image::SourceBasis basis);

/// Gray or RGB samples, 8 or 16 bit (of Converted sources: those of WideConverter) → sRGB, 8 bit, relative with black
/// point compensation. Light: for pictures in lists, good to one step; prints take InputTransform. `colour` passes
/// image::check(); `out` has the size of `in`.
void toListSrgb(const image::SourceColour& colour, image::StripView in, image::MutableStrip out);

/// Strips of the file's own samples → wide RGB, 16 bit (SourceColour::Kind::Converted): half A with the intent and the
/// black point compensation asked for, exact per pixel, then the curve and rounding. Thread-safe.
class WideConverter {
  public:
    /// `decision.colour.kind` is Converted. Also says whether any colour of the source lies outside Rec.2020.
    /// Fails: Unsupported "profile-no-input".
    static Result<WideConverter> create(const SourceDecision& decision, image::PixelFormat from, Intent intent,
                                        BlackPoint blackPoint);
    bool isWide() const;
    /// `in`: rows of `from`; `out`: as many rows and pixels, Rgb 16 bit.
    /// A pixel equal to the one before it costs nothing.
    void apply(image::StripView in, image::MutableStrip out) const;

  private:
    struct Impl;
    explicit WideConverter(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
    std::shared_ptr<const Impl> m_impl;
};

}  // namespace contone::icc
