// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The table of routes and the calls behind it.
#include "core/shop/shop_server.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "core/shop/wire.h"

namespace contone::shop {
namespace {

constexpr std::size_t largestJson = 1 << 20;
/// A profile of 16 MB in base64, and the rest of its setup.
constexpr std::size_t largestSetup = 24u << 20;
constexpr int longestWaitMs = 30'000;
/// How long one look at the shop lasts within a long poll: how quickly it sees that the server stops.
constexpr int lookMs = 150;

int statusOf(const Error& error) {
    if (error.reason == "body-too-large") return 413;
    if (error.reason == "header-too-large") return 431;
    if (error.reason == "request-slow") return 408;
    if (error.reason == "method-unknown") return 405;
    switch (error.code) {
        case Code::Invalid:
            return 400;
        case Code::NotFound:
            return 404;
        case Code::Conflict:
            return 409;
        case Code::Denied:
            return 403;
        case Code::Unsupported:
            return 415;
        case Code::Corrupt:
            return 422;
        case Code::Unavailable:
            return 503;
        case Code::Cancelled:
            return 409;
        case Code::Internal:
            return 500;
    }
    return 500;
}

std::unexpected<Error> badRequest(std::string detail) {
    return fail(Code::Invalid, "bad-request",
                "The request is not written correctly. Update both programs to the same version.", std::move(detail));
}

template <class Int>
Result<Int> parseInteger(std::string_view text, const char* name) {
    Int value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || text.empty())
        return badRequest(std::string(name) + ": not a whole number in range");
    return value;
}

template <class Int>
Result<Int> queryInteger(const http::Request& request, const char* name, Int otherwise) {
    const auto text = request.target.value(name);
    return text ? parseInteger<Int>(*text, name) : Result<Int>(otherwise);
}

Result<bool> queryFlag(const http::Request& request, const char* name) {
    const std::string value = request.target.value(name).value_or("0");
    if (value != "0" && value != "1") return badRequest(std::string(name) + ": neither 0 nor 1");
    return value == "1";
}

/// An id in a path or query that is none is a bad request, whatever it should have named.
template <class Id>
Result<Id> parseId(std::string_view text) {
    auto id = Id::parse(text);
    if (!id) return badRequest("id: " + std::string(text.substr(0, 40)));
    return id;
}

}  // namespace

class ShopServer::Routes final : public http::Handler {
  public:
    Routes(Shop& shop, OriginalIntake& originals) : m_shop(shop), m_originals(originals) {}

    http::Response handle(const http::Request& request, http::BodyReader& body, const CancelToken& stopping) override;
    http::Response failure(const Error& error) override {
        return {statusOf(error), "application/json", encoded(error)};
    }

  private:
    struct Call {
        const http::Request& request;
        http::BodyReader& body;
        const CancelToken& stopping;
        std::string name;  ///< what stood for "*"
    };
    using Answer = Result<http::Response>;
    struct Route {
        std::string_view method, pattern;
        Answer (Routes::*act)(Call&);
    };
    static const std::array<Route, 34> table;

    template <class T>
    static Answer json(const Result<T>& value) {
        if (!value) return std::unexpected(value.error());
        return http::Response{200, "application/json", encoded(*value)};
    }
    template <class T>
    static Result<T> command(Call& call, std::size_t limit = largestJson) {
        CONTONE_TRY(const std::string text, call.body.text(limit));
        return decoded<T>(text);
    }

    Answer addOriginal(Call& call);
    Answer placeOrder(Call& call);
    Answer orders(Call& call);
    Answer order(Call& call);
    Answer orderByNumber(Call& call);
    Answer print(Call& call);
    Answer cancelPlanned(Call& call);
    Answer cancelOrder(Call& call);
    Answer eraseCustomer(Call& call);
    Answer sheets(Call& call);
    Answer sheetRecord(Call& call);
    Answer compareSheet(Call& call);
    Answer settle(Call& call);
    Answer reprint(Call& call);
    Answer spoilage(Call& call);
    Answer jobs(Call& call);
    Answer holdJob(Call& call);
    Answer releaseJob(Call& call);
    Answer setPriority(Call& call);
    Answer moveJob(Call& call);
    Answer cancelJob(Call& call);
    Answer pausePrinter(Call& call);
    Answer resumePrinter(Call& call);
    Answer enoughFor(Call& call);
    Answer printCalibration(Call& call);
    Answer calibrate(Call& call);
    Answer setups(Call&) { return json(m_shop.setups()); }
    Answer saveSetup(Call& call);
    Answer setup(Call& call) { return json(m_shop.setup(call.name)); }
    Answer verifySetup(Call& call);
    Answer setupStatus(Call& call) { return json(m_shop.setupStatus(call.name)); }
    Answer setupProfile(Call& call);
    Answer changes(Call& call);

    Shop& m_shop;
    OriginalIntake& m_originals;
};

const std::array<ShopServer::Routes::Route, 34> ShopServer::Routes::table{{
    {"POST", "/v1/originals", &Routes::addOriginal},
    {"POST", "/v1/orders", &Routes::placeOrder},
    {"GET", "/v1/orders", &Routes::orders},
    {"GET", "/v1/orders/number/*", &Routes::orderByNumber},
    {"GET", "/v1/orders/*", &Routes::order},
    {"POST", "/v1/orders/*/print", &Routes::print},
    {"POST", "/v1/orders/*/cancel-sheets", &Routes::cancelPlanned},
    {"POST", "/v1/orders/*/cancel", &Routes::cancelOrder},
    {"POST", "/v1/orders/*/erase", &Routes::eraseCustomer},
    {"GET", "/v1/sheets", &Routes::sheets},
    {"GET", "/v1/sheets/*/record", &Routes::sheetRecord},
    {"POST", "/v1/sheets/*/compare", &Routes::compareSheet},
    {"POST", "/v1/sheets/*/settle", &Routes::settle},
    {"POST", "/v1/sheets/*/reprint", &Routes::reprint},
    {"GET", "/v1/spoilage", &Routes::spoilage},
    {"GET", "/v1/jobs", &Routes::jobs},
    {"POST", "/v1/jobs/*/hold", &Routes::holdJob},
    {"POST", "/v1/jobs/*/release", &Routes::releaseJob},
    {"POST", "/v1/jobs/*/priority", &Routes::setPriority},
    {"POST", "/v1/jobs/*/move", &Routes::moveJob},
    {"POST", "/v1/jobs/*/cancel", &Routes::cancelJob},
    {"POST", "/v1/enough", &Routes::enoughFor},
    {"GET", "/v1/setups", &Routes::setups},
    {"PUT", "/v1/setups", &Routes::saveSetup},
    {"GET", "/v1/setups/*", &Routes::setup},
    {"POST", "/v1/setups/*/verify", &Routes::verifySetup},
    {"POST", "/v1/setups/*/pause", &Routes::pausePrinter},
    {"POST", "/v1/setups/*/resume", &Routes::resumePrinter},
    {"POST", "/v1/setups/*/calibration-print", &Routes::printCalibration},
    {"POST", "/v1/setups/*/calibration", &Routes::calibrate},
    {"GET", "/v1/setups/*/status", &Routes::setupStatus},
    {"GET", "/v1/setups/*/profile", &Routes::setupProfile},
    {"GET", "/v1/changes", &Routes::changes},
}};

namespace {

/// Whether `segments` are those of `pattern`; what stands for "*" goes to `name`.
bool matches(std::string_view pattern, const std::vector<std::string>& segments, std::string& name) {
    for (const std::string& segment : segments) {
        if (pattern.empty()) return false;
        pattern.remove_prefix(1);
        const std::string_view wanted = pattern.substr(0, pattern.find('/'));
        pattern.remove_prefix(wanted.size());
        if (wanted == "*")
            name = segment;
        else if (wanted != segment)
            return false;
    }
    return pattern.empty();
}

}  // namespace

http::Response ShopServer::Routes::handle(const http::Request& request, http::BodyReader& body,
                                          const CancelToken& stopping) {
    Call call{request, body, stopping, {}};
    bool isKnown = false;
    for (const Route& route : table) {
        if (!matches(route.pattern, request.target.segments, call.name)) continue;
        isKnown = true;
        if (route.method != request.method) continue;
        Answer answer = (this->*route.act)(call);
        return answer ? std::move(*answer) : failure(answer.error());
    }
    if (isKnown)
        return failure(
            {Code::Invalid, "method-unknown", "This address does not take that kind of request.", request.method});
    return failure({Code::NotFound, "route-unknown",
                    "The agent has no such address. Update both programs to the same version.",
                    request.target.segments.back().substr(0, 40)});
}

ShopServer::Routes::Answer ShopServer::Routes::addOriginal(Call& call) {
    auto hash = m_originals.takeOriginal([&](std::span<std::byte> to) { return call.body.read(to); });
    if (!hash) return std::unexpected(hash.error());
    return json(Result<StoredOriginal>(StoredOriginal{*hash}));
}

ShopServer::Routes::Answer ShopServer::Routes::placeOrder(Call& call) {
    CONTONE_TRY(const NewOrder order, command<NewOrder>(call));
    return json(m_shop.placeOrder(order));
}

ShopServer::Routes::Answer ShopServer::Routes::orders(Call& call) {
    CONTONE_TRY(const int limit, queryInteger<int>(call.request, "limit", 100));
    return json(m_shop.orders(limit));
}

ShopServer::Routes::Answer ShopServer::Routes::order(Call& call) {
    CONTONE_TRY(const OrderId id, parseId<OrderId>(call.name));
    return json(m_shop.order(id));
}

ShopServer::Routes::Answer ShopServer::Routes::orderByNumber(Call& call) {
    CONTONE_TRY(const int number, parseInteger<int>(call.name, "number"));
    return json(m_shop.orderByNumber(number));
}

ShopServer::Routes::Answer ShopServer::Routes::print(Call& call) {
    CONTONE_TRY(const OrderId id, parseId<OrderId>(call.name));
    CONTONE_TRY(const PrintWish wish, command<PrintWish>(call));
    return json(m_shop.print(id, wish));
}

ShopServer::Routes::Answer ShopServer::Routes::cancelPlanned(Call& call) {
    CONTONE_TRY(const OrderId id, parseId<OrderId>(call.name));
    CONTONE_TRY(const CancelCommand word, command<CancelCommand>(call));
    return json(m_shop.cancelPlanned(id, word.reason, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::cancelOrder(Call& call) {
    CONTONE_TRY(const OrderId id, parseId<OrderId>(call.name));
    CONTONE_TRY(const CancelCommand word, command<CancelCommand>(call));
    return json(m_shop.cancelOrder(id, word.reason, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::eraseCustomer(Call& call) {
    CONTONE_TRY(const OrderId id, parseId<OrderId>(call.name));
    CONTONE_TRY(const EraseCommand word, command<EraseCommand>(call));
    CONTONE_CHECK(m_shop.eraseCustomer(id, word.actor));
    return http::Response{200, "application/json", "{}"};
}

ShopServer::Routes::Answer ShopServer::Routes::sheets(Call& call) {
    print::SheetFilter filter;
    CONTONE_TRY(filter.limit, queryInteger<int>(call.request, "limit", filter.limit));
    if (const auto order = call.request.target.value("order")) {
        CONTONE_TRY(filter.order, parseId<OrderId>(*order));
    }
    if (const auto job = call.request.target.value("job")) {
        CONTONE_TRY(filter.job, parseId<JobId>(*job));
    }
    CONTONE_TRY(filter.openOnly, queryFlag(call.request, "open"));
    CONTONE_TRY(const bool newest, queryFlag(call.request, "newest"));
    if (newest) filter.sorting = print::SheetOrder::NewestFirst;
    CONTONE_TRY(filter.from.ms, queryInteger<std::int64_t>(call.request, "from", 0));
    CONTONE_TRY(filter.to.ms, queryInteger<std::int64_t>(call.request, "to", 0));
    return json(m_shop.sheets(filter));
}

ShopServer::Routes::Answer ShopServer::Routes::sheetRecord(Call& call) {
    CONTONE_TRY(const SheetId id, parseId<SheetId>(call.name));
    return json(m_shop.sheetRecord(id));
}

ShopServer::Routes::Answer ShopServer::Routes::compareSheet(Call& call) {
    CONTONE_TRY(const SheetId id, parseId<SheetId>(call.name));
    return json(m_shop.compareSheet(id));
}

ShopServer::Routes::Answer ShopServer::Routes::settle(Call& call) {
    CONTONE_TRY(const SheetId id, parseId<SheetId>(call.name));
    CONTONE_TRY(const Settlement word, command<Settlement>(call));
    return json(m_shop.settle(id, word));
}

ShopServer::Routes::Answer ShopServer::Routes::reprint(Call& call) {
    CONTONE_TRY(const SheetId id, parseId<SheetId>(call.name));
    CONTONE_TRY(const ReprintCommand wanted, command<ReprintCommand>(call));
    return json(m_shop.reprint(id, wanted.why, wanted.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::spoilage(Call& call) {
    CONTONE_TRY(const std::int64_t from, queryInteger<std::int64_t>(call.request, "from", 0));
    CONTONE_TRY(const std::int64_t to, queryInteger<std::int64_t>(call.request, "to", 0));
    return json(m_shop.spoilage({from}, {to}));
}

ShopServer::Routes::Answer ShopServer::Routes::jobs(Call& call) {
    CONTONE_TRY(const bool open, queryFlag(call.request, "open"));
    CONTONE_TRY(const int limit, queryInteger<int>(call.request, "limit", 100));
    return json(m_shop.jobs(open, limit));
}

ShopServer::Routes::Answer ShopServer::Routes::holdJob(Call& call) {
    CONTONE_TRY(const JobId id, parseId<JobId>(call.name));
    CONTONE_TRY(const CancelCommand word, command<CancelCommand>(call));
    return json(m_shop.holdJob(id, word.reason, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::releaseJob(Call& call) {
    CONTONE_TRY(const JobId id, parseId<JobId>(call.name));
    CONTONE_TRY(const VerifyCommand word, command<VerifyCommand>(call));
    return json(m_shop.releaseJob(id, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::setPriority(Call& call) {
    CONTONE_TRY(const JobId id, parseId<JobId>(call.name));
    CONTONE_TRY(const PriorityCommand word, command<PriorityCommand>(call));
    return json(m_shop.setPriority(id, word.priority, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::moveJob(Call& call) {
    CONTONE_TRY(const JobId id, parseId<JobId>(call.name));
    CONTONE_TRY(const MoveCommand word, command<MoveCommand>(call));
    return json(m_shop.moveJob(id, word.setup, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::cancelJob(Call& call) {
    CONTONE_TRY(const JobId id, parseId<JobId>(call.name));
    CONTONE_TRY(const CancelCommand word, command<CancelCommand>(call));
    return json(m_shop.cancelJob(id, word.reason, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::pausePrinter(Call& call) {
    CONTONE_TRY(const VerifyCommand word, command<VerifyCommand>(call));
    return json(m_shop.pausePrinter(call.name, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::resumePrinter(Call& call) {
    CONTONE_TRY(const VerifyCommand word, command<VerifyCommand>(call));
    return json(m_shop.resumePrinter(call.name, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::enoughFor(Call& call) {
    CONTONE_TRY(const EnoughQuery query, command<EnoughQuery>(call));
    return json(m_shop.enoughFor(query));
}

ShopServer::Routes::Answer ShopServer::Routes::printCalibration(Call& call) {
    CONTONE_TRY(const VerifyCommand word, command<VerifyCommand>(call));
    return json(m_shop.printCalibration(call.name, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::calibrate(Call& call) {
    CONTONE_TRY(const CalibrateCommand word, command<CalibrateCommand>(call));
    return json(m_shop.calibrate(call.name, word.readings, word.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::saveSetup(Call& call) {
    CONTONE_TRY(const NewSetup setup, command<NewSetup>(call, largestSetup));
    return json(m_shop.saveSetup(setup));
}

ShopServer::Routes::Answer ShopServer::Routes::verifySetup(Call& call) {
    CONTONE_TRY(const VerifyCommand wanted, command<VerifyCommand>(call));
    return json(m_shop.verifySetup(call.name, wanted.actor));
}

ShopServer::Routes::Answer ShopServer::Routes::setupProfile(Call& call) {
    CONTONE_TRY(const Bytes profile, m_shop.setupProfile(call.name));
    return http::Response{200, "application/vnd.iccprofile",
                          std::string(reinterpret_cast<const char*>(profile.data()), profile.size())};
}

ShopServer::Routes::Answer ShopServer::Routes::changes(Call& call) {
    using Clock = std::chrono::steady_clock;
    CONTONE_TRY(const std::int64_t after, queryInteger<std::int64_t>(call.request, "after", 0));
    CONTONE_TRY(const int wait, queryInteger<int>(call.request, "wait", 0));
    const auto end = Clock::now() + std::chrono::milliseconds(std::clamp(wait, 0, longestWaitMs));
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        const int look = static_cast<int>(std::clamp<std::int64_t>(left, 0, lookMs));
        auto changes = m_shop.changesAfter(after, look);
        if (!changes || !changes->empty() || call.stopping.isCancelled() || Clock::now() >= end) return json(changes);
    }
}

ShopServer::ShopServer() = default;
ShopServer::~ShopServer() = default;

Result<std::unique_ptr<ShopServer>> ShopServer::start(Shop& shop, OriginalIntake& originals, const Settings& settings,
                                                      const Log& log) {
    std::unique_ptr<ShopServer> server(new ShopServer);
    server->m_routes = std::make_unique<Routes>(shop, originals);
    CONTONE_TRY(server->m_server, http::Server::start(settings.socket, *server->m_routes, log, settings.limits));
    return server;
}

void ShopServer::stop() {
    m_server->stop();
}

}  // namespace contone::shop
