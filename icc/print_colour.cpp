// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One transform to Lab, run on both pages.
#include "icc/print_colour.h"

#include "icc/lcms_p.h"

namespace contone::icc {

struct PrintColour::Impl {
    Context context;  // before the transform: outlives it
    TransformHandle toLab;
    ColourModel model = ColourModel::Rgb;
    int channels = 3;

    std::vector<float> lab(std::span<const float> samples) const {
        const std::size_t pixels = samples.size() / static_cast<std::size_t>(channels);
        std::vector<float> out(pixels * 3);
        runTransform(toLab.get(), samples.data(), model, out.data(), ColourModel::Lab, static_cast<int>(pixels));
        return out;
    }
};

Result<PrintColour> PrintColour::create(const Profile& device) {
    auto impl = std::make_shared<Impl>();
    impl->model = device.model();
    impl->channels = device.channels();
    const ProfileHandle paper = impl->context.open(device.bytes()),
                        lab(cmsCreateLab4ProfileTHR(impl->context.get(), nullptr));
    if (device.shared().hasInput && paper && lab)
        impl->toLab.reset(cmsCreateTransformTHR(impl->context.get(), paper.get(), floatFormat(impl->model), lab.get(),
                                                TYPE_Lab_FLT, INTENT_RELATIVE_COLORIMETRIC, exactFlags));
    if (!impl->toLab)
        return fail(Code::Unsupported, "profile-no-input",
                    "This colour profile does not say what its colours look like. Choose another.",
                    impl->context.messages());
    return PrintColour(std::move(impl));
}

std::vector<double> PrintColour::deltaE(std::span<const float> a, std::span<const float> b) const {
    const std::vector<float> labA = m_impl->lab(a), labB = m_impl->lab(b);
    std::vector<double> all;
    for (std::size_t i = 0; i + 2 < labA.size() && i + 2 < labB.size(); i += 3) {
        const double one[3] = {labA[i], labA[i + 1], labA[i + 2]}, other[3] = {labB[i], labB[i + 1], labB[i + 2]};
        all.push_back(deltaE2000(one, other));
    }
    return all;
}

}  // namespace contone::icc
