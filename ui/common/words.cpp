// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Thin: core/words has the sentences.
#include "ui/common/words.h"

#include "core/base/printable.h"
#include "core/print/calibration.h"
#include "core/render/adjustments/adjustments.h"
#include "core/words/say.h"
#include "core/words/sentences.h"

namespace contone::ui::words {
namespace {

namespace core = contone::words;

}  // namespace

QString text(const std::string& utf8) {
    return QString::fromStdString(printableLines(utf8));
}

QString line(const std::string& utf8) {
    return QString::fromStdString(printable(utf8));
}

QString fileName(const Path& file) {
    return line(file.filename().string());
}

// HTML in which every character stands for itself; long lines are broken too.
QString tip(const QString& plain) {
    return plain.isEmpty()
               ? QString()
               : QStringLiteral("<qt>%1</qt>").arg(plain.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

QString size(image::PixelSize size) {
    return text(locale.pixels(size.width, size.height));
}

QString orientation(image::Orientation orientation) {
    return text(core::orientation(locale, orientation));
}

QString largest(const inspect::PhotoReport& report) {
    const auto nameOf = [](const std::optional<catalog::Product>& product) {
        return product ? std::optional(product->name) : std::nullopt;
    };
    return text(core::largest(locale, nameOf(report.largestSharp), nameOf(report.largestGood)));
}

QString finding(const findings::Finding& finding) {
    return text(core::sentence(locale, finding));
}

QString error(const Error& error) {
    return text(core::sentence(locale, error));
}

QString state(print::SheetState state) {
    return text(core::sheetState(locale, state));
}

QString printerState(const shop::SetupStatus& status) {
    const std::string state = core::say(locale, status.paused           ? "printer.paused"
                                                : status.ready          ? "printer.ready"
                                                : status.seenAt.ms == 0 ? "printer.unseen"
                                                                        : "printer.not-ready");
    return text(core::say(locale, status.openSheets == 0 ? "printer.line" : "printer.line-busy",
                          {{"setup", status.setup}, {"state", state}, {"n", status.openSheets}}));
}

QString supplies(const shop::SetupStatus& status) {
    QStringList parts;
    if (status.printsLeft) parts << text(core::printsLeft(locale, *status.printsLeft));
    for (const print::Supply& supply : status.supplies)
        if (supply.percent) parts << text(core::supply(locale, supply.name, *supply.percent));
    return parts.join(QStringLiteral(" · "));
}

QString embeddedPicture() {
    return text(core::say(locale, "picture.embedded"));
}

QString intent(icc::Intent intent) {
    return text(core::intent(locale, intent));
}

QString verification(const ProofTarget& target) {
    return text(target.isInShop() ? core::verification(locale, target.setup().verification)
                                  : core::say(locale, "setup.none"));
}

QString calibration(const ProofTarget& target) {
    if (!target.isInShop()) return {};
    const print::Calibration& unit = target.setup().calibration;
    if (unit == print::Calibration{}) return text(core::say(locale, "setup.uncalibrated"));
    return text(core::calibration(locale, print::readingsOf(target.printer.medium(), unit)));
}

QString target(const ProofTarget& target) {
    const QString model = text(target.printer.model().name);
    return target.isInShop() ? text(target.setup().name) + QStringLiteral(" · ") + model : model;
}

QString targetAndPaper(const ProofTarget& target) {
    return words::target(target) + QStringLiteral(", ") + text(target.printer.medium().name);
}

QString action(const std::string& action) {
    const render::NumberDescriptor* slider = render::findAdjustmentNumber(action);
    return slider ? QString::fromUtf8(slider->label) : text(core::action(locale, action));
}

QString time(Instant instant) {
    return text(locale.time(instant, SystemClock().now()));
}

QString money(const Money& money) {
    return text(locale.money(money));
}

}  // namespace contone::ui::words
