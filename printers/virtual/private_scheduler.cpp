// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Setting up and running a cupsd of our own with a ServerBin that has the guard.
#include "printers/virtual/private_scheduler.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "printers/guard/guard_uri.h"

namespace contone::printers {
namespace {

using namespace std::chrono_literals;

bool isRoot() {
    return ::geteuid() == 0;
}

/// Whose rights jobs have.
struct Worker {
    std::string user, group;
    uid_t uid;
    gid_t gid;
};
Result<Worker> worker() {
    const passwd* entry = isRoot() ? ::getpwnam("lp") : ::getpwuid(::geteuid());
    if (entry == nullptr)
        return fail(Code::NotFound, "program-missing", "CUPS is not installed completely: there is no user lp.");
    Worker found{entry->pw_name, "", entry->pw_uid, entry->pw_gid};
    const struct group* group = ::getgrgid(entry->pw_gid);
    found.group = group != nullptr ? group->gr_name : std::to_string(found.gid);
    return found;
}

Result<void> folder(const Path& path, mode_t mode, const Worker* owner) {
    CONTONE_CHECK(makeDirectories(path));
    if (::chmod(path.c_str(), mode) != 0 || (owner != nullptr && isRoot() && ::chown(path.c_str(), 0, owner->gid) != 0))
        return fail(errorFromErrno(errno, "prepare " + path.string()));
    return {};
}

std::string filesConf(const Path& at, const Worker& worker) {
    const std::string d = at.string();
    return "ServerRoot " + d + "/etc\nDataDir /usr/share/cups\nServerBin " + d + "/bin\nRequestRoot " + d +
           "/spool\nTempDir " + d + "/spool/tmp\nCacheDir " + d + "/cache\nStateDir " + d + "/run\nAccessLog " + d +
           "/log/access_log\nErrorLog " + d + "/log/error_log\nPageLog " + d + "/log/page_log\nUser " + worker.user +
           "\nGroup " + worker.group +
           "\nSystemGroup root\nSandboxing relaxed\nSyncOnClose Yes\nFatalErrors config listen permissions\n";
}

std::string schedulerConf(const SchedulerOptions& options) {
    const std::string local = "  Order allow,deny\n  Allow from 127.0.0.1\n";
    std::string text =
        "Listen 127.0.0.1:" + std::to_string(options.port) +
        "\nServerName localhost\nBrowsing Off\nBrowseLocalProtocols none\nDefaultShared No\nWebInterface No\n"
        "HostNameLookups Off\nDefaultEncryption Never\nLogLevel info\n"
        "MaxLogSize 0\nMaxJobs 500\nJobRetryInterval 2\nJobRetryLimit 5\nIdleExitTimeout 0\nMaxHoldTime 0\n";
    text += "PreserveJobHistory " + options.preserveJobHistory + "\nPreserveJobFiles " + options.preserveJobFiles +
            "\nErrorPolicy " + options.errorPolicy + "\nDirtyCleanInterval " +
            std::to_string(options.dirtyCleanInterval) + "\nMultipleOperationTimeout " +
            std::to_string(options.multipleOperationTimeout) + "\n";
    const bool asked = options.administration == SchedulerOptions::Administration::Asked;
    text += std::string("DefaultAuthType ") + (asked ? "Basic" : "None") + "\n<Location />\n" + local +
            "</Location>\n<Location /admin>\n" + local + "</Location>\n";
    if (options.settings == SchedulerOptions::Settings::Hidden)
        text += "<Location /admin/conf>\n  AuthType Basic\n  Require user @SYSTEM\n" + local + "</Location>\n";
    // The list and its words are those of CUPS' own cupsd.conf.
    const std::string administration =
        asked ? "  <Limit CUPS-Add-Modify-Printer CUPS-Delete-Printer CUPS-Add-Modify-Class CUPS-Delete-Class "
                "CUPS-Set-Default CUPS-Get-Devices>\n    AuthType Default\n    Require user @SYSTEM\n"
                "    Order deny,allow\n  </Limit>\n"
              : "";
    return text +
           "<Policy default>\n  JobPrivateAccess all\n  JobPrivateValues none\n  SubscriptionPrivateAccess all\n"
           "  SubscriptionPrivateValues none\n" +
           administration + "  <Limit All>\n" + local + "  </Limit>\n</Policy>\n";
}

/// Links to the system's helper programs and backends, and a copy of the guard.
Result<void> makeServerBin(const Path& bin, const Path& guard) {
    std::error_code error;
    std::filesystem::remove_all(bin, error);
    CONTONE_CHECK(folder(bin, 0755, nullptr));
    CONTONE_CHECK(folder(bin / "backend", 0755, nullptr));
    const Path system = "/usr/lib/cups";
    for (const char* part : {"cgi-bin", "daemon", "driver", "filter", "monitor", "notifier"})
        if (std::filesystem::exists(system / part, error))
            std::filesystem::create_directory_symlink(system / part, bin / part, error);
    for (const auto& entry : std::filesystem::directory_iterator(system / "backend", error))
        std::filesystem::create_symlink(entry.path(), bin / "backend" / entry.path().filename(), error);
    if (error) return fail(errorFromErrno(error.value(), "link " + bin.string()));
    const Path copy = bin / "backend" / std::string(GuardUri::scheme);
    std::filesystem::copy_file(guard, copy, error);
    if (error)
        return fail(Code::NotFound, "program-missing", "A program that is needed is not built: contone-guard.",
                    guard.string());
    // CUPS runs backends that others cannot write as its unprivileged user.
    if (::chmod(copy.c_str(), 0755) != 0) return fail(errorFromErrno(errno, "chmod " + copy.string()));
    return {};
}

std::string lastWords(const Path& log) {
    std::string said = readTextFile(log, 64 << 20).value_or("");
    if (said.size() > 800) said.erase(0, said.size() - 800);
    return said;
}

}  // namespace

std::string PrivateScheduler::uri(const std::string& queue) const {
    // Not 127.0.0.1: CUPS compares host names as text and calls itself localhost.
    return "ipp://localhost:" + std::to_string(m_options.port) + "/printers/" + queue;
}

Result<void> PrivateScheduler::prepare() const {
    CONTONE_TRY(const Worker jobs, worker());
    CONTONE_CHECK(folder(m_folder, 0755, nullptr));
    if (isRoot())
        for (Path up = m_folder; up != up.root_path(); up = up.parent_path()) {
            struct stat st{};
            if (::stat(up.c_str(), &st) != 0 || (st.st_mode & S_IXOTH) == 0)
                return fail(Code::Invalid, "folder-closed",
                            "The scheduler's jobs cannot reach this folder. Choose one that everybody may enter.",
                            up.string());
        }
    for (const char* open : {"etc", "etc/ppd", "log"}) CONTONE_CHECK(folder(m_folder / open, 0755, nullptr));
    for (const char* shared : {"run", "run/certs", "cache"}) CONTONE_CHECK(folder(m_folder / shared, 0775, &jobs));
    CONTONE_CHECK(folder(m_folder / "spool", 0710, &jobs));
    CONTONE_CHECK(folder(m_folder / "spool/tmp", 01770, &jobs));
    CONTONE_CHECK(folder(guardState(), 0775, &jobs));
    CONTONE_CHECK(makeServerBin(m_folder / "bin", m_options.programs / std::string(GuardUri::scheme)));
    CONTONE_CHECK(writeFileDurably(m_folder / "etc/cups-files.conf", filesConf(m_folder, jobs)));
    return writeFileDurably(m_folder / "etc/cupsd.conf", schedulerConf(m_options));
}

Result<void> PrivateScheduler::launch() {
    CONTONE_TRY(m_process, ChildProcess::start("cupsd",
                                               {"-f", "-c", (m_folder / "etc/cupsd.conf").string(), "-s",
                                                (m_folder / "etc/cups-files.conf").string()},
                                               m_options.environment, m_folder / "log/cupsd.out"));
    for (int i = 0; i < 1000 && m_process.isRunning(); ++i) {
        if (answersOnLoopback(m_options.port)) return {};
        std::this_thread::sleep_for(10ms);
    }
    m_process.stop();
    return fail(Code::Unavailable, "private-scheduler", "The private print scheduler did not start.",
                lastWords(m_folder / "log/cupsd.out") + lastWords(errorLog()));
}

Result<PrivateScheduler> PrivateScheduler::start(const Path& folder, const SchedulerOptions& options) {
    PrivateScheduler scheduler;
    std::error_code error;
    scheduler.m_folder = std::filesystem::absolute(folder, error);  // cupsd refuses relative paths
    scheduler.m_options = options;
    if (options.port == 0) {
        CONTONE_TRY(scheduler.m_options.port, freeLoopbackPort());
    }
    CONTONE_CHECK(scheduler.prepare());
    CONTONE_CHECK(scheduler.launch());
    return scheduler;
}

Result<void> PrivateScheduler::restart() {
    m_process.stop();
    return launch();
}

Result<void> PrivateScheduler::lpadmin(const std::vector<std::string>& arguments) const {
    std::vector<std::string> all{"-h", "localhost:" + std::to_string(m_options.port)};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return ChildProcess::run("lpadmin", all, m_folder / "log/lpadmin.out");
}

Result<void> PrivateScheduler::putBehindGuard(const std::string& queue, const std::string& deviceUri) {
    return lpadmin({"-p", queue, "-v", GuardUri{guardState().string(), deviceUri}.text()});
}

Result<void> PrivateScheduler::addQueue(const std::string& name, QueueKind kind, const std::string& printerUri) {
    if (kind == QueueKind::Raw) return lpadmin({"-p", name, "-E", "-v", printerUri, "-m", "raw"});
    CONTONE_CHECK(lpadmin({"-p", name, "-E", "-v", printerUri, "-m", "everywhere"}));
    // The PPD is made by a thread of the scheduler after lpadmin has returned.
    const std::string ready = "Printer \"" + name + "\" is now available";
    for (int i = 0; i < 1000; ++i) {
        if (readTextFile(errorLog(), 64 << 20).value_or("").find(ready) != std::string::npos) {
            if (kind == QueueKind::Unguarded) return {};
            return putBehindGuard(name, printerUri);
        }
        std::this_thread::sleep_for(10ms);
    }
    return fail(Code::Unavailable, "queue-not-ready", "The print queue did not become ready.", lastWords(errorLog()));
}

Result<void> PrivateScheduler::breakBackend(const std::string& words) {
    return addBrokenBackend("ipp", words);
}

// The backend names its script, which stays where it is: a shell that was started just before mendBackend() must not
// read what has come in its place.
Result<void> PrivateScheduler::addBrokenBackend(const std::string& scheme, const std::string& words) {
    const Path backend = m_folder / "bin/backend" / scheme, broken = m_folder / "bin/backend" / (scheme + ".broken");
    const Path script = m_folder / "bin" / (scheme + ".broken.sh");
    CONTONE_CHECK(writeFileDurably(
        script, "[ $# -gt 1 ] || exit 0\necho 'ERROR: " + words + "' >&2\nexit 4\n"));  // CUPS_BACKEND_STOP
    CONTONE_CHECK(writeFileDurably(broken, "#!/bin/sh " + script.string() + "\n"));
    if (::chmod(script.c_str(), 0755) != 0 || ::chmod(broken.c_str(), 0755) != 0 ||
        ::rename(broken.c_str(), backend.c_str()) != 0)
        return fail(errorFromErrno(errno, "replace " + backend.string()));
    return {};
}

Result<void> PrivateScheduler::mendBackend() {
    const Path backend = m_folder / "bin/backend/ipp", mended = m_folder / "bin/backend/ipp.mended";
    if (::symlink("/usr/lib/cups/backend/ipp", mended.c_str()) != 0 || ::rename(mended.c_str(), backend.c_str()) != 0)
        return fail(errorFromErrno(errno, "replace " + backend.string()));
    return {};
}

std::vector<pid_t> PrivateScheduler::backends() const {
    std::vector<pid_t> found;
    std::ifstream children("/proc/" + std::to_string(pid()) + "/task/" + std::to_string(pid()) + "/children");
    for (pid_t child = 0; children >> child;) {
        // job-id, user, title: of a page of ours "contone-<uuid>".
        const std::string words = readTextFile("/proc/" + std::to_string(child) + "/cmdline", 1 << 20).value_or("");
        if (words.find(std::string(1, '\0') + "contone-") != std::string::npos) found.push_back(child);
    }
    return found;
}

}  // namespace contone::printers
