// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Code points → numbers. The tables are those of ITU-T H.273 (07/2024).
#include "icc/coded_colours_p.h"

#include <algorithm>
#include <cmath>

#include "icc/source.h"

namespace contone::icc {
namespace {

using image::SourceColour;

constexpr double d65x = 0.3127, d65y = 0.3290, illuminantCx = 0.310, illuminantCy = 0.316;
constexpr Chromaticities bt709{d65x, d65y, 0.640, 0.330, 0.300, 0.600, 0.150, 0.060};

struct Primaries {
    int code;
    const char* name;
    Chromaticities xy;
};
constexpr std::array primaries{
    Primaries{1, "BT.709", bt709},
    Primaries{4, "BT.470 M", {illuminantCx, illuminantCy, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08}},
    Primaries{5, "BT.601 625", {d65x, d65y, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06}},
    Primaries{6, "BT.601 525", {d65x, d65y, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070}},
    Primaries{7, "SMPTE 240M", {d65x, d65y, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070}},
    Primaries{8, "film", {illuminantCx, illuminantCy, 0.681, 0.319, 0.243, 0.692, 0.145, 0.049}},
    Primaries{9, "BT.2020", {d65x, d65y, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046}},
    Primaries{10, "CIE XYZ", {1.0 / 3, 1.0 / 3, 1, 0, 0, 1, 0, 0}},
    Primaries{11, "DCI P3", {0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060}},
    Primaries{12, "P3 D65", {d65x, d65y, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060}},
    Primaries{22, "EBU 3213", {d65x, d65y, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077}},
};

/// The inverse of a camera's curve with a straight piece: `slope` below the signal beta * slope.
double camera(double x, double alpha, double beta, double slope) {
    return x < beta * slope ? x / slope : std::pow((x + alpha - 1) / alpha, 1 / 0.45);
}
double bt709Curve(double x) {
    return camera(x, 1.09929682680944, 0.018053968510807, 4.5);
}
double smpte240Curve(double x) {
    return camera(x, 1.111572195921731, 0.022821585529445, 4.0);
}
double gamma22(double x) {
    return std::pow(x, 2.2);
}
double gamma28(double x) {
    return std::pow(x, 2.8);
}
double linear(double x) {
    return x;
}
/// SMPTE ST 2084; 1 is the white of BT.2408.
double pqCurve(double x) {
    constexpr double m1 = 2610.0 / 16384, m2 = 2523.0 / 4096 * 128, c1 = 3424.0 / 4096, c2 = 2413.0 / 4096 * 32,
                     c3 = 2392.0 / 4096 * 32;
    const double root = std::pow(x, 1 / m2);
    return 10000.0 / 203.0 * std::pow(std::max(root - c1, 0.0) / (c2 - c3 * root), 1 / m1);
}

struct Transfer {
    int code;
    const char* name;
    double (*toLight)(double);
};
constexpr int srgbTransfer = 13;
constexpr std::array transfers{
    Transfer{4, "gamma 2.2", gamma22},
    Transfer{5, "gamma 2.8", gamma28},
    Transfer{7, "240M", smpte240Curve},
    Transfer{8, "linear", linear},
    Transfer{11, "BT.709", bt709Curve},
    Transfer{12, "BT.709", bt709Curve},
    Transfer{srgbTransfer, "sRGB", srgbToLinear},
    Transfer{16, "PQ", pqCurve},
    Transfer{18, "HLG", bt709Curve},
};
/// The curves of video cameras, BT.709, BT.601 and BT.2020. Who writes one into a still picture has pixels that were
/// made for a screen.
constexpr std::array cameraTransfers{1, 6, 14, 15};
constexpr int pq = 16;

/// Gives computed colours their name and their hash: of a text that says all the numbers. `curve` names the curve.
SourceColour named(SourceColour colour, const std::string& name, const std::string& curve) {
    std::string text = "contone-source-1 " + curve;
    if (colour.kind == SourceColour::Kind::Matrix)
        for (const std::int32_t value : colour.colorants) text += " " + std::to_string(value);
    colour.profile = Sha256::of(text);
    const KnownProfile known = recognise(colour);
    colour.isKnown = known != KnownProfile::None;
    colour.name = colour.isKnown ? toString(known) : name;
    return colour;
}

SourceColour matrixColours(image::SourceBasis basis, const Matrix& colorants, image::ToneCurve curve) {
    SourceColour colour;
    colour.basis = basis;
    colour.curves.push_back(std::move(curve));
    setColorants(colour, colorants);
    return colour;
}

SourceColour grayColours(image::SourceBasis basis, image::ToneCurve curve) {
    SourceColour colour;
    colour.kind = SourceColour::Kind::Gray;
    colour.basis = basis;
    colour.curves.push_back(std::move(curve));
    return colour;
}

}  // namespace

std::optional<Matrix> colorantsFrom(const Chromaticities& xy) {
    constexpr Matrix bradford{0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296};
    if (std::ranges::any_of(xy, [](double v) { return !(v >= -1 && v <= 2); }) || !(xy[1] >= 0.01)) return {};
    const Vector white{xy[0] / xy[1], 1, (1 - xy[0] - xy[1]) / xy[1]};
    Matrix rgb{};
    for (std::size_t c = 0; c < 3; ++c) {
        rgb[c] = xy[2 + 2 * c];
        rgb[3 + c] = xy[3 + 2 * c];
        rgb[6 + c] = 1 - rgb[c] - rgb[3 + c];
    }
    const auto back = inverse(rgb), fromCones = inverse(bradford);
    if (!back || !fromCones) return {};
    const Vector amount = multiply(*back, white);
    if (std::ranges::any_of(amount, [](double v) { return !(v > 0); })) return {};
    for (std::size_t i = 0; i < 9; ++i) rgb[i] *= amount[i % 3];
    const Vector from = multiply(bradford, white), to = multiply(bradford, d50);
    if (std::ranges::any_of(from, [](double v) { return !(v > 0.01); })) return {};
    const Matrix scale{to[0] / from[0], 0, 0, 0, to[1] / from[1], 0, 0, 0, to[2] / from[2]};
    return multiply(multiply(*fromCones, multiply(scale, bradford)), rgb);
}

std::optional<CodedColours> codedColours(image::Cicp cicp, image::Channels channels) {
    if (std::ranges::find(cameraTransfers, cicp.transfer) != cameraTransfers.end()) cicp.transfer = srgbTransfer;
    const auto triangle = std::ranges::find(primaries, cicp.primaries, &Primaries::code);
    const auto transfer = std::ranges::find(transfers, cicp.transfer, &Transfer::code);
    if (channels == image::Channels::Cmyk || triangle == primaries.end() || transfer == transfers.end()) return {};
    constexpr auto basis = image::SourceBasis::ContainerCicp;
    CodedColours coded;
    if (cicp.transfer == pq) coded.warnings.add(image::PhotoWarning::HdrClipped);
    const std::string curve = std::string(transfer->name) + " curve";
    if (channels == image::Channels::Gray) {
        coded.colour = named(grayColours(basis, toneCurve(transfer->toLight)), "Gray, " + curve, curve);
        return coded;
    }
    // Two of them ship with the program, with the very numbers that everyone's profiles hold.
    if (cicp == image::Cicp{1, 13}) {
        coded.colour = sourceColour(Profile::srgb(), basis);
        return coded;
    }
    if (cicp == image::Cicp{12, 13}) {
        coded.colour = sourceColour(Profile::displayP3(), basis);
        return coded;
    }
    const auto colorants = colorantsFrom(triangle->xy);
    if (!colorants) return {};
    coded.colour = named(matrixColours(basis, *colorants, toneCurve(transfer->toLight)),
                         std::string(triangle->name) + " primaries, " + curve, curve);
    return coded;
}

std::optional<SourceColour> gamaColours(const image::Gama& gama, image::Channels channels) {
    const double exponent = gama.gamma == 0 ? 0 : 100000.0 / gama.gamma;
    if (channels == image::Channels::Cmyk || (gama.gamma == 0 && !gama.chromaticities)) return {};
    if (gama.gamma != 0 && !(exponent >= 0.1 && exponent <= 10)) return {};
    const auto power = [exponent](double x) { return std::pow(x, exponent); };
    image::ToneCurve curve = gama.gamma == 0 ? toneCurve(srgbToLinear) : toneCurve(power);
    const std::string curveName = gama.gamma == 0 ? "sRGB curve" : "gamma 100000/" + std::to_string(gama.gamma);
    constexpr auto basis = image::SourceBasis::ContainerGama;
    if (channels == image::Channels::Gray)
        return named(grayColours(basis, std::move(curve)), "Gray, " + curveName, curveName);
    Chromaticities xy = bt709;
    if (gama.chromaticities)
        for (std::size_t i = 0; i < xy.size(); ++i) xy[i] = (*gama.chromaticities)[i] / 100000.0;
    const auto colorants = colorantsFrom(xy);
    if (!colorants) return {};
    SourceColour colour = matrixColours(basis, *colorants, std::move(curve));
    if (!image::check(colour)) return {};
    return named(std::move(colour),
                 gama.chromaticities ? "own primaries, " + curveName : "sRGB primaries, " + curveName, curveName);
}

SourceColour rommColours(image::SourceBasis basis) {
    const Context context;
    return named(matrixColours(basis, workingToXyz(context, WorkingGamut::Wide), toneCurve(rommToLinear)), "ROMM RGB",
                 "ROMM curve");
}

}  // namespace contone::icc
