// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Values become keys and arguments.
#include "core/words/sentences.h"

#include <cmath>

#include "core/findings/warning_findings.h"
#include "core/image/photo_problem.h"
#include "core/words/say.h"

namespace contone::words {
namespace {

int decimalsOf(double percent) {
    return percent < 9.95 ? 1 : 0;
}

std::string orientationKey(image::Orientation orientation) {
    switch (orientation) {
        case image::Orientation::Upright:
            return "orientation.upright";
        case image::Orientation::MirrorHorizontal:
            return "orientation.mirrored";
        case image::Orientation::Rotate180:
            return "orientation.upside-down";
        case image::Orientation::MirrorVertical:
            return "orientation.mirrored-top-to-bottom";
        case image::Orientation::Transpose:
        case image::Orientation::Transverse:
            return "orientation.side-mirrored";
        case image::Orientation::Rotate90:
        case image::Orientation::Rotate270:
            return "orientation.side";
    }
    return {};
}

}  // namespace

std::string sentence(const Locale& locale, const findings::Finding& finding) {
    if (const auto warning = findings::warningOf(finding.code)) return sentence(locale, *warning);
    const double percent = finding.number("percent");
    const bool isGamut = finding.code == findings::FindingCode::OutOfGamut;
    std::string said =
        say(locale, std::string("finding.") + toString(finding.code),
            {{"dpi", std::int64_t(std::lround(finding.number("dpi")))},
             {"percent", locale.percent(percent, isGamut ? decimalsOf(percent) : 0)},
             {"mean", locale.number(finding.number("meanDeltaE"), 1)},
             {"p95", locale.number(finding.number("p95DeltaE"), 1)},
             {"where", ninth(locale, int(std::lround(finding.number("ninth"))))},
             {"faces", std::int64_t(std::lround(finding.number("faces")))},
             {"other", std::int64_t(std::lround(finding.number("other")))},
             {"points", locale.number(finding.number("points"), 1)},
             {"edge", locale.millimetres(millimetres(finding.number("edgeMm")))},
             {"border", locale.millimetres(millimetres(finding.number("borderMm")))},
             {"size", locale.size({millimetres(finding.number("widthMm")), millimetres(finding.number("heightMm"))})}});
    // Where windows say how much is cut off, a button beside it shows all of it.
    if (finding.fix != findings::Fix::None && finding.code != findings::FindingCode::PartLost)
        said += " " + fix(locale, finding.fix);
    return said;
}

std::string fix(const Locale& locale, findings::Fix fix) {
    return fix == findings::Fix::None ? std::string() : say(locale, std::string("fix.") + toString(fix));
}

std::string sentence(const Locale& locale, const Error& error) {
    if (const auto need = image::memoryNeed(error))
        return say(locale, "problem.photo-memory.needed",
                   {{"needed", locale.number(need->neededGb(), 1)}, {"allowed", locale.number(need->allowedGb(), 1)}},
                   error.message);
    return say(locale, "problem." + error.reason, {}, error.message);
}

std::string sentence(const Locale& locale, image::PhotoWarning warning) {
    const auto found = findings::ofWarnings({}, image::PhotoWarnings(1ULL << static_cast<unsigned>(warning)));
    if (found.empty()) return {};
    return say(locale, std::string("finding.") + toString(found.front().code), {}, image::toSentence(warning));
}

std::string sentence(const Locale& locale, const pricing::Note& note) {
    const auto number = [&](const char* name) {
        const auto found = note.numbers.find(name);
        return found == note.numbers.end() ? 0 : found->second;
    };
    return say(locale, std::string("price.") + toString(note.code),
               {{"name", note.name},
                {"amount", locale.money(note.amount)},
                {"ordered", number("ordered")},
                {"charged", number("charged")},
                {"more", number("more")},
                {"times", number("times")}});
}

std::vector<std::string> sums(const Locale& locale, const pricing::Quote& quote) {
    const bool isIncluded = quote.taxPlacement == pricing::TaxPlacement::Included;
    const auto amount = [&](const char* key, const Money& money) {
        return say(locale, key, {{"amount", locale.money(money)}});
    };
    std::vector<std::string> all;
    for (const auto& row : quote.taxes)
        all.push_back(say(locale, isIncluded ? "price.tax-included" : "price.tax-on-top",
                          {{"rate", locale.percent(row.rate / 100.0, row.rate % 100 == 0 ? 0 : 2)},
                           {"amount", locale.money(row.tax)}}));
    all.push_back(amount("price.total", quote.total));
    if (quote.cashRounding.minor != 0) all.push_back(amount("price.cash", quote.cashTotal));
    if (quote.deposit.minor != 0) all.push_back(amount("price.deposit", quote.deposit));
    all.push_back(say(locale, "price.holds", {{"n", quote.holdsMinutes}}));
    return all;
}

std::string extra(const Locale& locale, const pricing::Quote::Extra& extra) {
    return extra.kind == pricing::ExtraKind::MinimumOrder ? say(locale, "price.lacking") : extra.name;
}

std::string orientation(const Locale& locale, image::Orientation orientation) {
    return say(locale, orientationKey(orientation));
}

std::string largest(const Locale& locale, const std::optional<std::string>& sharp,
                    const std::optional<std::string>& good) {
    if (sharp) return say(locale, "largest.sharp", {{"product", *sharp}});
    if (good) return say(locale, "largest.good", {{"product", *good}});
    return say(locale, "largest.none");
}

std::string ninth(const Locale& locale, int ninth) {
    return ninth < 0 || ninth > 8 ? std::string() : say(locale, "ninth." + std::to_string(ninth));
}

std::string intent(const Locale& locale, icc::Intent intent) {
    return say(locale, std::string("intent.") + icc::toString(intent));
}

std::string sheetState(const Locale& locale, print::SheetState state) {
    return say(locale, std::string("sheet.") + print::toString(state));
}

std::string verification(const Locale& locale, const std::optional<print::Verification>& verification) {
    if (!verification) return say(locale, "setup.unchecked");
    if (verification->passed) return say(locale, verification->atLeastOnce ? "setup.at-least-once" : "setup.checked");
    const std::string problem =
        verification->problems.empty() ? say(locale, "setup.check-again") : verification->problems.front();
    return say(locale, "setup.failed", {{"problem", problem}});
}

std::string calibration(const Locale& locale, const print::FourReadings& lost) {
    return say(locale, "setup.calibrated",
               {{"left", locale.number(lost.left.mm(), 1)},
                {"top", locale.number(lost.top.mm(), 1)},
                {"right", locale.number(lost.right.mm(), 1)},
                {"bottom", locale.number(lost.bottom.mm(), 1)}});
}

std::string asSent(const Locale& locale) {
    return say(locale, "choice.as-sent");
}

std::string action(const Locale& locale, const std::string& what) {
    return say(locale, "action." + what);
}

std::string design(const Locale& locale, std::int64_t photos) {
    return say(locale, "choice.design", {{"n", photos}});
}

std::string turned(const Locale& locale) {
    return say(locale, "choice.turned");
}

std::string printsLeft(const Locale& locale, int prints) {
    return say(locale, "supply.prints", {{"n", prints}});
}

std::string supply(const Locale& locale, const std::string& name, int percent) {
    return say(locale, "supply.percent", {{"name", name}, {"percent", locale.percent(percent, 0)}});
}

}  // namespace contone::words
