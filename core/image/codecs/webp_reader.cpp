// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The RIFF container by libwebpdemux, the picture by libwebp.
#include "core/image/codecs/webp_reader.h"

#include <webp/decode.h>
#include <webp/demux.h>

#include <new>
#include <string_view>

#include "core/image/codecs/exif.h"
#include "core/image/codecs/whole_file_p.h"
#include "core/image/codecs/whole_frame_p.h"

namespace contone::image {
namespace {

constexpr std::size_t kMaxProfile = 16'000'000;

struct DemuxDelete {
    void operator()(WebPDemuxer* p) const { WebPDemuxDelete(p); }
};

class WebPReader final : public WholeFrameReader {
  public:
    Result<void> open(const FileDescriptor& file, const Limits& limits);

  protected:
    Result<WholeFrame> decode() override;

  private:
    Result<void> findFrame(WebPDemuxer* demuxer);
    void readProfile(WebPDemuxer* demuxer);
    void readExif(WebPDemuxer* demuxer);

    Bytes m_file;
    WebPData m_coded{};  // the first frame, inside m_file
    PixelSize m_frameSize;
    int m_x = 0, m_y = 0;
    bool m_hasAlpha = false;
};

Result<void> WebPReader::open(const FileDescriptor& file, const Limits& limits) {
    CONTONE_TRY(m_file, readWholeFile(file, limits));
    const WebPData data{reinterpret_cast<const std::uint8_t*>(m_file.data()), m_file.size()};
    WebPDemuxState state = WEBP_DEMUX_PARSE_ERROR;
    const std::unique_ptr<WebPDemuxer, DemuxDelete> demuxer(WebPDemuxPartial(&data, &state));
    if (!demuxer || state == WEBP_DEMUX_PARSE_ERROR)
        return photoProblem(state == WEBP_DEMUX_PARSING_HEADER ? "photo-truncated" : "photo-damaged", "WebP container");
    if (state != WEBP_DEMUX_DONE) return photoProblem("photo-truncated", "WebP container");

    const std::int64_t width = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_WIDTH),
                       height = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_HEIGHT);
    if (width <= 0 || height <= 0) return photoProblem("photo-damaged", "no size");
    const std::string said = std::to_string(width) + " x " + std::to_string(height);
    if (width > longestPhotoSide || height > longestPhotoSide || width * height > limits.maxPixels)
        return photoProblem("photo-too-large", said);
    // Ours and, of lossless pictures, libwebp's own, four bytes a pixel each.
    const std::int64_t bytes = static_cast<std::int64_t>(m_file.size()) + width * height * 8;
    if (bytes > limits.maxWholeFrameBytes) return photoNeedsMemory(bytes, limits.maxWholeFrameBytes, "WebP of " + said);
    PhotoFacts& photo = m_facts.photo;
    photo.format = PhotoFormat::WebP;
    photo.storedSize = photo.size = {static_cast<int>(width), static_cast<int>(height)};
    photo.pixels = {Channels::Rgb, Depth::U8};
    CONTONE_CHECK(findFrame(demuxer.get()));
    readProfile(demuxer.get());
    readExif(demuxer.get());
    return {};
}

Result<void> WebPReader::findFrame(WebPDemuxer* demuxer) {
    WebPIterator frame;
    if (WebPDemuxGetFrame(demuxer, 1, &frame) == 0) return photoProblem("photo-no-picture", "no frame");
    m_coded = frame.fragment;
    m_frameSize = {frame.width, frame.height};
    m_x = frame.x_offset;
    m_y = frame.y_offset;
    const bool isOnCanvas = m_x >= 0 && m_y >= 0 && m_frameSize.width > 0 && m_frameSize.height > 0 &&
                            m_x <= m_facts.photo.size.width - m_frameSize.width &&
                            m_y <= m_facts.photo.size.height - m_frameSize.height;
    if (frame.num_frames > 1) m_facts.photo.warnings.add(PhotoWarning::FirstFrameOnly);
    m_hasAlpha = frame.has_alpha != 0 || m_frameSize != m_facts.photo.size;
    WebPDemuxReleaseIterator(&frame);
    if (!isOnCanvas) return photoProblem("photo-damaged", "a frame outside its canvas");
    return {};
}

void WebPReader::readProfile(WebPDemuxer* demuxer) {
    WebPChunkIterator chunk;
    if (WebPDemuxGetChunk(demuxer, "ICCP", 1, &chunk) == 0) return;
    if (chunk.chunk.size > kMaxProfile) {
        m_facts.colours.profileDamaged = true;
        m_facts.photo.warnings.add(PhotoWarning::ProfileDamaged);
    } else if (chunk.chunk.size > 0) {
        const auto* bytes = reinterpret_cast<const std::byte*>(chunk.chunk.bytes);
        Bytes copy(bytes, bytes + chunk.chunk.size);
        m_facts.colours.profile = EmbeddedProfile{Sha256::of(copy), std::move(copy)};
    }
    WebPDemuxReleaseChunkIterator(&chunk);
}

void WebPReader::readExif(WebPDemuxer* demuxer) {
    using namespace std::string_view_literals;
    WebPChunkIterator chunk;
    if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk) == 0) return;
    std::span<const std::byte> block(reinterpret_cast<const std::byte*>(chunk.chunk.bytes), chunk.chunk.size);
    // The format wants a bare TIFF block, but many writers put JPEG's mark before it.
    constexpr std::string_view mark = "Exif\0\0"sv;
    if (std::string_view(reinterpret_cast<const char*>(block.data()), block.size()).starts_with(mark))
        block = block.subspan(mark.size());
    const ExifFacts exif = parseExif(block);
    WebPDemuxReleaseChunkIterator(&chunk);
    if (exif.leavesUprightOpen()) m_facts.photo.warnings.add(PhotoWarning::ExifDamaged);
    m_facts.photo.orientation = exif.orientation;
    m_facts.saysOrientation = exif.saysOrientation;
    m_facts.photo.camera = exif.camera;
    m_facts.photo.takenAt = exif.takenAt;
    m_facts.colours.exifColorSpace = exif.colorSpace;
    m_facts.colours.exifInterop = exif.interop;
}

Result<WholeFrame> WebPReader::decode() {
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) return photoProblem("photo-feature", "another libwebp");
    if (WebPGetFeatures(m_coded.bytes, m_coded.size, &config.input) != VP8_STATUS_OK ||
        config.input.width != m_frameSize.width || config.input.height != m_frameSize.height)
        return photoProblem("photo-damaged", "the frame says another size");
    const PixelSize canvas = m_facts.photo.size;
    const std::size_t samples = m_hasAlpha ? 4 : 3;
    const std::size_t stride = static_cast<std::size_t>(canvas.width) * samples;
    WholeFrame frame;
    frame.hasAlpha = m_hasAlpha;
    frame.samples.resize(stride * static_cast<std::size_t>(canvas.height));  // see-through where no frame is
    const std::size_t start = stride * static_cast<std::size_t>(m_y) + static_cast<std::size_t>(m_x) * samples;
    config.options.use_threads = 0;
    config.output.colorspace = m_hasAlpha ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = reinterpret_cast<std::uint8_t*>(frame.samples.data() + start);
    config.output.u.RGBA.stride = static_cast<int>(stride);
    config.output.u.RGBA.size = frame.samples.size() - start;
    const VP8StatusCode status = WebPDecode(m_coded.bytes, m_coded.size, &config);
    WebPFreeDecBuffer(&config.output);
    m_file = {};
    switch (status) {
        case VP8_STATUS_OK:
            return frame;
        case VP8_STATUS_OUT_OF_MEMORY:
            return photoProblem("photo-memory", "libwebp");
        case VP8_STATUS_SUSPENDED:
        case VP8_STATUS_NOT_ENOUGH_DATA:
            return photoProblem("photo-truncated", "WebP frame");
        case VP8_STATUS_UNSUPPORTED_FEATURE:
            return photoProblem("photo-feature", "WebP frame");
        default:
            return photoProblem("photo-damaged", "WebP status " + std::to_string(status));
    }
}

}  // namespace

OpenedReader openWebP(FileDescriptor file, const Limits& limits) {
    auto reader = std::make_unique<WebPReader>();
    try {
        CONTONE_CHECK(reader->open(file, limits));
    } catch (const std::bad_alloc&) {
        return photoProblem("photo-memory", "while reading the container");
    }
    return reader;
}

}  // namespace contone::image
