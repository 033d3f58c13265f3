// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoChoices as JSON and back; what cannot be a choice.
#include "core/order/photo_choices.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace contone::order {
namespace {

using nlohmann::json;

std::unexpected<Error> badChoices(std::string detail) {
    return fail(Code::Corrupt, "choices-json", "What was chosen for this photo cannot be read. Choose it again.",
                std::move(detail));
}

Result<image::Crop> readCrop(const json& j) {
    image::Crop crop;
    const std::pair<const char*, double*> parts[] = {
        {"left", &crop.left}, {"top", &crop.top}, {"width", &crop.width}, {"height", &crop.height}};
    for (const auto& [name, value] : parts) {
        const auto found = j.find(name);
        if (found == j.end() || !found->is_number()) return badChoices(std::string("crop.") + name);
        *value = found->get<double>();
    }
    return crop;
}

Result<image::PhotoTurn> readTurn(const json& j) {
    image::PhotoTurn turn;
    if (const auto turned = j.find("turned"); turned != j.end()) {
        if (!turned->is_number_integer() || *turned < 1 || *turned > 8) return badChoices("turned");
        turn.by = image::orientationFromExif(turned->get<int>());
    }
    if (const auto angle = j.find("straighten"); angle != j.end()) {
        if (!angle->is_number_integer() || *angle < -image::PhotoTurn::most || *angle > image::PhotoTurn::most)
            return badChoices("straighten");
        turn.straighten = angle->get<int>();
    }
    return turn;
}

}  // namespace

std::string toJson(const PhotoChoices& choices) {
    json j{{"fit", choices.fit == Fit::Fill ? "fill" : "whole"},
           {"crop", nullptr},
           {"lane", image::toString(choices.lane)}};
    // Only where it is not what most photos have.
    if (choices.inks != image::InkSense::AsRead) j["inks"] = image::toString(choices.inks);
    if (choices.turn.by != image::Orientation::Upright) j["turned"] = static_cast<int>(choices.turn.by);
    if (choices.turn.straighten != 0) j["straighten"] = choices.turn.straighten;
    if (!choices.adjustments.isEmpty()) j["adjustments"] = image::toText(choices.adjustments);
    if (choices.asSent) j["asSent"] = true;
    if (const auto& crop = choices.crop)
        j["crop"] = {{"left", crop->left}, {"top", crop->top}, {"width", crop->width}, {"height", crop->height}};
    return j.dump();
}

Result<PhotoChoices> choicesFromJson(std::string_view text) {
    const json j = json::parse(text, nullptr, false);
    if (!j.is_object()) return badChoices("not an object");
    PhotoChoices choices;
    const auto fit = j.find("fit");
    if (fit == j.end() || (*fit != "fill" && *fit != "whole")) return badChoices("fit");
    choices.fit = *fit == "fill" ? Fit::Fill : Fit::Whole;
    const auto lane = j.find("lane");
    if (lane == j.end() || !lane->is_string()) return badChoices("lane");
    const auto parsed = contone::parse<image::Lane>(lane->get_ref<const std::string&>());
    if (!parsed) return badChoices("lane: " + parsed.error().detail);
    choices.lane = *parsed;
    if (const auto inks = j.find("inks"); inks != j.end()) {
        if (!inks->is_string()) return badChoices("inks");
        const auto sense = contone::parse<image::InkSense>(inks->get_ref<const std::string&>());
        if (!sense) return badChoices("inks: " + sense.error().detail);
        choices.inks = *sense;
    }
    if (const auto line = j.find("adjustments"); line != j.end()) {
        if (!line->is_string()) return badChoices("adjustments");
        auto adjustments = image::parseAdjustments(line->get_ref<const std::string&>());
        if (!adjustments) return badChoices("adjustments: " + adjustments.error().detail);
        choices.adjustments = *std::move(adjustments);
    }
    CONTONE_TRY(choices.turn, readTurn(j));
    if (const auto asSent = j.find("asSent"); asSent != j.end()) {
        if (!asSent->is_boolean()) return badChoices("asSent");
        choices.asSent = asSent->get<bool>();
    }
    const auto crop = j.find("crop");
    if (crop == j.end() || (!crop->is_null() && !crop->is_object())) return badChoices("crop");
    if (crop->is_object()) {
        CONTONE_TRY(choices.crop, readCrop(*crop));
    }
    return choices;
}

Result<void> check(const PhotoChoices& choices, const std::optional<image::PhotoFacts>& photo) {
    if (choices.inks == image::InkSense::Turned && photo && !photo->warnings.has(image::PhotoWarning::InkGuessed))
        return fail(Code::Invalid, "inks-known",
                    "This photo says itself how its colours are stored. Only CMYK that does not say it can be turned.");
    CONTONE_CHECK(image::check(choices.turn));
    if (choices.asSent && !choices.adjustments.isEmpty())
        return fail(Code::Invalid, "as-sent-adjusted",
                    "This photo is to be printed exactly as it was sent, so its light and colours stay. Take away the "
                    "adjustments, or that wish.",
                    image::toText(choices.adjustments));
    if (!choices.crop) return {};
    if (!image::isInsidePhoto(*choices.crop))
        return fail(Code::Invalid, "bad-crop", "The chosen part lies outside the photo. Choose it again.");
    // Of what is stored: 1e-300 of a photo is none of it.
    const image::Crop crop = choices.crop->rounded();
    const image::PixelSize size = photo ? image::turnedSize(*photo, choices.turn)
                                        : image::PixelSize{image::longestPhotoSide, image::longestPhotoSide};
    if (crop.width * size.width < 1 || crop.height * size.height < 1)
        return fail(Code::Invalid, "bad-crop",
                    "The chosen part is smaller than a pixel of the photo. Choose a larger one.");
    return {};
}

}  // namespace contone::order
