// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Of photos the least sharp frame counts; of texts each kind of trouble.
#include "core/design/design_findings.h"

#include <algorithm>
#include <cmath>

#include "core/preflight/page_findings.h"

namespace contone::design {
namespace {

using findings::Finding;
using findings::FindingCode;
using findings::Severity;

struct OfText {
    std::optional<Finding> operator()(const text::MissingGlyphs&) const {
        return Finding{.code = FindingCode::LettersMissing, .severity = Severity::Bad};
    }
    std::optional<Finding> operator()(const text::Cut& cut) const {
        return Finding{.code = FindingCode::TextCut,
                       .severity = Severity::Bad,
                       .numbers = {{"letters", static_cast<double>(cut.characters)}}};
    }
    std::optional<Finding> operator()(const text::TooLong& longer) const {
        return Finding{.code = FindingCode::TextCut,
                       .severity = Severity::Bad,
                       .numbers = {{"letters", static_cast<double>(longer.characters)}}};
    }
    std::optional<Finding> operator()(const text::Shrunk& smaller) const {
        return Finding{.code = FindingCode::TextSmaller,
                       .severity = Severity::Look,
                       .numbers = {{"points", std::round(smaller.size * 10) / 10}}};
    }
    std::optional<Finding> operator()(const text::WordsBroken&) const {
        return Finding{.code = FindingCode::WordsBroken, .severity = Severity::Look};
    }
    // These look as people expect.
    std::optional<Finding> operator()(const text::EmojiUpscaled&) const { return {}; }
    std::optional<Finding> operator()(const text::ControlsStripped&) const { return {}; }
    std::optional<Finding> operator()(const text::StyleMissing&) const { return {}; }
};

}  // namespace

std::vector<Finding> ofDesign(const DesignedPage& page, const Sha256& layout, const catalog::DpiLadder& ladder) {
    std::map<Sha256, double> dpi;  // by original: the lowest
    for (const FrameReport& frame : page.frames) {
        const Sha256& original = page.recipe.photos[static_cast<std::size_t>(frame.photo)].original;
        const auto [place, isNew] = dpi.emplace(original, frame.photoDpi);
        if (!isNew) place->second = std::min(place->second, frame.photoDpi);
    }
    std::vector<Finding> found;
    for (const auto& [original, lowest] : dpi) {
        found.push_back(preflight::ofSharpness(ladder.at(lowest), lowest, findings::Fix::SmallerPrint));
        found.back().subject = original.toString();
    }
    for (const TextReport& text : page.texts)
        for (const text::TextWarning& warning : text.warnings)
            if (auto one = std::visit(OfText{}, warning)) {
                one->numbers["item"] = text.item + 1;
                one->subject = layout.toString();
                found.push_back(*std::move(one));
            }
    return found;
}

}  // namespace contone::design
