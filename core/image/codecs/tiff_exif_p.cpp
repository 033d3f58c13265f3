// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Both forms of a directory entry: 12 bytes, and 20 in BigTIFF.
#include "core/image/codecs/tiff_exif_p.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/image/codecs/read_at_p.h"

namespace contone::image {
namespace {

constexpr int interopIndex = 0x0001, dateTimeOriginal = 0x9003, colorSpaceTag = 0xA001, interopIfd = 0xA005;
constexpr std::uint64_t maxEntries = 1000;

class Directories {
  public:
    explicit Directories(int fd) : m_fd(fd) {
        std::array<std::byte, 4> head{};
        if (!take(0, head)) return;
        m_isLittle = head[0] == std::byte{'I'};
        m_isBig = head[m_isLittle ? 2 : 3] == std::byte{43};
    }

    TiffExif read(std::uint64_t offset) {
        walk(offset, [this](int tag, std::span<const std::byte> value, std::uint64_t count) {
            if (tag == colorSpaceTag) setColorSpace(static_cast<int>(number(value.first(2))));
            if (tag == interopIfd) m_interop = number(value.first(m_isBig ? 8 : 4));
            if (tag == dateTimeOriginal) setTakenAt(value, count);
        });
        if (m_interop != 0)
            walk(m_interop, [this](int tag, std::span<const std::byte> value, std::uint64_t) {
                const std::string_view text(reinterpret_cast<const char*>(value.data()), 3);
                if (tag == interopIndex && text == "R98") m_exif.interop = ExifInterop::R98;
                if (tag == interopIndex && text == "R03") m_exif.interop = ExifInterop::R03;
            });
        return m_exif;
    }

  private:
    bool take(std::uint64_t offset, std::span<std::byte> to) {
        const Result<std::size_t> got = readAt(m_fd, offset, to);
        if (got && *got == to.size()) return true;
        m_exif.isDamaged = true;
        return false;
    }
    std::uint64_t number(std::span<const std::byte> bytes) const {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            value = value << 8 | std::to_integer<std::uint64_t>(bytes[m_isLittle ? bytes.size() - 1 - i : i]);
        return value;
    }

    template <class F>
    void walk(std::uint64_t offset, F&& onEntry) {
        const std::size_t countSize = m_isBig ? 8 : 2, entrySize = m_isBig ? 20 : 12;
        std::array<std::byte, 20> bytes{};
        const std::span<std::byte> all(bytes);
        if (!take(offset, all.first(countSize))) return;
        const std::uint64_t count = number(all.first(countSize));
        if (count > maxEntries) m_exif.isDamaged = true;
        for (std::uint64_t i = 0; i < std::min(count, maxEntries); ++i) {
            const std::span<std::byte> entry = all.first(entrySize);
            if (!take(offset + countSize + i * entrySize, entry)) return;
            onEntry(static_cast<int>(number(entry.first(2))), entry.subspan(m_isBig ? 12 : 8),
                    number(entry.subspan(4, m_isBig ? 8 : 4)));
        }
    }

    void setColorSpace(int value) {
        if (value == 1) m_exif.colorSpace = ExifColorSpace::Srgb;
        if (value == 2) m_exif.colorSpace = ExifColorSpace::AdobeRgb;  // not in the standard, but written
        if (value >= 0xFFFD) m_exif.colorSpace = ExifColorSpace::Uncalibrated;
    }
    void setTakenAt(std::span<const std::byte> value, std::uint64_t count) {
        constexpr std::string_view shape = "0000:00:00 00:00:00";
        std::array<std::byte, shape.size()> bytes{};
        if (count < shape.size() || !take(number(value), bytes)) return;
        const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        const auto fits = [](char want, char c) { return want == '0' ? c >= '0' && c <= '9' : c == want; };
        if (std::ranges::equal(shape, text, fits)) m_exif.takenAt = text;
    }

    int m_fd;
    bool m_isLittle = false, m_isBig = false;
    std::uint64_t m_interop = 0;
    TiffExif m_exif;
};

}  // namespace

TiffExif readTiffExif(int fd, std::uint64_t offset) {
    return Directories(fd).read(offset);
}

}  // namespace contone::image
