// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Working RGB → linear device RGB by one matrix, then the inverse of the device's curves.
#include "icc/device_matrix_p.h"

namespace contone::icc {
namespace {

std::unexpected<Error> noOutput(std::string detail) {
    return fail(Code::Unsupported, "profile-no-output",
                "This colour profile cannot be printed with. Choose the profile of a printer and paper.",
                std::move(detail));
}

}  // namespace

Result<InverseCurves> inverseCurves(cmsHPROFILE profile) {
    InverseCurves inverses;
    std::array<std::shared_ptr<const Curve>, 3> curves;
    constexpr std::array tags{cmsSigRedTRCTag, cmsSigGreenTRCTag, cmsSigBlueTRCTag};
    for (std::size_t c = 0; c < 3; ++c) {
        auto curve = readCurve(profile, tags[c]);
        if (!curve) return noOutput("no tone curve");
        if (!(curve->values().back() - curve->values().front() > 0.01F)) return noOutput("a flat tone curve");
        const bool same = c > 0 && *curve == *curves[0];
        curves[c] = std::make_shared<const Curve>(*std::move(curve));
        inverses[c] = same ? inverses[0] : std::make_shared<const RootCurve>(RootCurve::inverseOf(*curves[c]));
    }
    return inverses;
}

Result<DeviceMatrix> DeviceMatrix::create(const Profile& device, const OutputTransform::Options& options) {
    const Context context;
    const ProfileHandle profile = context.open(device.bytes());
    if (!profile) return noOutput(context.messages());
    const auto primaries = colorants(profile.get());
    const auto fromXyz = primaries ? inverse(*primaries) : std::nullopt;
    if (!fromXyz) return noOutput("the matrix has no inverse");
    const Affine working{workingToXyz(context, options.gamut), {}};
    const Affine toDevice = fromCut(profile.get(), options.intent, options.blackPoint);
    CONTONE_TRY(auto curves, inverseCurves(profile.get()));
    return DeviceMatrix(compose(Affine{*fromXyz, {}}, compose(toDevice, working)), std::move(curves));
}

void DeviceMatrix::apply(const float* in, float* out, int pixels) const {
    const RootCurve &red = *m_curves[0], &green = *m_curves[1], &blue = *m_curves[2];
    for (int i = 0; i < pixels; ++i, in += 3, out += 3) {
        const auto light = m_toLight(in[0], in[1], in[2]);
        out[0] = red(light[0]);
        out[1] = green(light[1]);
        out[2] = blue(light[2]);
    }
}

Sha256 DeviceMatrix::hash() const {
    Sha256Hasher hasher;
    hasher.update(std::as_bytes(m_toLight.values()));
    for (const auto& curve : m_curves) hasher.update(std::as_bytes(curve->values()));
    return hasher.finish();
}

}  // namespace contone::icc
