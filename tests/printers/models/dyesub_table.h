// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Gutenprint's table of dye-sublimation page sizes (tests/data/printers/dyesub_sizes.csv), and what a medium must be by
// it: raster, unprintable margins, sheet, pieces, gutter and overscan, all computed from the rows alone.
#pragma once

#include <QFile>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/print/printer_model.h"
#include "tests/places.h"

namespace contone::print::testing {

/// Nominal size of one piece in mm, shorter side first, and how many the sheet is cut into.
struct Nominal {
    double shorter = 0, longer = 0;
    int pieces = 0;  ///< 0: a label that tells no size, or pieces of different sizes
};

/// "4x6", "2x6*2" and "6x14 panorama" in inches, "203x297mm", "A4", "A5*2", "A4x5inch".
inline Nominal nominalOf(const QString& label) {
    static const QRegularExpression form(
        "^(?:[A-Za-z_]+ )?(?:(A4|A5)|A4x(\\d+)inch|([0-9.]+)x([0-9.]+)(mm)?)(?: [a-z ]*panorama)?(?:\\*(\\d+))?$",
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch m = form.match(label);
    if (!m.hasMatch()) return {};
    double a = 0, b = 0;
    if (!m.captured(1).isEmpty()) {
        a = m.captured(1) == "A4" ? 210 : 148;
        b = m.captured(1) == "A4" ? 297 : 210;
    } else if (!m.captured(2).isEmpty()) {
        a = m.captured(2).toDouble() * 25.4;
        b = 210;
    } else {
        const double unit = m.captured(5).isEmpty() ? 25.4 : 1;
        a = m.captured(3).toDouble() * unit;
        b = m.captured(4).toDouble() * unit;
    }
    return {std::min(a, b), std::max(a, b), m.captured(6).isEmpty() ? 1 : m.captured(6).toInt()};
}

/// One row: a page size of one of Gutenprint's tables, as the file has it.
struct Row {
    QString table, page, label, dpi;
    int width = 0, height = 0, left = 0, right = 0, top = 0, bottom = 0, seenWidth = 0, seenHeight = 0;
    bool isLandscape = false;  ///< the paper feeds across the raster: the knife makes columns, else rows
    int dotsAcross = 0;        ///< dots an inch across
    Nominal nominal;
};

inline std::vector<Row> readTable() {
    QFile file(contone::tests::sourceFolder + QString("/tests/data/printers/dyesub_sizes.csv"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray header(
        "gutenprint_table,ppd_size,label,dpi,raster_w,raster_h,margin_l,margin_r,margin_t,margin_b,imageable_w,"
        "imageable_h,orient");
    if (file.readLine().trimmed() != header) return {};
    std::vector<Row> rows;
    while (!file.atEnd()) {
        const QStringList f = QString::fromUtf8(file.readLine()).trimmed().split(',');
        if (f.size() != 13) return {};
        rows.push_back({f[0], f[1], f[2], f[3], f[4].toInt(), f[5].toInt(), f[6].toInt(), f[7].toInt(), f[8].toInt(),
                        f[9].toInt(), f[10].toInt(), f[11].toInt(), f[12] == "LANDSCAPE",
                        f[3].section('x', 0, 0).toInt(), nominalOf(f[2])});
    }
    return rows;
}

inline bool same(double a, double b, double tolerance = 0.002) {
    return std::abs(a - b) <= tolerance;
}

/// The sheet in mm as it lies in the raster: of the ways in which its pieces can lie, the one nearest to the picture.
inline std::pair<double, double> sheetOf(const Row& row) {
    const auto [a, b, n] = row.nominal;
    const double across = row.seenWidth * 25.4 / row.dotsAcross, along = row.seenHeight * 25.4 / row.dotsAcross;
    const auto miss = [&](std::pair<double, double> s) {
        return std::abs(s.first - across) + std::abs(s.second - along);
    };
    const std::pair<double, double> first = row.isLandscape ? std::pair{a * n, b} : std::pair{a, b * n};
    const std::pair<double, double> second = row.isLandscape ? std::pair{b * n, a} : std::pair{b, a * n};
    return miss(first) <= miss(second) ? first : second;
}

/// The gutter in mm. A cut whose picture is no longer than that of the whole sheet is one cut through it: 0. In a
/// longer one each end loses what a single piece loses (or, where the printer makes no single piece, the whole sheet),
/// and the rest of the surplus is taken out between the pieces. NaN when the table cannot tell.
inline double gutterOf(const Row& row, const std::vector<Row>& rows) {
    const int n = row.nominal.pieces;
    if (n == 1) return 0;
    const auto [width, height] = sheetOf(row);
    const double sheet = row.isLandscape ? width : height;
    const int seen = row.isLandscape ? row.seenWidth : row.seenHeight;
    const double mm = 25.4 / row.dotsAcross;
    const Row *whole = nullptr, *single = nullptr;
    for (const Row& r : rows) {
        if (r.table != row.table || r.dpi != row.dpi || r.nominal.pieces != 1) continue;
        if (same(r.nominal.shorter, std::min(width, height)) && same(r.nominal.longer, std::max(width, height)))
            whole = &r;
        if (same(r.nominal.shorter, row.nominal.shorter) && same(r.nominal.longer, row.nominal.longer)) single = &r;
    }
    if (whole && (row.isLandscape ? whole->seenWidth : whole->seenHeight) == seen) return 0;
    double lost = 0;  // at both ends together
    if (single) {
        // The single piece may lie the other way round: its side that is the piece's along the feed.
        const double piece = sheet / n, across = single->seenWidth * mm, along = single->seenHeight * mm;
        lost = (std::abs(across - piece) < std::abs(along - piece) ? across : along) - piece;
    } else if (whole) {
        lost = (row.isLandscape ? whole->seenWidth : whole->seenHeight) * mm - sheet;
    } else {
        return std::nan("");
    }
    return (seen * mm - sheet - lost) / (n - 1);
}

/// What is wrong with a medium by its row, in words; empty when nothing is.
inline QString differences(const Medium& m, const std::vector<Row>& rows, const QString& table) {
    const QString dpi = QString("%1x%2").arg(m.dpiX.value).arg(m.dpiY.value);
    const auto it = std::ranges::find_if(rows, [&](const Row& r) {
        return r.table == table && r.page == QString::fromStdString(m.pageSize) && r.dpi == dpi;
    });
    if (it == rows.end()) return "there is no row " + table + " " + QString::fromStdString(m.pageSize) + " at " + dpi;
    const Row& row = *it;
    if (row.nominal.pieces == 0) return "its label tells no size: " + row.label;
    QStringList wrong;
    const auto whole = [&](const char* what, int is, int must) {
        if (is != must) wrong << QString("%1 is %2, must be %3").arg(what).arg(is).arg(must);
    };
    const auto mm = [&](const char* what, Length is, double must) {
        if (!same(is.mm(), must)) wrong << QString("%1 is %2 mm, must be %3 mm").arg(what).arg(is.mm()).arg(must);
    };
    whole("raster width", m.raster.width, row.width);
    whole("raster height", m.raster.height, row.height);
    whole("unprintable left", m.unprintableLeft, row.left);
    whole("unprintable right", m.unprintableRight, row.right);
    whole("unprintable top", m.unprintableTop, row.top);
    whole("unprintable bottom", m.unprintableBottom, row.bottom);
    whole("columns", m.columns, row.isLandscape ? row.nominal.pieces : 1);
    whole("rows", m.rows, row.isLandscape ? 1 : row.nominal.pieces);
    const auto [width, height] = sheetOf(row);
    mm("sheet width", m.sheet.width, width);
    mm("sheet height", m.sheet.height, height);
    const double gutter = gutterOf(row, rows);
    mm("gutter", m.gutter, gutter);
    const double overX = (row.seenWidth * 25.4 / row.dotsAcross - width - gutter * (m.columns - 1)) / 2;
    const double overY = (row.seenHeight * 25.4 / row.dotsAcross - height - gutter * (m.rows - 1)) / 2;
    mm("overscan left", m.overscan.left, overX);
    mm("overscan right", m.overscan.right, overX);
    mm("overscan top", m.overscan.top, overY);
    mm("overscan bottom", m.overscan.bottom, overY);
    return wrong.join("; ");
}

}  // namespace contone::print::testing
