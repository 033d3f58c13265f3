// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos: how originals come into the shop.
#pragma once

#include <functional>
#include <span>

#include "core/base/file.h"
#include "core/shop/operation_terms.h"
#include "core/shop/values.h"

namespace contone::shop {

/// Fills the span from its start and says how many bytes; 0 at the end.
using ReadBytes = std::function<Result<std::size_t>(std::span<std::byte>)>;

/// Over a wire the body is the file itself instead of JSON, streamed: memory stays small at both ends. The medium is
/// read once and not parsed; what a customer brought is decoded from the shop's own copy, in a decoder child.
struct AddOriginal {
    using Answer = StoredOriginal;
    static constexpr OperationTerms terms{
        .name = "add-original",
        .does =
            "Copies a photo into the shop and keeps it if all of it can be decoded; nothing is kept of anything "
            "else. Its name is not kept.",
        .answer = "StoredOriginal: its SHA-256",
        .fails =
            "file-missing, file-is-folder, not-a-file, file-too-large, photo-changed-while-copying, disk-full, "
            "and as opening a photo (formats.md)",
        .role = Role::Customer,
        .within = aWhile};
    Path file;       ///< on this machine; read by the program that asks
    ReadBytes read;  ///< instead of `file`: where a server gets it from
};

}  // namespace contone::shop
