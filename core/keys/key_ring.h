// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// KeyRing: the shop's keys, each durable before anybody gets it, each gone for ever once it is destroyed.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>

#include "core/base/file_port.h"
#include "core/keys/cipher.h"
#include "core/keys/store_key.h"

namespace contone::keys {

struct KeyRecord;
struct KeySegment;
struct SegmentKeys;

/// A folder of small files, `keys/<uuid>`, of up to 64 keys, each wrapped under the store's key. Keys are made ahead,
/// 64 for four syncs; the ring does not know which of them are in use, so those that a former process made and did not
/// hand out are never handed out any more.
/// For one process at a time: the one that holds the store's lock. Thread-safe. Fails, all functions: as FilePort.
class KeyRing {
  public:
    /// Makes the folder, and finishes what a power cut left of a destruction. A file that is damaged does not stop it:
    /// of its keys those are there that are still whole. `disk` outlives the ring.
    /// Fails: Denied "store-key-wrong": there are keys, and none was made under `storeKey`.
    static Result<std::unique_ptr<KeyRing>> open(FilePort& disk, const Path& folder, const StoreKey& storeKey);
    ~KeyRing();
    KeyRing(const KeyRing&) = delete;
    KeyRing& operator=(const KeyRing&) = delete;

    struct Taken {
        KeyId id;
        Key key;
    };
    /// A key that nobody had, and that a power cut does not take any more. One call in 64 waits for the disk.
    Result<Taken> take();
    /// Fails: NotFound "key-destroyed"; Corrupt "keys-damaged": it is not here, but may have been in a damaged file.
    Result<Key> get(KeyId id) const;
    bool has(KeyId id) const;

    /// When it returns, no key of these can be read again, by the ring or from the bytes of its files: each file that
    /// had one is written anew without it, then the old one's bytes are overwritten where they lie, and all of that is
    /// synced. (A disk that keeps old copies of what is overwritten, as flash and copy-on-write file systems do, still
    /// has them wrapped under the store's key.) A key that is not here is what is wanted. When it fails, any of these
    /// keys may be gone or not, and it must be called again: also after a restart, with the same ids.
    /// Fails: Corrupt "keys-damaged" when one of them may be in a file that cannot be read.
    Result<void> destroy(std::span<const KeyId> ids);

    /// `key` under a key of the ring. `associated` must be the same to unwrap it. Fails as get().
    Result<WrappedKey> wrap(KeyId under, const Key& key, std::span<const std::byte> associated = {}) const;
    /// Fails as get(); Corrupt "sealed-damaged".
    Result<Key> unwrap(KeyId under, const WrappedKey& wrapped, std::span<const std::byte> associated = {}) const;

    /// A text under a key of the ring, at most 32 MB. It names its cipher; `associated` says what it belongs to
    /// and must be the same to open it. Fails as get(); Invalid "text-too-long".
    Result<Bytes> seal(KeyId under, std::span<const std::byte> plain, std::span<const std::byte> associated) const;
    /// Fails as get(); Corrupt "sealed-damaged".
    Result<Bytes> unseal(KeyId under, std::span<const std::byte> sealed, std::span<const std::byte> associated) const;

    /// Where the ring lies. What is sealed under its keys lies there too.
    FilePort& disk() const { return m_disk; }
    /// Files of the folder that are damaged or cannot be read, for whoever looks after the shop.
    std::vector<std::string> damagedFiles() const;

  private:
    struct Place {
        Uuid segment;
        WrappedKey wrapped{};
    };
    KeyRing(FilePort& disk, Path folder, SegmentKeys keys);
    Result<void> readFolder();
    Result<void> makeAhead();
    Result<void> writeNew(const KeySegment& segment);
    Result<void> rewriteWithout(const Uuid& segment, const std::set<KeyId>& gone);
    Result<void> finishErasing();
    Result<void> eraseOne(const std::string& name);
    void put(const KeySegment& segment);
    Error missing() const;

    FilePort& m_disk;
    Path m_folder;
    std::unique_ptr<SegmentKeys> m_keys;
    std::mutex m_writing;              ///< one who writes files at a time; taken before m_mutex
    std::vector<std::string> m_erase;  ///< names whose bytes must go before a destruction is acknowledged; m_writing

    mutable std::shared_mutex m_mutex;  ///< of all below
    std::map<KeyId, Place> m_places;
    std::map<Uuid, std::vector<KeyId>> m_segments;
    std::vector<KeyId> m_ahead;  ///< made and handed to nobody
    std::set<Uuid> m_torn;       ///< segments that lost keys
    std::set<std::string> m_unreadable;
};

}  // namespace contone::keys
