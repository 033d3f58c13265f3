// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Choices and verdicts as text: stored with the order line and sent over the wire in the same words.
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/shop/shop.h"

namespace contone::shop {
namespace {

using nlohmann::json;

std::unexpected<Error> badChoices(std::string detail) {
    return fail(Code::Corrupt, "choices-json", "What was chosen for this photo cannot be read. Choose it again.",
                std::move(detail));
}

Result<render::Crop> readCrop(const json& j) {
    render::Crop crop;
    const std::pair<const char*, double*> parts[] = {
        {"left", &crop.left}, {"top", &crop.top}, {"width", &crop.width}, {"height", &crop.height}};
    for (const auto& [name, value] : parts) {
        const auto found = j.find(name);
        if (found == j.end() || !found->is_number()) return badChoices(std::string("crop.") + name);
        *value = found->get<double>();
    }
    return crop;
}

}  // namespace

std::string toJson(const Choices& choices) {
    json j{{"fit", choices.fit == print::Fit::Fill ? "fill" : "whole"},
           {"crop", nullptr},
           {"lane", render::toString(choices.lane)}};
    if (const auto& crop = choices.crop)
        j["crop"] = {{"left", crop->left}, {"top", crop->top}, {"width", crop->width}, {"height", crop->height}};
    return j.dump();
}

Result<Choices> choicesFromJson(std::string_view text) {
    const json j = json::parse(text, nullptr, false);
    if (!j.is_object()) return badChoices("not an object");
    Choices choices;
    const auto fit = j.find("fit");
    if (fit == j.end() || (*fit != "fill" && *fit != "whole")) return badChoices("fit");
    choices.fit = *fit == "fill" ? print::Fit::Fill : print::Fit::Whole;
    const auto lane = j.find("lane");
    if (lane == j.end() || !lane->is_string()) return badChoices("lane");
    const auto parsed = render::parseLane(lane->get_ref<const std::string&>());
    if (!parsed) return badChoices("lane: " + parsed.error().detail);
    choices.lane = *parsed;
    const auto crop = j.find("crop");
    if (crop == j.end() || (!crop->is_null() && !crop->is_object())) return badChoices("crop");
    if (crop->is_object()) {
        CONTONE_TRY(choices.crop, readCrop(*crop));
    }
    return choices;
}

const char* toString(Verdict verdict) {
    switch (verdict) {
        case Verdict::InTray:
            return "in-tray";
        case Verdict::Spoiled:
            return "spoiled";
        case Verdict::NotPrinted:
            return "not-printed";
        case Verdict::CannotTell:
            return "cannot-tell";
    }
    return "in-tray";
}

Result<Verdict> parseVerdict(std::string_view text) {
    for (const Verdict verdict : {Verdict::InTray, Verdict::Spoiled, Verdict::NotPrinted, Verdict::CannotTell})
        if (text == toString(verdict)) return verdict;
    return fail(Code::Invalid, "bad-verdict",
                "Say what lies in the tray: in-tray, spoiled, not-printed or cannot-tell.", std::string(text));
}

}  // namespace contone::shop
