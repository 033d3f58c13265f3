// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// installQueue: creates or repairs a CUPS queue so that it passes verification, and lists what only a person can do.
#pragma once

#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/print/setup.h"

namespace contone::printers {

struct QueueInstall {
    print::RouteKind kind = print::RouteKind::Queue;  ///< Queue: PWG raster passes; Gutenprint: its driver
    std::string scheduler = "ipp://localhost:631/";
    std::string name;    ///< of the queue
    std::string device;  ///< the printer: "ipp://printer.local/ipp/print", "gutenprint53+usb://dnp-ds620/SERIAL"
    std::string driver;  ///< Gutenprint's short name, "dnp-ds620"; not for Queue
    Path guardState = "/var/lib/contone-guard";
};

struct InstalledQueue {
    print::Route route;             ///< for a setup
    std::vector<std::string> done;  ///< sentences; empty: all was so already
    std::vector<std::string>
        todo;  ///< sentences with the exact lines to write or commands to run; empty: nothing is left
};

/// Idempotent. Makes the queue with its driver ("everywhere", helped to pass PWG raster where CUPS would prefer URF; or
/// Gutenprint's), through the guard where CUPS has it, error policy retry-job, not shared, no banners. Without the
/// guard the queue is made all the same, to be at-least-once until `todo` is done and this is called again. Fails:
/// Invalid "bad-queue-name", "bad-printer-uri", "bad-guard-folder"; Unsupported "driver-missing", "raster-type" (the
/// IPP printer takes no PWG raster); Denied "admin-denied"; Unavailable "printer-unreachable", also when the IPP
/// printer does not answer CUPS within 30 s.
Result<InstalledQueue> installQueue(const QueueInstall& wish,
                                    std::chrono::milliseconds timeout = std::chrono::seconds(10));

/// The lines that cupsd.conf needs and has not, "DirtyCleanInterval 0"; empty when all is right.
std::vector<std::string> missingSettings(std::string_view cupsdConf);
/// An "everywhere" PPD that passes image/pwg-raster untouched; as it is when it does already.
std::string passingPwgRaster(const std::string& ppd);

}  // namespace contone::printers
