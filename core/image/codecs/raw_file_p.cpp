// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// How LibRaw 0.20 is set up, limited and asked.
#include "core/image/codecs/raw_file_p.h"

#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <string_view>

// libgomp's, without its header, which only its own compiler has.
extern "C" void omp_set_num_threads(int threads);

namespace contone::image {

namespace {

constexpr int kProPhoto = 4, kAhd = 3, kBayerLeast = 1000;
constexpr INT64 kLastBlock = 0x4000;  // Panasonic's unit

/// Calls LibRaw, which throws inside and mostly catches; what it does not becomes a code.
template <class F>
int guarded(F&& call) {
    try {
        return call();
    } catch (const std::bad_alloc&) {
        return LIBRAW_UNSUFFICIENT_MEMORY;
    } catch (...) {
        return LIBRAW_DATA_ERROR;
    }
}

// dcraw's bits: 4 swaps the axes, then 2 turns the rows round and 1 the columns; or degrees.
Orientation orientationOf(int flip) {
    switch ((flip + 3600) % 360) {
        case 270:
            flip = 5;
            break;
        case 180:
            flip = 3;
            break;
        case 90:
            flip = 6;
            break;
        default:
            break;
    }
    constexpr Orientation byFlip[] = {
        Orientation::Upright,   Orientation::MirrorHorizontal, Orientation::MirrorVertical, Orientation::Rotate180,
        Orientation::Transpose, Orientation::Rotate270,        Orientation::Rotate90,       Orientation::Transverse};
    return flip >= 0 && flip < 8 ? byFlip[flip] : Orientation::Upright;
}

std::string printable(const char* text, std::size_t size) {
    std::string result;
    for (std::size_t i = 0; i < size && text[i] != 0; ++i)
        if (text[i] >= 0x20 && text[i] < 0x7F) result += text[i];
    return result;
}

}  // namespace

Result<std::unique_ptr<RawFile>> RawFile::open(const PictureBytes& bytes, RawLane lane, const Limits& limits) {
    omp_set_num_threads(1);
    // LibRaw leaves the samples that it does not find as malloc gave them: fresh pages are zero, whatever was open
    // before, so a damaged file gives the same bytes each time.
    ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
    std::unique_ptr<RawFile> file(new RawFile(bytes, bytes.size()));
    file->m_raw = std::make_unique<LibRaw>(LIBRAW_OPIONS_NO_MEMERR_CALLBACK | LIBRAW_OPIONS_NO_DATAERR_CALLBACK);
    file->choose(lane);
    file->m_raw->imgdata.params.max_raw_memory_mb =
        static_cast<unsigned>(std::clamp<std::int64_t>(limits.maxWholeFrameBytes >> 20, 1, 2047));
    const int code = guarded([&] { return file->m_raw->open_datastream(&file->m_stream); });
    if (code != LIBRAW_SUCCESS) return file->failure(code);
    file->m_orientation = orientationOf(file->m_raw->imgdata.sizes.flip);
    CONTONE_CHECK(file->checkLimits(limits));
    return file;
}

void RawFile::choose(RawLane lane) {
    m_lane = lane;
    libraw_output_params_t& params = m_raw->imgdata.params;
    params.half_size = lane == RawLane::Half ? 1 : 0;
    params.user_qual = kAhd;
    params.use_camera_wb = 1;
    params.use_auto_wb = 0;
    params.output_color = kProPhoto;
    params.output_bps = 16;
    params.gamm[0] = params.gamm[1] = 1;
    params.no_auto_bright = 1;
    params.highlight = 0;  // clip
    params.user_flip = 0;  // orientation is a fact
    params.use_rawspeed = params.use_dngsdk = 0;
    params.raw_processing_options |=
        LIBRAW_PROCESSING_USE_DNG_DEFAULT_CROP | LIBRAW_PROCESSING_CAMERAWB_FALLBACK_TO_DAYLIGHT;
}

Result<void> RawFile::checkLimits(const Limits& limits) const {
    const libraw_image_sizes_t& s = m_raw->imgdata.sizes;
    const std::int64_t samples = static_cast<std::int64_t>(s.raw_width) * s.raw_height;
    const PixelSize full = size(RawLane::Full), mine = size(m_lane);
    if (samples < 1 || mine.width < 1 || mine.height < 1) return photoProblem("photo-damaged", "a RAW without pixels");
    if (samples > limits.maxPixels || full.width > longestPhotoSide || full.height > longestPhotoSide ||
        static_cast<std::int64_t>(full.width) * full.height > limits.maxPixels)
        return photoProblem("photo-too-large", std::to_string(s.raw_width) + "x" + std::to_string(s.raw_height));
    // Samples of 2 bytes, or 8 where the file has colours already; four 2-byte channels a pixel, twice while a turned
    // or stretched picture is made.
    const std::int64_t pixels = static_cast<std::int64_t>(mine.width) * mine.height;
    const bool isTurned = s.pixel_aspect != 1 || m_raw->is_fuji_rotated() != 0;
    const std::int64_t bytes = samples * (m_raw->imgdata.idata.filters != 0 ? 2 : 8) + pixels * (isTurned ? 16 : 8);
    if (bytes > limits.maxWholeFrameBytes) return photoNeedsMemory(bytes, limits.maxWholeFrameBytes, "developed RAW");
    return {};
}

// As LibRaw::adjust_sizes_info_only(), which may not be called before unpack().
PixelSize RawFile::size(RawLane lane) const {
    const libraw_image_sizes_t& s = m_raw->imgdata.sizes;
    const int shrink = lane == RawLane::Half && m_raw->imgdata.idata.filters != 0 ? 1 : 0;
    const int width = (s.width + shrink) >> shrink, height = (s.height + shrink) >> shrink;
    if (const int turned = m_raw->is_fuji_rotated(); turned != 0) {
        const int side = (turned - 1 + shrink) >> shrink;
        return {static_cast<int>(side / std::sqrt(0.5)), static_cast<int>((height - side) / std::sqrt(0.5))};
    }
    if (s.pixel_aspect > 0 && s.pixel_aspect < 0.995)
        return {width, static_cast<int>(std::min(65536.0, height / s.pixel_aspect + 0.5))};
    if (s.pixel_aspect > 1.005) return {static_cast<int>(std::min(65536.0, width * s.pixel_aspect + 0.5)), height};
    return {width, height};
}

std::string RawFile::camera() const {
    const libraw_iparams_t& id = m_raw->imgdata.idata;
    const std::string make = printable(id.make, sizeof id.make), model = printable(id.model, sizeof id.model);
    std::string camera = model.starts_with(make) ? model : make + " " + model;
    camera.resize(std::min<std::size_t>(camera.size(), 64));
    return camera;
}

int RawFile::bitsPerSample() const {
    const unsigned bits = m_raw->get_internal_data_pointer()->unpacker_data.tiff_bps;
    return bits >= 1 && bits <= 32 ? static_cast<int>(bits) : 16;
}

double RawFile::baselineExposure() const {
    const libraw_dng_levels_t& levels = m_raw->imgdata.color.dng_levels;
    const bool isThere = (levels.parsedfields & LIBRAW_DNGFM_BASELINEEXPOSURE) != 0;
    return isThere && std::isfinite(levels.baseline_exposure) ? static_cast<double>(levels.baseline_exposure) : 0.0;
}

bool RawFile::isProved() {
    libraw_decoder_info_t decoder{};
    if (guarded([&] { return m_raw->get_decoder_info(&decoder); }) != LIBRAW_SUCCESS || !decoder.decoder_name)
        return false;
    const bool hasMatrix = m_raw->get_internal_data_pointer()->internal_output_params.raw_color == 0;
    const bool hasBalance = m_raw->imgdata.color.cam_mul[0] > 0;
    return m_raw->imgdata.idata.dng_version != 0 && m_raw->imgdata.idata.filters >= kBayerLeast && hasMatrix &&
           hasBalance && std::string_view(decoder.decoder_name) == "packed_dng_load_raw()";
}

std::optional<RawLayout::Place> RawFile::preview() const {
    const off_t at = m_raw->get_internal_data_pointer()->internal_data.toffset;
    const unsigned size = m_raw->imgdata.thumbnail.tlength;
    if (at <= 0 || size == 0) return {};
    return RawLayout::Place{at, size};
}

std::optional<Picture> RawFile::bitmapPreview() {
    const libraw_thumbnail_t& thumb = m_raw->imgdata.thumbnail;
    if (guarded([&] { return m_raw->unpack_thumb(); }) != LIBRAW_SUCCESS) return {};
    if (thumb.tformat != LIBRAW_THUMBNAIL_BITMAP || thumb.thumb == nullptr || thumb.twidth == 0 || thumb.theight == 0)
        return {};
    const PixelSize size{thumb.twidth, thumb.theight};
    Picture picture = Picture::ofSize(size, {Channels::Rgb, Depth::U8});
    if (thumb.tcolors != 3 || thumb.tlength < picture.bytes.size()) return {};
    std::memcpy(picture.bytes.data(), thumb.thumb, picture.bytes.size());
    return picture;
}

Result<void> RawFile::unpack() {
    m_stream.startCounting();
    const int code = guarded([&] { return m_raw->unpack(); });
    if (code != LIBRAW_SUCCESS) return failure(code);
    if (m_stream.problem() != 0) return fail(errorFromErrno(m_stream.problem(), "read the photo"));
    // Some of LibRaw's decoders go on without data and without a word. The last block of a whole file may be short.
    const bool isShort =
        m_stream.soughtOutside() || m_stream.missing() > kLastBlock || (m_raw->error_count() > 0 && m_stream.ranOut());
    if (isShort) return photoProblem("photo-truncated", std::to_string(m_stream.missing()) + " bytes of RAW samples");
    const std::uint16_t* samples = m_raw->imgdata.rawdata.raw_image;
    const libraw_image_sizes_t& sizes = m_raw->imgdata.sizes;
    const std::size_t count = static_cast<std::size_t>(sizes.raw_width) * sizes.raw_height;
    // Every sensor has noise.
    if (samples && count > 1 && std::equal(samples + 1, samples + count, samples))
        return photoProblem("photo-damaged", "all RAW samples are equal");
    return {};
}

Result<void> RawFile::develop() {
    // A DNG says its white level; what other cameras' tables say may lie above what the sensor reaches, so LibRaw takes
    // the greatest sample instead when that is not far below.
    if (m_raw->imgdata.idata.dng_version != 0) m_raw->imgdata.params.adjust_maximum_thr = 0;
    const PixelSize promised = size(m_lane);
    const int code = guarded([&] { return m_raw->dcraw_process(); });
    if (code != LIBRAW_SUCCESS) return failure(code);
    const libraw_image_sizes_t& s = m_raw->imgdata.sizes;
    if (m_raw->imgdata.image == nullptr || PixelSize{s.width, s.height} != promised)
        return photoProblem("photo-damaged", "developed " + std::to_string(s.width) + "x" + std::to_string(s.height));
    if (m_raw->imgdata.idata.colors == 1) {  // a sensor without colours
        const std::size_t pixels = static_cast<std::size_t>(s.width) * s.height;
        for (std::size_t i = 0; i < pixels; ++i)
            m_raw->imgdata.image[i][1] = m_raw->imgdata.image[i][2] = m_raw->imgdata.image[i][0];
    }
    return {};
}

const std::uint16_t (*RawFile::row(int y) const)[4] {
    return m_raw->imgdata.image + static_cast<std::size_t>(y) * m_raw->imgdata.sizes.width;
}

std::unexpected<Error> RawFile::failure(int code) const {
    const std::string said = LibRaw::strerror(code);
    if (m_stream.problem() != 0) return fail(errorFromErrno(m_stream.problem(), "read the photo"));
    switch (code) {
        case LIBRAW_FILE_UNSUPPORTED:
        case LIBRAW_REQUEST_FOR_NONEXISTENT_IMAGE:
        case LIBRAW_NOT_IMPLEMENTED:
            return photoProblem("photo-feature", said);
        case LIBRAW_UNSUFFICIENT_MEMORY:
        case LIBRAW_TOO_BIG:
        case LIBRAW_MEMPOOL_OVERFLOW:
            return photoProblem("photo-memory", said);
        default:
            return photoProblem(m_stream.ranOut() ? "photo-truncated" : "photo-damaged", said);
    }
}

}  // namespace contone::image
