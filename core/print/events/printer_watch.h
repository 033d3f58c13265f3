// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Events of a setup's printer, recorded in the setup's stream only when something changes: printer-trouble,
// printer-recovered, queue-stopped, queue-started, supplies-low, supplies-refilled, prints-counted, printer-paused,
// printer-resumed.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace contone::print {

struct PrinterTrouble {
    static constexpr std::string_view type = "printer-trouble";
    static constexpr int schemaVersion = 1;
    std::vector<std::string> obstacles;  ///< words of Obstacle, sorted; never empty
    std::vector<std::string> sentences;  ///< what people were told
    bool operator==(const PrinterTrouble&) const = default;
    std::string json() const;
    static Result<PrinterTrouble> fromJson(std::string_view json);  ///< Corrupt "event-unreadable", as all here
};

struct PrinterRecovered {
    static constexpr std::string_view type = "printer-recovered";
    static constexpr int schemaVersion = 1;
    bool operator==(const PrinterRecovered&) const = default;
    std::string json() const;
    static Result<PrinterRecovered> fromJson(std::string_view json);
};

/// The print queue stopped itself, over a page. Who stopped it is not told once that page is gone; a person who pauses
/// it leaves other words.
struct QueueStopped {
    static constexpr std::string_view type = "queue-stopped";
    static constexpr int schemaVersion = 1;
    std::string words;  ///< as the queue says them; never empty
    bool operator==(const QueueStopped&) const = default;
    std::string json() const;
    static Result<QueueStopped> fromJson(std::string_view json);
};

/// It runs again, or a person has stopped it since.
struct QueueStarted {
    static constexpr std::string_view type = "queue-started";
    static constexpr int schemaVersion = 1;
    bool operator==(const QueueStarted&) const = default;
    std::string json() const;
    static Result<QueueStarted> fromJson(std::string_view json);
};

struct SuppliesLow {
    static constexpr std::string_view type = "supplies-low";
    static constexpr int schemaVersion = 1;
    int printsLeft = 0, threshold = 0;
    bool operator==(const SuppliesLow&) const = default;
    std::string json() const;
    static Result<SuppliesLow> fromJson(std::string_view json);
};

struct SuppliesRefilled {
    static constexpr std::string_view type = "supplies-refilled";
    static constexpr int schemaVersion = 1;
    int printsLeft = 0;  ///< 0 also when the printer counts no more
    bool operator==(const SuppliesRefilled&) const = default;
    std::string json() const;
    static Result<SuppliesRefilled> fromJson(std::string_view json);
};

/// The printer's own count is another than it was. Between two counts, what was sent is subtracted.
struct PrintsCounted {
    static constexpr std::string_view type = "prints-counted";
    static constexpr int schemaVersion = 1;
    int printsLeft = 0;
    bool operator==(const PrintsCounted&) const = default;
    std::string json() const;
    static Result<PrintsCounted> fromJson(std::string_view json);
};

struct PrinterPaused {
    static constexpr std::string_view type = "printer-paused";
    static constexpr int schemaVersion = 1;
    bool operator==(const PrinterPaused&) const = default;
    std::string json() const;
    static Result<PrinterPaused> fromJson(std::string_view json);
};

struct PrinterResumed {
    static constexpr std::string_view type = "printer-resumed";
    static constexpr int schemaVersion = 1;
    bool operator==(const PrinterResumed&) const = default;
    std::string json() const;
    static Result<PrinterResumed> fromJson(std::string_view json);
};

using PrinterWatchEvent = std::variant<PrinterTrouble, PrinterRecovered, QueueStopped, QueueStarted, SuppliesLow,
                                       SuppliesRefilled, PrintsCounted, PrinterPaused, PrinterResumed>;

}  // namespace contone::print
