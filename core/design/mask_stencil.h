// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// maskStencil: a mask in the dots of a printer.
#pragma once

#include "core/image/mask.h"
#include "core/image/stencil.h"

namespace contone::design {

/// Stretched to `size` by Lanczos3, so that a sharp outline stays as sharp as the mask's own pixels let it be. Fails as
/// image::coverageOf.
Result<image::Stencil> maskStencil(const image::Mask& mask, image::PixelSize size);

}  // namespace contone::design
