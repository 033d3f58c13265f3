// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The PWG raster reader: every count is checked before it is used.
#include "printers/raster/pwg_reader.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "printers/raster/pwg_header_p.h"

namespace contone::printers {
namespace {

std::unexpected<Error> corrupt(const char* what) {
    return fail(Code::Corrupt, "pwg-corrupt", "This print file is damaged. Print the sheet again.", what);
}
std::unexpected<Error> unsupported(const char* what) {
    return fail(Code::Unsupported, "pwg-unsupported", "Contone cannot read this kind of print file.", what);
}

/// Takes bytes off the front; nullptr when there are not enough.
class Cursor {
  public:
    explicit Cursor(std::span<const std::byte> bytes) : m_left(bytes) {}
    const std::byte* take(std::size_t n) {
        if (n > m_left.size()) return nullptr;
        const std::byte* at = m_left.data();
        m_left = m_left.subspan(n);
        return at;
    }
    bool atEnd() const { return m_left.empty(); }

  private:
    std::span<const std::byte> m_left;
};

std::string textAt(std::span<const std::byte> header, std::size_t at) {
    const auto* from = reinterpret_cast<const char*>(header.data() + at);
    return {from, ::strnlen(from, 64)};
}

Result<PwgReadPage> parseHeader(std::span<const std::byte> h, std::size_t& budget) {
    if (textAt(h, field::pwgRaster) != "PwgRaster") return corrupt("no PwgRaster keyword");
    const std::uint32_t width = getU32(h, field::width), height = getU32(h, field::height);
    const std::uint32_t bits = getU32(h, field::bitsPerColor), colors = getU32(h, field::colors);
    const std::uint32_t dpiX = getU32(h, field::resolutionX), dpiY = getU32(h, field::resolutionY);
    if (getU32(h, field::colorOrder) != 0) return unsupported("not chunky");
    const auto row = std::find_if(typeRows.begin(), typeRows.end(), [&](const TypeRow& r) {
        return r.colorSpace == getU32(h, field::colorSpace) && 8 * image::bytesPerSample(r.format.depth) == bits;
    });
    if (row == typeRows.end()) return unsupported("colour space or depth");
    if (colors != static_cast<std::uint32_t>(image::count(row->format.channels)) ||
        getU32(h, field::bitsPerPixel) != bits * colors)
        return corrupt("colours and bits disagree");
    if (width == 0 || height == 0 || width > 1'000'000 || height > 1'000'000) return corrupt("page size");
    if (dpiX == 0 || dpiY == 0 || dpiX > 10'000 || dpiY > 10'000) return corrupt("resolution");
    const std::uint64_t line = std::uint64_t{width} * (bits / 8) * colors;
    if (getU32(h, field::bytesPerLine) != line) return corrupt("bytes per line");
    if (line * height > budget) return corrupt("more pixels than allowed");
    budget -= line * height;
    PwgReadPage page;
    page.type = row->type;
    page.dpiX = {static_cast<int>(dpiX)};
    page.dpiY = {static_cast<int>(dpiY)};
    page.mediaSizeName = textAt(h, field::pageSizeName);
    page.mediaType = textAt(h, field::mediaType);
    page.picture.size = {static_cast<int>(width), static_cast<int>(height)};
    page.picture.format = row->format;
    return page;
}

Result<void> decodeRow(Cursor& in, std::span<std::byte> row, std::size_t pixel) {
    std::size_t at = 0;
    while (at < row.size()) {
        const std::byte* code = in.take(1);
        if (code == nullptr) return corrupt("file ends inside a row");
        const auto n = std::to_integer<unsigned>(*code);
        if (n == 128) return corrupt("reserved run");
        const std::size_t pixels = n < 128 ? n + 1 : 257 - n;
        if (pixels * pixel > row.size() - at) return corrupt("run passes the end of its row");
        const std::byte* from = in.take(n < 128 ? pixel : pixels * pixel);
        if (from == nullptr) return corrupt("file ends inside a run");
        for (std::size_t i = 0; i < pixels; ++i, at += pixel)
            std::memcpy(&row[at], n < 128 ? from : from + i * pixel, pixel);
    }
    return {};
}

Result<void> decodePixels(Cursor& in, image::Picture& picture) {
    const std::size_t stride = picture.stride(), pixel = picture.format.bytesPerPixel();
    picture.bytes.resize(stride * static_cast<std::size_t>(picture.size.height));
    for (int y = 0; y < picture.size.height;) {
        const std::byte* code = in.take(1);
        if (code == nullptr) return corrupt("file ends between rows");
        const int repeats = std::to_integer<int>(*code) + 1;
        if (repeats > picture.size.height - y) return corrupt("rows pass the end of the page");
        const std::span<std::byte> row(picture.bytes.data() + stride * static_cast<std::size_t>(y), stride);
        CONTONE_CHECK(decodeRow(in, row, pixel));
        for (int i = 1; i < repeats; ++i)
            std::memcpy(row.data() + stride * static_cast<std::size_t>(i), row.data(), stride);
        y += repeats;
    }
    if (picture.format.depth == image::Depth::U16 && std::endian::native == std::endian::little)
        for (std::size_t i = 0; i + 1 < picture.bytes.size(); i += 2) std::swap(picture.bytes[i], picture.bytes[i + 1]);
    return {};
}

}  // namespace

Result<std::vector<PwgReadPage>> readPwg(std::span<const std::byte> file, const PwgLimits& limits) {
    if (file.size() > limits.fileBytes)
        return fail(Code::Invalid, "file-too-large", "This print file is larger than any print.");
    Cursor in(file);
    const std::byte* sync = in.take(pwgSync.size());
    if (sync == nullptr || std::memcmp(sync, pwgSync.data(), pwgSync.size()) != 0)
        return unsupported("no RaS2 sync word");
    std::size_t budget = limits.pixelBytes;
    std::vector<PwgReadPage> pages;
    while (!in.atEnd()) {
        if (static_cast<int>(pages.size()) >= limits.pages) return corrupt("too many pages");
        const std::byte* header = in.take(pwgHeaderSize);
        if (header == nullptr) return corrupt("file ends inside a page header");
        CONTONE_TRY(PwgReadPage page, parseHeader({header, pwgHeaderSize}, budget));
        CONTONE_CHECK(decodePixels(in, page.picture));
        pages.push_back(std::move(page));
    }
    if (pages.empty()) return corrupt("no page");
    return pages;
}

Result<std::vector<PwgReadPage>> readPwg(const Path& path, const PwgLimits& limits) {
    CONTONE_TRY(const Bytes bytes, readFile(path, limits.fileBytes));
    return readPwg(bytes, limits);
}

}  // namespace contone::printers
