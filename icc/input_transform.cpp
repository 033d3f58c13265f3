// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Half A: source samples to the linear working space, exactly.
#include <algorithm>
#include <array>
#include <mutex>

#include "icc/curve_p.h"
#include "icc/source.h"
#include "icc/source_numbers_p.h"
#include "icc/table_input_p.h"
#include "icc/transforms.h"

namespace contone::icc {

const char* toString(WorkingGamut gamut) {
    return gamut == WorkingGamut::Wide ? "wide" : "rec2020";
}

namespace {

/// Working RGB of a photo in sRGB.
Matrix srgbToWorking(WorkingGamut gamut) {
    const Context context;
    const ProfileHandle srgb = context.open(Profile::srgb().bytes());
    return multiply(inverse(workingToXyz(context, gamut)).value_or(Matrix{}), colorants(srgb.get()).value_or(Matrix{}));
}

}  // namespace

struct InputTransform::Impl {
    WorkingGamut gamut = WorkingGamut::Rec2020;
    int channels = 3;
    bool hasPrimaries = false;
    std::optional<TableInput> table;                     ///< then no curves and no map
    std::array<std::shared_ptr<const Curve>, 3> curves;  ///< channels may share one
    std::optional<PixelAffine> affine;                   ///< linear source RGB → working
    std::array<float, 3> grayAxis{}, grayOffset{};       ///< gray: working = axis * light + offset
    /// For the archival lane alone, so made when first asked for.
    struct Resampling {
        std::array<std::shared_ptr<const Curve>, 3> decode;
        std::array<std::shared_ptr<const RootCurve>, 3> encode;
    };
    mutable std::once_flag resamplingOnce;
    mutable Resampling resamplingMade;
    const Resampling& resampling() const;

    void setCurves(const image::SourceColour& colour);
    Resampling makeResampling() const;
    void place(const Affine& deviceToCut, const Matrix& xyzToWorking);
    void apply(const float* in, float* out, int pixels) const;
    void applyMatrix(const float* in, float* out, int pixels) const;
    void applyGray(const float* in, float* out, int pixels) const;
    bool leavesWorkingSpace() const;
};

void InputTransform::Impl::setCurves(const image::SourceColour& colour) {
    if (colour.kind == image::SourceColour::Kind::Converted) {
        curves.fill(std::make_shared<const Curve>(wideToLinear));
        return;
    }
    for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c) {
        if (c > 0 && (colour.curves.size() == 1 || colour.curves[c] == colour.curves[0])) {
            curves[c] = curves[0];
            continue;
        }
        curves[c] = std::make_shared<const Curve>([&](double x) { return lightOf(colour.curves[c], x); });
    }
}

InputTransform::Impl::Resampling InputTransform::Impl::makeResampling() const {
    Resampling made;
    for (std::size_t c = 0; c < 3; ++c) {
        if (c > 0 && curves[c] == curves[0]) {  // tables: channel 0 serves all
            made.decode[c] = made.decode[0];
            made.encode[c] = made.encode[0];
            continue;
        }
        std::optional<Curve> curve;
        if (curves[c]) {
            curve = *curves[c];
            if (!curve->normalise()) curve.reset();
        }
        if (!curve) curve.emplace(srgbToLinear);
        made.decode[c] = std::make_shared<const Curve>(*std::move(curve));
        made.encode[c] = std::make_shared<const RootCurve>(RootCurve::inverseOf(*made.decode[c]));
        if (channels == 1) break;
    }
    return made;
}

const InputTransform::Impl::Resampling& InputTransform::Impl::resampling() const {
    std::call_once(resamplingOnce, [this] { resamplingMade = makeResampling(); });
    return resamplingMade;
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
    kernels::CurvesAndMatrix how;
    how.steps = Curve::steps;
    for (int c = 0; c < 3; ++c) how.curve[c] = curves[c]->values().data();
    std::ranges::copy(affine->values(), how.map);
    kernels::curvesAndMatrix(how, in, out, pixels);
}

void InputTransform::Impl::applyGray(const float* in, float* out, int pixels) const {
    const Curve& curve = *curves[0];
    for (int i = 0; i < pixels; ++i, out += 3) {
        const float light = curve(in[i]);
        for (int c = 0; c < 3; ++c) out[c] = light * grayAxis[c] + grayOffset[c];
    }
}

void InputTransform::Impl::apply(const float* in, float* out, int pixels) const {
    if (table) return table->apply(in, out, pixels, gamut);
    if (channels == 1) return applyGray(in, out, pixels);
    applyMatrix(in, out, pixels);
}

/// Only negative values tell: a colour outside a triangle of primaries has one, whatever its brightness. The corners of
/// the cube are the extremes.
bool InputTransform::Impl::leavesWorkingSpace() const {
    if (channels == 1) return false;
    std::array<float, 24> corners{}, working{};
    for (int i = 0; i < 24; ++i) corners[i] = static_cast<float>(((i / 3) >> (i % 3)) & 1);
    apply(corners.data(), working.data(), 8);
    return std::ranges::min(working) < -gamutTolerance;
}

Result<InputTransform> InputTransform::create(const image::SourceColour& colour, Options options) {
    using Kind = image::SourceColour::Kind;
    if (const auto sound = image::check(colour); !sound) return noInput(sound.error().detail);
    const Context context;
    auto impl = std::make_shared<Impl>();
    impl->channels = colour.kind == Kind::Gray ? 1 : 3;
    impl->hasPrimaries = colour.kind == Kind::Matrix;
    impl->setCurves(colour);
    Affine toXyz;
    if (colour.kind == Kind::Matrix) toXyz.matrix = colorantsOf(colour);
    if (colour.kind == Kind::Gray) toXyz.matrix = {d50[0], 0, 0, d50[1], 0, 0, d50[2], 0, 0};
    if (colour.kind == Kind::Converted) toXyz.matrix = workingToXyz(context, WorkingGamut::Wide);
    const Affine toCut = compose(towardsCut(colour, options.intent, options.blackPoint), toXyz);
    for (const WorkingGamut gamut : {WorkingGamut::Rec2020, WorkingGamut::Wide}) {
        // A converted photo is in wide RGB whatever its colours are: its profile was probed where it was converted.
        if (colour.kind == Kind::Converted && colour.isWide != (gamut == WorkingGamut::Wide)) continue;
        const auto fromXyz = inverse(workingToXyz(context, gamut));
        if (!fromXyz) return noInput("singular working space");
        impl->gamut = gamut;
        impl->place(toCut, *fromXyz);
        if (colour.kind == Kind::Converted || !impl->leavesWorkingSpace()) break;
    }
    return InputTransform(std::move(impl));
}

Result<InputTransform> InputTransform::create(const Profile& source, Options options) {
    if (!source.shared().hasInput) return noInput("no way to the connection space");
    if (source.kind() != ProfileKind::Lut) return create(sourceColour(source, SourceBasis::EmbeddedProfile), options);
    CONTONE_TRY(TableInput table, TableInput::create(source, options.intent, options.blackPoint));
    auto impl = std::make_shared<Impl>();
    impl->channels = table.channels();
    impl->gamut = table.gamut();
    impl->table = std::move(table);
    return InputTransform(std::move(impl));
}

WorkingGamut InputTransform::gamut() const {
    return m_impl->gamut;
}
int InputTransform::channels() const {
    return m_impl->channels;
}
LinearPrimaries InputTransform::primaries() const {
    Matrix to = srgbToWorking(m_impl->gamut);
    if (const auto& affine = m_impl->affine; m_impl->hasPrimaries && affine)
        for (std::size_t i = 0; i < to.size(); ++i) to[i] = static_cast<double>(affine->values()[i / 3 * 4 + i % 3]);
    const Matrix from = inverse(to).value_or(Matrix{});
    LinearPrimaries both;
    both.arePhotos = m_impl->hasPrimaries;
    for (std::size_t i = 0; i < to.size(); ++i) {
        both.toWorking[i] = static_cast<float>(to[i]);
        both.fromWorking[i] = static_cast<float>(from[i]);
    }
    return both;
}

void InputTransform::apply(const float* in, float* out, int pixels) const {
    m_impl->apply(in, out, pixels);
}

void InputTransform::decode(const float* in, float* out, int samples, int channel) const {
    const Curve& curve = *m_impl->resampling().decode[std::min(channel, 2)];
    for (int i = 0; i < samples; ++i) out[i] = curve(in[i]);
}

void InputTransform::encode(const float* in, float* out, int samples, int channel) const {
    const RootCurve& curve = *m_impl->resampling().encode[std::min(channel, 2)];
    for (int i = 0; i < samples; ++i) out[i] = curve(in[i]);
}

}  // namespace contone::icc
