// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SimPrinter: a printer that writes each sheet as a PNG file into a folder, for trials and for tests.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/print/printer.h"
#include "printers/sim/sim_script.h"

namespace contone::printers {

/// What is wrong until it is mended: for breaking and mending the printer by hand, from another process too. Read
/// before each call from FOLDER/faults, one word a line: "unreachable", "media-empty", "jam-after N" (sheets in the
/// tray), "refuse-documents", "print-ms N" (how long a sheet takes; default 0). No file: nothing is wrong. These
/// troubles are met by pages that are in the printer; it takes more. What happens by itself, at a sheet or after a
/// time, is FOLDER/script: sim_script.h; its troubles keep the printer from being ready, as those of real ones do.
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
/// Writes FOLDER/script; its stories begin with the printer's next answer. Fails as SimScript::parse.
Result<void> setSimScript(const Path& folder, const std::string& script);

/// In the folder: job-<attempt>.json (what the scheduler knows), waiting-<attempt>.png (accepted, no paper moved),
/// sheet-<attempt>.png (out), spoiled-<attempt>.png (paper used, no print) and a line in sheets.jsonl for each sheet.
/// All of it survives a crash at any point; a sheet's picture and its line may be apart for the moment in between.
/// Sheets print one after another. Several objects and processes may share a folder: each call locks it.
class SimPrinter final : public print::Printer, public print::CanVerify, public print::CanStartQueue {
  public:
    /// The folder is made when needed. `clock` must outlive the printer; paper moves when it passes print-ms. What was
    /// noted at a later time than now, by another clock or before the computer was restarted, counts from now on.
    SimPrinter(Path folder, const Clock& clock) : m_folder(std::move(folder)), m_clock(clock) {}

    Result<print::PrinterState> state() override;
    std::unique_ptr<image::StripSink> documentSink(const Path& file, const print::Ticket& ticket) override;
    Result<print::SchedulerJob> create(const print::Ticket& ticket) override;
    Result<void> send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) override;
    Result<std::optional<print::JobStatus>> find(AttemptId attempt) override;
    Result<void> cancel(print::SchedulerJob job) override;
    Result<void> release(print::SchedulerJob) override { return {}; }  // holds nothing
    Result<void> resume() override;
    Result<void> startQueue() override;
    Result<print::Verification> verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                       Instant at) override;

  private:
    struct Job {
        AttemptId attempt;
        int number = 0;
        enum class Stage { Created, Accepted, Aborted, Cancelled, Out } stage = Stage::Created;
        std::string medium, message;
        PaperSize sheet;
        Instant acceptedAt;
        Instant begunAt;  ///< begunAt 0: its sheet has not begun
    };
    /// The folder as it is now, and locked while this lives.
    struct World {
        FileDescriptor lock;
        SimFaults faults;
        SimScript script;
        SimProgress progress, saved;
        std::vector<Job> jobs;  ///< by number
        int sheets = 0;         ///< in the tray
    };
    Result<World> reach();
    Result<World> look() const;
    Result<std::vector<Job>> jobs() const;
    Result<void> save(const Job& job) const;
    Result<void> run(World& world) const;
    Result<void> forgetTheFuture(World& world) const;
    Result<void> begin(World& world, Job& job) const;
    Result<void> forget(World& world) const;
    Result<void> putOut(World& world, const Job& job) const;
    Result<void> noteSheet(const Job& job, const Path& picture) const;
    std::vector<print::Obstacle> obstacles(const World& world) const;
    Path file(const char* kind, AttemptId attempt, const char* extension) const;
    int sheetsOf(AttemptId attempt) const;
    static bool isThere(const Path& file);

    Path m_folder;
    const Clock& m_clock;
};

}  // namespace contone::printers
