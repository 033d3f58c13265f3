// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// StoreKey: the one key under which a shop keeps all its others.
#pragma once

#include "core/base/file_port.h"
#include "core/keys/key.h"

namespace contone::keys {

/// Whoever has it and the shop's disk can read what the shop keeps. Held in locked memory.
class StoreKey {
  public:
    /// The name of the file in the shop's folder, of the credential, and of the folder whose keys need it.
    static constexpr std::string_view fileName = "store.key", credentialName = "contone-store-key", ringName = "keys";

    /// `credentials`/contone-store-key when there is one: systemd's $CREDENTIALS_DIRECTORY, which is also how a TPM's
    /// key comes; empty: none. Else `home`/store.key, which is made, durably and for its owner alone, when it is not
    /// there and `home` has no keys yet. 32 bytes, nothing else.
    /// Fails: Denied "store-key-open" when group or others may do anything with `home`/store.key; Corrupt
    /// "store-key-damaged" when either is not 32 bytes long; NotFound "store-key-missing" when there are keys but not
    /// this one; as FilePort.
    static Result<StoreKey> open(FilePort& disk, const Path& home, const Path& credentials);
    explicit StoreKey(KeySpan bytes) : m_key(bytes) {}
    /// Writes `home`/store.key: the key that came back by its recovery key. Fails: Conflict "name-taken" when there is
    /// one; as FilePort.
    Result<void> keep(FilePort& disk, const Path& home) const;
    KeySpan bytes() const { return m_key.bytes(); }

  private:
    LockedKey m_key;
};

/// Under which phones are hashed, so that who has the record alone cannot try them all.
Key phoneKey(const StoreKey& storeKey);
/// Under which the PINs of staff are hashed, for the same reason.
Key pinKey(const StoreKey& storeKey);

}  // namespace contone::keys
