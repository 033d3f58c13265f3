// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The fingerprint of a page: what made its bytes besides the recipe. Same recipe and same fingerprint: same bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace contone::render {

/// Entries parted by "; ": the render version, our colour tables, this process' Little CMS, and one entry a set of
/// decoding libraries (image::PhotoFacts::libraries), sorted, each once: "render 2; tables 2.1; lcms 2.14; photo
/// libjpeg-turbo 2.1.5, lcms 2.14".
std::string fingerprintOf(const std::vector<std::string>& photoLibraries);
/// The entries of `a` that `b` does not have.
std::vector<std::string> onlyIn(std::string_view a, std::string_view b);

}  // namespace contone::render
