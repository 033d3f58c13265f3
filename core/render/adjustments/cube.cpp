// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A look of the shop's own over the photo, all of it or a part. Light becomes the numbers that the look was made for,
// by arithmetic that is the same on every processor, and light again.
#include "core/render/adjustments/cube.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/render/adjustments/coded_light.h"
#include "core/render/adjustments/list_p.h"

namespace contone::render {
namespace {

icc::Profile profileOf(CubeEncoding encoding) {
    if (encoding == CubeEncoding::DisplayP3) return icc::Profile::displayP3();
    if (encoding == CubeEncoding::AdobeRgb) return icc::Profile::adobeRgbCompatible();
    return icc::Profile::srgb();
}

CodeCurve curveOf(CubeEncoding encoding) {
    if (encoding == CubeEncoding::LinearSrgb) return {};
    return encoding == CubeEncoding::AdobeRgb ? CodeCurve::adobeRgb() : CodeCurve::srgb();
}

class CubeStage final : public RowStage {
  public:
    CubeStage(std::shared_ptr<const CubeLook> look, CubeEncoding encoding, double amount, icc::WorkingGamut gamut)
        : m_look(std::move(look)),
          m_amount(static_cast<float>(amount)),
          m_curve(curveOf(encoding)),
          m_primaries(profileOf(encoding), gamut) {}
    void run(Row& row) const override {
        float* codes = row.scratch;
        const int samples = row.width * 3;
        for (int x = 0; x < samples; x += 3) std::ranges::copy(m_primaries.of(row.packed + x), row.packed + x);
        m_curve.toCodes(row.packed, samples);
        std::copy_n(row.packed, samples, codes);
        m_look->apply(codes, row.width);
        for (int i = 0; i < samples; i++) row.packed[i] += (codes[i] - row.packed[i]) * m_amount;
        m_curve.toLights(row.packed, samples);
        for (int x = 0; x < samples; x += 3) std::ranges::copy(m_primaries.back(row.packed + x), row.packed + x);
    }

  private:
    std::shared_ptr<const CubeLook> m_look;
    float m_amount;
    CodeCurve m_curve;
    OtherPrimaries m_primaries;
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings& around) {
    const auto name = cubeNamed(a.look);
    if (!name || a.lookPercent == 0) return nullptr;
    assert(around.cube);
    return std::make_shared<CubeStage>(around.cube, name->encoding, a.lookPercent / 100.0, around.gamut);
}

/// CIELAB of working RGB, D50.
Vector3 labOf(const float* rgb) {
    const Vector3 xyz = multiply(icc::workingToXyz(icc::WorkingGamut::Rec2020), Vector3{rgb[0], rgb[1], rgb[2]});
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (t * 24389 / 27 + 16) / 116; };
    const double x = f(xyz[0] / 0.9642), y = f(xyz[1]), z = f(xyz[2] / 0.8249);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

}  // namespace

std::string toText(const CubeName& name) {
    const std::string file = std::string(cubePrefix) + name.file.toString();
    return name.encoding == CubeEncoding::Srgb ? file : file + ":" + toString(name.encoding);
}

std::optional<CubeName> cubeNamed(std::string_view text) {
    constexpr std::size_t digits = 64;
    if (!text.starts_with(cubePrefix)) return std::nullopt;
    text.remove_prefix(cubePrefix.size());
    const auto file = Sha256::parse(text.substr(0, digits));
    if (!file) return std::nullopt;
    text.remove_prefix(digits);
    if (text.empty()) return CubeName{*file};
    const auto encoding = contone::parse<CubeEncoding>(text.substr(1));
    if (text.front() != ':' || !encoding || *encoding == CubeEncoding::Srgb) return std::nullopt;
    return CubeName{*file, *encoding};
}

double grayShift(const CubeLook& cube, CubeEncoding encoding) {
    constexpr int grays = 9;
    std::array<float, grays * 4> row{}, scratch{};
    for (int i = 0; i < grays; i++)
        std::fill_n(row.begin() + i * 3, 3, static_cast<float>(std::pow((30.0 + 5 * i + 16) / 116, 3)));
    const auto before = row;
    Row r{.packed = row.data(), .scratch = scratch.data(), .width = grays};
    CubeStage(std::make_shared<const CubeLook>(cube), encoding, 1, icc::WorkingGamut::Rec2020).run(r);
    double worst = 0;
    for (std::size_t i = 0; i < grays; i++) {
        const Vector3 was = labOf(&before[i * 3]), is = labOf(&r.packed[i * 3]);
        worst = std::max(worst, icc::deltaE2000(was.data(), is.data()));
    }
    return worst;
}

const Adjustment cubeLook{{}, PixelSpace::Light, Reach::Everywhere, make};

}  // namespace contone::render
