// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OriginalIntake: where a photo that comes over a wire goes, byte by byte, straight into the vault's staging file.
#pragma once

#include "core/base/sha256.h"
#include "core/vault/vault.h"

namespace contone::shop {

class OriginalIntake {
  public:
    virtual ~OriginalIntake() = default;
    /// Keeps what `read` yields when it is a photo that can be read to its end; else nothing stays. Fails as `read`,
    /// Vault::stage, Decoder::open and PhotoSource::read. Thread-safe.
    virtual Result<Sha256> takeOriginal(const vault::ReadBytes& read) = 0;
};

}  // namespace contone::shop
