// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The profiles that ship with Contone; their bytes are compiled in from resources/profiles.
#include <cstdlib>

#include "icc/bundled_bytes_p.h"
#include "icc/profile.h"

namespace contone::icc {
namespace {

Profile bundled(std::span<const unsigned char> bytes) {
    auto profile = Profile::fromBytes(std::as_bytes(bytes));
    if (!profile) std::abort();  // part of the program: tests/icc opens each of them
    return *std::move(profile);
}

}  // namespace

Profile Profile::srgb() {
    static const Profile profile = bundled(bundledSrgb());
    return profile;
}
Profile Profile::adobeRgbCompatible() {
    static const Profile profile = bundled(bundledAdobeRgbCompatible());
    return profile;
}
Profile Profile::displayP3() {
    static const Profile profile = bundled(bundledDisplayP3());
    return profile;
}
Profile Profile::grayWithSrgbCurve() {
    static const Profile profile = bundled(bundledGray());
    return profile;
}
Profile Profile::syntheticPhotoRgb() {
    static const Profile profile = bundled(bundledPhotoRgb());
    return profile;
}
Profile Profile::syntheticPhotoCmyk() {
    static const Profile profile = bundled(bundledPhotoCmyk());
    return profile;
}
Profile Profile::offsetCmyk() {
    static const Profile profile = bundled(bundledOffsetCmyk());
    return profile;
}

}  // namespace contone::icc
