// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A TIFF walker that reads a file through a small window.
#include "core/image/codecs/raw_layout_p.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/image/codecs/tiff_block_p.h"

namespace contone::image {

namespace {

constexpr std::size_t kMostDirectories = 16, kMostEntries = 512, kMostPreviews = 8;

enum Tag : std::uint32_t {
    kPanasonicJpeg = 0x002E,
    kOrientation = 0x0112,
    kExif = 0x8769,
    kTakenAt = 0x9003,
    kCompression = 0x0103,
    kPhotometric = 0x0106,
    kStripAt = 0x0111,
    kStripSize = 0x0117,
    kSubDirectories = 0x014A,
    kJpegAt = 0x0201,
    kJpegSize = 0x0202,
    kDngVersion = 0xC612,
};
constexpr std::uint32_t kOldJpeg = 6, kJpeg = 7, kFilterArray = 32803, kLinearRaw = 34892;

/// Numbers at any place of a file, through a window of 4 KB that begins with the byte-order mark.
class Window {
  public:
    explicit Window(const PictureBytes& file) : m_file(file), m_mark(file.take(0, 4)) {}
    const Bytes& mark() const { return m_mark; }
    std::optional<std::uint32_t> number(off_t at, std::size_t size) {
        if (at < m_start || at + static_cast<off_t>(size + kMark) > m_start + static_cast<off_t>(m_bytes.size()))
            move(at);
        return TiffBlock(m_bytes).number(static_cast<std::size_t>(at - m_start) + kMark, size);
    }

  private:
    static constexpr std::size_t kMark = 2, kSize = 4096;
    void move(off_t at) {
        m_start = at;
        m_bytes.assign(m_mark.begin(), m_mark.begin() + kMark);
        const Bytes more = m_file.take(at, kSize);
        m_bytes.insert(m_bytes.end(), more.begin(), more.end());
    }
    const PictureBytes& m_file;
    Bytes m_mark, m_bytes;
    off_t m_start = 0;
};

struct Directory {
    std::uint32_t compression = 0, photometric = 0, stripAt = 0, stripSize = 0, jpegAt = 0, jpegSize = 0;
};

class Walker {
  public:
    explicit Walker(const PictureBytes& file) : m_file(file), m_window(file) {}

    RawLayout walk() {
        if (!looksLikeTiff()) return m_layout;
        m_layout.isTiffLike = true;
        m_layout.isRaw = TiffBlock(m_window.mark()).number(2, 2) != 42u;
        m_queue.push_back(m_window.number(4, 4).value_or(0));
        for (std::size_t i = 0; i < m_queue.size() && i < kMostDirectories; ++i) readDirectory(m_queue[i]);
        if (m_exif != 0) readTime(m_exif);
        return m_layout;
    }

  private:
    // TIFF, and the cameras' own marks behind the same byte order (RW2 "IIU", ORF "IIRO", "IIRS", "MMOR").
    bool looksLikeTiff() const {
        const Bytes& mark = m_window.mark();
        if (mark.size() < 4 || !TiffBlock(mark).hasByteOrder()) return false;
        const std::uint32_t magic = TiffBlock(mark).number(2, 2).value_or(0);
        return magic == 42 || magic == 0x55 || magic == 0x4F52 || magic == 0x5352;
    }

    void readTime(off_t directory) {
        const std::size_t count = std::min<std::size_t>(m_window.number(directory, 2).value_or(0), kMostEntries);
        for (std::size_t i = 0; i < count && m_layout.takenAt.empty(); ++i) {
            const off_t at = directory + 2 + static_cast<off_t>(i) * 12;
            if (m_window.number(at, 2) != std::uint32_t{kTakenAt} || m_window.number(at + 4, 4) != 20u) continue;
            const Bytes words = m_file.take(m_window.number(at + 8, 4).value_or(0), 19);
            m_layout.takenAt = possibleTime({reinterpret_cast<const char*>(words.data()), words.size()});
        }
    }

    void enqueue(std::optional<std::uint32_t> at) {
        if (at && *at != 0 && m_queue.size() < kMostDirectories && std::ranges::find(m_queue, *at) == m_queue.end())
            m_queue.push_back(*at);
    }

    void readDirectory(off_t at) {
        const std::size_t count = std::min<std::size_t>(m_window.number(at, 2).value_or(0), kMostEntries);
        Directory directory;
        for (std::size_t i = 0; i < count; ++i) readEntry(at + 2 + static_cast<off_t>(i) * 12, directory);
        enqueue(m_window.number(at + 2 + static_cast<off_t>(count) * 12, 4));
        const bool isSensor = directory.photometric == kFilterArray || directory.photometric == kLinearRaw;
        m_layout.isRaw = m_layout.isRaw || isSensor;
        addPreview(directory.jpegAt, directory.jpegSize);
        if (!isSensor && (directory.compression == kOldJpeg || directory.compression == kJpeg))
            addPreview(directory.stripAt, directory.stripSize);
    }

    void readEntry(off_t at, Directory& directory) {
        const auto tag = m_window.number(at, 2), type = m_window.number(at + 2, 2), count = m_window.number(at + 4, 4);
        if (!tag || !type || !count) return;
        const auto value = m_window.number(at + 8, *type == 3 ? 2 : 4).value_or(0);
        switch (*tag) {
            case kDngVersion:
                m_layout.isRaw = true;
                break;
            case kCompression:
                directory.compression = value;
                break;
            case kPhotometric:
                directory.photometric = value;
                break;
            case kStripAt:
                if (*count == 1) directory.stripAt = value;
                break;
            case kStripSize:
                if (*count == 1) directory.stripSize = value;
                break;
            case kJpegAt:
                directory.jpegAt = value;
                break;
            case kJpegSize:
                directory.jpegSize = value;
                break;
            case kOrientation:
                if (m_queue.size() == 1) m_layout.orientation = orientationFromExif(static_cast<int>(value));
                break;
            case kExif:
                if (m_exif == 0) m_exif = value;
                break;
            case kPanasonicJpeg:
                addPreview(value, *count);
                break;
            case kSubDirectories:
                readSubDirectories(value, *count);
                break;
            default:
                break;
        }
    }

    void readSubDirectories(std::uint32_t value, std::uint32_t count) {
        if (count == 1) return enqueue(value);
        for (std::uint32_t i = 0; i < std::min<std::uint32_t>(count, kMostDirectories); ++i)
            enqueue(m_window.number(static_cast<off_t>(value) + 4 * i, 4));
    }

    void addPreview(std::uint32_t at, std::uint32_t size) {
        if (at != 0 && size != 0 && m_layout.previews.size() < kMostPreviews) m_layout.previews.push_back({at, size});
    }

    const PictureBytes& m_file;
    Window m_window;
    RawLayout m_layout;
    std::vector<std::uint32_t> m_queue;
    std::uint32_t m_exif = 0;
};

}  // namespace

RawLayout readRawLayout(const PictureBytes& file) {
    return Walker(file).walk();
}

}  // namespace contone::image
