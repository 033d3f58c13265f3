// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Half B: the linear working space to device samples, by a 65³ table behind an L* shaper.
#include <array>
#include <cmath>

#include "icc/curve_p.h"
#include "icc/lattice_p.h"
#include "icc/table_cache_p.h"
#include "icc/transforms.h"
#include "icc/working_space_p.h"

namespace contone::icc {
namespace {

/// Raised whenever the table of the same profile and options would come out differently.
constexpr int tableVersion = 1;
constexpr float topPosition = Lattice::grid - 1;
/// CIE L* / 100 of a relative luminance, both 0…1 (CIE 15:2004), and back.
constexpr double epsilon = 216.0 / 24389.0, kappa = 24389.0 / 27.0;
double lightness(double y) {
    return y <= epsilon ? y * kappa / 100.0 : 1.16 * std::cbrt(y) - 0.16;
}
double luminance(double l) {
    const double root = (l + 0.16) / 1.16;
    return l <= epsilon * kappa / 100.0 ? l * 100.0 / kappa : root * root * root;
}

std::unexpected<Error> noOutput(std::string detail) {
    return fail(Code::Unsupported, "profile-no-output",
                "This colour profile cannot be printed with. Choose the profile of a printer and paper.",
                std::move(detail));
}

Sha256 keyOf(const Profile& device, const OutputTransform::Options& options) {
    std::string text = "contone-output-table " + std::to_string(tableVersion) + " lcms " +
                       std::to_string(cmsGetEncodedCMMversion()) + " device " + device.hash().toString() + " intent " +
                       toString(options.intent) + " gamut " + toString(options.gamut);
    text += options.blackPoint == BlackPoint::Compensate ? " compensated" : " as-is";
    return Sha256::of(text);
}

Result<std::vector<std::uint16_t>> sampleTable(const Profile& device, const OutputTransform::Options& options) {
    const Context context;
    const ProfileHandle working = workingProfile(context, options.gamut), target = context.open(device.bytes());
    if (!working || !target) return noOutput(context.messages());
    const cmsUInt32Number compensation =
        options.blackPoint == BlackPoint::Compensate ? cmsFLAGS_BLACKPOINTCOMPENSATION : 0;
    const TransformHandle transform(cmsCreateTransformTHR(context.get(), working.get(), TYPE_RGB_FLT, target.get(),
                                                          floatFormat(device.model()), toLcms(options.intent),
                                                          exactFlags | compensation));
    if (!transform) return noOutput(context.messages());
    std::array<float, Lattice::grid> linear;
    for (int i = 0; i < Lattice::grid; ++i) linear[i] = static_cast<float>(luminance(i / (Lattice::grid - 1.0)));
    auto nodes = Lattice::sample(device.channels(), [&](const float* positions, float* out) {
        constexpr int pixels = Lattice::grid * Lattice::grid;
        std::vector<float> colours(static_cast<std::size_t>(pixels) * 3);
        for (std::size_t i = 0; i < colours.size(); ++i) colours[i] = linear[static_cast<std::size_t>(positions[i])];
        runTransform(transform.get(), colours.data(), ColourModel::Rgb, out, device.model(), pixels);
    });
    if (nodes.empty()) return noOutput("device values that are not numbers");
    return nodes;
}

}  // namespace

struct OutputTransform::Impl {
    Impl(ColourModel m, int channels, const std::vector<std::uint16_t>& nodes)
        : model(m), lattice(channels, nodes), hash(hashOf(nodes)) {}

    ColourModel model;
    Lattice lattice;
    Sha256 hash;
    /// Light → position in the lattice. Eight octaves reach below the linear part of L*, so black is exact.
    RootCurve shaper{8, [](double y) { return lightness(y) * static_cast<double>(topPosition); }};

    template <int channels>
    void apply(const float* in, float* out, int pixels) const {
        for (int i = 0; i < pixels; ++i, in += 3, out += channels) {
            const Lattice::Node value = lattice.at(shaper(in[0]), shaper(in[1]), shaper(in[2]));
            for (int c = 0; c < channels; ++c) out[c] = value[c];
        }
    }
};

Result<OutputTransform> OutputTransform::create(const Profile& device, Options options, const Path& cache) {
    if (!device.isOutput()) return noOutput("no way back from the connection space");
    const Sha256 key = keyOf(device, options);
    const std::size_t values = static_cast<std::size_t>(Lattice::nodeCount) * device.channels();
    auto table = loadTable(cache, key, values);
    if (!table) {
        CONTONE_TRY(auto sampled, sampleTable(device, options));
        table = std::move(sampled);
        saveTable(cache, key, *table);
    }
    return OutputTransform(std::make_shared<const Impl>(device.model(), device.channels(), *table));
}

int OutputTransform::channels() const {
    return m_impl->lattice.channels();
}

void OutputTransform::apply(const float* in, float* out, int pixels) const {
    switch (m_impl->lattice.channels()) {
        case 1:
            return m_impl->apply<1>(in, out, pixels);
        case 3:
            return m_impl->apply<3>(in, out, pixels);
        default:
            return m_impl->apply<4>(in, out, pixels);
    }
}

std::array<float, 4> OutputTransform::paper() const {
    switch (m_impl->model) {
        case ColourModel::Cmyk:
            return {0, 0, 0, 0};
        case ColourModel::Gray:
            return {1, 0, 0, 0};
        default:
            return {1, 1, 1, 0};
    }
}

const Sha256& OutputTransform::tableHash() const {
    return m_impl->hash;
}

}  // namespace contone::icc
