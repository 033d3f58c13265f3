// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The two halves of every colour conversion, cut at a linear working space; and the proof of a device page.
//
// A (InputTransform): source samples → linear working RGB, D50, exact. B (OutputTransform): working → device samples,
// by a table (81³; 113³ for saturation and absolute) behind an L* shaper; matrix profiles exactly. Applying A then B
// equals one Little CMS transform source → device with the same intent and black point compensation, within the bounds
// that tests/icc/ holds (mean ΔE2000 ≤ 0.02, max ≤ 0.5; absolute to CMYK 0.6). Working values: float, 1.0 = media
// white (the PCS white), 0 = black (the source's black, when compensating); values outside 0…1 are allowed between the
// halves and clipped at B (tables keep −0.0044…1.034, for sources that reach there). All apply() calls are thread-safe
// and cannot fail.
#pragma once

#include <array>
#include <functional>
#include <memory>

#include "core/base/matrix3.h"
#include "icc/profile.h"

namespace contone::icc {

/// The primaries of the working space; both are linear and adapted to D50 (Bradford).
/// Wide (ROMM RGB, ISO 22028-2) is taken when a colour of the source is below -0.002 in Rec.2020.
enum class WorkingGamut { Rec2020, Wide };
const char* toString(WorkingGamut gamut);

/// Linear working RGB → XYZ (D50, white at Y = 1), row-major.
Matrix3 workingToXyz(WorkingGamut gamut);

/// From one working space to the other, in place; linear, nothing is clipped. For pages on which photos of both lie.
class GamutConversion {
  public:
    GamutConversion(WorkingGamut from, WorkingGamut to);
    /// `rgb`: `pixels` * 3 working floats. Thread-safe.
    void apply(float* rgb, int pixels) const;

  private:
    struct Impl;
    std::shared_ptr<const Impl> m_impl;
};

/// Linear RGB of some primaries: from working RGB and back, row-major. Nothing is clipped.
struct LinearPrimaries {
    std::array<float, 9> fromWorking{1, 0, 0, 0, 1, 0, 0, 0, 1}, toWorking = fromWorking;
    bool arePhotos = false;  ///< false: those of sRGB, for photos that have none (gray, tables, converted)
};

class InputTransform {
  public:
    struct Options {
        Intent intent = Intent::Relative;
        BlackPoint blackPoint = BlackPoint::Compensate;
        bool operator==(const Options&) const = default;
    };
    /// Of a photo's colours as plain numbers; no profile is parsed. `colour` passes image::check(). Converted sources
    /// had intent and compensation applied already; both are ignored. Fails: Unsupported "profile-no-input".
    static Result<InputTransform> create(const image::SourceColour& colour, Options options);
    /// Of a profile: Gray, Rgb or Cmyk, tables by Little CMS. Fails: Unsupported "profile-no-input".
    static Result<InputTransform> create(const Profile& source, Options options);
    WorkingGamut gamut() const;
    int channels() const;
    LinearPrimaries primaries() const;
    /// `in`: `pixels` pixels of channels() float samples, encoded as in the file, 0…1 (CMYK: 1 = full ink).
    /// `out`: `pixels` * 3 floats. May be the same memory when channels() is 3.
    void apply(const float* in, float* out, int pixels) const;
    /// Only the source's tone curve, per channel, and its inverse: for resampling in linear light (archival lane).
    /// Lut sources use the sRGB curve. Monotone, 0 → 0, 1 → 1.
    void decode(const float* in, float* out, int samples, int channel) const;
    void encode(const float* in, float* out, int samples, int channel) const;

  private:
    struct Impl;
    explicit InputTransform(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
    std::shared_ptr<const Impl> m_impl;
};

/// What a device and intent really do: absolute never compensates; perceptual and saturation to a version 4 profile
/// always do (Little CMS, ICC.1:2010 annex A). Give both halves the same: A has no way to know the device.
BlackPoint effectiveBlackPoint(const Profile& device, Intent intent, BlackPoint asked);

/// Device value of "no ink", per channel, 0…1: what borders outside the picture and unprintable margins get. Past B.
std::array<float, 4> paperOf(const Profile& device);

class OutputTransform {
  public:
    struct Options {
        Intent intent = Intent::Relative;
        BlackPoint blackPoint = BlackPoint::Compensate;
        WorkingGamut gamut = WorkingGamut::Rec2020;
        bool operator==(const Options&) const = default;
    };
    /// Builds (about 0.2 s; matrix profiles need no table) or loads the table. `cache`: a folder for tables, named by
    /// hash of everything they depend on; empty: none. A damaged cache file is rebuilt. Fails: Unsupported
    /// "profile-no-output".
    static Result<OutputTransform> create(const Profile& device, Options options, const Path& cache = {});
    int channels() const;  ///< 1, 3 or 4
    /// `in`: `pixels` * 3 working floats; `out`: `pixels` * channels() floats 0…1 (CMYK: 1 = full ink).
    void apply(const float* in, float* out, int pixels) const;
    /// The same, clipped and rounded to 16 bits.
    void apply(const float* in, std::uint16_t* out, int pixels) const;
    /// Hash of the quantised table (matrix profiles: of the matrix and curves): part of a recipe's fingerprint. Takes
    /// some milliseconds.
    Sha256 tableHash() const;

  private:
    struct Impl;
    explicit OutputTransform(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
    std::shared_ptr<const Impl> m_impl;
};

/// A then B in one table: a photo's encoded samples → device samples, where nothing happens between the halves and the
/// photo's colours are a well-known RGB space. Faster than the two halves; previews sample it at 33 nodes a side in
/// milliseconds, prints at printGrid().
class ProofTransform;

class FusedTable {
  public:
    static constexpr int previewGrid = 33;
    /// CMYK printers bend more sharply: their tables are finer (docs/colour.md has the figures).
    static constexpr int printGrid(int channels) { return channels == 4 ? 81 : 65; }
    /// `source`: kind Matrix. Nodes are exact: half A, then Little CMS unoptimised in floats. `cache` as for
    /// OutputTransform. Fails: Unsupported "profile-no-input", "profile-no-output".
    static Result<FusedTable> create(const image::SourceColour& source, const Profile& device, Intent intent,
                                     BlackPoint blackPoint, int grid, const Path& cache = {});
    /// A∘B at `grid` nodes a side from halves at hand: one of 33 takes some milliseconds.
    static FusedTable ofHalves(const InputTransform& input, const OutputTransform& output, int grid = previewGrid);
    /// The same and on to the monitor: a photo's samples → what it will look like on paper, three channels.
    static FusedTable ofHalves(const InputTransform& input, const OutputTransform& output, const ProofTransform& proof,
                               int grid = previewGrid);
    /// Whatever is made of colours: `work` turns `pixels` * 3 encoded samples 0…1, in place of which it may write, into
    /// as many pixels of `channels`.
    using Work = std::function<void(float* in, float* out, int pixels)>;
    static FusedTable ofWork(const Work& work, int channels, int grid = previewGrid);
    int channels() const;
    /// `in`: `pixels` * 3 encoded samples 0…1, not outside; `out`: `pixels` * channels(). Thread-safe.
    void apply(const float* in, std::uint16_t* out, int pixels) const;
    Sha256 tableHash() const;

  private:
    struct Impl;
    explicit FusedTable(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
    std::shared_ptr<const Impl> m_impl;
};

/// Device samples as the paper will look, on a monitor. RGB printers on a matrix monitor go through a table (ΔE2000 to
/// Little CMS at most 0.3); everything else is Little CMS itself, pixel by pixel (2…4 MP/s a core).
class ProofTransform {
  public:
    /// PaperWhite: the sheet's own white and its weak black (absolute colorimetric, observer fully adapted, i.e.
    /// cmsSetAdaptationStateTHR(1)); Adapted: relative colorimetric with black point compensation off.
    enum class Simulate { Adapted, PaperAndInk };
    static Result<ProofTransform> create(const Profile& device, const Profile& monitor, Simulate simulate);
    /// `in`: device samples 0…1, `device.channels()` each; `out`: monitor RGB 0…1.
    void apply(const float* in, float* out, int pixels) const;

  private:
    struct Impl;
    explicit ProofTransform(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
    std::shared_ptr<const Impl> m_impl;
};

/// How far the paper's gamut is from a picture's colours, by round trip: working → device → PCS against working → PCS,
/// relative colorimetric without black point compensation, ΔE2000 (CIE 142-2001).
struct GamutReport {
    double percentOutOfGamut = 0;  ///< share of pixels with ΔE2000 > 2
    double meanDeltaE = 0, p95DeltaE = 0;
    /// The worst ninth of the picture (3 x 3 grid, row-major, 0 = left top) by mean ΔE2000.
    int worstRegion = 0;
    double worstRegionDeltaE = 0;
};
class GamutCheck {
  public:
    static Result<GamutCheck> create(const Profile& device, WorkingGamut gamut);
    /// `working`: width * height * 3 floats.
    GamutReport report(const float* working, int width, int height) const;

  private:
    struct Impl;
    explicit GamutCheck(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
    std::shared_ptr<const Impl> m_impl;
};

/// ΔE2000 of two CIELAB (D50) colours, kL = kC = kH = 1. CIE 142-2001; Sharma, Wu, Dalal 2005.
double deltaE2000(const double lab1[3], const double lab2[3]);

}  // namespace contone::icc
