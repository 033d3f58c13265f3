// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The folder of a simulated printer: reads and locks it, and brings it up to the present time.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>

#include "printers/sim/sim_printer.h"

namespace contone::printers {
namespace {

using Json = nlohmann::json;

Result<void> appendLine(const Path& path, const std::string& line) {
    FileDescriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    if (!fd.isOpen()) return fail(errorFromErrno(errno, "open " + path.string()));
    CONTONE_CHECK(writeAll(fd.get(), std::as_bytes(std::span(line)), path.string()));
    if (::fsync(fd.get()) != 0) return fail(errorFromErrno(errno, "fsync " + path.string()));
    return {};
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

Path SimPrinter::file(const char* kind, AttemptId attempt, const char* extension) const {
    return m_folder / (std::string(kind) + "-" + attempt.toString() + extension);
}

int SimPrinter::sheetsOf(AttemptId attempt) const {
    return static_cast<int>(isThere(file("sheet", attempt, ".png"))) +
           static_cast<int>(isThere(file("sheet", attempt, "-again.png")));
}

bool SimPrinter::isThere(const Path& file) {
    std::error_code unknown;
    return std::filesystem::exists(file, unknown);
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
            if (job.stage == Job::Stage::Accepted && isThere(file("sheet", job.attempt, ".png")))
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

Result<void> SimPrinter::forgetTheFuture(World& world) const {
    const Instant now = m_clock.now();
    for (SimProgress::Story& story : world.progress.stories) story.since = std::min(story.since, now);
    world.progress.freeAt = std::min(world.progress.freeAt, now);
    for (Job& job : world.jobs) {
        if (!isWaiting(job) || (job.acceptedAt <= now && job.begunAt <= now)) continue;
        job.acceptedAt = std::min(job.acceptedAt, now);
        job.begunAt = std::min(job.begunAt, now);
        CONTONE_CHECK(save(job));
    }
    return {};
}

/// Everything that is due: events, and sheets in their order as far as paper, faults and time allow.
Result<void> SimPrinter::run(World& world) const {
    CONTONE_CHECK(forgetTheFuture(world));
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
                                                      {"at", toString(SystemClock().now())}}
                                                         .dump() +
                                                     "\n");
}

}  // namespace contone::printers
