// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The parsers on Boost.Beast, and what Beast lets pass but we do not.
#include "core/http/parser.h"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace contone::http {

namespace beast = boost::beast;
using beast::http::field;

namespace {

/// More than the size line of a chunk, or its last lines, may ever need.
constexpr std::size_t longestUnparsed = 8 * 1024;

Error errorOf(const beast::error_code& ec) {
    using beast::http::error;
    if (ec == error::header_limit)
        return {Code::Invalid, "header-too-large", "This request is too large.", ec.message()};
    if (ec == error::body_limit) return {Code::Invalid, "body-too-large", "This request is too large.", ec.message()};
    if (ec == error::partial_message || ec == error::end_of_stream)
        return {Code::Unavailable, "request-cut", "The request broke off. Try again.", ec.message()};
    return {Code::Invalid, "bad-http", "This is not a request that can be understood.", ec.message()};
}

std::unexpected<Error> badHttp(std::string detail) {
    return fail(Code::Invalid, "bad-http", "This is not a request that can be understood.", std::move(detail));
}

std::string_view plain(beast::string_view text) {
    return {text.data(), text.size()};
}

bool isNumber(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

/// What requests and responses have in common, without Beast's template parameter.
struct MessageParser::Impl {
    explicit Impl(const ParseLimits& theLimits) : limits(theLimits) {}
    virtual ~Impl() = default;
    virtual std::size_t put(std::string_view bytes, beast::error_code& ec) = 0;
    virtual void setBody(std::span<std::byte> into) = 0;
    virtual std::size_t bodyRoom() const = 0;
    virtual void beEager() = 0;
    virtual void putEof(beast::error_code& ec) = 0;
    virtual bool hasHead() const = 0;
    virtual bool isDone() const = 0;
    virtual bool keepAlive() const = 0;
    virtual const beast::http::fields& fields() const = 0;

    Result<void> checkFolds(std::string_view taken);
    Result<void> checkHead() const;

    ParseLimits limits;
    char last = 0;  ///< of what was taken of the head
};

namespace {

template <bool isRequest>
struct Typed final : MessageParser::Impl {
    using Parser = beast::http::parser<isRequest, beast::http::buffer_body>;
    explicit Typed(const ParseLimits& theLimits) : Impl(theLimits) {
        parser.header_limit(static_cast<std::uint32_t>(theLimits.headerBytes));
        parser.body_limit(theLimits.bodyBytes);
    }
    std::size_t put(std::string_view bytes, beast::error_code& ec) override {
        return parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
    }
    void setBody(std::span<std::byte> into) override {
        parser.get().body().data = into.data();
        parser.get().body().size = into.size();
    }
    std::size_t bodyRoom() const override { return parser.get().body().size; }
    void beEager() override { parser.eager(true); }
    void putEof(beast::error_code& ec) override {
        // Of a message that never began, Beast says that its caller is wrong, by ending the program.
        if (parser.got_some())
            parser.put_eof(ec);
        else
            ec = beast::http::error::partial_message;
    }
    bool hasHead() const override { return parser.is_header_done(); }
    bool isDone() const override { return parser.is_done(); }
    bool keepAlive() const override { return parser.keep_alive(); }
    const beast::http::fields& fields() const override { return parser.get(); }

    Parser parser;
};

using TypedRequest = Typed<true>;
using TypedResponse = Typed<false>;

}  // namespace

/// Beast joins folded lines, as old readers do; others take them for a header of their own (RFC 9112 5.2).
Result<void> MessageParser::Impl::checkFolds(std::string_view taken) {
    for (const char c : taken) {
        if (last == '\n' && (c == ' ' || c == '\t')) return badHttp("a folded line");
        last = c;
    }
    return {};
}

Result<void> MessageParser::Impl::checkHead() const {
    int count = 0;
    for ([[maybe_unused]] const auto& line : fields()) ++count;
    if (count > limits.headerFields)
        return fail(Code::Invalid, "header-too-large", "This request is too large.",
                    std::to_string(count) + " header fields");
    // Beast ignores codings that it does not know, and the body would be taken for the next request (RFC 9112 6.1).
    if (const auto coding = fields().find(field::transfer_encoding); coding != fields().end()) {
        if (fields().count(field::transfer_encoding) != 1 || !beast::iequals(coding->value(), "chunked"))
            return badHttp("a transfer coding that is not chunked");
        if (fields().count(field::content_length) != 0) return badHttp("a length beside chunks");
    }
    // Beast takes "4, 4" and the same length twice.
    if (fields().count(field::content_length) > 1 || !isNumber(plain(fields()[field::content_length])))
        return badHttp("a length that is not one number");
    if (fields().count(field::host) > 1) return badHttp("two hosts");
    return {};
}

MessageParser::MessageParser(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
MessageParser::~MessageParser() = default;

Result<Parsed> MessageParser::takeHead(std::string_view bytes) {
    Parsed parsed;
    while (!m_impl->hasHead() && parsed.taken < bytes.size()) {
        beast::error_code ec;
        const std::string_view rest = bytes.substr(parsed.taken);
        const std::size_t taken = m_impl->put(rest, ec);
        CONTONE_CHECK(m_impl->checkFolds(rest.substr(0, taken)));
        parsed.taken += taken;
        if (ec == beast::http::error::need_more) break;
        if (ec) return fail(errorOf(ec));
        if (taken == 0) break;
    }
    if (m_impl->hasHead()) {
        CONTONE_CHECK(m_impl->checkHead());
        m_impl->beEager();
    } else if (bytes.size() - parsed.taken > m_impl->limits.headerBytes) {
        return fail(Code::Invalid, "header-too-large", "This request is too large.");
    }
    return parsed;
}

Result<Parsed> MessageParser::takeBody(std::string_view bytes, std::span<std::byte> into) {
    Parsed parsed;
    m_impl->setBody(into);
    while (!m_impl->isDone() && parsed.taken < bytes.size()) {
        beast::error_code ec;
        const std::size_t taken = m_impl->put(bytes.substr(parsed.taken), ec);
        parsed.taken += taken;
        if (ec == beast::http::error::need_more || ec == beast::http::error::need_buffer) break;
        if (ec) return fail(errorOf(ec));
        if (taken == 0 || m_impl->bodyRoom() == 0) break;
    }
    parsed.produced = into.size() - m_impl->bodyRoom();
    if (!m_impl->isDone() && parsed.taken == 0 && parsed.produced == 0 && bytes.size() > longestUnparsed)
        return badHttp("a chunk without an end to its size line");
    return parsed;
}

Result<void> MessageParser::close() {
    beast::error_code ec;
    m_impl->putEof(ec);
    if (ec || !m_impl->isDone()) return fail(errorOf(ec ? ec : beast::http::error::partial_message));
    return {};
}

bool MessageParser::hasHead() const {
    return m_impl->hasHead();
}
bool MessageParser::hasBegun() const {
    return m_impl->last != 0;
}
bool MessageParser::isDone() const {
    return m_impl->isDone();
}
bool MessageParser::keepAlive() const {
    return m_impl->keepAlive();
}

std::vector<Header> MessageParser::headers() const {
    std::vector<Header> all;
    for (const auto& line : m_impl->fields())
        all.push_back({std::string(plain(line.name_string())), std::string(plain(line.value()))});
    return all;
}

RequestParser::RequestParser(const ParseLimits& limits) : MessageParser(std::make_unique<TypedRequest>(limits)) {}

Result<Request> RequestParser::request() const {
    const auto& message = static_cast<const TypedRequest&>(*m_impl).parser.get();
    if (isHttp10() && message.count(field::transfer_encoding) != 0) return badHttp("chunks in HTTP/1.0");
    Request request;
    request.method = std::string(plain(message.method_string()));
    CONTONE_TRY(request.target, parseTarget(plain(message.target())));
    request.contentType = std::string(plain(message[field::content_type]));
    request.headers = headers();
    return request;
}

bool RequestParser::isHttp10() const {
    return static_cast<const TypedRequest&>(*m_impl).parser.get().version() < 11;
}

bool RequestParser::expectsContinue() const {
    return beast::iequals(m_impl->fields()[field::expect], "100-continue");
}

ResponseParser::ResponseParser(const ParseLimits& limits, AnswerTo to)
    : MessageParser(std::make_unique<TypedResponse>(limits)) {
    if (to == AnswerTo::Head) static_cast<TypedResponse&>(*m_impl).parser.skip(true);
}

int ResponseParser::status() const {
    return static_cast<int>(static_cast<const TypedResponse&>(*m_impl).parser.get().result_int());
}

}  // namespace contone::http
