// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Two passes of libjxl's decoder: one for facts, one for pixels.
#include "core/image/codecs/jpegxl_reader.h"

#include <jxl/decode.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <string_view>

#include "core/image/codecs/exif.h"
#include "core/image/codecs/whole_file_p.h"
#include "core/image/codecs/whole_frame_p.h"

namespace contone::image {
namespace {

constexpr std::size_t kMaxProfile = 16'000'000, kMaxExif = 16'000'000;

struct DecoderDelete {
    void operator()(JxlDecoder* p) const { JxlDecoderDestroy(p); }
};
using Decoder = std::unique_ptr<JxlDecoder, DecoderDelete>;

/// H.273 code points of what libjxl names; nothing when it has none.
std::optional<Cicp> cicpOf(const JxlColorEncoding& colours) {
    if (colours.color_space != JXL_COLOR_SPACE_RGB && colours.color_space != JXL_COLOR_SPACE_GRAY) return {};
    if (colours.transfer_function == JXL_TRANSFER_FUNCTION_UNKNOWN ||
        colours.transfer_function == JXL_TRANSFER_FUNCTION_GAMMA)
        return {};
    Cicp cicp{1, static_cast<int>(colours.transfer_function)};  // libjxl numbers curves as H.273 does
    // Here BT.709's curve is meant: the format is colour-managed, and whoever shows it converts. In containers that
    // take code 1 from a camera's video it is not (docs/colour.md); 11 is the same curve and is always meant.
    if (colours.transfer_function == JXL_TRANSFER_FUNCTION_709) cicp.transfer = 11;
    const bool isD65 = colours.white_point == JXL_WHITE_POINT_D65;
    if (colours.color_space == JXL_COLOR_SPACE_GRAY) return isD65 ? std::optional(cicp) : std::nullopt;
    if (isD65 && colours.primaries == JXL_PRIMARIES_SRGB)
        cicp.primaries = 1;
    else if (isD65 && colours.primaries == JXL_PRIMARIES_2100)
        cicp.primaries = 9;
    else if (isD65 && colours.primaries == JXL_PRIMARIES_P3)
        cicp.primaries = 12;
    else if (colours.white_point == JXL_WHITE_POINT_DCI && colours.primaries == JXL_PRIMARIES_P3)
        cicp.primaries = 11;
    else
        return {};
    return cicp;
}

/// JxlDecoderProcessInput, that is told of the end of the file when it asks for more: what then fails was cut off.
JxlDecoderStatus process(JxlDecoder* decoder, bool& isClosed) {
    const JxlDecoderStatus status = JxlDecoderProcessInput(decoder);
    if (status != JXL_DEC_NEED_MORE_INPUT || isClosed) return status;
    isClosed = true;
    JxlDecoderCloseInput(decoder);
    return JxlDecoderProcessInput(decoder);
}

class JpegXlReader final : public WholeFrameReader {
  public:
    Result<void> open(const FileDescriptor& file, const Limits& limits);

  protected:
    Result<WholeFrame> decode() override;

  private:
    Result<Decoder> start(int events) const;
    Result<void> walk(JxlDecoder* decoder, const Limits& limits);
    Result<void> onBasics(const JxlDecoder* decoder, const Limits& limits);
    Result<void> checkChannels(const JxlDecoder* decoder) const;
    void onColours(const JxlDecoder* decoder);
    void onBox(JxlDecoder* decoder);
    void takeBox(JxlDecoder* decoder);
    void readExif();
    JxlPixelFormat pixelFormat() const {
        const int colours = count(m_facts.photo.pixels.channels);
        return {static_cast<std::uint32_t>(colours + (m_basics.alpha_bits > 0 ? 1 : 0)),
                m_facts.photo.pixels.depth == Depth::U16 ? JXL_TYPE_UINT16 : JXL_TYPE_UINT8, JXL_NATIVE_ENDIAN, 0};
    }

    Bytes m_file, m_exif;
    bool m_isInExif = false, m_hasBasics = false, m_hasColours = false;
    JxlBasicInfo m_basics{};
};

Result<Decoder> JpegXlReader::start(int events) const {
    Decoder decoder(JxlDecoderCreate(nullptr));
    if (!decoder) return photoProblem("photo-memory", "JxlDecoderCreate");
    if (JxlDecoderSubscribeEvents(decoder.get(), events) != JXL_DEC_SUCCESS ||
        JxlDecoderSetInput(decoder.get(), reinterpret_cast<const std::uint8_t*>(m_file.data()), m_file.size()) !=
            JXL_DEC_SUCCESS)
        return photoProblem("photo-damaged", "libjxl takes no input");
    return decoder;
}

Result<void> JpegXlReader::open(const FileDescriptor& file, const Limits& limits) {
    CONTONE_TRY(m_file, readWholeFile(file, limits));
    m_facts.photo.format = PhotoFormat::JpegXl;
    m_facts.saysOrientation = true;  // in the codestream
    CONTONE_TRY(const Decoder decoder, start(JXL_DEC_BASIC_INFO | JXL_DEC_COLOR_ENCODING | JXL_DEC_BOX));
    JxlDecoderSetDecompressBoxes(decoder.get(), JXL_TRUE);
    CONTONE_CHECK(walk(decoder.get(), limits));
    readExif();
    return {};
}

Result<void> JpegXlReader::walk(JxlDecoder* decoder, const Limits& limits) {
    for (bool isClosed = false;;) {
        switch (const JxlDecoderStatus status = process(decoder, isClosed)) {
            case JXL_DEC_BASIC_INFO:
                CONTONE_CHECK(onBasics(decoder, limits));
                break;
            case JXL_DEC_COLOR_ENCODING:
                onColours(decoder);
                break;
            case JXL_DEC_BOX:
                onBox(decoder);
                break;
            case JXL_DEC_BOX_NEED_MORE_OUTPUT:  // larger than we want to know
                takeBox(decoder);
                m_facts.photo.warnings.add(PhotoWarning::ExifDamaged);
                m_exif.clear();
                break;
            case JXL_DEC_SUCCESS:
                takeBox(decoder);
                if (!m_hasBasics || !m_hasColours) return photoProblem("photo-no-picture", "no codestream");
                return {};
            default:
                return photoProblem(isClosed ? "photo-truncated" : "photo-damaged",
                                    "libjxl status " + std::to_string(status));
        }
    }
}

Result<void> JpegXlReader::onBasics(const JxlDecoder* decoder, const Limits& limits) {
    if (JxlDecoderGetBasicInfo(decoder, &m_basics) != JXL_DEC_SUCCESS) return photoProblem("photo-damaged", "no size");
    const std::int64_t width = m_basics.xsize, height = m_basics.ysize;
    const std::string said = std::to_string(width) + " x " + std::to_string(height);
    if (width <= 0 || height <= 0) return photoProblem("photo-damaged", said);
    if (width > longestPhotoSide || height > longestPhotoSide || width * height > limits.maxPixels)
        return photoProblem("photo-too-large", said);
    // libjxl keeps each channel as floating point or 32-bit integers, about twice, and gives four of 16 bits at most.
    const std::int64_t channels = m_basics.num_color_channels + m_basics.num_extra_channels;
    const std::int64_t bytes = static_cast<std::int64_t>(m_file.size()) + width * height * (channels * 8 + 8);
    if (bytes > limits.maxWholeFrameBytes)
        return photoNeedsMemory(bytes, limits.maxWholeFrameBytes, "JPEG XL of " + said);
    CONTONE_CHECK(checkChannels(decoder));
    PhotoFacts& photo = m_facts.photo;
    const int bits = static_cast<int>(m_basics.bits_per_sample);
    const bool isFloat = m_basics.exponent_bits_per_sample > 0;
    photo.storedSize = photo.size = {static_cast<int>(width), static_cast<int>(height)};
    photo.bitsPerSample = std::clamp(bits, 1, 32);
    photo.pixels = {m_basics.num_color_channels == 1 ? Channels::Gray : Channels::Rgb,
                    bits > 8 || isFloat ? Depth::U16 : Depth::U8};
    if (bits > 16 || isFloat) photo.warnings.add(PhotoWarning::ReducedDepth);
    if (m_basics.have_animation != JXL_FALSE) photo.warnings.add(PhotoWarning::FirstFrameOnly);
    m_hasBasics = true;
    return {};
}

Result<void> JpegXlReader::checkChannels(const JxlDecoder* decoder) const {
    if (m_basics.num_color_channels != 1 && m_basics.num_color_channels != 3)
        return photoProblem("photo-feature", std::to_string(m_basics.num_color_channels) + " channels");
    for (std::uint32_t i = 0; i < m_basics.num_extra_channels; ++i) {
        JxlExtraChannelInfo extra;
        if (JxlDecoderGetExtraChannelInfo(decoder, i, &extra) != JXL_DEC_SUCCESS)
            return photoProblem("photo-damaged", "a channel without a description");
        if (extra.type == JXL_CHANNEL_BLACK) return photoProblem("photo-feature", "CMYK in JPEG XL");
    }
    return {};
}

void JpegXlReader::onColours(const JxlDecoder* decoder) {
    m_hasColours = true;
    const JxlPixelFormat format = pixelFormat();
    JxlColorEncoding colours;
    if (JxlDecoderGetColorAsEncodedProfile(decoder, &format, JXL_COLOR_PROFILE_TARGET_DATA, &colours) ==
        JXL_DEC_SUCCESS) {
        m_facts.colours.cicp = cicpOf(colours);
        if (colours.transfer_function == JXL_TRANSFER_FUNCTION_LINEAR) m_facts.photo.pixels.depth = Depth::U16;
        if (colours.transfer_function == JXL_TRANSFER_FUNCTION_PQ ||
            colours.transfer_function == JXL_TRANSFER_FUNCTION_HLG)
            m_facts.photo.warnings.add(PhotoWarning::HdrClipped);
        if (m_facts.colours.cicp) return;
    }
    std::size_t size = 0;
    if (JxlDecoderGetICCProfileSize(decoder, &format, JXL_COLOR_PROFILE_TARGET_DATA, &size) != JXL_DEC_SUCCESS ||
        size == 0)
        return;
    Bytes bytes(std::min(size, kMaxProfile));
    if (size > kMaxProfile || JxlDecoderGetColorAsICCProfile(decoder, &format, JXL_COLOR_PROFILE_TARGET_DATA,
                                                             reinterpret_cast<std::uint8_t*>(bytes.data()),
                                                             bytes.size()) != JXL_DEC_SUCCESS) {
        m_facts.colours.profileDamaged = true;
        m_facts.photo.warnings.add(PhotoWarning::ProfileDamaged);
        return;
    }
    m_facts.colours.profile = EmbeddedProfile{Sha256::of(bytes), std::move(bytes)};
}

void JpegXlReader::onBox(JxlDecoder* decoder) {
    takeBox(decoder);
    JxlBoxType type;
    std::uint64_t size = 0;
    if (!m_exif.empty() || JxlDecoderGetBoxType(decoder, type, JXL_TRUE) != JXL_DEC_SUCCESS ||
        std::memcmp(type, "Exif", 4) != 0 || JxlDecoderGetBoxSizeRaw(decoder, &size) != JXL_DEC_SUCCESS)
        return;
    // Compressed ones grow; EXIF with a thumbnail is 64 KB at most in a JPEG.
    m_exif.resize(std::clamp<std::size_t>(static_cast<std::size_t>(std::min<std::uint64_t>(size, kMaxExif)) * 8,
                                          1 << 16, kMaxExif));
    m_isInExif = JxlDecoderSetBoxBuffer(decoder, reinterpret_cast<std::uint8_t*>(m_exif.data()), m_exif.size()) ==
                 JXL_DEC_SUCCESS;
    if (!m_isInExif) m_exif.clear();
}

void JpegXlReader::takeBox(JxlDecoder* decoder) {
    if (!m_isInExif) return;
    m_isInExif = false;
    m_exif.resize(m_exif.size() - std::min(JxlDecoderReleaseBoxBuffer(decoder), m_exif.size()));
}

void JpegXlReader::readExif() {
    if (m_exif.size() < 4) return;
    std::size_t offset = 0;  // four bytes say how far behind them the TIFF header is
    for (std::size_t i = 0; i < 4; ++i) offset = offset << 8 | std::to_integer<std::size_t>(m_exif[i]);
    const ExifFacts exif = parseExif(std::span(m_exif).subspan(std::min(m_exif.size(), offset + 4)));
    m_facts.photo.camera = exif.camera;
    m_facts.photo.takenAt = exif.takenAt;
    m_facts.colours.exifColorSpace = exif.colorSpace;
    m_facts.colours.exifInterop = exif.interop;
    m_exif = {};
}

Result<WholeFrame> JpegXlReader::decode() {
    CONTONE_TRY(const Decoder decoder, start(JXL_DEC_FULL_IMAGE));
    const JxlPixelFormat format = pixelFormat();
    const PixelSize size = m_facts.photo.size;
    WholeFrame frame;
    frame.hasAlpha = m_basics.alpha_bits > 0;
    frame.alpha = m_basics.alpha_premultiplied != JXL_FALSE ? AlphaKind::Associated : AlphaKind::Unassociated;
    frame.samples.resize(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) *
                         format.num_channels * bytesPerSample(m_facts.photo.pixels.depth));
    for (bool isClosed = false;;) {
        switch (const JxlDecoderStatus status = process(decoder.get(), isClosed)) {
            case JXL_DEC_NEED_IMAGE_OUT_BUFFER:
                if (JxlDecoderSetImageOutBuffer(decoder.get(), &format, frame.samples.data(), frame.samples.size()) !=
                    JXL_DEC_SUCCESS)
                    return photoProblem("photo-damaged", "libjxl takes no buffer");
                break;
            case JXL_DEC_FULL_IMAGE:
                m_file = {};
                return frame;
            case JXL_DEC_SUCCESS:
                return photoProblem("photo-no-picture", "no frame");
            default:
                return photoProblem(isClosed ? "photo-truncated" : "photo-damaged",
                                    "libjxl status " + std::to_string(status));
        }
    }
}

}  // namespace

OpenedReader openJpegXl(FileDescriptor file, const Limits& limits) {
    auto reader = std::make_unique<JpegXlReader>();
    try {
        CONTONE_CHECK(reader->open(file, limits));
    } catch (const std::bad_alloc&) {
        return photoProblem("photo-memory", "while reading the boxes");
    }
    return reader;
}

}  // namespace contone::image
