// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RawStream: LibRaw's view of a file: pread through a buffer, no name, no mapping, nothing opened.
#pragma once

#include <libraw/libraw.h>

#include "core/image/codecs/picture_bytes_p.h"

namespace contone::image {

/// Behaves as LibRaw's own file stream: short reads at the end, seeking is kept inside the file.
class RawStream final : public LibRaw_abstract_datastream {
  public:
    RawStream(PictureBytes bytes, INT64 size) : m_bytes(std::move(bytes)), m_size(size), m_buffer(1 << 16) {}
    int valid() override { return 1; }
    int read(void* to, size_t size, size_t count) override;
    int seek(INT64 offset, int whence) override;
    INT64 tell() override { return m_at; }
    INT64 size() override { return m_size; }
    int get_char() override;
    char* gets(char* to, int size) override;
    int scanf_one(const char* format, void* value) override;
    int eof() override { return m_at >= m_size; }
    void* make_jas_stream() override { return nullptr; }  // RED's JPEG 2000 is not read here
    /// From here on ranOut(), missing() and soughtOutside() count afresh.
    void startCounting();
    bool ranOut() const { return m_missing > 0; }
    INT64 missing() const { return m_missing; }             ///< bytes that were asked for behind the end
    bool soughtOutside() const { return m_soughtOutside; }  ///< a place behind the end was asked for
    int problem() const { return m_errno; }                 ///< errno of a failed pread, 0: none

  private:
    bool fill();
    PictureBytes m_bytes;
    INT64 m_size = 0, m_at = 0, m_start = 0;
    Bytes m_buffer;
    std::size_t m_have = 0;
    INT64 m_missing = 0;
    bool m_soughtOutside = false;
    int m_errno = 0;
};

}  // namespace contone::image
