// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// KeySegment: up to 64 wrapped keys as one small file.
//
//     line that names version and ciphers, '\n' at its end
//     16 bytes  the segment's own name
//     16 bytes  the segment that this one takes the place of, or zeros
//      4 bytes  how many keys, big-endian
//     each:     16 bytes its id, 60 bytes the key wrapped with the id as associated data
//     32 bytes  HMAC-SHA-256 of everything before
#pragma once

#include <vector>

#include "core/keys/cipher.h"

namespace contone::keys {

struct KeyRecord {
    KeyId id;
    WrappedKey wrapped{};
};

struct KeySegment {
    static constexpr std::size_t most = 64;  ///< keys
    Uuid name, replaces;
    std::vector<KeyRecord> records;
};

/// The two keys that follow from the store's: one wraps keys, one signs segments.
struct SegmentKeys {
    LockedKey wrapping, signing;
    static SegmentKeys of(KeySpan storeKey);
    KeyRecord wrap(KeyId id, const Key& key) const;
    /// False: it was not wrapped under this store's key.
    [[nodiscard]] bool unwrap(const KeyRecord& record, Key& key) const;
};

Bytes writeSegment(const KeySegment& segment, const SegmentKeys& keys);

/// Whole: as it was written. Torn: ours, but not as it was written; `records` are those that can be unwrapped.
/// Unknown: of another version or no segment; nothing is known of it. Erased: nothing but zeros.
enum class SegmentState { Whole, Torn, Unknown, Erased };
struct FoundSegment {
    SegmentState state = SegmentState::Unknown;
    KeySegment segment;
};
FoundSegment readSegment(std::span<const std::byte> bytes, const Uuid& name, const SegmentKeys& keys);

inline constexpr std::size_t largestSegment = 8192;  ///< bytes; more is none of ours

}  // namespace contone::keys
