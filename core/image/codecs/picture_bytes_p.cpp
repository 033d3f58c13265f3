// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// pread, or a copy from memory.
#include "core/image/codecs/picture_bytes_p.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace contone::image {

PictureBytes PictureBytes::borrowed(int fd) {
    PictureBytes result;
    result.m_borrowed = fd;
    return result;
}

off_t PictureBytes::size() const {
    struct stat st{};
    const off_t whole = m_memory                  ? static_cast<off_t>(m_memory->size())
                        : ::fstat(fd(), &st) == 0 ? static_cast<off_t>(st.st_size)
                                                  : 0;
    return std::clamp<off_t>(whole - m_start, 0, m_size);
}

PictureBytes PictureBytes::part(off_t at, off_t size) const {
    PictureBytes result = *this;
    result.m_size = at < 0 || at >= m_size ? 0 : std::clamp<off_t>(size, 0, m_size - at);
    // A start that no file reaches has nothing behind it; the sum must not overflow.
    if (at < 0 || at > std::numeric_limits<off_t>::max() - m_start) result.m_size = 0;
    result.m_start = result.m_size == 0 ? 0 : m_start + at;
    return result;
}

ssize_t PictureBytes::readAt(void* to, std::size_t size, off_t at) const {
    if (at < 0 || at >= m_size || at > std::numeric_limits<off_t>::max() - m_start) return 0;
    size = std::min(size, static_cast<std::size_t>(m_size - at));
    at += m_start;
    if (m_memory) {
        if (at >= static_cast<off_t>(m_memory->size())) return 0;
        size = std::min(size, m_memory->size() - static_cast<std::size_t>(at));
        std::memcpy(to, m_memory->data() + at, size);
        return static_cast<ssize_t>(size);
    }
    ssize_t n = -1;
    do n = ::pread(fd(), to, size, at);
    while (n < 0 && errno == EINTR);
    return n;
}

Bytes PictureBytes::take(off_t at, std::size_t size) const {
    Bytes bytes;
    while (bytes.size() < size) {
        constexpr std::size_t kChunk = 1 << 16;  // grows with what is there, not with what was asked for
        const std::size_t have = bytes.size(), part = std::min(size - have, kChunk);
        bytes.resize(have + part);
        const ssize_t n = readAt(bytes.data() + have, part, at + static_cast<off_t>(have));
        bytes.resize(have + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
        if (n <= 0) break;
    }
    return bytes;
}

}  // namespace contone::image
