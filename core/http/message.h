// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Requests and responses as plain values, and the body that is read piece by piece.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"

namespace contone::http {

/// Who is at the other end, as the kernel says (SO_PEERCRED at connect). It cannot be forged.
struct Peer {
    pid_t pid = 0;
    uid_t uid = 0;
    gid_t gid = 0;
    bool operator==(const Peer&) const = default;
};

/// The part of a URL after the host, split and percent-decoded: "/v1/setups/a%2Fb?wait=5" is {"v1","setups","a/b"} and
/// {{"wait","5"}}. Empty segments are kept; "." and ".." mean nothing special.
struct Target {
    std::vector<std::string> segments;
    std::vector<std::pair<std::string, std::string>> query;
    bool operator==(const Target&) const = default;
    /// The first value of that name.
    std::optional<std::string> value(std::string_view name) const;
};
/// Fails: Invalid "bad-target" when it does not begin with "/", holds control characters, or an escape is broken.
Result<Target> parseTarget(std::string_view text);
/// `text` so that it can stand in a segment or a query value: all but letters, digits and "-._~" is escaped.
std::string escaped(std::string_view text);

struct Request {
    std::string method;  ///< "GET"
    Target target;
    Peer peer;
    std::string contentType;  ///< may be empty
};

struct Response {
    int status = 200;  ///< 200…599
    std::string contentType = "application/json";
    std::string body;
    bool operator==(const Response&) const = default;
};

/// The body of one request, while it arrives. One thread.
class BodyReader {
  public:
    virtual ~BodyReader() = default;
    /// Fills `into` (not empty) as far as bytes are there, at least one; 0 when the body is complete.
    /// Fails: Invalid "body-too-large" above the server's limit, "bad-http"; Unavailable "request-cut" (the peer left),
    /// "request-slow" (below the least rate), "server-stopping". Every later call fails the same way.
    virtual Result<std::size_t> read(std::span<std::byte> into) = 0;
    /// The whole rest. Fails as read(), and Invalid "body-too-large" above `limit` bytes.
    Result<std::string> text(std::size_t limit);
};

/// What a server serves. Called from several threads at once.
class Handler {
  public:
    virtual ~Handler() = default;
    /// Answers one request; need not read the body. A call that waits must look at `stopping` at least five times a
    /// second, else Server::stop() waits for it.
    virtual Response handle(const Request& request, BodyReader& body, const CancelToken& stopping) = 0;
    /// How a failure of the connection itself is told: the reasons of BodyReader::read(), "header-too-large",
    /// "bad-target", "server-busy".
    virtual Response failure(const Error& error) = 0;
};

}  // namespace contone::http
