// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A table of chunks and one bounded inflate.
#include "core/image/codecs/png_chunks_p.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/image/codecs/read_at_p.h"

namespace contone::image {
namespace {

constexpr std::size_t maxProfile = 16u << 20, maxExif = 4u << 20, maxText = 512u << 10;
constexpr int maxChunks = 1'000'000, maxTextTries = 4;

using View = std::span<const std::byte>;

std::uint32_t number(View bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
    return value;
}
std::string_view text(View bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// All that comes out of a zlib stream before it ends or fails, but nothing when that is more than `most`.
std::optional<Bytes> inflated(View packed, std::size_t most) {
    z_stream stream{};
    if (::inflateInit(&stream) != Z_OK) return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    Bytes out;
    std::array<std::byte, 16384> piece{};
    int state = Z_OK;
    while (state == Z_OK && out.size() <= most) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = ::inflate(&stream, Z_NO_FLUSH);
        out.insert(out.end(), piece.begin(), piece.end() - static_cast<std::ptrdiff_t>(stream.avail_out));
    }
    ::inflateEnd(&stream);
    if (out.size() > most) return {};
    return out;
}

// "Raw profile type exif": a name, a decimal length and the bytes in hexadecimal, lines as they fall.
std::optional<Bytes> fromRawProfile(std::string_view body) {
    const auto skipBlank = [&] { body.remove_prefix(std::min(body.find_first_not_of(" \n\r\t"), body.size())); };
    skipBlank();
    body.remove_prefix(std::min(body.find('\n'), body.size()));
    skipBlank();
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), size);
    if (error != std::errc() || size > maxText) return {};
    body.remove_prefix(static_cast<std::size_t>(end - body.data()));
    Bytes bytes;
    int digits = 0;
    unsigned value = 0;
    for (const char c : body) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) continue;
        value = value << 4 | static_cast<unsigned>(digit);
        if (++digits % 2 == 0) bytes.push_back(static_cast<std::byte>(value & 0xFF));
    }
    if (bytes.size() != size) return {};
    return bytes;
}

class ChunkWalk {
  public:
    explicit ChunkWalk(int fd) : m_fd(fd) {}

    Result<PngHead> run() {
        CONTONE_CHECK(readHeader());
        std::uint64_t at = 33;
        for (int i = 0; i < maxChunks && !m_head.hasEnd; ++i) {
            std::array<std::byte, 8> start{};
            CONTONE_TRY(const std::size_t got, readAt(m_fd, at, start));
            const std::uint32_t length = number(start, 0);
            if (got < start.size() || length > INT32_MAX) break;
            const std::string_view type = text(View(start).subspan(4));
            if (type == "IDAT") m_sawPixels = true;
            if (type == "IEND") m_head.hasEnd = true;
            CONTONE_CHECK(onChunk(type, at, length));
            at += 12ull + length;
        }
        // The newer place counts; EXIF in text is from before there was one.
        if (!m_head.exif && m_textExif) m_head.exif = m_textExif;
        if (m_head.exif && m_head.exif->leavesUprightOpen()) m_head.warnings.add(PhotoWarning::ExifDamaged);
        if (m_gamma != 0) m_head.colours.gama = Gama{m_gamma, m_chromaticities};
        return std::move(m_head);
    }

  private:
    using Reader = bool (ChunkWalk::*)(View body);  // false: it does not add up
    enum class Place { BeforePixels, Anywhere };
    struct Kind {
        std::string_view type;
        std::size_t least, most;  // bytes
        Place place;
        Reader read;
        PhotoWarning whenBad;
    };
    static constexpr auto slight = PhotoWarning::SlightlyDamaged;
    static const std::array<Kind, 10> kinds;

    Result<void> readHeader() {
        std::array<std::byte, 33> bytes{};
        CONTONE_TRY(const std::size_t got, readAt(m_fd, 0, bytes));
        if (got < bytes.size()) return photoProblem("photo-truncated", "inside IHDR");
        const View body = View(bytes).subspan(16, 13);
        if (text(View(bytes).subspan(12, 4)) == "CgBI") return photoProblem("photo-feature", "Apple's own kind of PNG");
        if (number(bytes, 8) != 13 || text(View(bytes).subspan(12, 4)) != "IHDR")
            return photoProblem("photo-damaged", "no IHDR");
        m_head.width = number(body, 0);
        m_head.height = number(body, 4);
        m_head.bitDepth = std::to_integer<int>(body[8]);
        m_head.colourType = std::to_integer<int>(body[9]);
        m_head.isInterlaced = body[12] != std::byte{0};
        return {};
    }

    Result<void> onChunk(std::string_view type, std::uint64_t at, std::uint32_t length) {
        const auto kind = std::ranges::find(kinds, type, &Kind::type);
        if (kind == kinds.end()) return {};
        const unsigned bit = 1u << (kind - kinds.begin());
        // Text may come many times; everything else counts once.
        const bool isText = kind->read == &ChunkWalk::onText || kind->read == &ChunkWalk::onPackedText;
        if (!isText && (m_seen & bit) != 0) return {};
        if (kind->place == Place::BeforePixels && m_sawPixels) return {};
        if (isText && (length > kind->most || m_textTries == maxTextTries)) return {};
        m_seen |= bit;
        bool isGood = length >= kind->least && length <= kind->most;
        if (isGood) {
            Bytes bytes(8ull + length + 4);
            CONTONE_TRY(const std::size_t got, readAt(m_fd, at, bytes));
            const View body = View(bytes).subspan(8, length);
            const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data() + 4), length + 4);
            isGood = got == bytes.size() && crc == number(bytes, 8 + length) && (this->*kind->read)(body);
        }
        if (isGood) return {};
        m_head.warnings.add(kind->whenBad);
        if (kind->read == &ChunkWalk::onProfile) m_head.colours.profileDamaged = true;
        return {};
    }

    bool onProfile(View body) {
        const auto name = std::ranges::find(body.first(std::min<std::size_t>(body.size(), 80)), std::byte{0});
        const auto at = static_cast<std::size_t>(name - body.begin());
        if (at + 2 > body.size() || body[at] != std::byte{0} || body[at + 1] != std::byte{0}) return false;
        std::optional<Bytes> bytes = inflated(body.subspan(at + 2), maxProfile);
        // Writers forget the check value at the end of the stream: the profile's own length decides.
        if (!bytes || bytes->size() < 128 || number(*bytes, 0) > bytes->size()) return false;
        EmbeddedProfile profile{Sha256::of(*bytes), {}};
        profile.bytes = std::move(*bytes);
        m_head.colours.profile = std::move(profile);
        return true;
    }
    bool onSrgb(View) {
        m_head.colours.saysSrgb = true;
        return true;
    }
    bool onGamma(View body) {
        m_gamma = number(body, 0);
        return m_gamma != 0 && m_gamma <= INT32_MAX;
    }
    bool onChromaticities(View body) {
        std::array<std::int32_t, 8> values{};
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (number(body, i * 4) > INT32_MAX) return false;
            values[i] = static_cast<std::int32_t>(number(body, i * 4));
        }
        m_chromaticities = values;
        return true;
    }
    bool onCicp(View body) {
        // PNG holds RGB of full range only.
        if (body[2] != std::byte{0} || body[3] != std::byte{1}) {
            m_head.warnings.add(PhotoWarning::ColoursUnspecified);
            return true;
        }
        m_head.colours.cicp = Cicp{std::to_integer<int>(body[0]), std::to_integer<int>(body[1])};
        return true;
    }
    bool onOpacity(View) { return true; }  // libpng reads it, and says nothing when it drops a wrong one
    bool onAnimation(View) {
        m_head.isAnimated = true;
        return true;
    }
    static ExifFacts exifOf(View body) {
        // Some writers keep the prefix of JPEG.
        return parseExif(text(body).starts_with(std::string_view("Exif\0\0", 6)) ? body.subspan(6) : body);
    }
    bool onExif(View body) {
        m_head.exif = exifOf(body);
        return true;
    }
    static bool isRawExif(std::string_view body) {
        return body.starts_with(std::string_view("Raw profile type exif\0", 22)) ||
               body.starts_with(std::string_view("Raw profile type APP1\0", 22));
    }
    bool onText(View body) {
        if (!isRawExif(text(body))) return true;
        ++m_textTries;
        const std::optional<Bytes> bytes = fromRawProfile(text(body.subspan(22)));
        if (!bytes) return false;
        // APP1 may also hold XMP.
        if (!m_textExif && text(*bytes).starts_with("Exif")) m_textExif = exifOf(*bytes);
        return true;
    }
    bool onPackedText(View body) {
        if (!isRawExif(text(body)) || body.size() < 23) return true;
        ++m_textTries;
        std::optional<Bytes> unpacked = inflated(body.subspan(23), maxText);
        if (!unpacked) return false;
        unpacked->insert(unpacked->begin(), body.begin(), body.begin() + 22);
        return onText(*unpacked);
    }

    int m_fd;
    PngHead m_head;
    bool m_sawPixels = false;
    unsigned m_seen = 0;
    int m_textTries = 0;
    std::uint32_t m_gamma = 0;
    std::optional<std::array<std::int32_t, 8>> m_chromaticities;
    std::optional<ExifFacts> m_textExif;
};

const std::array<ChunkWalk::Kind, 10> ChunkWalk::kinds{{
    {"iCCP", 3, maxProfile, Place::BeforePixels, &ChunkWalk::onProfile, PhotoWarning::ProfileDamaged},
    {"sRGB", 1, 1, Place::BeforePixels, &ChunkWalk::onSrgb, slight},
    {"gAMA", 4, 4, Place::BeforePixels, &ChunkWalk::onGamma, slight},
    {"cHRM", 32, 32, Place::BeforePixels, &ChunkWalk::onChromaticities, slight},
    {"cICP", 4, 4, Place::BeforePixels, &ChunkWalk::onCicp, slight},
    {"acTL", 8, 8, Place::BeforePixels, &ChunkWalk::onAnimation, slight},
    {"tRNS", 1, 256, Place::BeforePixels, &ChunkWalk::onOpacity, slight},
    {"eXIf", 1, maxExif, Place::Anywhere, &ChunkWalk::onExif, PhotoWarning::ExifDamaged},
    {"tEXt", 1, maxText, Place::Anywhere, &ChunkWalk::onText, PhotoWarning::ExifDamaged},
    {"zTXt", 1, maxText, Place::Anywhere, &ChunkWalk::onPackedText, PhotoWarning::ExifDamaged},
}};

}  // namespace

Result<PngHead> readPngHead(int fd) {
    return ChunkWalk(fd).run();
}

}  // namespace contone::image
