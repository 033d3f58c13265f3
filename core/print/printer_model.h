// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrinterModel: the facts about a kind of printer, from printers/models/*.toml.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/length.h"
#include "core/image/pixels.h"

namespace contone::print {

/// One medium (sheet size and cut) of a printer. Raster order is the printer's own (usually portrait).
struct Medium {
    std::string id;             ///< "4x6", "2x6x2"
    std::string name;           ///< "10 × 15 cm (4 × 6 in)"
    PaperSize sheet;            ///< nominal finished size, all pieces together, as it lies in the raster
    int columns = 1, rows = 1;  ///< pieces the knife makes
    image::PixelSize raster;    ///< what the printer must be sent
    Dpi dpiX{300}, dpiY{300};
    int deadLeft = 0, deadTop = 0, deadRight = 0,
        deadBottom = 0;  ///< raster pixels that never reach the paper's picture
    /// How much of the printable raster is lost at each outer edge of a nominal sheet. derivedOverscan() unless the
    /// file states it; a unit's calibration adds to it.
    Edges overscan;
    std::string ippMedia;  ///< PWG 5101.1 self-describing name: "na_index-4x6_4x6in"; empty: not over IPP
    std::string pageSize;  ///< Gutenprint PageSize; empty: not over Gutenprint
    /// The knife's mode by the driver's own name; empty exactly when the sheet stays one piece. "div2": the end of
    /// `pageSize`, whose name alone makes Gutenprint's printers cut. "Option=Choice": a driver's option for it.
    std::string cut;
    /// Waste strip that the knife takes out between two pieces, from trim to trim; 0: one cut, pieces meet. Part of the
    /// raster, not of `sheet`.
    Length gutter;
    bool operator==(const Medium&) const = default;
};

/// What the printable raster is larger than the sheet and the gutters between its pieces, half of it at each edge:
/// (printable - sheet - gutters) / 2, rounded towards 0 to a micrometre. Negative when the raster does not reach the
/// edges of the sheet: that much stays white.
Edges derivedOverscan(const Medium& medium);

struct PrinterModel {
    std::string id;      ///< "dnp-ds620"; the file's name
    std::string name;    ///< "DNP DS620"
    std::string family;  ///< printers that can replace each other: pooling class
    image::PixelFormat device{image::Channels::Rgb, image::Depth::U8};
    std::vector<std::string> finishes;
    std::vector<Medium> media;
    /// Gutenprint's short names of the printers that these facts describe: "dnp-ds620" for
    /// gutenprint.5.3://dnp-ds620/expert. Empty: not over Gutenprint.
    std::vector<std::string> drivers;
    std::string table;  ///< of Gutenprint's print-dyesub.c, where the media's geometry is from: "dnpds620"; or empty
    /// Driver options that are always sent, option → choice: colour and sharpening off, resolution, …
    std::map<std::string, std::string> pinned;
    std::map<std::string, std::string> finishOptions;  ///< finish → "Option=Choice" of the driver
    std::vector<std::string> quirks;                   ///< sentences for staff about this model
    bool operator==(const PrinterModel&) const = default;
    /// nullptr when there is none.
    const Medium* medium(const std::string& id) const;
};

using Models = std::map<std::string, PrinterModel>;  ///< by id

}  // namespace contone::print
