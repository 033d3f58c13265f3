// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-agent: the shop's server. Alone writes the store, prints what the ledger plans, serves the shop API on a
// Unix socket, and can be killed at any point without losing or doubling a sheet.
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>

#include "app/host/command_line.h"
#include "app/host/exit_codes.h"
#include "app/host/shop_host.h"
#include "app/host/stop_signals.h"
#include "app/host/terminal.h"
#include "core/shop/wire/shop_server.h"

namespace contone::app {
namespace {

/// For tests of crash recovery: dies by SIGKILL at the n-th passing of a commit point, "sending:2".
std::function<void(std::string_view)> deathAt(const std::string& where) {
    if (where.empty()) return [](std::string_view) {};
    const auto colon = where.find(':');
    const std::string point = where.substr(0, colon);
    auto left =
        std::make_shared<std::atomic<int>>(colon == std::string::npos ? 1 : std::atoi(where.c_str() + colon + 1));
    return [point, left](std::string_view here) {
        if (here == point && --*left == 0) ::kill(::getpid(), SIGKILL);
    };
}

/// Ends the process when stopping takes longer than a service manager may wait: for a name server that is silent, or
/// for a printer inside a call that nobody can cut. What is on disk is whole at any moment, as at a power cut.
class LastWord {
  public:
    /// Its thread is there from the start: when a stop is asked for there may be no memory for one.
    explicit LastWord(const Log& log) : m_thread([this, log](const std::stop_token& over) { watch(log, over); }) {}
    /// From now on the time runs.
    void isStopping() {
        const std::lock_guard guard(m_mutex);
        m_isStopping = true;
        m_changed.notify_all();
    }

  private:
    void watch(const Log& log, const std::stop_token& over) {
        constexpr std::chrono::milliseconds most{4200};
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait(lock, over, [this] { return m_isStopping; })) return;
        m_changed.wait_for(lock, over, most, [] { return false; });
        if (over.stop_requested()) return;
        log.warning("agent-cut", {{"detail", "something could not be stopped in time"}});
        ::_exit(0);
    }

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_isStopping = false;
    std::jthread m_thread;  // last: it uses the others
};

/// A thousand clients and as many files of our own; a service gets 1024 in all unless it asks.
void askForDescriptors() {
    constexpr rlim_t wanted = 4096;
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= wanted) return;
    files.rlim_cur = std::min(wanted, files.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &files);
}

int run(HostOptions options, const shop::PeerRoles& roles) {
    askForDescriptors();
    std::mutex unfitGuard;
    std::optional<Error> unfit;  // why the store can be believed no longer
    options.storeWatch.whenUnfit = [&](const Error& why) {
        const std::lock_guard guard(unfitGuard);
        unfit = why;
        ::kill(::getpid(), SIGTERM);
    };
    ::signal(SIGPIPE, SIG_IGN);  // a printer or client that hangs up is an error code, not our death
    const StopSignals signals;
    LastWord lastWord(options.log);
    auto host = ShopHost::open(options);
    if (!host) return complain("contone-agent", host.error());
    shop::ShopServer::Settings settings;
    settings.socket = options.places.socket();
    settings.roles = roles;
    auto server = shop::ShopServer::start((*host)->service(), settings, options.log);
    if (!server) return complain("contone-agent", server.error());
    (*host)->startPrinting();
    options.log.info("agent-started", {{"home", options.places.home.string()}});
    tell(stderr, "contone-agent: ready at " + options.places.socket().string());
    signals.wait();
    lastWord.isStopping();
    (*host)->beginStop();
    server->reset();
    (*host)->stopPrinting();
    host->reset();
    options.log.info("agent-stopped");
    return unfit ? complain("contone-agent", *unfit) : 0;
}

}  // namespace
}  // namespace contone::app

int main(int argc, char** argv) {
    using namespace contone;
    app::CommandLine line(
        "contone-agent",
        "The shop's server: keeps orders, prints what is planned, serves the Contone programs on this machine.",
        nullptr);
    std::string home, share, dieAt, groupRole = "operator";
    int threads = 2, checkSeconds = 24 * 60 * 60;
    bool logToStderr = false;
    const app::Command agent = line.program();
    agent.option("--home", home, "The store folder (default: $CONTONE_HOME, else ~/.local/share/contone)");
    agent.option("--share", share, "The folder of products, papers and printer models");
    agent.option("--threads", threads, "Threads for one render").between(1, 64);
    agent.option("--group-role", groupRole,
                 "The role of the users of the socket's group: customer, operator (default), supervisor or installer");
    agent.flag("--log-to-stderr", logToStderr, "Write the log to the terminal instead of HOME/agent.log");
    agent.option("--check-every", checkSeconds, "Seconds between two looks at the whole store (default: a day)")
        .between(1, 7 * 24 * 60 * 60);
    agent.option("--die-at", dieAt, "For tests: die by SIGKILL at a commit point, NAME[:N]").hidden();
    agent.does([&] {
        const app::Places places = app::Places::find(home, share);
        const auto closed = places.makeHome();
        if (!closed) return app::complain("contone-agent", closed.error());
        app::tellClosed("contone-agent", *closed);
        auto log = logToStderr ? Result<Log>(Log::toStderr()) : Log::toFile(places.log());
        if (!log) return app::complain("contone-agent", log.error());
        if (*closed > 0) log->warning("files-closed", {{"files", std::to_string(*closed)}});
        decode::Decoder decoder(places.decoder());
        const auto role = contone::parse<shop::Role>(groupRole);
        if (!role) return app::complain("contone-agent", role.error());
        return app::run({.places = places,
                         .decoder = decoder,
                         .log = *log,
                         .threads = threads,
                         .commitPoint = app::deathAt(dieAt),
                         .storeWatch = {.every = std::chrono::seconds(checkSeconds)},
                         .opening = contone::store::Opening::ToWorkAtOnce},
                        {.ofGroup = *role});
    });
    return line.run(argc, argv);
}
