// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Every call is one request; docs/api.md has the table.
#include "core/shop/remote_shop.h"

#include <algorithm>
#include <mutex>

#include "core/http/client.h"
#include "core/shop/wire.h"
#include "core/vault/medium_file.h"

namespace contone::shop {
namespace {

using http::Outgoing;
using Milliseconds = std::chrono::milliseconds;

/// A self-test asks the printer and the scheduler many things, each with its own ten seconds.
constexpr Milliseconds verifyWithin{300'000};
/// After the last byte the agent still copies into the vault, syncs the disk and opens the photo.
constexpr Milliseconds storeWithin{300'000};
/// Each of thousands of sheets is one commit.
constexpr Milliseconds cancelWithin{300'000};
/// A large page, after those that are being rendered for the printers.
constexpr Milliseconds renderWithin{300'000};
constexpr std::size_t keptConnections = 8;

/// What went wrong between us and the agent, in words about the agent.
Error ofAgent(Error error) {
    if (error.reason == "server-unreachable")
        return {Code::Unavailable, "agent-unreachable",
                "The Contone agent is not running. Start it with: contone-agent", error.detail};
    if (error.reason == "connection-lost")
        return {Code::Unavailable, "agent-lost",
                "The Contone agent stopped while it worked. See whether it was done, then try again.", error.detail};
    if (error.reason == "server-slow")
        return {Code::Unavailable, "agent-slow", "The Contone agent does not answer. Try again in a moment.",
                error.detail};
    if (error.reason == "server-denied")
        return {Code::Denied, "agent-denied",
                "You may not use the Contone agent. Ask for access to the group of its socket.", error.detail};
    if (error.reason == "bad-answer")
        return {Code::Internal, "agent-answer",
                "The Contone agent answers in a way this program does not understand. Update both.", error.detail};
    return error;
}

std::unexpected<Error> notUnderstood(std::string detail) {
    return fail(ofAgent({Code::Internal, "bad-answer", "", std::move(detail)}));
}

Outgoing get(std::string target) {
    return {.method = "GET", .target = std::move(target)};
}
template <class T>
Outgoing with(std::string method, std::string target, const T& body) {
    return {.method = std::move(method), .target = std::move(target), .body = encoded(body)};
}
std::string jobTarget(JobId job) {
    return "/v1/jobs/" + job.toString();
}
std::string setupTarget(const std::string& name) {
    return "/v1/setups/" + http::escaped(name);
}

}  // namespace

/// The connections. Thread-safe: each request borrows one.
class RemoteShop::Agent {
  public:
    explicit Agent(Path socket) : m_socket(std::move(socket)) {}

    /// The body of a good answer; the agent's own Error otherwise.
    Result<std::string> ask(const Outgoing& request) {
        http::Client client = borrow();
        auto response = client.send(request);
        if (!response) return fail(ofAgent(response.error()));
        giveBack(std::move(client));
        if (response->status / 100 == 2) return std::move(response->body);
        auto error = decoded<Error>(response->body);
        if (!error) return notUnderstood("status " + std::to_string(response->status) + ": " + error.error().detail);
        return fail(std::move(*error));
    }
    template <class T>
    Result<T> askFor(const Outgoing& request) {
        CONTONE_TRY(const std::string body, ask(request));
        auto value = decoded<T>(body);
        if (!value) return notUnderstood(request.target + ": " + value.error().detail);
        return value;
    }

  private:
    http::Client borrow() {
        const std::lock_guard guard(m_mutex);
        if (m_idle.empty()) return http::Client(m_socket);
        http::Client client = std::move(m_idle.back());
        m_idle.pop_back();
        return client;
    }
    void giveBack(http::Client client) {
        const std::lock_guard guard(m_mutex);
        if (m_idle.size() < keptConnections) m_idle.push_back(std::move(client));
    }

    const Path m_socket;
    std::mutex m_mutex;
    std::vector<http::Client> m_idle;
};

RemoteShop::RemoteShop(Path socket) : m_agent(std::make_unique<Agent>(std::move(socket))) {}
RemoteShop::~RemoteShop() = default;

Result<Sha256> RemoteShop::addOriginal(const Path& file) {
    CONTONE_TRY(vault::MediumFile medium, vault::MediumFile::open(file));
    Outgoing request{.method = "POST", .target = "/v1/originals", .contentType = "application/octet-stream"};
    request.upload = http::Upload{[&](std::span<std::byte> to) { return medium.read(to); },
                                  static_cast<std::uint64_t>(medium.size())};
    request.answerWithin = storeWithin;
    CONTONE_TRY(const StoredOriginal stored, m_agent->askFor<StoredOriginal>(request));
    return stored.original;
}

Result<order::Order> RemoteShop::placeOrder(const NewOrder& order) {
    return m_agent->askFor<order::Order>(with("POST", "/v1/orders", order));
}

Result<order::Order> RemoteShop::order(OrderId id) const {
    return m_agent->askFor<order::Order>(get("/v1/orders/" + id.toString()));
}

Result<order::Order> RemoteShop::orderByNumber(int number) const {
    return m_agent->askFor<order::Order>(get("/v1/orders/number/" + std::to_string(number)));
}

Result<std::vector<order::Order>> RemoteShop::orders(int limit) const {
    return m_agent->askFor<std::vector<order::Order>>(get("/v1/orders?limit=" + std::to_string(limit)));
}

Result<print::PrintJob> RemoteShop::print(OrderId order, const PrintWish& wish) {
    return m_agent->askFor<print::PrintJob>(with("POST", "/v1/orders/" + order.toString() + "/print", wish));
}

Result<std::vector<print::Sheet>> RemoteShop::cancelPlanned(OrderId order, const std::string& reason,
                                                            const std::string& actor) {
    Outgoing request = with("POST", "/v1/orders/" + order.toString() + "/cancel-sheets", CancelCommand{reason, actor});
    request.answerWithin = cancelWithin;
    return m_agent->askFor<std::vector<print::Sheet>>(request);
}

Result<order::Order> RemoteShop::cancelOrder(OrderId order, const std::string& reason, const std::string& actor) {
    Outgoing request = with("POST", "/v1/orders/" + order.toString() + "/cancel", CancelCommand{reason, actor});
    request.answerWithin = cancelWithin;
    return m_agent->askFor<order::Order>(request);
}

Result<void> RemoteShop::eraseCustomer(OrderId order, const std::string& actor) {
    CONTONE_CHECK(m_agent->ask(with("POST", "/v1/orders/" + order.toString() + "/erase", EraseCommand{actor})));
    return {};
}

Result<std::vector<print::Sheet>> RemoteShop::sheets(const print::SheetFilter& filter) const {
    std::string target = "/v1/sheets?limit=" + std::to_string(filter.limit);
    if (filter.order) target += "&order=" + filter.order->toString();
    if (filter.job) target += "&job=" + filter.job->toString();
    if (filter.openOnly) target += "&open=1";
    if (filter.sorting == print::SheetOrder::NewestFirst) target += "&newest=1";
    if (filter.from.ms != 0) target += "&from=" + std::to_string(filter.from.ms);
    if (filter.to.ms != 0) target += "&to=" + std::to_string(filter.to.ms);
    if (filter.after) target += "&after=" + filter.after->toString();
    return m_agent->askFor<std::vector<print::Sheet>>(get(target));
}

Result<SheetRecord> RemoteShop::sheetRecord(SheetId sheet) const {
    return m_agent->askFor<SheetRecord>(get("/v1/sheets/" + sheet.toString() + "/record"));
}

Result<SheetComparison> RemoteShop::compareSheet(SheetId sheet) {
    Outgoing request{.method = "POST", .target = "/v1/sheets/" + sheet.toString() + "/compare"};
    request.answerWithin = renderWithin;
    return m_agent->askFor<SheetComparison>(request);
}

Result<Settled> RemoteShop::settle(SheetId sheet, const Settlement& word) {
    return m_agent->askFor<Settled>(with("POST", "/v1/sheets/" + sheet.toString() + "/settle", word));
}

Result<print::PrintJob> RemoteShop::reprint(SheetId sheet, const print::ReprintCase& why, const std::string& actor) {
    return m_agent->askFor<print::PrintJob>(
        with("POST", "/v1/sheets/" + sheet.toString() + "/reprint", ReprintCommand{why, actor}));
}

Result<print::Spoilage> RemoteShop::spoilage(Instant from, Instant to) const {
    return m_agent->askFor<print::Spoilage>(
        get("/v1/spoilage?from=" + std::to_string(from.ms) + "&to=" + std::to_string(to.ms)));
}

Result<std::vector<print::JobTally>> RemoteShop::jobs(bool openOnly, int limit) const {
    return m_agent->askFor<std::vector<print::JobTally>>(
        get("/v1/jobs?limit=" + std::to_string(limit) + (openOnly ? "&open=1" : "")));
}

Result<print::PrintJob> RemoteShop::holdJob(JobId job, const std::string& reason, const std::string& actor) {
    return m_agent->askFor<print::PrintJob>(with("POST", jobTarget(job) + "/hold", CancelCommand{reason, actor}));
}

Result<print::PrintJob> RemoteShop::releaseJob(JobId job, const std::string& actor) {
    return m_agent->askFor<print::PrintJob>(with("POST", jobTarget(job) + "/release", VerifyCommand{actor}));
}

Result<print::PrintJob> RemoteShop::setPriority(JobId job, print::Priority priority, const std::string& actor) {
    return m_agent->askFor<print::PrintJob>(
        with("POST", jobTarget(job) + "/priority", PriorityCommand{priority, actor}));
}

Result<print::PrintJob> RemoteShop::moveJob(JobId job, const std::string& setup, const std::string& actor) {
    Outgoing request = with("POST", jobTarget(job) + "/move", MoveCommand{setup, actor});
    request.answerWithin = cancelWithin;
    return m_agent->askFor<print::PrintJob>(request);
}

Result<std::vector<print::Sheet>> RemoteShop::cancelJob(JobId job, const std::string& reason,
                                                        const std::string& actor) {
    Outgoing request = with("POST", jobTarget(job) + "/cancel", CancelCommand{reason, actor});
    request.answerWithin = cancelWithin;
    return m_agent->askFor<std::vector<print::Sheet>>(request);
}

Result<SetupStatus> RemoteShop::pausePrinter(const std::string& setup, const std::string& actor) {
    return m_agent->askFor<SetupStatus>(with("POST", setupTarget(setup) + "/pause", VerifyCommand{actor}));
}

Result<SetupStatus> RemoteShop::resumePrinter(const std::string& setup, const std::string& actor) {
    return m_agent->askFor<SetupStatus>(with("POST", setupTarget(setup) + "/resume", VerifyCommand{actor}));
}

Result<print::Enough> RemoteShop::enoughFor(const EnoughQuery& query) const {
    return m_agent->askFor<print::Enough>(with("POST", "/v1/enough", query));
}

Result<print::PrintJob> RemoteShop::printCalibration(const std::string& setup, const std::string& actor) {
    return m_agent->askFor<print::PrintJob>(
        with("POST", setupTarget(setup) + "/calibration-print", VerifyCommand{actor}));
}

Result<print::PrinterSetup> RemoteShop::calibrate(const std::string& setup, const print::FourReadings& readings,
                                                  const std::string& actor) {
    Outgoing request = with("POST", setupTarget(setup) + "/calibration", CalibrateCommand{readings, actor});
    request.answerWithin = verifyWithin;
    return m_agent->askFor<print::PrinterSetup>(request);
}

Result<print::PrinterSetup> RemoteShop::saveSetup(const NewSetup& setup) {
    return m_agent->askFor<print::PrinterSetup>(with("PUT", "/v1/setups", setup));
}

Result<print::PrinterSetup> RemoteShop::setup(const std::string& name) const {
    return m_agent->askFor<print::PrinterSetup>(get(setupTarget(name)));
}

Result<std::vector<print::PrinterSetup>> RemoteShop::setups() const {
    return m_agent->askFor<std::vector<print::PrinterSetup>>(get("/v1/setups"));
}

Result<print::PrinterSetup> RemoteShop::verifySetup(const std::string& name, const std::string& actor) {
    Outgoing request = with("POST", setupTarget(name) + "/verify", VerifyCommand{actor});
    request.answerWithin = verifyWithin;
    return m_agent->askFor<print::PrinterSetup>(request);
}

Result<SetupStatus> RemoteShop::setupStatus(const std::string& name) const {
    return m_agent->askFor<SetupStatus>(get(setupTarget(name) + "/status"));
}

Result<Bytes> RemoteShop::setupProfile(const std::string& name) const {
    CONTONE_TRY(const std::string body, m_agent->ask(get(setupTarget(name) + "/profile")));
    const auto bytes = std::as_bytes(std::span(body));
    return Bytes(bytes.begin(), bytes.end());
}

Result<std::vector<Change>> RemoteShop::changesAfter(std::int64_t position, int waitMs) const {
    Outgoing request = get("/v1/changes?after=" + std::to_string(position) + "&wait=" + std::to_string(waitMs));
    request.answerWithin += Milliseconds(std::clamp(waitMs, 0, 30'000));
    return m_agent->askFor<std::vector<Change>>(request);
}

}  // namespace contone::shop
