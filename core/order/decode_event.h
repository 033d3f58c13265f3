// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// decodeEvent: from the stored envelope to one of the event types of a std::variant.
#pragma once

#include <span>
#include <variant>

#include "core/order/event.h"
#include "core/order/upcast.h"

namespace contone::order {

/// An event type has: `type`, `schemaVersion`, `json()`, `fromJson(text)`.
template <class Variant>
struct EventDecoder;

template <class... Types>
struct EventDecoder<std::variant<Types...>> {
    using Variant = std::variant<Types...>;

    static bool knows(std::string_view type) { return ((type == Types::type) || ...); }

    static Result<Variant> decode(const Event& event, std::span<const Upcaster> steps) {
        Result<Variant> result =
            fail(Code::Unsupported, "store-newer",
                 "These orders were written by a newer Contone. Install that version or a later one.",
                 "unknown event type " + event.type);
        (decodeOne<Types>(event, steps, result) || ...);
        return result;
    }

  private:
    template <class Type>
    static bool decodeOne(const Event& event, std::span<const Upcaster> steps, Result<Variant>& result) {
        if (event.type != Type::type) return false;
        auto json = upcast(event.type, event.schemaVersion, Type::schemaVersion, event.json, steps);
        if (!json) {
            result = std::unexpected(json.error());
            return true;
        }
        auto fact = Type::fromJson(*json);
        if (fact)
            result = Variant(std::move(*fact));
        else
            result = std::unexpected(fact.error().during(event.stream + " #" + std::to_string(event.streamSeq)));
        return true;
    }
};

/// Fails: Unsupported "store-newer" for a type or version this build does not know; Corrupt "event-unreadable".
template <class Variant>
Result<Variant> decodeEvent(const Event& event, std::span<const Upcaster> steps = {}) {
    return EventDecoder<Variant>::decode(event, steps);
}

/// True when `type` is one of the variant's.
template <class Variant>
bool isEventOf(std::string_view type) {
    return EventDecoder<Variant>::knows(type);
}

/// One lambda per event type: the visit that does not compile until every type is handled.
template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

}  // namespace contone::order
