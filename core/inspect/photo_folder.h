// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoFolder: the files of a folder or of a whole card, by name, length and time; and the only way their bytes are
// read for a list: copied into memory.
#pragma once

#include <string>
#include <vector>

#include "core/decode/thumbnail_queue.h"

namespace contone::inspect {

struct FolderFile {
    std::string name;            ///< below the folder: "DCIM/100CANON/IMG_0001.JPG"
    std::int64_t bytes = 0;      ///< length
    std::int64_t writtenNs = 0;  ///< last change, nanoseconds since 1970
    bool operator==(const FolderFile&) const = default;
};

/// ByName: numbers in names count as numbers (IMG_9 before IMG_10). NewestFirst: by last change, then by name.
enum class FolderOrder { ByName, NewestFirst };

/// What was in the folder when it was listed. A value; holds no descriptor, so that the medium can be taken out.
class PhotoFolder {
  public:
    static constexpr std::size_t mostFiles = 100'000;

    /// Lists ordinary files of the folder and of the folders in it (at most 8 deep, on the same medium) without opening
    /// any file. Left out: links, devices, pipes, and what begins with a dot. Files that are no photos are listed: only
    /// their bytes could tell. Fails: NotFound "file-missing"; Invalid "not-a-folder"; Unavailable "medium-removed";
    /// Cancelled; errorFromErrno. A folder in it that cannot be read is left out.
    static Result<PhotoFolder> list(const Path& folder, FolderOrder order = FolderOrder::ByName,
                                    const CancelToken& cancel = {});

    const Path& path() const { return m_path; }
    const std::vector<FolderFile>& files() const { return m_files; }
    bool isCut() const { return m_isCut; }  ///< there are more than mostFiles
    Path pathOf(std::size_t index) const { return m_path / m_files[index].name; }

    /// The first `most` bytes of a file as sealed memory; nothing behind them is read. Thread-safe. Fails as
    /// vault::openOnMedium, and Unavailable "medium-removed" for a file that is missing together with its folder.
    Result<decode::FileCopy> copy(std::size_t index, std::int64_t most, const CancelToken& cancel = {}) const;

  private:
    PhotoFolder() = default;
    Result<void> walk(const Path& below, int depth, const CancelToken& cancel);
    bool isThere() const;

    Path m_path;
    std::uint64_t m_device = 0, m_inode = 0;  ///< of the folder
    std::vector<FolderFile> m_files;
    bool m_isCut = false;
};

}  // namespace contone::inspect
