// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The guard and the settings of cupsd.conf.
#include "printers/cups/queue_checks.h"

#include "printers/cups/queue_rules.h"

namespace contone::printers {

void checkGuard(VerificationReport& report, const PrinterFacts& queue, GuardUri::Pages pages) {
    report.note("device", queue.deviceUri);
    report.note("error-policy", queue.errorPolicy);
    if (const auto guard = GuardUri::parse(queue.deviceUri)) {
        report.verified("Every page goes through the guard, which lets it start once.");
        report.check(guard->pages == pages,
                     pages == GuardUri::Pages::Untouched ? "The guard refuses pages that a filter has changed."
                                                         : "The guard refuses pages that are not for the driver.",
                     "The guard of this queue is set for another kind of page and would hold every print. Set the "
                     "queue's device to " +
                         GuardUri{guard->state, guard->device, pages}.text() + ".");
        report.check(queue.errorPolicy != "stop-printer",
                     "After a failure the queue goes on (" + queue.errorPolicy + ").",
                     "One failed page would stop the whole queue. Set its error policy: lpadmin -o "
                     "printer-error-policy=retry-job.");
        return;
    }
    report.atLeastOnce(
        "The queue does not go through contone-guard: a restart of CUPS may print a page twice. docs/printing.md says "
        "how to "
        "add the guard.");
}

Result<void> checkSettings(VerificationReport& report, const Wire& queue) {
    CONTONE_TRY(const auto text, queue.get("/admin/conf/cupsd.conf"));
    if (!text) {
        report.note("settings", "unread");
        report.atLeastOnce(
            "CUPS does not let Contone read its settings, so Contone cannot tell whether CUPS keeps accepted pages. "
            "Check "
            "DirtyCleanInterval 0, PreserveJobHistory Yes and PreserveJobFiles No by hand.");
        return {};
    }
    const auto settings = readSchedulerSettings(*text);
    report.note("settings", std::to_string(settings.dirtyCleanSeconds) + " " + std::to_string(settings.historySeconds) +
                                " " + std::to_string(settings.filesSeconds));
    report.check(settings.dirtyCleanSeconds == 0, "CUPS writes accepted pages to disk at once.",
                 "CUPS may forget accepted pages when the power fails. Set DirtyCleanInterval 0 in cupsd.conf.");
    report.check(
        settings.historySeconds >= 86400, "CUPS remembers finished pages for a day or longer.",
        "CUPS forgets finished pages too soon to say what became of them. Set PreserveJobHistory Yes in cupsd.conf.");
    report.check(
        settings.filesSeconds == 0, "CUPS keeps no copies of finished pages that could be printed again.",
        "CUPS keeps finished pages, so that anybody can print them again. Set PreserveJobFiles No in cupsd.conf.");
    return {};
}

}  // namespace contone::printers
