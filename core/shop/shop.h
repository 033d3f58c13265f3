// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Shop: everything the programs may ask of a shop, as one interface: in this process (LocalShop) or at the agent
// (RemoteShop over its Unix socket). Both give the same answers and the same errors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/order/order.h"
#include "core/order/photo_choices.h"
#include "core/print/page_plan.h"
#include "core/print/printer.h"
#include "core/print/setup.h"
#include "core/print/sheet.h"
#include "core/render/page_cache.h"
#include "core/render/recipe.h"
#include "core/shop/print_room.h"

namespace contone::shop {

struct NewLine {
    Sha256 original;       ///< as addOriginal() answered
    std::string fileName;  ///< as brought; personal, erasable
    std::string product;
    int copies = 1;  ///< 1…999
    order::PhotoChoices choices;
    bool operator==(const NewLine&) const = default;
};

struct NewOrder {
    std::vector<NewLine> lines;
    std::string customerName;  ///< personal, erasable; may be empty
    std::string actor = "staff";
    bool operator==(const NewOrder&) const = default;
};

/// A new or changed setup. `profileBytes` empty: the bundled profile that suits the printer model.
struct NewSetup {
    std::string name;
    print::Route route;
    std::string model, medium, finish;
    Bytes profileBytes;
    icc::Intent intent = icc::Intent::Relative;
    icc::BlackPoint blackPoint = icc::BlackPoint::Compensate;
    render::SharpenLevel sharpen = render::SharpenLevel::None;
    print::Calibration calibration;
    std::string pool;    ///< empty: none
    int lowPrints = 20;  ///< 0…10000; 0: never warn
    std::string actor = "staff";
    bool operator==(const NewSetup&) const = default;
};

/// One entry of the change feed. Positions grow; a client asks for what is after the last it has seen.
struct Change {
    std::int64_t position = 0;
    std::string type;    ///< event type: "order-placed", "sheet-moved" …
    std::string stream;  ///< "order/<id>", "production/<job>"
    std::string json;
    bool operator==(const Change&) const = default;
};

/// The colour record of one sheet: how its pixels came to be.
struct SheetRecord {
    print::Sheet sheet;
    std::string recipeJson;
    std::string setupJson;
    print::PrintJob job;  ///< with the engine that rendered it
    bool operator==(const SheetRecord&) const = default;
};

/// A sheet's page rendered again, beside what was recorded when it was printed.
struct SheetComparison {
    Sha256 recorded, now;                              ///< raster hashes: equal means the very same page
    std::string recordedFingerprint, nowFingerprint;   ///< render::fingerprintOf
    std::optional<render::PageDifference> difference;  ///< empty: the page as it was printed is no longer here
    bool operator==(const SheetComparison&) const = default;
};

constexpr std::int64_t latestChange = -1;  ///< see Shop::changesAfter

/// Thread-safe. Unavailable "agent-unreachable" from the remote one means: try again.
class Shop : public PrintRoom {
  public:
    /// Copies the file into the vault, hashing while reading: the medium is read once and parsed never. The name is not
    /// kept. Fails as vault::Vault::stage, and as Decoder::open and PhotoSource::read for what is no photo, or not all
    /// of one: nothing is kept of those.
    virtual Result<Sha256> addOriginal(const Path& file) = 0;
    /// Prices and places. All or nothing. Fails: NotFound "product-unknown", "original-missing"; Invalid "order-empty",
    /// "bad-copies", "bad-crop".
    virtual Result<order::Order> placeOrder(const NewOrder& order) = 0;
    virtual Result<order::Order> order(OrderId id) const = 0;
    virtual Result<order::Order> orderByNumber(int number) const = 0;
    virtual Result<std::vector<order::Order>> orders(int limit) const = 0;

    /// Plans every copy that is neither out nor on its way; the agent prints them. Asking again while they print plans
    /// nothing new (Conflict "already-printing"): ten taps are one print. Fails: NotFound "order-unknown",
    /// "setup-unknown", "pool-unknown"; Conflict "setup-unverified", "setup-changed", "wrong-medium", "order-done".
    virtual Result<print::PrintJob> print(OrderId order, const PrintWish& wish) = 0;
    Result<print::PrintJob> print(OrderId order, const std::string& setup, const std::string& actor) {
        return print(order, PrintWish{setup, {}, print::Priority::InStore, actor});
    }
    /// Cancels every sheet of the order that still waits; those at the printer go on. Returns the cancelled ones, none
    /// when none waited: print() plans them again. Fails: NotFound "order-unknown".
    virtual Result<std::vector<print::Sheet>> cancelPlanned(OrderId order, const std::string& reason,
                                                            const std::string& actor) = 0;
    /// Cancels the sheets that wait, then the order. Nothing is cancelled of an order with paper. `reason`: kebab case,
    /// never a person's words. Fails: NotFound "order-unknown"; Conflict "already-printing" (sheets are at the printer
    /// or in question), "order-done" (prints are out), "order-cancelled".
    virtual Result<order::Order> cancelOrder(OrderId order, const std::string& reason, const std::string& actor) = 0;
    /// Erases the customer's name and file names for good, and the pages kept of their photos; twice is fine. Fails:
    /// NotFound "order-unknown".
    virtual Result<void> eraseCustomer(OrderId order, const std::string& actor) = 0;
    virtual Result<std::vector<print::Sheet>> sheets(const print::SheetFilter& filter) const = 0;
    virtual Result<SheetRecord> sheetRecord(SheetId sheet) const = 0;
    /// Renders the sheet's recipe again and compares; nothing is changed. Fails: Conflict "sheet-not-rendered";
    /// NotFound "sheet-unknown", "original-missing"; Unsupported "recipe-version"; as rendering does.
    virtual Result<SheetComparison> compareSheet(SheetId sheet) = 0;

    /// Fails: Invalid "bad-setup-name", "bad-low-prints"; NotFound "model-unknown", "medium-unknown", "finish-unknown";
    /// Corrupt "profile-damaged"; Conflict "profile-channels".
    virtual Result<print::PrinterSetup> saveSetup(const NewSetup& setup) = 0;
    virtual Result<print::PrinterSetup> setup(const std::string& name) const = 0;
    virtual Result<std::vector<print::PrinterSetup>> setups() const = 0;
    /// Proves the route and stores the result, passed or not. Fails: NotFound "setup-unknown", "medium-unknown";
    /// Unsupported "route-unprovable"; Conflict "setup-changed" (saved anew meanwhile); as the printer does.
    virtual Result<print::PrinterSetup> verifySetup(const std::string& name, const std::string& actor) = 0;
    /// The bytes of the setup's output profile: clients proof with it.
    virtual Result<Bytes> setupProfile(const std::string& name) const = 0;

    /// Waits up to `waitMs` (0…30000) for something after `position`; empty when nothing came. latestChange instead of
    /// a position answers at once with one Change that has only the newest position, 0 in a new shop: whoever reads the
    /// state after that misses nothing.
    virtual Result<std::vector<Change>> changesAfter(std::int64_t position, int waitMs) const = 0;
};

}  // namespace contone::shop
