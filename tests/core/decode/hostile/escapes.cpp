// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// System calls, memory and time that a child must not have.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <vector>

#include "tests/core/decode/hostile/modes.h"

namespace contone::decode::hostile {
namespace {

constexpr int kPhoto = 4;

bool reopenPhotoForWriting() {
    const int fd = ::open("/proc/self/fd/4", O_RDWR);
    return fd >= 0 && ::pwrite(fd, "owned", 5, 0) == 5;
}

bool takeMemory() {
    std::vector<std::unique_ptr<char[]>> all;
    for (int i = 0; i < 10'000; ++i) all.push_back(std::make_unique_for_overwrite<char[]>(10 << 20));
    return true;
}

/// Descriptors that the zygote or another child could have left open.
bool findDescriptors() {
    for (int fd = 5; fd < 1024; ++fd)
        if (::lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF) return true;
    return false;
}

bool runCode(bool isLater) {
    constexpr std::array<unsigned char, 1> justReturn{0xc3};
    const int protection = PROT_READ | PROT_WRITE | (isLater ? 0 : PROT_EXEC);
    void* page = ::mmap(nullptr, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return false;
    *static_cast<unsigned char*>(page) = justReturn[0];
    return !isLater || ::mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

bool readNothing() {
    const auto* nothing =
        static_cast<volatile int*>(::mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    return *nothing == 0;
}

const std::array all{
    Mode{"open", [](const std::string& path) { return ::open(path.c_str(), O_RDONLY) >= 0; }},
    Mode{"create", [](const std::string& path) { return ::open(path.c_str(), O_WRONLY | O_CREAT, 0600) >= 0; }},
    Mode{"creat", [](const std::string& path) { return ::syscall(SYS_creat, path.c_str(), 0600) >= 0; }},
    Mode{"openat2", [](const std::string&) { return ::syscall(SYS_openat2, AT_FDCWD, "/", nullptr, 0) >= 0; }},
    Mode{"unlink", [](const std::string& path) { return ::unlink(path.c_str()) == 0; }},
    Mode{"rename", [](const std::string& path) { return ::rename(path.c_str(), (path + "2").c_str()) == 0; }},
    Mode{"chmod", [](const std::string& path) { return ::chmod(path.c_str(), 0777) == 0; }},
    Mode{"stat",
         [](const std::string& path) {
             struct stat st{};
             return ::stat(path.c_str(), &st) == 0;
         }},
    Mode{"socket", [](const std::string&) { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }},
    Mode{"unix-socket", [](const std::string&) { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }},
    Mode{"connect", [](const std::string&) { return ::connect(3, nullptr, 0) == 0; }},
    Mode{"exec", [](const std::string&) { return ::execl("/bin/true", "true", nullptr) == 0; }},
    Mode{"fork",
         [](const std::string&) {
             const pid_t pid = ::fork();
             if (pid == 0) ::_exit(0);
             return pid > 0;
         }},
    Mode{"vfork",
         [](const std::string&) {
             const pid_t pid = static_cast<pid_t>(::syscall(SYS_vfork));
             if (pid == 0) ::_exit(0);
             return pid > 0;
         }},
    Mode{"clone-parent",
         [](const std::string&) {
             const auto pid = ::syscall(SYS_clone, 0x8000 | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
             if (pid == 0) ::_exit(0);
             return pid > 0;
         }},
    Mode{"ptrace",
         [](const std::string& pid) { return ::ptrace(PTRACE_ATTACH, std::atoi(pid.c_str()), nullptr, 0) == 0; }},
    Mode{"kill", [](const std::string& pid) { return ::kill(std::atoi(pid.c_str()), SIGKILL) == 0; }},
    Mode{"tgkill",
         [](const std::string& pid) {
             return ::syscall(SYS_tgkill, std::atoi(pid.c_str()), std::atoi(pid.c_str()), SIGKILL) == 0;
         }},
    Mode{"tkill", [](const std::string& pid) { return ::syscall(SYS_tkill, std::atoi(pid.c_str()), SIGKILL) == 0; }},
    Mode{"read-memory",
         [](const std::string& pid) {
             return ::syscall(SYS_process_vm_readv, std::atoi(pid.c_str()), nullptr, 0, nullptr, 0, 0) == 0;
         }},
    Mode{"pidfd", [](const std::string& pid) { return ::syscall(SYS_pidfd_open, std::atoi(pid.c_str()), 0) >= 0; }},
    Mode{"mmap-exec", [](const std::string&) { return runCode(false); }},
    Mode{"mprotect-exec", [](const std::string&) { return runCode(true); }},
    Mode{"memfd", [](const std::string&) { return ::memfd_create("code", 0) >= 0; }},
    Mode{"io-uring", [](const std::string&) { return ::syscall(SYS_io_uring_setup, 1, nullptr) >= 0; }},
    Mode{"bpf", [](const std::string&) { return ::syscall(SYS_bpf, 0, nullptr, 0) >= 0; }},
    Mode{"unshare", [](const std::string&) { return ::syscall(SYS_unshare, 0x10000000) == 0; }},
    Mode{"more-memory",
         [](const std::string&) { return ::syscall(SYS_prlimit64, 0, 9, "raise the limit", nullptr) == 0; }},
    Mode{"other-limits",
         [](const std::string& pid) {
             return ::syscall(SYS_prlimit64, std::atoi(pid.c_str()), 9, "lower theirs", nullptr) == 0;
         }},
    Mode{"outlive", [](const std::string&) { return ::syscall(SYS_prctl, 1, 0, 0, 0, 0) == 0; }},  // PR_SET_PDEATHSIG
    Mode{"write-photo", [](const std::string&) { return ::write(kPhoto, "owned", 5) == 5; }},
    Mode{"pwrite-photo", [](const std::string&) { return ::pwrite(kPhoto, "owned", 5, 0) == 5; }},
    Mode{"truncate-photo", [](const std::string&) { return ::ftruncate(kPhoto, 0) == 0; }},
    Mode{"map-photo",
         [](const std::string&) {
             return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, kPhoto, 0) != MAP_FAILED;
         }},
    Mode{"reopen-photo", [](const std::string&) { return reopenPhotoForWriting(); }},
    Mode{"descriptors", [](const std::string&) { return findDescriptors(); }},
    Mode{"memory", [](const std::string&) { return takeMemory(); }},
    Mode{"spin", [](const std::string&) -> bool { spin(); }},
    Mode{"silence",
         [](const std::string&) {
             for (int word = 0;;) ::syscall(SYS_futex, &word, 0, 0, nullptr, nullptr, 0);
             return false;
         }},
    Mode{"abort", [](const std::string&) -> bool { std::abort(); }},
    Mode{"crash", [](const std::string&) { return readNothing(); }},
    Mode{"exit", [](const std::string&) -> bool { ::_exit(0); }},
    Mode{"throw", [](const std::string&) -> bool { throw 7; }},
    Mode{"recurse",
         [](const std::string& word) {
             const std::function<std::size_t(std::size_t)> deeper = [&](std::size_t n) -> std::size_t {
                 volatile char room[4096] = {};
                 room[n % 4096] = 1;
                 return deeper(n + 1) + static_cast<std::size_t>(room[0]);
             };
             return deeper(word.size()) == 0;
         }},
};

}  // namespace

std::span<const Mode> escapes() {
    return all;
}

}  // namespace contone::decode::hostile
