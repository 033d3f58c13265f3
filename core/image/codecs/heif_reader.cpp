// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What libheif says about a file, and its planes as strips.
#include "core/image/codecs/heif_reader.h"

#include <libheif/heif.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>
#include <string_view>
#include <utility>

#include "core/image/codecs/exif.h"
#include "core/image/codecs/exif_preview_p.h"
#include "core/image/codecs/heif_decoders_p.h"
#include "core/image/codecs/heif_order_p.h"
#include "core/image/codecs/heif_strips_p.h"
#include "core/image/codecs/whole_file_p.h"

namespace contone::image {
namespace {

constexpr std::size_t kMaxProfile = 16'000'000, kMaxExif = 16'000'000;
constexpr int kMaxSide = 65'535;

std::unexpected<Error> problem(const heif_error& error) {
    std::string detail = error.message != nullptr ? error.message : "";
    detail.resize(std::min<std::size_t>(detail.size(), 200));
    switch (error.code) {
        case heif_error_Memory_allocation_error:
            return photoProblem(
                error.subcode == heif_suberror_Security_limit_exceeded ? "photo-too-large" : "photo-memory", detail);
        case heif_error_Unsupported_feature:
        case heif_error_Unsupported_filetype:
            return photoProblem("photo-feature", detail);
        default:
            return photoProblem(error.subcode == heif_suberror_End_of_data ? "photo-truncated" : "photo-damaged",
                                detail);
    }
}

/// A box of that type at the top level of the file (ISO/IEC 14496-12, 4.2).
bool hasTopLevelBox(std::span<const std::byte> file, std::string_view type) {
    const auto number = [&](std::size_t at, int size) {
        std::uint64_t value = 0;
        for (int i = 0; i < size; ++i)
            value = value << 8 | std::to_integer<std::uint64_t>(file[at + static_cast<std::size_t>(i)]);
        return value;
    };
    for (std::size_t at = 0; file.size() - at >= 16;) {
        std::uint64_t size = number(at, 4);
        if (std::equal(type.begin(), type.end(), file.begin() + static_cast<std::ptrdiff_t>(at) + 4,
                       [](char a, std::byte b) { return static_cast<std::byte>(a) == b; }))
            return true;
        if (size == 1) size = number(at + 8, 8);
        if (size < 8 || size > file.size() - at) return false;
        at += static_cast<std::size_t>(size);
    }
    return false;
}

class HeifReader final : public PhotoReader {
  public:
    explicit HeifReader(const Limits& limits) : m_limits(limits) {}

    Result<void> open(const FileDescriptor& file);
    Result<void> usePrimary();
    Result<void> useThumbnail(int longSide);
    /// The second choice; `this` is of no use after it.
    OpenedReader openThumbnailInExif();

    const CodecFacts& facts() const override { return m_facts; }
    Result<int> read(MutableStrip strip) override;
    PhotoWarnings warnings() const override { return m_warnings; }

  private:
    enum class State { Fresh, Decoding, Ended, Failed };

    Result<void> describe(const heif_image_handle* handle);
    Result<void> checkSize(const heif_image_handle* handle);
    void readColours(const heif_image_handle* handle);
    void readExif(const heif_image_handle* handle);
    void noteWhatIsLeftOut();
    bool hasEqual() const;
    bool hasGainMap() const;
    bool hasBrand(const char* brand) const {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(m_file.data());
        const int size = static_cast<int>(m_file.size());
        return heif_read_main_brand(bytes, size) == heif_fourcc_to_brand(brand) ||
               heif_has_compatible_brand(bytes, size, brand) == 1;
    }
    enum class Size { IsTheHandles, IsThePictures };
    Result<void> decode(Size size);

    Limits m_limits;
    Bytes m_file;  // the context points into it
    HeifContext m_context;
    HeifHandle m_primary, m_handle;
    std::optional<YCbCrCoding> m_coding;
    CodecFacts m_facts;
    ExifPreview m_inExif;
    PhotoWarnings m_warnings;
    HeifStrips m_strips;
    State m_state = State::Fresh;
};

Result<void> HeifReader::open(const FileDescriptor& file) {
    CONTONE_TRY(m_file, readWholeFile(file, m_limits));
    m_context.reset(heif_context_alloc());
    if (!m_context) return photoProblem("photo-memory", "heif_context_alloc");
    heif_context_set_max_decoding_threads(m_context.get(), 0);
    heif_context_set_maximum_image_size_limit(m_context.get(), kMaxSide + 1);
    const heif_error error =
        heif_context_read_from_memory_without_copy(m_context.get(), m_file.data(), m_file.size(), nullptr);
    if (error.code != heif_error_Ok) {
        // libheif reads stills alone: of a sequence it may lack the still, or what belongs to it.
        const bool isSequence = error.code == heif_error_Invalid_input && error.subcode != heif_suberror_End_of_data &&
                                hasTopLevelBox(m_file, "moov");
        return isSequence ? photoProblem("photo-feature", "a sequence without a still") : problem(error);
    }
    heif_image_handle* handle = nullptr;
    const heif_error found = heif_context_get_primary_image_handle(m_context.get(), &handle);
    if (found.code != heif_error_Ok) return problem(found);
    m_primary.reset(handle);
    m_facts.photo.format = hasBrand("avif") || hasBrand("avis") ? PhotoFormat::Avif : PhotoFormat::Heic;
    m_facts.saysOrientation = true;  // irot, or upright
    return {};
}

Result<void> HeifReader::usePrimary() {
    CONTONE_CHECK(describe(m_primary.get()));
    // The handle's size is then not that of the picture, and only the picture itself tells.
    const bool isSizeKnown = !turnsBeforeItsSize(m_file);
    m_handle = std::move(m_primary);
    if (isSizeKnown) return {};
    CONTONE_CHECK(decode(Size::IsThePictures));
    m_state = State::Decoding;
    return {};
}

Result<void> HeifReader::useThumbnail(int longSide) {
    std::array<heif_item_id, 64> ids{};
    const int count =
        heif_image_handle_get_list_of_thumbnail_IDs(m_primary.get(), ids.data(), static_cast<int>(ids.size()));
    const double shape = static_cast<double>(heif_image_handle_get_width(m_primary.get())) /
                         std::max(heif_image_handle_get_height(m_primary.get()), 1);
    int best = 0;
    for (int i = 0; i < count; ++i) {
        heif_image_handle* raw = nullptr;
        if (heif_image_handle_get_thumbnail(m_primary.get(), ids[static_cast<std::size_t>(i)], &raw).code !=
            heif_error_Ok)
            continue;
        HeifHandle handle(raw);
        const int width = heif_image_handle_get_width(raw), height = heif_image_handle_get_height(raw);
        const int side = std::max(width, height);
        if (height <= 0 || width < 0.8 * shape * height || width > 1.25 * shape * height) continue;
        const bool isBetter = best >= longSide ? side >= longSide && side < best : side > best;
        if (!isBetter) continue;
        best = side;
        m_handle = std::move(handle);
    }
    if (!m_handle) return photoProblem("photo-no-preview");
    CONTONE_CHECK(describe(m_handle.get()));
    if (!m_facts.colours.profile && !m_facts.colours.cicp) readColours(m_primary.get());
    return {};
}

OpenedReader HeifReader::openThumbnailInExif() {
    CONTONE_CHECK(describe(m_primary.get()));
    return openExifPreview(std::move(m_inExif), std::move(m_facts), m_limits);
}

// ---- facts ---------------------------------------------------------------------------------------

Result<void> HeifReader::describe(const heif_image_handle* handle) {
    CONTONE_CHECK(checkSize(handle));
    readColours(handle);
    readExif(m_primary.get());
    const int bits = heif_image_handle_get_luma_bits_per_pixel(handle);
    if (bits < 8 || bits > 16) return photoProblem("photo-feature", std::to_string(bits) + " bits");
    m_facts.photo.bitsPerSample = bits;
    // Pictures without chroma are given in the profile's channels: their gray is R = G = B in any RGB.
    const auto& profile = m_facts.colours.profile;
    constexpr std::string_view kGray = "GRAY";  // ICC.1:2010 7.2.6: data colour space, bytes 16…19
    const bool isGray = profile && profile->bytes.size() >= 20 &&
                        std::equal(kGray.begin(), kGray.end(), profile->bytes.begin() + 16,
                                   [](char a, std::byte b) { return static_cast<std::byte>(a) == b; });
    m_facts.photo.pixels = {isGray ? Channels::Gray : Channels::Rgb, bits > 8 ? Depth::U16 : Depth::U8};
    noteWhatIsLeftOut();
    m_warnings = m_facts.photo.warnings;
    return {};
}

Result<void> HeifReader::checkSize(const heif_image_handle* handle) {
    const int width = heif_image_handle_get_width(handle), height = heif_image_handle_get_height(handle);
    if (width <= 0 || height <= 0) return photoProblem("photo-damaged", "no size");
    const std::int64_t pixels = std::int64_t{width} * height;
    if (width > kMaxSide || height > kMaxSide || pixels > m_limits.maxPixels)
        return photoProblem("photo-too-large", std::to_string(width) + " x " + std::to_string(height));
    // Whole planes, once more while they are turned.
    const int samples = heif_image_handle_has_alpha_channel(handle) != 0 ? 4 : 3;
    const int bytes = heif_image_handle_get_luma_bits_per_pixel(handle) > 8 ? 2 : 1;
    const std::int64_t whole = static_cast<std::int64_t>(m_file.size()) + pixels * samples * bytes * 2;
    if (whole > m_limits.maxWholeFrameBytes) return photoNeedsMemory(whole, m_limits.maxWholeFrameBytes, "HEIF planes");
    m_facts.photo.storedSize = m_facts.photo.size = {width, height};
    return {};
}

void HeifReader::readColours(const heif_image_handle* handle) {
    const std::size_t size = heif_image_handle_get_raw_color_profile_size(handle);
    if (size > kMaxProfile) {
        m_facts.colours.profileDamaged = true;
        m_facts.photo.warnings.add(PhotoWarning::ProfileDamaged);
    } else if (size > 0) {
        Bytes bytes(size);
        if (heif_image_handle_get_raw_color_profile(handle, bytes.data()).code == heif_error_Ok)
            m_facts.colours.profile = EmbeddedProfile{Sha256::of(bytes), std::move(bytes)};
    }
    heif_color_profile_nclx* nclx = nullptr;
    const heif_error coded = heif_image_handle_get_nclx_color_profile(handle, &nclx);
    if (coded.code != heif_error_Ok || nclx == nullptr) {
        heif_nclx_color_profile_free(nclx);  // libheif leaves one behind when it knows a code point not
        return;
    }
    m_facts.colours.cicp = Cicp{nclx->color_primaries, nclx->transfer_characteristics};
    m_coding =
        YCbCrCoding{nclx->matrix_coefficients, nclx->full_range_flag != 0, static_cast<int>(nclx->color_primaries)};
    heif_nclx_color_profile_free(nclx);
}

void HeifReader::readExif(const heif_image_handle* handle) {
    heif_item_id id = 0;
    if (heif_image_handle_get_list_of_metadata_block_IDs(handle, "Exif", &id, 1) != 1) return;
    const std::size_t size = heif_image_handle_get_metadata_size(handle, id);
    if (size < 8 || size > kMaxExif) return;
    Bytes block(size);
    if (heif_image_handle_get_metadata(handle, id, block.data()).code != heif_error_Ok) {
        m_facts.photo.warnings.add(PhotoWarning::ExifDamaged);
        return;
    }
    // ISO/IEC 23008-12 A.2.1: four bytes say how far behind them the TIFF header is.
    std::size_t offset = 0;
    for (std::size_t i = 0; i < 4; ++i) offset = offset << 8 | std::to_integer<std::size_t>(block[i]);
    const auto tiff = std::span<const std::byte>(block).subspan(std::min(size, offset + 4));
    const ExifFacts exif = parseExif(tiff);
    const auto jpeg = tiff.subspan(exif.thumbnailAt, exif.thumbnailSize);
    m_inExif = {{jpeg.begin(), jpeg.end()}, exif.orientation};
    m_facts.photo.camera = exif.camera;
    m_facts.photo.takenAt = exif.takenAt;
    m_facts.colours.exifColorSpace = exif.colorSpace;
    m_facts.colours.exifInterop = exif.interop;
}

void HeifReader::noteWhatIsLeftOut() {
    PhotoWarnings& warnings = m_facts.photo.warnings;
    const bool isGainMap = hasGainMap();
    if (isGainMap) warnings.add(PhotoWarning::GainMapIgnored);
    if (hasTopLevelBox(m_file, "moov"))
        warnings.add(PhotoWarning::FirstFrameOnly);
    else if (!isGainMap && hasEqual())
        warnings.add(PhotoWarning::FirstPageOnly);
    constexpr int kPq = 16, kHlg = 18;  // H.273 table 3
    const auto& cicp = m_facts.colours.cicp;
    if (cicp && (cicp->transfer == kPq || cicp->transfer == kHlg)) warnings.add(PhotoWarning::HdrClipped);
}

// Another picture of the photo's size or more. Smaller ones may be the tiles of its grid, which not all writers hide.
bool HeifReader::hasEqual() const {
    const std::int64_t pixels = std::int64_t{m_facts.photo.size.width} * m_facts.photo.size.height;
    std::array<heif_item_id, 256> ids{};
    const int count = heif_context_get_list_of_top_level_image_IDs(m_context.get(), ids.data(), ids.size());
    for (int i = 0; i < count; ++i) {
        heif_image_handle* raw = nullptr;
        if (heif_context_get_image_handle(m_context.get(), ids[static_cast<std::size_t>(i)], &raw).code !=
            heif_error_Ok)
            continue;
        const HeifHandle handle(raw);
        if (heif_image_handle_is_primary_image(raw) == 0 &&
            std::int64_t{heif_image_handle_get_width(raw)} * heif_image_handle_get_height(raw) >= pixels)
            return true;
    }
    return false;
}

// Apple's is an auxiliary picture, ISO 21496-1's a derived one that libheif passes over.
bool HeifReader::hasGainMap() const {
    if (hasBrand("tmap")) return true;
    constexpr int filter = LIBHEIF_AUX_IMAGE_FILTER_OMIT_ALPHA | LIBHEIF_AUX_IMAGE_FILTER_OMIT_DEPTH;
    std::array<heif_item_id, 64> ids{};
    const int count = heif_image_handle_get_list_of_auxiliary_image_IDs(m_primary.get(), filter, ids.data(),
                                                                        static_cast<int>(ids.size()));
    for (int i = 0; i < count; ++i) {
        heif_image_handle* raw = nullptr;
        if (heif_image_handle_get_auxiliary_image_handle(m_primary.get(), ids[static_cast<std::size_t>(i)], &raw)
                .code != heif_error_Ok)
            continue;
        const HeifHandle handle(raw);
        const char* type = nullptr;
        if (heif_image_handle_get_auxiliary_type(raw, &type).code != heif_error_Ok || type == nullptr) continue;
        const bool isGainMap = std::string_view(type).contains("gainmap");
        heif_image_handle_free_auxiliary_types(raw, &type);
        if (isGainMap) return true;
    }
    return false;
}

// ---- pixels --------------------------------------------------------------------------------------

Result<void> HeifReader::decode(Size whose) {
    const PixelSize size = m_facts.photo.size;
    constexpr std::int64_t smallPictures = 16'000'000;
    HeifDecodeScope scope(std::int64_t{size.width} * size.height * 4 + smallPictures, m_coding);
    heif_image* raw = nullptr;
    const heif_error error =
        heif_decode_image(m_handle.get(), &raw, heif_colorspace_undefined, heif_chroma_undefined, nullptr);
    HeifImage image(raw);
    if (scope.isTooLarge()) return photoProblem("photo-too-large", "coded pictures are larger than the photo");
    if (error.code != heif_error_Ok) return problem(error);
    if (scope.isDamaged()) m_warnings.add(PhotoWarning::SlightlyDamaged);
    m_handle.reset();
    m_primary.reset();
    m_context.reset();
    m_file = {};
    if (whose == Size::IsThePictures) {
        m_facts.photo.size = {heif_image_get_primary_width(image.get()), heif_image_get_primary_height(image.get())};
        if (m_facts.photo.size.width <= 0 || m_facts.photo.size.height <= 0)
            return photoProblem("photo-damaged", "no size");
        m_facts.photo.storedSize = m_facts.photo.size;
    }
    return m_strips.begin(std::move(image), m_facts.photo);
}

Result<int> HeifReader::read(MutableStrip strip) {
    if (strip.width != m_facts.photo.size.width || strip.format != m_facts.photo.pixels || strip.rows < 0)
        return photoProblem("strip-mismatch");
    if (m_state == State::Ended) return 0;
    if (m_state == State::Failed) return photoProblem("photo-damaged", "read after a failure");
    if (m_state == State::Fresh) {
        m_state = State::Failed;
        try {
            CONTONE_CHECK(decode(Size::IsTheHandles));
        } catch (const std::bad_alloc&) {
            return photoProblem("photo-memory", "while decoding");
        } catch (const std::exception& e) {
            return photoProblem("photo-damaged", e.what());
        }
        m_state = State::Decoding;
    }
    const int rows = m_strips.read(strip);
    if (m_strips.hasSeeThrough()) m_warnings.add(PhotoWarning::AlphaFlattened);
    if (m_strips.isAtEnd()) {
        m_strips = {};
        m_state = State::Ended;
    }
    return rows;
}

enum class Which { Primary, Thumbnail };

OpenedReader openAny(const FileDescriptor& file, Which which, int longSide, const Limits& limits) {
    prepareHeif();
    auto reader = std::make_unique<HeifReader>(limits);
    try {
        CONTONE_CHECK(reader->open(file));
        if (which == Which::Primary) {
            CONTONE_CHECK(reader->usePrimary());
        } else if (const auto used = reader->useThumbnail(longSide); !used) {
            if (used.error().reason != "photo-no-preview") return std::unexpected(used.error());
            return reader->openThumbnailInExif();
        }
    } catch (const std::bad_alloc&) {
        return photoProblem("photo-memory", "while reading the boxes");
    } catch (const std::exception& e) {
        return photoProblem("photo-damaged", e.what());
    }
    return reader;
}

}  // namespace

void prepareHeif() {
    registerHeifDecoders();
}

OpenedReader openHeif(FileDescriptor file, const PhotoRequest&, const Limits& limits) {
    return openAny(file, Which::Primary, 0, limits);
}

OpenedReader openHeifPreview(FileDescriptor file, int longSide, const Limits& limits) {
    return openAny(file, Which::Thumbnail, longSide, limits);
}

}  // namespace contone::image
