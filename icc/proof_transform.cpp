// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Device samples to monitor RGB, as the paper will look.
#include <algorithm>
#include <optional>

#include "icc/device_matrix_p.h"
#include "icc/lattice_p.h"

namespace contone::icc {
namespace {

constexpr int grid = 65;

/// Lab ↔ table values 0…1, as ICC.1:2010 section 6.3.4 encodes Lab in 16 bits.
void encodeLab(float* lab, int pixels) {
    for (int i = 0; i < pixels; ++i, lab += 3) {
        lab[0] /= 100.0F;
        lab[1] = (lab[1] + 128.0F) / 255.0F;
        lab[2] = (lab[2] + 128.0F) / 255.0F;
    }
}

/// The inverse of the cube root in CIELAB.
float cubed(float f) {
    return f > 6.0F / 29.0F ? f * f * f : (f - 16.0F / 116.0F) * (108.0F / 841.0F);
}

/// Device RGB → Lab by a table (paper is smooth; what clips is the monitor), then exactly to the monitor. Faster than
/// Little CMS by an order of magnitude, and off by less than ΔE2000 0.3 (tests/icc/proof_test.cpp).
struct TabledProof {
    Lattice lab;
    PixelAffine toLight;
    InverseCurves curves;

    void apply(const float* in, float* out, int pixels) const {
        constexpr float top = grid - 1;
        const auto position = [](float x) { return (x > 0 ? std::min(x, 1.0F) : 0.0F) * top; };
        for (int i = 0; i < pixels; ++i, in += 3, out += 3) {
            const Lattice::Node node = lab.at(position(in[0]), position(in[1]), position(in[2]));
            const float fy = (node[0] * 100.0F + 16.0F) / 116.0F;
            const float fx = fy + (node[1] * 255.0F - 128.0F) / 500.0F, fz = fy - (node[2] * 255.0F - 128.0F) / 200.0F;
            const auto light =
                toLight(cubed(fx) * static_cast<float>(d50[0]), cubed(fy), cubed(fz) * static_cast<float>(d50[2]));
            for (int c = 0; c < 3; ++c) out[c] = (*curves[c])(light[c]);
        }
    }
};

std::unexpected<Error> cannotShow(std::string detail) {
    return fail(Code::Unsupported, "profile-no-output",
                "This paper cannot be shown with this monitor profile. Choose the profile of the monitor.",
                std::move(detail));
}

Result<TabledProof> tabled(const Context& context, cmsHPROFILE device, cmsHPROFILE monitor, Intent intent) {
    const ProfileHandle lab(cmsCreateLab4ProfileTHR(context.get(), nullptr));
    const TransformHandle toLab(cmsCreateTransformTHR(context.get(), device, TYPE_RGB_FLT, lab.get(), TYPE_Lab_FLT,
                                                      INTENT_RELATIVE_COLORIMETRIC, exactFlags));
    if (!toLab) return cannotShow(context.messages());
    const auto nodes = Lattice::sample(grid, 3, [&](const float* positions, float* out) {
        constexpr int pixels = grid * grid;
        std::vector<float> rgb(positions, positions + static_cast<std::ptrdiff_t>(pixels) * 3);
        for (float& v : rgb) v /= grid - 1;
        runTransform(toLab.get(), rgb.data(), ColourModel::Rgb, out, ColourModel::Lab, pixels);
        encodeLab(out, pixels);
    });
    if (nodes.empty()) return cannotShow("colours that are not numbers");
    CONTONE_TRY(auto curves, inverseCurves(monitor));
    const auto primaries = colorants(monitor);
    const auto fromXyz = primaries ? inverse(*primaries) : std::nullopt;
    if (!fromXyz) return cannotShow("the matrix has no inverse");
    const Affine toMonitor =
        compose(fromCut(monitor, intent, BlackPoint::AsIs), towardsCut(device, intent, BlackPoint::AsIs));
    return TabledProof{Lattice(grid, 3, nodes), PixelAffine(compose(Affine{*fromXyz, {}}, toMonitor)),
                       std::move(curves)};
}

}  // namespace

struct ProofTransform::Impl {
    Context context;  // before the transform: outlives it
    TransformHandle exact;
    ColourModel device = ColourModel::Rgb;
    std::optional<TabledProof> table;
};

Result<ProofTransform> ProofTransform::create(const Profile& device, const Profile& monitor, Simulate simulate) {
    if (!device.shared().hasInput)
        return fail(Code::Unsupported, "profile-no-input", "This profile does not say how its colours look on paper.");
    if (monitor.model() != ColourModel::Rgb || !monitor.isOutput())
        return cannotShow("not an RGB profile with a way back from the connection space");
    auto impl = std::make_shared<Impl>();
    impl->device = device.model();
    const ProfileHandle from = impl->context.open(device.bytes()), to = impl->context.open(monitor.bytes());
    if (!from || !to) return cannotShow(impl->context.messages());
    const Intent intent = simulate == Simulate::PaperAndInk ? Intent::Absolute : Intent::Relative;
    if (device.model() == ColourModel::Rgb && device.kind() == ProfileKind::Lut &&
        monitor.kind() == ProfileKind::MatrixTrc) {
        CONTONE_TRY(auto table, tabled(impl->context, from.get(), to.get(), intent));
        impl->table = std::move(table);
        return ProofTransform(std::move(impl));
    }
    impl->exact.reset(cmsCreateTransformTHR(impl->context.get(), from.get(), floatFormat(impl->device), to.get(),
                                            TYPE_RGB_FLT, toLcms(intent), exactFlags));
    if (!impl->exact) return cannotShow(impl->context.messages());
    return ProofTransform(std::move(impl));
}

void ProofTransform::apply(const float* in, float* out, int pixels) const {
    if (m_impl->table) return m_impl->table->apply(in, out, pixels);
    runTransform(m_impl->exact.get(), in, m_impl->device, out, ColourModel::Rgb, pixels);
    for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(pixels) * 3; ++i)
        out[i] = out[i] > 0 ? std::min(out[i], 1.0F) : 0.0F;
}

}  // namespace contone::icc
