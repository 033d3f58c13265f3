// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Products and papers: what a shop sells, one data file each.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/length.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "core/base/srgb.h"

namespace contone::catalog {

/// How a print looks at a resolution, best first.
enum class Sharpness { Sharp, Good, Soft, Poor };
const char* toString(Sharpness sharpness);  ///< "sharp", "good", "soft", "poor"

/// The lowest resolution on paper, in photo pixels an inch, that still counts as sharp, good and soft.
struct DpiLadder {
    Dpi sharp{240}, good{180}, soft{120};
    bool operator==(const DpiLadder&) const = default;
    Sharpness at(double dpi) const;
};

/// `unit` is the price of one print when at least `from` are ordered.
struct PriceStep {
    int from = 1;
    Money unit;
    bool operator==(const PriceStep&) const = default;
};

/// A print as it is sold. Sizes are portrait; the photo decides how it lies.
struct Product {
    std::string id;    ///< "10x15"; the file's name
    std::string name;  ///< "10 × 15 cm"
    PaperSize trim;    ///< one piece, after cutting
    Length safe;       ///< faces and text stay this far inside the trim
    Length border;     ///< inside the trim; 0: none
    /// Of the border and of what a photo shown whole leaves free. None: white paper. A coloured one also covers what
    /// the printer cuts off, so that no white shows where paper or knife drift.
    std::optional<Srgb> borderColour;
    int columns = 1, rows = 1;  ///< pieces on one sheet, cut apart by the printer's knife; pieces meet at the knife
    std::vector<std::string> finishes;  ///< "glossy", "matte": the first is the default
    std::vector<std::string> papers;    ///< ids of papers it may be printed on
    DpiLadder ladder;
    std::vector<PriceStep> prices;  ///< ascending `from`, the first is 1
    bool operator==(const Product&) const = default;

    /// The sheet before cutting: columns x rows pieces.
    PaperSize sheet() const { return {trim.width * columns, trim.height * rows}; }
    /// The price of one when `quantity` are ordered (1 or more).
    const Money& unitPrice(int quantity) const;
};

struct Paper {
    std::string id, name;
    std::string finish;
    int gramsPerSquareMetre = 0;
    /// Output sharpening: the standard deviation of its blur, and its strength against that of glossy paper. A surface
    /// that scatters more light needs both larger.
    Length sharpenRadius = Length::micrometres(90);
    int sharpenPercent = 100;
    bool operator==(const Paper&) const = default;
};

/// All products and papers. Immutable after load; thread-safe.
class Catalog {
  public:
    /// Reads `share`/products/*.toml and `share`/papers/*.toml. Unknown keys, missing keys, wrong units and ids that
    /// differ from the file name are refused by file, line and reason: Invalid "product-file".
    static Result<Catalog> load(const Path& share);
    /// Fails: NotFound "product-unknown", with the ids that exist in the message.
    Result<Product> product(const std::string& id) const;
    Result<Paper> paper(const std::string& id) const;
    const std::map<std::string, Product>& products() const { return m_products; }
    const std::map<std::string, Paper>& papers() const { return m_papers; }
    /// The largest product, by area of one piece, on which an upright photo of this many pixels is at least `as`
    /// sharp when it fills the piece; nullptr when none is.
    const Product* largestAt(int photoWidth, int photoHeight, Sharpness as) const;

  private:
    std::map<std::string, Product> m_products;
    std::map<std::string, Paper> m_papers;
};

}  // namespace contone::catalog
