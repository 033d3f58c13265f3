// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads printer model files and checks that their geometry can be.
#include "printers/models/load_models.h"

#include <algorithm>

#include "core/facts/fact_file.h"

namespace contone::printers {

namespace {

using facts::FactFile;
using facts::FactTable;
using facts::Need;
using print::Medium;
using print::PrinterModel;

constexpr double kMostOverscanMm = 5.0;  // dye-subs take 0.8 to 2.9 mm; more is a raster of another sheet
constexpr double kTrimToleranceMm = 0.5;

bool within(Length l, double low, double high) {
    return l >= millimetres(low) && l <= millimetres(high);
}

image::PixelFormat readDevice(const FactTable& root) {
    using image::Channels, image::Depth;
    const std::string word = root.word("device", {"rgb8", "rgb16", "gray8", "gray16"});
    return {word.starts_with("gray") ? Channels::Gray : Channels::Rgb, word.ends_with("16") ? Depth::U16 : Depth::U8};
}

/// Refuses rasters that are not those of the sheet: a swapped or mistyped number would waste paper quietly.
void checkGeometry(const FactTable& row, const Medium& m) {
    const int width = m.raster.width - m.deadLeft - m.deadRight, height = m.raster.height - m.deadTop - m.deadBottom;
    if (width < 1 || height < 1) return row.refuse("dead", "leaves nothing of the raster");
    const Edges over = print::derivedOverscan(m);
    if (!within(over.left, -kMostOverscanMm, kMostOverscanMm) || !within(over.top, -kMostOverscanMm, kMostOverscanMm))
        return row.refuse("raster",
                          "less its dead margins is not the size of the sheet; are width and height swapped?");
    const Length offX = (over.left * 2) - m.overscan.left - m.overscan.right;
    const Length offY = (over.top * 2) - m.overscan.top - m.overscan.bottom;
    if (!within(offX, -kTrimToleranceMm, kTrimToleranceMm) || !within(offY, -kTrimToleranceMm, kTrimToleranceMm))
        row.refuse("overscan_mm", "does not leave the sheet: printable area less overscan must be sheet_mm");
}

Medium readMedium(const FactTable& row) {
    Medium m;
    m.id = row.identifier("id");
    m.name = row.text("name");
    m.sheet = row.paperSize("sheet_mm", 20, 3000);
    std::tie(m.columns, m.rows) = row.pair("pieces", 1, 16);
    std::tie(m.raster.width, m.raster.height) = row.pair("raster", 1, 65000);
    const auto [dpiX, dpiY] = row.pair("dpi", 60, 2400);
    m.dpiX = Dpi{dpiX};
    m.dpiY = Dpi{dpiY};
    const FactTable dead = row.table("dead");
    m.deadLeft = dead.integer("left", 0, 10000);
    m.deadTop = dead.integer("top", 0, 10000);
    m.deadRight = dead.integer("right", 0, 10000);
    m.deadBottom = dead.integer("bottom", 0, 10000);
    m.overscan = row.has("overscan_mm") ? row.edges("overscan_mm", 0, kMostOverscanMm) : print::derivedOverscan(m);
    m.ippMedia = row.text("ipp_media", Need::Optional);
    m.pageSize = row.text("gutenprint_page", Need::Optional);
    m.cut = row.text("cut", Need::Optional);
    checkGeometry(row, m);
    return m;
}

Result<PrinterModel> readModel(const Path& path) {
    CONTONE_TRY(const FactFile file, FactFile::open(path, "printer-model"));
    const FactTable root = file.root();
    PrinterModel model;
    model.id = root.identifier("id");
    model.name = root.text("name");
    model.family = root.identifier("family");
    model.device = readDevice(root);
    model.finishes = root.texts("finishes");
    for (const FactTable& row : root.tables("media")) {
        Medium medium = readMedium(row);
        if (model.medium(medium.id)) row.refuse("id", "is there twice: " + medium.id);
        model.media.push_back(std::move(medium));
    }
    CONTONE_CHECK(file.finish(model.id));
    return model;
}

}  // namespace

Result<std::map<std::string, PrinterModel>> loadModels(const Path& share) {
    std::map<std::string, PrinterModel> models;
    CONTONE_TRY(const auto files, facts::factFiles(share / "models", "printer-model"));
    for (const Path& path : files) {
        CONTONE_TRY(PrinterModel model, readModel(path));
        models.emplace(model.id, std::move(model));
    }
    return models;
}

}  // namespace contone::printers
