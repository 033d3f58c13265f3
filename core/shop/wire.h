// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The JSON of every value of the Shop interface: what ShopServer and RemoteShop say to each other (docs/api.md).
#pragma once

#include <string>
#include <string_view>

#include "core/shop/shop.h"

namespace contone::shop {

/// The bodies of commands.
struct ReprintCommand {
    print::ReprintCase why;
    std::string actor;
    bool operator==(const ReprintCommand&) const = default;
};
struct MoveCommand {
    std::string setup, actor;
    bool operator==(const MoveCommand&) const = default;
};
struct PriorityCommand {
    print::Priority priority = print::Priority::InStore;
    std::string actor;
    bool operator==(const PriorityCommand&) const = default;
};
struct CalibrateCommand {
    print::FourReadings readings;
    std::string actor;
    bool operator==(const CalibrateCommand&) const = default;
};
/// Also for jobs that are held.
struct CancelCommand {
    std::string reason, actor;
    bool operator==(const CancelCommand&) const = default;
};
struct EraseCommand {
    std::string actor;
    bool operator==(const EraseCommand&) const = default;
};
/// Also for what needs nothing but somebody who says so: release, pause, resume.
struct VerifyCommand {
    std::string actor;
    bool operator==(const VerifyCommand&) const = default;
};
/// The answer to an upload.
struct StoredOriginal {
    Sha256 original;
    bool operator==(const StoredOriginal&) const = default;
};

/// One line of JSON. T: the commands above, order::Order, print::Sheet, PrintJob, PrinterSetup, Enough and Spoilage,
/// NewOrder, NewSetup, SetupStatus, PrintWish, Settlement, Settled, EnoughQuery, Change, SheetRecord, SheetComparison,
/// Error, and vectors of Order, Sheet, JobTally, PrinterSetup and Change. Text that is not UTF-8 arrives with U+FFFD in
/// place of its bad bytes; everything else comes back equal.
template <class T>
std::string encoded(const T& value);
/// Unknown fields are ignored: the other side may be newer. Fails: Invalid "bad-request" for what is missing, of
/// another type or out of range; the detail names the field.
template <class T>
Result<T> decoded(std::string_view json);

}  // namespace contone::shop
