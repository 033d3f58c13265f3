// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrivateScheduler: runs a cupsd of our own on loopback, in a folder; nothing of the system's CUPS is touched.
#pragma once

#include <string>
#include <vector>

#include "printers/virtual/child_process.h"

namespace contone::printers {

/// How a queue reaches its printer.
enum class QueueKind {
    Guarded,    ///< "everywhere" PPD, through contone-guard: what a shop should have
    Unguarded,  ///< "everywhere" PPD, straight to the printer
    Raw,        ///< no PPD
};

/// Settings as words of cupsd.conf. The defaults are those that a verified queue needs.
struct SchedulerOptions {
    Path programs;  ///< the folder of contone-guard
    int port = 0;   ///< 0: a free one, kept over restarts
    int dirtyCleanInterval = 0;
    std::string preserveJobHistory = "Yes", preserveJobFiles = "No", errorPolicy = "retry-job";
    int multipleOperationTimeout = 300;
    enum class Settings { Readable, Hidden } settings = Settings::Readable;  ///< /admin/conf over IPP
    /// Who may change queues: everybody; or, as CUPS comes, root and administrators by the certificate that it leaves
    /// for them.
    enum class Administration { Open, Asked } administration = Administration::Open;
    std::map<std::string, std::string> environment{};  ///< of the scheduler, beside ours
};

class PrivateScheduler {
  public:
    /// Answers when it returns. As root the jobs run as lp: every folder above `folder` must let others pass; then and
    /// as anybody else `folder` becomes 0755. Fails: NotFound "program-missing", Invalid "folder-closed",
    /// Unavailable "private-scheduler" with the scheduler's last words.
    static Result<PrivateScheduler> start(const Path& folder, const SchedulerOptions& options);

    int port() const { return m_options.port; }
    /// "ipp://localhost:PORT/printers/NAME"
    std::string uri(const std::string& queue) const;
    /// Ready to print when it returns. The printer must be running. Fails: Internal "program-failed", Unavailable
    /// "queue-not-ready".
    Result<void> addQueue(const std::string& name, QueueKind kind, const std::string& printerUri);
    /// From now on the queue's pages go through the guard to this device. Fails: Internal "program-failed".
    Result<void> putBehindGuard(const std::string& queue, const std::string& deviceUri);
    /// Where the guard marks what was started.
    Path guardState() const { return m_folder / "guard"; }
    /// What CUPS_STATEDIR must be for who shows the certificate.
    Path stateFolder() const { return m_folder / "run"; }
    Path errorLog() const { return m_folder / "log" / "error_log"; }

    /// From now on the backend of IPP devices gives up with these words and stops its queue, as Gutenprint's do when
    /// paper is out; until mendBackend(). Fails as files do.
    Result<void> breakBackend(const std::string& words);
    Result<void> mendBackend();
    /// A backend of another scheme that always does so.
    Result<void> addBrokenBackend(const std::string& scheme, const std::string& words);
    /// The processes that carry a page to a printer just now, our guard or what it became.
    std::vector<pid_t> backends() const;
    pid_t pid() const { return m_process.pid(); }
    bool isRunning() { return m_process.isRunning(); }

    void stop() { m_process.stop(); }
    void killHard() { m_process.killHard(); }
    /// Starts it again on the same port, with its jobs and queues. Fails as start().
    Result<void> restart();

  private:
    PrivateScheduler() = default;
    Result<void> prepare() const;
    Result<void> launch();
    Result<void> lpadmin(const std::vector<std::string>& arguments) const;

    Path m_folder;
    SchedulerOptions m_options;
    ChildProcess m_process;
};

}  // namespace contone::printers
