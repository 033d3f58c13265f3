// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Frames that show no part in particular keep the faces of their photos.
#pragma once

#include "core/layout/template.h"

namespace contone::layout {

/// All frames of the page without a crop, in the shape of what of them lies on it.
void keepFaces(Layout& page, const std::vector<TemplatePhoto>& photos);

}  // namespace contone::layout
