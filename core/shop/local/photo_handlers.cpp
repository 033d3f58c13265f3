// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos: copied into the vault, kept when they can be decoded to their end.
#include "core/inspect/inspect_photo.h"
#include "core/shop/local/handlers_p.h"

namespace contone::shop {

Result<StoredOriginal> Handlers::handle(const AddOriginal& asked, const Asking&) {
    CONTONE_TRY(vault::Staged staged, asked.read ? m_parts.vault.stage(asked.read) : m_parts.vault.stage(asked.file));
    CONTONE_TRY(FileDescriptor copy, staged.open());
    CONTONE_TRY(const auto source, m_parts.decoder.open(std::move(copy), inspect::toReadToTheEnd));
    CONTONE_CHECK(inspect::readToTheEnd(*source));
    CONTONE_TRY(const Sha256 original, m_parts.vault.commit(std::move(staged)));
    return StoredOriginal{original};
}

}  // namespace contone::shop
