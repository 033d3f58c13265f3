// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Device samples to monitor RGB, as the paper will look. Exact Little CMS, so that no table comes between page and eye.
#include <algorithm>

#include "icc/lcms_p.h"

namespace contone::icc {

struct ProofTransform::Impl {
    Context context;  // before the transform: outlives it
    TransformHandle transform;
    ColourModel device = ColourModel::Rgb;
};

Result<ProofTransform> ProofTransform::create(const Profile& device, const Profile& monitor, Simulate simulate) {
    if (!device.shared().hasInput)
        return fail(Code::Unsupported, "profile-no-input", "This profile does not say how its colours look on paper.");
    if (monitor.model() != ColourModel::Rgb || !monitor.isOutput())
        return fail(Code::Unsupported, "profile-no-output",
                    "This is not the profile of a screen. Choose the profile of the monitor.");
    auto impl = std::make_shared<Impl>();
    impl->device = device.model();
    const ProfileHandle from = impl->context.open(device.bytes()), to = impl->context.open(monitor.bytes());
    if (!from || !to) return fail(Code::Internal, "profile-damaged", "A colour profile could not be opened again.");
    const Intent intent = simulate == Simulate::PaperAndInk ? Intent::Absolute : Intent::Relative;
    impl->transform.reset(cmsCreateTransformTHR(impl->context.get(), from.get(), floatFormat(impl->device), to.get(),
                                                TYPE_RGB_FLT, toLcms(intent), exactFlags));
    if (!impl->transform)
        return fail(Code::Unsupported, "profile-no-output", "This paper cannot be shown on this monitor profile.",
                    impl->context.messages());
    return ProofTransform(std::move(impl));
}

void ProofTransform::apply(const float* in, float* out, int pixels) const {
    runTransform(m_impl->transform.get(), in, m_impl->device, out, ColourModel::Rgb, pixels);
    for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(pixels) * 3; ++i)
        out[i] = out[i] > 0 ? std::min(out[i], 1.0F) : 0.0F;
}

}  // namespace contone::icc
