// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The file: "CONTONE-TABLE-1\n", key (32 bytes), values (16-bit little-endian), SHA-256 of all before it.
#include "icc/table_cache_p.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace contone::icc {
namespace {

constexpr std::string_view magic = "CONTONE-TABLE-1\n";
constexpr std::size_t hashBytes = 32;

Path fileFor(const Path& folder, const Sha256& key) {
    return folder / (key.toString() + ".table");
}

Bytes littleEndian(const std::vector<std::uint16_t>& table) {
    Bytes bytes(table.size() * 2);
    for (std::size_t i = 0; i < table.size(); ++i) {
        bytes[i * 2] = static_cast<std::byte>(table[i] & 0xff);
        bytes[i * 2 + 1] = static_cast<std::byte>(table[i] >> 8);
    }
    return bytes;
}

}  // namespace

std::optional<std::vector<std::uint16_t>> loadTable(const Path& folder, const Sha256& key, std::size_t values) {
    if (folder.empty()) return {};
    const std::size_t size = magic.size() + hashBytes + values * 2 + hashBytes;
    const auto file = readFile(fileFor(folder, key), size);
    if (!file || file->size() != size) return {};
    const std::byte* at = file->data();
    if (std::memcmp(at, magic.data(), magic.size()) != 0) return {};
    if (std::memcmp(at + magic.size(), key.bytes.data(), hashBytes) != 0) return {};
    const Sha256 sum = Sha256::of(std::span(file->data(), size - hashBytes));
    if (std::memcmp(at + size - hashBytes, sum.bytes.data(), hashBytes) != 0) return {};
    at += magic.size() + hashBytes;
    std::vector<std::uint16_t> table(values);
    for (std::size_t i = 0; i < values; ++i)
        table[i] =
            static_cast<std::uint16_t>(std::to_integer<int>(at[i * 2]) | std::to_integer<int>(at[i * 2 + 1]) << 8);
    return table;
}

void saveTable(const Path& folder, const Sha256& key, const std::vector<std::uint16_t>& table) {
    if (folder.empty() || !makeDirectories(folder)) return;
    const auto append = [](Bytes& to, std::span<const std::byte> bytes) {
        to.insert(to.end(), bytes.begin(), bytes.end());
    };
    Bytes file;
    append(file, std::as_bytes(std::span(magic)));
    append(file, std::as_bytes(std::span(key.bytes)));
    append(file, littleEndian(table));
    const Sha256 sum = Sha256::of(file);
    append(file, std::as_bytes(std::span(sum.bytes)));
    (void)writeFileDurably(fileFor(folder, key), std::span<const std::byte>(file));  // see the header: best effort
}

Sha256 hashOf(const std::vector<std::uint16_t>& table) {
    return Sha256::of(littleEndian(table));
}

}  // namespace contone::icc
