// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The PNG encoder, and the reader of the PNGs that this project wrote.
#include <png.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <new>

#include "core/image/encoders/file_sink_p.h"
#include "core/image/encoders/png_trap.h"
#include "core/image/file_sinks.h"
#include "core/image/photo_facts.h"

namespace contone::image {

namespace {

int colourType(Channels channels) {
    return channels == Channels::Gray ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;
}
png_uint_32 dotsPerMetre(Dpi dpi) {
    return static_cast<png_uint_32>(std::lround(dpi.value / 0.0254));
}

class PngFileSink final : public FileSink {
  public:
    using FileSink::FileSink;
    ~PngFileSink() override { release(); }
    PngFileSink(const PngFileSink&) = delete;
    PngFileSink& operator=(const PngFileSink&) = delete;

  protected:
    Result<void> start() override;
    Result<void> encode(StripView strip) override;
    Result<void> end() override;
    void release() noexcept override {
        if (m_png != nullptr) png_destroy_write_struct(&m_png, &m_info);
    }

  private:
    static void onWrite(png_structp png, png_bytep bytes, png_size_t size) {
        if (!static_cast<PngFileSink*>(png_get_io_ptr(png))->push(bytes, size)) png_error(png, "write");
    }
    static void onFlush(png_structp) {}
    void configure();
    std::unexpected<Error> encoderFailure() const {
        return failure({Code::Internal, "png-encoder", "This PNG file could not be written.", m_trap.text});
    }

    PngTrap m_trap;
    png_structp m_png = nullptr;
    png_infop m_info = nullptr;
    bool m_profileTaken = true;
};

// Runs inside runGuarded: no destructors here.
void PngFileSink::configure() {
    const PageHeader& page = header();
    png_set_write_fn(m_png, this, onWrite, onFlush);
    png_set_user_limits(m_png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_compression_level(m_png, 6);
    png_set_compression_buffer_size(m_png, 1 << 16);
    png_set_IHDR(m_png, m_info, static_cast<png_uint_32>(page.size.width), static_cast<png_uint_32>(page.size.height),
                 static_cast<int>(bytesPerSample(page.format.depth) * 8), colourType(page.format.channels),
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(m_png, m_info, dotsPerMetre(page.dpiX), dotsPerMetre(page.dpiY), PNG_RESOLUTION_METER);
    if (!page.iccProfile.empty()) {
        png_set_option(m_png, PNG_SKIP_sRGB_CHECK_PROFILE, PNG_OPTION_ON);
        png_set_benign_errors(m_png, 1);
        png_set_iCCP(m_png, m_info, "icc", PNG_COMPRESSION_TYPE_BASE,
                     reinterpret_cast<png_const_bytep>(page.iccProfile.data()),
                     static_cast<png_uint_32>(page.iccProfile.size()));
        m_profileTaken = png_get_valid(m_png, m_info, PNG_INFO_iCCP) != 0;
        if (!m_profileTaken) return;
    }
    png_write_info(m_png, m_info);
    if (page.format.depth == Depth::U16) png_set_swap(m_png);
}

Result<void> PngFileSink::start() {
    if (header().format.channels == Channels::Cmyk)
        return fail(Code::Unsupported, "png-no-cmyk", "A PNG file cannot hold CMYK. Choose TIFF or JPEG.");
    if (!runGuarded(m_trap,
                    [&] {
                        m_png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &m_trap, onPngError, onPngWarning);
                        if (m_png != nullptr) m_info = png_create_info_struct(m_png);
                    }) ||
        m_info == nullptr)
        return encoderFailure();
    if (!runGuarded(m_trap, [&] { configure(); })) return encoderFailure();
    if (!m_profileTaken)
        return fail(Code::Invalid, "png-profile",
                    "This colour profile cannot be put into a PNG of this kind. Choose TIFF.");
    return {};
}

Result<void> PngFileSink::encode(StripView strip) {
    const bool ok = runGuarded(m_trap, [&] {
        for (int y = 0; y < strip.rows; ++y) png_write_row(m_png, strip.row<png_byte>(y));
    });
    if (!ok) return encoderFailure();
    return {};
}

Result<void> PngFileSink::end() {
    if (!runGuarded(m_trap, [&] { png_write_end(m_png, nullptr); })) return encoderFailure();
    return {};
}

// ---- reading ----------------------------------------------------------------------------------

class PngReader {
  public:
    explicit PngReader(int fd) : m_fd(fd) {}
    ~PngReader() {
        if (m_png != nullptr) png_destroy_read_struct(&m_png, &m_info, nullptr);
    }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;

    bool readHead() {
        return runGuarded(m_trap,
                          [this] {
                              m_png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &m_trap, onPngError, onPngWarning);
                              if (m_png == nullptr) return;
                              m_info = png_create_info_struct(m_png);
                              png_set_read_fn(m_png, this, onRead);
                              png_read_info(m_png, m_info);
                              png_set_swap(m_png);  // touches 16-bit samples only
                              png_read_update_info(m_png, m_info);
                          }) &&
               m_info != nullptr;
    }
    std::int64_t width() const { return png_get_image_width(m_png, m_info); }
    std::int64_t height() const { return png_get_image_height(m_png, m_info); }
    int depth() const { return png_get_bit_depth(m_png, m_info); }
    int colour() const { return png_get_color_type(m_png, m_info); }
    bool isInterlaced() const { return png_get_interlace_type(m_png, m_info) != PNG_INTERLACE_NONE; }
    bool readRows(MutableStrip strip) {
        return runGuarded(m_trap, [&] {
            for (int y = 0; y < strip.rows; ++y) png_read_row(m_png, strip.row<png_byte>(y), nullptr);
            png_read_end(m_png, nullptr);
        });
    }
    const char* problem() const { return m_trap.text; }

  private:
    static void onRead(png_structp png, png_bytep to, png_size_t size) {
        const int fd = static_cast<PngReader*>(png_get_io_ptr(png))->m_fd;
        while (size > 0) {
            const ssize_t n = ::read(fd, to, size);
            if (n == 0) png_error(png, "end of file");
            if (n < 0 && errno != EINTR) png_error(png, "read");
            if (n < 0) continue;
            to += n;
            size -= static_cast<png_size_t>(n);
        }
    }
    int m_fd;
    PngTrap m_trap;
    png_structp m_png = nullptr;
    png_infop m_info = nullptr;
};

}  // namespace

std::unique_ptr<StripSink> pngFileSink(const Path& path) {
    return std::make_unique<PngFileSink>(path);
}

Result<Picture> readPng(const Path& path) {
    CONTONE_TRY(const FileDescriptor file, openForReading(path));
    PngReader reader(file.get());
    const auto damaged = [&] {
        return fail(Code::Corrupt, "png-damaged", "This PNG file is damaged. Make it again.",
                    path.string() + ": " + reader.problem());
    };
    if (!reader.readHead()) return damaged();
    const bool plain = reader.colour() == PNG_COLOR_TYPE_GRAY || reader.colour() == PNG_COLOR_TYPE_RGB;
    if (!plain || reader.depth() < 8 || reader.isInterlaced())
        return fail(Code::Unsupported, "png-kind", "Only plain gray or RGB PNG files of 8 or 16 bits can be read here.",
                    path.string());
    if (reader.width() * reader.height() > Limits{}.maxPixels)
        return fail(Code::Invalid, "png-too-large", "This PNG file is too large.", path.string());
    try {
        Picture picture = Picture::ofSize({static_cast<int>(reader.width()), static_cast<int>(reader.height())},
                                          {reader.colour() == PNG_COLOR_TYPE_GRAY ? Channels::Gray : Channels::Rgb,
                                           reader.depth() == 16 ? Depth::U16 : Depth::U8});
        if (!reader.readRows(picture.strip())) return damaged();
        return picture;
    } catch (const std::bad_alloc&) {
        return fail(Code::Unavailable, "out-of-memory",
                    "There is not enough memory for this picture. Close other programs.");
    }
}

}  // namespace contone::image
