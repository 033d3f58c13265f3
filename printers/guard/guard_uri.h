// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// GuardUri: the device URI of a queue whose pages go through our guard: the folder of its marks, and the device behind
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace contone::printers {

/// contone-guard:/STATE/DIR?to=DEVICE-URI, the folder and the device percent-encoded; then &pages=driver where a
/// driver's filter makes the printer's bytes from CUPS raster. CUPS shows device URIs to
/// everyone but hides "user:password@": encoded, they would not be hidden, so a device with credentials is refused.
struct GuardUri {
    std::string state;   ///< absolute folder; marks are in its "started"
    std::string device;  ///< "ipp://printer:631/ipp/print"
    enum class Pages {
        Untouched,  ///< a page that any filter touched is held
        Driven      ///< only CUPS raster that went through the queue's driver passes
    } pages = Pages::Untouched;
    bool operator==(const GuardUri&) const = default;

    static constexpr std::string_view scheme = "contone-guard";
    std::string text() const;
    /// nullopt for anything else: another scheme, no absolute folder, no device, credentials, bad escapes, a NUL, or a
    /// device that is a guard again.
    static std::optional<GuardUri> parse(std::string_view uri);
};

/// What the guard tells the scheduler when it does not pass a page on. Each begins a line that CUPS keeps with the job.
namespace guard_message {
inline constexpr std::string_view alreadyStarted =
    "contone-guard: this page was already started once. Look in the tray before printing it again.";
inline constexpr std::string_view filtered =
    "contone-guard: a filter changed this page on its way. It was not printed; verify the printer setup.";
inline constexpr std::string_view copies =
    "contone-guard: this page was asked for more than once in one job. It was not printed.";
inline constexpr std::string_view noMark =
    "contone-guard: the mark for this page could not be written. It was not printed; check the disk.";
}  // namespace guard_message

}  // namespace contone::printers
