// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench render: prints by Contone and by its peers, on the same photos, in turns.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <sstream>

#include "core/base/id.h"
#include "icc/profile.h"
#include "tests/bench/performance_page.h"
#include "tests/bench/render_contests.h"

namespace contone::bench {
namespace {

struct Options {
    int rounds = 5, queue = 200;
    std::vector<std::string> only;
    std::string heic, photos;
    bool write = false;
};

/// Gone at the end, with what was rendered in it.
class ScratchFolder {
  public:
    explicit ScratchFolder(std::string keep)
        : m_path(std::filesystem::temp_directory_path() / ("contone-bench-" + Uuid::generate({0}).toString())),
          m_photos(keep.empty() ? m_path : Path(keep)) {}
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const Path& path() const { return m_path; }
    const Path& photos() const { return m_photos; }

  private:
    Path m_path, m_photos;
};

Result<void> show(const Options& options, const std::string& id, const std::string& section) {
    std::printf("%s\n", section.c_str());
    std::fflush(stdout);
    return options.write ? saveSection(id, section) : Result<void>{};
}

bool isWanted(const Options& options, const std::string& id) {
    return options.only.empty() || std::ranges::find(options.only, id) != options.only.end();
}

Result<void> measure(const Options& options, const ContestEntry& entry, const Bench& bench) {
    const auto contest = entry.make(bench);
    if (!contest && contest.error().code == Code::Unsupported)
        return show(options, entry.id, fmt::format("### {}\n\nLeft out: {}\n", entry.id, contest.error().message));
    if (!contest) return fail(contest.error());
    CONTONE_TRY(const auto standings,
                hold(*contest, {options.rounds, options.rounds > 1 ? 2 : 1, bench.folder / "log.txt"}));
    return show(options, entry.id, sectionOf(*contest, standings, whenMeasured()));
}

/// Milliseconds that a person waits, from the program that times them.
Result<void> measureView(const Options& options, const Bench& bench) {
    const Path said = bench.folder / "view.txt";
    CONTONE_TRY(const TreeUsage usage, runTree({{bench.peers / "view-timing"}, {}}, Memory::Ignore, said));
    CONTONE_TRY(const std::string words, readTextFile(said, 100'000));
    if (usage.exitCode != 0) return fail(Code::Internal, "bench-failed", "view-timing failed.", words);
    std::string text = "### Preview, one core\n\n| what | ms: median (min–max) | asked |\n|---|--:|---|\n";
    const std::vector<double> asked{6, 25};
    std::size_t row = 0;
    std::istringstream lines(words);
    for (std::string what, figures;
         std::getline(lines, what, '\t') && std::getline(lines, figures) && row < asked.size(); ++row) {
        std::istringstream numbers(figures);
        double median = 0, low = 0, high = 0;
        numbers >> median >> low >> high;
        text += fmt::format("| {} | {:.1f} ({:.1f}–{:.1f}) | ≤ {:g} ms: {} |\n", what, median, low, high, asked[row],
                            median <= asked[row] ? "met" : "**missed**");
    }
    return show(options, "view", text + "\n" + whenMeasured() + ".\n");
}

Result<void> run(const Options& options) {
    const ScratchFolder work(options.photos);
    CONTONE_CHECK(makeDirectories(work.path()));
    CONTONE_CHECK(makeDirectories(work.photos()));
    decode::Decoder decoder({.programs = CONTONE_BIN_DIR});
    BenchPhotos photos(decoder, work.photos(), options.heic);
    const Path profile = work.path() / "printer.icc";
    CONTONE_CHECK(writeFileDurably(profile, icc::Profile::syntheticPhotoRgb().bytes()));
    const Bench bench{photos, CONTONE_BIN_DIR, CONTONE_PEERS_DIR, work.path(), profile, options.queue};
    CONTONE_CHECK(show(options, "machine", machineSection()));
    if (isWanted(options, "view")) CONTONE_CHECK(measureView(options, bench));
    for (const ContestEntry& entry : renderContests()) {
        if (!isWanted(options, entry.id)) continue;
        const auto done = measure(options, entry, bench);
        if (done) continue;
        const auto said = readTextFile(work.path() / "log.txt", 100'000'000);
        if (said)
            std::fprintf(stderr, "%s", said->substr(said->size() - std::min<std::size_t>(said->size(), 2000)).c_str());
        return done;
    }
    return {};
}

}  // namespace
}  // namespace contone::bench

int main(int argc, char** argv) {
    contone::bench::Options options;
    CLI::App app(
        "Prints by Contone and by its peers, in turns, with the processor time, wall time and memory of all processes");
    app.add_option("--rounds", options.rounds, "Rounds of each contest")->check(CLI::Range(1, 100));
    app.add_option("--only", options.only, "These contests: the words in the page's markers");
    app.add_option("--queue", options.queue, "Photos in the queue")->check(CLI::Range(2, 10000));
    app.add_option("--heic", options.heic, "A HEIC of about 12 MP; otherwise heif-enc makes one")
        ->check(CLI::ExistingFile);
    app.add_option("--photos", options.photos, "A folder that keeps the photos, so that they need not be made again");
    app.add_flag("--write", options.write, "Into docs/performance.md");
    CLI11_PARSE(app, argc, argv);
    const auto done = contone::bench::run(options);
    if (!done) std::fprintf(stderr, "%s (%s)\n", done.error().message.c_str(), done.error().detail.c_str());
    return done ? 0 : 1;
}
