// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TiffFile: libtiff on a descriptor: read with pread, silent, limited, and standing on the page that is the photo.
#pragma once

#include <tiffio.h>

#include <memory>

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

class TiffFile {
  public:
    TiffFile(FileDescriptor file, const Limits& limits) : m_file(std::move(file)), m_limits(limits) {}
    TiffFile(const TiffFile&) = delete;
    TiffFile& operator=(const TiffFile&) = delete;

    /// Opens and goes to the first page that is neither a reduced one nor a mask (tag NewSubfileType); to the first of
    /// all when there is none. At most 16 pages are looked at. Fails: Corrupt "photo-truncated", "photo-damaged".
    Result<void> open();
    TIFF* tiff() const { return m_tiff.get(); }
    int fd() const { return m_file.get(); }
    std::uint64_t size() const { return m_size; }
    const Limits& limits() const { return m_limits; }
    PhotoWarnings pageWarnings() const { return m_pageWarnings; }

    /// Forgets what libtiff complained of so far. Call before what failure() or isOdd() is to speak of.
    void listen();
    /// libtiff worked around something since listen().
    bool isOdd() const { return m_errors + m_warnings > 0; }
    /// JPEG data ran out and libjpeg invented the rest.
    bool ranOut() const { return m_ranOut; }
    /// "photo-truncated" when a read met the end of the file since listen(), else "photo-damaged"; errorFromErrno.
    std::unexpected<Error> failure() const;

  private:
    struct CloseTiff {
        void operator()(TIFF* tiff) const { TIFFClose(tiff); }
    };
    struct FreeOptions {
        void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
    };
    static tmsize_t onRead(thandle_t handle, void* to, tmsize_t size);
    static tmsize_t onWrite(thandle_t, void*, tmsize_t) { return -1; }
    static toff_t onSeek(thandle_t handle, toff_t offset, int whence);
    static toff_t onSize(thandle_t handle) { return static_cast<TiffFile*>(handle)->m_size; }
    static int onClose(thandle_t) { return 0; }
    static int onError(TIFF*, void* user, const char*, const char* format, va_list arguments);
    static int onWarning(TIFF*, void* user, const char* module, const char* format, va_list arguments);
    void choosePage();

    FileDescriptor m_file;
    Limits m_limits;
    std::uint64_t m_size = 0, m_offset = 0;
    bool m_fileEnded = false, m_ranOut = false;
    int m_errno = 0;
    long m_errors = 0, m_warnings = 0;
    char m_text[160] = {};  // libtiff's first complaint
    PhotoWarnings m_pageWarnings;
    std::unique_ptr<TIFF, CloseTiff> m_tiff;  // last: it is closed before what its callbacks use
};

}  // namespace contone::image
