// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// field: how a value lists its fields once, for JSON out and in and for what is written about it.
#pragma once

#include <cstdint>
#include <type_traits>

namespace contone::json {

/// What reading does when the field is not there. An optional<T> may always be missing, and may be null.
enum class Absent {
    Refused,
    KeepsDefault,  ///< the value keeps what it was made with: fields that older programs and stores do not write
};

/// The whole numbers that a field may have, both ends included. Reading JSON does not check it, so that a value made in
/// this process and one from a wire are refused by the same function in the same words: json::checkRanges().
struct Range {
    std::int64_t least = 0, most = 0;
    const char* reason = "";    ///< "bad-copies"
    const char* sentence = "";  ///< "Choose between 1 and 999 copies."
};

template <class Owner, class T>
struct Field {
    using Value = T;
    const char* key;
    T Owner::* member;
    Absent absent;
    Range range;  ///< reason "": any
};

/// A field of a value under `key`, which is its stored name and never changes: units stand in it ("offsetXUm").
template <class Owner, class T>
constexpr Field<Owner, T> field(const char* key, T Owner::* member, Absent absent = Absent::Refused) {
    return {key, member, absent, {}};
}
template <class Owner, class T>
constexpr Field<Owner, T> field(const char* key, T Owner::* member, Range range, Absent absent = Absent::Refused) {
    return {key, member, absent, range};
}

/// Fields in their order; list(…)(visit) calls visit(field) for each. Not a std::tuple, which costs the compiler a
/// second for each file that includes the operations of the shop.
template <class... Fields>
constexpr auto list(Fields... fields) {
    return [... all = fields]([[maybe_unused]] auto&& visit) { (visit(all), ...); };
}

/// A value that lists its fields: by a static member
///
///     static constexpr auto fields() { return json::list(json::field("setup", &PausePrinter::setup)); }
///
/// or, where the type knows nothing of JSON, by a free function in the type's own namespace:
///
///     constexpr auto fieldsOf(std::type_identity<Money>) { return json::list(json::field("minor", &Money::minor), …);
///     }
template <class T>
concept ListsFields = requires { T::fields(); };
template <class T>
concept HasFieldsOf = requires { fieldsOf(std::type_identity<T>{}); };
template <class T>
concept Described = ListsFields<T> || HasFieldsOf<T>;

template <Described T>
constexpr auto fieldsOfType() {
    if constexpr (ListsFields<T>)
        return T::fields();
    else
        return fieldsOf(std::type_identity<T>{});
}

/// Calls `visit(field)` for each field of T, in their order.
template <Described T, class Visit>
constexpr void eachField(Visit&& visit) {
    fieldsOfType<T>()(visit);
}

}  // namespace contone::json
