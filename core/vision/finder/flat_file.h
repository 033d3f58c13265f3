// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FlatFile: the tables of a FlatBuffer, walked with every offset checked. https://flatbuffers.dev/internals
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace contone::vision {

class FlatTable;

/// The bytes, which outlive it. The first offset that leads outside makes it unsound for good; what is asked for from
/// then on is 0 and empty, so a walk may go on and look at isSound() at its end. No list is longer than the file.
class FlatFile {
  public:
    explicit FlatFile(std::span<const std::byte> bytes) : m_bytes(bytes) {}
    bool isSound() const { return m_isSound; }
    /// The four letters that say what kind of file it is.
    bool isOfKind(const char (&letters)[5]);
    FlatTable root();

  private:
    friend class FlatTable;
    std::uint64_t get(std::size_t at, std::size_t bytes);
    std::size_t follow(std::size_t at);  ///< the place that the offset at `at` leads to
    std::span<const std::byte> part(std::size_t at, std::size_t bytes);
    std::span<const std::byte> m_bytes;
    bool m_isSound = true;
};

/// One table. A field is named by its place in the schema, from 0.
class FlatTable {
  public:
    FlatTable(FlatFile& file, std::size_t at);

    template <std::integral T>
    T number(int field, T absent = 0) const {
        const std::size_t at = place(field);
        return at == 0 ? absent : static_cast<T>(m_file->get(at, sizeof(T)));
    }
    /// The same when there is none: a table without fields.
    FlatTable table(int field) const;
    std::size_t tableCount(int field) const { return list(field, 4).size() / 4; }
    FlatTable tableOf(int field, std::size_t index) const;  ///< of a list of tables
    /// The bytes of a list whose items have `itemBytes`; empty when there is none.
    std::span<const std::byte> list(int field, std::size_t itemBytes) const;

  private:
    explicit FlatTable(FlatFile& file) : m_file(&file) {}
    std::size_t place(int field) const;  ///< 0: the field is absent
    FlatFile* m_file;
    std::size_t m_at = 0;
    std::size_t m_fields = 0;  ///< where the table of fields is
    std::size_t m_fieldsBytes = 0;
};

/// Item `index` of a list of 32-bit numbers.
std::int32_t int32At(std::span<const std::byte> list, std::size_t index);
float float32At(std::span<const std::byte> list, std::size_t index);
/// IEEE 754 binary16.
float float16At(std::span<const std::byte> list, std::size_t index);

}  // namespace contone::vision
