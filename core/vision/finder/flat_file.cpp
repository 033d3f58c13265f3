// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Little-endian numbers and offsets, none of which is believed.
#include "core/vision/finder/flat_file.h"

namespace contone::vision {
namespace {

std::uint64_t littleEndian(std::span<const std::byte> bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) value |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    return value;
}

}  // namespace

std::span<const std::byte> FlatFile::part(std::size_t at, std::size_t bytes) {
    if (at > m_bytes.size() || bytes > m_bytes.size() - at) m_isSound = false;
    return m_isSound ? m_bytes.subspan(at, bytes) : std::span<const std::byte>();
}

std::uint64_t FlatFile::get(std::size_t at, std::size_t bytes) {
    return littleEndian(part(at, bytes));
}

std::size_t FlatFile::follow(std::size_t at) {
    const std::size_t offset = get(at, 4);
    if (offset == 0) m_isSound = false;  // would lead to itself
    return at + offset;
}

bool FlatFile::isOfKind(const char (&letters)[5]) {
    std::uint64_t kind = 0;
    for (int i = 0; i < 4; ++i) kind |= std::uint64_t{static_cast<unsigned char>(letters[i])} << (8 * i);
    return get(4, 4) == kind;
}

FlatTable FlatFile::root() {
    return {*this, follow(0)};
}

FlatTable::FlatTable(FlatFile& file, std::size_t at) : m_file(&file), m_at(at) {
    const auto back = static_cast<std::int32_t>(static_cast<std::uint32_t>(file.get(at, 4)));
    const std::int64_t fields = static_cast<std::int64_t>(at) - back;
    if (fields < 0) file.m_isSound = false;
    if (!file.m_isSound) return;
    m_fields = static_cast<std::size_t>(fields);
    m_fieldsBytes = file.get(m_fields, 2);
    if (file.part(m_fields, m_fieldsBytes).size() < 4) file.m_isSound = false;
}

std::size_t FlatTable::place(int field) const {
    const std::size_t entry = 4 + 2 * static_cast<std::size_t>(field);
    if (!m_file->m_isSound || entry + 2 > m_fieldsBytes) return 0;
    const std::size_t offset = m_file->get(m_fields + entry, 2);
    return offset == 0 ? 0 : m_at + offset;
}

FlatTable FlatTable::table(int field) const {
    const std::size_t at = place(field);
    return at == 0 ? FlatTable(*m_file) : FlatTable(*m_file, m_file->follow(at));
}

FlatTable FlatTable::tableOf(int field, std::size_t index) const {
    const std::size_t at = place(field);
    if (at == 0 || index >= tableCount(field)) return FlatTable(*m_file);
    return {*m_file, m_file->follow(m_file->follow(at) + 4 + 4 * index)};
}

std::span<const std::byte> FlatTable::list(int field, std::size_t itemBytes) const {
    const std::size_t at = place(field);
    if (at == 0) return {};
    const std::size_t start = m_file->follow(at), count = m_file->get(start, 4);
    return m_file->part(start + 4, count * itemBytes);  // both fit in 32 bits, the product in 64
}

std::int32_t int32At(std::span<const std::byte> list, std::size_t index) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(littleEndian(list.subspan(4 * index, 4))));
}

float float32At(std::span<const std::byte> list, std::size_t index) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(littleEndian(list.subspan(4 * index, 4))));
}

float float16At(std::span<const std::byte> list, std::size_t index) {
    const auto bits = static_cast<std::uint32_t>(littleEndian(list.subspan(2 * index, 2)));
    const bool isFinite = (bits & 0x7c00) != 0x7c00;
    // The bits of a half, moved to the places of a float's, mean 2^-112 of its value; infinities and NaNs stay such.
    const auto moved = std::bit_cast<float>((bits & 0x7fff) << 13 | (isFinite ? 0 : 0x7f800000));
    return ((bits & 0x8000) != 0 ? -moved : moved) * (isFinite ? 0x1p112F : 1.0F);
}

}  // namespace contone::vision
