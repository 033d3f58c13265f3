// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads the queue first, then changes only what is missing.
#include "printers/cups/queue_install.h"

#include <algorithm>
#include <thread>

#include "printers/cups/queue_admin.h"
#include "printers/cups/queue_rules.h"
#include "printers/guard/guard_uri.h"
#include "printers/ipp/printer_facts.h"
#include "printers/ipp/sanitized_text.h"

namespace contone::printers {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr auto driverPatience = 30s;  // CUPS asks the printer before it writes an "everywhere" PPD

/// One run of installQueue.
class Installer {
  public:
    Installer(const QueueInstall& wish, IppAddress scheduler, IppAddress queue, milliseconds timeout)
        : m_wish(wish), m_scheduler(std::move(scheduler)), m_queue(std::move(queue), timeout), m_timeout(timeout) {}

    Result<InstalledQueue> run() {
        m_result.route = {m_wish.kind, m_queue.address().uri};
        CONTONE_TRY(const bool guarded, hasGuard());
        std::optional<PrinterFacts> now;
        if (auto facts = readFacts(m_queue))
            now = std::move(*facts);
        else if (facts.error().reason != "queue-missing")
            return fail(facts.error());
        CONTONE_CHECK(m_wish.kind == print::RouteKind::Gutenprint ? giveGutenprint(now.has_value()) : giveEverywhere());
        CONTONE_CHECK(giveDevice(guarded));
        CONTONE_CHECK(sayWhatIsLeft(guarded));
        return m_result;
    }

  private:
    bool isGutenprint() const { return m_wish.kind == print::RouteKind::Gutenprint; }
    bool isLocal() const { return m_scheduler.host == "localhost" || m_scheduler.host == "127.0.0.1"; }
    Result<std::optional<std::string>> ppd() const { return m_queue.get(m_queue.address().resource + ".ppd"); }

    /// CUPS asks its backends what they are.
    Result<bool> hasGuard() const {
        IppMessage request = Wire(m_scheduler, m_timeout).request(IPP_OP_CUPS_GET_DEVICES);
        ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "include-schemes", nullptr,
                     std::string(GuardUri::scheme).c_str());
        ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "timeout", 5);
        IppAddress at = m_scheduler;
        at.resource = "/";
        const auto answer = Wire(at, m_timeout).ask(std::move(request));
        if (!answer) return fail(adminError(answer.error()));  // CUPS shows devices to whom it lets change queues
        if (ippGetStatusCode(answer->get()) == IPP_STATUS_ERROR_NOT_FOUND) return false;  // no device of that scheme
        if (const auto good = checkStatus(*answer); !good) return fail(adminError(good.error()));
        return ippFindAttribute(answer->get(), "device-uri", IPP_TAG_URI) != nullptr;
    }

    Result<void> put(QueueWish wish) const {
        wish.name = m_wish.name;
        return putQueue(m_scheduler, wish, m_timeout);
    }

    Result<void> giveGutenprint(bool exists) {
        CONTONE_TRY(const auto text, ppd());
        const bool has = exists && text &&
                         text->find("*StpDriverName:\t\"" + m_wish.driver + "\"") != std::string::npos &&
                         filtersOnCupsRaster(*text).size() == 1;
        if (has) return {};
        CONTONE_TRY(const auto drivers, driversOf(m_scheduler, m_timeout));
        const auto found = std::ranges::find(drivers, m_wish.driver, &DriverChoice::driver);
        if (found == drivers.end())
            return fail(Code::Unsupported, "driver-missing",
                        "The print system has no Gutenprint driver for this printer. Install printer-driver-gutenprint "
                        "and restart CUPS.",
                        m_wish.driver);
        CONTONE_CHECK(put({.deviceUri = m_wish.device, .ppdName = found->ppdName}));
        m_result.done.push_back("The queue has Gutenprint's driver for " + found->makeAndModel + ".");
        return {};
    }

    Result<void> giveEverywhere() {
        CONTONE_TRY(const IppAddress printer, IppAddress::parse(m_wish.device));
        CONTONE_TRY(auto text, ppd());
        if (text && filtersOnPwgRaster(*text).empty()) return {};
        CONTONE_TRY(const PrinterFacts facts, readFacts(Wire(printer, m_timeout)));
        if (!facts.printsRaster())
            return fail(Code::Unsupported, "raster-type",
                        "This printer takes no PWG raster, so no queue of this kind can print on it untouched.",
                        m_wish.device);
        CONTONE_CHECK(put({.deviceUri = m_wish.device, .ppdName = "everywhere"}));
        // The PPD is made by a thread of the scheduler after it has answered; the last line is written last.
        const auto end = std::chrono::steady_clock::now() + driverPatience;
        for (;;) {
            CONTONE_TRY(text, ppd());
            const auto queue = readFacts(m_queue);
            const bool ready =
                text && text->find("*cupsFilter2:") != std::string::npos && queue && !queue->media.empty();
            if (ready) break;
            if (std::chrono::steady_clock::now() > end)
                return fail(Code::Unavailable, "printer-unreachable",
                            "CUPS made no driver for this printer. Check that the printer is on, and try again.",
                            m_wish.device);
            std::this_thread::sleep_for(50ms);
        }
        m_result.done.emplace_back("The queue has the driver that CUPS makes for IPP printers.");
        if (filtersOnPwgRaster(*text).empty()) return {};
        CONTONE_CHECK(put({.deviceUri = m_wish.device, .ppd = passingPwgRaster(*text)}));
        m_result.done.emplace_back(
            "CUPS preferred another raster format; the driver was told to pass PWG raster as well.");
        return {};
    }

    Result<void> giveDevice(bool guarded) {
        const GuardUri guard{m_wish.guardState.string(), m_wish.device,
                             isGutenprint() ? GuardUri::Pages::Driven : GuardUri::Pages::Untouched};
        const std::string device = guarded ? guard.text() : m_wish.device;
        if (guarded && !GuardUri::parse(device))
            return fail(Code::Invalid, "bad-printer-uri",
                        "This printer's address cannot go through the guard. Give one without a password in it.",
                        m_wish.guardState.string());
        CONTONE_TRY(const PrinterFacts facts, readFacts(m_queue));
        if (facts.deviceUri == device && facts.errorPolicy == "retry-job" && facts.accepting) return {};
        CONTONE_CHECK(put({.deviceUri = device}));
        m_result.done.emplace_back(guarded ? "Its pages go through the guard, and a failed page does not stop it."
                                           : "A failed page does not stop it.");
        return {};
    }

    Result<void> sayWhatIsLeft(bool guarded) {
        const std::string folder = m_wish.guardState.string();
        if (!guarded)
            m_result.todo.emplace_back(
                "CUPS has no guard, so a restart may print a page twice. Run: install -o root -m 0755 contone-guard "
                "/usr/lib/cups/backend/contone-guard; restart CUPS, then install this queue again.");
        std::error_code ignored;
        if (isLocal() && !std::filesystem::is_directory(m_wish.guardState, ignored))
            m_result.todo.push_back("The guard's folder is missing. Run: install -d -o lp -g lp " +
                                    shellQuoted(folder));
        CONTONE_TRY(const auto conf, m_queue.get("/admin/conf/cupsd.conf"));
        std::string lines;
        for (const std::string& line : missingSettings(conf.value_or(""))) lines += (lines.empty() ? "" : "; ") + line;
        if (!conf)
            m_result.todo.push_back(
                "CUPS does not show its settings. See that /etc/cups/cupsd.conf has, before the first \"<\": " + lines +
                "; then restart CUPS while nothing prints.");
        else if (!lines.empty())
            m_result.todo.push_back("Write into /etc/cups/cupsd.conf, before the first \"<\": " + lines +
                                    "; then restart CUPS while nothing prints.");
        return {};
    }

    const QueueInstall& m_wish;
    IppAddress m_scheduler;
    Wire m_queue;
    milliseconds m_timeout;
    InstalledQueue m_result;
};

}  // namespace

std::vector<std::string> missingSettings(std::string_view cupsdConf) {
    const SchedulerSettings now = readSchedulerSettings(cupsdConf);
    std::vector<std::string> lines;
    if (now.dirtyCleanSeconds != 0) lines.emplace_back("DirtyCleanInterval 0");
    if (now.historySeconds < 86400 || cupsdConf.empty()) lines.emplace_back("PreserveJobHistory Yes");
    if (now.filesSeconds != 0) lines.emplace_back("PreserveJobFiles No");
    return lines;
}

std::string passingPwgRaster(const std::string& ppd) {
    if (filtersOnPwgRaster(ppd).empty()) return ppd;
    const auto first = ppd.find("*cupsFilter2:");
    if (first == std::string::npos) return ppd;
    return ppd.substr(0, first) + "*cupsFilter2: \"image/pwg-raster image/pwg-raster 0 -\"\n" + ppd.substr(first);
}

Result<InstalledQueue> installQueue(const QueueInstall& wish, milliseconds timeout) {
    if (wish.kind != print::RouteKind::Queue && wish.kind != print::RouteKind::Gutenprint)
        return fail(Code::Invalid, "bad-route", "Only queues can be installed: the routes queue and gutenprint.");
    CONTONE_CHECK(checkNewQueueName(wish.name));
    if (!isDeviceUri(wish.device))
        return fail(Code::Invalid, "bad-printer-uri",
                    "This is not a device address. It has no blanks, quotes or line ends; write them as %20 and so on.",
                    sanitizedText(wish.device));
    if (!wish.guardState.is_absolute() || wish.guardState.lexically_normal() == "/")
        return fail(Code::Invalid, "bad-guard-folder",
                    "The guard's folder is a whole path that begins with \"/\", such as /var/lib/contone-guard.",
                    sanitizedText(wish.guardState.string()));
    CONTONE_TRY(IppAddress scheduler, IppAddress::parse(wish.scheduler));
    CONTONE_TRY(IppAddress queue, queueAddress(scheduler, wish.name));
    return Installer(wish, std::move(scheduler), std::move(queue), timeout).run();
}

}  // namespace contone::printers
