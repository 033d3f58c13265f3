// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Profile: an ICC profile that has been looked at once and can be trusted to be what it says.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "core/image/source_colour.h"

namespace contone::icc {

enum class ColourModel { Gray, Rgb, Cmyk, Lab, Other };  ///< no Profile is Other: fromBytes() refuses it
/// MatrixTrc: three curves and a matrix, exact. GrayTrc: one curve. Lut: tables (or both; then Lut).
enum class ProfileKind { MatrixTrc, GrayTrc, Lut };
enum class KnownProfile { None, Srgb, AdobeRgb, DisplayP3, ProPhoto, Rec2020 };
const char* toString(KnownProfile known);  ///< "sRGB", "Adobe RGB (1998) compatible", "Display P3", …

using image::BlackPoint;
using image::Intent;
using image::SourceBasis;
using image::toString;

/// Immutable and cheap to copy (shared). Thread-safe. The bytes are kept: they are embedded in files and hashed.
class Profile {
  public:
    /// Parses with our own Little CMS context and checks: size, signature, class, colour model, required tags, that a
    /// transform to the PCS can be made and yields finite numbers. At most 16 MB.
    /// Fails: Corrupt "profile-damaged"; Unsupported "profile-version" (iccMAX), "profile-class" (named
    /// colour, abstract, device link, or a model that is not gray, RGB, CMYK or Lab). Lab profiles open, but are
    /// neither input nor output.
    static Result<Profile> fromBytes(std::span<const std::byte> bytes);
    static Result<Profile> fromFile(const Path& path);
    /// The profiles that ship with Contone, from resources/profiles (compiled in).
    static Profile srgb();
    static Profile adobeRgbCompatible();
    static Profile displayP3();
    static Profile grayWithSrgbCurve();  ///< for gray photos without a profile
    static Profile
    syntheticPhotoRgb();  ///< printer profile, RGB LUT, glossy photo paper (made with Argyll from a model)
    static Profile syntheticPhotoCmyk();  ///< printer profile, CMYK LUT
    static Profile offsetCmyk();          ///< coated web offset, CGATS TR 001: for CMYK photos without a profile

    const Sha256& hash() const;
    const std::string& description() const;  ///< printable, at most 120 characters
    ColourModel model() const;
    ProfileKind kind() const;
    KnownProfile known()
        const;  ///< by hash of the file, else by colorimetry (primaries and curve within 1e-3), MatrixTrc only
    bool isOutput() const;  ///< can be printed to: class prtr, or a display/space profile with a way back from the PCS
    int channels() const;   ///< 1, 3 or 4
    std::span<const std::byte> bytes() const;
    bool operator==(const Profile& other) const { return hash() == other.hash(); }

    struct Shared;
    const Shared& shared() const { return *m_shared; }  ///< private to icc/

  private:
    explicit Profile(std::shared_ptr<const Shared> shared) : m_shared(std::move(shared)) {}
    std::shared_ptr<const Shared> m_shared;
};

}  // namespace contone::icc
