// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The simulated printer: files for jobs, a rename for paper that moves.
#include "printers/sim/sim_printer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/image/file_sinks.h"
#include "core/print/setup_json.h"

namespace contone::printers {
namespace {

using Json = nlohmann::json;

std::unexpected<Error> jobUnknown(const std::string& detail) {
    return fail(Code::NotFound, "job-unknown", "The printer does not know this print job.", detail);
}

Result<void> appendLine(const Path& path, const std::string& line) {
    FileDescriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    if (!fd.isOpen()) return fail(errorFromErrno(errno, "open " + path.string()));
    CONTONE_CHECK(writeAll(fd.get(), std::as_bytes(std::span(line)), path.string()));
    if (::fsync(fd.get()) != 0) return fail(errorFromErrno(errno, "fsync " + path.string()));
    return {};
}

/// Begins and ends as a PNG (RFC 2083): enough to refuse what is no page, or not all of one, without decoding.
bool isWholePng(std::span<const std::byte> file) {
    constexpr std::array<unsigned char, 8> start{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    constexpr std::array<unsigned char, 12> end{0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};
    return file.size() > start.size() + end.size() && std::memcmp(file.data(), start.data(), start.size()) == 0 &&
           std::memcmp(file.last(end.size()).data(), end.data(), end.size()) == 0;
}

Result<void> moveDurably(const Path& from, const Path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return fail(errorFromErrno(errno, "rename " + to.string()));
    return syncDirectory(to.parent_path());
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
                        "The simulated printer's faults file has a line that means nothing.", line);
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

Path SimPrinter::file(const char* kind, AttemptId attempt, const char* extension) const {
    return m_folder / (std::string(kind) + "-" + attempt.toString() + extension);
}

Result<SimFaults> SimPrinter::reach() {
    CONTONE_CHECK(makeDirectories(m_folder));
    SimFaults faults;
    if (const auto text = readTextFile(m_folder / "faults", 4096)) {
        CONTONE_TRY(faults, parseSimFaults(*text));
    } else if (text.error().reason != "file-missing") {
        return fail(text.error());
    }
    if (faults.unreachable)
        return fail(Code::Unavailable, "printer-unreachable",
                    "The printer does not answer. Check that it is on and connected.", "simulated");
    return faults;
}

Result<std::vector<SimPrinter::Job>> SimPrinter::jobs() const {
    std::vector<Job> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, error)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("job-") || !name.ends_with(".json")) continue;
        CONTONE_TRY(const std::string text, readTextFile(entry.path(), 1 << 16));
        try {
            const Json json = Json::parse(text);
            Job job;
            CONTONE_TRY(job.attempt, AttemptId::parse(json.at("attempt").get<std::string>()));
            job.number = json.at("number").get<int>();
            job.stage = static_cast<Job::Stage>(std::clamp(json.at("stage").get<int>(), 0, 3));
            job.medium = json.at("medium").get<std::string>();
            job.message = json.at("message").get<std::string>();
            job.acceptedAt = {json.at("acceptedAtMs").get<std::int64_t>()};
            found.push_back(std::move(job));
        } catch (const Json::exception& e) {
            return fail(Code::Corrupt, "sim-job", "The simulated printer's folder is damaged. Use an empty folder.",
                        e.what());
        }
    }
    if (error)
        return fail(Code::Unavailable, "printer-unreachable", "The simulated printer's folder cannot be read.",
                    error.message());
    std::sort(found.begin(), found.end(), [](const Job& a, const Job& b) { return a.number < b.number; });
    return found;
}

Result<void> SimPrinter::save(const Job& job) const {
    const Json json{{"attempt", job.attempt.toString()},
                    {"number", job.number},
                    {"stage", static_cast<int>(job.stage)},
                    {"medium", job.medium},
                    {"message", job.message},
                    {"acceptedAtMs", job.acceptedAt.ms}};
    return writeFileDurably(file("job", job.attempt, ".json"), json.dump() + "\n");
}

int SimPrinter::sheetsOut() const {
    std::error_code error;
    int sheets = 0;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, error))
        if (entry.path().filename().string().starts_with("sheet-")) ++sheets;
    return sheets;
}

/// Prints what waits, oldest first, as far as paper, faults and time allow.
Result<void> SimPrinter::movePaper(const SimFaults& faults) {
    if (faults.mediaEmpty) return {};
    CONTONE_TRY(const std::vector<Job> all, jobs());
    for (const Job& job : all) {
        const Path waiting = file("waiting", job.attempt, ".png");
        if (job.stage != Job::Stage::Accepted || !std::filesystem::exists(waiting)) continue;
        if (faults.jamAfter && sheetsOut() >= *faults.jamAfter) return {};
        if (m_clock.now().ms < job.acceptedAt.ms + faults.printMs) return {};
        const Path sheet = file("sheet", job.attempt, ".png");
        CONTONE_CHECK(moveDurably(waiting, sheet));
        CONTONE_CHECK(appendLine(m_folder / "sheets.jsonl", Json{{"attempt", job.attempt.toString()},
                                                                 {"number", job.number},
                                                                 {"medium", job.medium},
                                                                 {"file", sheet.filename().string()},
                                                                 {"at", toString(m_clock.now())}}
                                                                    .dump() +
                                                                "\n"));
    }
    return {};
}

Result<print::PrinterState> SimPrinter::state() {
    CONTONE_TRY(const SimFaults faults, reach());
    CONTONE_CHECK(movePaper(faults));
    print::PrinterState state;
    if (faults.mediaEmpty) state.obstacles.push_back(print::Obstacle::MediaEmpty);
    if (faults.jamAfter && sheetsOut() >= *faults.jamAfter) state.obstacles.push_back(print::Obstacle::MediaJam);
    if (!state.obstacles.empty()) state.message = print::sentenceFor(state.obstacles.front());
    return state;
}

std::unique_ptr<image::StripSink> SimPrinter::documentSink(const Path& path, const print::Ticket&) {
    return image::pngFileSink(path);
}

Result<print::SchedulerJob> SimPrinter::create(const print::Ticket& ticket) {
    CONTONE_CHECK(reach());
    CONTONE_TRY(const std::vector<Job> all, jobs());
    for (const Job& job : all)
        if (job.attempt == ticket.attempt)
            return fail(Code::Conflict, "job-exists", "This print was announced already.",
                        print::jobName(ticket.attempt));
    Job job;
    job.attempt = ticket.attempt;
    job.number = all.empty() ? 1 : all.back().number + 1;
    job.medium = ticket.medium.id;
    CONTONE_CHECK(save(job));
    return print::SchedulerJob{job.number};
}

Result<void> SimPrinter::send(const print::Ticket& ticket, print::SchedulerJob number, const Path& path) {
    CONTONE_TRY(const SimFaults faults, reach());
    CONTONE_TRY(const std::vector<Job> all, jobs());
    const auto found = std::find_if(all.begin(), all.end(), [&](const Job& j) { return j.number == number.number; });
    if (found == all.end() || found->attempt != ticket.attempt) return jobUnknown(print::jobName(ticket.attempt));
    Job job = *found;
    if (job.stage == Job::Stage::Accepted)
        return fail(Code::Conflict, "document-already-sent", "This print was sent already.",
                    print::jobName(job.attempt));
    if (job.stage != Job::Stage::Created)
        return fail(Code::Conflict, "job-finished", "This print job is over.", print::jobName(job.attempt));
    CONTONE_TRY(const Bytes page, readFile(path, 1U << 30));
    if (faults.refuseDocuments || !isWholePng(page)) {
        job.stage = Job::Stage::Aborted;
        job.message = "The document was refused.";
        CONTONE_CHECK(save(job));
        return fail(Code::Unsupported, "document-refused", "The printer refused the page. Verify its setup.",
                    faults.refuseDocuments ? "simulated" : "not a whole PNG");
    }
    CONTONE_CHECK(writeFileDurably(file("waiting", job.attempt, ".png"), page));
    job.stage = Job::Stage::Accepted;
    job.acceptedAt = m_clock.now();
    CONTONE_CHECK(save(job));
    return movePaper(faults);
}

Result<std::optional<print::JobSight>> SimPrinter::find(AttemptId attempt) {
    CONTONE_TRY(const SimFaults faults, reach());
    CONTONE_CHECK(movePaper(faults));
    CONTONE_TRY(const std::vector<Job> all, jobs());
    const auto found = std::find_if(all.begin(), all.end(), [&](const Job& j) { return j.attempt == attempt; });
    if (found == all.end()) return std::nullopt;
    print::JobSight sight{{found->number}, print::JobProgress::Created, 0, 0, false, found->message};
    switch (found->stage) {
        case Job::Stage::Created:
            break;
        case Job::Stage::Aborted:
            sight.progress = print::JobProgress::Aborted;
            break;
        case Job::Stage::Cancelled:
            sight.progress = print::JobProgress::Cancelled;
            break;
        case Job::Stage::Accepted:
            sight.documents = 1;
            sight.sheets = std::filesystem::exists(file("sheet", attempt, ".png")) ? 1 : 0;
            sight.progress = sight.sheets > 0    ? print::JobProgress::Completed
                             : faults.mediaEmpty ? print::JobProgress::Waiting
                                                 : print::JobProgress::Printing;
    }
    return sight;
}

Result<void> SimPrinter::cancel(print::SchedulerJob number) {
    CONTONE_CHECK(reach());
    CONTONE_TRY(const std::vector<Job> all, jobs());
    const auto found = std::find_if(all.begin(), all.end(), [&](const Job& j) { return j.number == number.number; });
    if (found == all.end()) return jobUnknown("job " + std::to_string(number.number));
    Job job = *found;
    const bool out = std::filesystem::exists(file("sheet", job.attempt, ".png"));
    if (out || job.stage == Job::Stage::Aborted || job.stage == Job::Stage::Cancelled) return {};  // over already
    job.stage = Job::Stage::Cancelled;
    CONTONE_CHECK(save(job));
    std::error_code ignored;  // a waiting page of a cancelled job is never printed
    std::filesystem::remove(file("waiting", job.attempt, ".png"), ignored);
    return {};
}

Result<print::Verification> SimPrinter::verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                               Instant at) {
    print::Verification result;
    result.at = at;
    print::PrinterSetup bare = setup;
    bare.name.clear();
    bare.verification.reset();
    result.fingerprint = Sha256::of("contone-sim-1\n" + print::toJson(bare) + "\n" + medium.id + "\n" +
                                    std::to_string(medium.raster.width) + "x" + std::to_string(medium.raster.height));
    if (const auto reached = reach(); !reached) {
        result.problems.push_back(reached.error().message);
        return result;
    }
    if (const auto written = writeFileDurably(m_folder / "verified", toString(at) + "\n"); !written) {
        result.problems.push_back("The folder of the simulated printer cannot be written: " + written.error().message);
        return result;
    }
    result.passed = true;
    result.proved = {"Pages are written as pictures into a folder, pixel for pixel; no paper is used."};
    return result;
}

}  // namespace contone::printers
