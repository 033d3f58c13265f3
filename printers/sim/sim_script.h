// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SimScript: a text file that says what goes wrong at a simulated printer, and when.
//
// FOLDER/script, one story a line, the stories independent of each other; "#" begins a comment:
//
//   roll 20 of 400                                   # at once: a roll with 20 prints left
//   at sheet 3 media-empty; after 5 s refill         # the third sheet finds no paper; 5 s later there is some
//   at sheet 5 jam; after 800 ms clear               # sheet 5 waits in the printer and prints after
//   at sheet 7 jam-used; after 2 s clear             # sheet 7 is spoiled, its job aborted
//   after 1 h offline; after 90 s online
//
// A step is a time and an event, steps of a story are parted by ";". Times: nothing (at once), "at sheet N" (when the
// N-th sheet of this tray is about to begin), "after T ms|s|min|h" (counted from the step before, the first from when
// the printer was first asked anything). Events, with what undoes them:
//
//   media-empty / refill, jam and jam-used / clear, cover-open / cover-close, ribbon-end / ribbon-new,
//   offline / online (nothing answers), refuse / accept (documents), stop / start (the queue stops over an error, which
//   resume() starts too), pause / start (a person's: resume() leaves it, startQueue() starts both), load WxH
//   (millimetres: sheets of another medium wait; "load any" undoes it), slow MS (each sheet takes so long), roll N of M
//   (counted down with each sheet; at 0 the ribbon is at its end), forget (the scheduler loses its jobs, with the pages
//   that wait), twice (a scheduler without a guard sends the sheet that begins two times).
//
// Time is the clock's that the SimPrinter was given. How far the stories have come is kept in FOLDER/progress.json: it
// survives a restart, and begins anew when the script is changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/length.h"
#include "core/base/result.h"
#include "core/base/sha256.h"

namespace contone::printers {

struct SimRoll {
    int left = 0, of = 0;
    bool operator==(const SimRoll&) const = default;
};

/// How a simulated printer is just now.
struct SimCondition {
    bool offline = false, mediaEmpty = false, jammed = false, coverOpen = false, ribbonEnded = false, refusing = false,
         stopped = false, paused = false;
    std::int64_t printMs = 0;         ///< how long a sheet takes
    std::optional<PaperSize> loaded;  ///< nullopt: any
    std::optional<SimRoll> roll;      ///< nullopt: not counted
    bool operator==(const SimCondition&) const = default;
};

/// What happens once, to the sheet in hand or to all jobs.
struct SimStrokes {
    bool spoil = false, twice = false, forget = false;
};

/// How far a printer's stories have come.
struct SimProgress {
    struct Story {
        int next = 0;   ///< step
        Instant since;  ///< when the step before happened
        bool operator==(const Story&) const = default;
    };
    Sha256 script;
    std::vector<Story> stories;
    SimCondition condition;
    Instant freeAt;  ///< when the sheet before was out, or the last trouble was over
    bool operator==(const SimProgress&) const = default;
};
std::string toJson(const SimProgress& progress);
Result<SimProgress> simProgressFromJson(std::string_view json);  ///< Corrupt "sim-job"

class SimScript {
  public:
    /// Fails: Invalid "sim-faults" with the line that means nothing.
    static Result<SimScript> parse(std::string_view text);
    /// A printer at the beginning of all stories.
    SimProgress begin(Instant now) const;
    const Sha256& hash() const { return m_hash; }
    /// Does every step that is due. `sheet`: the one that is about to begin; 0: none is.
    SimStrokes advance(SimProgress& progress, Instant now, int sheet) const;

  private:
    struct Step {
        enum class When { AtOnce, AtSheet, After } when = When::AtOnce;
        std::int64_t number = 0;  ///< sheet, or ms
        std::string event;
        std::int64_t first = 0, second = 0;
    };
    static Result<Step> parseStep(const std::string& text);
    static void happen(const Step& step, SimCondition& condition, SimStrokes& strokes);

    Sha256 m_hash;
    std::vector<std::vector<Step>> m_stories;
};

}  // namespace contone::printers
