// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RequestParser, ResponseParser: bytes in, heads and bodies out (Boost.Beast, which stays in parser.cpp). No sockets.
#pragma once

#include <memory>

#include "core/http/message.h"

namespace contone::http {

struct ParseLimits {
    std::size_t headerBytes = 16 * 1024;
    int headerFields = 64;
    std::uint64_t bodyBytes = std::uint64_t{1} << 30;
};

/// How far a step came.
struct Parsed {
    std::size_t taken = 0;     ///< bytes of the input that are used up
    std::size_t produced = 0;  ///< bytes of body in the output
};

/// One message. Strict (RFC 9112): what two readers could understand in two ways is refused: two lengths, a length
/// beside chunks, any other coding than "chunked", folded lines, two hosts.
class MessageParser {
  public:
    virtual ~MessageParser();
    /// Takes bytes until the head is complete, not all of them at once. Whatever is not taken belongs to the next call.
    /// Fails: Invalid "header-too-large", "body-too-large" (it says so itself), "bad-http".
    Result<Parsed> takeHead(std::string_view bytes);
    bool hasHead() const;
    /// Some bytes of it were taken.
    bool hasBegun() const;
    /// Once there is a head. `into` must not be empty. Fails: Invalid "body-too-large", "bad-http".
    Result<Parsed> takeBody(std::string_view bytes, std::span<std::byte> into);
    /// The whole message was taken.
    bool isDone() const;
    /// The other side has closed: the message is complete, if it may end like that. Fails: Unavailable "request-cut".
    Result<void> close();
    /// Another message may follow on this connection.
    bool keepAlive() const;
    std::vector<Header> headers() const;

    struct Impl;

  protected:
    explicit MessageParser(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

class RequestParser final : public MessageParser {
  public:
    explicit RequestParser(const ParseLimits& limits);
    /// What the head says, without the peer. Fails: Invalid "bad-target".
    Result<Request> request() const;
    bool isHttp10() const;
    /// "Expect: 100-continue".
    bool expectsContinue() const;
};

/// Whether an answer has a body though its head says so: not after HEAD.
enum class AnswerTo { Head, Other };

class ResponseParser final : public MessageParser {
  public:
    ResponseParser(const ParseLimits& limits, AnswerTo to);
    int status() const;
};

}  // namespace contone::http
