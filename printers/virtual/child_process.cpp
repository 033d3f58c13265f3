// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Starting, watching and ending child processes by pid.
#include "printers/virtual/child_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <span>
#include <thread>

namespace contone::printers {
namespace {

using namespace std::chrono_literals;

std::string findProgram(const std::string& name) {
    if (name.find('/') != std::string::npos) return ::access(name.c_str(), X_OK) == 0 ? name : std::string();
    std::string path = std::getenv("PATH") != nullptr ? std::getenv("PATH") : "";
    path += ":/usr/sbin:/usr/bin";
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find(':', at), path.size());
        const std::string candidate = path.substr(at, end - at) + "/" + name;
        if (candidate.front() == '/' && ::access(candidate.c_str(), X_OK) == 0) return candidate;
        at = end + 1;
    }
    return {};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 1);
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

FileDescriptor loopbackSocket() {
    return FileDescriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::string& program, const std::vector<std::string>& arguments,
                                         const std::map<std::string, std::string>& environment, const Path& log) {
    const std::string path = findProgram(program);
    if (path.empty())
        return fail(Code::NotFound, "program-missing", "A program that is needed is not installed: " + program + ".",
                    program);
    // Everything that allocates happens before fork.
    std::vector<std::string> argv{path};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    std::vector<std::string> env;
    for (char** entry = ::environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        if (!environment.contains(text.substr(0, text.find('=')))) env.push_back(text);
    }
    for (const auto& [name, value] : environment) env.push_back(std::string(name).append("=").append(value));
    const auto argvPointers = pointers(argv), envPointers = pointers(env);
    FileDescriptor out(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    FileDescriptor in(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!out.isOpen() || !in.isOpen()) return fail(errorFromErrno(errno, "open " + log.string()));

    ChildProcess child;
    const pid_t parent = ::getpid();
    child.m_pid = ::fork();
    if (child.m_pid < 0) return fail(errorFromErrno(errno, "fork"));
    if (child.m_pid == 0) {
        ::setsid();
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(127);
        ::dup2(in.get(), 0);
        ::dup2(out.get(), 1);
        ::dup2(out.get(), 2);
        ::execve(path.c_str(), argvPointers.data(), envPointers.data());
        ::_exit(127);
    }
    return child;
}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
    if (this != &other) {
        stop();
        m_pid = std::exchange(other.m_pid, -1);
        m_exit = other.m_exit;
    }
    return *this;
}

int ChildProcess::poll() {
    if (m_pid < 0) return m_exit;
    int status = 0;
    if (::waitpid(m_pid, &status, WNOHANG) != m_pid) return -1;
    m_pid = -1;
    m_exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return m_exit;
}

bool ChildProcess::isRunning() {
    poll();
    return m_pid >= 0;
}

void ChildProcess::stop() {
    if (m_pid < 0) return;
    ::kill(m_pid, SIGTERM);
    for (int i = 0; i < 500; ++i) {
        if (!isRunning()) return;
        std::this_thread::sleep_for(10ms);
    }
    killHard();
}

void ChildProcess::killHard() {
    if (m_pid < 0) return;
    ::kill(m_pid, SIGKILL);
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    m_pid = -1;
    m_exit = 128 + SIGKILL;
}

Result<void> ChildProcess::run(const std::string& program, const std::vector<std::string>& arguments, const Path& log) {
    CONTONE_TRY(ChildProcess child, start(program, arguments, {}, log));
    for (int i = 0; i < 3000; ++i) {
        if (const int code = child.poll(); code == 0)
            return {};
        else if (code > 0)
            break;
        std::this_thread::sleep_for(10ms);
    }
    const int code = child.poll();
    child.stop();
    std::string said = readTextFile(log, 1 << 20).value_or("");
    if (said.size() > 500) said.erase(0, said.size() - 500);
    return fail(Code::Internal, "program-failed", "A program that was started failed: " + program + ".",
                program + " exit " + std::to_string(code) + ": " + said);
}

Result<int> freeLoopbackPort() {
    const FileDescriptor socket = loopbackSocket();
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (!socket.isOpen() || ::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return fail(Code::Unavailable, "no-free-port", "No network port is free on this computer.");
    return ntohs(address.sin_port);
}

bool answersOnLoopback(int port) {
    const FileDescriptor socket = loopbackSocket();
    const sockaddr_in address = loopback(port);
    return socket.isOpen() && ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

std::string tellOnLoopback(int port, const std::string& words, const std::string& end) {
    const FileDescriptor socket = loopbackSocket();
    const sockaddr_in address = loopback(port);
    const timeval patience{5, 0};
    if (!socket.isOpen() || ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
        ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        !writeAll(socket.get(), std::as_bytes(std::span(words)), "loopback"))
        return {};
    std::string answer;
    char buffer[4096];
    for (ssize_t n = 0; !answer.ends_with(end) && (n = ::recv(socket.get(), buffer, sizeof buffer, 0)) > 0;)
        answer.append(buffer, static_cast<std::size_t>(n));
    return answer;
}

}  // namespace contone::printers
