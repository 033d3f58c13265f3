// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the OriginalFacts: photo facts as JSON, one row an original.
#include "core/image/photo_facts.h"
#include "core/json/json.h"
#include "core/store/rows.h"
#include "core/store/sqlite_store_p.h"

namespace contone::image {

constexpr auto wordsOf(PhotoFormat) {
    using enum PhotoFormat;
    return enumWords<PhotoFormat>("bad-format", "This is no format of a photo.",
                                  {{Jpeg, "jpeg"},
                                   {Png, "png"},
                                   {Tiff, "tiff"},
                                   {Heic, "heic"},
                                   {Avif, "avif"},
                                   {WebP, "webp"},
                                   {JpegXl, "jpeg-xl"},
                                   {Raw, "raw"},
                                   {Psd, "psd"},
                                   {Gif, "gif"},
                                   {Bmp, "bmp"},
                                   {OpenExr, "openexr"},
                                   {Other, "other"}});
}
constexpr auto wordsOf(SourceColour::Kind) {
    using enum SourceColour::Kind;
    return enumWords<SourceColour::Kind>("bad-colour-kind", "This is no kind of source colours.",
                                         {{Matrix, "matrix"}, {Gray, "gray"}, {Converted, "converted"}});
}
constexpr auto wordsOf(ProfileRefusal) {
    using enum ProfileRefusal;
    return enumWords<ProfileRefusal>(
        "bad-refusal", "This is no reason to pass over a profile.",
        {{None, "none"}, {Damaged, "damaged"}, {Unusable, "unusable"}, {WrongModel, "wrong-model"}});
}

}  // namespace contone::image

namespace contone::store {
namespace {

/// PhotoFacts as they are stored: the warnings as their bits, everything else in words and numbers.
struct FactsRow {
    image::PhotoFormat format = image::PhotoFormat::Jpeg;
    int width = 0, height = 0, orientation = 1, channels = 3, bits = 8, bitsPerSample = 8, jpegQuality = 0;
    bool isProgressive = false;
    image::SourceColour::Kind kind = image::SourceColour::Kind::Matrix;
    std::string basis;
    image::ProfileRefusal refused = image::ProfileRefusal::None;
    Sha256 profile;
    std::string profileName;
    bool isKnown = false, isWide = false;
    std::string camera, takenAt;
    std::int64_t warnings = 0;
    std::string libraries;

    static constexpr auto fields() {
        return json::list(json::field("format", &FactsRow::format), json::field("width", &FactsRow::width),
                          json::field("height", &FactsRow::height), json::field("orientation", &FactsRow::orientation),
                          json::field("channels", &FactsRow::channels), json::field("bits", &FactsRow::bits),
                          json::field("bitsPerSample", &FactsRow::bitsPerSample),
                          json::field("progressive", &FactsRow::isProgressive),
                          json::field("jpegQuality", &FactsRow::jpegQuality), json::field("colour", &FactsRow::kind),
                          json::field("basis", &FactsRow::basis), json::field("refused", &FactsRow::refused),
                          json::field("profile", &FactsRow::profile),
                          json::field("profileName", &FactsRow::profileName), json::field("known", &FactsRow::isKnown),
                          json::field("wide", &FactsRow::isWide), json::field("camera", &FactsRow::camera),
                          json::field("takenAt", &FactsRow::takenAt), json::field("warnings", &FactsRow::warnings),
                          json::field("libraries", &FactsRow::libraries));
    }
};

FactsRow rowOf(const image::PhotoFacts& f) {
    return {.format = f.format,
            .width = f.storedSize.width,
            .height = f.storedSize.height,
            .orientation = static_cast<int>(f.orientation),
            .channels = image::count(f.pixels.channels),
            .bits = f.pixels.depth == image::Depth::U8 ? 8 : 16,
            .bitsPerSample = f.bitsPerSample,
            .jpegQuality = f.jpegQuality,
            .isProgressive = f.isProgressive,
            .kind = f.colour.kind,
            .basis = image::toString(f.colour.basis),
            .refused = f.colour.refused,
            .profile = f.colour.profile,
            .profileName = f.colour.name,
            .isKnown = f.colour.isKnown,
            .isWide = f.colour.isWide,
            .camera = f.camera,
            .takenAt = f.takenAt,
            .warnings = static_cast<std::int64_t>(f.warnings.bits()),
            .libraries = f.libraries};
}

Result<image::PhotoFacts> factsOf(const FactsRow& row) {
    const bool isPhoto = row.width > 0 && row.height > 0 && (row.bits == 8 || row.bits == 16) &&
                         (row.channels == 1 || row.channels == 3 || row.channels == 4);
    if (!isPhoto) return fail(Code::Corrupt, "store-damaged", "This is no photo.", "photo_facts");
    image::PhotoFacts f;
    f.format = row.format;
    f.storedSize = f.size = {row.width, row.height};
    f.orientation = image::orientationFromExif(row.orientation);
    f.pixels = {static_cast<image::Channels>(row.channels), row.bits == 8 ? image::Depth::U8 : image::Depth::U16};
    f.bitsPerSample = row.bitsPerSample;
    f.isProgressive = row.isProgressive;
    f.jpegQuality = row.jpegQuality;
    f.colour.kind = row.kind;
    CONTONE_TRY(f.colour.basis, image::parseSourceBasis(row.basis));
    f.colour.refused = row.refused;
    f.colour.profile = row.profile;
    f.colour.name = row.profileName;
    f.colour.isKnown = row.isKnown;
    f.colour.isWide = row.isWide;
    f.camera = row.camera;
    f.takenAt = row.takenAt;
    f.warnings = image::PhotoWarnings(static_cast<std::uint64_t>(row.warnings));
    f.libraries = row.libraries;
    return f;
}

}  // namespace

Result<void> SqliteStore::keepFacts(const Sha256& original, const image::PhotoFacts& facts) {
    return m_impl->write([&](db::Database& database) {
        return database.run("INSERT OR REPLACE INTO photo_facts (original, version, json) VALUES (?1, ?2, ?3)",
                            {original.toString(), OriginalFacts::version, json::write(rowOf(facts))});
    });
}

Result<void> SqliteStore::forgetFacts(const Sha256& original) {
    return m_impl->write([&](db::Database& database) {
        return database.run("DELETE FROM photo_facts WHERE original = ?1", {original.toString()});
    });
}

Result<std::optional<image::PhotoFacts>> SqliteStore::facts(const Sha256& original) const {
    return m_impl->read([&](db::Database& database) -> Result<std::optional<image::PhotoFacts>> {
        CONTONE_TRY(db::Statement rows,
                    database.query("SELECT json FROM photo_facts WHERE original = ?1 AND version = ?2",
                                   {original.toString(), OriginalFacts::version}));
        CONTONE_TRY(const bool isThere, rows.step());
        if (!isThere) return std::optional<image::PhotoFacts>();
        const auto row = json::read<FactsRow>(rows.text(0));
        auto facts = row ? factsOf(*row) : Result<image::PhotoFacts>(fail(row.error()));
        if (!facts) return damagedRow(facts.error());
        return std::optional(std::move(*facts));
    });
}

}  // namespace contone::store
