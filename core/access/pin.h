// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PINs: which are good enough, and how they are kept. Argon2id (RFC 9106) over an HMAC of the PIN under a key of the
// shop: whoever has the record alone cannot try all PINs.
#pragma once

#include <string>
#include <string_view>

#include "core/access/role.h"
#include "core/base/result.h"
#include "core/keys/key.h"

namespace contone::access {

/// 4…12 digits, 6…12 for supervisors and installers; no digit all the way, none that count up or down, no 12 or 123
/// again and again. Fails: Invalid "bad-pin", in a sentence that says what is wrong with it.
Result<void> checkPin(std::string_view pin, Role role);

/// "$argon2id$v=19$m=65536,t=3,p=1$…", with a salt of its own: 64 MiB and about 0.1 s. Thread-safe.
std::string hashOf(std::string_view pin, const keys::Key& shopKey);
/// Whether `hash` was made of this PIN under this key. Takes as long whatever differs. Thread-safe.
bool isPin(std::string_view pin, const std::string& hash, const keys::Key& shopKey);

}  // namespace contone::access
