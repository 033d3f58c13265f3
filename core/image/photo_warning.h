// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoWarning: what was odd about a photo but did not stop us. A number between processes, a sentence for people.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace contone::image {

/// The values travel between processes of one build only.
enum class PhotoWarning : std::uint8_t {
    ProfileDamaged,
    ExifDamaged,
    EndMarkMissing,
    SlightlyDamaged,
    AlphaFlattened,      ///< see-through parts lie on paper white now
    FirstPageOnly,       ///< of a file of many pages, pictures or layers
    FirstFrameOnly,      ///< of an animation or a burst
    GainMapIgnored,      ///< an HDR photo's standard picture is printed
    HdrClipped,          ///< brighter than white: clipped
    RawUnproved,         ///< a camera's RAW of a kind that was never compared with a known result
    RawPreviewUsed,      ///< only the picture inside the RAW could be read
    ReducedDepth,        ///< 32-bit samples became 16-bit ones
    ColoursUnspecified,  ///< coded colours say "unspecified" or something unknown
    PagesTooMany,        ///< not all pages were looked at
    InkGuessed,          ///< CMYK that does not say whether it is stored upside down
    NumbersScaled,       ///< floating point of 0…255 that was taken for pixel values, not for light
};
constexpr int photoWarningCount = 16;

/// One plain sentence. An unknown value gives an empty one.
std::string toSentence(PhotoWarning warning);

/// A set, in the order of the enum. A value.
class PhotoWarnings {
  public:
    PhotoWarnings() = default;
    /// Bits that no warning has are dropped: the number may come from another process.
    explicit PhotoWarnings(std::uint64_t bits) : m_bits(bits & ((1ULL << photoWarningCount) - 1)) {}
    void add(PhotoWarning warning) { m_bits |= 1ULL << static_cast<unsigned>(warning); }
    void add(PhotoWarnings others) { m_bits |= others.m_bits; }
    bool has(PhotoWarning warning) const { return (m_bits >> static_cast<unsigned>(warning) & 1) != 0; }
    bool empty() const { return m_bits == 0; }
    std::uint64_t bits() const { return m_bits; }
    std::vector<std::string> sentences() const;
    bool operator==(const PhotoWarnings&) const = default;

  private:
    std::uint64_t m_bits = 0;
};

}  // namespace contone::image
