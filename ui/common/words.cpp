// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// English sentences, ready for translation.
#include "ui/common/words.h"

#include <array>
#include <cmath>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "core/print/calibration.h"

namespace contone::ui::words {
namespace {

QString tr(const char* source) {
    return QCoreApplication::translate("words", source);
}

QString number(double value, int decimals) {
    return QLocale().toString(value, 'f', decimals);
}

}  // namespace

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

QString fileName(const Path& file) {
    return QString::fromStdString(file.filename().string());
}

QString size(image::PixelSize size) {
    return tr("%1 × %2 pixels (%3 megapixels)")
        .arg(size.width)
        .arg(size.height)
        .arg(number(double(size.width) * size.height / 1e6, 1));
}

QString orientation(image::Orientation orientation) {
    switch (orientation) {
        case image::Orientation::Upright:
            return tr("Lies upright");
        case image::Orientation::MirrorHorizontal:
            return tr("Mirrored in the file, shown unmirrored");
        case image::Orientation::Rotate180:
            return tr("Upside down in the file, turned upright");
        case image::Orientation::MirrorVertical:
            return tr("Mirrored top to bottom in the file, set right");
        case image::Orientation::Transpose:
        case image::Orientation::Transverse:
            return tr("On its side and mirrored in the file, set right");
        case image::Orientation::Rotate90:
        case image::Orientation::Rotate270:
            return tr("On its side in the file, turned upright");
    }
    return {};
}

QString largest(const inspect::PhotoReport& report) {
    if (report.largestSharp) return tr("Sharp up to %1").arg(text(report.largestSharp->name));
    if (report.largestGood) return tr("Good up to %1, sharp at no size we sell").arg(text(report.largestGood->name));
    return tr("Small photo: soft at every size we sell");
}

QString resolution(const print::PagePlan& plan, double zoom) {
    const QString cure = zoom > 1.01 ? tr("Zoom out, or choose a smaller print.") : tr("Choose a smaller print.");
    const QString dpi = QString::number(std::lround(plan.photoDpi));
    switch (plan.sharpness) {
        case catalog::Sharpness::Sharp:
            return tr("Sharp at this size (%1 photo pixels an inch).").arg(dpi);
        case catalog::Sharpness::Good:
            return tr("Good at this size (%1 photo pixels an inch).").arg(dpi);
        case catalog::Sharpness::Soft:
            return tr("Soft at this size (%1 photo pixels an inch). %2").arg(dpi, cure);
        case catalog::Sharpness::Poor:
            return tr("Too few pixels for this size (%1 an inch): it will look blurred. %2").arg(dpi, cure);
    }
    return {};
}

QString loss(const print::PagePlan& plan) {
    const double percent = plan.lostPercent;
    if (percent < 0.5) return tr("All of the photo is on the print.");
    return tr("%1 % of the photo is cut off.").arg(std::lround(percent));
}

QString region(int worstRegion) {
    constexpr std::array<const char*, 9> regions{
        QT_TRANSLATE_NOOP("words", "upper left"),  QT_TRANSLATE_NOOP("words", "top"),
        QT_TRANSLATE_NOOP("words", "upper right"), QT_TRANSLATE_NOOP("words", "left"),
        QT_TRANSLATE_NOOP("words", "middle"),      QT_TRANSLATE_NOOP("words", "right"),
        QT_TRANSLATE_NOOP("words", "lower left"),  QT_TRANSLATE_NOOP("words", "bottom"),
        QT_TRANSLATE_NOOP("words", "lower right")};
    return worstRegion >= 0 && worstRegion < 9 ? tr(regions[std::size_t(worstRegion)]) : QString();
}

QString gamut(const icc::GamutReport& report) {
    const QString mean = number(report.meanDeltaE, 1);
    if (report.percentOutOfGamut < 0.05) return tr("This paper can show all of its colours (mean ΔE %1).").arg(mean);
    const double percent = report.percentOutOfGamut;
    return tr("%1 % of the colours are outside what this paper can show (mean ΔE %2, 95 % within %3; worst: %4).")
        .arg(number(percent, percent < 9.95 ? 1 : 0), mean, number(report.p95DeltaE, 1), region(report.worstRegion));
}

QString state(print::SheetState state) {
    switch (state) {
        case print::SheetState::Planned:
            return tr("Waiting");
        case print::SheetState::Sending:
            return tr("Being sent");
        case print::SheetState::Sent:
            return tr("At the printer");
        case print::SheetState::Printing:
            return tr("Printing");
        case print::SheetState::Out:
            return tr("In the tray");
        case print::SheetState::Unknown:
            return tr("Please look in the tray");
        case print::SheetState::Spoiled:
            return tr("Spoiled");
        case print::SheetState::Cancelled:
            return tr("Not printed");
    }
    return {};
}

QString printerState(const shop::SetupStatus& status) {
    const QString state = status.paused           ? tr("paused")
                          : status.ready          ? tr("ready")
                          : status.seenAt.ms == 0 ? tr("no word from it yet")
                                                  : tr("not ready");
    const QString line = tr("%1: %2").arg(text(status.setup), state);
    return status.openSheets == 0 ? line : tr("%1, %2 to print").arg(line).arg(status.openSheets);
}

QString supplies(const shop::SetupStatus& status) {
    QStringList parts;
    if (status.printsLeft) parts << tr("%1 prints left").arg(*status.printsLeft);
    for (const print::Supply& supply : status.supplies)
        if (supply.percent) parts << tr("%1 %2 %").arg(text(supply.name)).arg(*supply.percent);
    return parts.join(QStringLiteral(" · "));
}

QString intent(icc::Intent intent) {
    switch (intent) {
        case icc::Intent::Perceptual:
            return tr("Perceptual");
        case icc::Intent::Relative:
            return tr("Relative colorimetric");
        case icc::Intent::Saturation:
            return tr("Saturation");
        case icc::Intent::Absolute:
            return tr("Absolute colorimetric");
    }
    return {};
}

QString verification(const ProofTarget& target) {
    if (!target.isInShop()) return tr("Proof only: no setup of this printer in the shop.");
    const auto& verification = target.setup().verification;
    if (!verification) return tr("Not checked yet: it cannot print before it is.");
    if (!verification->passed) {
        const QString problem =
            verification->problems.empty() ? tr("Check it again.") : text(verification->problems.front());
        return tr("Check failed. %1").arg(problem);
    }
    if (verification->atLeastOnce) return tr("Checked. A restart of the print queue may print a sheet twice.");
    return tr("Checked: prints come out as proofed.");
}

QString calibration(const ProofTarget& target) {
    if (!target.isInShop()) return {};
    const print::Calibration& unit = target.setup().calibration;
    if (unit == print::Calibration{}) return tr("Not calibrated: its edges are as the model's data has them.");
    const print::FourReadings lost = print::readingsOf(target.printer.medium(), unit);
    return tr("Calibrated. Cut off, as its rulers name the edges: left %1 mm, top %2, right %3, bottom %4.")
        .arg(number(lost.left.mm(), 1), number(lost.top.mm(), 1), number(lost.right.mm(), 1),
             number(lost.bottom.mm(), 1));
}

QString target(const ProofTarget& target) {
    const QString model = text(target.printer.model().name);
    return target.isInShop() ? tr("%1 · %2").arg(text(target.setup().name), model) : model;
}

QString targetAndPaper(const ProofTarget& target) {
    return tr("%1, %2").arg(words::target(target), text(target.printer.medium().name));
}

QString time(Instant instant) {
    if (instant.ms == 0) return {};
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(instant.ms);
    if (when.date() == QDate::currentDate()) return QLocale().toString(when.time(), QLocale::ShortFormat);
    return QLocale().toString(when, QLocale::ShortFormat);
}

QString money(const Money& money) {
    return text(toString(money));
}

}  // namespace contone::ui::words
