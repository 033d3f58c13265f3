// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a printer's state means: obstacles, warnings, loaded paper.
#include <algorithm>
#include <array>

#include "printers/ipp/printer_facts.h"

namespace contone::printers {
namespace {

struct Stem {
    const char* word;
    print::Obstacle obstacle;
};
constexpr std::array stems{
    Stem{"offline", print::Obstacle::Unreachable},
    Stem{"connecting-to-device", print::Obstacle::Unreachable},
    Stem{"timed-out", print::Obstacle::Unreachable},
    Stem{"media-empty", print::Obstacle::MediaEmpty},
    Stem{"media-needed", print::Obstacle::WrongMedium},
    Stem{"input-tray-missing", print::Obstacle::MediaEmpty},
    Stem{"media-jam", print::Obstacle::MediaJam},
    Stem{"cover-open", print::Obstacle::CoverOpen},
    Stem{"door-open", print::Obstacle::CoverOpen},
    Stem{"interlock-open", print::Obstacle::CoverOpen},
    Stem{"marker-supply-empty", print::Obstacle::SuppliesEmpty},
    Stem{"marker-supply-missing", print::Obstacle::SuppliesEmpty},
    Stem{"toner-empty", print::Obstacle::SuppliesEmpty},
    Stem{"paused", print::Obstacle::Paused},
    Stem{"moving-to-paused", print::Obstacle::Paused},
    Stem{"hold-new-jobs", print::Obstacle::Paused},
    Stem{"shutdown", print::Obstacle::Paused},
};

std::string stemOf(std::string reason) {
    for (const std::string_view suffix : {"-error", "-warning", "-report"})
        if (reason.ends_with(suffix)) reason.resize(reason.size() - suffix.size());
    return reason;
}

std::optional<print::Obstacle> obstacleOf(const std::string& reason) {
    const bool severe = reason.ends_with("-error");
    const std::string word = stemOf(reason);
    for (const Stem& stem : stems)
        if (word == stem.word) return stem.obstacle;
    return severe ? std::optional(print::Obstacle::Other) : std::nullopt;
}

/// "media-low" and the like: the supply that has least of its kind runs low.
void warnOf(std::vector<print::Supply>& supplies, const std::string& reason) {
    using Kind = print::Supply::Kind;
    const std::string word = stemOf(reason);
    const bool media = word == "media-low";
    if (!media && word != "marker-supply-low" && word != "toner-low") return;
    print::Supply* least = nullptr;
    for (print::Supply& supply : supplies)
        if ((supply.kind == Kind::Media) == media &&
            (least == nullptr || supply.percent.value_or(101) < least->percent.value_or(101)))
            least = &supply;
    if (least == nullptr) least = &supplies.emplace_back(print::Supply{.kind = media ? Kind::Media : Kind::Other});
    least->low = true;
}

/// "media-needed" is also said by trays that are simply empty: another paper is loaded only when one is.
void refineMedium(print::PrinterState& state) {
    const auto wrong = std::find(state.obstacles.begin(), state.obstacles.end(), print::Obstacle::WrongMedium);
    if (wrong == state.obstacles.end()) return;
    const bool empty =
        std::find(state.obstacles.begin(), state.obstacles.end(), print::Obstacle::MediaEmpty) != state.obstacles.end();
    if (empty)
        state.obstacles.erase(wrong);
    else if (state.mediaReady.empty())
        *wrong = print::Obstacle::MediaEmpty;
}

/// The sizes behind PWG names; empty when one of them cannot be told: it may be the right one.
std::vector<PaperSize> sheetsReady(const std::vector<std::string>& names) {
    std::vector<PaperSize> sizes;
    for (const std::string& name : names) {
        // A roll is ready for many sizes.
        const pwg_media_t* media = name.starts_with("roll_") ? nullptr : pwgMediaForPWG(name.c_str());
        if (media == nullptr || media->width <= 0 || media->length <= 0) return {};
        sizes.push_back({Length::micrometres(media->width * 10L), Length::micrometres(media->length * 10L)});
    }
    return sizes;
}

}  // namespace

print::PrinterState stateOf(const PrinterFacts& facts) {
    print::PrinterState state;
    state.mediaReady = sheetsReady(facts.mediaReady);
    state.message = facts.message;
    state.supplies = facts.supplies;
    for (const std::string& reason : facts.reasons) warnOf(state.supplies, reason);
    const auto add = [&](print::Obstacle obstacle) {
        if (std::find(state.obstacles.begin(), state.obstacles.end(), obstacle) == state.obstacles.end())
            state.obstacles.push_back(obstacle);
    };
    for (const std::string& reason : facts.reasons)
        if (const auto obstacle = obstacleOf(reason)) add(*obstacle);
    refineMedium(state);
    // With a dead printer behind a queue, CUPS says so only in this sentence.
    if (facts.message.find("may not exist or is unavailable") != std::string::npos) add(print::Obstacle::Unreachable);
    if (!facts.accepting) add(print::Obstacle::NotAccepting);
    if (facts.state == IPP_PSTATE_STOPPED && state.obstacles.empty()) add(print::Obstacle::Paused);
    std::sort(state.obstacles.begin(), state.obstacles.end());  // the order in which people are told
    state.ready = std::all_of(state.obstacles.begin(), state.obstacles.end(),
                              [](print::Obstacle obstacle) { return obstacle == print::Obstacle::Other; });
    return state;
}

}  // namespace contone::printers
