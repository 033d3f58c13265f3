// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Preloaded into avahi-daemon, which believes itself alone on its computer: leaves /run/avahi-daemon to the system's.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static int isTheSystems(const char* path) {
    return path != NULL && strstr(path, "/run/avahi-daemon") != NULL;
}

// libdaemon: nobody else runs, and no file says that we do.
int daemon_pid_file_is_running(void) {
    errno = ENOENT;
    return -1;
}
int daemon_pid_file_create(void) {
    return 0;
}
int daemon_pid_file_remove(void) {
    return 0;
}

int mkdir(const char* path, mode_t mode) {
    return isTheSystems(path) ? 0 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}
int chown(const char* path, uid_t owner, gid_t group) {
    return isTheSystems(path) ? 0 : (int)syscall(SYS_fchownat, AT_FDCWD, path, owner, group, 0);
}
int unlink(const char* path) {
    return isTheSystems(path) ? 0 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}
/// The daemon wants its folder to be of the user "avahi".
int stat(const char* restrict path, struct stat* restrict found) {
    if (!isTheSystems(path)) return fstatat(AT_FDCWD, path, found, 0);
    const struct passwd* user = getpwnam("avahi");
    memset(found, 0, sizeof *found);
    found->st_mode = S_IFDIR | 0755;
    found->st_uid = user != NULL ? user->pw_uid : 0;
    found->st_gid = user != NULL ? user->pw_gid : 0;
    return 0;
}
/// Its socket for other protocols than D-Bus gets a name that nobody has.
int bind(int fd, const struct sockaddr* address, socklen_t size) {
    if (address->sa_family == AF_UNIX && isTheSystems(((const struct sockaddr_un*)address)->sun_path))
        size = sizeof(sa_family_t);  // unix(7): autobind
    return (int)syscall(SYS_bind, fd, address, size);
}
