// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Finds the route of a request and answers with its value, or with the error and the status that suits it.
#include "core/shop/shop_server.h"

#include <algorithm>

#include "core/shop/routes_p.h"

namespace contone::shop {
namespace {

constexpr int longPolls = 64;

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

namespace routes {

std::unexpected<Error> badRequest(std::string detail) {
    return fail(Code::Invalid, "bad-request",
                "The request is not written correctly. Update both programs to the same version.", std::move(detail));
}

Result<bool> queryFlag(const Call& call, const char* name) {
    const std::string value = call.request.target.value(name).value_or("0");
    if (value != "0" && value != "1") return badRequest(std::string(name) + ": neither 0 nor 1");
    return value == "1";
}

}  // namespace routes

class ShopServer::Routes final : public http::Handler {
  public:
    Routes(Shop& shop, OriginalIntake& originals) : m_shop(shop), m_originals(originals) {}

    http::Response handle(const http::Request& request, http::BodyReader& body, const CancelToken& stopping) override {
        routes::Call call{request, body, stopping, m_shop, m_originals};
        bool isKnown = false;
        for (const auto& table : {routes::ofOrders(), routes::ofSheets(), routes::ofPrinters()})
            for (const routes::Route& route : table) {
                if (!matches(route.pattern, request.target.segments, call.name)) continue;
                isKnown = true;
                if (route.method != request.method) continue;
                auto answer = route.act(call);
                return answer ? std::move(*answer) : failure(answer.error());
            }
        if (isKnown)
            return failure(
                {Code::Invalid, "method-unknown", "This address does not take that kind of request.", request.method});
        return failure({Code::NotFound, "route-unknown",
                        "The agent has no such address. Update both programs to the same version.",
                        request.target.segments.back().substr(0, 40)});
    }
    http::Response failure(const Error& error) override {
        return {statusOf(error), "application/json", encoded(error)};
    }

  private:
    Shop& m_shop;
    OriginalIntake& m_originals;
};

ShopServer::ShopServer() = default;
ShopServer::~ShopServer() = default;

Result<std::unique_ptr<ShopServer>> ShopServer::start(Shop& shop, OriginalIntake& originals, const Settings& settings,
                                                      const Log& log) {
    std::unique_ptr<ShopServer> server(new ShopServer);
    server->m_routes = std::make_unique<Routes>(shop, originals);
    http::ServerLimits limits = settings.limits;
    limits.handlers = std::max(limits.handlers, longPolls);  // each long poll still holds a thread
    CONTONE_TRY(server->m_server, http::Server::start(settings.socket, *server->m_routes, log, limits));
    return server;
}

void ShopServer::stop() {
    m_server->stop();
}

}  // namespace contone::shop
