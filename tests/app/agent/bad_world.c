// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A bad world, preloaded into a program under test: its disk may be full, its clock jump, its name server be silent, as
// the file CONTONE_BAD_WORLD says at that moment (bad_world.h). Needs no rights and no mounts, and what the program
// gets is what the kernel says to a full disk.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct World {
    volatile int64_t clockOffsetMs;
    volatile int64_t diskIsFull;
    volatile int64_t nameServerIsSilent;
};
static struct World calm;
static struct World* world = &calm;

__attribute__((constructor)) static void enter(void) {
    const char* path = getenv("CONTONE_BAD_WORLD");
    const int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd >= 0) {
        void* shared = mmap(NULL, sizeof(struct World), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (shared != MAP_FAILED) world = shared;
        close(fd);
    }
    unsetenv("LD_PRELOAD");  // its children are locked down and live in their own world
}

static int isRefused(int fd) {
    struct stat st;
    if (!world->diskIsFull || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return 0;
    errno = ENOSPC;
    return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void* bytes, size_t count) {
    return isRefused(fd) ? -1 : NEXT(write)(fd, bytes, count);
}
ssize_t writev(int fd, const struct iovec* parts, int count) {
    return isRefused(fd) ? -1 : NEXT(writev)(fd, parts, count);
}
ssize_t pwrite(int fd, const void* bytes, size_t count, off_t at) {
    return isRefused(fd) ? -1 : NEXT(pwrite)(fd, bytes, count, at);
}
ssize_t pwrite64(int fd, const void* bytes, size_t count, off64_t at) {
    return isRefused(fd) ? -1 : NEXT(pwrite64)(fd, bytes, count, at);
}
int fallocate(int fd, int mode, off_t at, off_t count) {
    return isRefused(fd) ? -1 : NEXT(fallocate)(fd, mode, at, count);
}
int posix_fallocate(int fd, off_t at, off_t count) {
    return isRefused(fd) ? ENOSPC : NEXT(posix_fallocate)(fd, at, count);
}
ssize_t copy_file_range(int in, off64_t* from, int out, off64_t* to, size_t count, unsigned flags) {
    return isRefused(out) ? -1 : NEXT(copy_file_range)(in, from, out, to, count, flags);
}

int clock_gettime(clockid_t clock, struct timespec* now) {
    const int result = NEXT(clock_gettime)(clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        const int64_t ms = world->clockOffsetMs;
        now->tv_sec += ms / 1000;
        now->tv_nsec += (long)(ms % 1000) * 1000000L;
        while (now->tv_nsec < 0) now->tv_nsec += 1000000000L, now->tv_sec--;
        while (now->tv_nsec >= 1000000000L) now->tv_nsec -= 1000000000L, now->tv_sec++;
    }
    return result;
}
int getaddrinfo(const char* restrict node, const char* restrict service, const struct addrinfo* restrict hints,
                struct addrinfo** restrict found) {
    while (world->nameServerIsSilent) usleep(20000);
    return NEXT(getaddrinfo)(node, service, hints, found);
}
time_t time(time_t* out) {
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != NULL) *out = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval* restrict now, void* restrict zone) {
    (void)zone;
    struct timespec precise = {0, 0};
    const int result = clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return result;
}
