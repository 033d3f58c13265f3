// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Half A: source samples to the linear working space, exactly.
#include <algorithm>
#include <array>

#include "icc/curve_p.h"
#include "icc/transforms.h"
#include "icc/working_space_p.h"

namespace contone::icc {
namespace {

constexpr int chunkPixels = 512;
/// A source cube may leave Rec.2020 by this much (Display P3's red does, by 0.0012) before the wide space is taken.
constexpr float gamutTolerance = 0.002F;

}  // namespace

const char* toString(WorkingGamut gamut) {
    return gamut == WorkingGamut::Wide ? "wide" : "rec2020";
}

struct InputTransform::Impl {
    ProfileKind kind = ProfileKind::Lut;
    ColourModel model = ColourModel::Rgb;
    WorkingGamut gamut = WorkingGamut::Rec2020;
    int channels = 3;
    std::array<std::shared_ptr<const Curve>, 3> curves;  ///< MatrixTrc, GrayTrc: channels may share one
    std::unique_ptr<Context> context;                    ///< Lut
    TransformHandle toXyz;                               ///< Lut; before `affine`
    std::optional<PixelAffine> affine;                   ///< linear device RGB, or XYZ → working
    std::array<float, 3> grayAxis{}, grayOffset{};       ///< GrayTrc: working = axis * light + offset
    std::array<std::shared_ptr<const Curve>, 3> decode;
    std::array<std::shared_ptr<const RootCurve>, 3> encode;

    Result<void> readCurves(cmsHPROFILE profile);
    Result<Affine> deviceToXyz(cmsHPROFILE profile, Intent intent);
    void makeResamplingCurves();
    void place(const Affine& deviceToCut, const Matrix& xyzToWorking);
    void apply(const float* in, float* out, int pixels) const;
    void applyMatrix(const float* in, float* out, int pixels) const;
    void applyGray(const float* in, float* out, int pixels) const;
    bool leavesWorkingSpace() const;
};

namespace {

std::unexpected<Error> noInput(std::string detail) {
    return fail(Code::Unsupported, "profile-no-input",
                "Photos cannot be read with this colour profile. Choose another one.", std::move(detail));
}

}  // namespace

Result<void> InputTransform::Impl::readCurves(cmsHPROFILE profile) {
    constexpr std::array rgb{cmsSigRedTRCTag, cmsSigGreenTRCTag, cmsSigBlueTRCTag};
    for (int c = 0; c < channels; ++c) {
        auto curve = readCurve(profile, kind == ProfileKind::GrayTrc ? cmsSigGrayTRCTag : rgb[c]);
        if (!curve) return noInput("no tone curve");
        const bool same = c > 0 && *curve == *curves[0];
        curves[c] = same ? curves[0] : std::make_shared<const Curve>(*std::move(curve));
    }
    return {};
}

/// Linear device values (MatrixTrc), or XYZ itself (Lut; GrayTrc goes along D50), to XYZ relative to the media white.
Result<Affine> InputTransform::Impl::deviceToXyz(cmsHPROFILE profile, Intent intent) {
    Affine result;
    switch (kind) {
        case ProfileKind::MatrixTrc: {
            CONTONE_CHECK(readCurves(profile));
            const auto matrix = colorants(profile);
            if (!matrix) return noInput("no colorants");
            result.matrix = *matrix;
            break;
        }
        case ProfileKind::GrayTrc: {
            CONTONE_CHECK(readCurves(profile));
            result.matrix = {d50[0], 0, 0, d50[1], 0, 0, d50[2], 0, 0};
            break;
        }
        case ProfileKind::Lut:
            toXyz = icc::toXyz(*context, profile, model, intent);
            if (!toXyz) return noInput(context->messages());
            break;
    }
    return result;
}

void InputTransform::Impl::makeResamplingCurves() {
    std::shared_ptr<const Curve> srgb;
    for (int c = 0; c < channels; ++c) {
        if (c > 0 && curves[0] && c < 3 && curves[c] == curves[0]) {
            decode[c] = decode[0];
            encode[c] = encode[0];
            continue;
        }
        if (c == 3 || (c > 0 && !curves[0])) continue;  // Lut: channel 0 serves all
        std::optional<Curve> curve;
        if (kind != ProfileKind::Lut) {
            curve = *curves[c];
            if (!curve->normalise()) curve.reset();
        }
        if (!curve) curve.emplace(srgbToLinear);
        decode[c] = std::make_shared<const Curve>(*std::move(curve));
        encode[c] = std::make_shared<const RootCurve>(RootCurve::inverseOf(*decode[c]));
    }
}

void InputTransform::Impl::place(const Affine& deviceToCut, const Matrix& xyzToWorking) {
    const Affine whole = compose(Affine{xyzToWorking, {}}, deviceToCut);
    affine.emplace(whole);
    for (int i = 0; i < 3; ++i) {
        grayAxis[i] = static_cast<float>(whole.matrix[i * 3]);
        grayOffset[i] = static_cast<float>(whole.offset[i]);
    }
}

void InputTransform::Impl::applyMatrix(const float* in, float* out, int pixels) const {
    const Curve &red = *curves[0], &green = *curves[1], &blue = *curves[2];
    const PixelAffine& map = *affine;
    for (int i = 0; i < pixels; ++i, in += 3, out += 3) {
        const auto working = map(red(in[0]), green(in[1]), blue(in[2]));
        out[0] = working[0];
        out[1] = working[1];
        out[2] = working[2];
    }
}

void InputTransform::Impl::applyGray(const float* in, float* out, int pixels) const {
    const Curve& curve = *curves[0];
    for (int i = 0; i < pixels; ++i, out += 3) {
        const float light = curve(in[i]);
        for (int c = 0; c < 3; ++c) out[c] = light * grayAxis[c] + grayOffset[c];
    }
}

void InputTransform::Impl::apply(const float* in, float* out, int pixels) const {
    switch (kind) {
        case ProfileKind::MatrixTrc:
            return applyMatrix(in, out, pixels);
        case ProfileKind::GrayTrc:
            return applyGray(in, out, pixels);
        case ProfileKind::Lut:
            break;
    }
    std::array<float, chunkPixels * 4> clipped;  // filled before use
    while (pixels > 0) {
        const int n = std::min(pixels, chunkPixels);
        for (int i = 0; i < n * channels; ++i) clipped[i] = in[i] > 0 ? std::min(in[i], 1.0F) : 0.0F;
        runTransform(toXyz.get(), clipped.data(), model, out, ColourModel::Rgb, n);
        (*affine)(out, out, n);
        in += static_cast<std::ptrdiff_t>(n) * channels;
        out += static_cast<std::ptrdiff_t>(n) * 3;
        pixels -= n;
    }
}

/// Only negative values tell: a colour outside a triangle of primaries has one, whatever its brightness.
bool InputTransform::Impl::leavesWorkingSpace() const {
    if (model == ColourModel::Gray) return false;
    const int steps = kind == ProfileKind::MatrixTrc ? 2 : model == ColourModel::Cmyk ? 7 : 17;
    int count = 1;
    for (int c = 0; c < channels; ++c) count *= steps;
    std::vector<float> device(static_cast<std::size_t>(count) * channels), working(static_cast<std::size_t>(count) * 3);
    for (int i = 0; i < count; ++i)
        for (int c = 0, rest = i; c < channels; ++c, rest /= steps)
            device[static_cast<std::size_t>(i) * channels + c] = static_cast<float>(rest % steps) / (steps - 1);
    apply(device.data(), working.data(), count);
    return std::ranges::min(working) < -gamutTolerance;
}

Result<InputTransform> InputTransform::create(const Profile& source, Options options) {
    if (!source.shared().hasInput) return noInput("no way to the connection space");
    auto impl = std::make_shared<Impl>();
    impl->kind = source.kind();
    impl->model = source.model();
    impl->channels = source.channels();
    impl->context = std::make_unique<Context>();
    const ProfileHandle profile = impl->context->open(source.bytes());
    if (!profile) return noInput(impl->context->messages());
    CONTONE_TRY(const Affine toXyz, impl->deviceToXyz(profile.get(), options.intent));
    const Affine toCut = compose(towardsCut(profile.get(), options.intent, options.blackPoint), toXyz);
    for (const WorkingGamut gamut : {WorkingGamut::Rec2020, WorkingGamut::Wide}) {
        const auto fromXyz = inverse(workingToXyz(*impl->context, gamut));
        if (!fromXyz) return noInput("singular working space");
        impl->gamut = gamut;
        impl->place(toCut, *fromXyz);
        if (!impl->leavesWorkingSpace()) break;
    }
    impl->makeResamplingCurves();
    return InputTransform(std::move(impl));
}

WorkingGamut InputTransform::gamut() const {
    return m_impl->gamut;
}
int InputTransform::channels() const {
    return m_impl->channels;
}
void InputTransform::apply(const float* in, float* out, int pixels) const {
    m_impl->apply(in, out, pixels);
}

void InputTransform::decode(const float* in, float* out, int samples, int channel) const {
    const auto& own = m_impl->decode[std::min(channel, 2)];
    const Curve& curve = own ? *own : *m_impl->decode[0];
    for (int i = 0; i < samples; ++i) out[i] = curve(in[i]);
}

void InputTransform::encode(const float* in, float* out, int samples, int channel) const {
    const auto& own = m_impl->encode[std::min(channel, 2)];
    const RootCurve& curve = own ? *own : *m_impl->encode[0];
    for (int i = 0; i < samples; ++i) out[i] = curve(in[i]);
}

}  // namespace contone::icc
