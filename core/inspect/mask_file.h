// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// maskIn: the mask that a picture file is.
#pragma once

#include "core/decode/decoder.h"
#include "core/image/mask.h"

namespace contone::inspect {

/// As image::readMask. Fails as it, vault::openOnMedium and Decoder::open.
Result<image::Mask> maskIn(decode::Decoder& decoder, const Path& file);

}  // namespace contone::inspect
