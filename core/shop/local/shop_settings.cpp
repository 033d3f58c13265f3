// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads shop.toml strictly.
#include "core/shop/local/shop_settings.h"

#include "core/facts/fact_file.h"

namespace contone::shop {
namespace {

std::set<Feature> featuresIn(const facts::FactTable& table) {
    std::set<Feature> features;
    for (const std::string& word : table.texts("off")) {
        const auto feature = contone::parse<Feature>(word);
        if (feature)
            features.insert(*feature);
        else
            table.refuse("off", feature.error().message);
    }
    return features;
}

}  // namespace

std::vector<Feature> ShopSettings::features(const std::string& device) const {
    const auto isOff = [&](const std::string& where, Feature feature) {
        const auto some = off.find(where);
        return some != off.end() && some->second.contains(feature);
    };
    std::vector<Feature> on;
    for (const auto& row : wordTable<Feature>.words)
        if (!isOff("", row.value) && !isOff(device, row.value)) on.push_back(row.value);
    return on;
}

Result<ShopSettings> ShopSettings::load(const Path& path) {
    std::error_code unknown;
    if (!std::filesystem::exists(path, unknown)) return ShopSettings{};
    CONTONE_TRY(const facts::FactFile file, facts::FactFile::open(path, "shop"));
    const facts::FactTable root = file.root();
    ShopSettings settings;
    settings.name = root.text("name", facts::Need::Optional);
    settings.address = root.texts("address", facts::Need::Optional);
    settings.taxNumber = root.text("tax_number", facts::Need::Optional);
    settings.footer = root.texts("footer", facts::Need::Optional);
    if (root.has("prints_when"))
        settings.printsWhen =
            contone::parse<PrintsWhen>(root.word("prints_when", {"placed", "paid", "released"})).value();
    settings.phoneCountry = root.text("phone_country", facts::Need::Optional);
    const bool isCountry =
        settings.phoneCountry.size() <= 3 && settings.phoneCountry.find_first_not_of("0123456789") == std::string::npos;
    if (!isCountry) root.refuse("phone_country", "must be the digits of a country, as \"49\"");
    if (root.has("backup_days")) settings.backupDays = root.integer("backup_days", 1, 36500);
    if (root.has("retention")) {
        const facts::FactTable retention = root.table("retention");
        const auto read = [&](const char* key, int most, int& value) {
            if (retention.has(key)) value = retention.integer(key, 1, most);
        };
        read("cart_hours", 8760, settings.retention.cartHours);
        read("draft_days", 3650, settings.retention.draftDays);
        read("order_days", 3650, settings.retention.orderDays);
        read("uncollected_days", 3650, settings.retention.uncollectedDays);
    }
    if (root.has("staff")) {
        const facts::FactTable staff = root.table("staff");
        if (staff.has("sign_in"))
            settings.signIn = contone::parse<SignInWhen>(staff.word("sign_in", {"needed", "always"})).value();
        if (staff.has("refunds"))
            settings.refunds = contone::parse<RefundsBy>(staff.word("refunds", {"two-people", "one-person"})).value();
        if (staff.has("idle_minutes")) settings.idleMinutes = staff.integer("idle_minutes", 1, 720);
    }
    if (root.has("features")) {
        const facts::FactTable features = root.table("features");
        if (features.has("off")) settings.off[""] = featuresIn(features);
        if (features.has("at"))
            for (const facts::FactTable& at : features.tables("at")) settings.off[at.text("device")] = featuresIn(at);
    }
    if (root.has("terminal")) {
        const facts::FactTable table = root.table("terminal");
        TerminalSettings terminal{.host = table.text("host"), .id = table.text("id", facts::Need::Optional)};
        if (table.has("port")) terminal.port = table.integer("port", 1, 65535);
        if (table.has("password")) terminal.password = table.text("password");
        const bool isPassword =
            terminal.password.size() == 6 && terminal.password.find_first_not_of("0123456789") == std::string::npos;
        if (!isPassword) table.refuse("password", "must be six digits, as \"000000\"");
        settings.terminal = terminal;
    }
    CONTONE_CHECK(file.finish(path.stem().string()));
    return settings;
}

}  // namespace contone::shop
