// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FileSink: what the file encoders share: checks, the pending file, and that a failure leaves nothing behind.
#pragma once

#include <optional>

#include "core/image/strip_sink.h"

namespace contone::image {

/// A codec implements the three steps; each is called once or per strip, in order, and never after a failure.
class FileSink : public StripSink {
  public:
    explicit FileSink(Path path) : m_path(std::move(path)) {}
    Result<void> begin(const PageHeader& header) final;
    Result<void> write(StripView strip) final;
    Result<void> finish() final;

  protected:
    virtual Result<void> start() = 0;
    virtual Result<void> encode(StripView strip) = 0;
    /// Writes what is still buffered. The file is committed afterwards.
    virtual Result<void> end() = 0;
    /// Frees the library's handle. Called at most once, before the file goes; also after a failure.
    virtual void release() noexcept = 0;

    const PageHeader& header() const { return m_header; }
    int fd() const { return m_file ? m_file->fd() : -1; }
    /// For callbacks out of a C library, which no exception and no skipped destructor may leave: writes at the end of
    /// the file and remembers why it could not.
    bool push(const void* bytes, std::size_t size) noexcept;
    /// Remembers errno of a failed system call on the file.
    void noteErrno(int errnum) noexcept;
    /// The remembered system error if there is one (a full disk), else `otherwise`.
    std::unexpected<Error> failure(Error otherwise) const;

  private:
    Result<void> discardUnless(Result<void> result);
    Path m_path;
    PageHeader m_header;
    std::optional<PendingFile> m_file;
    int m_row = 0;
    int m_errno = 0;
};

}  // namespace contone::image
