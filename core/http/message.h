// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Requests and responses as plain values, and bodies that are read piece by piece.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/file.h"
#include "core/base/result.h"
#include "core/http/event_stream.h"
#include "core/http/peer.h"

namespace contone::http {

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

/// One line of a head. Capitals in `name` do not matter.
struct Header {
    std::string name, value;
    bool operator==(const Header&) const = default;
};
/// The value of the first header of that name; empty when there is none.
std::string_view headerIn(const std::vector<Header>& headers, std::string_view name);

struct Request {
    std::string method;  ///< "GET"
    Target target;
    Peer peer;
    std::string contentType;  ///< may be empty
    std::vector<Header> headers{};
};

/// A body that is read while it is sent, as fast as the other side takes it.
struct BodySource {
    /// Fills the span from its start and says how many bytes: at least one, 0 at the end. Called by one thread at a
    /// time, not always the same; it may block on a disk, not on people. When it fails the other side gets no whole
    /// body, and sees that.
    std::function<Result<std::size_t>(std::span<std::byte>)> read;
    /// How many bytes will come: then `read` is called until they have, and an earlier 0 is a failure. None: until 0.
    std::optional<std::uint64_t> bytes{};
};
/// `bytes` bytes of `file` from `offset` on; the source owns the file.
BodySource fileSource(FileDescriptor file, std::uint64_t offset, std::uint64_t bytes);

struct Response {
    int status = 200;  ///< 200…599
    std::string contentType = "application/json";
    std::string body{};
    /// More lines of the head. Content-Type, Content-Length, Transfer-Encoding and Connection are not for handlers; a
    /// header with a control character in it is left out.
    std::vector<Header> headers{};
    std::optional<BodySource> source{};   ///< instead of `body`
    std::optional<EventStream> events{};  ///< instead of `body`
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

}  // namespace contone::http
