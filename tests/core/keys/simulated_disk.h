// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SimulatedDisk: a disk in memory, as a FilePort, that forgets what was not synced when its power is cut.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/base/file_port.h"

namespace contone::keystest {

/// What a disk may do wrong without losing power.
enum class Fault { None, Full, IoError };

/// Ways of a disk to cheat: tests of tests.
enum class Lie {
    None,
    FilesNotSynced,    ///< sync() of a file does nothing
    FoldersNotSynced,  ///< syncFolder() does nothing
    NotInPlace,        ///< what is overwritten goes elsewhere: the old bytes stay
};

/// After a cut each unsynced write survives or not, by chance; some survive only in some of their 512-byte sectors, and
/// some of those hold garbage. Each creation, renaming and removal whose folder was not synced (of a renaming: one of
/// both) is undone or not, by chance and each for itself: also a creation after a renaming that was synced, as on file
/// systems without a journal, which gives a file its former name back as a second one. Folders stay once they
/// are made. Bytes of files that have no name any more stay on the disk for ever. One thread.
class SimulatedDisk final : public FilePort {
  public:
    explicit SimulatedDisk(unsigned seed, Lie lie = Lie::None);
    ~SimulatedDisk() override;

    /// The power goes during the given operation that changes something, from now (1: the next).
    void cutAfter(long operations) { m_cutAt = m_operations + operations; }
    void cutNow() { m_isCut = true; }
    bool isCut() const { return m_isCut; }
    /// From the given operation on, as long as it is not mended. IoError: that one operation only, when `once`.
    void failAfter(long operations, Fault fault, bool once = false);
    void mend() { m_fault = Fault::None; }
    long operations() const { return m_operations; }
    long syncs() const { return m_syncs; }  ///< of files and folders
    /// Decides what survived and goes on with that.
    void powerOn();

    /// Where these bytes lie, in files with a name or without one, now or as they would be after a cut.
    bool holds(std::span<const std::byte> bytes) const;
    /// The bytes behind `mark`, wherever it lies.
    std::optional<Bytes> behind(std::span<const std::byte> mark, std::size_t bytes) const;
    /// Puts a file there, durably, for its owner alone; in place where there is one.
    void put(const Path& file, std::span<const std::byte> bytes);
    void openToOthers(const Path& file);

    Result<std::unique_ptr<DiskFile>> create(const Path& file) override;
    Result<std::unique_ptr<DiskFile>> open(const Path& file, Open how) override;
    Result<FileState> look(const Path& file) const override;
    Result<void> rename(const Path& from, const Path& to) override;
    Result<void> remove(const Path& file) override;
    Result<void> makeFolder(const Path& folder) override;
    Result<std::vector<std::string>> list(const Path& folder) const override;
    Result<void> syncFolder(const Path& folder) override;
    Result<void> removeAbandoned(const Path& folder, const LastLook& last) override;

  private:
    struct Write {
        std::uint64_t at = 0;
        Bytes bytes;
    };
    struct Inode {
        Bytes now, durable;
        std::vector<Write> unsynced;
        std::vector<Bytes> elsewhere;  ///< what a lying disk kept of what was overwritten
        bool isOpenToOthers = false;
        int writers = 0;
    };
    struct NameChange {
        enum class Kind { Create, Rename, Remove } kind;
        Path from, to;  ///< from: of Rename and Remove
        std::shared_ptr<Inode> inode;
    };
    using Names = std::map<Path, std::shared_ptr<Inode>>;
    class File;

    Result<void> step(bool writesData = false);
    static void apply(Names& names, const NameChange& change);
    static void apply(Bytes& content, const Write& write);
    Bytes survivorsOf(const Inode& inode);
    bool chance(unsigned outOf) { return m_random() % outOf == 0; }

    Names m_names, m_durableNames;
    std::vector<NameChange> m_unsynced;
    std::vector<std::shared_ptr<Inode>> m_inodes;
    std::set<Path> m_folders;
    std::mt19937_64 m_random;
    Lie m_lie;
    long m_operations = 0, m_syncs = 0, m_cutAt = -1, m_faultAt = -1;
    Fault m_fault = Fault::None;
    bool m_isCut = false, m_faultsOnce = false;
};

}  // namespace contone::keystest
