// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Base64 (RFC 4648, section 4, with padding): how bytes stand in JSON.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/file.h"

namespace contone::json {

std::string toBase64(std::span<const std::byte> bytes);
/// Accepts only what toBase64() writes: no space, no line ends, padded. Fails: Invalid "bad-base64".
Result<Bytes> fromBase64(std::string_view text);

}  // namespace contone::json
