// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The file: "CONTONE-TABLE-2\n", key (32 bytes), values (16-bit little-endian), XXH3-128 of all before it: the sum
// tells a damaged disk, and who may write here may as well print what he likes.
#include "icc/table_cache_p.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <bit>
#include <cstring>
#include <string_view>

namespace contone::icc {
namespace {

constexpr std::string_view magic = "CONTONE-TABLE-2\n";
constexpr std::size_t keyBytes = 32, sumBytes = sizeof(XXH128_canonical_t);
// Values are written as they lie in memory.
static_assert(std::endian::native == std::endian::little);

Path fileFor(const Path& folder, const Sha256& key) {
    return folder / (key.toString() + ".table");
}

XXH128_canonical_t sumOf(std::span<const std::byte> bytes) {
    XXH128_canonical_t sum;
    XXH128_canonicalFromHash(&sum, XXH3_128bits(bytes.data(), bytes.size()));
    return sum;
}

}  // namespace

std::optional<std::vector<std::uint16_t>> loadTable(const Path& folder, const Sha256& key, std::size_t values) {
    if (folder.empty()) return {};
    const std::size_t size = magic.size() + keyBytes + values * 2 + sumBytes;
    const auto file = readFile(fileFor(folder, key), size);
    if (!file || file->size() != size) return {};
    const std::byte* at = file->data();
    if (std::memcmp(at, magic.data(), magic.size()) != 0) return {};
    if (std::memcmp(at + magic.size(), key.bytes.data(), keyBytes) != 0) return {};
    const XXH128_canonical_t sum = sumOf(std::span(file->data(), size - sumBytes));
    if (std::memcmp(at + size - sumBytes, sum.digest, sumBytes) != 0) return {};
    std::vector<std::uint16_t> table(values);
    std::memcpy(table.data(), at + magic.size() + keyBytes, values * 2);
    return table;
}

void saveTable(const Path& folder, const Sha256& key, const std::vector<std::uint16_t>& table) {
    if (folder.empty() || !makeDirectories(folder, Access::Private)) return;  // it lies in the shop's
    const auto append = [](Bytes& to, std::span<const std::byte> bytes) {
        to.insert(to.end(), bytes.begin(), bytes.end());
    };
    Bytes file;
    append(file, std::as_bytes(std::span(magic)));
    append(file, std::as_bytes(std::span(key.bytes)));
    append(file, std::as_bytes(std::span(table)));
    const XXH128_canonical_t sum = sumOf(file);
    append(file, std::as_bytes(std::span(sum.digest)));
    (void)writeFileDurably(fileFor(folder, key), std::span<const std::byte>(file));  // see the header: best effort
    makePrivate(fileFor(folder, key));
}

Sha256 hashOf(const std::vector<std::uint16_t>& table) {
    return Sha256::of(std::as_bytes(std::span(table)));
}

}  // namespace contone::icc
