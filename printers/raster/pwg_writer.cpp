// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The PWG raster writer: header, line repeats, runs of equal and of different pixels.
#include "printers/raster/pwg_writer.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "printers/raster/pwg_header_p.h"

namespace contone::printers {
namespace {

void putText(std::span<std::byte> header, std::size_t at, std::string_view text) {
    std::memcpy(header.data() + at, text.data(), std::min<std::size_t>(text.size(), 63));
}

std::vector<std::byte> pageHeader(const PwgPage& page, const image::PageHeader& said) {
    std::vector<std::byte> bytes(pwgHeaderSize);
    const std::span<std::byte> h(bytes);
    const auto width = static_cast<std::uint32_t>(said.size.width),
               height = static_cast<std::uint32_t>(said.size.height);
    const auto bits = static_cast<std::uint32_t>(8 * image::bytesPerSample(said.format.depth));
    const auto colors = static_cast<std::uint32_t>(image::count(said.format.channels));
    const auto points = [](std::uint32_t pixels, Dpi dpi) {
        const auto per = static_cast<std::uint64_t>(dpi.value);
        return static_cast<std::uint32_t>((pixels * 72ULL + per / 2) / per);
    };
    putText(h, field::pwgRaster, "PwgRaster");
    putText(h, field::mediaType, page.mediaType);
    putText(h, field::printContentOptimize, "photo");
    putU32(h, field::resolutionX, static_cast<std::uint32_t>(said.dpiX.value));
    putU32(h, field::resolutionY, static_cast<std::uint32_t>(said.dpiY.value));
    putU32(h, field::copies, 1);
    putU32(h, field::pageWidthPoints, points(width, said.dpiX));
    putU32(h, field::pageHeightPoints, points(height, said.dpiY));
    putU32(h, field::width, width);
    putU32(h, field::height, height);
    putU32(h, field::bitsPerColor, bits);
    putU32(h, field::bitsPerPixel, bits * colors);
    putU32(h, field::bytesPerLine, width * bits / 8 * colors);
    putU32(h, field::colorOrder, 0);  // chunky
    putU32(h, field::colorSpace, typeRow(page.type).colorSpace);
    putU32(h, field::colors, colors);
    putU32(h, field::totalPages, 1);
    putU32(h, field::crossFeedTransform, 1);
    putU32(h, field::feedTransform, 1);
    putU32(h, field::imageBoxRight, width);
    putU32(h, field::imageBoxBottom, height);
    putU32(h, field::printQuality, 5);  // high
    putText(h, field::pageSizeName, page.mediaSizeName);
    return bytes;
}

/// One row as runs (PWG 5102.4 section 4.4): n-1 and a pixel that repeats n times, or 257-n and n pixels that differ.
void encodeRow(std::span<const std::byte> row, std::size_t pixel, std::vector<std::byte>& out) {
    const auto same = [&](std::size_t a, std::size_t b) { return std::memcmp(&row[a], &row[b], pixel) == 0; };
    std::size_t at = 0;
    while (at < row.size()) {
        std::size_t run = 1;
        while (run < 128 && at + run * pixel < row.size() && same(at, at + run * pixel)) ++run;
        if (run > 1 || at + pixel == row.size()) {
            out.push_back(static_cast<std::byte>(run - 1));
            out.insert(out.end(), &row[at], &row[at] + pixel);
            at += run * pixel;
            continue;
        }
        // Pixels up to the next pair of equal ones; a single one is a run of 1.
        std::size_t n = 1;
        while (n < 128 && at + n * pixel < row.size() &&
               (at + (n + 1) * pixel >= row.size() || !same(at + n * pixel, at + (n + 1) * pixel)))
            ++n;
        out.push_back(static_cast<std::byte>(n == 1 ? 0 : 257 - n));
        out.insert(out.end(), &row[at], &row[at] + n * pixel);
        at += n * pixel;
    }
}

class PwgFileSink final : public image::StripSink {
  public:
    PwgFileSink(Path path, PwgPage page) : m_path(std::move(path)), m_page(std::move(page)) {}

    Result<void> begin(const image::PageHeader& header) override {
        if (header.format != formatOf(m_page.type))
            return fail(Code::Unsupported, "raster-format",
                        "This page does not have the pixels that the printer takes.", pwgName(m_page.type));
        if (header.size.width < 1 || header.size.height < 1 || header.dpiX.value < 1 || header.dpiY.value < 1 ||
            static_cast<std::uint64_t>(header.size.width) * static_cast<std::uint64_t>(header.size.height) *
                    header.format.bytesPerPixel() >
                (1ULL << 31))
            return fail(Code::Invalid, "raster-size", "This page is empty or larger than any printer takes.");
        m_header = header;
        m_stride = static_cast<std::size_t>(header.size.width) * header.format.bytesPerPixel();
        CONTONE_TRY(PendingFile file, PendingFile::create(m_path));
        m_file = std::make_unique<PendingFile>(std::move(file));
        m_out.resize(pwgSync.size());
        std::memcpy(m_out.data(), pwgSync.data(), pwgSync.size());
        const auto page = pageHeader(m_page, header);
        m_out.insert(m_out.end(), page.begin(), page.end());
        return {};
    }

    Result<void> write(image::StripView strip) override {
        if (!m_file || strip.format != m_header.format || strip.width != m_header.size.width ||
            m_row + strip.rows > m_header.size.height)
            return fail(Code::Internal, "strip-order", "The page could not be written.", "strip does not fit the page");
        m_row += strip.rows;
        std::vector<std::byte> row(m_stride);
        for (int y = 0; y < strip.rows; ++y) {
            std::memcpy(row.data(), strip.row<std::byte>(y), m_stride);
            if (strip.format.depth == image::Depth::U16 && std::endian::native == std::endian::little)
                for (std::size_t i = 0; i < m_stride; i += 2) std::swap(row[i], row[i + 1]);
            if (m_repeats > 0 && m_repeats < 256 && row == m_last) {
                ++m_repeats;
                continue;
            }
            CONTONE_CHECK(flushRow());
            m_last = row;
            m_repeats = 1;
        }
        return {};
    }

    Result<void> finish() override {
        if (!m_file || m_row != m_header.size.height)
            return fail(Code::Internal, "strip-order", "The page could not be written.", "page has missing rows");
        CONTONE_CHECK(flushRow());
        CONTONE_CHECK(m_file->write(m_out));
        return m_file->commit();
    }

  private:
    Result<void> flushRow() {
        if (m_repeats == 0) return {};
        m_out.push_back(static_cast<std::byte>(m_repeats - 1));
        encodeRow(m_last, m_header.format.bytesPerPixel(), m_out);
        m_repeats = 0;
        if (m_out.size() < (256U << 10)) return {};
        CONTONE_CHECK(m_file->write(m_out));
        m_out.clear();
        return {};
    }

    Path m_path;
    PwgPage m_page;
    image::PageHeader m_header;
    std::size_t m_stride = 0;
    std::unique_ptr<PendingFile> m_file;
    std::vector<std::byte> m_last, m_out;
    int m_repeats = 0, m_row = 0;
};

}  // namespace

std::unique_ptr<image::StripSink> pwgFileSink(const Path& path, const PwgPage& page) {
    return std::make_unique<PwgFileSink>(path, page);
}

}  // namespace contone::printers
