// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Writes a sentence for each finding.
#include "printers/ipp/printer_checks.h"

#include <algorithm>

#include "printers/raster/raster_type.h"

namespace contone::printers {
namespace {

std::string sorted(std::vector<std::string> words) {
    std::sort(words.begin(), words.end());
    return joined(words);
}

}  // namespace

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
    return text;
}

void checkPrinter(VerificationReport& report, const PrinterFacts& facts, const print::Medium& medium,
                  image::PixelFormat device) {
    report.note("printer", facts.makeAndModel);
    report.note("formats", sorted(facts.formats));
    report.note("raster-types", sorted(facts.rasterTypes));
    report.check(facts.printsRaster(), "The printer takes PWG raster.",
                 "The printer does not take PWG raster pages. Print to it through a queue with its own driver.");
    if (facts.printsRaster()) {
        const auto type = chooseRasterType(device, facts.rasterTypes);
        report.note("type", type ? pwgName(*type) : "");
        report.check(type.has_value(),
                     std::string("Pixels are sent as ") + (type ? pwgName(*type) : "") + ", which it names.",
                     "The printer does not take pixels of this model's kind; it takes " + joined(facts.rasterTypes) +
                         ". Choose the right printer model.");
        const std::string dpi = std::to_string(medium.dpiX.value) + " × " + std::to_string(medium.dpiY.value) + " dpi";
        report.check(facts.hasDpi(medium.dpiX, medium.dpiY), "It prints raster at " + dpi + ".",
                     "The printer does not take raster at " + dpi + ". Choose the right printer model.");
    }
    report.check(facts.color, "It prints colour.", "The printer says that it cannot print colour.");
}

void checkMedium(VerificationReport& report, const PrinterFacts& facts, const print::Medium& medium,
                 const std::string& finish, const char* who) {
    if (medium.ippMedia.empty()) {
        report.problem("The medium " + medium.name +
                       " of this printer model cannot be asked for over IPP. Choose another medium.");
        return;
    }
    const MediaChoice* choice = borderlessChoice(facts, medium, finish);
    report.note("medium-type", choice != nullptr ? choice->type : "");
    report.check(
        choice != nullptr, std::string(who) + " offers " + medium.name + " without borders.",
        std::string(who) + " does not offer " + medium.name + " without borders. Choose a medium that it has.");
    if (choice == nullptr || finish.empty()) return;
    report.check(offersFinish(facts, *choice, finish), std::string(who) + " offers it in " + finish + ".",
                 std::string(who) + " does not offer " + medium.name + " in " + finish +
                     ": it would choose the paper by itself. Choose a finish that it has" +
                     (facts.mediaTypes.empty() ? "." : ", among " + joined(facts.mediaTypes) + "."));
}

void checkOpen(VerificationReport& report, const PrinterFacts& facts, const char* who) {
    const auto state = stateOf(facts);
    const auto has = [&](print::Obstacle o) {
        return std::find(state.obstacles.begin(), state.obstacles.end(), o) != state.obstacles.end();
    };
    report.check(!has(print::Obstacle::Paused), std::string(who) + " is not stopped.",
                 std::string(who) + " is stopped. Resume it and verify again." +
                     (facts.message.empty() ? "" : " It says: " + facts.message));
    report.check(facts.accepting, std::string(who) + " accepts jobs.",
                 std::string(who) + " does not accept jobs. Let it accept jobs and verify again.");
}

}  // namespace contone::printers
