// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads from a PPD which filters CUPS would run on a page, and from cupsd.conf what CUPS keeps. Text in, facts out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace contone::printers {

/// The filters that a queue with this PPD would run on image/pwg-raster; empty: the page passes untouched. The
/// scheduler takes the cheapest chain (cups/scheduler/filter.c, mimeFilter2); a page passes when the PPD itself hands
/// PWG raster through ("-") and nothing in it is as cheap. Without such a line CUPS converts by its system-wide table,
/// which begins with rastertopdf. A *cupsPreFilter for PWG raster counts always.
std::vector<std::string> filtersOnPwgRaster(std::string_view ppd);
/// The same for application/vnd.cups-raster, which goes into a driver: its pre-filters, then the cheapest filter, all
/// of them where several are as cheap; "-" where the PPD passes it on. Empty: the PPD does not take it.
std::vector<std::string> filtersOnCupsRaster(std::string_view ppd);

/// The settings of cupsd.conf that decide about lost and doubled pages, with CUPS 2.4's defaults.
struct SchedulerSettings {
    long dirtyCleanSeconds = 30;     ///< 0: every accepted job is on disk before the answer
    long historySeconds = 1L << 40;  ///< how long finished jobs are known; 0: not at all
    long filesSeconds = 86400;       ///< how long a finished job's page can be printed again; 0: never
    bool operator==(const SchedulerSettings&) const = default;
};
SchedulerSettings readSchedulerSettings(std::string_view cupsdConf);

}  // namespace contone::printers
