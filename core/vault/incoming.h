// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// IncomingFile: a copy in the making; it belongs to nobody until it is published, and to no crash for long.
#pragma once

#include <functional>

#include "core/base/file.h"

namespace contone::vault {

/// A locked file in the incoming folder. Removed by the destructor unless published. One thread at a time.
class IncomingFile {
  public:
    static Result<IncomingFile> create(const Path& folder);
    IncomingFile(IncomingFile&&) noexcept = default;
    IncomingFile(const IncomingFile&) = delete;
    IncomingFile& operator=(IncomingFile&& other) noexcept;
    ~IncomingFile();
    Result<void> write(std::span<const std::byte> data) { return writeAll(m_fd.get(), data, "incoming"); }
    /// What was written so far, from its start, for reading only.
    Result<FileDescriptor> openForReading() const;
    /// fsyncs, makes read-only and gives the file its final name, in a folder that exists. When a file of that name
    /// is there already, it stays if `isWhole` says that it is what its name says, else ours takes its place. When it
    /// returns, a power cut leaves the file in place.
    Result<void> publish(const Path& path, const std::function<bool()>& isWhole);

  private:
    IncomingFile() = default;
    FileDescriptor m_fd;  ///< holds the flock that says "not stale"
    Path m_path;
};

/// Removes the copies that no living process is writing.
Result<void> removeStaleIncoming(const Path& folder);

}  // namespace contone::vault
