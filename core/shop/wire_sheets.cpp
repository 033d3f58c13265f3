// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sheets on the wire, fast: 10,000 of them are written to text and read from it without a tree of JSON values between.
//
// What is read fast is exactly what is written here: these fields in this order, no space. Anything else, from another
// program or damaged, is read through the tree, which decides what is good and names what is not.
#include "core/shop/wire_sheets_p.h"

#include <algorithm>
#include <charconv>

namespace contone::shop {
namespace wire {
namespace {

/// The fields of a sheet, once for writing and both ways of reading.
template <class Visitor, class SomeSheet>
void eachField(Visitor& field, SomeSheet& s) {
    field("attempt", s.attempt);
    field("attempts", s.attempts);
    field("changedAtMs", s.changedAt.ms);
    field("copy", s.copy);
    field("fingerprint", s.fingerprint);
    field("id", s.id);
    field("job", s.job);
    field("line", s.line);
    field("message", s.message);
    field("movedFrom", s.movedFrom);
    field("number", s.number);
    field("order", s.order);
    field("raster", s.raster);
    field("reason", s.reason);
    field("recipe", s.recipe);
    field("reprint", s.reprint);
    field("reprintOf", s.reprintOf);
    field("schedulerJob", s.schedulerJob);
    field("state", s.state);
}
template <class Visitor, class SomeCase>
void eachFieldOfCase(Visitor& field, SomeCase& c) {
    field("owner", c.owner);
    field("reason", c.reason);
}

/// Stands for itself between quotes: neither escapes nor anything that might not be UTF-8.
bool isPlain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

Result<print::SheetState> parse(std::string_view word, const print::SheetState&) {
    return print::parseSheetState(word);
}
Result<print::ReprintReason> parse(std::string_view word, const print::ReprintReason&) {
    return print::parseReprintReason(word);
}
Result<print::CostOwner> parse(std::string_view word, const print::CostOwner&) {
    return print::parseCostOwner(word);
}
template <class Id>
Result<Id> parse(std::string_view text, const Id&) {
    return Id::parse(text);
}

class Writer {
  public:
    explicit Writer(std::string& to) : m_to(to) {}
    template <class T>
    void operator()(std::string_view name, const T& value) {
        m_to += m_before;
        m_to += name;
        m_to += "\":";
        m_before = ",\"";
        put(value);
    }
    void end() { m_to += '}'; }

  private:
    template <std::integral Int>
    void put(Int value) {
        char digits[24];
        m_to.append(digits, std::to_chars(std::begin(digits), std::end(digits), value).ptr);
    }
    void put(const std::string& text) {
        if (!isPlain(text)) {
            m_to += dumped(text);
            return;
        }
        m_to += '"';
        m_to += text;
        m_to += '"';
    }
    template <class Enum>
        requires std::is_enum_v<Enum>
    void put(Enum value) {
        put(std::string(print::toString(value)));
    }
    void put(const print::ReprintCase& reprint) {
        Writer inner(m_to);
        eachFieldOfCase(inner, reprint);
        inner.end();
    }
    template <class T>
    void put(const std::optional<T>& value) {
        value ? put(*value) : void(m_to += "null");
    }
    template <class Id>
        requires requires(const Id& id) { id.toString(); }
    void put(const Id& id) {
        put(id.toString());
    }

    std::string& m_to;
    const char* m_before = "{\"";
};

void append(std::string& to, const print::Sheet& sheet) {
    Writer writer(to);
    eachField(writer, sheet);
    writer.end();
}

/// Reads what Writer writes. isGood() turns false at the first thing that is otherwise.
class Scan {
  public:
    explicit Scan(std::string_view text) : m_rest(text) {}
    bool isGood() const { return m_good; }
    bool isAtEnd() const { return m_rest.empty(); }
    bool takes(std::string_view words) {
        if (!m_rest.starts_with(words)) return false;
        m_rest.remove_prefix(words.size());
        return true;
    }
    void expect(std::string_view words) { m_good = m_good && takes(words); }
    template <class T>
    void operator()(std::string_view name, T& value) {
        expect(m_before);
        expect(name);
        expect("\":");
        m_before = ",\"";
        if (m_good) take(value);
    }
    print::Sheet sheet() {
        print::Sheet sheet;
        m_before = "{\"";
        eachField(*this, sheet);
        expect("}");
        return sheet;
    }

  private:
    template <std::integral Int>
    void take(Int& value) {
        const auto [end, problem] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        const std::string_view digits = m_rest.substr(0, static_cast<std::size_t>(end - m_rest.data()));
        m_good = problem == std::errc{} && (digits == "0" || digits.find_first_not_of("-0") == (digits[0] == '-'));
        m_rest.remove_prefix(digits.size());
    }
    /// The text between quotes as it stands there.
    std::string_view quoted() {
        expect("\"");
        std::size_t end = 0;
        while (end < m_rest.size() && m_rest[end] != '"') end += m_rest[end] == '\\' ? 2 : 1;
        m_good = m_good && end < m_rest.size();
        if (!m_good) return {};
        const std::string_view text = m_rest.substr(0, end);
        m_rest.remove_prefix(end + 1);
        return text;
    }
    void take(std::string& value) {
        const std::string_view text = quoted();
        if (isPlain(text)) {
            value = text;
            return;
        }
        const json parsed = json::parse('"' + std::string(text) + '"', nullptr, false);
        m_good = m_good && parsed.is_string();
        if (m_good) value = parsed.get_ref<const std::string&>();
    }
    void take(print::ReprintCase& reprint) {
        m_before = "{\"";
        eachFieldOfCase(*this, reprint);
        expect("}");
    }
    template <class T>
    void take(std::optional<T>& value) {
        if (!takes("null")) take(value.emplace());
    }
    /// An id or a word.
    template <class T>
    void take(T& value) {
        const auto parsed = parse(quoted(), value);
        m_good = m_good && parsed;
        if (m_good) value = *parsed;
    }

    std::string_view m_rest;
    const char* m_before = "";
    bool m_good = true;
};

/// Reads strictly, field by field, and throws BadField.
class Reader {
  public:
    explicit Reader(const json& j) : m_j(j) {}
    template <std::integral Int>
    void operator()(const char* name, Int& value) {
        value = integer<Int>(m_j, name);
    }
    void operator()(const char* name, std::string& value) { value = text(m_j, name); }
    void operator()(const char* name, std::optional<print::ReprintCase>& value) {
        if (!field(m_j, name).is_null()) read(field(m_j, name), value.emplace());
    }
    template <class T>
    void operator()(const char* name, std::optional<T>& value) {
        if (!field(m_j, name).is_null()) (*this)(name, value.emplace());
    }
    template <class T>
    void operator()(const char* name, T& value) {
        value = valueOf(parse(text(m_j, name), value), name);
    }

  private:
    const json& m_j;
};

constexpr std::string_view listBegin = R"({"items":[)", listEnd = "]}";

/// All or nothing.
std::optional<std::vector<print::Sheet>> scanned(std::string_view text) {
    constexpr std::size_t shortest = 400;  // bytes of a sheet, nearly
    Scan scan(text);
    scan.expect(listBegin);
    std::vector<print::Sheet> sheets;
    sheets.reserve(text.size() / shortest);
    if (!scan.takes(listEnd)) {
        do sheets.push_back(scan.sheet());
        while (scan.isGood() && scan.takes(","));
        scan.expect(listEnd);
    }
    if (!scan.isGood() || !scan.isAtEnd()) return std::nullopt;
    return sheets;
}

}  // namespace

json write(const print::ReprintCase& reprint) {
    return {{"reason", toString(reprint.reason)}, {"owner", toString(reprint.owner)}};
}
void read(const json& j, print::ReprintCase& reprint) {
    reprint.reason = valueOf(print::parseReprintReason(text(j, "reason")), "reason");
    reprint.owner = valueOf(print::parseCostOwner(textOr(j, "owner", "shop")), "owner");
}

json write(const print::Sheet& sheet) {
    std::string text;
    append(text, sheet);
    return json::parse(text);
}
void read(const json& j, print::Sheet& sheet) {
    Reader reader(j);
    eachField(reader, sheet);
}

}  // namespace wire

template <>
std::string encoded(const print::Sheet& sheet) {
    std::string text;
    wire::append(text, sheet);
    return text;
}
template <>
Result<print::Sheet> decoded<print::Sheet>(std::string_view text) {
    return wire::parsed<print::Sheet>(text, [](const wire::json& j, print::Sheet& sheet) { wire::read(j, sheet); });
}

template <>
std::string encoded(const std::vector<print::Sheet>& sheets) {
    constexpr std::size_t usual = 700;  // bytes of a sheet
    std::string text;
    text.reserve(sheets.size() * usual + 32);
    text += wire::listBegin;
    for (const print::Sheet& sheet : sheets) {
        if (&sheet != &sheets.front()) text += ',';
        wire::append(text, sheet);
    }
    return text += wire::listEnd;
}
template <>
Result<std::vector<print::Sheet>> decoded<std::vector<print::Sheet>>(std::string_view text) {
    if (auto sheets = wire::scanned(text)) return std::move(*sheets);
    return wire::parsed<std::vector<print::Sheet>>(text, [](const wire::json& j, std::vector<print::Sheet>& sheets) {
        for (const wire::json& one : wire::list(j, "items")) wire::read(one, sheets.emplace_back());
    });
}

}  // namespace contone::shop
