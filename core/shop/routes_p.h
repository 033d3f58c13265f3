// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Routes: which method of the Shop an address calls, and how its parameters stand in path, query and body.
#pragma once

#include <charconv>
#include <span>
#include <tuple>

#include "core/base/cancel.h"
#include "core/http/server.h"
#include "core/shop/original_intake.h"
#include "core/shop/wire.h"

namespace contone::shop::routes {

constexpr std::size_t largestJson = 1 << 20;
/// A profile of 16 MB in base64, and the rest of its setup.
constexpr std::size_t largestSetup = 24u << 20;

/// One request on its way.
struct Call {
    const http::Request& request;
    http::BodyReader& body;
    const CancelToken& stopping;
    Shop& shop;
    OriginalIntake& originals;
    std::string name{};  ///< what stood for "*"
};
using Answer = Result<http::Response>;

struct Route {
    std::string_view method, pattern;  ///< "*" stands for one segment of the path
    Answer (*act)(Call&);
};

// The tables, by what they are about. Of two patterns that fit the first one counts.
std::span<const Route> ofOrders();
std::span<const Route> ofSheets();
std::span<const Route> ofPrinters();

std::unexpected<Error> badRequest(std::string detail);

template <class Int>
Result<Int> parseInteger(std::string_view text, const char* name) {
    Int value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || text.empty())
        return badRequest(std::string(name) + ": not a whole number in range");
    return value;
}
template <class Int>
Result<Int> queryInteger(const Call& call, const char* name, Int otherwise) {
    const auto text = call.request.target.value(name);
    return text ? parseInteger<Int>(*text, name) : Result<Int>(otherwise);
}
Result<bool> queryFlag(const Call& call, const char* name);

/// What stood for "*": an id, a number or a name. An id that is none is a bad request, whatever it should have named.
template <class Name>
Result<Name> named(std::string_view text) {
    if constexpr (std::is_same_v<Name, std::string>) {
        return std::string(text);
    } else if constexpr (std::is_integral_v<Name>) {
        return parseInteger<Name>(text, "number");
    } else {
        auto id = Name::parse(text);
        if (!id) return badRequest("id: " + std::string(text.substr(0, 40)));
        return id;
    }
}

template <class T>
Answer json(const Result<T>& value) {
    if (!value) return std::unexpected(value.error());
    if constexpr (std::is_void_v<T>)
        return http::Response{200, "application/json", "{}"};
    else
        return http::Response{200, "application/json", encoded(*value)};
}

template <class Command>
Result<Command> command(Call& call, std::size_t limit = largestJson) {
    CONTONE_TRY(const std::string text, call.body.text(limit));
    return decoded<Command>(text);
}

/// A command as the parameters that its method takes after the name; by itself where it is one.
template <class Command>
auto partsOf(const Command& c) {
    return std::tie(c);
}
inline auto partsOf(const CancelCommand& c) {
    return std::tie(c.reason, c.actor);
}
inline auto partsOf(const EraseCommand& c) {
    return std::tie(c.actor);
}
inline auto partsOf(const VerifyCommand& c) {
    return std::tie(c.actor);
}
inline auto partsOf(const ReprintCommand& c) {
    return std::tie(c.why, c.actor);
}
inline auto partsOf(const MoveCommand& c) {
    return std::tie(c.setup, c.actor);
}
inline auto partsOf(const PriorityCommand& c) {
    return std::tie(c.priority, c.actor);
}
inline auto partsOf(const CalibrateCommand& c) {
    return std::tie(c.readings, c.actor);
}

/// What a method of the Shop takes first.
template <class Method>
struct FirstOf;
template <class Shop, class Value, class First, class... Rest>
struct FirstOf<Value (Shop::*)(First, Rest...)> {
    using type = std::remove_cvref_t<First>;
};
template <class Shop, class Value, class First, class... Rest>
struct FirstOf<Value (Shop::*)(First, Rest...) const> {
    using type = std::remove_cvref_t<First>;
};

/// The method's only parameter stands in the path.
template <auto method>
Answer about(Call& call) {
    CONTONE_TRY(const auto name, named<typename FirstOf<decltype(method)>::type>(call.name));
    return json((call.shop.*method)(name));
}

/// The first parameter stands in the path, the others are the Command in the body.
template <auto method, class Command>
Answer told(Call& call) {
    CONTONE_TRY(const auto name, named<typename FirstOf<decltype(method)>::type>(call.name));
    CONTONE_TRY(const Command word, command<Command>(call));
    return json(std::apply([&](const auto&... parts) { return (call.shop.*method)(name, parts...); }, partsOf(word)));
}

/// The method's only parameter is the body.
template <auto method, std::size_t limit = largestJson>
Answer given(Call& call) {
    CONTONE_TRY(const auto word, command<typename FirstOf<decltype(method)>::type>(call, limit));
    return json((call.shop.*method)(word));
}

}  // namespace contone::shop::routes
