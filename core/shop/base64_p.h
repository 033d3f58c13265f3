// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Base64 (RFC 4648 section 4, with padding): how bytes stand in JSON.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/file.h"

namespace contone::shop {

std::string toBase64(std::span<const std::byte> bytes);
/// Fails: Invalid "bad-base64" for any other character, length or padding, and for bits that would be lost.
Result<Bytes> fromBase64(std::string_view text);

}  // namespace contone::shop
