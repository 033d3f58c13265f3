// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Copies, each durable under its final name or absent.
#include "core/backup/copy_files_p.h"

namespace contone::backup {
namespace {

constexpr std::size_t pieceBytes = 1 << 20;

Result<void> copyBytes(FilePort& disk, const Path& from, const Path& to) {
    CONTONE_TRY(const auto source, disk.open(from, FilePort::Open::ToRead));
    CONTONE_TRY(const auto made, disk.create(to));
    Bytes piece(pieceBytes);
    for (std::uint64_t at = 0;;) {
        CONTONE_TRY(const std::size_t n, source->read(piece, at));
        if (n == 0) break;
        CONTONE_CHECK(made->write(std::span(piece).first(n), at));
        at += n;
    }
    return made->sync();
}

}  // namespace

Result<void> copyFile(const Path& from, const Path& to) {
    LocalDisk disk;
    const Path beside = to.string() + std::string(unfinishedEnding);
    (void)disk.remove(beside);  // of a copy that was cut off
    if (auto copied = copyBytes(disk, from, beside); !copied) {
        (void)disk.remove(beside);
        return copied;
    }
    return disk.rename(beside, to);
}

Result<int> copyNewFiles(const Path& from, const Path& to) {
    LocalDisk disk;
    int copied = 0;
    CONTONE_TRY(const auto names, disk.list(from));
    const int before = copied;
    for (const std::string& name : names) {
        if (name.ends_with(unfinishedEnding)) continue;
        const auto there = disk.look(to / name), here = disk.look(from / name);
        if (!here) continue;
        if (there && there->bytes == here->bytes) continue;
        if (auto done = copyFile(from / name, to / name); !done) {
            if (done.error().code == Code::NotFound) continue;
            return std::unexpected(done.error());
        }
        copied++;
    }
    if (copied > before) CONTONE_CHECK(disk.syncFolder(to));
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(from, failed)) {
        if (!entry.is_directory(failed)) continue;
        const Path inside = to / entry.path().filename();
        CONTONE_CHECK(disk.makeFolder(inside));
        CONTONE_TRY(const int more, copyNewFiles(entry.path(), inside));
        copied += more;
    }
    return copied;
}

}  // namespace contone::backup
