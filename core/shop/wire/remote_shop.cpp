// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Every operation is POST /v1/<name> with its fields as JSON; a photo's body is the photo.
#include "core/shop/wire/remote_shop.h"

#include <mutex>

#include "core/http/client.h"
#include "core/json/json.h"
#include "core/shop/wire/peer_roles.h"
#include "core/vault/medium_file.h"

namespace contone::shop {
namespace {

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
    return error;
}

Error notUnderstood(std::string detail) {
    return {Code::Internal, "agent-answer",
            "The Contone agent answers in a way this program does not understand. Update both.", std::move(detail)};
}

/// An answer may be as large as a page of a list or a profile; the HTTP client bounds its bytes.
constexpr json::Limits answerLimits{.values = 2'000'000};

}  // namespace

/// The connections. Thread-safe: each request borrows one.
class RemoteShop::Agent {
  public:
    explicit Agent(Path socket) : m_socket(std::move(socket)) {}

    /// The body of a good answer; the agent's own Error otherwise.
    Result<std::string> send(const http::Outgoing& request) {
        http::Client client = borrow();
        auto response = client.send(request);
        if (!response) return fail(response.error());
        giveBack(std::move(client));
        if (response->status / 100 == 2) return std::move(response->body);
        auto error = json::read<Error>(response->body);
        if (!error)
            return fail(notUnderstood("status " + std::to_string(response->status) + ": " + error.error().detail));
        return fail(std::move(*error));
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

namespace {

void addSession(http::Outgoing& request, const std::string& session) {
    if (!session.empty()) request.headers.push_back({std::string(sessionHeader), session});
}

template <class Asked>
http::Outgoing requestFor(const Asked& operation, const std::string& session) {
    http::Outgoing request{.method = "POST", .target = "/v1/" + std::string(Asked::terms.name)};
    request.answerWithin = Asked::terms.within;
    request.body = json::write(operation);
    addSession(request, session);
    return request;
}

/// Uploads from `medium`, which must outlive the request.
http::Outgoing requestFor(const AddOriginal&, vault::MediumFile& medium, const std::string& session) {
    http::Outgoing request{.method = "POST",
                           .target = "/v1/" + std::string(AddOriginal::terms.name),
                           .contentType = "application/octet-stream"};
    request.answerWithin = AddOriginal::terms.within;
    addSession(request, session);
    request.upload = http::Upload{[&](std::span<std::byte> to) { return medium.read(to); },
                                  static_cast<std::uint64_t>(medium.size())};
    return request;
}

template <class Asked>
Result<std::any> answerOf(Result<std::string> body) {
    if (!body) return fail(ofAgent(std::move(body).error()));
    auto answer = json::read<typename Asked::Answer>(*body, notUnderstood({}), answerLimits);
    if (!answer) return fail(answer.error().during(Asked::terms.name));
    return std::any(std::move(*answer));
}

}  // namespace

RemoteShop::RemoteShop(Path socket) : m_agent(std::make_unique<Agent>(std::move(socket))) {}
RemoteShop::~RemoteShop() = default;

Result<std::any> RemoteShop::perform(const Operation& operation) {
    return std::visit(
        [&]<class Asked>(const Asked& asked) -> Result<std::any> {
            if constexpr (std::same_as<Asked, AddOriginal>) {
                CONTONE_TRY(vault::MediumFile medium, vault::MediumFile::open(asked.file));
                return answerOf<Asked>(m_agent->send(requestFor(asked, medium, sessionFor(operation))));
            } else {
                const http::Outgoing request = requestFor(asked, sessionFor(operation));
                auto body = m_agent->send(request);
                if (Asked::terms.effect == Effect::Reads && !body && body.error().reason == "connection-lost")
                    body = m_agent->send(request);
                return answerOf<Asked>(std::move(body));
            }
        },
        operation);
}

}  // namespace contone::shop
