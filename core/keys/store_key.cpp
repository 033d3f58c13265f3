// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where the store's key comes from, and when a new one is made.
#include "core/keys/store_key.h"

#include <algorithm>

#include "core/keys/cipher.h"

namespace contone::keys {
namespace {

Result<StoreKey> readKey(FilePort& disk, const Path& file) {
    CONTONE_TRY(Bytes bytes, readWhole(disk, file, 4096));
    if (bytes.size() != keyBytes)
        return fail(Code::Corrupt, "store-key-damaged",
                    "The key of this shop's photos is damaged. Bring it back from a copy or with the recovery key.",
                    file.string() + ": " + std::to_string(bytes.size()) + " bytes");
    StoreKey key(KeySpan(bytes.data(), keyBytes));
    clear(bytes);
    return key;
}

}  // namespace

Result<StoreKey> StoreKey::open(FilePort& disk, const Path& home, const Path& credentials) {
    if (!credentials.empty()) {
        auto given = readKey(disk, credentials / credentialName);
        if (given || given.error().code != Code::NotFound) return given;
    }
    const Path file = home / fileName;
    const auto found = disk.look(file);
    if (found && found->isOpenToOthers)
        return fail(Code::Denied, "store-key-open",
                    "Other users of this computer may read the key of this shop's photos. Make the file store.key "
                    "readable for its owner alone.",
                    file.string());
    if (found) return readKey(disk, file);
    if (found.error().code != Code::NotFound) return fail(found.error());
    CONTONE_TRY(const std::vector<std::string> ring, disk.list(home / ringName));
    if (std::ranges::any_of(ring, [](const std::string& name) { return Uuid::parse(name).has_value(); }))
        return fail(Code::NotFound, "store-key-missing",
                    "The key of this shop's photos is missing. Bring it back from a copy or with the recovery key.",
                    file.string());
    const Key fresh = Key::random();
    StoreKey key(fresh.bytes());
    CONTONE_CHECK(key.keep(disk, home));
    return key;
}

Key phoneKey(const StoreKey& storeKey) {
    return derive(storeKey.bytes(), {}, "contone phones 1");
}

Key pinKey(const StoreKey& storeKey) {
    return derive(storeKey.bytes(), {}, "contone pins 1");
}

Result<void> StoreKey::keep(FilePort& disk, const Path& home) const {
    const Path file = home / fileName;
    if (disk.look(file)) return fail(Code::Conflict, "name-taken", "There is such a file already.", file.string());
    CONTONE_CHECK(eraseFile(disk, Path(file) += unfinishedEnding));  // of a start that the power ended
    return writeDurably(disk, file, bytes());
}

}  // namespace contone::keys
