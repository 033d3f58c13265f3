// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RecoveryKey: what the owner of a shop keeps on paper, to bring the store's key back when the computer is gone.
#pragma once

#include "core/keys/store_key.h"

namespace contone::keys {

/// 138 random bits as seven groups of five characters, "ABCD2-EF3GH-…": letters and digits without 0, O, 1, I and L.
/// The last of each group is a check character: one wrong character, two changed over, or two groups changed over are
/// always found, and it is said in which group.
class RecoveryKey {
  public:
    static RecoveryKey random();
    /// As a person types it: small letters, spaces and missing hyphens do not matter.
    /// Fails: Invalid "recovery-key-length", "recovery-key-typing"; the sentence names the group.
    static Result<RecoveryKey> parse(std::string_view text);
    std::string toString() const;
    RecoveryKey(const RecoveryKey&) = default;
    RecoveryKey& operator=(const RecoveryKey&) = default;
    ~RecoveryKey();

    static constexpr std::size_t groups = 7, perGroup = 4;
    /// The characters without those that check.
    std::span<const std::byte> secret() const { return m_secret; }

  private:
    RecoveryKey() = default;
    std::array<std::byte, groups * perGroup> m_secret{};  ///< each 0…30
};

/// The text of the file `recovery`: the store's key under the recovery key. It names version and ciphers; without the
/// recovery key it says nothing.
std::string wrapForRecovery(const StoreKey& storeKey, const RecoveryKey& recovery);
/// Fails: Corrupt "recovery-damaged" when that is not such a text; Denied "recovery-key-wrong".
Result<StoreKey> unwrapWithRecovery(std::string_view text, const RecoveryKey& recovery);

}  // namespace contone::keys
