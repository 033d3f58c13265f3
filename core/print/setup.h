// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrinterSetup: route + model + medium + finish + output profile + intent: everything a print depends on, under a name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/enum_words.h"
#include "core/base/length.h"
#include "core/base/sha256.h"
#include "core/print/calibration.h"
#include "core/render/sharpening.h"
#include "icc/profile.h"

namespace contone::print {

/// How pages reach the printer. Direct: IPP to the printer. Queue: PWG raster through a CUPS queue that runs no filter.
/// Gutenprint: CUPS raster through a queue whose only filter is Gutenprint's driver. Sim: a picture in a folder.
enum class RouteKind { Direct, Queue, Gutenprint, Sim };
constexpr auto wordsOf(RouteKind) {
    return enumWords<RouteKind>("bad-route",
                                "A printer is reached by direct, queue, gutenprint or sim. Choose one of these.",
                                {{RouteKind::Direct, "direct"},
                                 {RouteKind::Queue, "queue"},
                                 {RouteKind::Gutenprint, "gutenprint"},
                                 {RouteKind::Sim, "sim"}});
}
using contone::toString;

/// Letters, digits, "-", "_", 1…40; pools are named alike. Fails: Invalid "bad-setup-name".
Result<void> checkSetupName(std::string_view name);

struct Route {
    RouteKind kind = RouteKind::Sim;
    std::string uri;  ///< ipp://localhost:8631/printers/NAME, ipp://printer:631/ipp/print, or a folder for Sim
    bool operator==(const Route&) const = default;
};

/// The result of verifying a setup.
struct Verification {
    bool passed = false;
    bool atLeastOnce = false;  ///< a queue without our guard: a scheduler restart may print twice
    Instant at;
    Sha256 fingerprint;  ///< of everything that was verified (setup, queue attributes, PPD, profile); re-checked before
                         ///< printing
    std::vector<std::string> verified;  ///< sentences
    std::vector<std::string> problems;  ///< sentences with the cure; not empty when !passed
    bool operator==(const Verification&) const = default;
};

struct PrinterSetup {
    std::string name;  ///< letters, digits, "-", "_", 1…40
    Route route;
    std::string model;   ///< PrinterModel::id
    std::string medium;  ///< Medium::id
    std::string finish;  ///< of the model's
    Sha256 profile;      ///< output profile; the bytes are in the vault
    std::string profileName;
    icc::Intent intent = icc::Intent::Relative;
    icc::BlackPoint blackPoint = icc::BlackPoint::Compensate;
    render::Sharpening sharpening;  ///< as the paper's file said when the setup was saved
    Calibration calibration;        ///< of this unit
    std::string pool;    ///< printers of one pool share their work; all load the same paper. Empty: on its own
    int lowPrints = 20;  ///< a warning when fewer prints are left; 0: never
    std::optional<Verification> verification;
    bool operator==(const PrinterSetup&) const = default;
};
/// Only what decides the pixels, the paper and the route, and is verified: no name, pool, warning or verification.
PrinterSetup whatPrints(PrinterSetup setup);
/// Whether that is the same of both, and the name.
bool printsAlike(const PrinterSetup& a, const PrinterSetup& b);

}  // namespace contone::print
