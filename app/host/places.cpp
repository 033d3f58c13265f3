// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The usual places.
#include "app/host/places.h"

#include <cstdlib>

namespace contone::app {
namespace {

Path fromEnvironment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read before any thread starts
    return value ? Path(value) : Path();
}

Path defaultHome() {
    if (const Path data = fromEnvironment("XDG_DATA_HOME"); !data.empty()) return data / "contone";
    return fromEnvironment("HOME") / ".local/share/contone";
}

}  // namespace

Result<void> Places::makeHome() const {
    std::error_code failed;
    if (std::filesystem::exists(home, failed)) return {};
    CONTONE_CHECK(makeDirectories(home));
    using std::filesystem::perms;
    std::filesystem::permissions(home, perms::owner_all | perms::group_read | perms::group_exec, failed);
    if (failed) return fail(errorFromErrno(failed.value(), "chmod " + home.string()));
    return {};
}

Places Places::find(const Path& home, const Path& share) {
    std::error_code failed;
    Places p{home, share, std::filesystem::read_symlink("/proc/self/exe", failed).parent_path()};
    if (p.home.empty()) p.home = fromEnvironment("CONTONE_HOME");
    if (p.home.empty()) p.home = defaultHome();
    if (p.share.empty()) p.share = fromEnvironment("CONTONE_SHARE");
    if (p.share.empty()) p.share = p.programs.parent_path() / "share" / "contone";
    return p;
}

}  // namespace contone::app
