// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The values that the shop answers with, besides those of the domain (orders, sheets, jobs, setups).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/findings/finding.h"
#include "core/pricing/quote.h"
#include "core/print/pool.h"
#include "core/print/setup_status.h"
#include "core/print/sheet.h"
#include "core/render/page_cache.h"
#include "core/shop/domain_fields.h"

namespace contone::shop {

using pricing::copiesOfOne, pricing::Quote;
using print::SetupStatus;

/// At most so many items are in one page of a list.
constexpr int mostPerPage = 1000;
constexpr json::Range pageLimit{1, mostPerPage, "bad-limit", "Ask for 1 to 1000 items at a time."};

/// One page of a list. The next one is asked for with `after`: the id (of a setup the name) of the last item here.
template <class T>
struct Page {
    using Item = T;
    std::vector<T> items;
    bool more = false;  ///< there are items after the last one here
    bool operator==(const Page&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("items", &Page::items), json::field("more", &Page::more));
    }
};

/// Where there is nothing to say but that it was done.
struct Nothing {
    bool operator==(const Nothing&) const = default;
    static constexpr auto fields() { return json::list(); }
};

struct StoredOriginal {
    Sha256 original;                          ///< the name of the photo's bytes from here on
    std::vector<findings::Finding> findings;  ///< what was odd about it
    bool operator==(const StoredOriginal&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("original", &StoredOriginal::original),
                          json::field("findings", &StoredOriginal::findings));
    }
};

/// What a person should know of an order's prints before they cost paper.
struct OrderCheck {
    struct Line {
        LineId line;
        std::vector<findings::Finding> findings;
        bool operator==(const Line&) const = default;
        static constexpr auto fields() {
            return json::list(json::field("line", &Line::line), json::field("findings", &Line::findings));
        }
    };
    std::string setup;                        ///< for which it was checked; empty: for none, the photos alone
    std::vector<Line> lines;                  ///< in the order's order
    std::vector<findings::Waiver> waivers;    ///< what people accepted so far, oldest first
    std::vector<findings::Finding> toAccept;  ///< nothing is printed until a person accepted these
    bool operator==(const OrderCheck&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("setup", &OrderCheck::setup), json::field("lines", &OrderCheck::lines),
                          json::field("waivers", &OrderCheck::waivers), json::field("toAccept", &OrderCheck::toAccept));
    }
};

/// The sheets that a cancellation caught: those that still waited. Sheets at the printer go on.
struct CancelledSheets {
    std::vector<print::Sheet> sheets;
    bool operator==(const CancelledSheets&) const = default;
    static constexpr auto fields() { return json::list(json::field("sheets", &CancelledSheets::sheets)); }
};

/// The colour record of one sheet: how its pixels came to be.
struct SheetRecord {
    print::Sheet sheet;
    std::string recipeJson;  ///< the page as it was planned, by whatever version
    print::PrintJob job;     ///< with its setup and the engine that rendered it
    bool operator==(const SheetRecord&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("sheet", &SheetRecord::sheet),
                          json::field("recipeJson", &SheetRecord::recipeJson), json::field("job", &SheetRecord::job));
    }
};

/// A sheet's page rendered again, beside what was recorded when it was printed.
struct SheetComparison {
    Sha256 recorded, now;                              ///< raster hashes: equal means the very same page
    std::string recordedFingerprint, nowFingerprint;   ///< render::fingerprintOf
    std::optional<render::PageDifference> difference;  ///< empty: the page as it was printed is no longer here
    bool operator==(const SheetComparison&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("recorded", &SheetComparison::recorded),
                          json::field("now", &SheetComparison::now),
                          json::field("recordedFingerprint", &SheetComparison::recordedFingerprint),
                          json::field("nowFingerprint", &SheetComparison::nowFingerprint),
                          json::field("difference", &SheetComparison::difference));
    }
};

/// What a person saw of a sheet whose outcome no printer can tell.
enum class SheetOutcome {
    InTray,      ///< a whole, good sheet lies in the tray → Out
    Spoiled,     ///< half a sheet, or a colour is missing: paper was used, the print is no good → Spoiled
    NotPrinted,  ///< nothing came out and the stack is unchanged → Cancelled
    CannotTell,  ///< nobody knows: it stays in question, and that somebody looked is noted
};
constexpr auto wordsOf(SheetOutcome) {
    return enumWords<SheetOutcome>("bad-outcome",
                                   "Say what lies in the tray: in-tray, spoiled, not-printed or cannot-tell.",
                                   {{SheetOutcome::InTray, "in-tray"},
                                    {SheetOutcome::Spoiled, "spoiled"},
                                    {SheetOutcome::NotPrinted, "not-printed"},
                                    {SheetOutcome::CannotTell, "cannot-tell"}});
}

/// What follows from "spoiled" and "not printed".
enum class FollowUp { None, Reprint };
constexpr auto wordsOf(FollowUp) {
    return enumWords<FollowUp>("bad-follow-up", "Say what follows: none or reprint.",
                               {{FollowUp::None, "none"}, {FollowUp::Reprint, "reprint"}});
}
using contone::toString;

struct OutcomeResult {
    print::Sheet sheet;
    std::optional<print::PrintJob> reprint;  ///< planned at once; empty: none was
    bool operator==(const OutcomeResult&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("sheet", &OutcomeResult::sheet), json::field("reprint", &OutcomeResult::reprint));
    }
};

/// So many prints of a product.
struct ProductCopies {
    std::string product;
    int copies = 1;  ///< 1…999
    bool operator==(const ProductCopies&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("product", &ProductCopies::product),
                          json::field("copies", &ProductCopies::copies, copiesOfOne));
    }
};

/// The bytes of an ICC profile.
struct SetupProfile {
    Bytes profile;
    bool operator==(const SetupProfile&) const = default;
    static constexpr auto fields() { return json::list(json::field("profile", &SetupProfile::profile)); }
};

/// All that happened to one order.
struct Timeline {
    std::vector<order::Event> events;  ///< oldest first
    bool operator==(const Timeline&) const = default;
    static constexpr auto fields() { return json::list(json::field("events", &Timeline::events)); }
};

/// What an erasure destroyed, for whoever asked for it. Says nothing of what was there.
struct ErasureReceipt {
    Instant at;
    int orders = 0;      ///< and drafts, whose names, phones, file names and designs are gone; 0: they were before
    int destroyed = 0;   ///< photos and set texts, with every page in the cache that showed one
    int keptPhotos = 0;  ///< photos and set texts that other orders show too
    /// Until when a backup can still be opened that was made before; none: the shop does not say how long it keeps
    /// them.
    std::optional<Instant> inBackupsUntil;
    bool operator==(const ErasureReceipt&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("atMs", &ErasureReceipt::at), json::field("orders", &ErasureReceipt::orders),
                          json::field("destroyed", &ErasureReceipt::destroyed),
                          json::field("keptPhotos", &ErasureReceipt::keptPhotos),
                          json::field("inBackupsUntilMs", &ErasureReceipt::inBackupsUntil));
    }
};

/// One fact, as it is stored.
struct Change {
    std::string type;    ///< event type: "order-placed", "sheet-moved" …
    std::string stream;  ///< "order/<id>", "production/<job>", "setup/<name>"
    std::string fact;    ///< its fields, in JSON
    bool operator==(const Change&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("type", &Change::type), json::field("stream", &Change::stream),
                          json::field("fact", &Change::fact));
    }
};

/// What happened after a place in the feed, oldest first.
struct Changes {
    std::vector<Change> items;
    std::string token;  ///< where to go on, over restarts of either side; never empty
    bool more = false;  ///< there is more already
    bool operator==(const Changes&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("items", &Changes::items), json::field("token", &Changes::token),
                          json::field("more", &Changes::more));
    }
};

}  // namespace contone::shop
