// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Walks the directories; every read of the block is range-checked in one place: TiffBlock.
#include "core/image/codecs/exif.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/image/codecs/tiff_block_p.h"

namespace contone::image {

namespace {

constexpr std::size_t kEntrySize = 12;
constexpr int kByte = 1, kAscii = 2, kShort = 3, kLong = 4, kSignedByte = 6, kSignedShort = 8,
              kSignedLong = 9;  // TIFF 6.0 field types
constexpr int kInteropIndex = 0x0001, kMake = 0x010F, kModel = 0x0110, kOrientation = 0x0112, kExifIfd = 0x8769,
              kColorSpace = 0xA001, kInteropIfd = 0xA005, kTakenAt = 0x9003, kJpegAt = 0x0201, kJpegSize = 0x0202;
constexpr std::size_t kMaxCamera = 64;

struct Entry {
    int tag = 0, type = 0;
    std::uint32_t count = 0;
    std::size_t at = 0;  // of the value field
};

class ExifReader {
  public:
    explicit ExifReader(std::span<const std::byte> bytes) : m_block(bytes) {}

    ExifFacts read() {
        const auto magic = m_block.number(2, 2), first = m_block.number(4, 4);
        if (!m_block.hasByteOrder() || magic != 42u || !first) {
            m_facts.isDamaged = true;
            return m_facts;
        }
        const std::size_t behind = readDirectory(*first, [this](const Entry& e) { onMain(e); });
        if (m_exifIfd) readDirectory(*m_exifIfd, [this](const Entry& e) { onExif(e); });
        if (m_interopIfd) readDirectory(*m_interopIfd, [this](const Entry& e) { onInterop(e); });
        joinCamera();
        if (behind != 0) readThumbnail(m_block.number(behind, 4).value_or(0));
        return m_facts;
    }

  private:
    // Gives the place behind the last entry, where the link to the next directory stands; 0 after damage.
    template <class F>
    std::size_t readDirectory(std::size_t at, F&& onEntry) {
        const auto count = m_block.number(at, 2);
        if (!count) m_facts.isDamaged = true;
        for (std::size_t i = 0; i < count.value_or(0); ++i) {
            const std::size_t entry = at + 2 + i * kEntrySize;
            const auto tag = m_block.number(entry, 2), type = m_block.number(entry + 2, 2);
            const auto values = m_block.number(entry + 4, 4);
            if (!tag || !type || !values || !m_block.slice(entry + 8, 4)) {
                m_facts.isDamaged = true;
                return 0;
            }
            onEntry(Entry{static_cast<int>(*tag), static_cast<int>(*type), *values, entry + 8});
        }
        return count ? at + 2 + *count * kEntrySize : 0;
    }

    void readThumbnail(std::size_t directory) {
        if (directory == 0) return;
        const bool wasDamaged = m_facts.isDamaged;
        std::optional<std::uint32_t> at, size;
        readDirectory(directory, [&](const Entry& e) {
            if (e.tag == kJpegAt) at = number(e);
            if (e.tag == kJpegSize) size = number(e);
        });
        m_facts.isDamaged = wasDamaged;
        if (!at || !size || !m_block.slice(*at, *size)) return;
        m_facts.thumbnailAt = *at;
        m_facts.thumbnailSize = *size;
    }

    // Some writers use LONG or a signed type where the standard wants SHORT, or write two values: the first one counts,
    // as it does for everybody else who reads photos.
    std::optional<std::uint32_t> number(const Entry& e) {
        const std::size_t size = e.type == kByte || e.type == kSignedByte     ? 1
                                 : e.type == kShort || e.type == kSignedShort ? 2
                                 : e.type == kLong || e.type == kSignedLong   ? 4
                                                                              : 0;
        const auto at = size * e.count <= 4 ? std::optional<std::uint32_t>(e.at) : m_block.number(e.at, 4);
        const auto value = size > 0 && e.count > 0 && at ? m_block.number(*at, size) : std::nullopt;
        if (!value) m_facts.isDamaged = true;
        return value;
    }

    std::string text(const Entry& e) {
        std::optional<std::span<const std::byte>> bytes;
        if (e.type == kAscii && e.count <= 4) bytes = m_block.slice(e.at, e.count);
        if (e.type == kAscii && e.count > 4)
            bytes = m_block.slice(m_block.number(e.at, 4).value_or(UINT32_MAX), e.count);
        if (!bytes) {
            m_facts.isDamaged = true;
            return {};
        }
        std::string result;
        for (const std::byte b : *bytes) {
            const char c = static_cast<char>(b);
            if (c == 0 || result.size() >= kMaxCamera) break;
            if (c >= 0x20 && c < 0x7F) result += c;
        }
        while (!result.empty() && result.back() == ' ') result.pop_back();
        return result;
    }

    void onMain(const Entry& e) {
        if (e.tag == kOrientation && !m_hasOrientation) {
            m_hasOrientation = true;
            const auto value = number(e);
            m_facts.saysOrientation = value.has_value();
            m_facts.orientation = orientationFromExif(static_cast<int>(std::min(value.value_or(1), 65535u)));
        } else if (e.tag == kMake) {
            m_make = text(e);
        } else if (e.tag == kModel) {
            m_model = text(e);
        } else if (e.tag == kExifIfd && !m_exifIfd) {
            m_exifIfd = number(e);
        }
    }

    void onExif(const Entry& e) {
        if (e.tag == kInteropIfd && !m_interopIfd) m_interopIfd = number(e);
        if (e.tag == kTakenAt && m_facts.takenAt.empty()) m_facts.takenAt = possibleTime(text(e));
        if (e.tag != kColorSpace) return;
        switch (number(e).value_or(0)) {
            case 1:
                m_facts.colorSpace = ExifColorSpace::Srgb;
                break;
            case 2:
                m_facts.colorSpace = ExifColorSpace::AdobeRgb;
                break;    // not in the standard, but written
            case 0xFFFD:  // Sony: wide gamut, ICC
            case 0xFFFE:
            case 0xFFFF:
                m_facts.colorSpace = ExifColorSpace::Uncalibrated;
                break;
            default:
                break;
        }
    }

    void onInterop(const Entry& e) {
        if (e.tag != kInteropIndex) return;
        const std::string index = text(e);
        if (index == "R98") m_facts.interop = ExifInterop::R98;
        if (index == "R03") m_facts.interop = ExifInterop::R03;
    }

    void joinCamera() {
        const bool modelSaysMake = m_model.starts_with(m_make);
        m_facts.camera = modelSaysMake ? m_model : m_model.empty() ? m_make : m_make + " " + m_model;
        m_facts.camera.resize(std::min(m_facts.camera.size(), kMaxCamera));
    }

    TiffBlock m_block;
    ExifFacts m_facts;
    std::string m_make, m_model;
    bool m_hasOrientation = false;
    std::optional<std::uint32_t> m_exifIfd, m_interopIfd;
};

}  // namespace

std::string possibleTime(std::string_view text) {
    constexpr std::string_view kShape = "0000:00:00 00:00:00";
    if (text.size() != kShape.size()) return {};
    for (std::size_t i = 0; i < text.size(); ++i)
        if (kShape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != kShape[i]) return {};
    const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
    const int month = number(5), day = number(8);
    const bool isDay = number(0) + number(2) > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    const bool isTime = number(11) < 24 && number(14) < 60 && number(17) <= 60;
    return isDay && isTime ? std::string(text) : std::string();
}

ExifFacts parseExif(std::span<const std::byte> tiff) {
    return ExifReader(tiff).read();
}

}  // namespace contone::image
