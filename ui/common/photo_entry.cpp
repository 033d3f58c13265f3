// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a photo on the desk to what is ordered and to a line of a project.
#include "ui/common/photo_entry.h"

#include <set>
#include <string>

namespace contone::ui {

order::PhotoChoices choicesOf(const PhotoEntry& entry) {
    order::PhotoChoices choices{.fit = entry.fit, .inks = entry.inks, .turn = entry.turn, .asSent = entry.asSent};
    if (!entry.asSent) choices.adjustments = entry.adjustments;
    if (entry.fit == order::Fit::Fill && entry.crop.isSet()) choices.crop = entry.crop.crop().rounded();
    return choices;
}

project::Line lineOf(const PhotoEntry& entry, const std::string& product) {
    project::PhotoPrint print{entry.report ? entry.report->original : Sha256(), entry.file.string(), choicesOf(entry)};
    print.choices.adjustments = entry.adjustments;
    // A crop that nobody chose is made anew: it follows the paper, and faces.
    const bool isChosen =
        entry.orientation == PrintOrientation::Across || !(entry.keepsFaces || entry.crop.isInTheMiddle());
    print.choices.crop.reset();
    if (entry.crop.isSet() && isChosen) print.choices.crop = entry.crop.crop().rounded();
    return {entry.line, product, entry.copies, std::move(print)};
}

std::string whatDiffers(const image::Adjustments& a, const image::Adjustments& b) {
    std::set<std::string> all;
    for (const image::Adjustments* some : {&a, &b})
        for (const image::AdjustedNumber& number : some->numbers)
            if (a.number(number.id) != b.number(number.id)) all.insert(number.id);
    if (a.look != b.look || a.lookPercent != b.lookPercent) all.insert("look");
    if (a.curve != b.curve) all.insert("curve");
    if (a.eyes != b.eyes) all.insert("red-eye");
    return all.size() == 1 ? *all.begin() : "adjustments";
}

}  // namespace contone::ui
