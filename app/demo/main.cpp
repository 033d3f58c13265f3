// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-demo: the main job on real photos, through a real CUPS scheduler, to a virtual IPP photo printer; it ends
// with the paper proved equal to what was rendered. With --studio it opens the studio on the same virtual shop.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <QGuiApplication>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/demo/main_job.h"
#include "app/host/places.h"
#include "printers/models/load_models.h"

namespace contone::demo {
namespace {

struct Arguments {
    std::vector<std::string> photos;
    std::string out = "out";
    bool json = false, studio = false;
};

/// A folder for the servers that is gone when we are.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "contone-XXXXXX").string();
        if (::mkdtemp(pattern.data())) m_path = pattern;
        std::error_code ignored;  // the scheduler's own user must pass through
        std::filesystem::permissions(m_path, std::filesystem::perms(0755), ignored);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        if (!m_path.empty()) std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const Path& path() const { return m_path; }

  private:
    Path m_path;
};

int complain(const Arguments& arguments, const Error& error) {
    std::fprintf(stderr, "contone-demo: %s\n", error.message.c_str());
    if (!error.detail.empty()) std::fprintf(stderr, "  (%s: %s)\n", error.reason.c_str(), error.detail.c_str());
    if (arguments.json)
        std::printf("%s\n",
                    nlohmann::json(
                        {{"ok", false},
                         {"error", {{"reason", error.reason}, {"message", error.message}, {"detail", error.detail}}}})
                        .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                        .c_str());
    return 1;
}

Result<int> openStudio(VirtualShop& place, const Path& programs, const Path& share, const JobOptions& options) {
    shop::NewSetup setup;
    setup.name = "photo-printer";
    setup.route = {print::RouteKind::Queue, place.queueUri()};
    setup.model = "generic-ipp-photo";
    setup.medium = "4x6";
    CONTONE_CHECK(place.shop().saveSetup(setup));
    CONTONE_CHECK(place.shop().verifySetup(setup.name, "demo"));
    shop::NewOrder order;
    for (const Path& photo : options.photos) {
        CONTONE_TRY(const Sha256 original, place.shop().addOriginal(photo));
        order.lines.push_back({original, photo.filename().string(), options.product, 1, {}});
    }
    CONTONE_CHECK(place.shop().placeOrder(order));
    std::vector<std::string> arguments{"--home", place.home().string(), "--share", share.string()};
    for (const Path& photo : options.photos) arguments.push_back(photo.string());
    CONTONE_TRY(auto studio, printers::ChildProcess::start((programs / "contone-studio").string(), arguments, {},
                                                           place.home() / "studio.out"));
    while (studio.isRunning()) ::usleep(100'000);
    return 0;
}

Result<int> work(const Arguments& arguments) {
    const auto began = std::chrono::steady_clock::now();
    const Tell tell = [&](const std::string& line) {
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        std::fprintf(arguments.json ? stderr : stdout, "%5.1f s  %s\n", seconds, line.c_str());
        std::fflush(arguments.json ? stderr : stdout);
    };
    std::error_code failed;
    const Path programs = std::filesystem::read_symlink("/proc/self/exe", failed).parent_path();
    const app::Places places = app::Places::find({}, {});
    CONTONE_TRY(const catalog::Catalog catalog, catalog::Catalog::load(places.share));
    CONTONE_TRY(const auto models, printers::loadModels(places.share));

    JobOptions options;
    options.out = arguments.out;
    for (const std::string& photo : arguments.photos) options.photos.emplace_back(std::filesystem::absolute(photo));
    if (options.photos.empty())
        options.photos = {places.share / "samples" / "church.jpg", places.share / "samples" / "sunset.jpg"};

    const TemporaryFolder folder;
    CONTONE_TRY(const auto place, VirtualShop::start(folder.path(), programs, places.share));
    tell("start     virtual photo printer, private CUPS scheduler, agent");
    if (arguments.studio) return openStudio(*place, programs, places.share, options);

    CONTONE_TRY(const JobResult result, runMainJob(*place, catalog, models, options, tell));
    CONTONE_CHECK(makeDirectories(options.out));
    const Path picture = options.out / "contone-run.png", record = options.out / "colour-record.json";
    if (!result.rows.empty()) {
        CONTONE_CHECK(drawContactSheet(result.rows, picture));
        CONTONE_CHECK(writeFileDurably(record, result.recordJson + "\n"));
        tell(fmt::format("written   {} (photo, proof and captured sheet) and {} (the colour record)", picture.string(),
                         record.string()));
    }
    const bool ok = result.allEqual && !result.rows.empty() && result.problems.empty();
    const std::string summary = ok ? fmt::format("{} of {} captured sheets equal the rendered pages, pixel by pixel.",
                                                 result.rows.size(), options.photos.size())
                                   : fmt::format("{} of {} photos came out as rendered; {} did not.",
                                                 result.rows.size(), options.photos.size(), result.problems.size());
    std::fprintf(arguments.json ? stderr : stdout, "\n%s\n", summary.c_str());
    for (const std::string& problem : result.problems)
        std::fprintf(arguments.json ? stderr : stdout, "  %s\n", problem.c_str());
    if (arguments.json) {
        const auto sheets =
            result.recordJson.empty() ? nlohmann::json::array() : nlohmann::json::parse(result.recordJson);
        std::printf("%s\n", nlohmann::json({{"ok", ok},
                                            {"summary", summary},
                                            {"picture", picture.string()},
                                            {"record", record.string()},
                                            {"sheets", sheets},
                                            {"problems", result.problems}})
                                .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                                .c_str());
    }
    return ok ? 0 : 1;
}

}  // namespace
}  // namespace contone::demo

int main(int argc, char** argv) {
    using namespace contone::demo;
    Arguments arguments;
    CLI::App app(
        "The main job, end to end: photos are looked at, cropped, proofed, ordered, printed through a real CUPS "
        "scheduler to a virtual "
        "photo printer, and the captured sheets compared with the rendered pages.",
        "contone-demo");
    app.add_option("PHOTO", arguments.photos, "Photos (default: two samples)");
    app.add_option("--out", arguments.out, "Where the picture and the colour record go (default: out)");
    app.add_flag("--json", arguments.json, "One JSON object on stdout");
    app.add_flag("--studio", arguments.studio, "Open the studio on the virtual shop instead");
    CLI11_PARSE(app, argc, argv);
    // Only pictures are painted; no display is needed.
    if (!arguments.studio)
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);  // NOLINT(concurrency-mt-unsafe): before any thread
    int qtArguments = 1;
    const QGuiApplication qt(qtArguments, argv);
    const auto code = work(arguments);
    return code ? *code : complain(arguments, code.error());
}
