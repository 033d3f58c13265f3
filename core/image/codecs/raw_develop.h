// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RawLook: the one look of developed camera RAW: a tone curve, and the encoding of the strips.
#pragma once

#include <cstdint>
#include <vector>

namespace contone::image {

/// From linear light (ROMM RGB primaries, white at the sensor's saturation after white balance; 65535 is 1.0) to ROMM
/// RGB as ISO 22028-2 encodes it, 16 bit.
///
/// The curve is f(x) = (1 + k) x^c / (x^c + k): a straight middle in log exposure, a soft shoulder that ends at white
/// exactly where the sensor ends, a soft toe (Naka and Rushton 1966, as sigmoid tone mappers use it). c = 1.35. k is
/// chosen so that light at 10 % of saturation comes out at 18 % (L* 49.5): a camera meters to 10/78 = 12.8 % of
/// saturation (ISO 12232, saturation based speed), most keep a third of a stop more as headroom, and their JPEG shows
/// that light as 18 % (ISO 12232, standard output sensitivity). A DNG's BaselineExposure moves that point; white stays.
///
/// Hue: the largest and the smallest channel go through the curve, the middle one keeps its place between them (as the
/// DNG SDK's RGBTone does), so saturated colours do not turn. Tables are made once; the loop is integers.
class RawLook {
  public:
    static constexpr double contrast = 1.35, meteredLight = 0.10, shownLight = 0.18;
    /// `exposure` in EV, what is outside -3…3 or no number counts as the nearest or as 0.
    explicit RawLook(double exposure = 0);
    /// The curve by itself, 0…1 to 0…1.
    double tone(double light) const;
    /// `from` are `width` pixels of four samples, of which the first three count; `to` gets three each.
    void develop(const std::uint16_t (*from)[4], int width, std::uint16_t* to) const;

  private:
    double m_k = 0;
    std::vector<std::uint16_t> m_tone, m_encoded;
};

}  // namespace contone::image
