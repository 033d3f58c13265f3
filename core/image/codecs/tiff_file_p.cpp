// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// libtiff's callbacks and the choice of a page.
#include "core/image/codecs/tiff_file_p.h"

#include <sys/stat.h>

#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string_view>

#include "core/image/codecs/read_at_p.h"

namespace contone::image {
namespace {

constexpr int maxPages = 16;

bool isPhoto(TIFF* tiff) {
    std::uint32_t kind = 0;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SUBFILETYPE, &kind);
    std::uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    return (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0 && width > 0 && height > 0;
}

}  // namespace

tmsize_t TiffFile::onRead(thandle_t handle, void* to, tmsize_t size) {
    TiffFile& file = *static_cast<TiffFile*>(handle);
    const std::span<std::byte> bytes(static_cast<std::byte*>(to), static_cast<std::size_t>(size));
    std::size_t got = 0;
    while (got < bytes.size() && file.m_offset <= INT64_MAX - bytes.size()) {
        const ssize_t n = ::pread(file.fd(), bytes.data() + got, bytes.size() - got, static_cast<off_t>(file.m_offset));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) file.m_errno = errno;
        if (n <= 0) break;
        got += static_cast<std::size_t>(n);
        file.m_offset += static_cast<std::uint64_t>(n);
    }
    if (got < bytes.size()) file.m_fileEnded = true;
    return static_cast<tmsize_t>(got);
}

toff_t TiffFile::onSeek(thandle_t handle, toff_t offset, int whence) {
    TiffFile& file = *static_cast<TiffFile*>(handle);
    const std::uint64_t base = whence == SEEK_CUR ? file.m_offset : whence == SEEK_END ? file.m_size : 0;
    if (base + offset > file.m_size) file.m_fileEnded = true;
    return file.m_offset = base + offset;
}

int TiffFile::onError(TIFF*, void* user, const char*, const char* format, va_list arguments) {
    TiffFile& file = *static_cast<TiffFile*>(user);
    if (file.m_errors++ == 0) std::vsnprintf(file.m_text, sizeof file.m_text, format, arguments);
    return 1;  // handled: nothing goes to stderr
}

int TiffFile::onWarning(TIFF*, void* user, const char* module, const char* format, va_list arguments) {
    TiffFile& file = *static_cast<TiffFile*>(user);
    // Of pixels speak libjpeg, through either of libtiff's JPEG codecs, and the fax decoders; the others, of tags.
    const std::string_view from = module != nullptr ? module : "";
    if (from != "JPEGLib" && from != "LibJpeg" && !from.starts_with("Fax")) return 1;
    char text[sizeof file.m_text];
    std::vsnprintf(text, sizeof text, format, arguments);
    // libjpeg's words when it fills up with gray (JWRN_JPEG_EOF, JWRN_HIT_MARKER).
    if (std::strstr(text, "remature end") != nullptr) {
        file.m_ranOut = true;
        if (file.m_errors == 0) std::memcpy(file.m_text, text, sizeof text);
    }
    ++file.m_warnings;
    return 1;
}

Result<void> TiffFile::open() {
    struct stat st{};
    if (::fstat(fd(), &st) != 0) return fail(errorFromErrno(errno, "fstat"));
    m_size = static_cast<std::uint64_t>(st.st_size);
    const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
    if (!options) return photoProblem("photo-memory", "TIFF");
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(m_limits.maxWholeFrameBytes));
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), onError, this);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), onWarning, this);
    // m: never mapped.
    m_tiff.reset(TIFFClientOpenExt("photo", "rm", this, onRead, onWrite, onSeek, onClose, onSize, nullptr, nullptr,
                                   options.get()));
    if (!m_tiff) return failure();
    choosePage();
    return {};
}

void TiffFile::choosePage() {
    std::optional<int> chosen;
    for (int page = 0;; ++page) {
        if (page == maxPages) {
            m_pageWarnings.add(PhotoWarning::PagesTooMany);
            break;
        }
        if (isPhoto(tiff())) {
            if (chosen) {
                m_pageWarnings.add(PhotoWarning::FirstPageOnly);
                break;
            }
            chosen = page;
        }
        // A page that cannot be read or that was seen before (a circle) ends the file.
        if (TIFFLastDirectory(tiff()) != 0 || TIFFReadDirectory(tiff()) == 0) break;
    }
    // Reading on may have left libtiff on half a page.
    TIFFSetDirectory(tiff(), static_cast<tdir_t>(chosen.value_or(0)));
}

void TiffFile::listen() {
    m_fileEnded = m_ranOut = false;
    m_errors = m_warnings = 0;
    m_text[0] = 0;
}

std::unexpected<Error> TiffFile::failure() const {
    if (m_errno != 0) return fail(errorFromErrno(m_errno, "read the photo"));
    return photoProblem(m_fileEnded || m_ranOut ? "photo-truncated" : "photo-damaged", m_text);
}

}  // namespace contone::image
