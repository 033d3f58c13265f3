// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Products and papers: what a shop sells, one data file each.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/enum_words.h"
#include "core/base/file.h"
#include "core/base/length.h"
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

/// Under which heading people look for a product, and what it is for.
enum class ProductKind { Print, Square, Panorama, Strip, IdSheet, Wallets, Card, Calendar };
constexpr auto wordsOf(ProductKind) {
    return enumWords<ProductKind>(
        "bad-kind",
        "Say what kind of product it is: print, square, panorama, strip, id-sheet, wallets, card or calendar.",
        {{ProductKind::Print, "print"},
         {ProductKind::Square, "square"},
         {ProductKind::Panorama, "panorama"},
         {ProductKind::Strip, "strip"},
         {ProductKind::IdSheet, "id-sheet"},
         {ProductKind::Wallets, "wallets"},
         {ProductKind::Card, "card"},
         {ProductKind::Calendar, "calendar"}});
}
using contone::toString;

/// A print as it is sold; what it costs stands in the price list (core/pricing). Sizes are portrait; the photo decides
/// how it lies.
struct Product {
    std::string id;    ///< "10x15"; the file's name
    std::string name;  ///< "10 × 15 cm"
    ProductKind kind = ProductKind::Print;
    PaperSize trim;  ///< one piece, after cutting
    Length safe;     ///< faces and text stay this far inside the trim
    Length border;   ///< inside the trim; 0: none
    /// Of the border and of what a photo shown whole leaves free. None: white paper. A coloured one also covers what
    /// the printer cuts off, so that no white shows where paper or knife drift.
    std::optional<Srgb> borderColour;
    int columns = 1, rows = 1;  ///< pieces on one sheet, cut apart by the printer's knife; pieces meet at the knife
    std::vector<std::string> finishes;  ///< "glossy", "matte": the first is the default
    std::vector<std::string> papers;    ///< ids of papers it may be printed on
    DpiLadder ladder;
    bool operator==(const Product&) const = default;

    /// The sheet before cutting: columns x rows pieces.
    PaperSize sheet() const { return {trim.width * columns, trim.height * rows}; }
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
    /// The largest print or square, by area, on which an upright photo of this many pixels is at least `as`
    /// sharp when it fills the piece; nullptr when none is.
    const Product* largestAt(int photoWidth, int photoHeight, Sharpness as) const;

  private:
    std::map<std::string, Product> m_products;
    std::map<std::string, Paper> m_papers;
};

}  // namespace contone::catalog
