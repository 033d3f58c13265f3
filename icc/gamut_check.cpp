// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// How much of a picture the paper cannot show: there and back again.
#include <algorithm>
#include <array>

#include "icc/working_space_p.h"

namespace contone::icc {

struct GamutCheck::Impl {
    Context context;  // before the transforms: outlives them
    TransformHandle toDevice, deviceToLab, workingToLab;
    ColourModel device = ColourModel::Rgb;

    /// ΔE2000 of `pixels` working colours against what the device makes of them.
    void differences(const float* working, double* out, int pixels) const;
};

Result<GamutCheck> GamutCheck::create(const Profile& device, WorkingGamut gamut) {
    if (!device.isOutput() || !device.shared().hasInput)
        return fail(Code::Unsupported, "profile-no-output",
                    "This colour profile cannot be printed with. Choose the profile of a printer and paper.");
    auto impl = std::make_shared<Impl>();
    impl->device = device.model();
    const cmsContext context = impl->context.get();
    const ProfileHandle working = workingProfile(impl->context, gamut), paper = impl->context.open(device.bytes()),
                        lab(cmsCreateLab4ProfileTHR(context, nullptr));
    const auto relative = [&](cmsHPROFILE from, cmsUInt32Number in, cmsHPROFILE to, cmsUInt32Number out) {
        return TransformHandle(
            cmsCreateTransformTHR(context, from, in, to, out, INTENT_RELATIVE_COLORIMETRIC, exactFlags));
    };
    const cmsUInt32Number format = floatFormat(impl->device);
    impl->toDevice = relative(working.get(), TYPE_RGB_FLT, paper.get(), format);
    impl->deviceToLab = relative(paper.get(), format, lab.get(), TYPE_Lab_FLT);
    impl->workingToLab = relative(working.get(), TYPE_RGB_FLT, lab.get(), TYPE_Lab_FLT);
    if (!impl->toDevice || !impl->deviceToLab || !impl->workingToLab)
        return fail(Code::Unsupported, "profile-no-output",
                    "This colour profile cannot be printed with. Choose the profile of a printer and paper.",
                    impl->context.messages());
    return GamutCheck(std::move(impl));
}

void GamutCheck::Impl::differences(const float* working, double* out, int pixels) const {
    constexpr int chunk = 512;
    std::array<float, chunk * 4> ink{};
    std::array<float, chunk * 3> wanted, made;
    while (pixels > 0) {
        const int n = std::min(pixels, chunk);
        runTransform(toDevice.get(), working, ColourModel::Rgb, ink.data(), device, n);
        for (float& value : ink) value = value > 0 ? std::min(value, 1.0F) : 0.0F;
        runTransform(deviceToLab.get(), ink.data(), device, made.data(), ColourModel::Lab, n);
        runTransform(workingToLab.get(), working, ColourModel::Rgb, wanted.data(), ColourModel::Lab, n);
        for (int i = 0; i < n; ++i) {
            const double a[3] = {wanted[i * 3], wanted[i * 3 + 1], wanted[i * 3 + 2]};
            const double b[3] = {made[i * 3], made[i * 3 + 1], made[i * 3 + 2]};
            out[i] = deltaE2000(a, b);
        }
        working += static_cast<std::ptrdiff_t>(n) * 3;
        out += n;
        pixels -= n;
    }
}

GamutReport GamutCheck::report(const float* working, int width, int height) const {
    GamutReport result;
    if (width <= 0 || height <= 0) return result;
    const std::size_t count = static_cast<std::size_t>(width) * height;
    std::vector<double> difference(count);
    std::array<double, 9> sums{};
    std::array<std::size_t, 9> counts{};
    double total = 0;
    std::size_t outside = 0;
    for (int y = 0; y < height; ++y) {
        double* row = difference.data() + static_cast<std::size_t>(y) * width;
        m_impl->differences(working + static_cast<std::size_t>(y) * width * 3, row, width);
        for (int x = 0; x < width; ++x) {
            const int region = y * 3 / height * 3 + x * 3 / width;
            sums[region] += row[x];
            ++counts[region];
            total += row[x];
            outside += row[x] > 2.0;
        }
    }
    for (int region = 0; region < 9; ++region) {
        if (counts[region] == 0) continue;
        const double mean = sums[region] / static_cast<double>(counts[region]);
        if (mean <= result.worstRegionDeltaE) continue;
        result.worstRegion = region;
        result.worstRegionDeltaE = mean;
    }
    result.meanDeltaE = total / static_cast<double>(count);
    result.percentOutOfGamut = 100.0 * static_cast<double>(outside) / static_cast<double>(count);
    const auto p95 = difference.begin() + static_cast<std::ptrdiff_t>((count - 1) * 95 / 100);
    std::nth_element(difference.begin(), p95, difference.end());
    result.p95DeltaE = *p95;
    return result;
}

}  // namespace contone::icc
