// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Little CMS, wrapped once: a context of our own with capped memory, handles that close themselves, whole transforms.
#pragma once

#include <lcms2.h>

#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "core/base/result.h"
#include "icc/profile.h"
#include "icc/transforms.h"

namespace contone::icc {

struct CloseProfile {
    void operator()(void* profile) const { cmsCloseProfile(profile); }
};
struct DeleteTransform {
    void operator()(void* transform) const { cmsDeleteTransform(transform); }
};
using ProfileHandle = std::unique_ptr<void, CloseProfile>;
using TransformHandle = std::unique_ptr<void, DeleteTransform>;

/// One Little CMS context. Collects the messages of the library; a single allocation above 64 MB fails, so a profile
/// of a few bytes cannot ask for a table of gigabytes. The observer is fully adapted (adaptation state 1).
/// Must outlive the handles made with it.
class Context {
  public:
    Context();
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    cmsContext get() const { return m_context; }
    /// What the library said so far, newest last; empty if it said nothing.
    std::string messages() const;

    /// Null when the library refuses the bytes.
    ProfileHandle open(std::span<const std::byte> bytes) const;

  private:
    static void collect(cmsContext context, cmsUInt32Number code, const char* text);
    mutable std::mutex m_mutex;
    std::string m_messages;
    cmsContext m_context = nullptr;
};

/// Exact: float, no precalculated tables, no pixel cache. Safe to use from several threads.
inline constexpr cmsUInt32Number exactFlags = cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE;

cmsUInt32Number toLcms(Intent intent);
/// Float samples of the model. CMYK is 0…100 on Little CMS' side.
cmsUInt32Number floatFormat(ColourModel model);

/// Little CMS compensates black whatever one asks for when the target is a version 4 profile and the intent perceptual
/// or saturation (ICC.1:2010 fixes the black point of both).
bool alwaysCompensates(cmsHPROFILE device, Intent intent);

/// device → XYZ (relative to the media white, no black point compensation) with the tables of `intent`.
TransformHandle toXyz(const Context& context, cmsHPROFILE profile, ColourModel model, Intent intent);

/// Runs `transform` over `pixels` pixels and scales ink (0…1 on our side, 0…100 on Little CMS' side) on the way.
void runTransform(cmsHTRANSFORM transform, const float* in, ColourModel inModel, float* out, ColourModel outModel,
                  int pixels);

/// What fromBytes() found out.
struct Profile::Shared {
    std::vector<std::byte> bytes;
    Sha256 hash;
    std::string description;
    ColourModel model = ColourModel::Other;
    ProfileKind kind = ProfileKind::Lut;
    KnownProfile known = KnownProfile::None;
    int channels = 0;
    bool hasInput = false, hasOutput = false;
    bool isV4 = false;
};

/// By hash of the file, else by primaries and curve.
KnownProfile recognise(const Sha256& hash, cmsHPROFILE profile, ProfileKind kind);

/// The value of a tone curve, exact: tables are interpolated in double, where Little CMS would round to 16 bits.
double evaluate(const cmsToneCurve* curve, double x);

}  // namespace contone::icc
