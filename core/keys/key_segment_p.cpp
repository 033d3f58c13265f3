// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Segments as bytes. What is read is believed only when its HMAC says so, and else key by key.
#include "core/keys/key_segment_p.h"

#include <algorithm>

namespace contone::keys {
namespace {

constexpr std::string_view firstLine = "contone keys 1, AES-256-GCM HKDF-SHA-256 HMAC-SHA-256\n";
constexpr std::size_t uuidBytes = 16, headBytes = firstLine.size() + 2 * uuidBytes + 4;
constexpr std::size_t recordBytes = uuidBytes + sizeof(WrappedKey);
static_assert(headBytes + KeySegment::most * recordBytes + sizeof(Mac) < largestSegment);

Uuid uuidAt(std::span<const std::byte> bytes) {
    Uuid uuid;
    std::ranges::transform(bytes.first(uuidBytes), uuid.bytes.begin(),
                           [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
    return uuid;
}

bool beginsAsOurs(std::span<const std::byte> bytes) {
    return bytes.size() >= headBytes &&
           std::ranges::equal(bytes.first(firstLine.size()), std::as_bytes(std::span(firstLine)));
}

}  // namespace

SegmentKeys SegmentKeys::of(KeySpan storeKey) {
    return {LockedKey(derive(storeKey, {}, "contone keys: wrapping").bytes()),
            LockedKey(derive(storeKey, {}, "contone keys: signing").bytes())};
}

KeyRecord SegmentKeys::wrap(KeyId id, const Key& key) const {
    return {id, wrapKey(wrapping.bytes(), key.bytes(), std::as_bytes(std::span(id.uuid.bytes)))};
}

bool SegmentKeys::unwrap(const KeyRecord& record, Key& key) const {
    return unwrapKey(wrapping.bytes(), record.wrapped, std::as_bytes(std::span(record.id.uuid.bytes)), key);
}

Bytes writeSegment(const KeySegment& segment, const SegmentKeys& keys) {
    Bytes bytes;
    append(bytes, firstLine);
    append(bytes, segment.name);
    append(bytes, segment.replaces);
    append(bytes, segment.records.size(), 4);
    for (const KeyRecord& record : segment.records) {
        append(bytes, record.id.uuid);
        append(bytes, record.wrapped);
    }
    append(bytes, macOf(keys.signing.bytes(), bytes));
    return bytes;
}

FoundSegment readSegment(std::span<const std::byte> bytes, const Uuid& name, const SegmentKeys& keys) {
    FoundSegment found;
    found.segment.name = name;
    if (!beginsAsOurs(bytes)) {
        if (std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{}; }))
            found.state = SegmentState::Erased;
        return found;
    }
    const auto head = bytes.subspan(firstLine.size());
    const std::uint64_t count = numberAt(head.subspan(2 * uuidBytes, 4));
    const bool fits = count <= KeySegment::most && bytes.size() == headBytes + count * recordBytes + sizeof(Mac);
    const bool isWhole =
        fits && uuidAt(head) == name &&
        isSame(macOf(keys.signing.bytes(), bytes.first(bytes.size() - sizeof(Mac))), bytes.last(sizeof(Mac)));
    found.state = isWhole ? SegmentState::Whole : SegmentState::Torn;
    if (isWhole) found.segment.replaces = uuidAt(head.subspan(uuidBytes));
    for (auto rest = bytes.subspan(headBytes);
         rest.size() >= recordBytes && found.segment.records.size() < (isWhole ? count : KeySegment::most);
         rest = rest.subspan(recordBytes)) {
        KeyRecord record{{uuidAt(rest)}, {}};
        std::ranges::copy(rest.subspan(uuidBytes, sizeof(WrappedKey)), record.wrapped.begin());
        Key key;
        if (isWhole || keys.unwrap(record, key)) found.segment.records.push_back(record);
    }
    return found;
}

}  // namespace contone::keys
