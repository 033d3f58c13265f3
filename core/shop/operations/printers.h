// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Printers: how they are, and whether their paper is enough.
#pragma once

#include "core/shop/operation_terms.h"
#include "core/shop/values.h"

namespace contone::shop {

struct ShowSetupStatus {
    using Answer = SetupStatus;
    static constexpr OperationTerms terms{
        .name = "show-setup-status",
        .does = "Says how the printer of a setup is: what stands in the way, what is left, what waits.",
        .answer = "SetupStatus",
        .fails = "setup-unknown",
        .effect = Effect::Reads};
    std::string setup;
    static constexpr auto fields() { return json::list(json::field("setup", &ShowSetupStatus::setup)); }
};

struct PausePrinter {
    using Answer = SetupStatus;
    static constexpr OperationTerms terms{
        .name = "pause-printer",
        .does =
            "Starts no new sheet on a setup's printer, whatever the setup, until it is resumed; kept over "
            "restarts.",
        .answer = "SetupStatus",
        .fails = "setup-unknown"};
    std::string setup;
    static constexpr auto fields() { return json::list(json::field("setup", &PausePrinter::setup)); }
};

struct ResumePrinter {
    using Answer = SetupStatus;
    static constexpr OperationTerms terms{
        .name = "resume-printer",
        .does = "Lets a printer go on that was paused through any of its setups, and starts its queue if that stands.",
        .answer = "SetupStatus",
        .fails = "setup-unknown, printer-unreachable, printer-denied"};
    std::string setup;
    static constexpr auto fields() { return json::list(json::field("setup", &ResumePrinter::setup)); }
};

struct CheckMedia {
    using Answer = print::MediaCheck;
    static constexpr OperationTerms terms{
        .name = "check-media",
        .does = "Says whether paper and ribbon are enough, before a customer pays.",
        .answer = "MediaCheck: yes, no or unknown; the sheets needed and left; a sentence",
        .fails = "setup-unknown, pool-unknown, order-unknown, product-unknown, wrong-medium, bad-copies",
        .role = Role::Customer,
        .effect = Effect::Reads,
        .within = aWhile};
    std::optional<OrderId> order;  ///< what is missing of it; else `lines`
    std::vector<ProductCopies> lines;
    std::string setup, pool;  ///< one of them
    static constexpr auto fields() {
        return json::list(json::field("order", &CheckMedia::order),
                          json::field("lines", &CheckMedia::lines, json::Absent::KeepsDefault),
                          json::field("setup", &CheckMedia::setup, json::Absent::KeepsDefault),
                          json::field("pool", &CheckMedia::pool, json::Absent::KeepsDefault));
    }
};

}  // namespace contone::shop
