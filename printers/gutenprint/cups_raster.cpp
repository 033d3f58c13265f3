// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CUPS raster, written by libcups: drivers read it by the same library.
#include "printers/gutenprint/cups_raster_p.h"

#include <cups/cups.h>

#include "core/base/file.h"

namespace contone::printers {
namespace {

std::string pixels(std::int64_t width, std::int64_t height) {
    return std::to_string(width) + " × " + std::to_string(height);
}

struct RasterClose {
    void operator()(cups_raster_t* raster) const { cupsRasterClose(raster); }
};

class CupsRasterSink final : public image::StripSink {
  public:
    CupsRasterSink(Path path, print::Medium medium, std::function<Result<cups_page_header2_t>()> header)
        : m_path(std::move(path)), m_medium(std::move(medium)), m_header(std::move(header)) {}

    Result<void> begin(const image::PageHeader& page) override {
        if (page.format != image::PixelFormat{image::Channels::Rgb, image::Depth::U8})
            return fail(Code::Unsupported, "raster-format", "This printer's driver takes 8-bit RGB pixels alone.");
        if (page.size != m_medium.raster || page.dpiX != m_medium.dpiX || page.dpiY != m_medium.dpiY)
            return fail(Code::Conflict, "driver-raster", "This page was not made for this printer's medium.",
                        pixels(page.size.width, page.size.height) + " for " +
                            pixels(m_medium.raster.width, m_medium.raster.height));
        CONTONE_TRY(cups_page_header2_t header, m_header());
        CONTONE_TRY(m_part, partForDriver(header, m_medium));
        CONTONE_TRY(PendingFile file, PendingFile::create(m_path));
        m_file = std::make_unique<PendingFile>(std::move(file));
        m_page = page;
        m_raster.reset(cupsRasterOpenIO(writeTo, m_file.get(), CUPS_RASTER_WRITE_COMPRESSED));
        if (!m_raster || cupsRasterWriteHeader2(m_raster.get(), &header) == 0) return notWritten();
        return {};
    }

    Result<void> write(image::StripView strip) override {
        CONTONE_CHECK(image::checkStrip(m_page, m_row, strip));
        for (int y = 0; y < strip.rows; ++y, ++m_row) {
            if (m_row < m_part.y || m_row >= m_part.y + m_part.height) continue;
            const auto* row = reinterpret_cast<const unsigned char*>(strip.row<std::byte>(y));
            const auto length = static_cast<unsigned>(3 * m_part.width);
            // libcups only reads it.
            if (cupsRasterWritePixels(m_raster.get(), const_cast<unsigned char*>(row + 3L * m_part.x), length) !=
                length)
                return notWritten();
        }
        return {};
    }

    Result<void> finish() override {
        CONTONE_CHECK(image::checkComplete(m_page, m_row));
        m_raster.reset();
        return m_file->commit();
    }

  private:
    static ssize_t writeTo(void* file, unsigned char* bytes, std::size_t length) {
        const auto written = static_cast<PendingFile*>(file)->write(std::as_bytes(std::span(bytes, length)));
        return written ? static_cast<ssize_t>(length) : -1;
    }
    std::unexpected<Error> notWritten() const { return fail(errorFromErrno(errno, "write " + m_path.string())); }

    Path m_path;
    print::Medium m_medium;
    std::function<Result<cups_page_header2_t>()> m_header;
    image::PageHeader m_page;
    image::PixelRect m_part;
    std::unique_ptr<PendingFile> m_file;  // outlives the raster, which writes to it
    std::unique_ptr<cups_raster_t, RasterClose> m_raster;
    int m_row = 0;
};

}  // namespace

Result<image::PixelRect> partForDriver(const cups_page_header2_t& driver, const print::Medium& medium) {
    const image::PixelRect whole{0, 0, medium.raster.width, medium.raster.height};
    const image::PixelRect living{medium.unprintableLeft, medium.unprintableTop,
                                  whole.width - medium.unprintableLeft - medium.unprintableRight,
                                  whole.height - medium.unprintableTop - medium.unprintableBottom};
    const auto differs = [&](const std::string& theirs, const std::string& ours) {
        return fail(Code::Conflict, "driver-raster",
                    "The driver prints " + medium.name + " as " + theirs + ", the printer model says " + ours +
                        ". Nothing was printed: choose the model that fits the printer, or correct the model's file.",
                    medium.pageSize);
    };
    const auto isDrivers = [&](const image::PixelRect& part) {
        return static_cast<int>(driver.cupsWidth) == part.width && static_cast<int>(driver.cupsHeight) == part.height;
    };
    if (!isDrivers(whole) && !isDrivers(living))
        return differs(pixels(driver.cupsWidth, driver.cupsHeight) + " pixels",
                       pixels(living.width, living.height) + " pixels");
    if (static_cast<int>(driver.HWResolution[0]) != medium.dpiX.value ||
        static_cast<int>(driver.HWResolution[1]) != medium.dpiY.value)
        return differs(pixels(driver.HWResolution[0], driver.HWResolution[1]) + " dpi",
                       pixels(medium.dpiX.value, medium.dpiY.value) + " dpi");
    if (driver.cupsColorSpace != CUPS_CSPACE_RGB || driver.cupsColorOrder != CUPS_ORDER_CHUNKED ||
        driver.cupsBitsPerColor != 8 || driver.cupsBitsPerPixel != 24 ||
        driver.cupsBytesPerLine != driver.cupsWidth * 3)
        return differs("colour space " + std::to_string(driver.cupsColorSpace) + " with " +
                           std::to_string(driver.cupsBitsPerPixel) + " bits a pixel",
                       "RGB with 24");
    return isDrivers(living) ? living : whole;
}

std::unique_ptr<image::StripSink> cupsRasterSink(const Path& path, const print::Medium& medium,
                                                 std::function<Result<cups_page_header2_t>()> header) {
    return std::make_unique<CupsRasterSink>(path, medium, std::move(header));
}

}  // namespace contone::printers
