// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The PNG encoder.
#include <png.h>

#include <cmath>

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

}  // namespace

std::unique_ptr<StripSink> pngFileSink(const Path& path) {
    return std::make_unique<PngFileSink>(path);
}

}  // namespace contone::image
