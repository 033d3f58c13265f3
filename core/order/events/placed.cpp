// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// order-placed as JSON.
#include "core/order/events/placed.h"

#include "core/order/read_json.h"

namespace contone::order {

namespace {

nlohmann::json moneyJson(const Money& money) {
    return {{"minor", money.minor}, {"currency", money.currency}};
}

Money readMoney(const nlohmann::json& json) {
    return {json.at("minor").get<std::int64_t>(), json.at("currency").get<std::string>()};
}

Result<OrderLine> readLine(const nlohmann::json& json) {
    CONTONE_TRY(const LineId id, LineId::parse(json.at("id").get<std::string>()));
    CONTONE_TRY(const Sha256 original, Sha256::parse(json.at("original").get<std::string>()));
    CONTONE_TRY(const PhotoChoices choices, choicesFromJson(json.at("placement").get<std::string>()));
    OrderLine line{id,
                   original,
                   json.at("product").get<std::string>(),
                   json.at("copies").get<int>(),
                   choices,
                   readMoney(json.at("price"))};
    if (const auto design = json.find("design"); design != json.end()) {
        CONTONE_TRY(line.design, designFromJson(design->get<std::string>()));
    }
    return line;
}

}  // namespace

std::string Placed::json() const {
    auto all = nlohmann::json::array();
    for (const OrderLine& line : lines) {
        all.push_back({{"id", line.id.toString()},
                       {"original", line.original.toString()},
                       {"product", line.product},
                       {"copies", line.copies},
                       {"placement", toJson(line.choices)},
                       {"price", moneyJson(line.price)}});
        if (line.design) all.back()["design"] = toJson(*line.design);
    }
    return writeJson({{"number", number},
                      {"code", code.toString()},
                      {"lines", all},
                      {"total", moneyJson(price.total)},
                      {"quote", price.quote}});
}

Result<Placed> Placed::fromJson(std::string_view text) {
    return readJson(text, "event-unreadable", [](const nlohmann::json& json) -> Result<Placed> {
        Placed placed{
            json.at("number").get<int>(), {}, {}, {readMoney(json.at("total")), json.at("quote").get<std::string>()}};
        CONTONE_TRY(placed.code, OrderCode::parse(json.at("code").get<std::string>()));
        for (const auto& item : json.at("lines")) {
            CONTONE_TRY(OrderLine line, readLine(item));
            placed.lines.push_back(std::move(line));
        }
        return placed;
    });
}

Result<std::string> Placed::from1(const std::string& text) {
    return readJson(text, "event-unreadable", [](nlohmann::json order) -> Result<std::string> {
        for (auto& line : order.at("lines")) {
            Money price = readMoney(line.at("unitPrice"));
            price.minor *= line.at("copies").get<int>();
            line["price"] = moneyJson(price);
            line.erase("unitPrice");
        }
        order["code"] = order["quote"] = "";
        return writeJson(order);
    });
}

}  // namespace contone::order
