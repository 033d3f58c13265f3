// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// readdir and fstatat; pread into a memfd.
#include "core/inspect/photo_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "core/vault/medium_file.h"

namespace contone::inspect {
namespace {

constexpr int mostDepth = 8;
constexpr std::size_t pieceBytes = 1 << 20;

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

/// Never through a link, and not onto another medium.
OpenFolder openFolder(const Path& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return nullptr;
    OpenFolder folder(::fdopendir(fd));
    if (!folder) ::close(fd);
    return folder;
}

bool byName(const FolderFile& a, const FolderFile& b) {
    const int order = ::strverscmp(a.name.c_str(), b.name.c_str());
    return order != 0 ? order < 0 : a.name < b.name;
}

Error removed(std::string detail) {
    return {Code::Unavailable, "medium-removed",
            "The card or stick was taken out. Put it back and open the folder again.", std::move(detail)};
}

/// Nobody can change it or its length any more.
Result<void> seal(const FileDescriptor& memory) {
    if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
        return fail(errorFromErrno(errno, "seal a copy"));
    return {};
}

}  // namespace

Result<PhotoFolder> PhotoFolder::list(const Path& folder, FolderOrder order, const CancelToken& cancel) {
    PhotoFolder result;
    result.m_path = folder;
    struct stat st{};
    if (::stat(folder.c_str(), &st) != 0) return fail(errorFromErrno(errno, "list " + folder.string()));
    if (!S_ISDIR(st.st_mode))
        return fail(Code::Invalid, "not-a-folder", "That is not a folder. Choose a folder or a card.", folder.string());
    result.m_device = st.st_dev;
    result.m_inode = st.st_ino;
    CONTONE_CHECK(result.walk({}, 0, cancel));
    if (order == FolderOrder::ByName)
        std::ranges::sort(result.m_files, byName);
    else
        std::ranges::sort(result.m_files, [](const FolderFile& a, const FolderFile& b) {
            return a.writtenNs != b.writtenNs ? a.writtenNs > b.writtenNs : byName(a, b);
        });
    return result;
}

Result<void> PhotoFolder::walk(const Path& below, int depth, const CancelToken& cancel) {
    // The folder itself may be a link that a person chose; what lies in it may not.
    const OpenFolder folder = openFolder(depth == 0 ? m_path / "." : m_path / below);
    if (!folder) {
        if (depth > 0) return {};
        return fail(errorFromErrno(errno, "open " + m_path.string()));
    }
    std::vector<Path> deeper;
    for (;;) {
        CONTONE_CHECK(cancel.check());
        errno = 0;
        const dirent* entry = ::readdir(folder.get());
        if (entry == nullptr && errno == EIO && !isThere()) return fail(removed("readdir " + m_path.string()));
        if (entry == nullptr) break;
        const std::string name = entry->d_name;
        struct stat st{};
        const int descriptor = ::dirfd(folder.get());
        if (name.starts_with('.') || descriptor < 0 ||
            ::fstatat(descriptor, name.c_str(), &st, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISDIR(st.st_mode) && st.st_dev == m_device && depth < mostDepth) deeper.push_back(below / name);
        if (!S_ISREG(st.st_mode)) continue;
        if (m_files.size() >= mostFiles) {
            m_isCut = true;
            return {};
        }
        m_files.push_back(
            {(below / name).string(), st.st_size, st.st_mtim.tv_sec * 1'000'000'000 + st.st_mtim.tv_nsec});
    }
    for (const Path& next : deeper) CONTONE_CHECK(walk(next, depth + 1, cancel));
    return {};
}

bool PhotoFolder::isThere() const {
    struct stat st{};
    return ::stat(m_path.c_str(), &st) == 0 && st.st_dev == m_device && st.st_ino == m_inode;
}

Result<decode::FileCopy> PhotoFolder::copy(std::size_t index, std::int64_t most, const CancelToken& cancel) const {
    const auto file = vault::openOnMedium(pathOf(index));
    if (!file && file.error().reason == "file-missing" && !isThere()) return fail(removed(m_files[index].name));
    if (!file) return std::unexpected(file.error());
    struct stat st{};
    if (::fstat(file->get(), &st) != 0) return fail(errorFromErrno(errno, "fstat"));
    // Without this the kernel reads ahead what nobody asked for.
    (void)::posix_fadvise(file->get(), 0, 0, POSIX_FADV_RANDOM);
    FileDescriptor memory(::memfd_create("photo", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!memory.isOpen()) return fail(errorFromErrno(errno, "make room for a copy"));
    const std::int64_t due = std::min<std::int64_t>(most, st.st_size);
    Bytes piece(static_cast<std::size_t>(std::min<std::int64_t>(due, pieceBytes)));
    for (std::int64_t at = 0; at < due;) {
        CONTONE_CHECK(cancel.check());
        const auto want = static_cast<std::size_t>(std::min<std::int64_t>(due - at, pieceBytes));
        CONTONE_TRY(const std::size_t got, vault::readOnMedium(*file, std::span(piece).first(want), at));
        CONTONE_CHECK(writeAll(memory.get(), std::span(piece).first(got), "a copy in memory"));
        at += static_cast<std::int64_t>(got);
        if (got < want) break;  // it became shorter: its reader will say so
    }
    CONTONE_CHECK(seal(memory));
    return decode::FileCopy{std::move(memory), st.st_size};
}

}  // namespace contone::inspect
