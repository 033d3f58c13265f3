// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// How libpng is fed, limited and asked for rows.
#include "core/image/codecs/png_reader.h"

#include <array>
#include <bit>
#include <new>

#include "core/image/codecs/flatten_p.h"
#include "core/image/codecs/png_chunks_p.h"
#include "core/image/codecs/read_at_p.h"
#include "core/image/encoders/png_trap.h"

namespace contone::image {
namespace {

// What libpng knows but need not see.
constexpr png_byte unseen[] =
    "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0tIME\0zTXt";
constexpr int unseenCount = sizeof unseen / 5;

class PngReader final : public PhotoReader {
  public:
    PngReader(FileDescriptor file, const Limits& limits) : m_file(std::move(file)), m_limits(limits) {}
    ~PngReader() override {
        if (m_png != nullptr) png_destroy_read_struct(&m_png, &m_info, nullptr);
    }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;

    Result<void> open();
    const CodecFacts& facts() const override { return m_facts; }
    Result<int> read(MutableStrip strip) override;
    PhotoWarnings warnings() const override { return m_warnings; }

  private:
    static void onRead(png_structp png, png_bytep to, png_size_t size);
    Result<void> checkLimits(const PngHead& head) const;
    void setFacts(PngHead head);
    void startLibrary();
    Result<void> allocate();
    void readWhole();
    void readRows(MutableStrip strip);
    void flattenRow(const std::byte* from, MutableStrip strip, int row);
    std::unexpected<Error> failure() const;

    FileDescriptor m_file;
    Limits m_limits;
    PngTrap m_trap;
    png_structp m_png = nullptr;
    png_infop m_info = nullptr;
    std::array<std::byte, 1 << 16> m_buffer{};
    std::size_t m_at = 0, m_filled = 0;  // in m_buffer
    std::uint64_t m_offset = 0;          // of the file
    bool m_fileEnded = false;
    int m_errno = 0;
    CodecFacts m_facts;
    PhotoWarnings m_warnings;
    bool m_hasAlpha = false, m_isInterlaced = false, m_isWholeRead = false, m_hasFailed = false;
    std::size_t m_rowBytes = 0;  // as libpng gives them
    Bytes m_pixels;              // one row with opacity, or the whole interlaced picture
    int m_nextRow = 0;
};

// Inside libpng's frames: no destructors here.
void PngReader::onRead(png_structp png, png_bytep to, png_size_t size) {
    PngReader& reader = *static_cast<PngReader*>(png_get_io_ptr(png));
    while (size > 0) {
        if (reader.m_at == reader.m_filled) {
            ssize_t n = -1;
            do
                n = ::pread(reader.m_file.get(), reader.m_buffer.data(), reader.m_buffer.size(),
                            static_cast<off_t>(reader.m_offset));
            while (n < 0 && errno == EINTR);
            if (n < 0) {
                reader.m_errno = errno;
                png_error(png, "read");
            }
            if (n == 0) {
                reader.m_fileEnded = true;
                png_error(png, "the file ends");
            }
            reader.m_at = 0;
            reader.m_filled = static_cast<std::size_t>(n);
            reader.m_offset += static_cast<std::uint64_t>(n);
        }
        const std::size_t part = std::min<std::size_t>(size, reader.m_filled - reader.m_at);
        std::memcpy(to, reader.m_buffer.data() + reader.m_at, part);
        reader.m_at += part;
        to += part;
        size -= part;
    }
}

Result<void> PngReader::open() {
    CONTONE_TRY(PngHead head, readPngHead(m_file.get()));
    CONTONE_CHECK(checkLimits(head));
    if (!runGuarded(m_trap,
                    [this] {
                        m_png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &m_trap, onPngError, onPngWarning);
                        if (m_png != nullptr) m_info = png_create_info_struct(m_png);
                    }) ||
        m_info == nullptr)
        return photoProblem("photo-memory", m_trap.text);
    if (!runGuarded(m_trap, [this] { startLibrary(); })) return failure();
    setFacts(std::move(head));
    return allocate();
}

Result<void> PngReader::checkLimits(const PngHead& head) const {
    if (head.width > longestPhotoSide || head.height > longestPhotoSide ||
        head.width * head.height > m_limits.maxPixels)
        return photoProblem("photo-too-large", std::to_string(head.width) + "x" + std::to_string(head.height));
    return {};
}

void PngReader::startLibrary() {
    png_set_read_fn(m_png, this, onRead);
    png_set_user_limits(m_png, 65'535, 65'535);
    png_set_chunk_cache_max(m_png, 16);
    png_set_chunk_malloc_max(m_png, 1 << 20);
    png_set_keep_unknown_chunks(m_png, PNG_HANDLE_CHUNK_NEVER, nullptr, 0);
    png_set_keep_unknown_chunks(m_png, PNG_HANDLE_CHUNK_NEVER, unseen, unseenCount);
    png_set_compression_buffer_size(m_png, m_buffer.size());
    png_read_info(m_png, m_info);
    const bool saysOpacity = png_get_valid(m_png, m_info, PNG_INFO_tRNS) != 0;
    png_set_expand(m_png);
    if constexpr (std::endian::native == std::endian::little) png_set_swap(m_png);
    if (png_get_interlace_type(m_png, m_info) != PNG_INTERLACE_NONE) png_set_interlace_handling(m_png);
    png_read_update_info(m_png, m_info);
    m_rowBytes = png_get_rowbytes(m_png, m_info);
    m_hasAlpha = (png_get_color_type(m_png, m_info) & PNG_COLOR_MASK_ALPHA) != 0;
    // A tRNS before PLTE is dropped: the picture is opaque.
    if (saysOpacity && !m_hasAlpha) m_facts.photo.warnings.add(PhotoWarning::SlightlyDamaged);
}

void PngReader::setFacts(PngHead head) {
    PhotoFacts& photo = m_facts.photo;
    photo.format = PhotoFormat::Png;
    photo.storedSize = photo.size = {static_cast<int>(head.width), static_cast<int>(head.height)};
    photo.bitsPerSample = head.bitDepth;
    photo.isProgressive = m_isInterlaced = head.isInterlaced;
    photo.pixels.channels = (head.colourType & PNG_COLOR_MASK_COLOR) != 0 ? Channels::Rgb : Channels::Gray;
    photo.pixels.depth = head.bitDepth == 16 ? Depth::U16 : Depth::U8;
    photo.warnings.add(head.warnings);
    m_facts.colours = std::move(head.colours);
    if (head.exif) {
        photo.orientation = head.exif->orientation;
        m_facts.saysOrientation = head.exif->saysOrientation;
        photo.camera = std::move(head.exif->camera);
        photo.takenAt = std::move(head.exif->takenAt);
        m_facts.colours.exifColorSpace = head.exif->colorSpace;
        m_facts.colours.exifInterop = head.exif->interop;
    }
    if (head.isAnimated) photo.warnings.add(PhotoWarning::FirstFrameOnly);
    if (!head.hasEnd) photo.warnings.add(PhotoWarning::EndMarkMissing);
    m_warnings = photo.warnings;
}

Result<void> PngReader::allocate() {
    const PhotoFacts& photo = m_facts.photo;
    const std::size_t samples = static_cast<std::size_t>(count(photo.pixels.channels)) + (m_hasAlpha ? 1 : 0);
    if (m_rowBytes != static_cast<std::size_t>(photo.size.width) * samples * bytesPerSample(photo.pixels.depth))
        return photoProblem("photo-damaged", "rows of " + std::to_string(m_rowBytes) + " bytes");
    std::size_t bytes = m_hasAlpha ? m_rowBytes : 0;
    if (m_isInterlaced) bytes = m_rowBytes * static_cast<std::size_t>(photo.size.height);
    if (bytes > static_cast<std::size_t>(m_limits.maxWholeFrameBytes))
        return photoNeedsMemory(static_cast<std::int64_t>(bytes), m_limits.maxWholeFrameBytes, "interlaced PNG");
    m_pixels.resize(bytes);
    return {};
}

Result<int> PngReader::read(MutableStrip strip) {
    const PhotoFacts& photo = m_facts.photo;
    if (strip.width != photo.size.width || strip.format != photo.pixels || strip.rows < 0)
        return photoProblem("strip-mismatch");
    if (m_hasFailed) return failure();
    if (m_isInterlaced && !m_isWholeRead) {
        m_hasFailed = !runGuarded(m_trap, [this] { readWhole(); });
        if (m_hasFailed) return failure();
        m_isWholeRead = true;
    }
    const int first = m_nextRow;
    strip.rows = std::min(strip.rows, photo.size.height - first);
    if (m_isInterlaced)
        readRows(strip);
    else
        m_hasFailed = !runGuarded(m_trap, [&] { readRows(strip); });
    // What came before the damage is given now, the failure with the next call.
    if (m_hasFailed && m_nextRow == first) return failure();
    return m_nextRow - first;
}

void PngReader::readWhole() {
    for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; ++pass)
        for (int y = 0; y < m_facts.photo.size.height; ++y)
            png_read_row(m_png, reinterpret_cast<png_bytep>(m_pixels.data() + m_rowBytes * static_cast<std::size_t>(y)),
                         nullptr);
}

void PngReader::readRows(MutableStrip strip) {
    for (int y = 0; y < strip.rows; ++y) {
        std::byte* row = m_pixels.data();
        if (m_isInterlaced)
            row += m_rowBytes * static_cast<std::size_t>(m_nextRow);
        else
            png_read_row(m_png, m_hasAlpha ? reinterpret_cast<png_bytep>(row) : strip.row<png_byte>(y), nullptr);
        if (m_hasAlpha)
            flattenRow(row, strip, y);
        else if (m_isInterlaced)
            std::memcpy(strip.row<std::byte>(y), row, m_rowBytes);
        ++m_nextRow;
    }
}

void PngReader::flattenRow(const std::byte* from, MutableStrip strip, int row) {
    static constexpr std::array<std::uint8_t, 3> white8{255, 255, 255};
    static constexpr std::array<std::uint16_t, 3> white16{65'535, 65'535, 65'535};
    const int colours = count(strip.format.channels);
    const bool isSeeThrough = strip.format.depth == Depth::U8
                                  ? flatten(reinterpret_cast<const std::uint8_t*>(from), strip.row<std::uint8_t>(row),
                                            strip.width, colours, white8.data())
                                  : flatten(reinterpret_cast<const std::uint16_t*>(from), strip.row<std::uint16_t>(row),
                                            strip.width, colours, white16.data());
    if (isSeeThrough) m_warnings.add(PhotoWarning::AlphaFlattened);
}

std::unexpected<Error> PngReader::failure() const {
    if (m_errno != 0) return fail(errorFromErrno(m_errno, "read the photo"));
    return photoProblem(m_fileEnded ? "photo-truncated" : "photo-damaged", m_trap.text);
}

}  // namespace

OpenedReader openPng(FileDescriptor file, const Limits& limits) {
    try {
        auto reader = std::make_unique<PngReader>(std::move(file), limits);
        CONTONE_CHECK(reader->open());
        return reader;
    } catch (const std::bad_alloc&) {
        return photoProblem("photo-memory", "PNG");
    }
}

}  // namespace contone::image
