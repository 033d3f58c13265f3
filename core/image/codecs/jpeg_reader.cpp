// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// How libjpeg-turbo is fed, limited and asked whether a picture is whole.
#include "core/image/codecs/jpeg_reader.h"

#include <jerror.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/image/codecs/jpeg_quality_p.h"
#include "core/image/codecs/jpeg_reader_p.h"
#include "core/image/codecs/jpeg_segments_p.h"
#include "core/image/encoders/jpeg_trap.h"

namespace contone::image {

namespace {

std::unexpected<Error> tooLarge(std::string detail) {
    return photoProblem("photo-too-large", std::move(detail));
}

class JpegReader final : public PhotoReader {
  public:
    JpegReader(PictureBytes bytes, InkSense inks, const Limits& limits)
        : m_bytes(std::move(bytes)), m_limits(limits), m_inks(inks) {}
    ~JpegReader() override {
        if (m_created) jpeg_destroy_decompress(&m_cinfo);
    }
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;

    Result<void> open(int reduction);
    const CodecFacts& facts() const override { return m_facts; }
    Result<int> read(MutableStrip strip) override;
    PhotoWarnings warnings() const override { return m_warnings; }

  private:
    // libjpeg hands back the first member of each; `reader` finds the way home.
    struct Source {
        jpeg_source_mgr manager{};
        JpegReader* reader = nullptr;
        off_t offset = 0;
        std::array<JOCTET, 1 << 16> buffer{};
    };
    struct Progress {
        jpeg_progress_mgr manager{};
        JpegReader* reader = nullptr;
    };
    enum class Stop { None, Io, Scans };
    enum class State { Fresh, Decoding, Ended, Failed };

    static void onNothing(j_decompress_ptr) {}
    static boolean onEmpty(j_decompress_ptr cinfo);
    static void onSkip(j_decompress_ptr cinfo, long size);
    static void onProgress(j_common_ptr cinfo);
    [[noreturn]] void stop(Stop why) {
        m_stop = why;
        m_cinfo.err->error_exit(reinterpret_cast<j_common_ptr>(&m_cinfo));
        __builtin_unreachable();
    }

    Result<void> readHead();
    Result<bool> carriesGainMap(const JpegSegments& segments) const;
    Result<void> checkLimits() const;
    Result<void> chooseFormat();
    Result<void> startDecoding();
    Result<void> checkWholeFrame() const;
    Result<void> checkPixelsCame() const;
    void putHeight(off_t at, ssize_t size);
    void invertInk(MutableStrip strip, int rows) const;
    void finishDecoding();
    std::unexpected<Error> failure() const;
    std::unexpected<Error> truncated() const;
    std::unexpected<Error> damaged(std::string detail) const;

    PictureBytes m_bytes;
    Limits m_limits;
    InkSense m_inks;
    JpegTrap m_trap;
    Source m_source;
    Progress m_progress;
    jpeg_decompress_struct m_cinfo{};
    bool m_created = false, m_wholeFrame = false;
    CodecFacts m_facts;
    PhotoWarnings m_warnings;
    State m_state = State::Fresh;
    Stop m_stop = Stop::None;
    int m_errno = 0;
    off_t m_heightAt = 0;  // where the file has a height that m_height stands for; m_height 0: the file's is right
    int m_height = 0;
    long m_headWarnings = 0;
    std::int64_t m_work = 0;        // samples that scans have visited
    unsigned m_componentsSeen = 0;  // a bit for each component that a scan held
};

// ---- callbacks: inside libjpeg's frames, so no destructors ---------------------------------------

boolean JpegReader::onEmpty(j_decompress_ptr cinfo) {
    auto& source = *reinterpret_cast<Source*>(cinfo->src);
    const ssize_t n = source.reader->m_bytes.readAt(source.buffer.data(), source.buffer.size(), source.offset);
    if (n < 0) {
        source.reader->m_errno = errno;
        source.reader->stop(Stop::Io);
    }
    if (n == 0) {  // as jdatasrc.c does: an end marker lets libjpeg finish; the trap remembers
        WARNMS(cinfo, JWRN_JPEG_EOF);
        source.buffer[0] = 0xFF;
        source.buffer[1] = JPEG_EOI;
    }
    source.reader->putHeight(source.offset, n);
    source.offset += n;
    source.manager.next_input_byte = source.buffer.data();
    source.manager.bytes_in_buffer = n > 0 ? static_cast<std::size_t>(n) : 2;
    return TRUE;
}

void JpegReader::onSkip(j_decompress_ptr cinfo, long size) {
    if (size <= 0) return;
    auto& source = *reinterpret_cast<Source*>(cinfo->src);
    const std::size_t here = std::min(static_cast<std::size_t>(size), source.manager.bytes_in_buffer);
    source.manager.next_input_byte += here;
    source.manager.bytes_in_buffer -= here;
    source.offset += size - static_cast<off_t>(here);
}

// Called once for each row of MCUs that a scan covers while the whole file is read. Scans that say nothing cost nearly
// no bytes but visit every block, so the work is counted, not the bytes.
void JpegReader::onProgress(j_common_ptr common) {
    const auto* cinfo = reinterpret_cast<j_decompress_ptr>(common);
    JpegReader& reader = *reinterpret_cast<Progress*>(cinfo->progress)->reader;
    for (int i = 0; i < cinfo->comps_in_scan; ++i)
        reader.m_componentsSeen |= 1u << static_cast<unsigned>(cinfo->cur_comp_info[i]->component_index);
    // A scan of one component has its rows of blocks one by one, and libjpeg takes as many as an interleaved MCU holds.
    const int blockRows = cinfo->comps_in_scan == 1 ? cinfo->cur_comp_info[0]->v_samp_factor : 1;
    reader.m_work += static_cast<std::int64_t>(cinfo->MCUs_per_row) * cinfo->blocks_in_MCU * blockRows * DCTSIZE2;
    if (cinfo->input_scan_number > reader.m_limits.maxScans || reader.m_work > reader.m_limits.maxScanSamples)
        reader.stop(Stop::Scans);
}

// ---- opening ---------------------------------------------------------------------------------

// libjpeg knows no DNL: it reads a frame header in which the height stands.
void JpegReader::putHeight(off_t at, ssize_t size) {
    if (m_height == 0) return;
    for (off_t i = 0; i < 2; ++i)
        if (m_heightAt + i >= at && m_heightAt + i < at + size)
            m_source.buffer[static_cast<std::size_t>(m_heightAt + i - at)] =
                static_cast<JOCTET>(i == 0 ? m_height >> 8 : m_height & 0xFF);
}

Result<void> JpegReader::open(int reduction) {
    CONTONE_TRY(JpegSegments segments, readJpegSegments(m_bytes));
    m_heightAt = segments.heightAt;
    m_height = segments.heightBehind;
    CONTONE_CHECK(readHead());
    CONTONE_CHECK(checkLimits());
    CONTONE_CHECK(chooseFormat());
    m_cinfo.scale_num = 1;
    m_cinfo.scale_denom = static_cast<unsigned>(reduction);
    if (!runGuarded(m_trap, [this] { jpeg_calc_output_dimensions(&m_cinfo); })) return failure();
    PhotoFacts& photo = m_facts.photo;
    photo.storedSize = {static_cast<int>(m_cinfo.image_width), static_cast<int>(m_cinfo.image_height)};
    photo.size = {static_cast<int>(m_cinfo.output_width), static_cast<int>(m_cinfo.output_height)};
    photo.isProgressive = m_cinfo.progressive_mode != 0;
    // The file's own number of a table: libjpeg looks at it only when it decodes.
    if (const auto table = static_cast<std::size_t>(m_cinfo.comp_info[0].quant_tbl_no);
        table < NUM_QUANT_TBLS && m_cinfo.quant_tbl_ptrs[table])
        photo.jpegQuality = jpegQualityOf(m_cinfo.quant_tbl_ptrs[table]->quantval);
    m_facts.colours.profile = std::move(segments.profile);
    m_facts.colours.profileDamaged = segments.profileDamaged;
    if (segments.profileDamaged) photo.warnings.add(PhotoWarning::ProfileDamaged);
    if (segments.exif) {
        photo.orientation = segments.exif->orientation;
        m_facts.saysOrientation = segments.exif->saysOrientation;
        m_facts.colours.exifColorSpace = segments.exif->colorSpace;
        m_facts.colours.exifInterop = segments.exif->interop;
        photo.camera = std::move(segments.exif->camera);
        photo.takenAt = std::move(segments.exif->takenAt);
        if (segments.exif->leavesUprightOpen()) photo.warnings.add(PhotoWarning::ExifDamaged);
    }
    if (photo.pixels.channels == Channels::Cmyk && !m_cinfo.saw_Adobe_marker)
        photo.warnings.add(PhotoWarning::InkGuessed);
    CONTONE_TRY(const bool hasGainMap, carriesGainMap(segments));
    if (hasGainMap) photo.warnings.add(PhotoWarning::GainMapIgnored);
    if (std::ranges::any_of(segments.others, [](const OtherPicture& p) { return p.role == PictureRole::Equal; }))
        photo.warnings.add(PhotoWarning::FirstPageOnly);
    m_warnings = photo.warnings;
    return {};
}

// Apple says it only in the second picture.
Result<bool> JpegReader::carriesGainMap(const JpegSegments& segments) const {
    if (segments.saysGainMap) return true;
    for (const OtherPicture& other : segments.others) {
        if (other.role != PictureRole::Other) continue;
        CONTONE_TRY(const JpegSegments inside, readJpegSegments(m_bytes.part(other.at, other.size)));
        if (inside.saysGainMap) return true;
    }
    return false;
}

Result<void> JpegReader::readHead() {
    m_cinfo.err = &m_trap.manager;
    const bool created = runGuarded(m_trap, [this] { jpeg_create_decompress(&m_cinfo); });
    m_created = true;  // even half created it must be destroyed
    if (!created) return failure();
    m_source.reader = m_progress.reader = this;
    m_source.manager.init_source = m_source.manager.term_source = onNothing;
    m_source.manager.fill_input_buffer = onEmpty;
    m_source.manager.skip_input_data = onSkip;
    m_source.manager.resync_to_restart = jpeg_resync_to_restart;
    m_progress.manager.progress_monitor = onProgress;
    m_cinfo.src = &m_source.manager;
    // The library keeps no files of its own: above this it refuses.
    m_cinfo.mem->max_memory_to_use = m_limits.maxWholeFrameBytes;
    if (!runGuarded(m_trap, [this] { jpeg_read_header(&m_cinfo, TRUE); })) return failure();
    return {};
}

Result<void> JpegReader::checkLimits() const {
    const std::int64_t width = m_cinfo.image_width, height = m_cinfo.image_height;
    if (width * height > m_limits.maxPixels) return tooLarge(std::to_string(width) + "x" + std::to_string(height));
    // jpeg_has_multiple_scans() takes a non-const pointer and only looks.
    if (!jpeg_has_multiple_scans(const_cast<j_decompress_ptr>(&m_cinfo))) return {};  // NOLINT
    std::int64_t bytes = 0;
    for (int i = 0; i < m_cinfo.num_components; ++i)
        bytes += static_cast<std::int64_t>(m_cinfo.comp_info[i].width_in_blocks) *
                 m_cinfo.comp_info[i].height_in_blocks * DCTSIZE2 * static_cast<std::int64_t>(sizeof(JCOEF));
    if (bytes > m_limits.maxWholeFrameBytes)
        return photoNeedsMemory(bytes, m_limits.maxWholeFrameBytes, "coefficients of a JPEG in several scans");
    return {};
}

Result<void> JpegReader::chooseFormat() {
    Channels channels = Channels::Rgb;
    if (m_cinfo.jpeg_color_space == JCS_GRAYSCALE) {
        m_cinfo.out_color_space = JCS_GRAYSCALE;
        channels = Channels::Gray;
    } else if (m_cinfo.jpeg_color_space == JCS_YCbCr || m_cinfo.jpeg_color_space == JCS_RGB) {
        m_cinfo.out_color_space = JCS_RGB;
    } else if (m_cinfo.jpeg_color_space == JCS_CMYK || m_cinfo.jpeg_color_space == JCS_YCCK) {
        m_cinfo.out_color_space = JCS_CMYK;
        channels = Channels::Cmyk;
    } else {
        return photoProblem("photo-feature", std::to_string(m_cinfo.num_components) + " components");
    }
    m_facts.photo.pixels = {channels, Depth::U8};
    m_cinfo.dct_method = JDCT_ISLOW;
    m_cinfo.do_fancy_upsampling = TRUE;
    return {};
}

// ---- decoding ----------------------------------------------------------------------------------

Result<int> JpegReader::read(MutableStrip strip) {
    if (strip.width != m_facts.photo.size.width || strip.format != m_facts.photo.pixels || strip.rows < 0)
        return photoProblem("strip-mismatch");
    if (m_state == State::Ended) return 0;
    const auto failed = [this](std::unexpected<Error> error) {
        m_state = State::Failed;
        return error;
    };
    if (m_state == State::Failed) return damaged("read after a failure");
    if (m_state == State::Fresh) {
        if (auto started = startDecoding(); !started) return failed(fail(started.error()));
        m_state = State::Decoding;
    }
    int rows = 0;
    while (rows < strip.rows && m_cinfo.output_scanline < m_cinfo.output_height) {
        JSAMPROW row = strip.row<JSAMPLE>(rows);
        JDIMENSION got = 0;
        if (!runGuarded(m_trap, [&] { got = jpeg_read_scanlines(&m_cinfo, &row, 1); })) return failed(failure());
        // Rows of one MCU row leave libjpeg together, so the bad ones may still be queued: give none of them.
        if (auto came = checkPixelsCame(); !came) return failed(fail(came.error()));
        rows += static_cast<int>(got);
    }
    invertInk(strip, rows);
    if (m_cinfo.output_scanline == m_cinfo.output_height) finishDecoding();
    return rows;
}

Result<void> JpegReader::startDecoding() {
    m_headWarnings = m_trap.warnings;
    m_wholeFrame = jpeg_has_multiple_scans(&m_cinfo) != 0;
    if (m_wholeFrame) m_cinfo.progress = &m_progress.manager;
    const bool started = runGuarded(m_trap, [this] { jpeg_start_decompress(&m_cinfo); });
    m_cinfo.progress = nullptr;  // the scans are in; output rows need no counting
    if (!started) return failure();
    CONTONE_CHECK(checkPixelsCame());
    return m_wholeFrame ? checkWholeFrame() : Result<void>{};
}

// After the whole file was read: is there something for each channel, and if the file ended early, everything?
Result<void> JpegReader::checkWholeFrame() const {
    if (m_componentsSeen != (1u << static_cast<unsigned>(m_cinfo.num_components)) - 1u)
        return m_trap.fileEnded ? truncated() : damaged("a channel is in no scan");
    if (m_cinfo.coef_bits == nullptr) return {};
    for (int i = 0; i < m_cinfo.num_components; ++i) {
        const int* bits = m_cinfo.coef_bits[i];
        if (bits[0] < 0) return m_trap.fileEnded ? truncated() : damaged("a channel has no DC scan");
        // Encoders may leave out scans of nothing but zeros, so missing ones count only where the file was cut.
        if (m_trap.fileEnded && std::any_of(bits, bits + DCTSIZE2, [](int b) { return b != 0; })) return truncated();
    }
    return {};
}

Result<void> JpegReader::checkPixelsCame() const {
    // An arithmetic decoder goes on with zeros and never says that it ran out.
    if (m_trap.fileEnded && m_cinfo.arith_code) return truncated();
    if (!m_trap.pixelsEnded) return {};
    return m_trap.fileEnded || m_cinfo.unread_marker == JPEG_EOI || m_cinfo.unread_marker == 0
               ? truncated()
               : damaged("stuck before a marker");
}

void JpegReader::invertInk(MutableStrip strip, int rows) const {
    // Adobe writes CMYK and YCCK upside down. Without its marker nobody knows (InkGuessed): browsers, libvips and
    // ImageMagick take them as upside down too, so that is how people know the picture, unless one of them says
    // otherwise.
    if (m_facts.photo.pixels.channels != Channels::Cmyk) return;
    if (m_inks == InkSense::Turned && !m_cinfo.saw_Adobe_marker) return;
    for (int y = 0; y < rows; ++y)
        for (std::uint8_t *p = strip.row<std::uint8_t>(y), *end = p + static_cast<std::size_t>(strip.width) * 4;
             p < end; ++p)
            *p = static_cast<std::uint8_t>(255 - *p);
}

void JpegReader::finishDecoding() {
    m_state = State::Ended;
    // Oddities of the head are no damage to the picture. Data that is left over is: a decoder that lost its way in
    // it says nothing, but has not used it up when all pixels are there.
    const bool endedWell = runGuarded(m_trap, [this] { jpeg_finish_decompress(&m_cinfo); }) && !m_trap.fileEnded;
    if (!endedWell) m_warnings.add(PhotoWarning::EndMarkMissing);
    if (m_trap.warnings > m_headWarnings) m_warnings.add(PhotoWarning::SlightlyDamaged);
}

// ---- errors ------------------------------------------------------------------------------------

std::unexpected<Error> JpegReader::truncated() const {
    return photoProblem("photo-truncated", std::string(m_trap.firstWarning()));
}

std::unexpected<Error> JpegReader::damaged(std::string detail) const {
    return photoProblem("photo-damaged", std::move(detail));
}

std::unexpected<Error> JpegReader::failure() const {
    if (m_stop == Stop::Io) return fail(errorFromErrno(m_errno, "read the photo"));
    if (m_stop == Stop::Scans)
        return photoProblem("photo-too-many-scans", std::to_string(m_cinfo.input_scan_number) + " scans");
    const std::string said = m_trap.fatalText;
    switch (m_trap.fatal) {
        case JERR_BAD_PRECISION:
            return photoProblem("photo-12-bit", said);
        case JERR_NO_SOI:
        case JERR_SOF_UNSUPPORTED:
        case JERR_ARITH_NOTIMPL:
        case JERR_COMPONENT_COUNT:
        case JERR_CONVERSION_NOTIMPL:
            return photoProblem("photo-feature", said);
        case JERR_IMAGE_TOO_BIG:
        case JERR_WIDTH_OVERFLOW:
            return tooLarge(said);
        case JERR_OUT_OF_MEMORY:
        case JERR_NO_BACKING_STORE:
            return photoProblem("photo-memory", said);
        default:
            return m_trap.fileEnded ? truncated() : damaged(said);
    }
}

}  // namespace

OpenedReader openJpegPicture(PictureBytes bytes, int reduction, const Limits& limits, InkSense inks) {
    auto reader = std::make_unique<JpegReader>(std::move(bytes), inks, limits);
    CONTONE_CHECK(reader->open(reduction));
    return reader;
}

int jpegReduction(const PhotoRequest& request) {
    int reduction = 1;
    while (reduction < 8 && request.reducible >= reduction * 4) reduction *= 2;
    return reduction;
}

OpenedReader openJpeg(FileDescriptor file, const PhotoRequest& request, const Limits& limits) {
    return openJpegPicture(PictureBytes(std::move(file)), jpegReduction(request), limits, request.inks);
}

}  // namespace contone::image
