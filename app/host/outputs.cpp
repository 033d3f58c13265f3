// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Files are told apart by device and inode; names that are not taken yet, by their folder and spelling.
#include "app/host/outputs.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cwchar>
#include <cwctype>
#include <map>
#include <optional>
#include <set>

namespace contone::app {
namespace {

using FileId = std::pair<dev_t, ino_t>;

/// Empty: there is no such file.
Result<std::optional<FileId>> idOf(const Path& path) {
    struct stat seen{};
    if (::stat(path.c_str(), &seen) == 0) return FileId{seen.st_dev, seen.st_ino};
    if (errno == ENOENT || errno == ENOTDIR) return std::optional<FileId>();
    return fail(errorFromErrno(errno, "look at " + path.string()));
}

Result<std::set<FileId>> idsOf(std::span<const Path> paths) {
    std::set<FileId> ids;
    for (const Path& path : paths) {
        CONTONE_TRY(const auto id, idOf(path));
        if (id) ids.insert(*id);
    }
    return ids;
}

/// Upper case as in Unicode's simple mapping, whatever the user's language.
class Folding {
  public:
    Folding() : m_locale(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), m_before(::uselocale(m_locale)) {}
    ~Folding() {
        ::uselocale(m_before);
        if (m_locale != nullptr) ::freelocale(m_locale);
    }
    Folding(const Folding&) = delete;
    Folding& operator=(const Folding&) = delete;
    /// What is no UTF-8 stays as it is, byte by byte.
    std::wstring operator()(std::string_view name) const {
        std::wstring folded;
        while (!name.empty()) {
            wchar_t one = 0;
            std::mbstate_t state{};
            std::size_t size = std::mbrtowc(&one, name.data(), name.size(), &state);
            if (size == 0 || size > name.size()) {
                one = static_cast<wchar_t>(0x110000 + static_cast<unsigned char>(name.front()));
                size = 1;
            }
            folded +=
                m_locale != nullptr ? static_cast<wchar_t>(::towupper_l(static_cast<wint_t>(one), m_locale)) : one;
            name.remove_prefix(size);
        }
        return folded;
    }

  private:
    locale_t m_locale, m_before;
};

Path folderOf(const Path& file) {
    return file.has_parent_path() ? file.parent_path() : Path(".");
}

Error conflict(const char* reason, const char* message, const Path& path) {
    return {Code::Conflict, reason, message, path.string()};
}

/// Names that are not taken yet. Each folder is asked once: a card has ten thousand photos in a few of them.
class NewNames {
  public:
    /// False: another one is the same file.
    bool add(const Path& output, const Folding& fold) {
        const Path folder = folderOf(output);
        const auto [known, isNew] = m_folders.try_emplace(folder);
        if (isNew) {
            std::error_code unknown;
            known->second = {std::filesystem::weakly_canonical(folder, unknown), nameCaseOf(folder)};
        }
        const auto& [real, nameCase] = known->second;
        const std::string name = output.filename().string();
        return m_names
            .emplace(real, nameCase == NameCase::IsFolded ? fold(name) : std::wstring(name.begin(), name.end()))
            .second;
    }

  private:
    std::map<Path, std::pair<Path, NameCase>> m_folders;
    std::set<std::pair<Path, std::wstring>> m_names;
};

}  // namespace

NameCase nameCaseOf(const Path& folder) {
    Path there = folder.empty() ? Path(".") : folder;
    std::error_code unknown;
    while (!std::filesystem::exists(there, unknown) && there.has_relative_path()) there = folderOf(there);
    const FileDescriptor opened(::open(there.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
    struct statfs system{};
    if (!opened.isOpen() || ::fstatfs(opened.get(), &system) != 0) return NameCase::IsFolded;
    int flags = 0;  // ext4, f2fs and tmpfs have it folder by folder
    constexpr int foldsHere = 0x40000000;
    if (::ioctl(opened.get(), FS_IOC_GETFLAGS, &flags) == 0 && (flags & foldsHere) != 0) return NameCase::IsFolded;
    switch (static_cast<unsigned>(system.f_type)) {  // linux/magic.h and statfs(2)
        case 0xEF53:                                 // ext2, ext3, ext4
        case 0x58465342:                             // XFS
        case 0x9123683E:                             // Btrfs
        case 0x01021994:                             // tmpfs
        case 0x794C7630:                             // overlayfs
        case 0xF2F52010:                             // F2FS
        case 0x2FC12FC1:                             // ZFS
        case 0xCA451A4E:                             // bcachefs
        case 0x858458F6:                             // ramfs
        case 0x6969:                                 // NFS
            return NameCase::Tells;
        default:
            return NameCase::IsFolded;
    }
}

bool isSameFolded(std::string_view a, std::string_view b) {
    const Folding fold;
    return fold(a) == fold(b);
}

Result<void> checkOutputs(std::span<const Path> inputs, std::span<const Path> outputs, Existing existing) {
    const Folding fold;
    std::set<FileId> written, read;
    NewNames made;
    for (const Path& output : outputs) {
        CONTONE_TRY(const auto id, idOf(output));
        if (id && read.empty()) {
            CONTONE_TRY(read, idsOf(inputs));  // a card may be slow: it is asked only where something could be lost
        }
        if (id && read.contains(*id))
            return fail(conflict("output-is-input",
                                 "That would write over a photo that is to be read. Choose another name or folder.",
                                 output));
        const bool isNew = id ? written.insert(*id).second : made.add(output, fold);
        if (!isNew)
            return fail(conflict("output-twice",
                                 "Two of these photos would be written into one file. "
                                 "Write them into two folders.",
                                 output));
    }
    for (const Path& output : existing == Existing::Stays ? outputs : std::span<const Path>()) {
        CONTONE_TRY(const auto id, idOf(output));
        if (id)
            return fail(conflict("output-exists",
                                 "There is a file of that name already. Choose another name, or say --overwrite.",
                                 output));
    }
    return {};
}

}  // namespace contone::app
