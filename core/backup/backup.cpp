// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Writes snapshots: the record first, then the keys, then the photos, the manifest last.
#include "core/backup/backup.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <sys/file.h>

#include <algorithm>
#include <ctime>
#include <set>

#include "core/backup/copy_files_p.h"
#include "core/backup/erased_list_p.h"
#include "core/backup/sealed_file_p.h"
#include "core/db/database.h"
#include "core/store/store_copy.h"

namespace contone::backup {
namespace {

constexpr std::size_t largestManifest = 1 << 16;

Path snapshotsOf(const Path& target) {
    return target / "snapshots";
}
Path manifestOf(const Path& target, const std::string& name) {
    return snapshotsOf(target) / name / "manifest.json";
}
Path unconfirmed(const ShopFolder& shop) {
    return shop.recovery().string() + ".new";
}

std::vector<std::string> foldersIn(const Path& folder) {
    std::vector<std::string> names;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
        if (entry.is_directory(failed)) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

Result<void> removeFolder(const Path& folder) {
    std::error_code failed;
    std::filesystem::remove_all(folder, failed);
    if (failed) return fail(errorFromErrno(failed.value(), "remove " + folder.string()));
    return syncDirectory(folder.parent_path());
}

/// One program at a time writes to a target, and one makes a backup of a shop.
Result<FileDescriptor> lockIn(const Path& target, const char* name) {
    FileDescriptor lock(::open((target / name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock.isOpen()) return fail(errorFromErrno(errno, "open the lock of " + target.string()));
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
    return fail(Code::Conflict, "backup-running", "Another program is making a backup there. Wait for it.",
                target.string());
}

Result<std::string> nameAt(Instant at, const Path& target) {
    const std::time_t seconds = at.ms / 1000;
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    const std::string name = fmt::format("{:%Y%m%dT%H%M%SZ}", utc);
    std::string free = name;
    std::error_code unknown;
    for (int n = 2; std::filesystem::exists(snapshotsOf(target) / free, unknown); n++)
        free = name + "-" + std::to_string(n);
    if (unknown) return fail(errorFromErrno(unknown.value(), "look into " + target.string()));
    return free;
}

/// What looks like a snapshot and is none: a backup that was cut off.
Result<void> removeUnfinished(const Path& target) {
    std::error_code unknown;
    for (const std::string& name : foldersIn(snapshotsOf(target))) {
        const bool isSnapshot = std::filesystem::exists(manifestOf(target, name), unknown);
        if (unknown) return fail(errorFromErrno(unknown.value(), "look for " + manifestOf(target, name).string()));
        if (!isSnapshot) CONTONE_CHECK(removeFolder(snapshotsOf(target) / name));
    }
    return {};
}

/// The newest snapshot there is of this shop, or of one that it was made of.
Result<void> checkKinship(const Path& target, const Path& copy) {
    CONTONE_TRY(const auto snapshots, snapshotsIn(target));
    if (snapshots.empty()) return {};
    CONTONE_TRY(db::Database database, db::Database::open(copy, db::Missing::Fail));
    const std::string& origin = snapshots.back().origin;
    CONTONE_TRY(const std::int64_t kin,
                database.integer("SELECT EXISTS (SELECT 1 FROM event WHERE origin = ?1) OR EXISTS (SELECT 1 FROM store "
                                 "WHERE value = ?1)",
                                 {origin}));
    if (kin != 0) return {};
    return fail(Code::Conflict, "backup-foreign",
                "This folder has backups of another shop. Choose a folder of its own for each shop.", origin);
}

/// On the shop's own disk, where the record is as plain; gone at the end, and before the beginning, should an earlier
/// one have been cut off.
class PlainCopy {
  public:
    explicit PlainCopy(Path file) : m_file(std::move(file)) { erase(); }
    ~PlainCopy() { erase(); }
    PlainCopy(const PlainCopy&) = delete;
    PlainCopy& operator=(const PlainCopy&) = delete;
    const Path& file() const { return m_file; }

  private:
    void erase() const {
        LocalDisk disk;
        if (disk.look(m_file)) (void)eraseFile(disk, m_file);
    }
    Path m_file;
};

}  // namespace

Result<keys::RecoveryKey> newRecovery(const ShopFolder& shop, const keys::StoreKey& storeKey) {
    const keys::RecoveryKey recovery = keys::RecoveryKey::random();
    CONTONE_CHECK(writeFileDurably(unconfirmed(shop), keys::wrapForRecovery(storeKey, recovery)));
    return recovery;
}

Result<void> confirmRecovery(const ShopFolder& shop, const keys::StoreKey& storeKey, const keys::RecoveryKey& typed) {
    LocalDisk disk;
    const auto text = readTextFile(unconfirmed(shop), largestManifest);
    if (!text)
        return fail(Code::Conflict, "recovery-not-begun",
                    "There is no recovery key to confirm. Make one first: contone backup key", text.error().detail);
    CONTONE_TRY(const keys::StoreKey opened, keys::unwrapWithRecovery(*text, typed));
    if (!std::ranges::equal(opened.bytes(), storeKey.bytes()))
        return fail(
            Code::Conflict, "recovery-not-begun",
            "The shop has another key than when this recovery key was made. Make a new one: contone backup key");
    CONTONE_CHECK(disk.rename(unconfirmed(shop), shop.recovery()));
    return disk.syncFolder(shop.home);
}

Result<Snapshot> backUp(const ShopFolder& shop, const keys::StoreKey& storeKey, const Path& target,
                        const Clock& clock) {
    LocalDisk disk;
    std::error_code unknown;
    if (!std::filesystem::exists(shop.recovery(), unknown))
        return fail(
            Code::Conflict, "recovery-missing",
            "A backup that nobody can open is none: make a recovery key first, print it, and confirm it: contone "
            "backup key");
    CONTONE_CHECK(disk.makeFolder(snapshotsOf(target)));
    CONTONE_CHECK(disk.makeFolder(target / "originals"));
    CONTONE_TRY(const FileDescriptor ofTarget, lockIn(target, "lock"));
    CONTONE_TRY(const FileDescriptor ofShop, lockIn(shop.home, "backup.lock"));
    CONTONE_CHECK(removeUnfinished(target));
    if (!std::filesystem::exists(shop.originals(), unknown))
        return fail(Code::NotFound, "original-missing",
                    "The folder of the shop's photos is not there. Bring it back before a backup is made.",
                    shop.originals().string());

    Snapshot snapshot{.at = clock.now()};
    CONTONE_TRY(snapshot.name, nameAt(snapshot.at, target));
    const Path folder = snapshotsOf(target) / snapshot.name;
    CONTONE_CHECK(disk.makeFolder(folder / "keys"));
    // A photo is in the vault, and its key on disk, before an order can name it: both are there for this record.
    const PlainCopy plain(shop.home / "backup.tmp");
    CONTONE_TRY(const store::StoreFacts facts, store::copyStore(shop.home, plain.file()));
    CONTONE_CHECK(checkKinship(target, plain.file()));
    CONTONE_CHECK(sealFile(plain.file(), folder / "contone.db", storeKey));
    CONTONE_TRY(snapshot.keyFiles, copyKeys(shop.keys(), folder / "keys"));
    CONTONE_CHECK(copyFile(shop.recovery(), folder / "recovery"));
    CONTONE_CHECK(copyNewFiles(shop.originals(), target / "originals"));
    CONTONE_CHECK(noteErased(shop.home / "contone.db", target));  // also what was erased while this was made
    CONTONE_CHECK(forgetErased(plain.file(), target));
    CONTONE_CHECK(disk.syncFolder(folder));

    snapshot.origin = facts.origin;
    snapshot.epoch = facts.epoch;
    snapshot.lastPosition = facts.lastPosition;
    snapshot.chainHead = facts.chainHead;
    snapshot.orders = facts.orders;
    CONTONE_CHECK(writeFileDurably(manifestOf(target, snapshot.name), json::write(snapshot)));
    return snapshot;
}

Result<std::vector<Snapshot>> snapshotsIn(const Path& target) {
    std::vector<Snapshot> snapshots;
    for (const std::string& name : foldersIn(snapshotsOf(target))) {
        const auto text = readTextFile(manifestOf(target, name), largestManifest);
        if (!text && text.error().code == Code::NotFound) continue;  // cut off
        if (!text) return std::unexpected(text.error());
        const auto snapshot = json::read<Snapshot>(*text);
        if (!snapshot || snapshot->name != name)
            return fail(Code::Corrupt, "snapshot-damaged", "This backup is damaged. Use another one.", name);
        snapshots.push_back(*snapshot);
    }
    std::ranges::stable_sort(snapshots, {}, &Snapshot::at);
    return snapshots;
}

Result<int> expire(const Path& target, int days, Instant now) {
    CONTONE_TRY(const FileDescriptor lock, lockIn(target, "lock"));
    CONTONE_TRY(const auto snapshots, snapshotsIn(target));
    constexpr std::int64_t dayMs = std::int64_t{24} * 3600 * 1000;
    int removed = 0;
    for (std::size_t i = 0; i + 1 < snapshots.size(); i++) {
        if (now.ms - snapshots[i].at.ms <= days * dayMs) continue;
        // Without its manifest it is none, whatever happens while the rest goes.
        LocalDisk disk;
        CONTONE_CHECK(disk.remove(manifestOf(target, snapshots[i].name)));
        CONTONE_CHECK(disk.syncFolder(snapshotsOf(target) / snapshots[i].name));
        CONTONE_CHECK(removeFolder(snapshotsOf(target) / snapshots[i].name));
        removed++;
    }
    return removed;
}

void removeStale(const ShopFolder& shop) {
    if (const auto lock = lockIn(shop.home, "backup.lock")) const PlainCopy gone(shop.home / "backup.tmp");
}

}  // namespace contone::backup
