// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Plain PNGs, whole.
#include "tests/core/image/read_png.h"

#include <png.h>
#include <unistd.h>

#include <cerrno>
#include <new>

#include "core/image/encoders/png_trap.h"
#include "core/image/photo_facts.h"

namespace contone::image::testing {

namespace {

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

}  // namespace contone::image::testing
