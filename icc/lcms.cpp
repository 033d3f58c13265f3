// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The context, its error handler and its memory limit; the few transforms that everybody in this folder needs.
#include <lcms2_plugin.h>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>

#include "icc/lcms_p.h"

namespace contone::icc {
namespace {

constexpr cmsUInt32Number maxAllocation = 64U * 1024 * 1024;

void* limitedMalloc(cmsContext, cmsUInt32Number size) {
    return size > maxAllocation ? nullptr : std::malloc(size);
}
void plainFree(cmsContext, void* memory) {
    std::free(memory);
}
void* limitedRealloc(cmsContext, void* memory, cmsUInt32Number size) {
    return size > maxAllocation ? nullptr : std::realloc(memory, size);
}

cmsPluginMemHandler memoryPlugin() {
    cmsPluginMemHandler plugin{};
    plugin.base.Magic = cmsPluginMagicNumber;
    plugin.base.ExpectedVersion = 2060;
    plugin.base.Type = cmsPluginMemHandlerSig;
    plugin.MallocPtr = limitedMalloc;
    plugin.FreePtr = plainFree;
    plugin.ReallocPtr = limitedRealloc;
    return plugin;
}

}  // namespace

Context::Context() {
    cmsPluginMemHandler plugin = memoryPlugin();
    m_context = cmsCreateContext(&plugin, this);
    if (!m_context) throw std::bad_alloc();
    cmsSetLogErrorHandlerTHR(m_context, collect);
    cmsSetAdaptationStateTHR(m_context, 1.0);
}

Context::~Context() {
    cmsDeleteContext(m_context);
}

void Context::collect(cmsContext context, cmsUInt32Number, const char* text) {
    auto* self = static_cast<Context*>(cmsGetContextUserData(context));
    if (!self) return;
    const std::lock_guard lock(self->m_mutex);
    if (self->m_messages.size() > 1000) return;
    if (!self->m_messages.empty()) self->m_messages += "; ";
    self->m_messages += text;
}

std::string Context::messages() const {
    const std::lock_guard lock(m_mutex);
    return m_messages;
}

ProfileHandle Context::open(std::span<const std::byte> bytes) const {
    return ProfileHandle(cmsOpenProfileFromMemTHR(m_context, bytes.data(), static_cast<cmsUInt32Number>(bytes.size())));
}

cmsUInt32Number toLcms(Intent intent) {
    switch (intent) {
        case Intent::Perceptual:
            return INTENT_PERCEPTUAL;
        case Intent::Relative:
            return INTENT_RELATIVE_COLORIMETRIC;
        case Intent::Saturation:
            return INTENT_SATURATION;
        case Intent::Absolute:
            return INTENT_ABSOLUTE_COLORIMETRIC;
    }
    return INTENT_RELATIVE_COLORIMETRIC;
}

cmsUInt32Number floatFormat(ColourModel model) {
    switch (model) {
        case ColourModel::Gray:
            return TYPE_GRAY_FLT;
        case ColourModel::Cmyk:
            return TYPE_CMYK_FLT;
        case ColourModel::Lab:
            return TYPE_Lab_FLT;
        case ColourModel::Rgb:
        case ColourModel::Other:
            break;
    }
    return TYPE_RGB_FLT;
}

bool alwaysCompensates(cmsHPROFILE device, Intent intent) {
    return cmsGetEncodedICCversion(device) >= 0x4000000 &&
           (intent == Intent::Perceptual || intent == Intent::Saturation);
}

TransformHandle toXyz(const Context& context, cmsHPROFILE profile, ColourModel model, Intent intent) {
    const ProfileHandle xyz(cmsCreateXYZProfileTHR(context.get()));
    if (!xyz) return nullptr;
    // The first intent picks the table of the device. The second is always relative: the XYZ profile is version 4, and
    // Little CMS compensates black whenever a version 4 profile is the target of perceptual or saturation.
    const Intent table = intent == Intent::Absolute ? Intent::Relative : intent;
    std::array<cmsHPROFILE, 2> profiles{profile, xyz.get()};
    std::array<cmsUInt32Number, 2> intents{toLcms(table), INTENT_RELATIVE_COLORIMETRIC};
    std::array<cmsBool, 2> compensate{FALSE, FALSE};
    std::array<cmsFloat64Number, 2> adaptation{1.0, 1.0};
    return TransformHandle(cmsCreateExtendedTransform(context.get(), 2, profiles.data(), compensate.data(),
                                                      intents.data(), adaptation.data(), nullptr, 0, floatFormat(model),
                                                      TYPE_XYZ_FLT, exactFlags));
}

void runTransform(cmsHTRANSFORM transform, const float* in, ColourModel inModel, float* out, ColourModel outModel,
                  int pixels) {
    constexpr int chunk = 512;
    std::array<float, chunk * 4> inks;  // filled before use
    const auto channelsOf = [](ColourModel m) { return m == ColourModel::Gray ? 1 : m == ColourModel::Cmyk ? 4 : 3; };
    const int inChannels = channelsOf(inModel), outChannels = channelsOf(outModel);
    while (pixels > 0) {
        const int n = std::min(pixels, chunk);
        const float* from = in;
        if (inModel == ColourModel::Cmyk) {
            for (int i = 0; i < n * 4; ++i) inks[i] = in[i] * 100.0F;
            from = inks.data();
        }
        cmsDoTransform(transform, from, out, static_cast<cmsUInt32Number>(n));
        if (outModel == ColourModel::Cmyk)
            for (int i = 0; i < n * 4; ++i) out[i] *= 0.01F;
        in += static_cast<std::ptrdiff_t>(n) * inChannels;
        out += static_cast<std::ptrdiff_t>(n) * outChannels;
        pixels -= n;
    }
}

double evaluate(const cmsToneCurve* curve, double x) {
    if (cmsGetToneCurveParametricType(curve) != 0)
        return static_cast<double>(cmsEvalToneCurveFloat(curve, static_cast<float>(x)));
    const cmsUInt32Number entries = cmsGetToneCurveEstimatedTableEntries(curve);
    const cmsUInt16Number* table = cmsGetToneCurveEstimatedTable(curve);
    if (entries < 2) return x;
    const double position = std::clamp(x, 0.0, 1.0) * (entries - 1);
    const auto index = std::min(static_cast<cmsUInt32Number>(position), entries - 2);
    const double fraction = position - index;
    return (table[index] + fraction * (table[index + 1] - static_cast<double>(table[index]))) / 65535.0;
}

}  // namespace contone::icc
