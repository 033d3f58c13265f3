// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Epochs: a store that was restored, or copied to another machine, goes on under a new name, so that nothing that it
// writes can be taken for what the other one wrote.
#pragma once

#include <string>

#include "core/json/json.h"
#include "core/order/event.h"
#include "core/store/event_log.h"

namespace contone::store {

/// epoch-begun, the first event of a new origin, in the stream "store/<origin>": which record it goes on from.
struct EpochBegun {
    static constexpr std::string_view type = "epoch-begun";
    static constexpr int schemaVersion = 1;
    int epoch = 1;
    std::string reason;      ///< "restored", "copied", "loss-accepted"
    std::string before;      ///< the origin of the epoch before
    std::string beforeHead;  ///< the hash of its last event that is here
    bool operator==(const EpochBegun&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("epoch", &EpochBegun::epoch), json::field("reason", &EpochBegun::reason),
                          json::field("before", &EpochBegun::before),
                          json::field("beforeHead", &EpochBegun::beforeHead));
    }
    std::string json() const { return json::write(*this); }
};

/// 1 for a new store. Call inside a transaction.
Result<int> epochOf(db::Database& database);
/// Receipts of an epoch: "A" for a shop's first, then the epoch's letter and three characters of its origin, as
/// "B4F7": two shops that were made of one backup have each their own.
std::string receiptSeries(int epoch, const std::string& origin);

/// What stands for the place in a copy that is kept as a backup: wherever that is opened, a new epoch begins.
inline constexpr std::string_view inBackup = "backup";

/// The computer and the folder, as far as a copy of the folder differs in it: the machine's id and the folder's own
/// number on its disk, hashed.
std::string placeOf(const Path& folder);

/// Gives the store a new origin and epoch, whose numbers of orders begin thousands further on, the more the longer
/// nothing was recorded, and by chance; holds every job that still waits and every order that is not printed, and puts
/// payments that had begun in question: what became of them was perhaps written where it was lost. Call inside a
/// transaction. Answers the new origin.
Result<std::string> beginEpoch(db::Database& database, const Clock& clock, const std::string& reason);

}  // namespace contone::store
