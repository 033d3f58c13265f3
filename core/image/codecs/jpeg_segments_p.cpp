// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Marker by marker, every length checked against what the file really holds.
#include "core/image/codecs/jpeg_segments_p.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace contone::image {

namespace {

using namespace std::string_view_literals;
constexpr int kEnd = -1;
constexpr int kSos = 0xDA, kEoi = 0xD9, kApp1 = 0xE1, kApp2 = 0xE2;
constexpr std::string_view kExifName = "Exif\0\0"sv, kIccName = "ICC_PROFILE\0"sv, kMultiPictureName = "MPF\0"sv,
                           kXmpName = "http://ns.adobe.com/xap/1.0/\0"sv,
                           kGainMapName = "urn:iso:std:iso:ts:21496:-1\0"sv;
// Google's and Adobe's namespace (in the photo and in its map), and Apple's two (in the map).
constexpr std::string_view kGainMapWords[] = {"http://ns.adobe.com/hdr-gain-map/1.0/", "hdrgm:Version",
                                              "http://ns.apple.com/HDRGainMap/1.0/",
                                              "urn:com:apple:photo:2020:aux:hdrgainmap"};

/// Bytes in order through pread: a stick that is pulled out is an error here, not a SIGBUS.
class ByteReader {
  public:
    explicit ByteReader(const PictureBytes& picture) : m_picture(picture) {}
    off_t position() const { return m_offset - static_cast<off_t>(m_have - m_used); }
    int next() {
        if (m_used == m_have && !refill()) return kEnd;
        return std::to_integer<int>(m_buffer[m_used++]);
    }
    void skip(std::size_t size) {
        const std::size_t here = std::min(size, m_have - m_used);
        m_used += here;
        m_offset += static_cast<off_t>(size - here);
    }
    /// As many of `size` bytes as the file has.
    Bytes take(std::size_t size) {
        Bytes bytes;
        while (bytes.size() < size && (m_used < m_have || refill())) {
            const std::size_t part = std::min(size - bytes.size(), m_have - m_used);
            bytes.insert(bytes.end(), m_buffer.data() + m_used, m_buffer.data() + m_used + part);
            m_used += part;
        }
        return bytes;
    }
    int problem() const { return m_errno; }

  private:
    bool refill() {
        const ssize_t n = m_picture.readAt(m_buffer.data(), m_buffer.size(), m_offset);
        if (n < 0) m_errno = errno;
        m_used = 0;
        m_have = n > 0 ? static_cast<std::size_t>(n) : 0;
        m_offset += static_cast<off_t>(m_have);
        return m_have > 0;
    }
    const PictureBytes& m_picture;
    off_t m_offset = 0;
    std::size_t m_used = 0, m_have = 0;
    int m_errno = 0;
    std::array<std::byte, 1 << 16> m_buffer{};
};

bool startsWith(const Bytes& bytes, std::string_view name) {
    return bytes.size() >= name.size() && std::memcmp(bytes.data(), name.data(), name.size()) == 0;
}

class ProfilePieces {
  public:
    void add(const Bytes& segment) {
        if (segment.size() < kIccName.size() + 2) {
            m_damaged = true;
            return;
        }
        auto number = std::to_integer<std::size_t>(segment[kIccName.size()]);
        const auto total = std::to_integer<std::size_t>(segment[kIccName.size() + 1]);
        if (m_total == 0) m_total = total;
        if (number == 0 && total == 1) number = 1;
        const Bytes piece(segment.begin() + kIccName.size() + 2, segment.end());
        if (number == 0 || number > total || total != m_total || (m_seen[number] && piece != m_pieces[number])) {
            m_damaged = true;
            return;
        }
        m_seen[number] = true;
        m_pieces[number] = piece;
    }
    void finish(JpegSegments& into) {
        if (m_total == 0 && !m_damaged) return;
        Bytes whole;
        for (std::size_t i = 1; i <= m_total; ++i) {
            m_damaged = m_damaged || !m_seen[i];
            whole.insert(whole.end(), m_pieces[i].begin(), m_pieces[i].end());
        }
        into.profileDamaged = m_damaged || whole.empty();
        if (into.profileDamaged) return;
        const Sha256 hash = Sha256::of(whole);
        into.profile = EmbeddedProfile{hash, std::move(whole)};
    }

  private:
    std::size_t m_total = 0;
    bool m_damaged = false;
    std::array<bool, 256> m_seen{};
    std::array<Bytes, 256> m_pieces;
};

int nextMarker(ByteReader& in) {
    int byte = in.next();
    for (;;) {
        while (byte != 0xFF && byte != kEnd) byte = in.next();
        while (byte == 0xFF) byte = in.next();
        if (byte != 0) return byte;  // a marker, or the end
        byte = in.next();
    }
}

bool hasNoLength(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

/// SOF0 to SOF15, without DHT, JPG and DAC.
bool isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Precision, then the height.
void onFrame(ByteReader& in, std::size_t size, JpegSegments& result) {
    const off_t at = in.position();
    const Bytes head = in.take(std::min<std::size_t>(size, 3));
    in.skip(size - head.size());
    if (head.size() < 3 || result.heightAt != 0) return;
    const int height = std::to_integer<int>(head[1]) << 8 | std::to_integer<int>(head[2]);
    if (height == 0 || height == 65535) result.heightAt = at + 1;
}

/// The first marker behind a scan's data, when it is DNL (0xFFDC, length 4, height).
int heightBehindScan(ByteReader& in) {
    int marker = nextMarker(in);
    while (marker >= 0xD0 && marker <= 0xD7) marker = nextMarker(in);
    if (marker != 0xDC) return 0;
    const Bytes segment = in.take(4);
    if (segment.size() < 4 || segment[0] != std::byte{0} || segment[1] != std::byte{4}) return 0;
    return std::to_integer<int>(segment[2]) << 8 | std::to_integer<int>(segment[3]);
}

bool speaksOfGainMap(const Bytes& xmp) {
    const std::string_view text(reinterpret_cast<const char*>(xmp.data()), xmp.size());
    return std::ranges::any_of(kGainMapWords, [&](std::string_view words) { return text.contains(words); });
}

void onApp1(const Bytes& segment, JpegSegments& result) {
    if (!result.exif && startsWith(segment, kExifName)) {
        const auto block = std::span(segment).subspan(kExifName.size());
        result.exif = parseExif(block);
        const auto small = block.subspan(result.exif->thumbnailAt, result.exif->thumbnailSize);
        result.thumbnail.assign(small.begin(), small.end());
    }
    if (startsWith(segment, kXmpName) && speaksOfGainMap(segment)) result.saysGainMap = true;
}

void onApp2(const Bytes& segment, off_t at, ProfilePieces& pieces, JpegSegments& result) {
    if (startsWith(segment, kIccName)) pieces.add(segment);
    if (startsWith(segment, kGainMapName)) result.saysGainMap = true;
    if (startsWith(segment, kMultiPictureName) && result.others.empty())
        result.others = parseMultiPicture(std::span(segment).subspan(kMultiPictureName.size()),
                                          at + static_cast<off_t>(kMultiPictureName.size()));
}

}  // namespace

Result<JpegSegments> readJpegSegments(const PictureBytes& picture) {
    ByteReader in(picture);
    JpegSegments result;
    ProfilePieces pieces;
    int marker = nextMarker(in);
    for (; marker != kEnd && marker != kSos && marker != kEoi; marker = nextMarker(in)) {
        if (hasNoLength(marker)) continue;
        const int high = in.next(), low = in.next();
        const int length = high == kEnd || low == kEnd ? 0 : high << 8 | low;
        if (length < 2) break;  // libjpeg stops there as well
        const auto size = static_cast<std::size_t>(length - 2);
        if (isFrame(marker)) {
            onFrame(in, size, result);
            continue;
        }
        if (marker != kApp1 && marker != kApp2) {
            in.skip(size);
            continue;
        }
        const off_t at = in.position();
        const Bytes segment = in.take(size);
        if (marker == kApp1) onApp1(segment, result);
        if (marker == kApp2) onApp2(segment, at, pieces, result);
    }
    if (marker == kSos && result.heightAt != 0) result.heightBehind = heightBehindScan(in);
    if (in.problem() != 0) return fail(errorFromErrno(in.problem(), "read the photo"));
    pieces.finish(result);
    return result;
}

}  // namespace contone::image
