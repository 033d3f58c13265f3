// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ShopSettings: what a shop says of itself, and when it prints: HOME/shop.toml.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/enum_words.h"
#include "core/base/file.h"
#include "core/order/retention.h"
#include "core/shop/features.h"

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

/// When somebody must have signed in, in a shop whose staff has PINs.
enum class SignInWhen {
    Needed,  ///< for what a person answers for: refunds, gifts, erasure, setting up
    Always,  ///< for everything that a customer may not do
};
constexpr auto wordsOf(SignInWhen) {
    return enumWords<SignInWhen>("bad-sign-in", "Say when staff signs in: needed or always.",
                                 {{SignInWhen::Needed, "needed"}, {SignInWhen::Always, "always"}});
}
/// How many people it takes to give money back.
enum class RefundsBy { TwoPeople, OnePerson };
constexpr auto wordsOf(RefundsBy) {
    return enumWords<RefundsBy>("bad-refunds-by", "Say who gives money back: two-people or one-person.",
                                {{RefundsBy::TwoPeople, "two-people"}, {RefundsBy::OnePerson, "one-person"}});
}

/// The card terminal that the shop drives: ZVT over TCP.
struct TerminalSettings {
    std::string host;
    int port = 20007;
    std::string password = "000000";  ///< six digits
    std::string id;                   ///< that it must have; empty: whichever it says
    bool operator==(const TerminalSettings&) const = default;
};

struct ShopSettings {
    std::string name;                  ///< as it stands on slips; may be empty
    std::vector<std::string> address;  ///< a line each
    std::string taxNumber;
    std::vector<std::string> footer;  ///< what slips end with
    PrintsWhen printsWhen = PrintsWhen::Released;
    std::string phoneCountry;                      ///< "49": whose numbers are typed without one; empty: none's
    order::RetentionPolicy retention;              ///< [retention]
    SignInWhen signIn = SignInWhen::Needed;        ///< [staff]
    std::map<std::string, std::set<Feature>> off;  ///< [features], by device; of "": everywhere
    RefundsBy refunds = RefundsBy::TwoPeople;      ///< one: a supervisor
    int idleMinutes = 10;                          ///< 1…720, then a session is over
    std::optional<TerminalSettings> terminal;      ///< [terminal]; none: it drives none
    int backupDays = 0;                            ///< how long backups are kept; 0: nobody said
    bool operator==(const ShopSettings&) const = default;

    /// What is offered at this device; "": where none is told apart.
    std::vector<Feature> features(const std::string& device) const;

    /// Of a file that is missing: as above. Fails: Invalid "shop-file", with file, line and field.
    static Result<ShopSettings> load(const Path& file);
};

}  // namespace contone::shop
