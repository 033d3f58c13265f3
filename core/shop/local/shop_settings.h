// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ShopSettings: what a shop says of itself, and when it prints: HOME/shop.toml.
#pragma once

#include <string>
#include <vector>

#include "core/base/enum_words.h"
#include "core/base/file.h"
#include "core/order/retention.h"

namespace contone::shop {

/// When the prints of an order may start.
enum class PrintsWhen {
    Placed,    ///< as soon as it is ordered
    Paid,      ///< when nothing is due any more; before only when somebody says so for this order
    Released,  ///< when staff starts them, paid or not
};
constexpr auto wordsOf(PrintsWhen) {
    return enumWords<PrintsWhen>(
        "bad-prints-when", "Say when prints may start: placed, paid or released.",
        {{PrintsWhen::Placed, "placed"}, {PrintsWhen::Paid, "paid"}, {PrintsWhen::Released, "released"}});
}

struct ShopSettings {
    std::string name;                  ///< as it stands on slips; may be empty
    std::vector<std::string> address;  ///< a line each
    std::string taxNumber;
    std::vector<std::string> footer;  ///< what slips end with
    PrintsWhen printsWhen = PrintsWhen::Released;
    std::string phoneCountry;          ///< "49": whose numbers are typed without one; empty: none's
    order::RetentionPolicy retention;  ///< [retention]
    int backupDays = 0;                ///< how long backups are kept; 0: nobody said
    bool operator==(const ShopSettings&) const = default;

    /// Of a file that is missing: as above. Fails: Invalid "shop-file", with file, line and field.
    static Result<ShopSettings> load(const Path& file);
};

}  // namespace contone::shop
