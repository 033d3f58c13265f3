// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// libjpeg's compressor with what a camera sets.
#include "tests/bench/camera_jpeg.h"

#include <jpeglib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

namespace contone::bench {
namespace {

constexpr std::uint64_t scramble(std::uint64_t x) {  // the finaliser of SplitMix64 (Steele, Lea, Flood 2014)
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

/// The sum of eight bytes is close to normal: sigma 5 of 255.
int noiseAt(int x, int y, int channel) {
    const auto seed =
        static_cast<std::uint64_t>(y) << 34 | static_cast<std::uint64_t>(x) << 2 | static_cast<std::uint64_t>(channel);
    std::uint64_t bits = scramble(seed + 0x9E3779B97F4A7C15ULL);
    int sum = 0;
    for (int i = 0; i < 8; ++i, bits >>= 8) sum += static_cast<int>(bits & 0xFF);
    return (sum - 1020) * 5 / 209;  // 209: the deviation of that sum, 256 * sqrt(8 / 12)
}

/// A TIFF directory with the orientation, and EXIF's with colour space sRGB.
std::vector<unsigned char> exif(image::Orientation orientation) {
    std::vector<unsigned char> block{'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8};
    const auto put = [&](unsigned value, int bytes) {
        for (int i = bytes - 1; i >= 0; --i) block.push_back(static_cast<unsigned char>(value >> 8 * i));
    };
    const auto entry = [&](unsigned tag, unsigned type, unsigned value) {
        put(tag, 2), put(type, 2), put(1, 4);
        type == 3 ? (put(value, 2), put(0, 2)) : put(value, 4);
    };
    put(2, 2), entry(0x0112, 3, static_cast<unsigned>(orientation)), entry(0x8769, 4, 38), put(0, 4);
    put(1, 2), entry(0xA001, 3, 1), put(0, 4);
    return block;
}

class CameraJpeg final : public image::StripSink {
  public:
    CameraJpeg(Path path, image::Orientation orientation) : m_path(std::move(path)), m_orientation(orientation) {
        m_jpeg.err = jpeg_std_error(&m_errors);
        jpeg_create_compress(&m_jpeg);
    }
    ~CameraJpeg() override {
        jpeg_destroy_compress(&m_jpeg);
        if (m_file) std::fclose(m_file);
    }
    CameraJpeg(const CameraJpeg&) = delete;
    CameraJpeg& operator=(const CameraJpeg&) = delete;

    Result<void> begin(const image::PageHeader& header) override {
        m_file = std::fopen(m_path.c_str(), "wb");
        if (!m_file) return fail(errorFromErrno(errno, "write " + m_path.string()));
        m_header = header;
        jpeg_stdio_dest(&m_jpeg, m_file);
        m_jpeg.image_width = static_cast<JDIMENSION>(header.size.width);
        m_jpeg.image_height = static_cast<JDIMENSION>(header.size.height);
        m_jpeg.input_components = 3;
        m_jpeg.in_color_space = JCS_RGB;
        jpeg_set_defaults(&m_jpeg);  // 4:2:0
        jpeg_set_quality(&m_jpeg, 93, TRUE);
        m_jpeg.write_JFIF_header = FALSE;
        jpeg_start_compress(&m_jpeg, TRUE);
        const std::vector<unsigned char> block = exif(m_orientation);
        jpeg_write_marker(&m_jpeg, JPEG_APP0 + 1, block.data(), static_cast<unsigned>(block.size()));
        if (!header.iccProfile.empty())
            jpeg_write_icc_profile(&m_jpeg, reinterpret_cast<const JOCTET*>(header.iccProfile.data()),
                                   static_cast<unsigned>(header.iccProfile.size()));
        m_row.resize(static_cast<std::size_t>(header.size.width) * 3);
        return {};
    }

    Result<void> write(image::StripView strip) override {
        CONTONE_CHECK(image::checkStrip(m_header, static_cast<int>(m_jpeg.next_scanline), strip));
        for (int y = 0; y < strip.rows; ++y) {
            const auto* from = strip.row<unsigned char>(y);
            const int at = static_cast<int>(m_jpeg.next_scanline);
            for (int i = 0; i < strip.width * 3; ++i)
                m_row[static_cast<std::size_t>(i)] =
                    static_cast<unsigned char>(std::clamp(from[i] + noiseAt(i / 3, at, i % 3), 0, 255));
            JSAMPROW row = m_row.data();
            jpeg_write_scanlines(&m_jpeg, &row, 1);
        }
        return {};
    }

    Result<void> finish() override {
        CONTONE_CHECK(image::checkComplete(m_header, static_cast<int>(m_jpeg.next_scanline)));
        jpeg_finish_compress(&m_jpeg);
        const bool wasWritten = std::fclose(std::exchange(m_file, nullptr)) == 0;
        if (!wasWritten) return fail(errorFromErrno(errno, "write " + m_path.string()));
        return {};
    }

  private:
    Path m_path;
    image::Orientation m_orientation;
    std::FILE* m_file = nullptr;
    jpeg_error_mgr m_errors{};  // its errors end the program: a measurement has nothing to save
    jpeg_compress_struct m_jpeg{};
    image::PageHeader m_header;
    std::vector<unsigned char> m_row;
};

}  // namespace

std::unique_ptr<image::StripSink> cameraJpegSink(const Path& path, image::Orientation orientation) {
    return std::make_unique<CameraJpeg>(path, orientation);
}

}  // namespace contone::bench
