// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The words of the printer port: job names, progress, obstacles and what to say about them.
#include "core/print/printer.h"

#include <algorithm>
#include <cstdlib>

namespace contone::print {

bool isLoaded(const PrinterState& state, const Medium& medium) {
    const auto near = [](Length a, Length b) { return std::abs(a.um() - b.um()) <= 500; };
    return state.mediaReady.empty() || std::ranges::any_of(state.mediaReady, [&](const PaperSize& size) {
               return near(size.width, medium.sheet.width) && near(size.height, medium.sheet.height);
           });
}

bool mayResume(const PrinterState& state) {
    return !state.obstacles.empty() &&
           std::ranges::all_of(state.obstacles, [](Obstacle o) { return o == Obstacle::Stopped; });
}

std::optional<int> PrinterState::printsLeft() const {
    std::optional<int> left;
    for (const Supply& supply : supplies)
        if (supply.prints) left = std::min(left.value_or(*supply.prints), *supply.prints);
    return left;
}

std::string jobName(AttemptId attempt) {
    return "contone-" + attempt.toString();
}

const char* toString(JobProgress progress) {
    switch (progress) {
        case JobProgress::Created:
            return "created";
        case JobProgress::Waiting:
            return "waiting";
        case JobProgress::Held:
            return "held";
        case JobProgress::Printing:
            return "printing";
        case JobProgress::Completed:
            return "completed";
        case JobProgress::Aborted:
            return "aborted";
        case JobProgress::Cancelled:
            return "cancelled";
    }
    return "created";
}

bool isOver(JobProgress progress) {
    return progress == JobProgress::Completed || isGivenUp(progress);
}

bool isGivenUp(JobProgress progress) {
    return progress == JobProgress::Aborted || progress == JobProgress::Cancelled;
}

std::string sentenceFor(Obstacle obstacle) {
    switch (obstacle) {
        case Obstacle::Unreachable:
            return "The printer cannot be reached. Switch it on and check its cable; printing goes on by itself.";
        case Obstacle::MediaEmpty:
            return "The printer is out of paper. Load more; printing goes on by itself.";
        case Obstacle::MediaJam:
            return "Paper is jammed in the printer. Take it out as the display says; printing goes on by itself. If a "
                   "print was spoiled, reprint that sheet.";
        case Obstacle::CoverOpen:
            return "A cover of the printer is open. Close it; printing goes on by itself.";
        case Obstacle::SuppliesEmpty:
            return "The ribbon or ink is used up. Replace it; printing goes on by itself.";
        case Obstacle::WrongMedium:
            return "Another paper is loaded than this setup prints on. Load the right one, or print on a setup whose "
                   "printer has it.";
        case Obstacle::Stopped:
            return "The print queue stopped after an error. Put right what the printer shows; if printing does not go "
                   "on by "
                   "itself then, resume the printer.";
        case Obstacle::Paused:
            return "Somebody paused the print queue. Resume the printer when it may print.";
        case Obstacle::NotAccepting:
            return "The print queue takes no jobs. Let it accept jobs again; printing goes on by itself.";
        case Obstacle::Other:
            break;
    }
    return "The printer needs attention. Do what its display says; printing goes on when it is ready.";
}

}  // namespace contone::print
