// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// librariesOf: which libraries turn the bytes of a format into samples, with the versions that run.
#pragma once

#include <string>

#include "core/image/photo_facts.h"

namespace contone::image {

/// "libheif 1.15.1, libde265 1.0.11" for HEIC; empty for formats that no codec here reads. libjpeg-turbo does not say
/// its version at run time: there it is that of its headers.
std::string librariesOf(PhotoFormat format);

}  // namespace contone::image
