// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-demo: the main job on real photos, through a real CUPS scheduler, to a virtual IPP photo printer; it ends
// with the paper proved equal to what was rendered. With --studio it opens the studio on the same virtual shop.
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QGuiApplication>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/demo/main_job.h"
#include "app/host/command_line.h"
#include "app/host/places.h"
#include "app/host/terminal.h"
#include "printers/models/load_models.h"

namespace contone::demo {
namespace {

struct Arguments {
    std::vector<std::string> photos;
    std::string out = "out";
    bool json = false, studio = false;
};

int complain(const Arguments& arguments, const Error& error) {
    app::complain("contone-demo", error);
    if (arguments.json)
        app::tellJson(nlohmann::json(
                          {{"ok", false},
                           {"error", {{"reason", error.reason}, {"message", error.message}, {"detail", error.detail}}}})
                          .dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    return 1;
}

Result<int> openStudio(VirtualShop& place, const Path& programs, const Path& share, const JobOptions& options,
                       const Tell& tell) {
    shop::SaveSetup setup;
    setup.name = "photo-printer";
    setup.route = {print::RouteKind::Queue, place.queueUri()};
    setup.model = "generic-ipp-photo";
    setup.medium = "4x6";
    CONTONE_CHECK(place.shop().ask(setup));
    CONTONE_TRY(const print::PrinterSetup verified, place.shop().ask(shop::VerifySetup{setup.name}));
    const auto& proof = verified.verification;
    if (!proof || !proof->passed)
        return fail(Code::Conflict, "setup-refused", "The virtual printer could not be proved.",
                    !proof || proof->problems.empty() ? std::string() : proof->problems.front());
    shop::PlaceOrder order;
    for (const Path& photo : options.photos) {
        const auto original = shop::addOriginal(place.shop(), photo);
        if (original)
            order.lines.push_back({*original, photo.filename().string(), options.product, 1, {}});
        else
            tell(fmt::format("photo     {}: {}", photo.filename().string(), original.error().message));
    }
    if (!order.lines.empty()) CONTONE_CHECK(place.shop().ask(order));
    std::vector<std::string> arguments{"--home", place.home().string(), "--share", share.string()};
    for (const Path& photo : options.photos) arguments.push_back(photo.string());
    const Path words = place.home() / "studio.out";
    CONTONE_TRY(auto studio,
                printers::ChildProcess::start((programs / "contone-studio").string(), arguments, {}, words));
    while (studio.isRunning()) ::usleep(100'000);
    if (studio.poll() == 0) return 0;
    const auto said = readTextFile(words, 100'000);
    return fail(Code::Internal, "program-failed", "The studio ended with an error.", said ? *said : std::string());
}

/// `folder` is for the servers, and the caller's to remove.
Result<int> work(const Arguments& arguments, const Path& folder) {
    const auto began = std::chrono::steady_clock::now();
    const Tell tell = [&](const std::string& line) {
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        app::tell(arguments.json ? stderr : stdout, fmt::format("{:5.1f} s  {}", seconds, line));
        std::fflush(arguments.json ? stderr : stdout);
    };
    const app::Places places = app::Places::find({}, {});
    const Path& programs = places.programs;
    CONTONE_TRY(const catalog::Catalog catalog, catalog::Catalog::load(places.share));
    CONTONE_TRY(const auto models, printers::loadModels(places.share));

    decode::Decoder decoder(places.decoder());
    JobOptions options;
    options.out = arguments.out;
    for (const std::string& photo : arguments.photos) {
        std::error_code failed;
        options.photos.emplace_back(std::filesystem::absolute(photo, failed));
        if (failed) return fail(errorFromErrno(failed.value(), "find " + photo));
    }
    if (options.photos.empty())
        options.photos = {places.share / "samples" / "church.jpg", places.share / "samples" / "sunset.jpg"};

    CONTONE_TRY(const auto place, VirtualShop::start(folder, programs, places.share));
    tell("start     virtual photo printer, private CUPS scheduler, agent");
    if (arguments.studio) return openStudio(*place, programs, places.share, options, tell);

    CONTONE_TRY(const JobResult result, runMainJob(*place, decoder, catalog, models, options, tell));
    CONTONE_CHECK(makeDirectories(options.out));
    const Path picture = options.out / "contone-run.png", record = options.out / "colour-record.json";
    if (!result.rows.empty()) {
        CONTONE_CHECK(drawContactSheet(result.rows, picture));
        CONTONE_CHECK(writeFileDurably(record, result.recordJson + "\n"));
        tell(fmt::format("written   {} (photo, proof and captured sheet) and {} (the colour record)", picture.string(),
                         record.string()));
    }
    const bool ok = result.allEqual && !result.rows.empty() && result.problems.empty();
    const auto equal = std::ranges::count_if(result.rows, &ContactRow::good);
    const std::string summary = ok ? fmt::format("{} of {} captured sheets equal the rendered pages, pixel by pixel.",
                                                 equal, options.photos.size())
                                   : fmt::format("{} of {} photos came out as rendered; {} did not.", equal,
                                                 options.photos.size(), result.problems.size());
    app::tellLines(arguments.json ? stderr : stdout, "\n" + summary);
    for (const std::string& problem : result.problems) app::tell(arguments.json ? stderr : stdout, "  " + problem);
    if (arguments.json) {
        const auto sheets =
            result.recordJson.empty() ? nlohmann::json::array() : nlohmann::json::parse(result.recordJson);
        app::tellJson(nlohmann::json({{"ok", ok},
                                      {"summary", summary},
                                      {"picture", picture.string()},
                                      {"record", record.string()},
                                      {"sheets", sheets},
                                      {"problems", result.problems}})
                          .dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    }
    return ok ? 0 : 1;
}

int paintAndWork(const Arguments& arguments, const Path& folder, char** argv) {
    if (!arguments.studio) {
        // Only pictures are painted; no display is needed, nor a folder in /run that Qt would complain about.
        const Path run = folder / "run";
        if (auto made = makeDirectories(run, Access::Private); !made) return complain(arguments, made.error());
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);  // NOLINT(concurrency-mt-unsafe): before any thread
        ::setenv("XDG_RUNTIME_DIR", run.c_str(), 0);  // NOLINT(concurrency-mt-unsafe): before any thread
    }
    int qtArguments = 1;
    const QGuiApplication qt(qtArguments, argv);
    const auto code = work(arguments, folder);
    return code ? *code : complain(arguments, code.error());
}

/// A folder for the servers. They run as other users too, so it can be passed through; nothing in it is for the world.
Result<Path> makeServerFolder() {
    std::error_code failed;
    const Path temporary = std::filesystem::temp_directory_path(failed);
    if (failed) return fail(errorFromErrno(failed.value(), "find the folder for temporary files"));
    std::string pattern = (temporary / "contone-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return fail(errorFromErrno(errno, "mkdtemp " + pattern));
    using std::filesystem::perms;
    std::filesystem::permissions(pattern, perms::owner_all | perms::group_exec | perms::others_exec, failed);
    if (failed) return fail(errorFromErrno(failed.value(), "chmod " + pattern));
    return Path(pattern);
}

/// Works in a child process: Ctrl-C, a kill or a crash ends that and its servers, and the copies of the photos that the
/// shop keeps are removed all the same.
int workAndCleanUp(const Arguments& arguments, char** argv) {
    const auto folder = makeServerFolder();
    if (!folder) return complain(arguments, folder.error());
    sigset_t heard, before;
    sigemptyset(&heard);
    for (const int s : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&heard, s);
    ::sigprocmask(SIG_BLOCK, &heard, &before);
    const pid_t child = ::fork();
    if (child < 0) return complain(arguments, errorFromErrno(errno, "fork"));
    if (child == 0) {
        ::sigprocmask(SIG_SETMASK, &before, nullptr);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        return paintAndWork(arguments, *folder, argv);
    }
    int status = 0;
    while (::waitpid(child, &status, WNOHANG) == 0) {
        int signal = 0;
        if (::sigwait(&heard, &signal) == 0 && signal != SIGCHLD) ::kill(child, signal);
    }
    std::error_code ignored;
    std::filesystem::remove_all(*folder, ignored);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace
}  // namespace contone::demo

int main(int argc, char** argv) {
    using namespace contone::demo;
    Arguments arguments;
    contone::app::CommandLine line(
        "contone-demo",
        "The main job, end to end: photos are looked at, cropped, proofed, ordered, printed through a real CUPS "
        "scheduler to a virtual photo printer, and the captured sheets compared with the rendered pages.",
        &arguments.json);
    const auto demo = line.program();
    demo.option("PHOTO", arguments.photos, "Photos (default: two samples)");
    demo.option("--out", arguments.out, "Where the picture and the colour record go (default: out)");
    demo.flag("--studio", arguments.studio, "Open the studio on the virtual shop instead");
    demo.does([&] { return workAndCleanUp(arguments, argv); });
    return line.run(argc, argv);
}
