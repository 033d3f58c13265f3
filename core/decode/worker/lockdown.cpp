// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// prctl, setrlimit, Landlock by its raw calls (Debian 12's headers end at its first version).
#include "core/decode/worker/lockdown.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>

#include "core/base/file.h"

// The C library's fstat() asks by an empty name (newfstatat), which could as well be a name. This one asks by
// descriptor and takes its place in the whole program.
extern "C" int fstat(int descriptor, struct stat* out) noexcept {
    return static_cast<int>(::syscall(SYS_fstat, descriptor, out));
}

namespace contone::decode {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kLimitsMemory = false;  // the sanitizer's shadow alone takes terabytes of address space
#else
constexpr bool kLimitsMemory = true;
#endif

std::unexpected<Error> refused(const char* what, int errnum) {
    return fail(Code::Internal, "sandbox", "The sandbox for reading photos could not be set up.",
                std::string(what) + ": " + std::strerror(errnum));
}

Result<void> limit(__rlimit_resource_t resource, rlim_t most, const char* name) {
    rlimit now{};
    if (::getrlimit(resource, &now) != 0) return refused(name, errno);
    now.rlim_max = std::min(now.rlim_max, most);
    now.rlim_cur = now.rlim_max;
    if (::setrlimit(resource, &now) != 0) return refused(name, errno);
    return {};
}

Result<void> checkOneThread() {
    const std::unique_ptr<DIR, int (*)(DIR*)> tasks(::opendir("/proc/self/task"), ::closedir);
    if (!tasks) return refused("count threads in /proc/self/task", errno);
    int threads = 0;
    while (const dirent* entry = ::readdir(tasks.get()))
        if (entry->d_name[0] != '.') ++threads;
    if (threads != 1) return refused("more than one thread before the lockdown", EBUSY);
    return {};
}

/// What root may do goes for good. The bounding set can only be emptied by who may change it; for everybody else it
/// gives nothing, because no_new_privs is set.
Result<void> dropCapabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
    if (::syscall(SYS_capget, &header, sets.data()) != 0) return refused("look at the capabilities", errno);
    const bool mayBound = (sets[CAP_TO_INDEX(CAP_SETPCAP)].effective & CAP_TO_MASK(CAP_SETPCAP)) != 0;
    for (int one = 0; mayBound && ::prctl(PR_CAPBSET_READ, one, 0, 0, 0) >= 0; ++one)
        if (::prctl(PR_CAPBSET_DROP, one, 0, 0, 0) != 0) return refused("bound the capabilities", errno);
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0)
        return refused("drop the ambient capabilities", errno);
    sets = {};
    if (::syscall(SYS_capset, &header, sets.data()) != 0) return refused("drop the capabilities", errno);
    return {};
}

/// struct landlock_ruleset_attr as of ABI 6; an older kernel takes a shorter one.
struct LandlockRules {
    std::uint64_t files = 0, network = 0, scopes = 0;
};
constexpr int kCreateRuleset = 444, kRestrictSelf = 446;  // the same on every architecture

/// The rights that a kernel of this ABI can deny (Documentation/userspace-api/landlock.rst): 13 at first, then refer,
/// truncate, devices' ioctl; TCP bind and connect from 4 on; abstract sockets and signals from 6 on.
LandlockRules everythingOf(long abi) {
    LandlockRules rules;
    const int files = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
    rules.files = (1ULL << files) - 1;
    if (abi >= 4) rules.network = 3;
    if (abi >= 6) rules.scopes = 3;
    return rules;
}

Result<void> denyFiles() {
    constexpr unsigned askVersion = 1;
    const long abi = ::syscall(kCreateRuleset, nullptr, 0, askVersion);
    if (abi < 1) return refused("Landlock", errno);
    const LandlockRules rules = everythingOf(abi);
    const std::size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
    const FileDescriptor ruleset(static_cast<int>(::syscall(kCreateRuleset, &rules, size, 0)));
    if (!ruleset.isOpen()) return refused("Landlock's rules", errno);
    if (::syscall(kRestrictSelf, ruleset.get(), 0) != 0) return refused("Landlock's restriction", errno);
    const FileDescriptor root(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (root.isOpen()) return refused("Landlock does not hold: / can be opened", EPERM);
    return {};
}

}  // namespace

Result<void> lockZygote(std::int64_t maxMemory, Locks locks) {
    CONTONE_CHECK(checkOneThread());
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("no_new_privs", errno);
    CONTONE_CHECK(dropCapabilities());
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return refused("not dumpable", errno);
    CONTONE_CHECK(limit(RLIMIT_CORE, 0, "core dumps"));
    CONTONE_CHECK(limit(RLIMIT_NOFILE, 512, "descriptors"));
    if (kLimitsMemory) CONTONE_CHECK(limit(RLIMIT_AS, static_cast<rlim_t>(maxMemory), "memory"));
    if (locks == Locks::NoFilters) return {};
    CONTONE_TRY(const Filter filter, Filter::compile(Stage::Zygote));
    CONTONE_CHECK(limit(RLIMIT_FSIZE, 0, "file size"));  // after the compiler's own scratch memory
    CONTONE_CHECK(denyFiles());
    return filter.load();
}

Result<void> lockChild(int zygote, std::uint32_t cpuSeconds, const Filter& filter, Locks locks) {
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return refused("die with the zygote", errno);
    if (::getppid() != zygote) return refused("the zygote is gone", ESRCH);
    CONTONE_CHECK(limit(RLIMIT_CPU, cpuSeconds, "processor time"));
    CONTONE_CHECK(limit(RLIMIT_NOFILE, 16, "descriptors"));
    return locks == Locks::All ? filter.load() : Result<void>{};
}

}  // namespace contone::decode
