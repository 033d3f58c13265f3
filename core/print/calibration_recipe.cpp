// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Calibration recipes as JSON.
#include "core/print/calibration_recipe.h"

#include "core/order/read_json.h"

namespace contone::print {

namespace {
constexpr const char* marker = "calibrationPage";
}

std::string canonical(const CalibrationRecipe& recipe) {
    return order::writeJson({{marker, 1},
                             {"medium", recipe.medium},
                             {"channels", image::count(recipe.device.channels)},
                             {"bits", recipe.device.depth == image::Depth::U8 ? 8 : 16}});
}

Result<std::optional<CalibrationRecipe>> parseCalibrationRecipe(std::string_view text) {
    using Read = Result<std::optional<CalibrationRecipe>>;
    return order::readJson(text, "recipe-damaged", [](const nlohmann::json& j) -> Read {
        if (!j.is_object() || !j.contains(marker)) return std::optional<CalibrationRecipe>();
        CalibrationRecipe recipe{j.at("medium").get<std::string>(), {}};
        const int channels = j.at("channels").get<int>(), bits = j.at("bits").get<int>();
        if (j.at(marker) != 1 || (channels != 3 && channels != 4) || (bits != 8 && bits != 16))
            return fail(Code::Corrupt, "recipe-damaged",
                        "The record of this page cannot be read. Print it again from the order.", "calibration page");
        recipe.device = {channels == 4 ? image::Channels::Cmyk : image::Channels::Rgb,
                         bits == 8 ? image::Depth::U8 : image::Depth::U16};
        return std::optional(recipe);
    });
}

}  // namespace contone::print
