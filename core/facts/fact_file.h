// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FactFile: reads one TOML data file strictly: what is not understood is refused by file, line and reason.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.h"
#include "core/base/length.h"
#include "core/base/result.h"
#include "core/base/sha256.h"

namespace contone::facts {

/// Whether a key must be there.
enum class Need { Required, Optional };

/// A table of a FactFile. Each getter names one key. A key that is missing, of a wrong type or out of range is noted
/// and a harmless value (empty, the lowest allowed) returned, so that a reader is one plain list of getters;
/// FactFile::finish() then refuses the file. Numbers carry their unit in the key: "trim_mm". Valid while its FactFile
/// lives and is not moved.
class FactTable {
  public:
    /// Not empty when there. `Optional` and missing: empty.
    std::string text(std::string_view key, Need need = Need::Required) const;
    /// 1…40 of a-z, 0-9, "-".
    std::string identifier(std::string_view key) const;
    /// One of `words`.
    std::string word(std::string_view key, const std::vector<std::string>& words) const;
    /// true or false. `Optional` and missing: false.
    bool flag(std::string_view key, Need need = Need::Required) const;
    int integer(std::string_view key, int low, int high, Need need = Need::Required) const;
    /// A number without a unit, or with another than millimetres, both limits included. `Optional` and missing: low.
    double number(std::string_view key, double low, double high, Need need = Need::Required) const;
    /// Exactly `count` numbers of millimetres.
    std::vector<Length> lengths(std::string_view key, std::size_t count, double low, double high) const;
    /// A number of millimetres, both limits included. `Optional` and missing: 0.
    Length millimetres(std::string_view key, double low, double high, Need need = Need::Required) const;
    /// [width, height] in millimetres.
    PaperSize paperSize(std::string_view key, double low, double high) const;
    /// One number for all edges, or { left, top, right, bottom }, in millimetres.
    Edges edges(std::string_view key, double low, double high) const;
    /// Exactly two whole numbers.
    std::pair<int, int> pair(std::string_view key, int low, int high) const;
    /// At least one, none empty, none twice. `Optional` and missing: none.
    std::vector<std::string> texts(std::string_view key, Need need = Need::Required) const;
    /// A table whose keys are free and whose values are texts, none empty. `Optional` and missing: none.
    std::map<std::string, std::string> textTable(std::string_view key, Need need = Need::Required) const;
    /// A table; when it is missing, one in which everything is missing.
    FactTable table(std::string_view key) const;
    /// An array of at least one table.
    std::vector<FactTable> tables(std::string_view key) const;
    bool has(std::string_view key) const;
    /// Notes that what `key` says cannot be: "prices must rise".
    void refuse(std::string_view key, std::string why) const;

  private:
    friend class FactFile;
    struct State;
    FactTable(State& state, const void* table) : m_state(&state), m_table(table) {}
    State* m_state;
    const void* m_table;  ///< a toml::table, nullptr for a missing one: the library stays in the .cpp
};

/// One open data file. One thread at a time.
class FactFile {
  public:
    /// @param kind  for the person: "product". Failures carry the reason "<kind>-file".
    /// Fails: Invalid "<kind>-file" with file, line and reason when it is no TOML; else as readTextFile (limit 1 MB).
    static Result<FactFile> open(const Path& path, std::string_view kind);
    FactFile(FactFile&&) noexcept;
    FactFile& operator=(FactFile&&) noexcept;
    ~FactFile();
    FactTable root() const;
    /// Of the file's text, as it was read.
    Sha256 hash() const;
    /// Call after reading everything. Fails: Invalid "<kind>-file": the first problem by file and line in the message,
    /// unknown keys first, all of them in the detail. A key that nobody asked for is unknown. `id` must be the file's
    /// name without ".toml".
    Result<void> finish(const std::string& id) const;

  private:
    FactFile();
    std::unique_ptr<FactTable::State> m_state;
};

/// The *.toml files of a folder, sorted by name. Fails: NotFound "<kind>-files-missing" when there are none.
Result<std::vector<Path>> factFiles(const Path& folder, std::string_view kind);

}  // namespace contone::facts
