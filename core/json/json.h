// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// write and read: any described value to JSON text and back.
//
// What has a form: bool, whole numbers (checked against the type's range), double, text, Length (whole micrometres),
// Instant (milliseconds), Dpi, Srgb ("#1e2a3c"), ids and hashes (text), enums with a table of words, Bytes (base64),
// optional (null, or not there), vector, array, map by text, values that list their fields (fields.h), and variants of
// those, told apart by "kind". A field that is not known is ignored: the other side may be newer.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/enum_words.h"
#include "core/base/length.h"
#include "core/base/money.h"
#include "core/base/srgb.h"
#include "core/json/base64.h"
#include "core/json/fields.h"
#include "core/json/problem.h"
#include "core/json/writer.h"

namespace contone {

// Values of core/base, which knows nothing of JSON.
constexpr auto fieldsOf(std::type_identity<Money>) {
    return json::list(json::field("minor", &Money::minor), json::field("currency", &Money::currency));
}
constexpr auto fieldsOf(std::type_identity<Edges>) {
    return json::list(json::field("leftUm", &Edges::left), json::field("topUm", &Edges::top),
                      json::field("rightUm", &Edges::right), json::field("bottomUm", &Edges::bottom));
}
constexpr auto fieldsOf(std::type_identity<PaperSize>) {
    return json::list(json::field("widthUm", &PaperSize::width), json::field("heightUm", &PaperSize::height));
}
constexpr auto fieldsOf(std::type_identity<Error>) {
    return json::list(json::field("code", &Error::code), json::field("reason", &Error::reason),
                      json::field("message", &Error::message), json::field("detail", &Error::detail));
}

}  // namespace contone

namespace contone::json {

template <class T>
inline constexpr bool isOptional = false;
template <class T>
inline constexpr bool isOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool isVector = false;
template <class T>
inline constexpr bool isVector<std::vector<T>> = true;
template <class T>
inline constexpr std::size_t arraySize = 0;
template <class T, std::size_t N>
inline constexpr std::size_t arraySize<std::array<T, N>> = N;
template <class T>
inline constexpr bool isMap = false;
template <class T>
inline constexpr bool isMap<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool isVariant = false;
template <class... T>
inline constexpr bool isVariant<std::variant<T...>> = true;
/// An id or a hash.
template <class T>
concept IsNamed = requires(const T& t, std::string_view text) {
    { t.toString() } -> std::convertible_to<std::string>;
    { T::parse(text) } -> std::same_as<Result<T>>;
};
template <class>
inline constexpr bool noForm = false;

template <class T>
void writeTo(Writer& to, const T& value);
template <class T>
bool readFrom(Value from, T& to, Problem& problem);

template <Described T>
void writeFields(Writer& to, const T& value) {
    eachField<T>([&](const auto& one) {
        to.key(one.key);
        writeTo(to, value.*one.member);
    });
}

template <Described T>
bool readFields(Value from, T& to, Problem& problem) {
    bool good = true;
    Value likely = from.first();  // what we wrote has the order of the list
    eachField<T>([&](const auto& one) {
        using Member = std::remove_reference_t<decltype(to.*one.member)>;
        if (!good) return;
        const Value member = likely.isThere() && likely.key() == one.key ? likely : from.find(one.key);
        if (member.isThere()) {
            likely = member.next();
            good = readFrom(member, to.*one.member, problem) || problem.under(one.key);
        } else if (!isOptional<Member> && one.absent == Absent::Refused) {
            good = problem.is("missing") || problem.under(one.key);
        }
    });
    return good;
}

/// Each alternative has `static constexpr std::string_view kind`. One of them may say `static constexpr bool
/// kindMayBeAbsent = true`: what was stored before there were kinds.
template <class... T>
bool readVariant(Value from, std::variant<T...>& to, Problem& problem) {
    std::string_view kind;
    const Value told = from.find("kind");
    if (told.isThere() && !readText(told, kind, problem)) return problem.under("kind");
    bool known = false, good = true;
    const auto tryOne = [&]<class One>(std::type_identity<One>) {
        const bool isIt = told.isThere() ? kind == One::kind : requires { One::kindMayBeAbsent; };
        if (known || !isIt) return;
        known = true;
        One value{};
        good = readFields(from, value, problem);
        if (good) to = std::move(value);
    };
    (tryOne(std::type_identity<T>{}), ...);
    if (known) return good;
    return problem.is(told.isThere() ? "unknown " + std::string(kind) : "missing") || problem.under("kind");
}

template <class T>
void writeTo(Writer& to, const T& value) {
    if constexpr (std::same_as<T, bool>) {
        to.boolean(value);
    } else if constexpr (std::same_as<T, std::uint64_t>) {
        to.unsignedInteger(value);
    } else if constexpr (std::integral<T>) {
        to.integer(value);
    } else if constexpr (std::same_as<T, double>) {
        to.real(value);
    } else if constexpr (std::same_as<T, std::string>) {
        to.text(value);
    } else if constexpr (std::same_as<T, Length>) {
        to.integer(value.um());
    } else if constexpr (std::same_as<T, Instant>) {
        to.integer(value.ms);
    } else if constexpr (std::same_as<T, Dpi>) {
        to.integer(value.value);
    } else if constexpr (std::same_as<T, Srgb>) {
        to.text(contone::toString(value));
    } else if constexpr (HasWords<T>) {
        to.text(contone::toString<T>(value));
    } else if constexpr (std::same_as<T, Bytes>) {
        to.text(toBase64(value));
    } else if constexpr (isOptional<T>) {
        if (value)
            writeTo(to, *value);
        else
            to.null();
    } else if constexpr (isVector<T> || arraySize<T> != 0) {
        to.beginList();
        for (const auto& one : value) writeTo<typename T::value_type>(to, one);
        to.endList();
    } else if constexpr (isMap<T>) {
        to.beginObject();
        for (const auto& [key, one] : value) {
            to.key(key);
            writeTo(to, one);
        }
        to.endObject();
    } else if constexpr (isVariant<T>) {
        to.beginObject();
        std::visit(
            [&](const auto& one) {
                to.key("kind");
                to.text(one.kind);
                writeFields(to, one);
            },
            value);
        to.endObject();
    } else if constexpr (Described<T>) {
        to.beginObject();
        writeFields(to, value);
        to.endObject();
    } else if constexpr (IsNamed<T>) {
        to.text(value.toString());
    } else {
        static_assert(noForm<T>, "this type has no JSON form: describe its fields, or its words if it is an enum");
    }
}

template <class T>
bool readNumber(Value from, T& to, Problem& problem) {
    std::int64_t number = 0;
    if (!readInteger(from, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), number, problem)) return false;
    to = static_cast<T>(number);
    return true;
}

/// `parse` makes a Result of a text.
template <class T, class Parse>
bool readParsed(Value from, T& to, Problem& problem, Parse parse) {
    std::string_view text;
    if (!readText(from, text, problem)) return false;
    auto value = parse(text);
    if (!value) return problem.is(value.error());
    to = std::move(*value);
    return true;
}

template <class T>
bool readItems(Value from, T& to, Problem& problem) {
    if (!isList(from, problem)) return false;
    if constexpr (isVector<T>) {
        to.clear();
        to.reserve(std::min<std::size_t>(from.size(), 1000));  // the other side only says that there are more
    } else if (from.size() != to.size()) {
        return problem.is("not " + std::to_string(to.size()) + " items");
    }
    std::size_t index = 0;
    for (Value item = from.first(); item.isThere(); item = item.next(), ++index) {
        if constexpr (isVector<T>) to.emplace_back();
        if (!readFrom<typename T::value_type>(item, to[index], problem)) return problem.at(index);
    }
    return true;
}

template <class T>
bool readMap(Value from, std::map<std::string, T>& to, Problem& problem) {
    if (!isObject(from, problem)) return false;
    to.clear();
    for (Value member = from.first(); member.isThere(); member = member.next()) {
        const auto [place, isNew] = to.emplace(member.key(), T{});
        if (!isNew) return problem.is("there twice") || problem.under(member.key());
        if (!readFrom(member, place->second, problem)) return problem.under(member.key());
    }
    return true;
}

template <class T>
bool readFrom(Value from, T& to, Problem& problem) {
    if constexpr (std::same_as<T, bool>) {
        return readBoolean(from, to, problem);
    } else if constexpr (std::same_as<T, std::uint64_t>) {
        return readUnsigned(from, to, problem);
    } else if constexpr (std::integral<T>) {
        return readNumber(from, to, problem);
    } else if constexpr (std::same_as<T, double>) {
        return readReal(from, to, problem);
    } else if constexpr (std::same_as<T, std::string>) {
        return readParsed(from, to, problem, [](std::string_view text) { return Result<std::string>(text); });
    } else if constexpr (std::same_as<T, Length>) {
        std::int64_t um = 0;
        if (!readNumber(from, um, problem)) return false;
        to = Length::micrometres(um);
        return true;
    } else if constexpr (std::same_as<T, Instant>) {
        return readNumber(from, to.ms, problem);
    } else if constexpr (std::same_as<T, Dpi>) {
        return readNumber(from, to.value, problem);
    } else if constexpr (std::same_as<T, Srgb>) {
        return readParsed(from, to, problem, parseSrgb);
    } else if constexpr (HasWords<T>) {
        return readParsed(from, to, problem, [](std::string_view text) { return contone::parse<T>(text); });
    } else if constexpr (std::same_as<T, Bytes>) {
        return readParsed(from, to, problem, fromBase64);
    } else if constexpr (isOptional<T>) {
        to.reset();
        return from.kind() == Kind::Null || readFrom(from, to.emplace(), problem);
    } else if constexpr (isVector<T> || arraySize<T> != 0) {
        return readItems(from, to, problem);
    } else if constexpr (isMap<T>) {
        return readMap(from, to, problem);
    } else if constexpr (isVariant<T>) {
        return isObject(from, problem) && readVariant(from, to, problem);
    } else if constexpr (Described<T>) {
        return isObject(from, problem) && readFields(from, to, problem);
    } else if constexpr (IsNamed<T>) {
        return readParsed(from, to, problem, T::parse);
    } else {
        static_assert(noForm<T>, "this type has no JSON form: describe its fields, or its words if it is an enum");
    }
}

/// The value on one line.
template <class T>
std::string write(const T& value) {
    Writer writer;
    writeTo(writer, value);
    return writer.take();
}

/// Reads what write() wrote, or anything like it. Fails with `refusal`, whose detail becomes where and why: by default
/// Invalid "json-unreadable"; and Unavailable "out-of-memory".
template <class T>
Result<T> read(std::string_view text,
               const Error& refusal = {Code::Invalid, "json-unreadable", "This is not written correctly.", {}},
               const Limits& limits = {}) {
    const auto refused = [&](std::string detail) {
        return fail(refusal.code, refusal.reason, refusal.message, std::move(detail));
    };
    auto tree = Tree::parse(text, limits);
    if (!tree) return tree.error().code == Code::Invalid ? refused(tree.error().detail) : fail(tree.error());
    try {
        T value{};
        Problem problem;
        if (!readFrom(tree->root(), value, problem)) return refused(problem.text());
        return value;
    } catch (const std::bad_alloc&) {
        return fail(outOfMemory());
    }
}

/// Holds every field with a Range to it, also within values, lists, options and variants. Fails: Invalid with the
/// range's reason and sentence; the detail is the number and where it stands.
template <class T>
Result<void> checkRanges(const T& value) {
    Result<void> answer;
    if constexpr (isOptional<T>) {
        if (value) answer = checkRanges(*value);
    } else if constexpr (isVector<T> && !std::same_as<T, Bytes>) {
        for (const auto& one : value)
            if (answer) answer = checkRanges(one);
    } else if constexpr (isVariant<T>) {
        answer = std::visit([](const auto& one) { return checkRanges(one); }, value);
    } else if constexpr (Described<T>) {
        eachField<T>([&](const auto& one) {
            if (!answer) return;
            const auto& member = value.*one.member;
            using Member = std::remove_cvref_t<decltype(member)>;
            if constexpr (std::integral<Member> && !std::same_as<Member, bool>) {
                if (*one.range.reason &&
                    (std::cmp_less(member, one.range.least) || std::cmp_greater(member, one.range.most)))
                    answer = fail(Code::Invalid, one.range.reason, one.range.sentence,
                                  std::string(one.key) + ": " + std::to_string(member));
            } else {
                answer = checkRanges(member);
            }
        });
    }
    return answer;
}

}  // namespace contone::json
