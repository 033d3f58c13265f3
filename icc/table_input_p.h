// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TableInput: half A of profiles with tables (CMYK, RGB, gray), by unoptimised float Little CMS, or by the table that
// Little CMS would walk.
#pragma once

#include <memory>

#include "icc/ink_table_p.h"
#include "icc/working_space_p.h"

namespace contone::icc {

/// A source colour is taken to lie in Rec.2020 when it leaves it by no more than this (Display P3's red: 0.0012).
inline constexpr float gamutTolerance = 0.002F;

/// Thread-safe.
class TableInput {
  public:
    /// Fails: Unsupported "profile-no-input".
    static Result<TableInput> create(const Profile& source, Intent intent, BlackPoint blackPoint);
    int channels() const { return m_channels; }
    /// The narrowest that holds every colour of the source; probed.
    WorkingGamut gamut() const { return m_gamut; }
    /// Samples 0…1 (clipped) → working RGB of `gamut`.
    void apply(const float* in, float* out, int pixels, WorkingGamut gamut) const;

  private:
    TableInput(const Affine& rec2020, const Affine& wide) : m_rec2020(rec2020), m_wide(wide) {}
    bool leavesRec2020() const;

    std::unique_ptr<Context> m_context;  // before the transform: outlives it
    TransformHandle m_toXyz;
    std::optional<InkTable> m_inks;  ///< the same for CMYK, where the profile allows it
    ColourModel m_model = ColourModel::Rgb;
    int m_channels = 3;
    PixelAffine m_rec2020, m_wide;  ///< XYZ → working
    WorkingGamut m_gamut = WorkingGamut::Wide;
};

/// "profile-no-input".
std::unexpected<Error> noInput(std::string detail);

}  // namespace contone::icc
