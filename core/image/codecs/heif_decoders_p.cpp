// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// libheif's decoder interface on one side, libde265 and dav1d on the other.
#include "core/image/codecs/heif_decoders_p.h"

#include <dav1d/dav1d.h>
#include <libde265/de265.h>
#include <libheif/heif.h>
#include <libheif/heif_plugin.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <span>

namespace contone::image {
namespace {

thread_local HeifDecodeScope* t_scope = nullptr;

constexpr int kPriority = 1000;  // libheif's own have 100 to 150
constexpr heif_error kOk{heif_error_Ok, heif_suberror_Unspecified, "ok"};
constexpr heif_error kBad{heif_error_Decoder_plugin_error, heif_suberror_Unspecified, "coded picture damaged"};
constexpr heif_error kEnded{heif_error_Decoder_plugin_error, heif_suberror_End_of_data, "coded picture cut"};
constexpr heif_error kMemory{heif_error_Memory_allocation_error, heif_suberror_Unspecified, "no memory"};
constexpr heif_error kLarge{heif_error_Memory_allocation_error, heif_suberror_Security_limit_exceeded, "too large"};
constexpr heif_error kForm{heif_error_Unsupported_feature, heif_suberror_Unsupported_color_conversion, "sample form"};

// ---- from planes to libheif's picture ------------------------------------------------------------

struct CodedPicture {
    YCbCrPlanes planes;
    bool isGray = false;
    YCbCrCoding coding;  // as the stream says
};

bool keepStreamCoding(heif_image* image, const YCbCrCoding& coding) {
    heif_color_profile_nclx* nclx = heif_nclx_color_profile_alloc();
    if (nclx == nullptr) return false;
    nclx->full_range_flag = coding.isFullRange;
    heif_image_set_nclx_color_profile(image, nclx);
    heif_nclx_color_profile_free(nclx);
    return true;
}

heif_error fill(heif_image* image, const CodedPicture& coded) {
    constexpr std::array channels{heif_channel_R, heif_channel_G, heif_channel_B};
    const YCbCrPlanes& from = coded.planes;
    if (!keepStreamCoding(image, coded.coding)) return kMemory;
    if (coded.isGray) {
        const heif_error added = heif_image_add_plane(image, heif_channel_Y, from.width, from.height, from.bits);
        if (added.code != heif_error_Ok) return added;
        int stride = 0;
        std::uint8_t* out = heif_image_get_plane(image, heif_channel_Y, &stride);
        const auto bytes = static_cast<std::size_t>(from.width) * (from.bits > 8 ? 2 : 1);
        for (int y = 0; y < from.height; ++y)
            std::memcpy(out + static_cast<std::ptrdiff_t>(stride) * y, from.data[0] + from.stride[0] * y, bytes);
        return kOk;
    }
    RgbPlanes to;
    for (std::size_t c = 0; c < 3; ++c) {
        const heif_error added = heif_image_add_plane(image, channels[c], from.width, from.height, from.bits);
        if (added.code != heif_error_Ok) return added;
        int stride = 0;
        to.data[c] = heif_image_get_plane(image, channels[c], &stride);
        to.stride[c] = stride;
    }
    toRgb(from, t_scope == nullptr ? coded.coding : t_scope->coding().value_or(coded.coding), to);
    return kOk;
}

heif_error deliver(const CodedPicture& coded, heif_image** out) {
    heif_image* image = nullptr;
    const heif_error created = heif_image_create(coded.planes.width, coded.planes.height,
                                                 coded.isGray ? heif_colorspace_monochrome : heif_colorspace_RGB,
                                                 coded.isGray ? heif_chroma_monochrome : heif_chroma_444, &image);
    if (created.code != heif_error_Ok) return created;
    heif_error filled = kOk;
    try {
        filled = fill(image, coded);
    } catch (const std::bad_alloc&) {  // the callers' frames are C's
        filled = kMemory;
    }
    if (filled.code == heif_error_Ok)
        *out = image;
    else
        heif_image_release(image);
    return filled;
}

// ---- HEVC ----------------------------------------------------------------------------------------

struct Hevc {
    de265_decoder_context* context = nullptr;
    bool isTooLarge = false;
};

bool isSane(const de265_image_spec& s) {
    return s.width > 0 && s.height > 0 && s.visible_width > 0 && s.visible_height > 0 && s.crop_left >= 0 &&
           s.crop_top >= 0 && s.visible_width <= s.width - s.crop_left && s.visible_height <= s.height - s.crop_top;
}

// The first moment at which libde265 knows the size. The memory is cleared, so that rows that a damaged stream never
// fills show no old data and are the same each time.
int getBuffer(de265_decoder_context*, de265_image_spec* spec, de265_image* image, void* user) {
    constexpr std::size_t alignment = 16, padding = 64;  // libde265's kernels read a little past the end
    auto& hevc = *static_cast<Hevc*>(user);
    if (!isSane(*spec)) return 0;
    if (t_scope != nullptr && !t_scope->take(std::int64_t{spec->width} * spec->height)) {
        hevc.isTooLarge = true;
        return 0;
    }
    const de265_chroma chroma = de265_get_chroma_format(image);
    const bool isHalfWidth = chroma == de265_chroma_420 || chroma == de265_chroma_422;
    std::array<std::uint8_t*, 3> memory{};
    std::array<std::size_t, 3> strides{};
    for (int c = 0; c < (chroma == de265_chroma_mono ? 1 : 3); ++c) {
        const auto samples = static_cast<std::size_t>(c > 0 && isHalfWidth ? (spec->width + 1) / 2 : spec->width);
        const auto rows =
            static_cast<std::size_t>(c > 0 && chroma == de265_chroma_420 ? (spec->height + 1) / 2 : spec->height);
        const std::size_t stride =
            (samples + alignment - 1) / alignment * alignment * (de265_get_bits_per_pixel(image, c) > 8 ? 2 : 1);
        const std::size_t size = (stride * rows + padding + alignment - 1) / alignment * alignment;
        auto* plane = static_cast<std::uint8_t*>(std::aligned_alloc(alignment, size));
        if (plane == nullptr) {
            for (std::uint8_t* earlier : memory) std::free(earlier);
            return 0;
        }
        std::memset(plane, 0, size);
        memory[static_cast<std::size_t>(c)] = plane;
        strides[static_cast<std::size_t>(c)] = stride;
    }
    for (std::size_t c = 0; c < 3; ++c)  // only now: planes that are set are released by libde265
        de265_set_image_plane(image, static_cast<int>(c), memory[c], static_cast<int>(strides[c]), memory[c]);
    return 1;
}

void releaseBuffer(de265_decoder_context*, de265_image* image, void*) {
    for (int c = 0; c < 3; ++c) std::free(de265_get_image_plane_user_data(image, c));
}

const char* hevcName() {
    return "libde265 without threads";
}

int hevcSupports(heif_compression_format format) {
    return format == heif_compression_HEVC ? kPriority : 0;
}

heif_error hevcNew(void** out) {
    auto* hevc = new (std::nothrow) Hevc;
    if (hevc == nullptr) return kMemory;
    hevc->context = de265_new_decoder();
    if (hevc->context == nullptr) {
        delete hevc;
        return kMemory;
    }
    de265_image_allocation allocation{getBuffer, releaseBuffer};
    de265_set_image_allocation_functions(hevc->context, &allocation, hevc);
    *out = hevc;
    return kOk;
}

void hevcFree(void* decoder) {
    auto* hevc = static_cast<Hevc*>(decoder);
    de265_free_decoder(hevc->context);
    delete hevc;
}

// `data` are NAL units behind a length of four bytes each, big-endian: libheif rewrites the headers like that.
heif_error hevcPush(void* decoder, const void* data, std::size_t size) {
    auto& hevc = *static_cast<Hevc*>(decoder);
    std::span<const std::uint8_t> rest(static_cast<const std::uint8_t*>(data), size);
    while (!rest.empty()) {
        if (rest.size() < 4) return kEnded;
        const std::size_t length = static_cast<std::size_t>(rest[0]) << 24 | static_cast<std::size_t>(rest[1]) << 16 |
                                   static_cast<std::size_t>(rest[2]) << 8 | rest[3];
        rest = rest.subspan(4);
        if (length > rest.size() || length > std::numeric_limits<int>::max()) return kEnded;
        if (de265_push_NAL(hevc.context, rest.data(), static_cast<int>(length), 0, nullptr) != DE265_OK) return kBad;
        rest = rest.subspan(length);
    }
    return kOk;
}

heif_error fromHevc(const de265_image* image, heif_image** out) {
    CodedPicture coded;
    const de265_chroma chroma = de265_get_chroma_format(image);
    YCbCrPlanes& planes = coded.planes;
    planes.width = de265_get_image_width(image, 0);
    planes.height = de265_get_image_height(image, 0);
    planes.bits = de265_get_bits_per_pixel(image, 0);
    planes.isHalfWidth = chroma == de265_chroma_420 || chroma == de265_chroma_422;
    planes.isHalfHeight = chroma == de265_chroma_420;
    coded.isGray = chroma == de265_chroma_mono;
    coded.coding = {de265_get_image_matrix_coefficients(image), de265_get_image_full_range_flag(image) != 0,
                    de265_get_image_colour_primaries(image)};
    if (planes.width <= 0 || planes.height <= 0) return kBad;
    if (planes.bits < 8 || planes.bits > 16) return kForm;
    for (int c = 0; c < (coded.isGray ? 1 : 3); ++c) {
        const int width = c > 0 && planes.isHalfWidth ? (planes.width + 1) / 2 : planes.width;
        const int height = c > 0 && planes.isHalfHeight ? (planes.height + 1) / 2 : planes.height;
        int stride = 0;
        const std::uint8_t* data = de265_get_image_plane(image, c, &stride);
        if (de265_get_bits_per_pixel(image, c) != planes.bits) return kForm;
        if (data == nullptr || de265_get_image_width(image, c) < width || de265_get_image_height(image, c) < height)
            return kBad;
        planes.data[static_cast<std::size_t>(c)] = data;
        planes.stride[static_cast<std::size_t>(c)] = stride;
    }
    return deliver(coded, out);
}

heif_error hevcDecode(void* decoder, heif_image** out) {
    auto& hevc = *static_cast<Hevc*>(decoder);
    *out = nullptr;
    de265_flush_data(hevc.context);
    heif_error result = kBad;
    for (int more = 1; more != 0 && *out == nullptr;) {
        more = 0;
        const de265_error decoded = de265_decode(hevc.context, &more);
        if (const de265_image* image = de265_peek_next_picture(hevc.context)) {
            result = fromHevc(image, out);
            de265_release_next_picture(hevc.context);
            if (result.code != heif_error_Ok) return result;
        }
        if (decoded != DE265_OK) {
            if (decoded != DE265_ERROR_WAITING_FOR_INPUT_DATA && t_scope != nullptr) t_scope->addDamage();
            break;
        }
    }
    if (hevc.isTooLarge) return kLarge;
    while (de265_get_warning(hevc.context) != DE265_OK)
        if (t_scope != nullptr) t_scope->addDamage();
    return result;
}

// ---- AV1 -----------------------------------------------------------------------------------------

struct Av1 {
    Dav1dContext* context = nullptr;
    Dav1dData data{};
};

const char* av1Name() {
    return "dav1d without threads";
}

int av1Supports(heif_compression_format format) {
    return format == heif_compression_AV1 ? kPriority : 0;
}

heif_error av1New(void** out) {
    auto* av1 = new (std::nothrow) Av1;
    if (av1 == nullptr) return kMemory;
    Dav1dSettings settings;
    dav1d_default_settings(&settings);
    settings.n_threads = 1;
    settings.max_frame_delay = 1;
    settings.all_layers = 0;
    settings.logger.callback = nullptr;
    if (t_scope != nullptr)
        settings.frame_size_limit =
            static_cast<unsigned>(std::clamp<std::int64_t>(t_scope->pixelsLeft(), 1, std::numeric_limits<int>::max()));
    if (dav1d_open(&av1->context, &settings) != 0) {
        delete av1;
        return kMemory;
    }
    *out = av1;
    return kOk;
}

void av1Free(void* decoder) {
    auto* av1 = static_cast<Av1*>(decoder);
    dav1d_data_unref(&av1->data);
    dav1d_close(&av1->context);
    delete av1;
}

heif_error av1Push(void* decoder, const void* data, std::size_t size) {
    auto& av1 = *static_cast<Av1*>(decoder);
    if (size == 0 || av1.data.sz != 0) return kBad;
    std::uint8_t* copy = dav1d_data_create(&av1.data, size);
    if (copy == nullptr) return kMemory;
    std::memcpy(copy, data, size);
    return kOk;
}

heif_error fromAv1(const Dav1dPicture& picture, heif_image** out) {
    CodedPicture coded;
    YCbCrPlanes& planes = coded.planes;
    planes.width = picture.p.w;
    planes.height = picture.p.h;
    planes.bits = picture.p.bpc;
    planes.isHalfWidth = picture.p.layout == DAV1D_PIXEL_LAYOUT_I420 || picture.p.layout == DAV1D_PIXEL_LAYOUT_I422;
    planes.isHalfHeight = picture.p.layout == DAV1D_PIXEL_LAYOUT_I420;
    coded.isGray = picture.p.layout == DAV1D_PIXEL_LAYOUT_I400;
    coded.coding = {picture.seq_hdr->mtrx, picture.seq_hdr->color_range != 0, picture.seq_hdr->pri};
    if (t_scope != nullptr && !t_scope->take(std::int64_t{planes.width} * planes.height)) return kLarge;
    for (std::size_t c = 0; c < (coded.isGray ? 1 : 3); ++c) {
        planes.data[c] = static_cast<const std::uint8_t*>(picture.data[c]);
        planes.stride[c] = picture.stride[c > 0 ? 1 : 0];
    }
    return deliver(coded, out);
}

heif_error av1Decode(void* decoder, heif_image** out) {
    auto& av1 = *static_cast<Av1*>(decoder);
    *out = nullptr;
    Dav1dPicture picture{};
    for (bool isDrained = false;;) {
        if (av1.data.sz > 0) {
            const int sent = dav1d_send_data(av1.context, &av1.data);
            if (sent < 0 && sent != DAV1D_ERR(EAGAIN)) return sent == DAV1D_ERR(ERANGE) ? kLarge : kBad;
        }
        const int got = dav1d_get_picture(av1.context, &picture);
        if (got == 0) break;
        if (got != DAV1D_ERR(EAGAIN)) return got == DAV1D_ERR(ERANGE) ? kLarge : kBad;
        if (av1.data.sz == 0 && isDrained) return kEnded;
        isDrained = av1.data.sz == 0;
    }
    const heif_error result = fromAv1(picture, out);
    dav1d_picture_unref(&picture);
    return result;
}

void ignoreStrictness(void*, int) {}

constexpr heif_decoder_plugin kHevc{3,        hevcName, nullptr,    nullptr,          hevcSupports,  hevcNew,
                                    hevcFree, hevcPush, hevcDecode, ignoreStrictness, "contone-hevc"};
constexpr heif_decoder_plugin kAv1{3,       av1Name, nullptr,   nullptr,          av1Supports,  av1New,
                                   av1Free, av1Push, av1Decode, ignoreStrictness, "contone-av1"};

}  // namespace

HeifDecodeScope::HeifDecodeScope(std::int64_t maxCodedPixels, std::optional<YCbCrCoding> coding)
    : m_pixelsLeft(maxCodedPixels), m_coding(coding), m_outer(t_scope) {
    t_scope = this;
}

HeifDecodeScope::~HeifDecodeScope() {
    t_scope = m_outer;
}

HeifDecodeScope* HeifDecodeScope::current() {
    return t_scope;
}

bool HeifDecodeScope::take(std::int64_t pixels) {
    m_tooLarge = m_tooLarge || pixels > m_pixelsLeft;
    if (!m_tooLarge) m_pixelsLeft -= pixels;
    return !m_tooLarge;
}

void registerHeifDecoders() {
    static std::once_flag once;
    std::call_once(once, [] {
        heif_register_decoder_plugin(&kHevc);
        heif_register_decoder_plugin(&kAv1);
    });
}

}  // namespace contone::image
