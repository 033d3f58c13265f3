// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Half B: the linear working space to device samples, by a table behind an L* shaper; matrix profiles exactly.
#include <algorithm>
#include <array>
#include <cmath>
#include <variant>

#include "icc/curve_p.h"
#include "icc/device_matrix_p.h"
#include "icc/lattice_p.h"
#include "icc/table_cache_p.h"
#include "icc/transforms.h"
#include "icc/working_space_p.h"

namespace contone::icc {
namespace {

/// Black and white are nodes, with room beyond: sources with tables reach a little below black and above white
/// (-0.0044…1.034 fits here), and clipping that would cost up to ΔE 2.
struct Nodes {
    int grid, black, white;
};
/// 81 nodes leave ΔE2000 of less than 0.5 for relative and perceptual, adjusted pictures too. Saturation and absolute
/// clip more sharply: there 81 leave 0.6 and 113 less than 0.5 (CMYK by absolute 0.56, which 129 do not cure;
/// docs/colour.md).
constexpr Nodes nodesFor(Intent intent) {
    return intent == Intent::Saturation || intent == Intent::Absolute ? Nodes{113, 5, 110} : Nodes{81, 3, 79};
}
/// CIE L* / 100 of a relative luminance (CIE 15:2004), and back.
constexpr double epsilon = 216.0 / 24389.0, kappa = 24389.0 / 27.0;
double lightness(double y) {
    return y <= epsilon ? y * kappa / 100.0 : 1.16 * std::cbrt(y) - 0.16;
}
double luminance(double l) {
    const double root = (l + 0.16) / 1.16;
    return l <= epsilon * kappa / 100.0 ? l * 100.0 / kappa : root * root * root;
}
double nodeOf(const Nodes& nodes, double light) {
    return std::min(nodes.black + lightness(light) * (nodes.white - nodes.black), nodes.grid - 1.0);
}
double lightAt(const Nodes& nodes, int node) {
    return luminance(static_cast<double>(node - nodes.black) / (nodes.white - nodes.black));
}

std::unexpected<Error> noOutput(std::string detail) {
    return fail(Code::Unsupported, "profile-no-output",
                "This colour profile cannot be printed with. Choose the profile of a printer and paper.",
                std::move(detail));
}

Sha256 keyOf(const Profile& device, const OutputTransform::Options& options) {
    std::string text = "contone-output-table " + std::to_string(outputTableVersion) + " lcms " +
                       std::to_string(cmsGetEncodedCMMversion()) + " device " + device.hash().toString() + " intent " +
                       toString(options.intent) + " gamut " + toString(options.gamut);
    text += options.blackPoint == BlackPoint::Compensate ? " compensated" : " as-is";
    return Sha256::of(text);
}

Result<std::vector<std::uint16_t>> sampleTable(const Profile& device, const OutputTransform::Options& options) {
    const Context context;
    const TransformHandle transform = exactOutput(context, device, options);
    if (!transform) return noOutput(context.messages());
    const Nodes shape = nodesFor(options.intent);
    std::vector<float> light;
    for (int node = 0; node < shape.grid; ++node) light.push_back(static_cast<float>(lightAt(shape, node)));
    const int pixels = shape.grid * shape.grid;
    auto nodes = Lattice::sample(shape.grid, device.channels(), [&](const float* positions, float* out) {
        std::vector<float> colours(static_cast<std::size_t>(pixels) * 3);
        for (std::size_t i = 0; i < colours.size(); ++i) colours[i] = light[static_cast<std::size_t>(positions[i])];
        runTransform(transform.get(), colours.data(), ColourModel::Rgb, out, device.model(), pixels);
    });
    if (nodes.empty()) return noOutput("device values that are not numbers");
    return nodes;
}

/// The table with the shaper in front.
struct ShapedLattice {
    ShapedLattice(const Nodes& nodes, int channels, const std::vector<std::uint16_t>& table)
        : lattice(nodes.grid, channels, table), shaper(-8, 1, [&](double light) { return nodeOf(nodes, light); }) {}
    Lattice lattice;
    /// Light → position in the lattice. Eight octaves reach below the linear part of L*, so nothing is lost at black.
    RootCurve shaper;

    template <class T>
    void apply(const float* in, T* out, int pixels) const {
        constexpr int chunk = 256;
        std::array<float, chunk * 3> positions;  // filled before use
        while (pixels > 0) {
            const int n = std::min(pixels, chunk);
            kernels::root(shaper.plain(), in, positions.data(), n * 3);
            kernels::interpolate(lattice.plain(), positions.data(), 1.0F, out, n);
            in += static_cast<std::ptrdiff_t>(n) * 3;
            out += static_cast<std::ptrdiff_t>(n) * lattice.channels();
            pixels -= n;
        }
    }
};

}  // namespace

TransformHandle exactOutput(const Context& context, const Profile& device, const OutputTransform::Options& options) {
    const ProfileHandle working = workingProfile(context, options.gamut), target = context.open(device.bytes());
    if (!working || !target) return nullptr;
    const cmsUInt32Number compensation =
        options.blackPoint == BlackPoint::Compensate ? cmsFLAGS_BLACKPOINTCOMPENSATION : 0;
    return TransformHandle(cmsCreateTransformTHR(context.get(), working.get(), TYPE_RGB_FLT, target.get(),
                                                 floatFormat(device.model()), toLcms(options.intent),
                                                 exactFlags | compensation));
}

struct OutputTransform::Impl {
    ColourModel model;
    int channels;
    std::variant<ShapedLattice, DeviceMatrix> half;
};

Result<OutputTransform> OutputTransform::create(const Profile& device, Options options, const Path& cache) {
    if (!device.isOutput()) return noOutput("no way back from the connection space");
    const ColourModel model = device.model();
    const int channels = device.channels();
    if (device.kind() == ProfileKind::MatrixTrc) {
        CONTONE_TRY(DeviceMatrix matrix, DeviceMatrix::create(device, options));
        return OutputTransform(std::make_shared<const Impl>(model, channels, std::move(matrix)));
    }
    const Sha256 key = keyOf(device, options);
    const Nodes nodes = nodesFor(options.intent);
    auto table = loadTable(cache, key, Lattice::valueCount(nodes.grid, channels));
    if (!table) {
        CONTONE_TRY(auto sampled, sampleTable(device, options));
        table = std::move(sampled);
        saveTable(cache, key, *table);
    }
    return OutputTransform(std::make_shared<const Impl>(model, channels, ShapedLattice(nodes, channels, *table)));
}

int OutputTransform::channels() const {
    return m_impl->channels;
}

void OutputTransform::apply(const float* in, float* out, int pixels) const {
    if (const auto* matrix = std::get_if<DeviceMatrix>(&m_impl->half)) return matrix->apply(in, out, pixels);
    std::get<ShapedLattice>(m_impl->half).apply(in, out, pixels);
}

void OutputTransform::apply(const float* in, std::uint16_t* out, int pixels) const {
    const auto* matrix = std::get_if<DeviceMatrix>(&m_impl->half);
    if (!matrix) return std::get<ShapedLattice>(m_impl->half).apply(in, out, pixels);
    constexpr int chunk = 256;
    std::array<float, chunk * 3> device;  // filled before use
    while (pixels > 0) {
        const int n = std::min(pixels, chunk), samples = n * m_impl->channels;
        matrix->apply(in, device.data(), n);
        for (int i = 0; i < samples; ++i)
            out[i] = static_cast<std::uint16_t>(std::clamp(device[i], 0.0F, 1.0F) * 65535.0F + 0.5F);
        in += static_cast<std::ptrdiff_t>(n) * 3;
        out += samples;
        pixels -= n;
    }
}

std::array<float, 4> paperOf(const Profile& device) {
    switch (device.model()) {
        case ColourModel::Cmyk:
            return {0, 0, 0, 0};
        case ColourModel::Gray:
            return {1, 0, 0, 0};
        default:
            return {1, 1, 1, 0};
    }
}

Sha256 OutputTransform::tableHash() const {
    if (const auto* matrix = std::get_if<DeviceMatrix>(&m_impl->half)) return matrix->hash();
    return hashOf(std::get<ShapedLattice>(m_impl->half).lattice.nodes());
}

BlackPoint effectiveBlackPoint(const Profile& device, Intent intent, BlackPoint asked) {
    if (intent == Intent::Absolute) return BlackPoint::AsIs;
    if (device.shared().isV4 && (intent == Intent::Perceptual || intent == Intent::Saturation))
        return BlackPoint::Compensate;
    return asked;
}

}  // namespace contone::icc
