// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The TIFF encoder: LZW with horizontal predictor, little-endian, no date and no program name: same pixels, same bytes.
#include <sys/stat.h>
#include <tiffio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <vector>

#include "core/image/encoders/file_sink_p.h"
#include "core/image/file_sinks.h"

namespace contone::image {

namespace {

struct CloseTiff {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
struct FreeOptions {
    void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

class TiffFileSink final : public FileSink {
  public:
    using FileSink::FileSink;
    ~TiffFileSink() override { release(); }
    TiffFileSink(const TiffFileSink&) = delete;
    TiffFileSink& operator=(const TiffFileSink&) = delete;

  protected:
    Result<void> start() override;
    Result<void> encode(StripView strip) override;
    Result<void> end() override;
    void release() noexcept override { m_tiff.reset(); }

  private:
    static TiffFileSink& of(thandle_t handle) { return *static_cast<TiffFileSink*>(handle); }
    static tmsize_t onRead(thandle_t handle, void* to, tmsize_t size) {
        return ::read(of(handle).fd(), to, static_cast<std::size_t>(size));
    }
    static tmsize_t onWrite(thandle_t handle, void* from, tmsize_t size) {
        return of(handle).push(from, static_cast<std::size_t>(size)) ? size : -1;
    }
    static toff_t onSeek(thandle_t handle, toff_t offset, int whence) {
        return static_cast<toff_t>(::lseek(of(handle).fd(), static_cast<off_t>(offset), whence));
    }
    static toff_t onSize(thandle_t handle) {
        struct stat st{};
        return ::fstat(of(handle).fd(), &st) == 0 ? static_cast<toff_t>(st.st_size) : 0;
    }
    static int onClose(thandle_t) { return 0; }  // the pending file owns the descriptor
    static int onError(TIFF*, void* user, const char*, const char* format, va_list arguments) {
        auto& sink = *static_cast<TiffFileSink*>(user);
        std::vsnprintf(sink.m_error, sizeof sink.m_error, format, arguments);
        return 1;  // handled: nothing goes to stderr
    }
    static int onWarning(TIFF*, void*, const char*, const char*, va_list) { return 1; }

    bool setTags();
    std::unexpected<Error> encoderFailure() const {
        return failure({Code::Internal, "tiff-encoder", "This TIFF file could not be written.", m_error});
    }

    std::unique_ptr<TIFF, CloseTiff> m_tiff;
    char m_error[256] = {};
    std::vector<std::byte> m_scratch;
    std::uint32_t m_row = 0;
};

bool TiffFileSink::setTags() {
    const PageHeader& page = header();
    TIFF* t = m_tiff.get();
    const int photometric = page.format.channels == Channels::Gray  ? PHOTOMETRIC_MINISBLACK
                            : page.format.channels == Channels::Rgb ? PHOTOMETRIC_RGB
                                                                    : PHOTOMETRIC_SEPARATED;
    bool ok = TIFFSetField(t, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(page.size.width)) &&
              TIFFSetField(t, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(page.size.height)) &&
              TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, static_cast<int>(bytesPerSample(page.format.depth) * 8)) &&
              TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, count(page.format.channels)) &&
              TIFFSetField(t, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) &&
              TIFFSetField(t, TIFFTAG_PHOTOMETRIC, photometric) &&
              TIFFSetField(t, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT) &&
              TIFFSetField(t, TIFFTAG_COMPRESSION, COMPRESSION_LZW) &&
              TIFFSetField(t, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL) && TIFFSetField(t, TIFFTAG_ROWSPERSTRIP, 16u) &&
              TIFFSetField(t, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH) &&
              TIFFSetField(t, TIFFTAG_XRESOLUTION, static_cast<double>(page.dpiX.value)) &&
              TIFFSetField(t, TIFFTAG_YRESOLUTION, static_cast<double>(page.dpiY.value));
    if (page.format.channels == Channels::Cmyk) ok = ok && TIFFSetField(t, TIFFTAG_INKSET, INKSET_CMYK);
    if (!page.iccProfile.empty())
        ok = ok && TIFFSetField(t, TIFFTAG_ICCPROFILE, static_cast<std::uint32_t>(page.iccProfile.size()),
                                page.iccProfile.data());
    return ok;
}

Result<void> TiffFileSink::start() {
    const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
    if (!options) return encoderFailure();
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), onError, this);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), onWarning, this);
    m_scratch.resize(static_cast<std::size_t>(header().size.width) * header().format.bytesPerPixel());
    // LZW may grow noise by half; above that the 4 GB of a classic TIFF might not do.
    const bool big = m_scratch.size() * static_cast<std::size_t>(header().size.height) > 2'500'000'000u;
    m_tiff.reset(TIFFClientOpenExt("page", big ? "wl8" : "wl", this, onRead, onWrite, onSeek, onClose, onSize, nullptr,
                                   nullptr, options.get()));
    if (!m_tiff || !setTags()) return encoderFailure();
    return {};
}

Result<void> TiffFileSink::encode(StripView strip) {
    for (int y = 0; y < strip.rows; ++y) {
        std::memcpy(m_scratch.data(), strip.row<std::byte>(y), m_scratch.size());  // the predictor overwrites its input
        if (TIFFWriteScanline(m_tiff.get(), m_scratch.data(), m_row++, 0) != 1) return encoderFailure();
    }
    return {};
}

Result<void> TiffFileSink::end() {
    // TIFFClose() cannot say that it failed; TIFFFlush() can.
    if (TIFFFlush(m_tiff.get()) != 1) return encoderFailure();
    release();
    if (!push(nullptr, 0)) return encoderFailure();
    return {};
}

}  // namespace

std::unique_ptr<StripSink> tiffFileSink(const Path& path) {
    return std::make_unique<TiffFileSink>(path);
}

}  // namespace contone::image
