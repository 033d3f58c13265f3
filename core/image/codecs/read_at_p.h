// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// readAt: bytes from a place in a file, whatever interrupts.
#pragma once

#include <unistd.h>

#include <cerrno>

#include "core/base/file.h"

namespace contone::image {

/// Fills `to` from `offset` with pread; returns how many bytes there were, fewer only at the end of the file. An offset
/// that no file can have counts as behind the end. Fails as errorFromErrno.
inline Result<std::size_t> readAt(int fd, std::uint64_t offset, std::span<std::byte> to) {
    std::size_t got = 0;
    while (got < to.size() && offset + got <= INT64_MAX) {
        const ssize_t n = ::pread(fd, to.data() + got, to.size() - got, static_cast<off_t>(offset + got));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(errorFromErrno(errno, "read the photo"));
        if (n == 0) break;
        got += static_cast<std::size_t>(n);
    }
    return got;
}

}  // namespace contone::image
