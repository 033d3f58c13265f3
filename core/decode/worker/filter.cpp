// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The allow-lists, compiled by libseccomp.
#include "core/decode/worker/filter.h"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/file.h"

namespace contone::decode {
namespace {

constexpr std::array child{
    AllowedCall{"read", "of the photo's descriptor"},
    AllowedCall{"pread64", "of the photo's descriptor"},
    AllowedCall{"lseek", "the photo's size"},
    AllowedCall{"fstat", "what the descriptor is; asks by descriptor, never by name"},
    AllowedCall{"close", "a photo that is done"},
    AllowedCall{"fcntl", "a second handle of the photo; nothing else of it"},
    AllowedCall{"recvmsg", "orders, and the descriptors that come with them"},
    AllowedCall{"sendmsg", "facts and strips, on the one socket it has"},
    AllowedCall{"mmap", "memory; never executable"},
    AllowedCall{"mprotect", "memory; never executable"},
    AllowedCall{"munmap", "memory"},
    AllowedCall{"mremap", "memory"},
    AllowedCall{"madvise", "memory"},
    AllowedCall{"brk", "memory"},
    AllowedCall{"futex", "locks"},
    AllowedCall{"sched_getaffinity", "how many threads would be useful"},
    AllowedCall{"sched_yield", "spin locks of codecs"},
    AllowedCall{"exit_group", "its end"},
    AllowedCall{"rt_sigaction", "abort() restores the default"},
    AllowedCall{"rt_sigprocmask", "abort() lets its signal through"},
    AllowedCall{"rt_sigreturn", "return of a handler"},
    AllowedCall{"clock_gettime", "time, where it is not read without a call"},
    AllowedCall{"gettimeofday", "time, where it is not read without a call"},
    AllowedCall{"restart_syscall", "a wait that was interrupted"},
    AllowedCall{"getpid", "its own number"},
    AllowedCall{"gettid", "its own number"},
    AllowedCall{"getrandom", "seeds of hash tables"},
};
static_assert(child.size() <= 45);

constexpr std::array zygote{
    AllowedCall{"clone", "fork, exactly as the C library does it"},
    AllowedCall{"set_robust_list", "the C library after a fork"},
    AllowedCall{"wait4", "how a child ended"},
    AllowedCall{"waitid", "how a child ended"},
    AllowedCall{"pidfd_open", "a handle of a child that cannot come to mean another process"},
    AllowedCall{"poll", "waits for orders and for the end of children"},
    AllowedCall{"getppid", "a child looks whether the zygote still lives"},
    AllowedCall{"dup2", "a child's socket and photo get their places"},
    AllowedCall{"dup3", "the same, where there is no dup2"},
    AllowedCall{"close_range", "a child keeps no other descriptor"},
    AllowedCall{"prctl", "a child dies with the zygote"},
    AllowedCall{"prlimit64", "a child's limits, its own only"},
    AllowedCall{"seccomp", "a child narrows this list to its own"},
};

// What the runtime of a sanitizer asks for besides. Nothing, in a build that people use.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::array sanitizer{
    AllowedCall{"sigaltstack", "a stack of its own for reports, anew after a fork"},
    AllowedCall{"sched_yield", "its own locks"},
    AllowedCall{"madvise", "its shadow memory"},
    AllowedCall{"gettid", "its own locks"},
    AllowedCall{"pipe2", "asks the kernel through a pipe whether memory can be read"},
    AllowedCall{"write", "into that pipe; reports"},
};
#else
constexpr std::array<AllowedCall, 0> sanitizer;
#endif

constexpr std::array unanswered{
    AllowedCall{"open", "configuration, plug-ins"},
    AllowedCall{"openat", "configuration, plug-ins"},
    AllowedCall{"access", "configuration, plug-ins"},
    AllowedCall{"faccessat", "configuration, plug-ins"},
    AllowedCall{"faccessat2", "configuration, plug-ins"},
    AllowedCall{"stat", "configuration, plug-ins"},
    AllowedCall{"lstat", "configuration, plug-ins"},
    AllowedCall{"newfstatat", "asks by name; our own fstat() does not use it"},
    AllowedCall{"statx", "configuration, plug-ins"},
    AllowedCall{"readlink", "where the program is"},
    AllowedCall{"readlinkat", "where the program is"},
    AllowedCall{"getcwd", "where the program is"},
    AllowedCall{"getdents64", "plug-ins"},
    AllowedCall{"write", "complaints to stderr"},
    AllowedCall{"writev", "complaints to stderr"},
    AllowedCall{"ioctl", "is that a terminal"},
    AllowedCall{"uname", "what system this is"},
    AllowedCall{"sysinfo", "how much memory there is"},
    AllowedCall{"getrusage", "how long it took"},
    AllowedCall{"getrlimit", "limits"},
    AllowedCall{"prlimit64", "limits"},
    AllowedCall{"prctl", "names of threads"},
    AllowedCall{"sched_setaffinity", "binding of threads"},
    AllowedCall{"sched_getparam", "priorities of threads"},
    AllowedCall{"sched_getscheduler", "priorities of threads"},
    AllowedCall{"get_mempolicy", "memory of several processors"},
    AllowedCall{"membarrier", "lock-free structures"},
    AllowedCall{"tgkill", "abort(): it then ends by SIGSEGV. No signal to anyone else"},
    AllowedCall{"kill", "abort() of old libraries"},
    AllowedCall{"getuid", "configuration"},
    AllowedCall{"geteuid", "configuration"},
    AllowedCall{"getgid", "configuration"},
    AllowedCall{"getegid", "configuration"},
};

// What fork() of the C library passes.
constexpr scmp_datum_t kFork = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD;

std::unexpected<Error> refused(const std::string& what, int errnum) {
    return fail(Code::Internal, "sandbox", "The sandbox for reading photos could not be set up.",
                what + ": " + std::strerror(errnum));
}

struct Release {
    void operator()(void* context) const { seccomp_release(context); }
};
using Context = std::unique_ptr<void, Release>;

/// Collects rules; the first error stays.
class Rules {
  public:
    Rules() : m_context(seccomp_init(SCMP_ACT_KILL_PROCESS)) {
        keep("seccomp_init", m_context ? 0 : -ENOMEM);
        if (!m_context) return;
        keep("bad architecture", seccomp_attr_set(m_context.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
        keep("optimise", seccomp_attr_set(m_context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2));
    }
    template <class... Conditions>
    void add(std::uint32_t action, const char* name, Conditions... conditions) {
        const int number = seccomp_syscall_resolve_name(name);
        if (number == __NR_SCMP_ERROR || !m_context) return;  // a call this architecture never had
        const std::array<scmp_arg_cmp, sizeof...(conditions)> all{conditions...};
        keep(name,
             seccomp_rule_add_array(m_context.get(), action, number, static_cast<unsigned>(all.size()), all.data()));
    }
    Result<std::vector<sock_filter>> compiled() const;

  private:
    void keep(const char* what, int error) {
        if (error < 0 && m_error == 0) {
            m_error = -error;
            m_what = what;
        }
    }
    Context m_context;
    int m_error = 0;
    const char* m_what = "";
};

Result<std::vector<sock_filter>> Rules::compiled() const {
    if (m_error != 0) return refused(m_what, m_error);
    const FileDescriptor memory(::memfd_create("filter", MFD_CLOEXEC));
    if (!memory.isOpen()) return refused("memfd_create", errno);
    if (const int error = seccomp_export_bpf(m_context.get(), memory.get()); error < 0)
        return refused("seccomp_export_bpf", -error);
    const off_t bytes = ::lseek(memory.get(), 0, SEEK_END);
    std::vector<sock_filter> program(static_cast<std::size_t>(bytes) / sizeof(sock_filter));
    if (::pread(memory.get(), program.data(), static_cast<std::size_t>(bytes), 0) != bytes)
        return refused("read the filter", EIO);
    return program;
}

bool isConditional(std::string_view name) {
    return name == "mmap" || name == "mprotect" || name == "clone" || name == "fcntl" || name == "prctl" ||
           name == "prlimit64";
}

bool isForSanitizer(std::string_view name) {
    return std::ranges::any_of(sanitizer, [&](const AllowedCall& call) { return name == call.name; });
}

void allowByArgument(Rules& rules) {
    const auto notExecutable = SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    rules.add(SCMP_ACT_ALLOW, "mmap", notExecutable);
    rules.add(SCMP_ACT_ALLOW, "mprotect", notExecutable);
    rules.add(SCMP_ACT_ALLOW, "fcntl", SCMP_A1_64(SCMP_CMP_EQ, F_DUPFD_CLOEXEC));
    rules.add(SCMP_ACT_ERRNO(EACCES), "fcntl", SCMP_A1_64(SCMP_CMP_NE, F_DUPFD_CLOEXEC));
    rules.add(SCMP_ACT_ERRNO(ENOSYS), "clone3");
}

}  // namespace

std::span<const AllowedCall> childCalls() {
    return child;
}
std::span<const AllowedCall> zygoteCalls() {
    return zygote;
}
std::span<const AllowedCall> unansweredCalls() {
    return unanswered;
}

Result<Filter> Filter::compile(Stage stage) {
    Rules rules;
    allowByArgument(rules);
    for (const AllowedCall& call : child)
        if (!isConditional(call.name)) rules.add(SCMP_ACT_ALLOW, call.name);
    for (const AllowedCall& call : sanitizer) rules.add(SCMP_ACT_ALLOW, call.name);
    if (stage == Stage::Zygote) {
        for (const AllowedCall& call : zygote)
            if (!isConditional(call.name)) rules.add(SCMP_ACT_ALLOW, call.name);
        rules.add(SCMP_ACT_ALLOW, "clone", SCMP_A0_64(SCMP_CMP_EQ, kFork));
        rules.add(SCMP_ACT_ERRNO(EAGAIN), "clone", SCMP_A0_64(SCMP_CMP_NE, kFork));
        rules.add(SCMP_ACT_ALLOW, "prctl", SCMP_A0_64(SCMP_CMP_EQ, PR_SET_PDEATHSIG));
        rules.add(SCMP_ACT_ALLOW, "prlimit64", SCMP_A0_64(SCMP_CMP_EQ, 0));
    }
    if (stage == Stage::Child) rules.add(SCMP_ACT_ERRNO(EAGAIN), "clone");  // "no thread for you": most go on with one
    for (const AllowedCall& call : unanswered)
        if (!isForSanitizer(call.name) && (stage == Stage::Child || !isConditional(call.name)))
            rules.add(SCMP_ACT_ERRNO(EACCES), call.name);
    Filter filter;
    CONTONE_TRY(filter.m_program, rules.compiled());
    return filter;
}

Result<void> Filter::load() const {
    sock_fprog program{static_cast<unsigned short>(m_program.size()), const_cast<sock_filter*>(m_program.data())};
    if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) return refused("seccomp", errno);
    return {};
}

}  // namespace contone::decode
