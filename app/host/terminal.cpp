// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lines through stdio.
#include "app/host/terminal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "app/host/exit_codes.h"
#include "core/base/printable.h"

namespace contone::app {
namespace {

void put(std::FILE* to, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), to);
    std::fputc('\n', to);
}

}  // namespace

void openStandardStreams() {
    for (int fd = 0; fd < 3; fd++) {
        if (::fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
        // The lowest free number is this one: those below are open. One can read nothing from it, or write nothing to
        // it.
        [[maybe_unused]] const int opened = ::open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
    }
}

void tell(std::FILE* to, std::string_view line) {
    put(to, printable(line));
}

void tellLines(std::FILE* to, std::string_view lines) {
    put(to, printableLines(lines));
}

void tellJson(std::string_view json) {
    put(stdout, printableLines(json));
}

int complain(std::string_view program, const Error& error) {
    tell(stderr, std::string(program) + ": " + error.message);
    if (!error.detail.empty()) tell(stderr, "  (" + error.reason + ": " + error.detail + ")");
    return exitCodeOf(error);
}

void tellClosed(std::string_view program, int files) {
    if (files == 0) return;
    tell(stderr, std::string(program) + ": Other users of this computer could look into " + std::to_string(files) +
                     " of the shop's files and folders. They no longer can.");
}

int finishOutput(std::string_view program, int exit) {
    errno = 0;
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit;
    if (errno == EPIPE) return exit == exitOk ? exitInternal : exit;  // whoever read has gone: nobody is there to tell
    Error error = errorFromErrno(errno != 0 ? errno : EIO, "write to the standard output");
    error.message = "The answer could not be written.";
    const int code = complain(program, error);
    return exit == exitOk ? code : exit;
}

}  // namespace contone::app
