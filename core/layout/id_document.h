// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// IdDocument: how large a photo for a passport, visa or identity card is, and where the head lies on it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/length.h"
#include "core/base/result.h"

namespace contone::layout {

/// Both limits are allowed; low ≤ high.
struct LengthRange {
    Length low, high;
    bool operator==(const LengthRange&) const = default;
    bool contains(Length length) const { return length >= low && length <= high; }
};

/// Offices change their rules: what stands here is what its sources said, and a person checks the guides before it is
/// printed. Every window that offers these documents says so.
struct IdDocument {
    std::string id;       ///< "de-passport"; the file's name
    std::string country;  ///< ISO 3166-1, two letters; "EU" for Schengen
    std::string name;     ///< "Germany: passport and identity card"
    PaperSize size;
    LengthRange head;                   ///< from the chin to the crown, the top of the skull without hair
    std::optional<LengthRange> eyes;    ///< the line of the eyes, from the lower edge
    std::optional<LengthRange> topGap;  ///< from the upper edge to the crown
    std::string note;                   ///< what else a person should look at; may be empty
    std::vector<std::string> sources;   ///< where the numbers come from
    bool operator==(const IdDocument&) const = default;
};

/// Reads `share`/id-photos/*.toml, by id. Unknown and missing keys, wrong units, ranges upside down, heads and eye
/// lines that do not lie on the photo and ids that differ from the file name are refused by file, line and reason:
/// Invalid "id-photo-file". NotFound "id-photo-files-missing" when there are none.
Result<std::map<std::string, IdDocument>> loadIdDocuments(const Path& share);

}  // namespace contone::layout
