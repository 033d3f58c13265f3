// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Golden pages of designs and of turned photos.
#pragma once

#include "core/image/strip_sink.h"

namespace contone::golden {

/// Every template that ships, with the repository's own photos, seven in a row.
image::Picture allTemplates();
/// A photo that is straightened by six degrees and mirrored, in an oval with a shadow.
image::Picture straightenedOval();

}  // namespace contone::golden
