// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The simulated printer: files for jobs, a rename for paper that moves.
#include "printers/sim/sim_printer.h"

#include <fcntl.h>
#include <sys/file.h>
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

/// Empty when there is no such file.
Result<std::string> textOrNothing(const Path& path) {
    auto text = readTextFile(path, 1 << 20);
    if (!text && text.error().reason == "file-missing") return std::string();
    return text;
}

bool isSameSize(PaperSize a, PaperSize b) {
    print::PrinterState loaded;
    loaded.mediaReady = {a};
    print::Medium medium;
    medium.sheet = b;
    return print::isLoaded(loaded, medium);
}

/// Whether the next sheet has not even been drawn in. A jam catches one on its way.
bool standsStill(const std::vector<print::Obstacle>& obstacles) {
    return !obstacles.empty() && std::ranges::find(obstacles, print::Obstacle::MediaJam) == obstacles.end();
}

/// Accepted, and its sheet is not out.
template <class Job>
bool isWaiting(const Job& job) {
    return job.stage == Job::Stage::Accepted;
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

Result<void> setSimScript(const Path& folder, const std::string& script) {
    CONTONE_CHECK(SimScript::parse(script));
    CONTONE_CHECK(makeDirectories(folder));
    return writeFileDurably(folder / "script", script);
}

Path SimPrinter::file(const char* kind, AttemptId attempt, const char* extension) const {
    return m_folder / (std::string(kind) + "-" + attempt.toString() + extension);
}

int SimPrinter::sheetsOf(AttemptId attempt) const {
    return static_cast<int>(std::filesystem::exists(file("sheet", attempt, ".png"))) +
           static_cast<int>(std::filesystem::exists(file("sheet", attempt, "-again.png")));
}

Result<SimPrinter::World> SimPrinter::look() const {
    World world;
    CONTONE_CHECK(makeDirectories(m_folder));
    world.lock = FileDescriptor(::open((m_folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!world.lock.isOpen()) return fail(errorFromErrno(errno, "open " + (m_folder / "lock").string()));
    while (::flock(world.lock.get(), LOCK_EX) != 0)
        if (errno != EINTR) return fail(errorFromErrno(errno, "lock " + m_folder.string()));
    CONTONE_TRY(const std::string faults, textOrNothing(m_folder / "faults"));
    CONTONE_TRY(world.faults, parseSimFaults(faults));
    CONTONE_TRY(const std::string script, textOrNothing(m_folder / "script"));
    CONTONE_TRY(world.script, SimScript::parse(script));
    CONTONE_TRY(const std::string progress, textOrNothing(m_folder / "progress.json"));
    if (!progress.empty()) {
        CONTONE_TRY(world.saved, simProgressFromJson(progress));
    }
    world.progress = world.saved;
    if (world.progress.script != world.script.hash()) world.progress = world.script.begin(m_clock.now());
    CONTONE_TRY(world.jobs, jobs());
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, error))
        if (entry.path().filename().string().starts_with("sheet-")) ++world.sheets;
    return world;
}

Result<SimPrinter::World> SimPrinter::reach() {
    CONTONE_TRY(World world, look());
    CONTONE_CHECK(run(world));
    if (world.faults.unreachable || world.progress.condition.offline)
        return fail(Code::Unavailable, "printer-unreachable",
                    "The printer does not answer. Check that it is on and connected.", "simulated");
    return world;
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
            job.begunAt = {json.value("begunAtMs", std::int64_t{0})};
            job.sheet = {Length::micrometres(json.value("widthUm", std::int64_t{0})),
                         Length::micrometres(json.value("heightUm", std::int64_t{0}))};
            if (job.stage == Job::Stage::Accepted && std::filesystem::exists(file("sheet", job.attempt, ".png")))
                job.stage = Job::Stage::Out;
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
                    {"acceptedAtMs", job.acceptedAt.ms},
                    {"begunAtMs", job.begunAt.ms},
                    {"widthUm", job.sheet.width.um()},
                    {"heightUm", job.sheet.height.um()}};
    return writeFileDurably(file("job", job.attempt, ".json"), json.dump() + "\n");
}

std::vector<print::Obstacle> SimPrinter::obstacles(const World& world) const {
    using print::Obstacle;
    const SimCondition& c = world.progress.condition;
    std::vector<Obstacle> found;
    if (world.faults.mediaEmpty || c.mediaEmpty) found.push_back(Obstacle::MediaEmpty);
    if (c.jammed || (world.faults.jamAfter && world.sheets >= *world.faults.jamAfter))
        found.push_back(Obstacle::MediaJam);
    if (c.coverOpen) found.push_back(Obstacle::CoverOpen);
    if (c.ribbonEnded || (c.roll && c.roll->left == 0)) found.push_back(Obstacle::SuppliesEmpty);
    const auto next = std::ranges::find_if(world.jobs, isWaiting<Job>);
    if (c.loaded && next != world.jobs.end() && !isSameSize(*c.loaded, next->sheet))
        found.push_back(Obstacle::WrongMedium);
    if (c.stopped) found.push_back(Obstacle::Stopped);
    if (c.paused) found.push_back(Obstacle::Paused);
    return found;
}

/// Everything that is due: events, and sheets in their order as far as paper, faults and time allow.
Result<void> SimPrinter::run(World& world) const {
    for (;;) {
        const SimStrokes strokes = world.script.advance(world.progress, m_clock.now(), 0);
        if (strokes.forget) CONTONE_CHECK(forget(world));
        const auto next = std::ranges::find_if(world.jobs, isWaiting<Job>);
        if (next == world.jobs.end()) break;
        if (next->begunAt.ms == 0) {
            CONTONE_CHECK(begin(world, *next));
            if (world.jobs.empty() || !isWaiting(*next)) continue;  // forgotten or spoiled
        }
        if (!obstacles(world).empty() || world.progress.condition.offline) {
            world.progress.freeAt = m_clock.now();
            break;
        }
        if (next->begunAt.ms == 0) {
            next->begunAt.ms = std::max(next->acceptedAt.ms, world.progress.freeAt.ms);
            CONTONE_CHECK(save(*next));
        }
        const std::int64_t takes = std::max(world.faults.printMs, world.progress.condition.printMs);
        if (m_clock.now().ms < next->begunAt.ms + takes) break;
        world.progress.freeAt.ms = next->begunAt.ms + takes;
        CONTONE_CHECK(putOut(world, *next));
        next->stage = Job::Stage::Out;  // on disk its picture says so
    }
    if (world.progress == world.saved) return {};
    world.saved = world.progress;
    return writeFileDurably(m_folder / "progress.json", toJson(world.progress));
}

/// The events of the sheet that is about to begin.
Result<void> SimPrinter::begin(World& world, Job& job) const {
    const SimStrokes strokes = world.script.advance(world.progress, m_clock.now(), world.sheets + 1);
    if (strokes.forget) return forget(world);
    if (strokes.spoil) {
        job.stage = Job::Stage::Aborted;
        job.message = "The paper is jammed.";
        CONTONE_CHECK(save(job));
        return moveDurably(file("waiting", job.attempt, ".png"), file("spoiled", job.attempt, ".png"));
    }
    if (strokes.twice) {
        std::error_code error;
        const Path again = file("sheet", job.attempt, "-again.png");
        std::filesystem::copy_file(file("waiting", job.attempt, ".png"), again,
                                   std::filesystem::copy_options::overwrite_existing, error);
        if (error) return fail(errorFromErrno(error.value(), "copy " + again.string()));
        ++world.sheets;
        return noteSheet(job, again);
    }
    return {};
}

/// As a scheduler that was started with an empty memory: what is out is out, what waited is gone.
Result<void> SimPrinter::forget(World& world) const {
    std::error_code error;
    for (const Job& job : world.jobs) {
        std::filesystem::remove(file("waiting", job.attempt, ".png"), error);
        std::filesystem::remove(file("job", job.attempt, ".json"), error);
    }
    world.jobs.clear();
    return syncDirectory(m_folder);
}

Result<void> SimPrinter::putOut(World& world, const Job& job) const {
    const Path sheet = file("sheet", job.attempt, ".png");
    CONTONE_CHECK(moveDurably(file("waiting", job.attempt, ".png"), sheet));
    ++world.sheets;
    if (auto& roll = world.progress.condition.roll) roll->left = std::max(0, roll->left - 1);
    return noteSheet(job, sheet);
}

Result<void> SimPrinter::noteSheet(const Job& job, const Path& picture) const {
    return appendLine(m_folder / "sheets.jsonl", Json{{"attempt", job.attempt.toString()},
                                                      {"number", job.number},
                                                      {"medium", job.medium},
                                                      {"file", picture.filename().string()},
                                                      {"at", toString(m_clock.now())}}
                                                         .dump() +
                                                     "\n");
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

Result<std::optional<print::JobSight>> SimPrinter::find(AttemptId attempt) {
    CONTONE_TRY(const World world, reach());
    const auto job = std::ranges::find(world.jobs, attempt, &Job::attempt);
    if (job == world.jobs.end()) return std::nullopt;
    print::JobSight sight{{job->number}, print::JobProgress::Created, 0, sheetsOf(attempt), false, job->message};
    switch (job->stage) {
        case Job::Stage::Created:
            break;
        case Job::Stage::Aborted:
            sight.progress = print::JobProgress::Aborted;
            sight.documents = std::filesystem::exists(file("spoiled", attempt, ".png")) ? 1 : 0;
            break;
        case Job::Stage::Cancelled:
            sight.progress = print::JobProgress::Cancelled;
            break;
        case Job::Stage::Accepted:
            sight.documents = 1;
            sight.progress = standsStill(obstacles(world)) ? print::JobProgress::Waiting : print::JobProgress::Printing;
            break;
        case Job::Stage::Out:
            sight.documents = 1;
            sight.progress = print::JobProgress::Completed;
            break;
    }
    return sight;
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
    result.proved = {"Pages are written as pictures into a folder, pixel for pixel; no paper is used."};
    return result;
}

}  // namespace contone::printers
