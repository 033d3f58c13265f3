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

/// Same size and same head: of two sealed files of the same photo, under which key they are stands there.
bool isSame(FilePort& disk, const Path& a, const Path& b) {
    const auto lookA = disk.look(a), lookB = disk.look(b);
    if (!lookA || !lookB || lookA->bytes != lookB->bytes) return false;
    const auto openA = disk.open(a, FilePort::Open::ToRead), openB = disk.open(b, FilePort::Open::ToRead);
    Bytes headA(512), headB(512);
    if (!openA || !openB) return false;
    const auto readA = (*openA)->read(headA, 0), readB = (*openB)->read(headB, 0);
    return readA && readB && headA == headB;
}

/// What a ring leaves while it destroys keys.
bool isPassing(const std::string& name) {
    return name.find('.') != std::string::npos;
}

std::vector<std::string> lasting(std::vector<std::string> names) {
    std::erase_if(names, isPassing);
    return names;
}

}  // namespace

Result<int> copyKeys(const Path& from, const Path& to) {
    LocalDisk disk;
    constexpr int tries = 50;
    for (int i = 0; i < tries; i++) {
        CONTONE_TRY(const auto old, disk.list(to));
        for (const std::string& name : old) CONTONE_CHECK(disk.remove(to / name));
        CONTONE_TRY(const auto before, disk.list(from));
        bool isWhole = true;
        for (const std::string& name : lasting(before))
            if (auto copied = copyFile(from / name, to / name); !copied) {
                if (copied.error().code != Code::NotFound) return std::unexpected(copied.error());
                isWhole = false;
            }
        // A file that was written anew meanwhile has another name, so that both lists tell.
        CONTONE_TRY(const auto after, disk.list(from));
        if (!isWhole || lasting(before) != lasting(after)) continue;
        CONTONE_CHECK(disk.syncFolder(to));
        return static_cast<int>(lasting(before).size());
    }
    return fail(Code::Unavailable, "store-busy", "The shop's keys change all the time. Try it again in a moment.");
}

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
        if (isSame(disk, from / name, to / name)) continue;
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
