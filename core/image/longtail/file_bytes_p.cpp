// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// pread, until all is there.
#include "core/image/longtail/file_bytes_p.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/image/photo_problem.h"

namespace contone::image {

Result<FileBytes> FileBytes::of(FileDescriptor file) {
    struct stat st{};
    if (::fstat(file.get(), &st) != 0) return photoProblem("io-error", "fstat: errno " + std::to_string(errno));
    FileBytes bytes;
    bytes.m_size = st.st_size;
    bytes.m_file = std::move(file);
    return bytes;
}

Result<std::size_t> FileBytes::readSome(std::int64_t offset, std::span<std::byte> out) const {
    std::size_t done = 0;
    if (offset < 0) return done;
    while (done < out.size()) {
        const ssize_t n =
            ::pread(m_file.get(), out.data() + done, out.size() - done, offset + static_cast<std::int64_t>(done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return photoProblem("io-error", "pread: errno " + std::to_string(errno));
        if (n == 0) break;
        done += static_cast<std::size_t>(n);
    }
    return done;
}

Result<void> FileBytes::read(std::int64_t offset, std::span<std::byte> out) const {
    CONTONE_TRY(const std::size_t n, readSome(offset, out));
    if (n < out.size()) return photoProblem("photo-truncated", "ends in a read at byte " + std::to_string(offset));
    return {};
}

}  // namespace contone::image
