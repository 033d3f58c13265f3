// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The JPEG encoder: 4:4:4, islow, fixed Huffman tables; the same pixels give the same bytes.
#include <array>
#include <vector>

#include "core/image/encoders/file_sink_p.h"
#include "core/image/encoders/jpeg_trap.h"
#include "core/image/file_sinks.h"

namespace contone::image {

namespace {

constexpr int kMaxSide = 65500;  // libjpeg's JPEG_MAX_DIMENSION

class JpegFileSink final : public FileSink {
  public:
    JpegFileSink(const Path& path, int quality) : FileSink(path), m_quality(quality) {}
    ~JpegFileSink() override { release(); }
    JpegFileSink(const JpegFileSink&) = delete;
    JpegFileSink& operator=(const JpegFileSink&) = delete;

  protected:
    Result<void> start() override;
    Result<void> encode(StripView strip) override;
    Result<void> end() override;
    void release() noexcept override {
        if (m_created) jpeg_destroy_compress(&m_cinfo);
        m_created = false;
    }

  private:
    // libjpeg finds the sink through its destination, which therefore comes first in its own struct.
    struct Destination {
        jpeg_destination_mgr manager{};
        JpegFileSink* sink = nullptr;
        std::array<JOCTET, 1 << 16> buffer{};
    };
    static Destination& of(j_compress_ptr cinfo) { return *reinterpret_cast<Destination*>(cinfo->dest); }
    static void rewind(j_compress_ptr cinfo) {
        of(cinfo).manager.next_output_byte = of(cinfo).buffer.data();
        of(cinfo).manager.free_in_buffer = of(cinfo).buffer.size();
    }
    static void flush(j_compress_ptr cinfo, std::size_t size) {
        if (!of(cinfo).sink->push(of(cinfo).buffer.data(), size))
            cinfo->err->error_exit(reinterpret_cast<j_common_ptr>(cinfo));
    }
    static boolean onFull(j_compress_ptr cinfo) {
        flush(cinfo, of(cinfo).buffer.size());  // libjpeg's rule: the whole buffer, whatever free_in_buffer says
        rewind(cinfo);
        return TRUE;
    }
    static void onEnd(j_compress_ptr cinfo) {
        flush(cinfo, of(cinfo).buffer.size() - of(cinfo).manager.free_in_buffer);
    }

    void configure();
    std::unexpected<Error> encoderFailure() const {
        return failure({Code::Internal, "jpeg-encoder", "This JPEG file could not be written.", m_trap.fatalText});
    }

    int m_quality;
    JpegTrap m_trap;
    Destination m_destination;
    jpeg_compress_struct m_cinfo{};
    bool m_created = false;
    std::vector<std::uint8_t> m_inverted;
};

// Runs inside runGuarded: no destructors here.
void JpegFileSink::configure() {
    const PageHeader& page = header();
    m_cinfo.image_width = static_cast<JDIMENSION>(page.size.width);
    m_cinfo.image_height = static_cast<JDIMENSION>(page.size.height);
    m_cinfo.input_components = count(page.format.channels);
    m_cinfo.in_color_space = page.format.channels == Channels::Gray  ? JCS_GRAYSCALE
                             : page.format.channels == Channels::Rgb ? JCS_RGB
                                                                     : JCS_CMYK;
    jpeg_set_defaults(&m_cinfo);  // for CMYK: stored as CMYK with an Adobe marker, transform 0
    jpeg_set_quality(&m_cinfo, m_quality, TRUE);
    for (int i = 0; i < m_cinfo.num_components; ++i)
        m_cinfo.comp_info[i].h_samp_factor = m_cinfo.comp_info[i].v_samp_factor = 1;
    m_cinfo.dct_method = JDCT_ISLOW;
    m_cinfo.optimize_coding = FALSE;
    m_cinfo.write_JFIF_header = TRUE;  // carries the resolution, for CMYK too
    m_cinfo.density_unit = 1;          // per inch
    m_cinfo.X_density = static_cast<UINT16>(page.dpiX.value);
    m_cinfo.Y_density = static_cast<UINT16>(page.dpiY.value);
    jpeg_start_compress(&m_cinfo, TRUE);
    if (!page.iccProfile.empty())
        jpeg_write_icc_profile(&m_cinfo, reinterpret_cast<const JOCTET*>(page.iccProfile.data()),
                               static_cast<unsigned>(page.iccProfile.size()));
}

Result<void> JpegFileSink::start() {
    const PageHeader& page = header();
    if (page.format.depth != Depth::U8)
        return fail(Code::Unsupported, "jpeg-8-bit-only", "A JPEG file holds 8 bits a channel. Choose TIFF or PNG.");
    if (page.size.width > kMaxSide || page.size.height > kMaxSide || page.dpiX.value > 65535 || page.dpiY.value > 65535)
        return fail(Code::Unsupported, "jpeg-too-large", "This page is too large for a JPEG file. Choose TIFF.");
    if (m_quality < 1 || m_quality > 100)
        return fail(Code::Invalid, "bad-quality", "The JPEG quality is a number from 1 to 100.",
                    std::to_string(m_quality));
    m_cinfo.err = &m_trap.manager;
    const bool created = runGuarded(m_trap, [&] { jpeg_create_compress(&m_cinfo); });
    m_created = true;
    m_destination.sink = this;
    m_destination.manager.init_destination = rewind;
    m_destination.manager.empty_output_buffer = onFull;
    m_destination.manager.term_destination = onEnd;
    m_cinfo.dest = &m_destination.manager;
    if (!created || !runGuarded(m_trap, [&] { configure(); })) return encoderFailure();
    if (page.format.channels == Channels::Cmyk) m_inverted.resize(static_cast<std::size_t>(page.size.width) * 4);
    return {};
}

Result<void> JpegFileSink::encode(StripView strip) {
    for (int y = 0; y < strip.rows; ++y) {
        // jpeglib takes a pointer to non-const rows and does not write to them.
        JSAMPROW row = const_cast<JSAMPROW>(strip.row<JSAMPLE>(y));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
        if (!m_inverted.empty()) {
            for (std::size_t i = 0; i < m_inverted.size(); ++i) m_inverted[i] = static_cast<std::uint8_t>(255 - row[i]);
            row = m_inverted.data();
        }
        if (!runGuarded(m_trap, [&] { jpeg_write_scanlines(&m_cinfo, &row, 1); })) return encoderFailure();
    }
    return {};
}

Result<void> JpegFileSink::end() {
    if (!runGuarded(m_trap, [&] { jpeg_finish_compress(&m_cinfo); })) return encoderFailure();
    return {};
}

}  // namespace

std::unique_ptr<StripSink> jpegFileSink(const Path& path, int quality) {
    return std::make_unique<JpegFileSink>(path, quality);
}

}  // namespace contone::image
