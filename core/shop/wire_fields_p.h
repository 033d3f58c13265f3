// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What all values on the wire are made of: strict reading of JSON fields, and the way in and out.
#pragma once

#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/length.h"
#include "core/shop/wire.h"

namespace contone::shop::wire {

using nlohmann::json;

/// No value nests deeper than 8; a request that does would only be after our stack.
constexpr int deepest = 16;

/// Thrown while reading, caught in decoded().
struct BadField {
    std::string detail;
};

template <class T>
T valueOf(Result<T> result, const char* key) {
    if (!result) throw BadField{std::string(key) + ": " + result.error().reason + " " + result.error().detail};
    return std::move(*result);
}

inline const json& field(const json& j, const char* key) {
    if (!j.is_object()) throw BadField{std::string(key) + ": not in an object"};
    const auto found = j.find(key);
    if (found == j.end()) throw BadField{std::string(key) + ": missing"};
    return *found;
}

inline const std::string& text(const json& j, const char* key) {
    const json& value = field(j, key);
    if (!value.is_string()) throw BadField{std::string(key) + ": not text"};
    return value.get_ref<const std::string&>();
}

inline bool truth(const json& j, const char* key) {
    const json& value = field(j, key);
    if (!value.is_boolean()) throw BadField{std::string(key) + ": not true or false"};
    return value.get<bool>();
}

template <class Int>
Int integer(const json& j, const char* key) {
    const json& value = field(j, key);
    const bool fits = value.is_number_unsigned()
                          ? std::in_range<Int>(value.get<std::uint64_t>())
                          : value.is_number_integer() && std::in_range<Int>(value.get<std::int64_t>());
    if (!fits) throw BadField{std::string(key) + ": not a whole number in range"};
    return static_cast<Int>(value.get<std::int64_t>());
}

inline double real(const json& j, const char* key) {
    const json& value = field(j, key);
    if (!value.is_number()) throw BadField{std::string(key) + ": not a number"};
    return value.get<double>();
}

inline const json& list(const json& j, const char* key) {
    const json& value = field(j, key);
    if (!value.is_array()) throw BadField{std::string(key) + ": not a list"};
    return value;
}

inline Length length(const json& j, const char* key) {
    return Length::micrometres(integer<std::int64_t>(j, key));
}

template <class Id>
Id id(const json& j, const char* key) {
    return valueOf(Id::parse(text(j, key)), key);
}

inline std::vector<std::string> texts(const json& j, const char* key) {
    std::vector<std::string> all;
    for (const json& one : list(j, key)) {
        if (!one.is_string()) throw BadField{std::string(key) + ": not a list of texts"};
        all.push_back(one.get<std::string>());
    }
    return all;
}

/// Text that an older client does not send.
inline std::string textOr(const json& j, const char* key, const char* otherwise) {
    return j.is_object() && j.contains(key) ? text(j, key) : otherwise;
}

template <class Int>
std::optional<Int> integerOrNull(const json& j, const char* key) {
    if (field(j, key).is_null()) return std::nullopt;
    return integer<Int>(j, key);
}

template <class T>
json orNull(const std::optional<T>& value) {
    return value ? json(*value) : json(nullptr);
}

inline std::string dumped(const json& j) {
    return j.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// `read(json, value)` throws BadField.
template <class T, class Read>
Result<T> parsed(std::string_view text, Read read) {
    constexpr const char* sentence = "The request is not written correctly. Update both programs to the same version.";
    try {
        const json j = json::parse(text, [](int depth, json::parse_event_t, json&) {
            if (depth > deepest) throw BadField{"nested too deeply"};
            return true;
        });
        T value;
        read(j, value);
        return value;
    } catch (const BadField& bad) {
        return fail(Code::Invalid, "bad-request", sentence, bad.detail);
    } catch (const json::exception& e) {
        return fail(Code::Invalid, "bad-request", sentence, e.what());
    }
}

}  // namespace contone::shop::wire

/// Gives a type its way over the wire: by the `write` and `read` that stand before this in the same file.
#define CONTONE_WIRE(T)                                                                         \
    template <>                                                                                 \
    std::string encoded(const T& value) {                                                       \
        return wire::dumped(write(value));                                                      \
    }                                                                                           \
    template <>                                                                                 \
    Result<T> decoded<T>(std::string_view text) {                                               \
        return wire::parsed<T>(text, [](const wire::json& j, auto& value) { read(j, value); }); \
    }                                                                                           \
    static_assert(true)
