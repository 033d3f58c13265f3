// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the tags say of the photo, and the loop over its rows.
#include "core/image/codecs/tiff_reader.h"

#include <algorithm>
#include <cassert>
#include <new>
#include <optional>

#include "core/image/codecs/tiff_exif_p.h"
#include "core/image/codecs/tiff_rows_p.h"
#include "core/image/codecs/tiff_samples_p.h"

namespace contone::image {
namespace {

std::string textOf(TIFF* tiff, std::uint32_t tag) {
    constexpr std::size_t most = 64;
    const char* text = nullptr;
    std::string result;
    if (TIFFGetField(tiff, tag, &text) == 0 || text == nullptr) return result;
    for (; *text != 0 && result.size() < most; ++text)
        if (*text >= 0x20 && *text < 0x7F) result += *text;
    while (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

class TiffReader final : public PhotoReader {
  public:
    TiffReader(FileDescriptor file, const Limits& limits) : m_file(std::move(file), limits) {}

    Result<void> open();
    const CodecFacts& facts() const override { return m_facts; }
    Result<int> read(MutableStrip strip) override;
    PhotoWarnings warnings() const override;

  private:
    void readProfile();
    void readCamera();
    void readExif();
    void setFacts();
    Result<void> startRows();
    Result<bool> holdsPixelValues();
    int readRows(MutableStrip strip);

    TiffFile m_file;
    TiffLayout m_layout;
    CodecFacts m_facts;
    std::unique_ptr<TiffRows> m_rows;
    std::optional<TiffSamples> m_samples;
    int m_nextRow = 0;
    std::optional<Error> m_failure;
};

Result<void> TiffReader::open() {
    CONTONE_CHECK(m_file.open());
    // Before the layout, which may tell libtiff that all is upright.
    std::uint16_t orientation = 1;
    m_facts.saysOrientation = TIFFGetField(m_file.tiff(), TIFFTAG_ORIENTATION, &orientation) == 1;
    m_facts.photo.orientation = orientationFromExif(orientation);
    CONTONE_TRY(m_layout, readTiffLayout(m_file));
    readProfile();
    readCamera();
    readExif();
    setFacts();
    CONTONE_CHECK(startRows());
    m_file.listen();
    return {};
}

Result<void> TiffReader::startRows() {
    const bool isFloat = m_layout.number == TiffLayout::Number::Float;
    CONTONE_TRY(const bool isPixels, isFloat ? holdsPixelValues() : Result<bool>(false));
    if (isPixels) m_facts.photo.warnings.add(PhotoWarning::NumbersScaled);
    const bool hasCurve = m_facts.colours.profile.has_value() || isPixels;
    // The strips of light get sRGB's curve: another space's name from EXIF would be wrong for them.
    if (isFloat && !hasCurve && m_facts.colours.exifColorSpace != ExifColorSpace::Srgb) {
        m_facts.colours.exifColorSpace = ExifColorSpace::Absent;
        m_facts.colours.exifInterop = ExifInterop::Absent;
    }
    m_samples.emplace(m_layout, hasCurve ? FloatCurve::AsIs : FloatCurve::Srgb, isPixels ? 255.0f : 1.0f);
    CONTONE_TRY(m_rows, tiffRows(m_file, m_layout));
    return {};
}

/// Looks at the first rows, which are all of an ordinary picture. What is wrong with them is told when they are read.
Result<bool> TiffReader::holdsPixelValues() {
    constexpr std::int64_t most = 64'000'000;
    CONTONE_TRY(const auto rows, tiffRows(m_file, m_layout));
    TiffSamples samples(m_layout, FloatCurve::AsIs);
    FloatRange range;
    for (int y = 0; y < m_layout.size.height && range.samples < most; ++y) {
        const auto planes = rows->next();
        if (!planes) break;
        samples.look(*planes, range);
    }
    return range.isPixelValues();
}

void TiffReader::readProfile() {
    constexpr std::uint32_t least = 128, most = 16u << 20;
    std::uint32_t size = 0;
    const std::byte* bytes = nullptr;
    if (TIFFGetField(m_file.tiff(), TIFFTAG_ICCPROFILE, &size, &bytes) == 0) return;
    if (bytes == nullptr || size < least || size > most) {
        m_facts.colours.profileDamaged = true;
        m_facts.photo.warnings.add(PhotoWarning::ProfileDamaged);
        return;
    }
    EmbeddedProfile profile;
    profile.bytes.assign(bytes, bytes + size);
    profile.hash = Sha256::of(profile.bytes);
    m_facts.colours.profile = std::move(profile);
}

void TiffReader::readCamera() {
    const std::string make = textOf(m_file.tiff(), TIFFTAG_MAKE), model = textOf(m_file.tiff(), TIFFTAG_MODEL);
    m_facts.photo.camera = model.starts_with(make) ? model : model.empty() ? make : make + " " + model;
    m_facts.photo.camera.resize(std::min<std::size_t>(m_facts.photo.camera.size(), 64));
}

void TiffReader::readExif() {
    std::uint64_t offset = 0;
    if (TIFFGetField(m_file.tiff(), TIFFTAG_EXIFIFD, &offset) == 0 || offset == 0) return;
    TiffExif exif = readTiffExif(m_file.fd(), offset);
    m_facts.colours.exifColorSpace = exif.colorSpace;
    m_facts.colours.exifInterop = exif.interop;
    m_facts.photo.takenAt = std::move(exif.takenAt);
    if (exif.isDamaged) m_facts.photo.warnings.add(PhotoWarning::ExifDamaged);
}

void TiffReader::setFacts() {
    PhotoFacts& photo = m_facts.photo;
    photo.format = PhotoFormat::Tiff;
    photo.storedSize = photo.size = m_layout.size;
    photo.pixels = m_layout.format();
    photo.bitsPerSample = std::min(m_layout.bitsInFile, 32);
    photo.warnings.add(m_file.pageWarnings());
    if (m_layout.bits > 16) photo.warnings.add(PhotoWarning::ReducedDepth);
    const bool isLog = m_layout.meaning == TiffLayout::Meaning::LogL || m_layout.meaning == TiffLayout::Meaning::LogLuv;
    // LogLuv says which light it means, and the strips have it in sRGB now. Floating point says nothing: sRGB's
    // primaries are assumed.
    if (isLog && !m_facts.colours.profile) m_facts.colours.saysSrgb = true;
    m_facts.colours.isLab = m_layout.isLab();
}

Result<int> TiffReader::read(MutableStrip strip) {
    if (strip.width != m_layout.size.width || strip.format != m_facts.photo.pixels || strip.rows < 0)
        return photoProblem("strip-mismatch");
    int rows = 0;
    try {
        rows = readRows(strip);
    } catch (const std::bad_alloc&) {
        m_failure = photoProblem("photo-memory", "TIFF").error();
    }
    // What came before the damage is given now, the failure with the next call.
    if (m_failure && rows == 0) return fail(*m_failure);
    return rows;
}

int TiffReader::readRows(MutableStrip strip) {
    assert(m_samples);  // open() made it
    int rows = 0;
    while (!m_failure && rows < strip.rows && m_nextRow < m_layout.size.height) {
        const auto planes = m_rows->next();
        if (!planes) {
            m_failure = planes.error();
            break;
        }
        m_samples->convert(*planes, strip.row<std::byte>(rows));
        ++rows;
        ++m_nextRow;
    }
    return rows;
}

PhotoWarnings TiffReader::warnings() const {
    PhotoWarnings all = m_facts.photo.warnings;
    assert(m_samples);
    if (m_samples->wasSeeThrough()) all.add(PhotoWarning::AlphaFlattened);
    if (m_samples->wasClipped()) all.add(PhotoWarning::HdrClipped);
    if (m_file.isOdd()) all.add(PhotoWarning::SlightlyDamaged);
    return all;
}

}  // namespace

OpenedReader openTiff(FileDescriptor file, const Limits& limits) {
    try {
        auto reader = std::make_unique<TiffReader>(std::move(file), limits);
        CONTONE_CHECK(reader->open());
        return reader;
    } catch (const std::bad_alloc&) {
        return photoProblem("photo-memory", "TIFF");
    }
}

}  // namespace contone::image
