// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The simulated printer: files for jobs, a rename for paper that moves.
#include "printers/sim/sim_printer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <sstream>

#include "core/image/file_sinks.h"
#include "core/print/setup_json.h"

namespace contone::printers {
namespace {

std::unexpected<Error> jobUnknown(const std::string& detail) {
    return fail(Code::NotFound, "job-unknown", "The printer does not know this print job.", detail);
}

/// Begins and ends as a PNG (RFC 2083): enough to refuse what is no page, or not all of one, without decoding.
bool isWholePng(std::span<const std::byte> file) {
    constexpr std::array<unsigned char, 8> start{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    constexpr std::array<unsigned char, 12> end{0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};
    return file.size() > start.size() + end.size() && std::memcmp(file.data(), start.data(), start.size()) == 0 &&
           std::memcmp(file.last(end.size()).data(), end.data(), end.size()) == 0;
}

/// Whether the next sheet has not even been drawn in. A jam catches one on its way.
bool standsStill(const std::vector<print::Obstacle>& obstacles) {
    return !obstacles.empty() && std::ranges::find(obstacles, print::Obstacle::MediaJam) == obstacles.end();
}

}  // namespace

Result<SimFaults> parseSimFaults(std::string_view text) {
    SimFaults faults;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string word;
        if (!(words >> word)) continue;
        int jam = 0;
        if (word == "unreachable")
            faults.unreachable = true;
        else if (word == "media-empty")
            faults.mediaEmpty = true;
        else if (word == "refuse-documents")
            faults.refuseDocuments = true;
        else if (word == "jam-after" && words >> jam)
            faults.jamAfter = jam;
        else if (word != "print-ms" || !(words >> faults.printMs))
            return fail(Code::Invalid, "sim-faults",
                        "The simulated printer's faults file has a line that Contone does not understand.", line);
    }
    return faults;
}

Result<void> setSimFaults(const Path& folder, const SimFaults& faults) {
    std::string text;
    if (faults.unreachable) text += "unreachable\n";
    if (faults.mediaEmpty) text += "media-empty\n";
    if (faults.refuseDocuments) text += "refuse-documents\n";
    if (faults.jamAfter) text += "jam-after " + std::to_string(*faults.jamAfter) + "\n";
    if (faults.printMs != 0) text += "print-ms " + std::to_string(faults.printMs) + "\n";
    CONTONE_CHECK(makeDirectories(folder));
    return writeFileDurably(folder / "faults", text);
}

Result<void> setSimScript(const Path& folder, const std::string& script) {
    CONTONE_CHECK(SimScript::parse(script));
    CONTONE_CHECK(makeDirectories(folder));
    return writeFileDurably(folder / "script", script);
}

Result<print::PrinterState> SimPrinter::state() {
    CONTONE_TRY(const World world, reach());
    const SimCondition& c = world.progress.condition;
    print::PrinterState state;
    state.obstacles = obstacles(world);
    state.ready = !(c.mediaEmpty || c.jammed || c.coverOpen || c.ribbonEnded || c.stopped || c.paused ||
                    (c.roll && c.roll->left == 0));
    if (c.loaded) state.mediaReady = {*c.loaded};
    if (c.roll)
        state.supplies.push_back({print::Supply::Kind::Ribbon, "roll", c.roll->left * 100 / c.roll->of, c.roll->left,
                                  c.roll->left * 10 <= c.roll->of});
    if (!state.obstacles.empty()) state.message = print::sentenceFor(state.obstacles.front());
    return state;
}

Result<void> SimPrinter::resume() {
    CONTONE_TRY(World world, reach());
    if (!world.progress.condition.stopped) return {};
    world.progress.condition.stopped = false;
    return run(world);
}

Result<void> SimPrinter::startQueue() {
    CONTONE_TRY(World world, reach());
    world.progress.condition.stopped = world.progress.condition.paused = false;
    return run(world);
}

std::unique_ptr<image::StripSink> SimPrinter::documentSink(const Path& path, const print::Ticket&) {
    return image::pngFileSink(path);
}

Result<print::SchedulerJob> SimPrinter::create(const print::Ticket& ticket) {
    CONTONE_TRY(const World world, reach());
    for (const Job& job : world.jobs)
        if (job.attempt == ticket.attempt)
            return fail(Code::Conflict, "job-exists", "This print was announced already.",
                        print::jobName(ticket.attempt));
    Job job;
    job.attempt = ticket.attempt;
    job.number = world.jobs.empty() ? 1 : world.jobs.back().number + 1;
    job.medium = ticket.medium.id;
    job.sheet = ticket.medium.sheet;
    CONTONE_CHECK(save(job));
    return print::SchedulerJob{job.number};
}

Result<void> SimPrinter::send(const print::Ticket& ticket, print::SchedulerJob number, const Path& path) {
    CONTONE_TRY(World world, reach());
    const auto job = std::ranges::find(world.jobs, number.number, &Job::number);
    if (job == world.jobs.end() || job->attempt != ticket.attempt) return jobUnknown(print::jobName(ticket.attempt));
    if (job->stage == Job::Stage::Accepted || job->stage == Job::Stage::Out)
        return fail(Code::Conflict, "document-already-sent", "This print was sent already.",
                    print::jobName(job->attempt));
    if (job->stage != Job::Stage::Created)
        return fail(Code::Conflict, "job-finished", "This print job is over.", print::jobName(job->attempt));
    CONTONE_TRY(const Bytes page, readFile(path, 1U << 30));
    const bool refused = world.faults.refuseDocuments || world.progress.condition.refusing;
    if (refused || !isWholePng(page)) {
        job->stage = Job::Stage::Aborted;
        job->message = "The document was refused.";
        CONTONE_CHECK(save(*job));
        return fail(Code::Unsupported, "document-refused", "The printer refused the page. Verify its setup.",
                    refused ? "simulated" : "not a whole PNG");
    }
    CONTONE_CHECK(writeFileDurably(file("waiting", job->attempt, ".png"), page));
    job->stage = Job::Stage::Accepted;
    job->acceptedAt = m_clock.now();
    CONTONE_CHECK(save(*job));
    return run(world);
}

Result<std::optional<print::JobStatus>> SimPrinter::find(AttemptId attempt) {
    CONTONE_TRY(const World world, reach());
    const auto job = std::ranges::find(world.jobs, attempt, &Job::attempt);
    if (job == world.jobs.end()) return std::nullopt;
    print::JobStatus status{{job->number}, print::JobProgress::Created, 0, sheetsOf(attempt), false, job->message};
    switch (job->stage) {
        case Job::Stage::Created:
            break;
        case Job::Stage::Aborted:
            status.progress = print::JobProgress::Aborted;
            status.documents = isThere(file("spoiled", attempt, ".png")) ? 1 : 0;
            break;
        case Job::Stage::Cancelled:
            status.progress = print::JobProgress::Cancelled;
            break;
        case Job::Stage::Accepted:
            status.documents = 1;
            status.progress =
                standsStill(obstacles(world)) ? print::JobProgress::Waiting : print::JobProgress::Printing;
            break;
        case Job::Stage::Out:
            status.documents = 1;
            status.progress = print::JobProgress::Completed;
            break;
    }
    return status;
}

Result<void> SimPrinter::cancel(print::SchedulerJob number) {
    CONTONE_TRY(World world, reach());
    const auto job = std::ranges::find(world.jobs, number.number, &Job::number);
    if (job == world.jobs.end()) return jobUnknown("job " + std::to_string(number.number));
    if (job->stage != Job::Stage::Created && job->stage != Job::Stage::Accepted) return {};  // over already
    job->stage = Job::Stage::Cancelled;
    CONTONE_CHECK(save(*job));
    std::error_code ignored;  // a waiting page of a cancelled job is never printed
    std::filesystem::remove(file("waiting", job->attempt, ".png"), ignored);
    return {};
}

Result<print::Verification> SimPrinter::verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                               Instant at) {
    print::Verification result;
    result.at = at;
    result.fingerprint =
        Sha256::of("contone-sim-1\n" + print::toJson(print::whatPrints(setup)) + "\n" + medium.id + "\n" +
                   std::to_string(medium.raster.width) + "x" + std::to_string(medium.raster.height));
    if (const auto reached = reach(); !reached) {  // and unlocked again
        result.problems.push_back(reached.error().message);
        return result;
    }
    if (const auto written = writeFileDurably(m_folder / "verified", toString(at) + "\n"); !written) {
        result.problems.push_back("The folder of the simulated printer cannot be written: " + written.error().message);
        return result;
    }
    result.passed = true;
    result.verified = {"Pages are written as pictures into a folder, pixel for pixel; no paper is used."};
    return result;
}

}  // namespace contone::printers
