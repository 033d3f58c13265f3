// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads shop.toml strictly.
#include "core/shop/local/shop_settings.h"

#include "core/facts/fact_file.h"

namespace contone::shop {

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
    CONTONE_CHECK(file.finish(path.stem().string()));
    return settings;
}

}  // namespace contone::shop
