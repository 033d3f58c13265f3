// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The usual places.
#include "app/host/places.h"

#include <algorithm>
#include <cstdlib>

#include "core/store/sqlite_store.h"

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

namespace {

// All that a shop writes into its folder, but for the socket, and for the key of the store: one that others could read
// is refused, not mended (keys::StoreKey).
constexpr std::string_view kept[] = {"acknowledged",   "cache",    "contone.db", "contone.db-shm",
                                     "contone.db-wal", "incoming", "keys",       "lock",
                                     "origin",         "recovery", "spool",      "vault"};

bool isKept(const std::string& name) {
    return std::ranges::find(kept, name) != std::end(kept) || name.starts_with("agent.log");
}

/// What a person must look at when the shop's folder cannot be made is where it should be.
Error forHome(Error error) {
    if (error.reason == "file-missing" || error.reason == "io-error" || error.reason == "file-is-folder")
        error = {Code::Invalid, "home-unusable",
                 "The shop's folder cannot be made there. Look at --home and CONTONE_HOME.", std::move(error.detail)};
    return error;
}

/// A folder that somebody uses for other things keeps its mode: it may be /tmp.
bool isAShopsOwn(const Path& home) {
    std::error_code failed;
    return std::filesystem::is_empty(home, failed) || store::SqliteStore::isIn(home);
}

}  // namespace

Result<int> Places::makeHome() const {
    std::error_code failed;
    using std::filesystem::perms;
    constexpr perms most = perms::owner_all | perms::group_read | perms::group_exec;
    if (!std::filesystem::exists(home, failed)) {
        if (auto made = makeDirectories(home, Access::Private); !made) return fail(forHome(made.error()));
        std::filesystem::permissions(home, most, failed);
        if (failed) return fail(errorFromErrno(failed.value(), "chmod " + home.string()));
        return 0;
    }
    if (!std::filesystem::is_directory(home, failed))
        return fail(forHome(errorFromErrno(ENOTDIR, "open " + home.string())));
    int closed = 0;
    const perms mode = std::filesystem::status(home, failed).permissions();
    if (!failed && (mode & ~most & perms::all) != perms::none && isAShopsOwn(home)) {
        std::filesystem::permissions(home, mode & most, failed);
        if (!failed) closed++;
    }
    for (std::filesystem::directory_iterator at(home, failed), end; !failed && at != end; at.increment(failed))
        if (isKept(at->path().filename().string())) closed += makePrivate(at->path());
    return closed;
}

Places Places::find(const Path& home, const Path& share) {
    std::error_code failed;
    Places p{home, share, std::filesystem::read_symlink("/proc/self/exe", failed).parent_path(),
             fromEnvironment("CREDENTIALS_DIRECTORY")};
    if (p.home.empty()) p.home = fromEnvironment("CONTONE_HOME");
    if (p.home.empty()) p.home = defaultHome();
    if (p.share.empty()) p.share = fromEnvironment("CONTONE_SHARE");
    if (p.share.empty()) p.share = p.programs.parent_path() / "share" / "contone";
    return p;
}

}  // namespace contone::app
