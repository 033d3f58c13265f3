// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads products and papers from their files and checks that they fit together.
#include <algorithm>

#include "core/catalog/product.h"
#include "core/facts/fact_file.h"

namespace contone::catalog {

namespace {

using facts::FactFile;
using facts::FactTable;
using facts::Need;

// A size below this is an inch taken for a millimetre, one above it a micrometre.
constexpr double kSmallestPieceMm = 20, kLargestPieceMm = 3000;

ProductKind readKind(const FactTable& root) {
    std::vector<std::string> words;
    for (const auto& row : wordTable<ProductKind>.words) words.emplace_back(row.word);
    return parse<ProductKind>(root.word("kind", words)).value_or(ProductKind::Print);
}

DpiLadder readLadder(const FactTable& root) {
    const FactTable row = root.table("dpi");
    const DpiLadder ladder{
        {row.integer("sharp", 1, 2400)}, {row.integer("good", 1, 2400)}, {row.integer("soft", 1, 2400)}};
    if (ladder.sharp < ladder.good || ladder.good < ladder.soft) root.refuse("dpi", "must fall: sharp ≥ good ≥ soft");
    return ladder;
}

void checkPapers(const FactTable& root, const Product& product, const std::map<std::string, Paper>& papers) {
    for (const std::string& id : product.papers) {
        if (papers.contains(id)) continue;
        return root.refuse("papers", "names " + id + ", but there is no such paper");
    }
    for (const std::string& finish : product.finishes) {
        const auto has = [&](const std::string& id) { return papers.contains(id) && papers.at(id).finish == finish; };
        if (std::ranges::none_of(product.papers, has))
            root.refuse("finishes", "offers " + finish + ", but no paper of it");
    }
}

void checkSizes(const FactTable& root, const Product& product) {
    if (product.trim.isLandscape())
        root.refuse("trim_mm", "must be portrait: width first, the photo decides how it lies");
    const Length inside = product.safe * 2, frame = product.border * 2;
    if (inside >= product.trim.width) root.refuse("safe_mm", "leaves nothing of the print");
    if (frame >= product.trim.width) root.refuse("border_mm", "leaves nothing of the print");
}

std::optional<Srgb> readBorderColour(const FactTable& root) {
    if (!root.has("border_colour")) return std::nullopt;
    const auto colour = parseSrgb(root.text("border_colour"));
    if (!colour) root.refuse("border_colour", "must be # and six digits, as in #1e2a3c");
    if (!root.has("border_mm")) root.refuse("border_colour", "needs a border: say border_mm");
    return colour ? std::optional(*colour) : std::nullopt;
}

Result<Product> readProduct(const Path& path, const std::map<std::string, Paper>& papers) {
    CONTONE_TRY(const FactFile file, FactFile::open(path, "product"));
    const FactTable root = file.root();
    Product p;
    p.id = root.identifier("id");
    p.name = root.text("name");
    p.kind = readKind(root);
    p.trim = root.paperSize("trim_mm", kSmallestPieceMm, kLargestPieceMm);
    p.safe = root.millimetres("safe_mm", 0, 50);
    p.border = root.millimetres("border_mm", 0, 100, Need::Optional);
    p.borderColour = readBorderColour(root);
    const auto [columns, rows] = root.pair("pieces", 1, 16);
    p.columns = columns;
    p.rows = rows;
    p.finishes = root.texts("finishes");
    p.papers = root.texts("papers");
    p.ladder = readLadder(root);
    checkSizes(root, p);
    checkPapers(root, p, papers);
    CONTONE_CHECK(file.finish(p.id));
    return p;
}

Result<Paper> readPaper(const Path& path) {
    CONTONE_TRY(const FactFile file, FactFile::open(path, "paper"));
    const FactTable root = file.root();
    Paper p;
    p.id = root.identifier("id");
    p.name = root.text("name");
    p.finish = root.identifier("finish");
    p.gramsPerSquareMetre = root.integer("grams_per_square_metre", 40, 1000);
    p.sharpenRadius = root.millimetres("sharpen_radius_mm", 0.03, 0.3);
    p.sharpenPercent = root.integer("sharpen_percent", 10, 240);
    CONTONE_CHECK(file.finish(p.id));
    return p;
}

template <class Map>
std::string idsOf(const Map& map) {
    std::string all;
    for (const auto& [id, value] : map) all += (all.empty() ? "" : ", ") + id;
    return all;
}

}  // namespace

Result<Catalog> Catalog::load(const Path& share) {
    Catalog catalog;
    CONTONE_TRY(const auto paperFiles, facts::factFiles(share / "papers", "paper"));
    for (const Path& path : paperFiles) {
        CONTONE_TRY(Paper paper, readPaper(path));
        catalog.m_papers.emplace(paper.id, paper);
    }
    CONTONE_TRY(const auto productFiles, facts::factFiles(share / "products", "product"));
    for (const Path& path : productFiles) {
        CONTONE_TRY(Product product, readProduct(path, catalog.m_papers));
        catalog.m_products.emplace(product.id, product);
    }
    return catalog;
}

Result<Product> Catalog::product(const std::string& id) const {
    if (const auto it = m_products.find(id); it != m_products.end()) return it->second;
    return fail(Code::NotFound, "product-unknown",
                "There is no product \"" + id + "\". Choose one of: " + idsOf(m_products) + ".");
}

Result<Paper> Catalog::paper(const std::string& id) const {
    if (const auto it = m_papers.find(id); it != m_papers.end()) return it->second;
    return fail(Code::NotFound, "paper-unknown",
                "There is no paper \"" + id + "\". Choose one of: " + idsOf(m_papers) + ".");
}

const Product* Catalog::largestAt(int photoWidth, int photoHeight, Sharpness as) const {
    const double longer = std::max(photoWidth, photoHeight), shorter = std::min(photoWidth, photoHeight);
    const auto area = [](const Product& p) { return p.trim.width.inches() * p.trim.height.inches(); };
    const Product* best = nullptr;
    for (const auto& [id, product] : m_products) {
        if (product.kind != ProductKind::Print && product.kind != ProductKind::Square) continue;
        // Filling the piece, the axis with less to spare sets the resolution; sizes are portrait.
        const double dpi = std::min(shorter / product.trim.width.inches(), longer / product.trim.height.inches());
        if (product.ladder.at(dpi) <= as && (!best || area(product) > area(*best))) best = &product;
    }
    return best;
}

}  // namespace contone::catalog
