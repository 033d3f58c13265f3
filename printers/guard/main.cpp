// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-guard: a CUPS backend that lets each page of ours start once, then becomes the real backend.
//
// CUPS sends a job again from the start after its own restart. Before the first byte leaves, this program writes a mark
// named by the page's attempt, durably. If the mark is already there, the job is held and a person decides.
#include <cups/backend.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "printers/guard/guard_uri.h"

using contone::printers::GuardUri;
namespace guard_message = contone::printers::guard_message;

namespace {

constexpr std::time_t day = 24 * 3600;
constexpr std::time_t keepMarks = 90 * day;  // far beyond any job that a scheduler still remembers

/// The attempt of a job title "contone-<uuid>" as print::jobName writes it; empty for anybody else's.
std::string attemptOf(std::string_view title) {
    constexpr std::string_view prefix = "contone-";
    if (!title.starts_with(prefix) || title.size() != prefix.size() + 36) return {};
    const std::string_view uuid = title.substr(prefix.size());
    for (std::size_t i = 0; i < uuid.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = (uuid[i] >= '0' && uuid[i] <= '9') || (uuid[i] >= 'a' && uuid[i] <= 'f');
        if (dash ? uuid[i] != '-' : !hex) return {};
    }
    return std::string(uuid);
}

int hold(std::string_view message, const std::string& detail) {
    std::fprintf(stderr, "DEBUG: %s\n", detail.c_str());
    std::fprintf(stderr, "ERROR: %.*s\n", static_cast<int>(message.size()), message.data());
    return CUPS_BACKEND_HOLD;
}

/// A folder that is elsewhere by a link is none: whoever can change the link could empty the marks.
bool makeFolder(const std::string& path) {
    if (::mkdir(path.c_str(), 0755) == 0) return true;
    struct stat st{};
    if (errno != EEXIST || ::lstat(path.c_str(), &st) != 0) return false;
    if (!S_ISDIR(st.st_mode)) errno = ENOTDIR;
    return S_ISDIR(st.st_mode);
}

bool syncFolder(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool good = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    return good;
}

enum class Mark { Made, WasThere, Failed };

/// Returns Made only when the mark survives a power cut.
Mark makeMark(const std::string& folder, const std::string& attempt, const char* job) {
    const int fd = ::open((folder + "/" + attempt).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0) return errno == EEXIST ? Mark::WasThere : Mark::Failed;
    const std::string text = std::string("job ") + job + "\n";
    const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
    ::close(fd);
    if (written && syncFolder(folder)) return Mark::Made;
    const int why = errno;
    ::unlink((folder + "/" + attempt).c_str());  // nothing was sent: a later try may start
    errno = why;
    return Mark::Failed;
}

/// Removes marks older than keepMarks, at most once a day. Failing is harmless: the next day tries again.
void pruneMarks(const std::string& state, const std::string& folder) {
    const std::time_t now = std::time(nullptr);
    const std::string stamp = state + "/pruned";
    struct stat st{};
    if (::stat(stamp.c_str(), &st) == 0 && now - st.st_mtime < day && st.st_mtime <= now) return;
    const int fd = ::open(stamp.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0) return;
    ::futimens(fd, nullptr);
    ::close(fd);
    DIR* dir = ::opendir(folder.c_str());
    if (dir == nullptr) return;
    const int at = ::dirfd(dir);
    while (const dirent* entry = at < 0 ? nullptr : ::readdir(dir))
        if (::fstatat(at, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
            now - st.st_mtime > keepMarks)
            ::unlinkat(at, entry->d_name, 0);
    ::closedir(dir);
}

/// 0: go on.
int guardPage(const GuardUri& uri, const std::string& attempt, int argc, char** argv) {
    const char* type = std::getenv("CONTENT_TYPE");
    const std::string sent = type != nullptr ? type : "";
    if (uri.pages == GuardUri::Pages::Untouched && argc == 6)
        return hold(guard_message::filtered, "the page comes on stdin, so a filter ran");
    if (uri.pages == GuardUri::Pages::Driven && (argc != 6 || sent != "application/vnd.cups-raster"))
        return hold(guard_message::filtered, "not CUPS raster through a driver, but " + sent);
    if (std::strcmp(argv[4], "1") != 0) return hold(guard_message::copies, std::string("copies ") + argv[4]);
    const std::string folder = uri.state + "/started";
    if ((::mkdir(uri.state.c_str(), 0755) != 0 && errno != EEXIST) || !makeFolder(folder))
        return hold(guard_message::noMark, folder + ": " + std::strerror(errno));
    // The first mark is only as durable as the folder that it is in.
    if (!syncFolder(uri.state)) return hold(guard_message::noMark, uri.state + ": " + std::strerror(errno));
    pruneMarks(uri.state, folder);
    switch (makeMark(folder, attempt, argv[1])) {
        case Mark::Made:
            return 0;
        case Mark::WasThere:
            return hold(guard_message::alreadyStarted, folder + "/" + attempt + " exists");
        case Mark::Failed:
            break;
    }
    return hold(guard_message::noMark, folder + "/" + attempt + ": " + std::strerror(errno));
}

std::string guardPath() {
    const char* bin = std::getenv("CUPS_SERVERBIN");
    return std::string(bin != nullptr ? bin : "/usr/lib/cups") + "/backend/contone-guard";
}

enum class Page { Ours, OfOthers };

/// CUPS' ipp backend asks a printer after 0, 1, 2, 4, 7, 12, 20 … s whether it is done, and the queue stands still till
/// then. Contone asks the printer itself, by the job's name: the backend may end when the printer has the page.
std::string deviceFor(Page page, const std::string& device) {
    if (page == Page::OfOthers || !(device.starts_with("ipp:") || device.starts_with("ipps:"))) return device;
    if (device.find("waitjob=") != std::string::npos) return device;
    return device + (device.find('?') == std::string::npos ? '?' : '&') + "waitjob=false";
}

/// Becomes the real backend. Returns only when that fails.
int passOn(const std::string& device, char** argv) {
    const char* bin = std::getenv("CUPS_SERVERBIN");
    const std::string backend =
        std::string(bin != nullptr ? bin : "/usr/lib/cups") + "/backend/" + device.substr(0, device.find(':'));
    ::setenv("DEVICE_URI", device.c_str(), 1);
    std::string name = device;
    argv[0] = name.data();
    ::execv(backend.c_str(), argv);
    const int why = errno;
    std::fprintf(stderr, "DEBUG: %s: %s\n", backend.c_str(), std::strerror(why));
    // CUPS runs backends as root that nobody else may run, usb and lpd among them; the guard is like its backend.
    if (why == EACCES)
        std::fprintf(stderr, "ERROR: contone-guard: the backend for this printer needs root. Run: chmod 0700 %s\n",
                     guardPath().c_str());
    else
        std::fprintf(stderr, "ERROR: contone-guard: the backend for this printer could not be started.\n");
    return CUPS_BACKEND_STOP;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 1) {  // device discovery
        std::puts("direct contone-guard \"Unknown\" \"Contone print guard\"");
        return 0;
    }
    if (argc != 6 && argc != 7) {
        std::fprintf(stderr, "Usage: contone-guard job-id user title copies options [file]\n");
        return CUPS_BACKEND_FAILED;
    }
    const char* device = std::getenv("DEVICE_URI");
    const auto uri = GuardUri::parse(device != nullptr ? device : argv[0]);
    if (!uri) {
        std::fprintf(stderr, "ERROR: contone-guard: the queue's device URI is not contone-guard:/FOLDER?to=DEVICE.\n");
        return CUPS_BACKEND_STOP;
    }
    // Other people's jobs pass unguarded: the queue stays an ordinary queue for the shop's other programs.
    const std::string attempt = attemptOf(argv[3]);
    if (!attempt.empty())
        if (const int held = guardPage(*uri, attempt, argc, argv); held != 0) return held;
    return passOn(deviceFor(attempt.empty() ? Page::OfOthers : Page::Ours, uri->device), argv);
}
