// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FilePort: the few calls through which keys and sealed photos reach the disk. One implementation is the computer's own
// files, another in the tests a disk that forgets what was not synced.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/file.h"

namespace contone {

/// An open file. It stays the same bytes on the disk when its name goes to another file. One thread at a time, except
/// for read(). Fails, all functions: as errorFromErrno, so Unavailable "disk-full", Internal "io-error".
class DiskFile {
  public:
    virtual ~DiskFile() = default;
    /// All of `bytes`, from byte `at` on; what stood there is overwritten in place.
    virtual Result<void> write(std::span<const std::byte> bytes, std::uint64_t at) = 0;
    /// Until `to` is full or the file ends. Returns how many bytes.
    virtual Result<std::size_t> read(std::span<std::byte> to, std::uint64_t at) const = 0;
    virtual Result<std::uint64_t> size() const = 0;
    /// From now on nobody writes to it by mistake: mode 0400.
    virtual Result<void> makeReadOnly() = 0;
    /// When it returns, what was written survives a power cut; the name is the folder's affair.
    virtual Result<void> sync() = 0;
};

/// What there is to know of a name.
struct FileState {
    std::uint64_t bytes = 0;
    bool isOpenToOthers = false;  ///< its group or everybody may do something with it
};

/// Thread-safe. Names and removals survive a power cut from syncFolder() on, never before. Fails, all functions: as
/// errorFromErrno.
class FilePort {
  public:
    enum class Open { ToRead, ToOverwrite };

    virtual ~FilePort() = default;
    /// A new file, for its owner alone (0600), whatever the umask. Fails too when the name is taken: Conflict
    /// "name-taken"; Unavailable "vault-busy" when removeAbandoned() of another program keeps taking it away.
    virtual Result<std::unique_ptr<DiskFile>> create(const Path& file) = 0;
    virtual Result<std::unique_ptr<DiskFile>> open(const Path& file, Open how) = 0;
    /// Of an ordinary file; links are not followed. Fails too: Invalid "not-a-file".
    virtual Result<FileState> look(const Path& file) const = 0;
    /// In one step; a file that has the name `to` loses it.
    virtual Result<void> rename(const Path& from, const Path& to) = 0;
    virtual Result<void> remove(const Path& file) = 0;
    /// With all above it, for its owner alone (0700). When it returns it survives a power cut.
    virtual Result<void> makeFolder(const Path& folder) = 0;
    /// Names of the ordinary files in it, sorted; none when there is no such folder.
    virtual Result<std::vector<std::string>> list(const Path& folder) const = 0;
    virtual Result<void> syncFolder(const Path& folder) = 0;
    using LastLook = std::function<Result<void>(DiskFile&)>;
    /// Removes the files of a folder that nobody who made them has open any more, each after `last` has looked at it;
    /// a failure of that is the failure of all.
    virtual Result<void> removeAbandoned(const Path& folder, const LastLook& last) = 0;
};

/// The computer's own files. System calls that are interrupted or do a part are called again.
class LocalDisk final : public FilePort {
  public:
    Result<std::unique_ptr<DiskFile>> create(const Path& file) override;
    Result<std::unique_ptr<DiskFile>> open(const Path& file, Open how) override;
    Result<FileState> look(const Path& file) const override;
    Result<void> rename(const Path& from, const Path& to) override;
    Result<void> remove(const Path& file) override;
    Result<void> makeFolder(const Path& folder) override;
    Result<std::vector<std::string>> list(const Path& folder) const override;
    Result<void> syncFolder(const Path& folder) override;
    Result<void> removeAbandoned(const Path& folder, const LastLook& last) override;
};

/// The whole file. Fails: Invalid "file-too-large" above `limit` bytes; as FilePort::open.
Result<Bytes> readWhole(FilePort& disk, const Path& file, std::size_t limit);
/// A new file under its final name, or nothing but perhaps `file` + ".part": the name is made durable first, so that
/// bytes of it never lie on the disk without a name that leads to them. Then written, synced, renamed over, the folder
/// synced.
Result<void> writeDurably(FilePort& disk, const Path& file, std::span<const std::byte> bytes);
/// The ending of what writeDurably() may leave behind.
inline constexpr std::string_view unfinishedEnding = ".part";
/// Overwrites the file's bytes with zeros where they lie, syncs, removes it and syncs its folder. A file that is not
/// there is what is wanted.
Result<void> eraseFile(FilePort& disk, const Path& file);

}  // namespace contone
