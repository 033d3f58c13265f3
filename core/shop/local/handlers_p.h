// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Handlers: one handle() for each operation, in files by subject, and what they share.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>

#include "core/access/sessions.h"
#include "core/design/design_page.h"
#include "core/search/order_index.h"
#include "core/shop/local/card_desk.h"
#include "core/shop/local/local_shop.h"

namespace contone::shop {

/// What a handler knows of the request besides the operation.
struct Asking {
    std::string actor;  ///< actorOf the caller: what the store records
    CancelToken cancel;
    Caller caller;
};

/// Of a payment: the terminal was asked and does not know either, so it is a person's to settle.
inline constexpr const char* nobodyKnows = "nobody-knows";

/// The first `limit` of limit + 1 items that were read, and whether there are more.
template <class T>
Page<T> pageOf(std::vector<T> items, int limit) {
    Page<T> page{std::move(items), false};
    page.more = std::ssize(page.items) > limit;
    if (page.more) page.items.resize(static_cast<std::size_t>(limit));
    return page;
}

/// Reasons are words, so that nothing personal stands in a record that is never erased: a…z, digits and dashes, at most
/// 40. Empty is fine. Fails: Invalid "bad-reason".
Result<void> checkWord(const std::string& reason);
/// What is asked to be given back of this payment, as it is now; prints that were given back already are refused.
Result<order::Refunding> refundingOf(const order::Order& order, const order::Payment& now, const RefundPayment& asked,
                                     const std::string& approver);
/// The same of one that must be there. Fails too: Invalid "reason-missing".
Result<void> checkReason(const std::string& reason);

class Handlers {
  public:
    explicit Handlers(ShopParts parts) : m_parts(std::move(parts)) {
        if (auto index = search::OrderIndex::create()) m_index = *std::move(index);
    }

    /// Goes on with erasures that a kill or a power cut stopped between the record and the photos.
    Result<void> finishErasures();

    // photo_handlers.cpp
    Result<StoredOriginal> handle(const AddOriginal&, const Asking&);

    // order_handlers.cpp
    Result<Features> handle(const ShowFeatures&, const Asking&);
    Result<Quote> handle(const QuoteOrder&, const Asking&);
    Result<order::Order> handle(const PlaceOrder&, const Asking&);
    Result<order::Order> handle(const ShowOrder&, const Asking&);
    Result<order::Order> handle(const FindOrder&, const Asking&);
    Result<Timeline> handle(const ShowTimeline&, const Asking&);
    Result<order::Order> handle(const MoveOrder&, const Asking&);
    Result<Page<order::Order>> handle(const ListOrders&, const Asking&);
    Result<CancelledSheets> handle(const CancelWaitingSheets&, const Asking&);
    Result<order::Order> handle(const CancelOrder&, const Asking&);

    // find_handlers.cpp
    /// Reads what customers said into memory. The first call does, others return at once.
    Result<void> indexOrders();
    Result<FoundOrders> handle(const FindOrders&, const Asking&);
    Result<order::Order> handle(const ReorderOrder&, const Asking&);

    // privacy_handlers.cpp
    Result<ErasureReceipt> handle(const EraseCustomer&, const Asking&);
    Result<ErasureReceipt> handle(const EraseByCode&, const Asking&);
    Result<CustomerOrders> handle(const FindCustomer&, const Asking&);
    Result<CustomerRecord> handle(const ExportCustomer&, const Asking&);
    Result<PhotoPiece> handle(const ReadOriginal&, const Asking&);
    Result<RetentionReport> handle(const ShowRetention&, const Asking&);
    Result<RetentionReport> handle(const ApplyRetention&, const Asking&);

    // staff_handlers.cpp
    /// As ShopService::callerWith.
    Result<Caller> callerWith(Caller caller, const std::string& session);
    Result<StaffList> handle(const ListStaff&, const Asking&);
    Result<Session> handle(const SignIn&, const Asking&);
    Result<Nothing> handle(const SignOut&, const Asking&);
    Result<Nothing> handle(const ChangePin&, const Asking&);
    Result<FirstPin> handle(const AddPerson&, const Asking&);
    Result<access::Person> handle(const ChangePerson&, const Asking&);
    Result<FirstPin> handle(const ResetPin&, const Asking&);
    Result<Nothing> handle(const RemovePerson&, const Asking&);

    // payment_handlers.cpp
    Result<order::Payment> handle(const ShowPayment&, const Asking&);
    Result<order::Payment> handle(const TakePayment&, const Asking&);
    Result<order::Payment> handle(const RefundPayment&, const Asking&);
    Result<order::Payment> handle(const SettlePayment&, const Asking&);

    // terminal_handlers.cpp
    /// As LocalShop::findOutPayments.
    void findOutPayments(const CancelToken& cancel);
    Result<TerminalState> handle(const ShowTerminal&, const Asking&);
    Result<Nothing> handle(const StopTerminal&, const Asking&);
    Result<order::Payment> handle(const AskTerminal&, const Asking&);
    Result<order::TerminalClosed> handle(const CloseTerminal&, const Asking&);

    // report_handlers.cpp
    Result<report::Report> handle(const ShowReport&, const Asking&);

    // slip_handlers.cpp
    Result<slip::Slip> handle(const ShowSlip&, const Asking&);

    // project_handlers.cpp
    Result<ProjectVersion> handle(const SaveProject&, const Asking&);
    Result<ProjectLines> handle(const ShowProject&, const Asking&);
    Result<Page<project::ProjectSummary>> handle(const ListProjects&, const Asking&);
    Result<Nothing> handle(const EraseProject&, const Asking&);
    Result<order::Order> handle(const OrderProject&, const Asking&);

    // print_handlers.cpp
    Result<OrderCheck> handle(const CheckOrder&, const Asking&);
    Result<print::PrintJob> handle(const PrintOrder&, const Asking&);
    Result<print::PrintJob> handle(const ReprintSheet&, const Asking&);
    Result<print::PrintJob> handle(const TransferJob&, const Asking&);
    Result<print::PrintJob> handle(const PrintCalibrationPage&, const Asking&);
    Result<print::PrintJob> transferSheets(JobId job, const std::vector<SheetId>& sheets, const std::string& setup,
                                           const std::string& actor);

    // job_handlers.cpp
    Result<Page<print::JobTally>> handle(const ListJobs&, const Asking&);
    Result<print::PrintJob> handle(const HoldJob&, const Asking&);
    Result<print::PrintJob> handle(const ReleaseJob&, const Asking&);
    Result<print::PrintJob> handle(const SetJobPriority&, const Asking&);
    Result<CancelledSheets> handle(const CancelJob&, const Asking&);

    // sheet_handlers.cpp
    Result<Page<print::Sheet>> handle(const ListSheets&, const Asking&);
    Result<SheetRecord> handle(const ShowSheetRecord&, const Asking&);
    Result<SheetComparison> handle(const CompareSheet&, const Asking&);
    Result<OutcomeResult> handle(const ReportOutcome&, const Asking&);
    Result<print::Spoilage> handle(const SumSpoilage&, const Asking&);

    // printer_handlers.cpp
    Result<SetupStatus> handle(const ShowSetupStatus&, const Asking&);
    Result<SetupStatus> handle(const PausePrinter&, const Asking&);
    Result<SetupStatus> handle(const ResumePrinter&, const Asking&);
    Result<print::MediaCheck> handle(const CheckMedia&, const Asking&);

    // setup_handlers.cpp
    Result<Page<print::PrinterSetup>> handle(const ListSetups&, const Asking&);
    Result<print::PrinterSetup> handle(const ShowSetup&, const Asking&);
    Result<SetupProfile> handle(const ShowSetupProfile&, const Asking&);
    Result<print::PrinterSetup> handle(const SaveSetup&, const Asking&);
    Result<print::PrinterSetup> handle(const VerifySetup&, const Asking&);
    Result<print::PrinterSetup> handle(const CalibrateSetup&, const Asking&);

    // change_handlers.cpp
    Result<Changes> handle(const FollowChanges&, const Asking&);
    const ChangeSignal& changes() const { return m_parts.changes; }

  private:
    /// A look of the shop's own goes into the vault with the orders that name it.
    Result<void> keepLook(const image::Adjustments& adjustments);
    /// What planning needs to know of an order's lines: photos by original, designs by their hash.
    struct Facts {
        std::map<Sha256, image::PhotoFacts> photos;
        std::map<Sha256, layout::Layout> layouts;
    };
    /// Whether the printer itself must say that a job is over, or even that it did not print it to its end.
    enum class Agreement { Wished, Needed, NothingPrinted };

    // design_handlers.cpp
    /// What an order keeps of a design. That it can be made in the product's shape, with these photos and the fonts
    /// that are here, was tried. Fails: as PlaceOrder.
    Result<order::PageDesign> acceptDesign(const NewDesign& asked, const catalog::Product& product,
                                           order::Customer& customer);
    Result<design::DesignedPage> designed(const order::PageDesign& design, const Facts& facts,
                                          const design::Paper& paper);
    /// Opened at the first call, which takes 0.1 s.
    Result<const text::FontSet*> fonts();
    // order_handlers.cpp
    /// An order as it will be kept. Fails: as PlaceOrder.
    struct AcceptedOrder {
        std::vector<order::OrderLine> lines;
        order::AgreedPrice price;
        order::Customer customer;
    };
    Result<AcceptedOrder> accept(const PlaceOrder& asked, const Asking& by);
    /// What this cart costs: by the quote that its customer has, or by the price list. Fails: as PlaceOrder.
    Result<Quote> priceOf(const PlaceOrder& asked, const pricing::Cart& cart, const Asking& by);
    /// By the list that holds, with what is offered here.
    Result<Quote> quoteFor(const pricing::Cart& cart, const Asking& by) const;
    /// Of one photo: as an order keeps them. Fails: as PlaceOrder.
    Result<order::PhotoChoices> acceptChoices(const Sha256& original, const order::PhotoChoices& choices);

    // privacy_handlers.cpp
    /// Of what was erased in the record: keys destroyed, and left because others have it.
    struct Forgotten {
        int destroyed = 0, kept = 0;
    };
    Result<Forgotten> forgetErased();
    Result<ErasureReceipt> receiptOf(const Forgotten& forgotten, int orders) const;
    Result<std::vector<order::Ageing>> allAgeing() const;
    Result<std::vector<Sha256>> strayPhotos(const order::RetentionPolicy& policy) const;
    // payment_handlers.cpp
    /// By which an amount is rounded when it is paid in cash.
    Money roundingOf(const Money& amount) const;
    // photo_handlers.cpp
    /// The facts of the photos of these lines of the order: kept since they came in, or else read from the photo now,
    /// in a decoder. That takes seconds: never under m_planning.
    Result<Facts> factsOf(OrderId order, std::span<const order::OrderLine> lines);
    // print_handlers.cpp
    /// Of a setup that has proved that it prints right. Conflict "setup-unverified".
    Result<print::PrintTarget> target(const std::string& setup) const;
    /// The verified setup of this name, or the best of the pool that takes all of the order's products.
    Result<print::PrintTarget> targetFor(const order::Order& order, const std::string& setup,
                                         const std::string& pool) const;
    struct CheckedPage {
        print::Page page;
        std::vector<findings::Finding> findings;
        std::vector<std::shared_ptr<const image::Stencil>> stencils;  ///< that the page names
    };
    /// What a sheet of this line shows, and what there is to know of it. Opens no photo.
    Result<CheckedPage> pageFor(const order::OrderLine& line, const print::PrintTarget& target, const Facts& facts);
    Result<CheckedPage> photoPage(const order::OrderLine& line, const catalog::Product& product,
                                  const print::PrintTarget& target, const Facts& facts) const;
    Result<CheckedPage> designPage(const order::PageDesign& design, const catalog::Product& product,
                                   const print::PrintTarget& target, const Facts& facts);
    /// Into the vault, where the page finds them when it is rendered.
    Result<void> keepStencils(const CheckedPage& page);
    /// Lines with copies that are neither out nor on their way.
    Result<std::vector<order::OrderLine>> linesToPrint(const order::Order& order) const;
    /// These, and all others of which there is something to say.
    Result<std::vector<order::OrderLine>> linesToCheck(const order::Order& order) const;
    Result<std::map<LineId, CheckedPage>> pagesOf(std::span<const order::OrderLine> lines,
                                                  const print::PrintTarget& target, const Facts& facts);
    /// The page of a sheet that is printed again: of a design as it was, as long as its setup is as it was.
    Result<print::Page> pageAgain(const order::OrderLine& line, const print::Sheet& sheet, const print::PrintJob& job,
                                  const print::PrintTarget& to, const Facts& facts);
    /// The copies that are neither out nor on their way. Empty: of a line that has no page here. Conflict
    /// "already-printing", "order-done" when none is missing. Under m_planning.
    Result<std::optional<std::vector<print::PlannedSheet>>> missingOf(const order::Order& order,
                                                                      const std::map<LineId, CheckedPage>& pages) const;
    /// A person has to have accepted what may make prints worthless: before, or with this request, which records it.
    /// Conflict "findings-unaccepted".
    Result<void> checkAccepted(const PrintOrder& asked, const std::vector<findings::Finding>& found,
                               const std::string& actor);
    Result<print::PrintJob> plan(OrderId order, const print::PrinterSetup& setup,
                                 const std::vector<print::PlannedSheet>& sheets, print::Priority priority,
                                 const std::string& actor);
    // terminal_handlers.cpp
    /// The terminal, once all that it can still prove is found out.
    Result<CardDesk::Turn> terminalFor(OrderId order, const std::string& currency, const Asking& by);
    /// Its newest payment, to be kept before another one; without a terminal's id: it does not tell.
    Result<order::TerminalFacts> lastAtTerminal(const CardDesk::Turn& turn) const;
    Result<order::Payment> takeByTerminal(const TakePayment& asked, const Asking& by);
    Result<order::Payment> refundByTerminal(const RefundPayment& asked, const std::string& approver, const Asking& by);
    /// Records what the terminal answered; fails where no money moved, with why.
    Result<order::Payment> conclude(const CardDesk::Turn& turn, OrderId order, const order::ChargeId& charge,
                                    const devices::ChargeResult& result, const std::string& actor);
    /// Records what the terminal's memory proves of an order's payment in question; nothing where it proves nothing.
    Result<order::Payment> findOut(const CardDesk::Turn& turn, OrderId order, const std::string& actor);
    // order_handlers.cpp
    /// What is offered at the asker's device. A mistake in the file turns nothing off.
    std::vector<Feature> featuresFor(const Asking& by) const;
    /// Fails: Conflict "feature-off".
    Result<void> checkFeature(Feature feature, const Asking& by) const;
    // privacy_handlers.cpp
    Result<ErasureReceipt> erase(OrderId id, const std::string& reason, const std::string& actor);
    // staff_handlers.cpp
    /// What somebody may do at most who has not signed in; the login of this computer decides below that.
    Result<Role> mostWithoutPin();
    /// Their sessions end.
    void staffChanged(const std::string& person);
    /// Somebody of this role at least has to answer for it: in a shop with staff a person who signed in.
    /// Fails: Denied "sign-in-needed", "not-allowed".
    Result<void> checkPerson(const Asking& by, Role least) const;
    /// Who approved that money is given back; empty: nobody has to. Fails: Denied "approval-needed", "approval-own"; as
    /// checkPerson and proved.
    Result<std::string> approvedBy(const Asking& by, const std::optional<Approval>& approval);
    /// The person whose PIN this is. Fails: NotFound "person-unknown"; Denied "pin-wrong", "pin-locked",
    /// "pin-must-change" (it is theirs, and not their own choice).
    Result<access::Person> proved(const std::string& id, const std::string& pin, const std::string& actor);
    /// The same under m_pins.
    Result<access::Person> provedNow(const std::string& id, const std::string& pin, const std::string& actor);
    // order_handlers.cpp
    Result<CancelledSheets> cancelWaiting(const print::SheetFilter& which, const std::string& reason,
                                          const std::string& actor);
    // sheet_handlers.cpp
    /// Sees to it that the job of a sheet in question will not print any more.
    Result<void> withdraw(const print::Sheet& sheet, Agreement wanted);
    // printer_handlers.cpp
    Result<std::vector<print::PrinterSetup>> poolOf(const std::string& pool) const;  ///< NotFound "pool-unknown"
    Result<print::PoolMember> memberOf(const print::PrinterSetup& setup) const;
    Result<void> checkFits(const std::string& product, const print::PrintTarget& target) const;
    Result<std::vector<print::PrinterCondition>> conditionsOn(const print::Route& route) const;
    Result<bool> isPaused(const print::PrinterSetup& setup) const;
    Result<std::vector<std::string>> setupsForTheSheetOf(const print::PrinterSetup& setup) const;
    Result<SetupStatus> statusOf(const std::string& setup) const;
    // setup_handlers.cpp
    Result<print::PrinterSetup> verified(const std::string& setup, const std::string& actor);

    ShopParts m_parts;
    /// Deciding what is missing and planning it is one act: ten taps are one print. No decoder runs under it.
    std::mutex m_planning;
    std::mutex m_originals;  ///< no photo is forgotten between the look for it and the order that names it
    /// Set text that is in the vault stays there until the sheets that name it are planned: shared by who plans.
    std::shared_mutex m_stencils;
    std::mutex m_saving;  ///< a setup is verified as it is saved
    /// Quotes that were given and still hold, of this run of the program: by the hash of the quote and its cart.
    std::mutex m_quoting;
    std::map<Sha256, Instant> m_quotes;

    // find_handlers.cpp
    /// Of an order that was placed or erased just now; an index that fails is worth less than the order.
    void noteInIndex(OrderId order);
    std::unique_ptr<search::OrderIndex> m_index;  ///< made with the shop; null: there was no memory for it
    std::mutex m_indexing;  ///< nothing is erased between the look for it and its words in the index
    enum class Indexed { Not, Begun, Whole };
    std::atomic<Indexed> m_indexed{Indexed::Not};

    CardDesk m_desk{m_parts.terminalTimeouts, m_parts.log};
    std::mutex m_pins;                             ///< one PIN is tried or changed at a time
    std::map<std::string, access::Tries> m_tries;  ///< wrong ones that no disk had space for
    access::Sessions m_sessions{m_parts.clock};
    struct Unsigned {
        std::mutex guard;
        Role most = Role::Installer;
        bool isAlways = false;                               ///< as the last shop.toml without a mistake has it
        std::chrono::steady_clock::time_point knownUntil{};  ///< looked at again after a second
    };
    Unsigned m_unsigned;
    std::mutex m_guessing;  ///< of the one below: when wrong codes were typed, the last five minutes
    std::vector<Instant> m_wrongGuesses;
    std::mutex m_openingFonts;
    std::optional<text::FontSet> m_fonts;
};

}  // namespace contone::shop
