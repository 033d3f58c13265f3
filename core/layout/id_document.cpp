// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads documents from their files and checks that their numbers fit together.
#include "core/layout/id_document.h"

#include <algorithm>

#include "core/facts/fact_file.h"

namespace contone::layout {
namespace {

using facts::FactFile;
using facts::FactTable;
using facts::Need;

// A side below this is an inch taken for a millimetre.
constexpr double kSmallestMm = 15, kLargestMm = 200;

LengthRange readRange(const FactTable& root, std::string_view key, const PaperSize& size) {
    const FactTable row = root.table(key);
    const LengthRange range{row.millimetres("low_mm", 0, kLargestMm), row.millimetres("high_mm", 0, kLargestMm)};
    if (range.low > range.high) root.refuse(key, "must rise: low_mm is above high_mm");
    if (range.high > size.height) root.refuse(key, "does not lie on a photo of this size");
    return range;
}

std::optional<LengthRange> readOptionalRange(const FactTable& root, std::string_view key, const PaperSize& size) {
    if (!root.has(key)) return std::nullopt;
    return readRange(root, key, size);
}

std::string readCountry(const FactTable& root) {
    std::string country = root.text("country");
    const auto isLetter = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (!country.empty() && (country.size() != 2 || !std::ranges::all_of(country, isLetter)))
        root.refuse("country", "must be two capital letters, as in DE");
    return country;
}

Result<IdDocument> readDocument(const Path& path) {
    CONTONE_TRY(const FactFile file, FactFile::open(path, "id-photo"));
    const FactTable root = file.root();
    IdDocument d;
    d.id = root.identifier("id");
    d.country = readCountry(root);
    d.name = root.text("name");
    d.size = root.paperSize("size_mm", kSmallestMm, kLargestMm);
    d.head = readRange(root, "head", d.size);
    d.eyes = readOptionalRange(root, "eyes", d.size);
    d.topGap = readOptionalRange(root, "top_gap", d.size);
    if (root.has("head") && d.head.low < millimetres(5)) root.refuse("head", "must be at least 5 mm");
    if (d.topGap && d.topGap->low + d.head.low > d.size.height) root.refuse("top_gap", "leaves no room for the head");
    d.note = root.text("note", Need::Optional);
    d.sources = root.texts("sources");
    CONTONE_CHECK(file.finish(d.id));
    return d;
}

}  // namespace

Result<std::map<std::string, IdDocument>> loadIdDocuments(const Path& share) {
    CONTONE_TRY(const auto files, facts::factFiles(share / "id-photos", "id-photo"));
    std::map<std::string, IdDocument> documents;
    for (const Path& path : files) {
        CONTONE_TRY(IdDocument document, readDocument(path));
        documents.emplace(document.id, document);
    }
    return documents;
}

}  // namespace contone::layout
