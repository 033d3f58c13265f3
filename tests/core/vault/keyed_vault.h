// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// KeyedVault: a vault with its own ring of keys, which lies beside the vault's folder.
#pragma once

#include "core/keys/key_ring.h"
#include "core/vault/vault.h"

namespace contone::vaulttest {

struct KeyedVault : vault::Vault {
    std::shared_ptr<keys::KeyRing> ring;
};

/// On `disk`, which outlives it.
inline Result<KeyedVault> openVault(const Path& root, FilePort& disk) {
    const Path home = root.parent_path();
    CONTONE_CHECK(disk.makeFolder(home));
    CONTONE_TRY(const keys::StoreKey storeKey, keys::StoreKey::open(disk, home, {}));
    CONTONE_TRY(std::shared_ptr<keys::KeyRing> ring, keys::KeyRing::open(disk, home / "keys", storeKey));
    CONTONE_TRY(vault::Vault vault, vault::Vault::open(root, *ring));
    return KeyedVault{std::move(vault), std::move(ring)};
}

}  // namespace contone::vaulttest
