// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OpenImageIO sees the file through FileProxy, is asked for rows in their own type, and throws no further than here.
#include "core/image/longtail/oiio_reader.h"

#include <OpenImageIO/filesystem.h>
#include <OpenImageIO/imageio.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/image/longtail/float_encoder.h"
#include "core/image/longtail/jp2_head_p.h"

namespace contone::image {
namespace {

using OIIO::ImageInput;
using OIIO::ImageSpec;
using OIIO::TypeDesc;

class FileProxy final : public OIIO::Filesystem::IOProxy {
  public:
    explicit FileProxy(FileBytes file) : IOProxy("photo", Read), m_file(std::move(file)) {}
    const char* proxytype() const override { return "contone"; }
    std::size_t read(void* to, std::size_t size) override {
        const std::size_t n = pread(to, size, m_pos);
        m_pos += static_cast<std::int64_t>(n);
        return n;
    }
    std::size_t pread(void* to, std::size_t size, std::int64_t offset) override {
        return m_file.readSome(offset, {static_cast<std::byte*>(to), size}).value_or(0);
    }
    std::size_t size() const override { return static_cast<std::size_t>(m_file.size()); }
    const FileBytes& file() const { return m_file; }

  private:
    FileBytes m_file;
};

class OiioReader final : public PhotoReader {
  public:
    OiioReader(FileBytes file, PhotoFormat format, const char* plugin, const Limits& limits)
        : m_proxy(std::move(file)), m_plugin(plugin), m_limits(limits) {
        m_facts.photo.format = format;
    }
    Result<void> open();
    const CodecFacts& facts() const override { return m_facts; }
    Result<int> read(MutableStrip strip) override;
    PhotoWarnings warnings() const override { return m_warnings; }

  private:
    Result<void> checkBeforeOpening();
    Result<void> checkSize(std::int64_t width, std::int64_t height) const;
    Result<void> checkMemory(std::int64_t bytes) const;
    Result<void> readFacts();
    Result<void> chooseChannels();
    void chooseCurve();
    Result<void> readColour();
    Result<void> fill();
    bool readRows(int from, int to);
    template <class T>
    void flatten(const T* from, T* to);
    void encode(const float* from, std::uint16_t* to);
    void noteMorePictures();

    FileProxy m_proxy;  // outlives m_input
    std::string m_plugin;
    Limits m_limits;
    CodecFacts m_facts;
    PhotoWarnings m_warnings;
    std::unique_ptr<ImageInput> m_input;
    ImageSpec m_spec;
    std::optional<Jp2Head> m_jp2;
    std::optional<FloatEncoder> m_encoder;  // the samples are light, not signal
    int m_first = 0, m_count = 0;           // the channels that are asked for
    std::array<int, 4> m_pick{};            // the colours among them
    int m_alpha = -1;                       // among them
    bool m_isPremultiplied = false;
    TypeDesc m_type;  // asked for: the file's own, or float for half
    Bytes m_rows;     // as they come
    int m_rowsFrom = 0, m_rowsTo = 0, m_y = 0;
    bool m_isSeeThrough = false;
};

constexpr int rowsAtOnce = 64;

// ---- opening -----------------------------------------------------------------------------------

Result<void> OiioReader::checkSize(std::int64_t width, std::int64_t height) const {
    if (width < 1 || height < 1) return photoProblem("photo-damaged", "a picture of no size");
    if (width > longestPhotoSide || height > longestPhotoSide || width * height > m_limits.maxPixels)
        return photoProblem("photo-too-large", std::to_string(width) + "x" + std::to_string(height));
    return {};
}

Result<void> OiioReader::checkMemory(std::int64_t bytes) const {
    if (bytes <= m_limits.maxWholeFrameBytes) return {};
    return photoNeedsMemory(bytes, m_limits.maxWholeFrameBytes, m_plugin);
}

// Some plugins decode everything as they open: what they would spend is checked before.
Result<void> OiioReader::checkBeforeOpening() {
    std::int64_t bytes = 0;
    if (m_plugin == "gif") {
        std::array<std::byte, 10> head{};
        CONTONE_CHECK(m_proxy.file().read(0, head));
        const std::int64_t width = littleEndian(std::span(head).subspan(6, 2));
        const std::int64_t height = littleEndian(std::span(head).subspan(8, 2));
        CONTONE_CHECK(checkSize(width, height));
        bytes = width * height * 4;
    } else if (m_plugin == "dpx") {  // OpenImageIO makes room for the user data before it looks for them
        std::array<std::byte, 4> stored{};
        std::byte first{};
        CONTONE_CHECK(m_proxy.file().read(0, std::span(&first, 1)));
        CONTONE_CHECK(m_proxy.file().read(32, stored));  // SMPTE ST 268-1: length of the user data
        const std::uint32_t length = first == std::byte{'X'} ? littleEndian(stored) : bigEndian(stored);
        constexpr std::uint32_t undefined = 0xffffffff;
        if (length != undefined && length > m_proxy.file().size()) return photoProblem("photo-truncated", "user data");
    } else if (m_plugin == "jpeg2000") {
        CONTONE_TRY(m_jp2, readJp2Head(m_proxy.file()));
        CONTONE_CHECK(checkSize(m_jp2->size.width, m_jp2->size.height));
        bytes = std::int64_t{m_jp2->size.width} * m_jp2->size.height * m_jp2->components * 8;  // OpenJPEG: two of int
    }
    return checkMemory(bytes);
}

Result<void> OiioReader::open() {
    CONTONE_CHECK(checkBeforeOpening());
    m_input = ImageInput::create(m_plugin, false, nullptr, "");
    if (!m_input) return photoProblem("photo-format", OIIO::geterror());
    // For OpenJPEG one thread would be one more than the caller; below zero it is left alone and starts none.
    m_input->threads(m_plugin == "jpeg2000" ? -1 : 1);
    ImageSpec config;
    OIIO::Filesystem::IOProxy* proxy = &m_proxy;
    config.attribute("oiio:ioproxy", TypeDesc::PTR, static_cast<const void*>(&proxy));
    config.attribute("oiio:UnassociatedAlpha", 1);
    config.attribute("oiio:RawColor", 1);
    if (!m_input->open("photo", m_spec, config)) return photoProblem("photo-damaged", m_input->geterror());
    CONTONE_CHECK(checkSize(m_spec.width, m_spec.height));
    if (m_spec.deep || m_spec.depth > 1 || m_spec.tile_depth > 1)
        return photoProblem("photo-feature", "deep or a volume");
    if (m_spec.tile_width > 0 && m_plugin != "openexr") return photoProblem("photo-feature", "tiles or a cube map");
    CONTONE_CHECK(chooseChannels());
    CONTONE_CHECK(readFacts());
    CONTONE_CHECK(readColour());
    m_facts.photo.warnings = m_warnings;
    return {};
}

Result<void> OiioReader::chooseChannels() {
    const auto named = [&](const char* name) {
        const auto at = std::ranges::find(m_spec.channelnames, name);
        return at == m_spec.channelnames.end() ? -1 : static_cast<int>(at - m_spec.channelnames.begin());
    };
    const int red = named("R"), green = named("G"), blue = named("B");
    const bool isCmyk = m_jp2 && m_jp2->isCmyk && m_spec.nchannels == 4;
    Channels channels = Channels::Gray;
    if (isCmyk) {
        channels = Channels::Cmyk;
        m_pick = {0, 1, 2, 3};
    } else if (red >= 0 && green >= 0 && blue >= 0) {
        channels = Channels::Rgb;
        m_pick = {red, green, blue, 0};
    } else if (m_spec.nchannels <= 2) {
        m_pick = {0, 0, 0, 0};
    } else if (named("Y") >= 0) {
        m_pick = {named("Y"), 0, 0, 0};
    } else {
        return photoProblem("photo-feature", std::to_string(m_spec.nchannels) + " channels without red, green, blue");
    }
    m_alpha = isCmyk ? -1 : m_plugin == "gif" ? 3 : std::max(m_spec.alpha_channel, named("A"));
    if (m_alpha >= m_spec.nchannels) m_alpha = -1;
    int last = m_alpha;
    m_first = m_alpha >= 0 ? m_alpha : m_spec.nchannels;
    for (int c = 0; c < count(channels); ++c) {
        last = std::max(last, m_pick[static_cast<std::size_t>(c)]);
        m_first = std::min(m_first, m_pick[static_cast<std::size_t>(c)]);
    }
    m_count = last + 1 - m_first;
    for (int& pick : m_pick) pick -= m_first;
    if (m_alpha >= 0) m_alpha -= m_first;
    m_facts.photo.pixels.channels = channels;
    return {};
}

Result<void> OiioReader::readFacts() {
    PhotoFacts& photo = m_facts.photo;
    photo.storedSize = photo.size = {m_spec.width, m_spec.height};
    photo.orientation = orientationFromExif(m_spec.get_int_attribute("Orientation", 1));
    m_facts.saysOrientation = m_spec.find_attribute("Orientation") != nullptr;
    const auto base = static_cast<TypeDesc::BASETYPE>(m_spec.format.basetype);
    switch (base) {
        case TypeDesc::UINT8:
        case TypeDesc::UINT16:
            m_type = base;
            photo.pixels.depth = base == TypeDesc::UINT8 ? Depth::U8 : Depth::U16;
            break;
        case TypeDesc::HALF:
        case TypeDesc::FLOAT:
            m_type = TypeDesc::FLOAT;
            photo.pixels.depth = Depth::U16;
            if (base == TypeDesc::FLOAT) m_warnings.add(PhotoWarning::ReducedDepth);
            break;
        default:
            return photoProblem("photo-feature", std::string("samples of type ") + m_spec.format.c_str());
    }
    photo.bitsPerSample =
        std::clamp(m_jp2 ? m_jp2->bits
                         : m_spec.get_int_attribute("oiio:BitsPerSample", static_cast<int>(m_spec.format.size()) * 8),
                   1, 32);
    m_isPremultiplied = m_plugin == "openexr";
    const std::size_t bytes =
        static_cast<std::size_t>(m_spec.width) * static_cast<std::size_t>(m_count) * m_type.size();
    const std::size_t all = bytes * static_cast<std::size_t>(std::max(rowsAtOnce, m_spec.tile_height));
    CONTONE_CHECK(checkMemory(static_cast<std::int64_t>(all)));
    // OpenImageIO unpacks all of a DDS at the first row.
    if (m_plugin == "dds")
        CONTONE_CHECK(
            checkMemory(std::int64_t{m_spec.width} * m_spec.height * m_spec.nchannels + m_proxy.file().size()));
    m_rows.resize(all);
    return {};
}

void OiioReader::chooseCurve() {
    ColourSignals& colours = m_facts.colours;
    // Of IEC 61966-2-1, which OpenEXR takes for granted: red, green, blue, white; x then y.
    static constexpr std::array<float, 8> srgb{0.64F, 0.33F, 0.30F, 0.60F, 0.15F, 0.06F, 0.3127F, 0.3290F};
    std::array<float, 8> said{};
    const bool isSaid = m_spec.getattribute("chromaticities", TypeDesc(TypeDesc::FLOAT, 8), said.data()) &&
                        std::ranges::all_of(said, [](float v) { return v > -2 && v < 2; });
    bool isOther = false;
    for (std::size_t i = 0; isSaid && i < 8; ++i) isOther |= std::abs(said[i] - srgb[i]) > 0.002F;
    m_encoder.emplace(isOther ? FloatEncoder::Curve::Power22 : FloatEncoder::Curve::Srgb);
    if (!isOther) {
        colours.saysSrgb = true;
        return;
    }
    std::array<std::int32_t, 8> places{};
    for (std::size_t i = 0; i < 8; ++i)  // white comes first there
        places[i] = static_cast<std::int32_t>(std::lround(said[(i + 6) % 8] * 100'000));
    colours.gama = Gama{45455, places};
}

Result<void> OiioReader::readColour() {
    ColourSignals& colours = m_facts.colours;
    if (const OIIO::ParamValue* profile = m_spec.find_attribute("ICCProfile")) {
        const auto* first = static_cast<const std::byte*>(profile->data());
        const auto size = static_cast<std::size_t>(profile->datasize());
        colours.profileDamaged = size < 128 || size > 16'000'000;
        if (colours.profileDamaged) m_warnings.add(PhotoWarning::ProfileDamaged);
        if (!colours.profileDamaged) colours.profile = EmbeddedProfile{Sha256::of(std::span(first, size)), {}};
        if (colours.profile) colours.profile->bytes.assign(first, first + size);
    }
    const std::string space = m_spec.get_string_attribute("oiio:ColorSpace");
    if (m_plugin == "dpx" && space.find("Log") != std::string::npos)
        return photoProblem("photo-feature", "DPX of film densities");
    if (m_type != TypeDesc::FLOAT && (space == "Linear" || space == "linear"))
        return photoProblem("photo-feature", "whole numbers of linear light");
    if (m_type == TypeDesc::FLOAT) chooseCurve();
    return {};
}

// ---- rows --------------------------------------------------------------------------------------

bool OiioReader::readRows(int from, int to) {
    const int first = m_spec.y + from, end = m_spec.y + to;
    if (m_spec.tile_width > 0)
        return m_input->read_tiles(0, 0, m_spec.x, m_spec.x + m_spec.width, first, end, m_spec.z, m_spec.z + 1, m_first,
                                   m_first + m_count, m_type, m_rows.data());
    return m_input->read_scanlines(0, 0, first, end, m_spec.z, m_first, m_first + m_count, m_type, m_rows.data());
}

Result<void> OiioReader::fill() {
    if (m_y < m_rowsTo) return {};
    const int rows = std::min(m_spec.tile_width > 0 ? m_spec.tile_height : rowsAtOnce, m_spec.height - m_y);
    if (!readRows(m_y, m_y + rows)) return photoProblem("photo-damaged", m_input->geterror());
    m_rowsFrom = m_y;
    m_rowsTo = m_y + rows;
    return {};
}

// Straight alpha over white, in the file's own signal.
template <class T>
void OiioReader::flatten(const T* from, T* to) {
    constexpr std::uint64_t most = sizeof(T) == 1 ? 255 : 65535;
    const int colours = count(m_facts.photo.pixels.channels);
    for (int x = 0; x < m_spec.width; ++x, from += m_count)
        for (int c = 0; c < colours; ++c) {
            std::uint64_t value = from[m_pick[static_cast<std::size_t>(c)]];
            if (m_alpha >= 0 && from[m_alpha] != most) {
                const std::uint64_t alpha = from[m_alpha];
                value = (value * alpha + most * (most - alpha) + most / 2) / most;
                m_isSeeThrough = true;
            }
            *to++ = static_cast<T>(value);
        }
}

// Light over white light; OpenEXR's colours have been multiplied with their alpha already.
void OiioReader::encode(const float* from, std::uint16_t* to) {
    const int colours = count(m_facts.photo.pixels.channels);
    for (int x = 0; x < m_spec.width; ++x, from += m_count)
        for (int c = 0; c < colours; ++c) {
            float value = from[m_pick[static_cast<std::size_t>(c)]];
            if (m_alpha >= 0 && from[m_alpha] < 1) {
                const float alpha = std::max(from[m_alpha], 0.0F);
                value = (m_isPremultiplied ? value : value * alpha) + (1 - alpha);
                m_isSeeThrough = true;
            }
            if (value > 1.0001F) m_warnings.add(PhotoWarning::HdrClipped);
            *to++ = m_encoder ? m_encoder->encode(value) : std::uint16_t{0};
        }
}

void OiioReader::noteMorePictures() {
    if (m_plugin == "gif") {
        if (m_input->seek_subimage(1, 0)) m_warnings.add(PhotoWarning::FirstFrameOnly);
    } else if (m_spec.get_int_attribute("oiio:subimages", 1) > 1) {
        m_warnings.add(PhotoWarning::FirstPageOnly);
    }
}

Result<int> OiioReader::read(MutableStrip strip) try {
    const PhotoFacts& photo = m_facts.photo;
    if (strip.width != photo.size.width || strip.format != photo.pixels) return photoProblem("strip-mismatch");
    const int rows = std::min(strip.rows, photo.size.height - m_y);
    const std::size_t rowBytes =
        static_cast<std::size_t>(m_spec.width) * static_cast<std::size_t>(m_count) * m_type.size();
    for (int i = 0; i < rows; ++i, ++m_y) {
        CONTONE_CHECK(fill());
        const std::byte* from = m_rows.data() + rowBytes * static_cast<std::size_t>(m_y - m_rowsFrom);
        if (m_encoder)
            encode(reinterpret_cast<const float*>(from), strip.row<std::uint16_t>(i));
        else if (photo.pixels.depth == Depth::U8)
            flatten(reinterpret_cast<const std::uint8_t*>(from), strip.row<std::uint8_t>(i));
        else
            flatten(reinterpret_cast<const std::uint16_t*>(from), strip.row<std::uint16_t>(i));
    }
    if (m_isSeeThrough) m_warnings.add(PhotoWarning::AlphaFlattened);
    if (rows > 0 && m_y == photo.size.height) noteMorePictures();
    return rows;
} catch (const std::bad_alloc&) {
    return photoProblem("photo-memory", "OpenImageIO");
} catch (const std::exception& e) {
    return photoProblem("photo-damaged", e.what());
}

}  // namespace

OpenedReader openOiio(FileBytes file, PhotoFormat format, const char* plugin, const Limits& limits) try {
    auto reader = std::make_unique<OiioReader>(std::move(file), format, plugin, limits);
    CONTONE_CHECK(reader->open());
    return reader;
} catch (const std::bad_alloc&) {
    return photoProblem("photo-memory", "OpenImageIO");
} catch (const std::exception& e) {
    return photoProblem("photo-damaged", e.what());
}

}  // namespace contone::image
