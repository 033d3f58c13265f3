// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The life of an encoded file: pending, filled, committed; or gone.
#include "core/image/encoders/file_sink_p.h"

#include <unistd.h>

#include <cerrno>

namespace contone::image {

Result<void> FileSink::begin(const PageHeader& header) {
    if (m_file)
        return fail(Code::Internal, "sink-reused",
                    "This file could not be written because of an error in the program.");
    if (header.size.width <= 0 || header.size.height <= 0 || header.dpiX.value <= 0 || header.dpiY.value <= 0)
        return fail(Code::Invalid, "page-empty", "This page has no area. Choose a larger size.");
    m_header = header;
    CONTONE_TRY(m_file, PendingFile::create(m_path));
    return discardUnless(start());
}

Result<void> FileSink::write(StripView strip) {
    if (!m_file)
        return fail(Code::Internal, "sink-closed",
                    "This file could not be written because of an error in the program.");
    if (auto fits = checkStrip(m_header, m_row, strip); !fits) return discardUnless(std::move(fits));
    m_row += strip.rows;
    return discardUnless(encode(strip));
}

Result<void> FileSink::finish() {
    if (!m_file)
        return fail(Code::Internal, "sink-closed",
                    "This file could not be written because of an error in the program.");
    if (auto complete = checkComplete(m_header, m_row); !complete) return discardUnless(std::move(complete));
    CONTONE_CHECK(discardUnless(end()));
    release();
    auto committed = m_file->commit();
    m_file.reset();
    return committed;
}

Result<void> FileSink::discardUnless(Result<void> result) {
    if (!result) {
        release();
        m_file.reset();
    }
    return result;
}

bool FileSink::push(const void* bytes, std::size_t size) noexcept {
    const char* from = static_cast<const char*>(bytes);
    while (size > 0 && m_errno == 0) {
        const ssize_t n = ::write(fd(), from, size);
        if (n < 0) {
            if (errno != EINTR) noteErrno(errno);
            continue;
        }
        from += n;
        size -= static_cast<std::size_t>(n);
    }
    return m_errno == 0;
}

void FileSink::noteErrno(int errnum) noexcept {
    if (m_errno == 0) m_errno = errnum;
}

std::unexpected<Error> FileSink::failure(Error otherwise) const {
    return fail(m_errno != 0 ? errorFromErrno(m_errno, "write " + m_path.string()) : std::move(otherwise));
}

}  // namespace contone::image
