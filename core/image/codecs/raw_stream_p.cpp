// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What LibRaw's parsers ask of a file.
#include "core/image/codecs/raw_stream_p.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace contone::image {

// Makes the buffer hold the byte at m_at.
bool RawStream::fill() {
    if (m_at >= m_start && m_at < m_start + static_cast<INT64>(m_have)) return true;
    m_start = m_at;
    m_have = 0;
    if (m_at >= m_size) return false;
    const ssize_t n = m_bytes.readAt(m_buffer.data(), m_buffer.size(), m_at);
    if (n < 0) m_errno = errno;
    m_have = n > 0 ? static_cast<std::size_t>(n) : 0;
    return m_have > 0;
}

void RawStream::startCounting() {
    m_missing = 0;
    m_soughtOutside = false;
}

int RawStream::read(void* to, size_t size, size_t count) {
    if (size == 0 || count == 0) return 0;
    const size_t wanted = size * count;
    size_t got = 0;
    while (got < wanted && fill()) {
        const auto skip = static_cast<std::size_t>(m_at - m_start);
        const size_t part = std::min(wanted - got, m_have - skip);
        std::memcpy(static_cast<char*>(to) + got, m_buffer.data() + skip, part);
        got += part;
        m_at += static_cast<INT64>(part);
    }
    m_missing += static_cast<INT64>(wanted - got);
    return static_cast<int>((got + size - 1) / size);
}

int RawStream::seek(INT64 offset, int whence) {
    const INT64 base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? m_at : m_size;
    INT64 at = 0;
    if (__builtin_add_overflow(base, offset, &at)) at = offset < 0 ? 0 : m_size;
    m_soughtOutside = m_soughtOutside || at > m_size;
    m_at = std::clamp<INT64>(at, 0, m_size);
    return 0;
}

int RawStream::get_char() {
    if (!fill()) {
        ++m_missing;
        return -1;
    }
    return std::to_integer<int>(m_buffer[static_cast<std::size_t>(m_at++ - m_start)]);
}

char* RawStream::gets(char* to, int size) {
    if (size < 1) return nullptr;
    int length = 0;
    for (int c = 0; length + 1 < size && c != '\n'; ++length) {
        c = get_char();
        if (c < 0) break;
        to[length] = static_cast<char>(c);
    }
    to[length] = 0;
    return length > 0 ? to : nullptr;
}

int RawStream::scanf_one(const char* format, void* value) {
    // One word, as LibRaw's own memory stream takes it: to the next white space, 24 characters at most.
    char word[25] = {};
    int length = 0;
    for (int c = get_char(); c >= 0 && length < 24; c = get_char()) {
        if (c == 0 || c == ' ' || c == '\t' || c == '\n') {
            if (length > 0) break;
            continue;
        }
        word[length++] = static_cast<char>(c);
    }
    // LibRaw asks for one %d or %f.
    if (std::strcmp(format, "%d") == 0) return std::sscanf(word, "%d", static_cast<int*>(value));
    if (std::strcmp(format, "%f") == 0) return std::sscanf(word, "%f", static_cast<float*>(value));
    return 0;
}

}  // namespace contone::image
