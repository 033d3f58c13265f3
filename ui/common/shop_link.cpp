// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Two threads: one for commands, in order; one that waits for changes.
#include "ui/common/shop_link.h"

#include <algorithm>
#include <chrono>

#include <QMetaObject>

#include "ui/common/words.h"

namespace contone::ui {
namespace {

constexpr int kWaitMs = 1000;    // the longest that closing the window may take
constexpr int kRetrySteps = 20;  // of 100 ms, while no agent answers

Error noAgent() {
    return {Code::Unavailable,
            "agent-unreachable",
            "The shop's server is not running: start contone-agent, or ask whoever looks after this shop.",
            {}};
}

}  // namespace

ShopLink::ShopLink(std::shared_ptr<shop::Shop> shop, Models models, QObject* parent)
    : QObject(parent), m_shop(std::move(shop)), m_models(std::move(models)) {}

ShopLink::~ShopLink() {
    m_stop = true;
    if (m_watch.joinable()) m_watch.join();
}

void ShopLink::start() {
    if (m_shop && !m_watch.joinable()) m_watch = std::thread([this] { watch(); });
}

template <class Emit>
void ShopLink::deliver(Emit emitting) {
    QMetaObject::invokeMethod(this, std::move(emitting), Qt::QueuedConnection);
}

/// Does `work` on the commands' thread; what it fails with is told.
template <class Work>
void ShopLink::command(const Work& work) {
    m_commands.add([this, work] {
        const Result<void> done = m_shop ? work() : Result<void>(std::unexpected(noAgent()));
        if (!done) deliver([this, error = done.error()] { emit refused(error); });
    });
}

void ShopLink::placeOrder(std::vector<OrderItem> items, const QString& customer) {
    command([this, items = std::move(items), name = customer.toStdString()]() -> Result<void> {
        shop::PlaceOrder order{.customerName = name};
        for (const OrderItem& item : items) {
            CONTONE_TRY(const Sha256 original, shop::addOriginal(*m_shop, item.file));
            order.lines.push_back({original, item.file.filename().string(), item.product, item.copies, item.choices});
        }
        CONTONE_TRY(const order::Order placed, m_shop->ask(order));
        follow(placed.id);
        deliver([this, placed] { emit ordered(placed); });
        return {};
    });
}

void ShopLink::print(OrderId order, const std::string& setup, std::vector<findings::Finding> accepted) {
    command([this, order, setup, accepted = std::move(accepted)]() -> Result<void> {
        const auto job = m_shop->ask(shop::PrintOrder{.order = order, .setup = setup, .accepted = accepted});
        if (!job && job.error().reason == "findings-unaccepted") {
            CONTONE_TRY(const shop::OrderCheck check, m_shop->ask(shop::CheckOrder{.order = order, .setup = setup}));
            deliver([this, check] { emit acceptanceNeeded(check); });
            return {};
        }
        CONTONE_CHECK(job);
        readSheets();
        return {};
    });
}

void ShopLink::report(SheetId sheet, shop::SheetOutcome outcome) {
    command([this, sheet, outcome]() -> Result<void> {
        CONTONE_CHECK(m_shop->ask(shop::ReportOutcome{sheet, outcome, "looked"}));
        readSheets();
        return {};
    });
}

void ShopLink::reprint(SheetId sheet, print::ReprintReason reason) {
    command([this, sheet, reason]() -> Result<void> {
        CONTONE_CHECK(m_shop->ask(shop::ReprintSheet{sheet, reason}));
        readSheets();
        return {};
    });
}

void ShopLink::reportAndReprint(SheetId sheet, shop::SheetOutcome outcome) {
    command([this, sheet, outcome]() -> Result<void> {
        const auto result =
            m_shop->ask(shop::ReportOutcome{.sheet = sheet, .outcome = outcome, .then = shop::FollowUp::Reprint});
        readSheets();
        readQuestions();
        return result ? Result<void>() : std::unexpected(result.error());
    });
}

/// `work` changes something in the print room; what it is like then is told.
template <class Work>
void ShopLink::inRoom(const Work& work) {
    command([this, work]() -> Result<void> {
        const auto done = work();
        readQuestions();
        if (const auto setups = shop::askAll(*m_shop, shop::ListSetups{})) readStatuses(*setups);
        return done ? Result<void>() : std::unexpected(done.error());
    });
}

void ShopLink::pausePrinter(const std::string& setup) {
    inRoom([this, setup] { return m_shop->ask(shop::PausePrinter{setup}); });
}

void ShopLink::resumePrinter(const std::string& setup) {
    inRoom([this, setup] { return m_shop->ask(shop::ResumePrinter{setup}); });
}

void ShopLink::releaseJob(JobId job) {
    inRoom([this, job] { return m_shop->ask(shop::ReleaseJob{job}); });
}

void ShopLink::moveJob(JobId job, const std::string& setup) {
    inRoom([this, job, setup] { return m_shop->ask(shop::TransferJob{job, setup}); });
}

void ShopLink::cancelJob(JobId job) {
    inRoom([this, job] { return m_shop->ask(shop::CancelJob{job, "not-wanted"}); });
}

void ShopLink::changeIntent(const ProofTarget& target, icc::Intent intent, icc::BlackPoint blackPoint) {
    command([this, target, intent, blackPoint]() -> Result<void> {
        if (!target.isInShop()) return {};
        const print::PrinterSetup& s = target.setup();
        const auto bytes = target.profile.bytes();
        CONTONE_CHECK(m_shop->ask(shop::SaveSetup{.name = s.name,
                                                  .route = s.route,
                                                  .model = s.model,
                                                  .medium = s.medium,
                                                  .finish = s.finish,
                                                  .profileBytes = Bytes(bytes.begin(), bytes.end()),
                                                  .intent = intent,
                                                  .blackPoint = blackPoint,
                                                  .sharpen = s.sharpening.level,
                                                  .calibration = s.calibration,
                                                  .pool = s.pool,
                                                  .lowPrints = s.lowPrints}));
        const auto verified = m_shop->ask(shop::VerifySetup{s.name});
        readAll();
        CONTONE_CHECK(verified);
        return {};
    });
}

void ShopLink::verify(const std::string& setup) {
    command([this, setup]() -> Result<void> {
        const auto verified = m_shop->ask(shop::VerifySetup{setup});
        readAll();
        CONTONE_CHECK(verified);
        return {};
    });
}

void ShopLink::follow(OrderId order) {
    const std::lock_guard lock(m_mutex);
    m_followed = order;
}

Result<ProofTarget> ShopLink::read(const print::PrinterSetup& setup) const {
    CONTONE_TRY(const shop::SetupProfile output, m_shop->ask(shop::ShowSetupProfile{setup.name}));
    CONTONE_TRY(icc::Profile profile, icc::Profile::fromBytes(output.profile));
    CONTONE_TRY(print::PrintTarget printer, print::PrintTarget::create(setup, m_models));
    return ProofTarget{std::move(printer), std::move(profile), InShop::Yes};
}

void ShopLink::readAll() {
    const auto setups = shop::askAll(*m_shop, shop::ListSetups{});
    if (!setups) return noteConnection(setups.error());
    noteConnection({});
    std::vector<ProofTarget> targets;
    for (const print::PrinterSetup& setup : *setups) {
        Result<ProofTarget> target = read(setup);
        if (target)
            targets.push_back(std::move(*target));
        else
            deliver([this, error = target.error()] { emit refused(error); });
    }
    deliver([this, targets] { emit targetsChanged(targets); });
    readStatuses(*setups);
}

void ShopLink::readStatuses(const std::vector<print::PrinterSetup>& setups) {
    std::vector<shop::SetupStatus> statuses;
    for (const print::PrinterSetup& setup : setups)
        if (auto status = m_shop->ask(shop::ShowSetupStatus{setup.name})) statuses.push_back(std::move(*status));
    deliver([this, statuses] { emit statusesChanged(statuses); });
}

void ShopLink::readSheets() {
    std::optional<OrderId> order;
    {
        const std::lock_guard lock(m_mutex);
        order = m_followed;
    }
    if (!order) return;
    if (const auto sheets = shop::askAll(*m_shop, shop::ListSheets{.order = order}))
        deliver([this, sheets = *sheets] { emit sheetsChanged(sheets); });
}

void ShopLink::readQuestions() {
    const auto open = shop::askAll(*m_shop, shop::ListSheets{.openOnly = true});
    const auto jobs = shop::askAll(*m_shop, shop::ListJobs{.openOnly = true});
    if (!open || !jobs) return;
    const auto numberOf = [this](OrderId id) {
        const auto order = m_shop->ask(shop::ShowOrder{id});
        return order ? order->number : 0;
    };
    PrintRoomQuestions room;
    for (const print::Sheet& sheet : *open) {
        if (sheet.state != print::SheetState::Unknown) continue;
        const auto job = std::ranges::find(*jobs, sheet.job, [](const print::JobTally& t) { return t.job.id; });
        room.questions.push_back({sheet, numberOf(sheet.order), job == jobs->end() ? "" : job->job.setup.name});
    }
    for (const print::JobTally& tally : *jobs)
        if (tally.job.isHeld()) room.held.push_back({tally.job, numberOf(tally.job.order), tally.waiting});
    deliver([this, room] { emit questionsChanged(room); });
}

/// What was being done when the studio was closed must not be lost from sight.
void ShopLink::findOrder() {
    {
        const std::lock_guard lock(m_mutex);
        if (m_followed) return;
    }
    std::optional<order::Order> order;
    if (const auto open = m_shop->ask(shop::ListSheets{.openOnly = true, .limit = 1}); open && !open->items.empty()) {
        if (auto its = m_shop->ask(shop::ShowOrder{open->items.front().order})) order = std::move(*its);
    } else if (auto newest = m_shop->ask(shop::ListOrders{.limit = 1}); newest && !newest->items.empty()) {
        order = std::move(newest->items.front());
    }
    if (!order) return;
    follow(order->id);
    deliver([this, order = *order] { emit found(order); });
    readSheets();
}

void ShopLink::noteConnection(const std::optional<Error>& error) {
    const QString sentence = error ? words::text(error->message) : QString();
    deliver([this, connected = !error, sentence] {
        if (connected == m_connected && connected) return;
        m_connected = connected;
        emit connectionChanged(connected, sentence);
    });
}

/// Reads all once, then what changes from there on: the past is not replayed. Setups are read again when something
/// other than a sheet changed; printers are asked for their obstacles at every turn, since those are no events.
void ShopLink::watch() {
    std::string token;  // taken before the first reading: nothing falls in between
    bool fresh = true;
    while (!m_stop) {
        const auto changes = [&]() -> Result<shop::Changes> {
            if (token.empty()) {
                CONTONE_TRY(const shop::Changes now, m_shop->ask(shop::FollowChanges{}));
                token = now.token;
            }
            if (fresh) {
                readAll();
                readQuestions();
                findOrder();
            }
            return m_shop->ask(shop::FollowChanges{token, kWaitMs});
        }();
        if (!changes) {
            noteConnection(changes.error());
            if (changes.error().reason == "bad-token") token.clear();  // another store: from now on
            fresh = true;
            for (int i = 0; i < kRetrySteps && !m_stop; i++)
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            continue;
        }
        fresh = false;
        token = changes->token;
        for (const shop::Change& change : changes->items)
            if (!change.stream.starts_with("production/") && !change.stream.starts_with("order/")) fresh = true;
        if (!changes->items.empty()) {
            readSheets();
            readQuestions();
        }
        if (const auto setups = shop::askAll(*m_shop, shop::ListSetups{}); setups && !fresh) readStatuses(*setups);
    }
}

}  // namespace contone::ui
