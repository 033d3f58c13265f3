// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PageDesign as JSON and back.
#include "core/order/page_design.h"

#include "core/order/read_json.h"

namespace contone::order {

using nlohmann::json;

std::string toJson(const PageDesign& design) {
    json photos = json::array();
    for (const DesignPhoto& photo : design.photos)
        photos.push_back({{"original", photo.original.toString()}, {"choices", toJson(photo.choices)}});
    return writeJson({{"layout", design.layout.toString()}, {"photos", photos}});
}

Result<PageDesign> designFromJson(std::string_view text) {
    return readJson(text, "design-json", [](const json& from) -> Result<PageDesign> {
        PageDesign design;
        CONTONE_TRY(design.layout, Sha256::parse(from.at("layout").get<std::string>()));
        for (const json& photo : from.at("photos")) {
            DesignPhoto one;
            CONTONE_TRY(one.original, Sha256::parse(photo.at("original").get<std::string>()));
            CONTONE_TRY(one.choices, choicesFromJson(photo.at("choices").get<std::string>()));
            design.photos.push_back(std::move(one));
        }
        return design;
    });
}

}  // namespace contone::order
