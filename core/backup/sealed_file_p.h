// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A file under the store's key: the database of a snapshot, which has customers' names.
//
//     "contone backup file 1 AES-256-GCM\n"
//     32 bytes  random, from which and the store's key the file's own key is derived (HKDF-SHA-256)
//     blocks    64 KiB of plain bytes and 16 that authenticate them; the last may be short or empty
//
// Block n has the nonce (is it the last: 1 byte, zeros: 3, n: 8, big-endian), as vault::SealedBlob: blocks that are cut
// off, changed over or added are found.
#pragma once

#include "core/base/file_port.h"
#include "core/keys/store_key.h"

namespace contone::backup {

/// Fails as files do.
Result<void> sealFile(const Path& from, const Path& to, const keys::StoreKey& storeKey);
/// Fails: Corrupt "snapshot-damaged"; as files do. Then `to` may be there in part.
Result<void> openFile(const Path& from, const Path& to, const keys::StoreKey& storeKey);

}  // namespace contone::backup
