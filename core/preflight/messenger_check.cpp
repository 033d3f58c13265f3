// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos that seem to have come through a messenger: somebody has the larger original. A hint, not a fault.
#include <algorithm>
#include <array>
#include <string_view>

#include "core/preflight/checks_p.h"

namespace contone::preflight {

using findings::FindingCode, findings::Severity;

namespace {

constexpr std::array<int, 4> messengerSides{960, 1280, 1600, 2048};

bool isDigits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// IMG-20261122-WA0007.jpg
bool isMessengerName(std::string_view name) {
    return name.size() >= 19 && name.starts_with("IMG-") && isDigits(name.substr(4, 8)) &&
           name.substr(12, 3) == "-WA" && isDigits(name.substr(15, 4));
}

bool isMessengerFile(const image::PhotoFacts& facts) {
    const int longSide = std::max(facts.storedSize.width, facts.storedSize.height);
    return facts.format == image::PhotoFormat::Jpeg && facts.camera.empty() && facts.takenAt.empty() &&
           std::ranges::find(messengerSides, longSide) != messengerSides.end() && facts.jpegQuality >= 60 &&
           facts.jpegQuality <= 80;
}

}  // namespace

Findings messenger(const PhotoToCheck& photo, const PageToCheck& page) {
    if (!isMessengerName(photo.fileName) && !isMessengerFile(photo.facts)) return {};
    // Worth a look only where the original would make the better print.
    const bool isSharp = page.plan.sharpness == catalog::Sharpness::Sharp;
    return {{.code = FindingCode::FromMessenger, .severity = isSharp ? Severity::Good : Severity::Look}};
}

}  // namespace contone::preflight
