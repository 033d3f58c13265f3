// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SimPrinter: a printer whose paper is PNG files in a folder. For trying things out and for tests.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/print/printer.h"

namespace contone::printers {

/// What goes wrong. Read before each call from FOLDER/faults, one word a line, so that another process can break and
/// mend the printer: "unreachable", "media-empty", "jam-after N" (sheets in the tray), "refuse-documents",
/// "print-ms N" (how long a sheet takes; default 0). No file: nothing goes wrong.
struct SimFaults {
    bool unreachable = false, mediaEmpty = false, refuseDocuments = false;
    std::optional<int> jamAfter;
    std::int64_t printMs = 0;
    bool operator==(const SimFaults&) const = default;
};
/// Fails: Invalid "sim-faults" for a word it does not know.
Result<SimFaults> parseSimFaults(std::string_view text);
/// Writes FOLDER/faults.
Result<void> setSimFaults(const Path& folder, const SimFaults& faults);

/// In the folder: job-<attempt>.json (what the scheduler knows), waiting-<attempt>.png (accepted, no paper moved),
/// sheet-<attempt>.png (out) and a line in sheets.jsonl for each sheet. All of it survives a crash at any point; a
/// sheet's picture and its line may be apart for the moment in between. One process at a time.
class SimPrinter final : public print::Printer, public print::CanVerify {
  public:
    /// The folder is made when needed. `clock` must outlive the printer; paper moves when it passes print-ms.
    SimPrinter(Path folder, const Clock& clock) : m_folder(std::move(folder)), m_clock(clock) {}

    Result<print::PrinterState> state() override;
    std::unique_ptr<image::StripSink> documentSink(const Path& file, const print::Ticket& ticket) override;
    Result<print::SchedulerJob> create(const print::Ticket& ticket) override;
    Result<void> send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) override;
    Result<std::optional<print::JobSight>> find(AttemptId attempt) override;
    Result<void> cancel(print::SchedulerJob job) override;
    Result<void> resume() override { return {}; }  // it never stops by itself
    Result<print::Verification> verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                       Instant at) override;

  private:
    struct Job {
        AttemptId attempt;
        int number = 0;
        enum class Stage { Created, Accepted, Aborted, Cancelled } stage = Stage::Created;
        std::string medium, message;
        Instant acceptedAt;
    };
    Result<SimFaults> reach();
    Result<std::vector<Job>> jobs() const;
    Result<void> save(const Job& job) const;
    Result<void> movePaper(const SimFaults& faults);
    Path file(const char* kind, AttemptId attempt, const char* extension) const;
    int sheetsOut() const;

    Path m_folder;
    const Clock& m_clock;
};

}  // namespace contone::printers
