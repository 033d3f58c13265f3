// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From readings to a calibration and back; where the marks lie.
#include "core/print/calibration.h"

#include <fmt/format.h>

#include "core/print/calibration_marks.h"

namespace contone::print {

namespace {

constexpr double kLeastReading = -5, kMostReading = 8;  // mm: the rulers end at 8
constexpr double kMostOffset = 5, kMostExtra = 3;       // mm

Result<void> checkReading(const char* edge, Length reading) {
    if (reading >= millimetres(kLeastReading) && reading <= millimetres(kMostReading)) return {};
    return fail(Code::Invalid, "bad-reading",
                fmt::format("{:.1f} mm at the {} edge cannot be: a reading lies between {:.0f} and {:.0f} mm. Look at "
                            "the ruler there again.",
                            reading.mm(), edge, kLeastReading, kMostReading));
}

/// Two opposite edges as offset and extra overscan.
struct Axis {
    Length offset, extra;
};

Result<Axis> axisOf(const char* edges, Length first, Length second) {
    const Axis axis{(first - second) / 2, (first + second) / 2};
    const auto beyond = [](Length l, double mm) { return l > millimetres(mm) || l < millimetres(-mm); };
    if (beyond(axis.offset, kMostOffset) || beyond(axis.extra, kMostExtra))
        return fail(
            Code::Invalid, "readings-disagree",
            fmt::format("The readings at the {} edges do not belong together: the paper would lie {:.1f} mm off "
                        "and the print be {:.1f} mm too large at each edge. Check the two numbers and the paper.",
                        edges, axis.offset.mm(), axis.extra.mm()));
    return axis;
}

}  // namespace

Result<void> check(const Calibration& calibration) {
    const Length most = Length::micrometres(10000);
    const Edges& extra = calibration.extraOverscan;
    for (const Length l : {calibration.offsetX, calibration.offsetY, extra.left, extra.top, extra.right, extra.bottom})
        if (l > most || l < -most)
            return fail(Code::Invalid, "bad-calibration",
                        "This printer's calibration is off by more than 10 mm. Measure and enter it again.");
    return {};
}

Result<Calibration> calibrationFrom(const Medium& medium, const FourReadings& readings) {
    CONTONE_CHECK(checkReading("left", readings.left));
    CONTONE_CHECK(checkReading("top", readings.top));
    CONTONE_CHECK(checkReading("right", readings.right));
    CONTONE_CHECK(checkReading("bottom", readings.bottom));
    const Edges& model = medium.overscan;
    CONTONE_TRY(const Axis x, axisOf("left and right", readings.left - model.left, readings.right - model.right));
    CONTONE_TRY(const Axis y, axisOf("top and bottom", readings.top - model.top, readings.bottom - model.bottom));
    return Calibration{x.offset, y.offset, {x.extra, y.extra, x.extra, y.extra}};
}

FourReadings readingsOf(const Medium& medium, const Calibration& c) {
    const Edges &model = medium.overscan, &extra = c.extraOverscan;
    return {model.left + extra.left + c.offsetX, model.top + extra.top + c.offsetY,
            model.right + extra.right - c.offsetX, model.bottom + extra.bottom - c.offsetY};
}

MarkPoint CalibrationMarks::onRuler(Edge edge, double along, double inside) const {
    switch (edge) {
        case Edge::Left:
            return {inside, downStart + along};
        case Edge::Top:
            return {acrossStart + along, inside};
        case Edge::Right:
            return {width - inside, downStart + along};
        case Edge::Bottom:
            return {acrossStart + along, height - inside};
    }
    return {};
}

CalibrationMarks calibrationMarks(const Medium& m) {
    constexpr double corner = 9.0, beside = 4.5;  // mm: of the discs inside the trim; of the small one further inside
    CalibrationMarks marks;
    marks.width = (m.raster.width - m.unprintableLeft - m.unprintableRight) * 25.4 / m.dpiX.value;
    marks.height = (m.raster.height - m.unprintableTop - m.unprintableBottom) * 25.4 / m.dpiY.value;
    const double left = m.overscan.left.mm() + corner, right = marks.width - m.overscan.right.mm() - corner;
    const double top = m.overscan.top.mm() + corner, bottom = marks.height - m.overscan.bottom.mm() - corner;
    marks.discs = {{{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
    marks.smallDisc = {left + beside, top + beside};
    const auto start = [](double overscan, Length sheet, int pieces) {
        return overscan + sheet.mm() / pieces / 2 - CalibrationMarks::rulerLength / 2;
    };
    marks.acrossStart = start(m.overscan.left.mm(), m.sheet.width, m.columns);
    marks.downStart = start(m.overscan.top.mm(), m.sheet.height, m.rows);
    return marks;
}

}  // namespace contone::print
