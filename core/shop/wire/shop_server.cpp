// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a request to an operation, and from its answer, or error, to a response.
#include "core/shop/wire/shop_server.h"

#include <algorithm>
#include <chrono>
#include <semaphore>

#include "core/json/json.h"
#include "core/shop/wire/followers_p.h"

namespace contone::shop {
namespace {

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

http::Response refusal(const Error& error) {
    return {statusOf(error), "application/json", json::write(error)};
}

const Error badRequest{Code::Invalid,
                       "bad-request",
                       "The request is not written correctly. Update both programs to the same version.",
                       {}};

/// Two at a time: a body of 24 MB costs a hundred with all that is read from it.
using LongBodies = std::counting_semaphore<>;
constexpr int longBodiesAtOnce = 2;

/// A body that waits for its turn when it turns out to be longer than a megabyte; until destroyed.
class TurnTakingBody final : public http::BodyReader {
  public:
    TurnTakingBody(http::BodyReader& body, LongBodies& turns, const CancelToken& left)
        : m_body(body), m_turns(turns), m_left(left) {}
    ~TurnTakingBody() override {
        if (m_hasTurn) m_turns.release();
    }
    Result<std::size_t> read(std::span<std::byte> into) override {
        if (m_read > brief && !m_hasTurn) CONTONE_CHECK(takeTurn());
        CONTONE_TRY(const std::size_t got, m_body.read(into));
        m_read += got;
        return got;
    }

  private:
    static constexpr std::size_t brief = std::size_t{1} << 20;
    static constexpr std::chrono::seconds most{10};
    Result<void> takeTurn() {
        const auto end = std::chrono::steady_clock::now() + most;
        while (!(m_hasTurn = m_turns.try_acquire_for(std::chrono::milliseconds(50)))) {
            CONTONE_CHECK(m_left.check());
            if (std::chrono::steady_clock::now() > end)
                return fail(Code::Unavailable, "server-busy", "The agent has too much to read. Try again in a moment.",
                            "long bodies");
        }
        return {};
    }

    http::BodyReader& m_body;
    LongBodies& m_turns;
    const CancelToken m_left;
    std::size_t m_read = 0;
    bool m_hasTurn = false;
};

/// The operation that a body asks for. A photo is read by the service, from `body` itself.
template <class Asked>
Result<Operation> operationIn(http::BodyReader& body) {
    if constexpr (std::same_as<Asked, AddOriginal>) {
        return AddOriginal{.file = {}, .read = [&body](std::span<std::byte> to) { return body.read(to); }};
    } else {
        CONTONE_TRY(const std::string text, body.text(Asked::terms.largestBody));
        CONTONE_TRY(Asked asked, json::read<Asked>(text, badRequest));
        return asked;
    }
}

template <class Answer>
http::Response responseTo(const Result<Answer>& answer) {
    if (!answer) return refusal(answer.error());
    return {200, "application/json", json::write(*answer)};
}

/// What answers requests: the shop, and who waits for its changes.
struct Serving {
    ShopService& service;
    Followers& followers;
    LongBodies& longBodies;
};

template <class Asked>
void serve(const Serving& serving, const Caller& caller, http::BodyReader& body, const http::Responder& responder) {
    const auto refuse = [&](const Error& error) { responder.answer(refusal(error)); };
    // Before the body is read: whoever may not ask cannot make us work.
    if (const auto allowed = checkAllowed(Asked::terms, caller); !allowed) return refuse(allowed.error());
    TurnTakingBody inTurn(body, serving.longBodies, responder.cancelled());
    // A photo is never whole in memory.
    const auto operation = operationIn<Asked>(std::same_as<Asked, AddOriginal> ? body : inTurn);
    if (!operation) return refuse(operation.error());
    if (!responder.isOpen()) return;  // the client has left: nothing is begun for nobody
    if constexpr (std::same_as<Asked, FollowChanges>) {
        serving.followers.follow(std::get<Asked>(*operation), caller, responder);
    } else {
        const auto answer = serving.service.perform(*operation, caller, responder.cancelled());
        if (!answer) return refuse(answer.error());
        responder.answer({200, "application/json", json::write(std::any_cast<const typename Asked::Answer&>(*answer))});
    }
}

using Serve = void (*)(const Serving&, const Caller&, http::BodyReader&, const http::Responder&);
struct Entry {
    std::string_view name;
    Serve serve;
};
template <class... All>
constexpr std::array<Entry, sizeof...(All)> entriesOf(std::type_identity<std::variant<All...>>) {
    return {Entry{All::terms.name, serve<All>}...};
}
constexpr auto entries = entriesOf(std::type_identity<Operation>{});

}  // namespace

class ShopServer::Requests final : public http::Handler {
  public:
    Requests(ShopService& service, PeerRoles roles)
        : m_followers(service, responseTo<Changes>),
          m_serving{service, m_followers, m_longBodies},
          m_roles(std::move(roles)) {}

    void serve(const http::Request& request, http::BodyReader& body, const http::Responder& responder) override {
        const auto& path = request.target.segments;
        const auto entry =
            path.size() == 2 && path[0] == "v1" ? std::ranges::find(entries, path[1], &Entry::name) : entries.end();
        if (entry == entries.end())
            responder.answer(refusal({Code::NotFound, "operation-unknown",
                                      "The agent knows no such operation. Update both programs to the same version.",
                                      path.back().substr(0, 40)}));
        else if (request.method != "POST")
            responder.answer(
                refusal({Code::Invalid, "method-unknown", "The agent answers to POST alone.", request.method}));
        else
            serveKnown(*entry, request, body, responder);
    }
    http::Response failure(const Error& error) override { return refusal(error); }

  private:
    void serveKnown(const Entry& entry, const http::Request& request, http::BodyReader& body,
                    const http::Responder& responder) {
        const std::string session(http::headerIn(request.headers, sessionHeader));
        const auto caller = m_serving.service.callerWith(callerOf(request.peer, m_roles), session);
        if (!caller) {
            responder.answer(refusal(caller.error()));
            return;
        }
        entry.serve(m_serving, *caller, body, responder);
    }

    Followers m_followers;
    LongBodies m_longBodies{longBodiesAtOnce};
    const Serving m_serving;
    const PeerRoles m_roles;
};

ShopServer::ShopServer() = default;
ShopServer::~ShopServer() = default;

Result<std::unique_ptr<ShopServer>> ShopServer::start(ShopService& service, const Settings& settings, const Log& log) {
    std::unique_ptr<ShopServer> server(new ShopServer);
    server->m_requests = std::make_unique<Requests>(service, settings.roles);
    http::ServerLimits limits = settings.limits;
    limits.isStaff = [roles = settings.roles](const http::Peer& peer) {
        return callerOf(peer, roles).role != Role::Customer;
    };
    CONTONE_TRY(server->m_server, http::Server::start(settings.socket, *server->m_requests, log, limits));
    return server;
}

void ShopServer::stop() {
    m_server->stop();
}

}  // namespace contone::shop
