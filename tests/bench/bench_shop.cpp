// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The parts are started in the order in which they need each other; the printer's own folder tells when a page arrives.
#include "tests/bench/bench_shop.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <charconv>
#include <thread>

#include "core/shop/wire/remote_shop.h"

namespace contone::bench {
namespace {

using namespace std::chrono_literals;

constexpr BenchRoute routes[] = {BenchRoute::Direct, BenchRoute::Queue};

/// The kernel may keep what others map just now.
void forgetPages(const Path& file) {
    const FileDescriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.isOpen()) (void)::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_DONTNEED);
}

void forgetPagesIn(const Path& folder) {
    std::error_code ignored;  // what is not read cannot be forgotten
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, ignored))
        if (entry.is_regular_file(ignored)) forgetPages(entry.path());
}

Result<std::chrono::nanoseconds> nanosecondsOf(std::string_view text) {
    std::int64_t count = 0;
    if (const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
        problem != std::errc{} || count <= 0)
        return fail(Code::Corrupt, "bench-capture", "A captured page does not say when it was printed.");
    return std::chrono::nanoseconds(count);
}

}  // namespace

Result<std::unique_ptr<BenchShop>> BenchShop::start(const Path& folder, const Path& programs) {
    std::unique_ptr<BenchShop> shop(new BenchShop);
    shop->m_folder = folder;
    shop->m_programs = programs;
    CONTONE_CHECK(makeDirectories(folder));
    for (const BenchRoute route : routes) {
        CONTONE_TRY(auto printer,
                    printers::VirtualPrinter::start(folder / ("printer-" + setupOf(route)), {.programs = programs}));
        shop->m_printers[static_cast<std::size_t>(route)] =
            std::make_unique<printers::VirtualPrinter>(std::move(printer));
    }
    CONTONE_TRY(auto scheduler, printers::PrivateScheduler::start(folder / "cups", {.programs = programs}));
    shop->m_scheduler = std::make_unique<printers::PrivateScheduler>(std::move(scheduler));
    CONTONE_CHECK(
        shop->m_scheduler->addQueue("photo", printers::QueueKind::Guarded, shop->printer(BenchRoute::Queue).uri()));
    CONTONE_CHECK(shop->startAgent());
    CONTONE_CHECK(shop->addSetup(BenchRoute::Direct, shop->printer(BenchRoute::Direct).uri()));
    CONTONE_CHECK(shop->addSetup(BenchRoute::Queue, shop->m_scheduler->uri("photo")));
    return shop;
}

Result<void> BenchShop::startAgent() {
    CONTONE_TRY(m_agent, printers::ChildProcess::start((m_programs / "contone-agent").string(),
                                                       {"--home", home().string()}, {}, m_folder / "agent.out"));
    m_shop = std::make_unique<shop::RemoteShop>(home() / "agent.sock");
    for (int i = 0; i < 400 && m_agent.isRunning(); i++) {
        if (shop::askAll(*m_shop, shop::ListSetups{})) return {};
        std::this_thread::sleep_for(25ms);
    }
    return fail(Code::Unavailable, "agent-unreachable", "The agent did not start.",
                readTextFile(m_folder / "agent.out", 1'000'000).value_or(""));
}

Result<void> BenchShop::addSetup(BenchRoute route, const std::string& uri) {
    shop::SaveSetup setup;
    setup.name = setupOf(route);
    setup.route = {route == BenchRoute::Direct ? print::RouteKind::Direct : print::RouteKind::Queue, uri};
    setup.model = "generic-ipp-photo";
    setup.medium = "4x6";
    CONTONE_CHECK(m_shop->ask(setup));
    CONTONE_TRY(const print::PrinterSetup verified, m_shop->ask(shop::VerifySetup{setup.name}));
    if (verified.verification && verified.verification->passed) return {};
    return fail(Code::Conflict, "setup-unverified", "The bench's printer could not be proved.");
}

Result<void> BenchShop::setSheetTime(std::chrono::milliseconds time) {
    for (const BenchRoute route : routes)
        CONTONE_CHECK(printer(route).setFaults({.delayMs = static_cast<int>(time.count())}));
    return {};
}

Result<void> BenchShop::restartCold(Forget forget) {
    m_agent.stop();
    std::error_code ignored;
    std::filesystem::remove_all(home() / "cache", ignored);
    ::sync();  // only what is on disk can be forgotten
    if (forget == Forget::AllFiles) {
        const FileDescriptor kernel(::open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC));
        if (!kernel.isOpen()) return fail(errorFromErrno(errno, "open drop_caches"));
        CONTONE_CHECK(writeAll(kernel.get(), std::as_bytes(std::span("1", 1)), "drop_caches"));
    }
    forgetPagesIn(home());
    forgetPagesIn(m_programs);
    forgetPagesIn(m_programs.parent_path() / "share");
    return startAgent();
}

Result<OrderId> BenchShop::order(const Sha256& original, int lines) {
    shop::PlaceOrder order;
    for (int i = 0; i < lines; i++) {
        order::PhotoChoices choices;
        const double shift = 0.0001 * m_lines++;
        choices.crop = render::Crop{shift, 0, 1 - shift, 1};
        order.lines.push_back({original, "photo.jpg", "10x15", 1, choices});
    }
    CONTONE_TRY(const order::Order placed, m_shop->ask(order));
    return placed.id;
}

Result<BenchShop::FirstByte> BenchShop::watch(BenchRoute route) {
    FileDescriptor watch(::inotify_init1(IN_CLOEXEC));
    const Path spool = m_folder / ("printer-" + setupOf(route)) / "spool";
    if (!watch.isOpen() || ::inotify_add_watch(watch.get(), spool.c_str(), IN_MODIFY) < 0)
        return fail(errorFromErrno(errno, "watch " + spool.string()));
    return FirstByte(std::move(watch));
}

Result<std::chrono::steady_clock::time_point> BenchShop::FirstByte::wait() {
    pollfd ready{m_watch.get(), POLLIN, 0};
    if (::poll(&ready, 1, 60'000) == 1) return std::chrono::steady_clock::now();
    return fail(Code::Unavailable, "print-not-finished", "No page reached the printer within a minute.");
}

Result<std::vector<PaperMove>> BenchShop::paperMoves(BenchRoute route) const {
    std::vector<PaperMove> moves;
    CONTONE_TRY(const auto captures, m_printers[static_cast<std::size_t>(route)]->captures());
    for (const printers::Capture& capture : captures) {
        const auto began = capture.attributes.find("CONTONE_BEGAN_NS");
        CONTONE_TRY(const auto from, nanosecondsOf(began == capture.attributes.end() ? "" : began->second));
        CONTONE_TRY(const auto to, nanosecondsOf(capture.document.filename().string()));
        moves.push_back({from, to});
    }
    return moves;
}

}  // namespace contone::bench
