// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FactFile on toml++, which nobody else sees. Problems are collected, so that one run shows a file's every mistake.
#include "core/facts/fact_file.h"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>
#include <algorithm>
#include <map>
#include <set>

namespace contone::facts {

namespace {

enum class Problem { UnknownKey, Wrong, Missing };  // in the order in which a person should hear of them

struct Note {
    Problem problem = Problem::Wrong;
    std::uint32_t line = 0;
    std::string text;
    auto order() const { return std::tie(problem, line, text); }
};

std::string plain(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
}

std::string quoted(std::string_view key) {
    return "\"" + std::string(key) + "\"";
}

}  // namespace

struct FactTable::State {
    Path path;
    std::string kind;
    Sha256 hash;
    ::toml::table root;
    std::map<const ::toml::table*, std::set<std::string, std::less<>>> asked;
    std::vector<Note> notes;

    void note(Problem problem, std::uint32_t line, std::string text) {
        notes.push_back({problem, std::max(line, 1u), std::move(text)});
    }

    const ::toml::node* find(const void* table, std::string_view key, Need need) {
        const auto* t = static_cast<const ::toml::table*>(table);
        if (!t) return nullptr;  // its absence is noted already
        asked[t].emplace(key);
        const ::toml::node* node = t->get(key);
        if (!node && need == Need::Required)
            note(Problem::Missing, t->source().begin.line, quoted(key) + " is missing");
        return node;
    }

    /// The number if `node` is one within the limits, else noted and `low`. `unit`: with a blank before it.
    double number(const ::toml::node& node, std::string_view key, double low, double high,
                  const std::string& unit = " mm") {
        const auto value = node.is_number() ? node.value<double>() : std::nullopt;
        if (value && *value >= low && *value <= high) return *value;
        const std::string wanted = unit.empty() ? "number" : "length";
        note(Problem::Wrong, node.source().begin.line,
             quoted(key) +
                 (value ? " is " + plain(*value) + unit + ", but must be a " + wanted + " of "
                        : " must be a number of ") +
                 plain(low) + " to " + plain(high) + unit);
        return low;
    }

    int whole(const ::toml::node& node, std::string_view key, int low, int high) {
        const auto value = node.is_integer() ? node.value<std::int64_t>() : std::nullopt;
        if (value && *value >= low && *value <= high) return static_cast<int>(*value);
        note(Problem::Wrong, node.source().begin.line,
             quoted(key) + " must be a whole number of " + std::to_string(low) + " to " + std::to_string(high));
        return low;
    }

    /// The array if `node` is one of `size` elements (0: at least one), else noted and nullptr.
    const ::toml::array* list(const ::toml::node& node, std::string_view key, std::size_t size) {
        const ::toml::array* array = node.as_array();
        if (array && (size ? array->size() == size : !array->empty())) return array;
        note(Problem::Wrong, node.source().begin.line,
             quoted(key) + (size ? " must be a list of " + std::to_string(size) : " must be a list of one or more"));
        return nullptr;
    }

    void noteUnknownKeys(const ::toml::table& table) {
        const auto& known = asked[&table];
        for (const auto& [key, node] : table) {
            if (!known.contains(key.str())) {
                note(Problem::UnknownKey, key.source().begin.line,
                     quoted(key.str()) + " is not a key that is known here");
                continue;
            }
            if (const auto* inner = node.as_table()) noteUnknownKeys(*inner);
            const auto* array = node.as_array();
            for (std::size_t i = 0; array && i < array->size(); ++i)
                if (const auto* inner = (*array)[i].as_table()) noteUnknownKeys(*inner);
        }
    }
};

std::string FactTable::text(std::string_view key, Need need) const {
    const ::toml::node* node = m_state->find(m_table, key, need);
    if (!node) return {};
    const auto value = node->is_string() ? node->value<std::string>() : std::nullopt;
    if (value && !value->empty()) return *value;
    refuse(key, "must be text, not empty");
    return {};
}

std::string FactTable::identifier(std::string_view key) const {
    std::string id = text(key);
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (!id.empty() && (id.size() > 40 || !std::ranges::all_of(id, allowed)))
        refuse(key, "must be 1 to 40 of the characters a-z, 0-9 and -");
    return id;
}

std::string FactTable::word(std::string_view key, const std::vector<std::string>& words) const {
    std::string value = text(key);
    if (!value.empty() && !contains(words, value)) {
        std::string all;
        for (const auto& w : words) all += (all.empty() ? "" : ", ") + w;
        refuse(key, "must be one of: " + all);
    }
    return value;
}

int FactTable::integer(std::string_view key, int low, int high, Need need) const {
    const ::toml::node* node = m_state->find(m_table, key, need);
    return node ? m_state->whole(*node, key, low, high) : low;
}

bool FactTable::flag(std::string_view key, Need need) const {
    const ::toml::node* node = m_state->find(m_table, key, need);
    if (!node) return false;
    if (const auto value = node->value_exact<bool>()) return *value;
    m_state->note(Problem::Wrong, node->source().begin.line, quoted(key) + " must be true or false");
    return false;
}

Length FactTable::millimetres(std::string_view key, double low, double high, Need need) const {
    const ::toml::node* node = m_state->find(m_table, key, need);
    if (!node) return contone::millimetres(need == Need::Required ? low : 0);
    return contone::millimetres(m_state->number(*node, key, low, high));
}

double FactTable::number(std::string_view key, double low, double high, Need need) const {
    const ::toml::node* node = m_state->find(m_table, key, need);
    return node ? m_state->number(*node, key, low, high, "") : low;
}

std::vector<Length> FactTable::lengths(std::string_view key, std::size_t count, double low, double high) const {
    const ::toml::node* node = m_state->find(m_table, key, Need::Required);
    const ::toml::array* array = node ? m_state->list(*node, key, count) : nullptr;
    std::vector<Length> all(count, contone::millimetres(low));
    for (std::size_t i = 0; array && i < count; ++i)
        all[i] = contone::millimetres(m_state->number((*array)[i], key, low, high));
    return all;
}

PaperSize FactTable::paperSize(std::string_view key, double low, double high) const {
    const Length least = contone::millimetres(low);
    const ::toml::node* node = m_state->find(m_table, key, Need::Required);
    const ::toml::array* array = node ? m_state->list(*node, key, 2) : nullptr;
    if (!array) return {least, least};
    return {contone::millimetres(m_state->number((*array)[0], key, low, high)),
            contone::millimetres(m_state->number((*array)[1], key, low, high))};
}

Edges FactTable::edges(std::string_view key, double low, double high) const {
    const ::toml::node* node = m_state->find(m_table, key, Need::Required);
    if (!node) return {};
    if (node->is_table()) {
        const FactTable t = table(key);
        return {t.millimetres("left", low, high), t.millimetres("top", low, high), t.millimetres("right", low, high),
                t.millimetres("bottom", low, high)};
    }
    return Edges::all(contone::millimetres(m_state->number(*node, key, low, high)));
}

std::pair<int, int> FactTable::pair(std::string_view key, int low, int high) const {
    const ::toml::node* node = m_state->find(m_table, key, Need::Required);
    const ::toml::array* array = node ? m_state->list(*node, key, 2) : nullptr;
    if (!array) return {low, low};
    return {m_state->whole((*array)[0], key, low, high), m_state->whole((*array)[1], key, low, high)};
}

std::vector<std::string> FactTable::texts(std::string_view key, Need need) const {
    std::vector<std::string> all;
    const ::toml::node* node = m_state->find(m_table, key, need);
    const ::toml::array* array = node ? m_state->list(*node, key, 0) : nullptr;
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        const auto value = (*array)[i].is_string() ? (*array)[i].value<std::string>() : std::nullopt;
        if (!value || value->empty()) {
            refuse(key, "must be a list of texts");
            break;
        }
        if (contains(all, *value)) refuse(key, "says " + *value + " twice");
        all.push_back(*value);
    }
    return all;
}

std::map<std::string, std::string> FactTable::textTable(std::string_view key, Need need) const {
    std::map<std::string, std::string> all;
    const ::toml::node* node = m_state->find(m_table, key, need);
    const ::toml::table* texts = node ? node->as_table() : nullptr;
    if (node && !texts) refuse(key, "must be a table: { … }");
    if (!texts) return all;
    for (const auto& [name, value] : *texts) all[std::string(name.str())] = FactTable(*m_state, texts).text(name.str());
    return all;
}

FactTable FactTable::table(std::string_view key) const {
    const ::toml::node* node = m_state->find(m_table, key, Need::Required);
    if (node && !node->is_table()) refuse(key, "must be a table: { … }");
    return FactTable(*m_state, node ? node->as_table() : nullptr);
}

std::vector<FactTable> FactTable::tables(std::string_view key) const {
    std::vector<FactTable> all;
    const ::toml::node* node = m_state->find(m_table, key, Need::Required);
    const ::toml::array* array = node ? m_state->list(*node, key, 0) : nullptr;
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        if (const auto* inner = (*array)[i].as_table()) {
            all.push_back(FactTable(*m_state, inner));
        } else {
            refuse(key, "must be a list of tables: { … }");
        }
    }
    return all;
}

bool FactTable::has(std::string_view key) const {
    const auto* t = static_cast<const ::toml::table*>(m_table);
    return t && t->contains(key);
}

void FactTable::refuse(std::string_view key, std::string why) const {
    const auto* t = static_cast<const ::toml::table*>(m_table);
    const ::toml::node* node = t ? t->get(key) : nullptr;
    const std::uint32_t line = node ? node->source().begin.line : t ? t->source().begin.line : 1;
    m_state->note(Problem::Wrong, line, quoted(key) + " " + std::move(why));
}

FactFile::FactFile() : m_state(std::make_unique<FactTable::State>()) {}
FactFile::FactFile(FactFile&&) noexcept = default;
FactFile& FactFile::operator=(FactFile&&) noexcept = default;
FactFile::~FactFile() = default;

Result<FactFile> FactFile::open(const Path& path, std::string_view kind) {
    CONTONE_TRY(const std::string text, readTextFile(path, 1 << 20));
    FactFile file;
    file.m_state->path = path;
    file.m_state->kind = kind;
    file.m_state->hash = Sha256::of(text);
    ::toml::parse_result parsed = ::toml::parse(text, path.string());
    if (!parsed) {
        const auto& error = parsed.error();
        const std::string where = path.filename().string() + " line " + std::to_string(error.source().begin.line);
        return fail(Code::Invalid, std::string(kind) + "-file",
                    "The " + std::string(kind) + " file " + where +
                        " cannot be read: " + std::string(error.description()) + ". Correct the file.",
                    path.string());
    }
    file.m_state->root = std::move(parsed).table();
    return file;
}

FactTable FactFile::root() const {
    return FactTable(*m_state, &m_state->root);
}

Sha256 FactFile::hash() const {
    return m_state->hash;
}

Result<void> FactFile::finish(const std::string& id) const {
    FactTable::State& state = *m_state;
    state.noteUnknownKeys(state.root);
    if (!id.empty() && id != state.path.stem().string())
        root().refuse("id", "is " + id + ", but the file is named " + state.path.filename().string());
    if (state.notes.empty()) return {};
    std::ranges::sort(state.notes, [](const Note& a, const Note& b) { return a.order() < b.order(); });
    std::string all;
    for (const Note& note : state.notes)
        all += (all.empty() ? "" : "\n") + state.path.string() + ":" + std::to_string(note.line) + ": " + note.text;
    const Note& first = state.notes.front();
    return fail(Code::Invalid, state.kind + "-file",
                "The " + state.kind + " file " + state.path.filename().string() + " is wrong in line " +
                    std::to_string(first.line) + ": " + first.text + ". Correct the file.",
                all);
}

Result<std::vector<Path>> factFiles(const Path& folder, std::string_view kind) {
    std::error_code error;
    std::vector<Path> files;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".toml") files.push_back(it->path());
    if (error && error != std::errc::no_such_file_or_directory)
        return fail(errorFromErrno(error.value(), "list " + folder.string()));
    if (files.empty())
        return fail(Code::NotFound, std::string(kind) + "-files-missing",
                    "The " + std::string(kind) + " files of this installation are missing. Install Contone again.",
                    folder.string());
    std::ranges::sort(files);
    return files;
}

}  // namespace contone::facts
