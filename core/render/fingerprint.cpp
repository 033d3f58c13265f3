// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Fingerprints are text: people compare them.
#include "core/render/fingerprint.h"

#include <algorithm>
#include <set>

#include "core/render/recipe.h"
#include "icc/versions.h"

namespace contone::render {
namespace {

constexpr std::string_view parting = "; ";

std::vector<std::string> entriesOf(std::string_view text) {
    std::vector<std::string> all;
    while (!text.empty()) {
        const std::size_t end = text.find(parting);
        all.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + parting.size());
    }
    return all;
}

}  // namespace

std::string fingerprintOf(const std::vector<std::string>& photoLibraries) {
    std::string text = "render " + std::to_string(Recipe::renderVersion);
    text.append(parting).append(icc::tableVersions()).append(parting).append(icc::colourLibrary());
    for (const std::string& libraries : std::set(photoLibraries.begin(), photoLibraries.end()))
        text.append(parting).append("photo ").append(libraries.empty() ? "unknown" : libraries);
    return text;
}

std::vector<std::string> onlyIn(std::string_view a, std::string_view b) {
    const std::vector<std::string> known = entriesOf(b);
    std::vector<std::string> missing;
    for (std::string& entry : entriesOf(a))
        if (std::ranges::find(known, entry) == known.end()) missing.push_back(std::move(entry));
    return missing;
}

}  // namespace contone::render
