// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The addresses of the sheet ledger and of the jobs.
#include "core/shop/routes_p.h"

namespace contone::shop::routes {
namespace {

/// An id in the query, where there is one.
template <class Id>
Result<std::optional<Id>> queryId(const Call& call, const char* name) {
    const auto text = call.request.target.value(name);
    if (!text) return std::optional<Id>();
    CONTONE_TRY(const Id id, named<Id>(*text));
    return std::optional(id);
}

Answer sheets(Call& call) {
    print::SheetFilter filter;
    CONTONE_TRY(filter.limit, queryInteger<int>(call, "limit", filter.limit));
    CONTONE_TRY(filter.order, queryId<OrderId>(call, "order"));
    CONTONE_TRY(filter.job, queryId<JobId>(call, "job"));
    CONTONE_TRY(filter.openOnly, queryFlag(call, "open"));
    CONTONE_TRY(const bool newest, queryFlag(call, "newest"));
    if (newest) filter.sorting = print::SheetOrder::NewestFirst;
    CONTONE_TRY(filter.from.ms, queryInteger<std::int64_t>(call, "from", 0));
    CONTONE_TRY(filter.to.ms, queryInteger<std::int64_t>(call, "to", 0));
    CONTONE_TRY(filter.after, queryId<SheetId>(call, "after"));
    return json(call.shop.sheets(filter));
}

Answer spoilage(Call& call) {
    CONTONE_TRY(const std::int64_t from, queryInteger<std::int64_t>(call, "from", 0));
    CONTONE_TRY(const std::int64_t to, queryInteger<std::int64_t>(call, "to", 0));
    return json(call.shop.spoilage({from}, {to}));
}

Answer jobs(Call& call) {
    CONTONE_TRY(const bool open, queryFlag(call, "open"));
    CONTONE_TRY(const int limit, queryInteger<int>(call, "limit", 100));
    return json(call.shop.jobs(open, limit));
}

using Settle = Result<Settled> (PrintRoom::*)(SheetId, const Settlement&);
using Reprint = Result<print::PrintJob> (PrintRoom::*)(SheetId, const print::ReprintCase&, const std::string&);

constexpr Route table[] = {
    {"GET", "/v1/sheets", sheets},
    {"GET", "/v1/sheets/*/record", about<&Shop::sheetRecord>},
    {"POST", "/v1/sheets/*/compare", about<&Shop::compareSheet>},
    {"POST", "/v1/sheets/*/settle", told<static_cast<Settle>(&PrintRoom::settle), Settlement>},
    {"POST", "/v1/sheets/*/reprint", told<static_cast<Reprint>(&PrintRoom::reprint), ReprintCommand>},
    {"GET", "/v1/spoilage", spoilage},
    {"GET", "/v1/jobs", jobs},
    {"POST", "/v1/jobs/*/hold", told<&Shop::holdJob, CancelCommand>},
    {"POST", "/v1/jobs/*/release", told<&Shop::releaseJob, VerifyCommand>},
    {"POST", "/v1/jobs/*/priority", told<&Shop::setPriority, PriorityCommand>},
    {"POST", "/v1/jobs/*/move", told<&Shop::moveJob, MoveCommand>},
    {"POST", "/v1/jobs/*/cancel", told<&Shop::cancelJob, CancelCommand>},
};

}  // namespace

std::span<const Route> ofSheets() {
    return table;
}

}  // namespace contone::shop::routes
