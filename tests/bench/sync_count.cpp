// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// fsync() and fdatasync() of the C library, with a count: the program's own come before those of libraries.
#include "tests/bench/sync_count.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

namespace {
std::atomic<long> count = 0;
}

extern "C" int fsync(int fd) {
    count++;
    return static_cast<int>(::syscall(SYS_fsync, fd));
}

extern "C" int fdatasync(int fd) {
    count++;
    return static_cast<int>(::syscall(SYS_fdatasync, fd));
}

namespace contone::bench {

long syncs() {
    return count;
}

}  // namespace contone::bench
