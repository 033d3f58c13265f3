// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// posix_spawn, wait4 for all that end, and a thread that adds up smaps_rollup.
#include "tests/bench/tree_run.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

namespace contone::bench {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double secondsOf(const rusage& usage) {
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Every thread of a process has its own list of children.
void addChildren(const Path& process, std::vector<int>& to) {
    std::error_code gone;
    for (std::filesystem::directory_iterator thread(process / "task", gone), end; !gone && thread != end;
         thread.increment(gone)) {
        std::ifstream list(thread->path() / "children");
        for (int pid = 0; list >> pid;) to.push_back(pid);
    }
}

std::vector<int> descendants() {
    std::vector<int> all;
    addChildren("/proc/self", all);
    for (std::size_t i = 0; i < all.size(); ++i) addChildren(Path("/proc") / std::to_string(all[i]), all);
    return all;
}

struct Pss {
    double megabytes = 0;
    bool isHidden = false;
};
Pss pssOf(int pid) {
    const Path path = Path("/proc") / std::to_string(pid) / "smaps_rollup";
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen()) return {0, errno == EACCES || errno == EPERM};
    char text[2048];
    const ssize_t size = ::read(file.get(), text, sizeof text - 1);
    if (size <= 0) return {0, size < 0 && (errno == EACCES || errno == EPERM)};  // else it has ended
    text[size] = 0;
    const char* line = std::strstr(text, "\nPss:");
    return {line ? std::atof(line + 5) * 1024e-6 : 0, false};
}

class Sampler {
  public:
    Sampler()
        : m_thread([this](const std::stop_token& stop) {
              while (!stop.stop_requested()) {
                  sample();
                  std::this_thread::sleep_for(3ms);
              }
          }) {}
    void finish(TreeUsage& usage) {
        m_thread.request_stop();
        m_thread.join();
        usage.peakMegabytes = m_peak;
        usage.sawAllMemory = !m_wasHidden;
    }

  private:
    void sample() {
        double sum = 0;
        for (const int pid : descendants()) {
            const Pss one = pssOf(pid);
            sum += one.megabytes;
            m_wasHidden = m_wasHidden || one.isHidden;
        }
        m_peak = std::max(m_peak, sum);
    }
    double m_peak = 0;
    bool m_wasHidden = false;
    std::jthread m_thread;  // last: it uses the others
};

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> all;
    for (std::string& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

std::vector<std::string> environmentWith(const std::vector<std::string>& more) {
    std::vector<std::string> all = more;
    const auto isSet = [&](const std::string& variable) {
        const std::string name = variable.substr(0, variable.find('=') + 1);
        return std::ranges::any_of(more, [&](const std::string& one) { return one.starts_with(name); });
    };
    for (char** one = environ; *one; ++one)
        if (!isSet(*one)) all.emplace_back(*one);
    return all;
}

Result<pid_t> start(const Command& command, const Path& log) {
    posix_spawn_file_actions_t files{};
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    std::vector<std::string> words = command.words, variables = environmentWith(command.environment);
    pid_t pid = -1;
    const int error =
        ::posix_spawnp(&pid, words[0].c_str(), &files, nullptr, pointers(words).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&files);
    if (error != 0) return fail(errorFromErrno(error, "start " + command.words[0]));
    return pid;
}

void killAll() {
    for (const int pid : descendants()) ::kill(pid, SIGKILL);
}

/// Until nothing of the tree is left.
void awaitAll(pid_t command, Clock::time_point start, TreeUsage& usage) {
    Clock::time_point ended = Clock::time_point::max();
    for (;;) {
        int status = 0;
        rusage one{};
        const bool isOver = ended != Clock::time_point::max();
        const pid_t pid = ::wait4(-1, &status, isOver ? WNOHANG : 0, &one);
        if (pid < 0 && errno == EINTR) continue;
        if (pid < 0) return;
        if (pid == 0) {
            if (Clock::now() - ended > 10s) killAll();
            std::this_thread::sleep_for(1ms);
            continue;
        }
        usage.processorSeconds += secondsOf(one);  // its own and of those that it waited for
        if (pid != command) continue;
        ended = Clock::now();
        usage.wallSeconds = secondsSince(start);
        usage.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
}

}  // namespace

Result<TreeUsage> runTree(const Command& command, Memory memory, const Path& log) {
    if (::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) return fail(errorFromErrno(errno, "become a reaper"));
    TreeUsage usage;
    const Clock::time_point begin = Clock::now();
    CONTONE_TRY(const pid_t pid, start(command, log));
    if (memory == Memory::Ignore) {
        awaitAll(pid, begin, usage);
    } else {
        Sampler sampler;
        awaitAll(pid, begin, usage);
        sampler.finish(usage);
    }
    return usage;
}

Path findProgram(const std::string& name) {
    if (name.find('/') != std::string::npos) return ::access(name.c_str(), X_OK) == 0 ? Path(name) : Path();
    const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): nobody writes it
    std::istringstream folders(path ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (const Path program = Path(folder) / name; ::access(program.c_str(), X_OK) == 0) return program;
    return {};
}

}  // namespace contone::bench
