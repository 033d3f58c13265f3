// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Opening a profile: everything that could make it unusable is found here, once.
#include "icc/profile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "icc/lcms_p.h"

namespace contone::icc {
namespace {

constexpr std::size_t maxProfileBytes = 16'000'000;
constexpr std::size_t headerBytes = 128;
/// XYZ beyond this is absurd: scRGB, the widest honest encoding, reaches 7.5.
constexpr float maxXyz = 16.0F;

std::uint32_t bigEndian(std::span<const std::byte> bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
    return value;
}

std::unexpected<Error> damaged(std::string detail) {
    return fail(Code::Corrupt, "profile-damaged",
                "This colour profile is damaged. Get it again from where it came from.", std::move(detail));
}

/// What the first 128 bytes and the tag count say (ICC.1:2010 section 7.2), before Little CMS sees anything.
Result<void> checkHeader(std::span<const std::byte> bytes) {
    if (bytes.size() > maxProfileBytes) return damaged("larger than 16 MB");
    if (bytes.size() < headerBytes + 4 + 12) return damaged("shorter than a header and one tag");
    if (bigEndian(bytes, 36) != 0x61637370) return damaged("no 'acsp' signature");
    if (bigEndian(bytes, 0) > bytes.size()) return damaged("shorter than its header says");
    const auto major = std::to_integer<int>(bytes[8]);
    if (major == 5)
        return fail(Code::Unsupported, "profile-version",
                    "This colour profile is of a kind (iccMAX) that Contone cannot use. Use a version 2 or 4 profile.",
                    "version 5");
    if (major < 2 || major > 4) return damaged("version " + std::to_string(major));
    const std::uint32_t tags = bigEndian(bytes, headerBytes);
    if (tags == 0 || tags > 100 || headerBytes + 4 + 12ULL * tags > bytes.size())
        return damaged(std::to_string(tags) + " tags");
    return {};
}

Result<void> checkClass(cmsHPROFILE profile) {
    switch (cmsGetDeviceClass(profile)) {
        case cmsSigInputClass:
        case cmsSigDisplayClass:
        case cmsSigOutputClass:
        case cmsSigColorSpaceClass:
            break;
        default:
            return fail(Code::Unsupported, "profile-class",
                        "This file is not a profile of a device or a colour space. Choose another profile.");
    }
    const cmsColorSpaceSignature pcs = cmsGetPCS(profile);
    if (pcs != cmsSigXYZData && pcs != cmsSigLabData) return damaged("the connection space is neither XYZ nor Lab");
    return {};
}

ColourModel modelOf(cmsHPROFILE profile) {
    switch (cmsGetColorSpace(profile)) {
        case cmsSigGrayData:
            return ColourModel::Gray;
        case cmsSigRgbData:
            return ColourModel::Rgb;
        case cmsSigCmykData:
            return ColourModel::Cmyk;
        case cmsSigLabData:
            return ColourModel::Lab;
        default:
            return ColourModel::Other;
    }
}

ProfileKind kindOf(cmsHPROFILE profile, ColourModel model) {
    constexpr std::array tables{cmsSigAToB0Tag, cmsSigAToB1Tag, cmsSigAToB2Tag, cmsSigBToA0Tag, cmsSigBToA1Tag,
                                cmsSigBToA2Tag, cmsSigDToB0Tag, cmsSigDToB1Tag, cmsSigDToB2Tag, cmsSigDToB3Tag,
                                cmsSigBToD0Tag, cmsSigBToD1Tag, cmsSigBToD2Tag, cmsSigBToD3Tag};
    if (std::ranges::any_of(tables, [&](cmsTagSignature tag) { return cmsIsTag(profile, tag); }))
        return ProfileKind::Lut;
    // A gray profile with a Lab connection space has a curve to L*, not to luminance: that goes the general way.
    if (model == ColourModel::Gray && cmsGetPCS(profile) == cmsSigXYZData) return ProfileKind::GrayTrc;
    if (model == ColourModel::Rgb && cmsGetPCS(profile) == cmsSigXYZData) return ProfileKind::MatrixTrc;
    return ProfileKind::Lut;
}

std::string describe(cmsHPROFILE profile) {
    std::array<char, 512> text{};
    cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", text.data(), text.size() - 1);
    std::string printable;
    for (const char c : std::string_view(text.data()))
        if (c >= ' ' && c < 127 && printable.size() < 120) printable += c;
    while (!printable.empty() && printable.back() == ' ') printable.pop_back();
    // Saunders' compact profiles, which we ship and many programs embed, save bytes in their names.
    constexpr std::pair<std::string_view, std::string_view> spelled[] = {
        {"sGry", "Gray, sRGB curve"}, {"uCMY", "Coated web offset inks (CGATS TR 001)"},
        {"sP3", "Display P3"},        {"A98C", "Adobe RGB compatible"},
        {"ROMM", "ROMM RGB"},         {"uROM", "ROMM RGB"},
        {"2020", "Rec. 2020"},        {"cRGB", "scRGB"}};
    for (const auto& [compact, whole] : spelled)
        if (printable == compact) return std::string(whole);
    return printable.empty() ? "unnamed profile" : printable;
}

bool sane(std::span<const float> xyz) {
    return std::ranges::all_of(xyz, [](float v) { return std::isfinite(v) && std::fabs(v) <= maxXyz; });
}

/// All corners and middles of the device cube must have finite colours, and its lightest some light.
Result<void> probeInput(const Context& context, cmsHPROFILE profile, ColourModel model, Intent intent) {
    const TransformHandle transform = toXyz(context, profile, model, intent);
    if (!transform) return damaged("no transform to the connection space: " + context.messages());
    const int channels = model == ColourModel::Gray ? 1 : model == ColourModel::Cmyk ? 4 : 3;
    constexpr int steps = 5;
    int count = 1;
    for (int c = 0; c < channels; ++c) count *= steps;
    std::vector<float> device(static_cast<std::size_t>(count) * channels), xyz(static_cast<std::size_t>(count) * 3);
    for (int i = 0; i < count; ++i)
        for (int c = 0, rest = i; c < channels; ++c, rest /= steps)
            device[static_cast<std::size_t>(i) * channels + c] = static_cast<float>(rest % steps) / (steps - 1);
    runTransform(transform.get(), device.data(), model, xyz.data(), ColourModel::Rgb, count);
    if (!sane(xyz)) return damaged("colours that are not numbers, or absurd");
    float lightest = 0;
    for (int i = 0; i < count; ++i) lightest = std::max(lightest, xyz[static_cast<std::size_t>(i) * 3 + 1]);
    if (lightest < 0.01F) return damaged("every colour is black");
    return {};
}

/// Can it be printed to? White, black and a middle gray of the connection space must have finite device values.
bool probeOutput(const Context& context, cmsHPROFILE profile, ColourModel model) {
    const ProfileHandle xyz(cmsCreateXYZProfileTHR(context.get()));
    const TransformHandle transform(cmsCreateTransformTHR(
        context.get(), xyz.get(), TYPE_XYZ_FLT, profile, floatFormat(model), INTENT_RELATIVE_COLORIMETRIC, exactFlags));
    if (!transform) return false;
    const std::array<float, 9> colours{0.9642F, 1.0F, 0.8249F, 0, 0, 0, 0.1735F, 0.18F, 0.1485F};
    std::array<float, 12> device{};
    cmsDoTransform(transform.get(), colours.data(), device.data(), 3);
    return std::ranges::all_of(device, [](float v) { return std::isfinite(v); });
}

}  // namespace

Result<Profile> Profile::fromBytes(std::span<const std::byte> bytes) {
    CONTONE_CHECK(checkHeader(bytes));
    const Context context;
    const ProfileHandle handle = context.open(bytes);
    if (!handle) return damaged(context.messages());
    CONTONE_CHECK(checkClass(handle.get()));

    auto shared = std::make_shared<Shared>();
    shared->bytes.assign(bytes.begin(), bytes.end());
    shared->hash = Sha256::of(bytes);
    shared->description = describe(handle.get());
    shared->model = modelOf(handle.get());
    shared->channels = static_cast<int>(cmsChannelsOf(cmsGetColorSpace(handle.get())));
    shared->isV4 = cmsGetEncodedICCversion(handle.get()) >= 0x4000000;
    if (shared->model == ColourModel::Other)
        return fail(Code::Unsupported, "profile-class",
                    "This profile is neither for gray, RGB, CMYK nor Lab colours. Choose another profile.");
    shared->kind = kindOf(handle.get(), shared->model);
    if (shared->model != ColourModel::Lab) {
        for (const Intent intent : {Intent::Perceptual, Intent::Relative, Intent::Saturation})
            CONTONE_CHECK(probeInput(context, handle.get(), shared->model, intent));
        shared->hasInput = true;
        shared->hasOutput =
            cmsGetDeviceClass(handle.get()) != cmsSigInputClass && probeOutput(context, handle.get(), shared->model);
        shared->known = recognise(shared->hash, handle.get(), shared->kind);
    }
    return Profile(std::move(shared));
}

Result<Profile> Profile::fromFile(const Path& path) {
    CONTONE_TRY(const Bytes bytes, readFile(path, maxProfileBytes));
    return fromBytes(bytes);
}

const Sha256& Profile::hash() const {
    return m_shared->hash;
}
const std::string& Profile::description() const {
    return m_shared->description;
}
ColourModel Profile::model() const {
    return m_shared->model;
}
ProfileKind Profile::kind() const {
    return m_shared->kind;
}
KnownProfile Profile::known() const {
    return m_shared->known;
}
bool Profile::isOutput() const {
    return m_shared->hasOutput;
}
int Profile::channels() const {
    return m_shared->channels;
}
std::span<const std::byte> Profile::bytes() const {
    return m_shared->bytes;
}

const char* toString(KnownProfile known) {
    switch (known) {
        case KnownProfile::None:
            return "unknown";
        case KnownProfile::Srgb:
            return "sRGB";
        case KnownProfile::AdobeRgb:
            return "Adobe RGB (1998) compatible";
        case KnownProfile::DisplayP3:
            return "Display P3";
        case KnownProfile::ProPhoto:
            return "ProPhoto RGB";
        case KnownProfile::Rec2020:
            return "Rec. 2020";
    }
    return "unknown";
}

}  // namespace contone::icc
