// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads printer model files and checks that their geometry can be.
#include "printers/models/load_models.h"

#include <algorithm>

#include "core/facts/fact_file.h"
#include "core/image/pixels.h"

namespace contone::printers {

namespace {

using facts::FactFile;
using facts::FactTable;
using facts::Need;
using print::Medium;
using print::PrinterModel;

constexpr double kMostOverscanMm = 5.0;  // dye-subs take 0.8 to 2.9 mm; more is a raster of another sheet
constexpr double kTrimToleranceMm = 0.5;
constexpr double kMostGutterMm = 10.0;  // printers listed take 0.7 to 5.7 mm

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
    const int width = m.raster.width - m.unprintableLeft - m.unprintableRight,
              height = m.raster.height - m.unprintableTop - m.unprintableBottom;
    if (width < 1 || height < 1) return row.refuse("unprintable", "leaves nothing of the raster");
    const Edges over = print::derivedOverscan(m);
    if (!within(over.left, -kMostOverscanMm, kMostOverscanMm) || !within(over.top, -kMostOverscanMm, kMostOverscanMm))
        return row.refuse("raster",
                          "less its unprintable margins is not the size of the sheet; are width and height swapped?");
    const Length offX = (over.left * 2) - m.overscan.left - m.overscan.right;
    const Length offY = (over.top * 2) - m.overscan.top - m.overscan.bottom;
    if (!within(offX, -kTrimToleranceMm, kTrimToleranceMm) || !within(offY, -kTrimToleranceMm, kTrimToleranceMm))
        row.refuse("overscan_mm",
                   "does not leave the sheet: printable area less gutters and overscan must be sheet_mm");
}

void checkCut(const FactTable& row, const Medium& m) {
    const bool isCut = m.columns * m.rows > 1;
    if (isCut == m.cut.empty()) row.refuse("cut", "must name the knife's mode, exactly when pieces are more than one");
    if (!isCut && m.gutter > Length()) row.refuse("gutter_mm", "must not be there: this sheet stays one piece");
    const bool isOption = m.cut.find('=') != std::string::npos;
    if (!m.pageSize.empty() && !isOption && !m.pageSize.ends_with(m.cut))
        row.refuse("cut", "must end the name of gutenprint_page, or be a driver's Option=Choice");
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
    const FactTable unprintable = row.table("unprintable");
    m.unprintableLeft = unprintable.integer("left", 0, 10000);
    m.unprintableTop = unprintable.integer("top", 0, 10000);
    m.unprintableRight = unprintable.integer("right", 0, 10000);
    m.unprintableBottom = unprintable.integer("bottom", 0, 10000);
    m.ippMedia = row.text("ipp_media", Need::Optional);
    m.pageSize = row.text("gutenprint_page", Need::Optional);
    m.cut = row.text("cut", Need::Optional);
    m.gutter = row.millimetres("gutter_mm", 0, kMostGutterMm, Need::Optional);
    m.overscan = row.has("overscan_mm") ? row.edges("overscan_mm", 0, kMostOverscanMm) : print::derivedOverscan(m);
    checkGeometry(row, m);
    checkCut(row, m);
    return m;
}

/// Every finish has its option, and both sides of it are named, where a driver makes the finish.
void checkFinishes(const FactTable& root, const PrinterModel& model) {
    for (const auto& [finish, option] : model.finishOptions) {
        if (std::ranges::find(model.finishes, finish) == model.finishes.end())
            root.refuse("finish_options", "names " + finish + ", which is no finish of this model");
        const std::size_t equals = option.find('=');
        if (equals == 0 || equals == std::string::npos || equals + 1 == option.size())
            root.refuse("finish_options", "must say Option=Choice, not " + option);
    }
    for (const std::string& finish : model.finishes)
        if (!model.finishOptions.empty() && !model.finishOptions.contains(finish))
            root.refuse("finish_options", "says nothing of " + finish);
}

/// What goes through Gutenprint needs a driver, and colour, resolution and shrinking must not be left to defaults.
void checkDriver(const FactTable& root, const PrinterModel& model) {
    const bool viaGutenprint = std::ranges::any_of(model.media, [](const Medium& m) { return !m.pageSize.empty(); });
    if (viaGutenprint == model.drivers.empty())
        root.refuse("gutenprint_drivers", "must be there exactly when a medium has gutenprint_page");
    if (!viaGutenprint) return;
    for (const char* option : {"ColorModel", "Resolution", "StpColorCorrection", "StpiShrinkOutput"})
        if (!model.pinned.contains(option)) root.refuse("pinned", "says nothing of " + std::string(option));
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
    model.finishOptions = root.textTable("finish_options", Need::Optional);
    model.drivers = root.texts("gutenprint_drivers", Need::Optional);
    model.table = root.text("gutenprint_table", Need::Optional);
    model.pinned = root.textTable("pinned", Need::Optional);
    model.quirks = root.texts("quirks", Need::Optional);
    for (const FactTable& row : root.tables("media")) {
        Medium medium = readMedium(row);
        if (model.medium(medium.id)) row.refuse("id", "is there twice: " + medium.id);
        model.media.push_back(std::move(medium));
    }
    checkFinishes(root, model);
    checkDriver(root, model);
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
