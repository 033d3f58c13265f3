// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From the file of a scan to gray values, and from those to four readings.
#include "core/inspect/measure_calibration_scan.h"

#include <algorithm>

#include "core/vault/medium_file.h"

namespace contone::inspect {
namespace {

/// The usual first.
constexpr int kScannerDpi[] = {300, 600, 400, 200, 150, 1200, 240, 360, 720, 800, 2400};
constexpr double kLargestGlass = 460;  // mm: A3 and a little
constexpr int kStripRows = 64;

/// Samples of a strip as gray, 16 bits. A mirrored scan is set right: no print can lie that way.
void addGray(const image::StripView& strip, bool mirrored, image::MutableStrip to, int firstRow) {
    const int samples = image::count(strip.format.channels);
    const bool isWide = strip.format.depth == image::Depth::U16;
    for (int y = 0; y < strip.rows; ++y) {
        auto* row = to.row<std::uint16_t>(firstRow + y);
        for (int x = 0; x < strip.width; ++x) {
            unsigned sum = 0;
            for (int c = 0; c < samples; ++c)
                sum += isWide ? strip.row<std::uint16_t>(y)[x * samples + c]
                              : strip.row<std::uint8_t>(y)[x * samples + c] * 257U;
            row[mirrored ? strip.width - 1 - x : x] = static_cast<std::uint16_t>(sum / static_cast<unsigned>(samples));
        }
    }
}

Result<image::Picture> grayScan(decode::Decoder& decoder, const Path& file) {
    CONTONE_TRY(FileDescriptor opened, vault::openOnMedium(file));
    CONTONE_TRY(const auto source, decoder.open(std::move(opened)));
    const image::PhotoFacts& facts = source->facts();
    image::Picture gray = image::Picture::ofSize(facts.size, {image::Channels::Gray, image::Depth::U16});
    image::Picture strip = image::Picture::ofSize({facts.size.width, kStripRows}, facts.pixels);
    for (int y = 0; y < gray.size.height;) {
        image::MutableStrip room = strip.strip();
        room.rows = std::min(kStripRows, gray.size.height - y);
        CONTONE_TRY(room.rows, source->read(room));
        if (room.rows == 0)
            return fail(Code::Corrupt, "photo-truncated", "The scan ends too early. Scan the print again.");
        addGray(room, image::isMirrored(facts.orientation), gray.strip(), y);
        y += room.rows;
    }
    return gray;
}

/// As far as sizes tell: the paper is on it, and a scanner can be so large.
bool mayBe(int dpi, image::PixelSize scan, const print::Medium& medium) {
    const double longSide = std::max(scan.width, scan.height) * 25.4 / dpi,
                 paper = std::max(medium.sheet.width.mm(), medium.sheet.height.mm());
    return longSide > paper * 0.95 && longSide < kLargestGlass;
}

}  // namespace

Result<print::FourReadings> measureCalibrationScan(decode::Decoder& decoder, const Path& file,
                                                   const print::Medium& medium, std::optional<Dpi> dpi) {
    CONTONE_TRY(const image::Picture scan, grayScan(decoder, file));
    if (dpi) return print::readCalibrationScan(scan, *dpi, medium);
    // At a wrong resolution the discs are not as large, or not as far apart, as they must be.
    Result<print::FourReadings> best = fail(
        Code::Invalid, "scan-wrong-size",
        "This scan is too small or too large for a sheet of " + medium.name + ". Scan the whole print at 300 dpi.");
    for (const int tried : kScannerDpi) {
        if (!mayBe(tried, scan.size, medium)) continue;
        Result<print::FourReadings> found = print::readCalibrationScan(scan, Dpi{tried}, medium);
        const bool seen = found || found.error().reason != "scan-no-marks";
        if (seen && (found || found.error().reason != "scan-wrong-size")) return found;
        if (seen || best.error().detail.empty()) best = std::move(found);
    }
    return best;
}

}  // namespace contone::inspect
