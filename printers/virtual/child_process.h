// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ChildProcess: starts a server process, knows it by its pid, and always stops it.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "core/base/file.h"

namespace contone::printers {

/// Started with the caller's environment plus `environment`, standard output and error into `log` (appended). Dies when
/// the thread that started it ends (PR_SET_PDEATHSIG), however that happens. Not copied; one thread at a time.
class ChildProcess {
  public:
    ChildProcess() = default;
    /// Fails: NotFound "program-missing" when `program` (looked up in PATH and /usr/sbin) is not there.
    static Result<ChildProcess> start(const std::string& program, const std::vector<std::string>& arguments,
                                      const std::map<std::string, std::string>& environment, const Path& log);
    /// Runs to the end. Fails: Internal "program-failed" with the exit code and the log's end, after 30 s too.
    static Result<void> run(const std::string& program, const std::vector<std::string>& arguments, const Path& log);
    ~ChildProcess() { stop(); }
    ChildProcess(ChildProcess&& other) noexcept : m_pid(std::exchange(other.m_pid, -1)) {}
    ChildProcess& operator=(ChildProcess&& other) noexcept;

    /// SIGTERM, up to 5 s, SIGKILL; returns when the process is gone. Nothing to do when it is already.
    void stop();
    /// SIGKILL; returns when the process is gone.
    void killHard();
    /// Reaps when it has ended.
    bool isRunning();
    pid_t pid() const { return m_pid; }
    /// -1 while running, else the exit code (128 + signal). Reaps as isRunning().
    int poll();

  private:
    pid_t m_pid = -1;
    int m_exit = -1;
};

/// A TCP port of 127.0.0.1 that was free a moment ago. Fails: Unavailable "no-free-port".
Result<int> freeLoopbackPort();
/// Whether something on 127.0.0.1 accepts on `port`.
bool answersOnLoopback(int port);
/// What is answered on 127.0.0.1 up to `end`, until the other side closes, or 5 s of silence; empty when nobody
/// answers.
std::string tellOnLoopback(int port, const std::string& words, const std::string& end);

}  // namespace contone::printers
