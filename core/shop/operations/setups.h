// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Setups: how printers are driven, the proof that their prints come out right, and their calibration.
#pragma once

#include "core/print/calibration.h"
#include "core/shop/operation_terms.h"
#include "core/shop/values.h"

namespace contone::shop {

struct ListSetups {
    using Answer = Page<print::PrinterSetup>;
    static constexpr OperationTerms terms{.name = "list-setups",
                                          .does = "Lists printer setups by name.",
                                          .answer = "Page of PrinterSetup",
                                          .fails = "bad-limit",
                                          .role = Role::Customer,
                                          .effect = Effect::Reads};
    std::string after;  ///< the name of the last one; empty: from the first on
    int limit = 100;
    static constexpr auto fields() {
        return json::list(json::field("after", &ListSetups::after, json::Absent::KeepsDefault),
                          json::field("limit", &ListSetups::limit, pageLimit, json::Absent::KeepsDefault));
    }
};

struct ShowSetup {
    using Answer = print::PrinterSetup;
    static constexpr OperationTerms terms{.name = "show-setup",
                                          .does = "Shows a printer setup.",
                                          .answer = "PrinterSetup",
                                          .fails = "setup-unknown",
                                          .role = Role::Customer,
                                          .effect = Effect::Reads};
    std::string setup;
    static constexpr auto fields() { return json::list(json::field("setup", &ShowSetup::setup)); }
};

struct ShowSetupProfile {
    using Answer = SetupProfile;
    static constexpr OperationTerms terms{
        .name = "show-setup-profile",
        .does = "Gives the bytes of a setup's output profile: programs proof with it.",
        .answer = "SetupProfile",
        .fails = "setup-unknown",
        .role = Role::Customer,
        .effect = Effect::Reads};
    std::string setup;
    static constexpr auto fields() { return json::list(json::field("setup", &ShowSetupProfile::setup)); }
};

struct SaveSetup {
    using Answer = print::PrinterSetup;
    static constexpr OperationTerms terms{
        .name = "save-setup",
        .does = "Keeps a new or changed setup. What it prints has to be proved again if that changed.",
        .answer = "PrinterSetup",
        .fails =
            "bad-setup-name, bad-route, bad-low-prints, bad-calibration, model-unknown, medium-unknown, "
            "finish-unknown, "
            "paper-unknown, profile-damaged, profile-no-output, profile-channels",
        .role = Role::Installer,
        .largestBody = std::size_t{24} << 20};  // a profile of 16 MB, in base64
    std::string name;
    print::Route route;
    std::string model, medium;
    std::string finish;  ///< empty: the model's first
    Bytes profileBytes;  ///< empty: the bundled profile that suits the printer model
    icc::Intent intent = icc::Intent::Relative;
    icc::BlackPoint blackPoint = icc::BlackPoint::Compensate;
    render::SharpenLevel sharpen = render::SharpenLevel::None;
    print::Calibration calibration;  ///< of this unit
    std::string pool;                ///< empty: none
    int lowPrints = 20;              ///< 0…10000; 0: never warn
    bool operator==(const SaveSetup&) const = default;
    static constexpr auto fields() {
        using json::Absent;
        return json::list(json::field("name", &SaveSetup::name), json::field("route", &SaveSetup::route),
                          json::field("model", &SaveSetup::model), json::field("medium", &SaveSetup::medium),
                          json::field("finish", &SaveSetup::finish, Absent::KeepsDefault),
                          json::field("profile", &SaveSetup::profileBytes, Absent::KeepsDefault),
                          json::field("intent", &SaveSetup::intent, Absent::KeepsDefault),
                          json::field("blackPoint", &SaveSetup::blackPoint, Absent::KeepsDefault),
                          json::field("sharpen", &SaveSetup::sharpen, Absent::KeepsDefault),
                          json::field("calibration", &SaveSetup::calibration, Absent::KeepsDefault),
                          json::field("pool", &SaveSetup::pool, Absent::KeepsDefault),
                          json::field("lowPrints", &SaveSetup::lowPrints,
                                      json::Range{0, 10'000, "bad-low-prints",
                                                  "Say below how many prints to warn: between 1 and 10000, or 0 for "
                                                  "never."},
                                      Absent::KeepsDefault));
    }
};

struct VerifySetup {
    using Answer = print::PrinterSetup;
    static constexpr OperationTerms terms{
        .name = "verify-setup",
        .does = "Proves that pages arrive at the printer untouched, and keeps the result, passed or not.",
        .answer = "PrinterSetup, with its verification",
        .fails = "setup-unknown, model-unknown, medium-unknown, route-unverifiable, setup-changed, printer-unreachable",
        .within = aWhile};
    std::string setup;
    static constexpr auto fields() { return json::list(json::field("setup", &VerifySetup::setup)); }
};

struct PrintCalibrationPage {
    using Answer = print::PrintJob;
    static constexpr OperationTerms terms{
        .name = "print-calibration-page",
        .does = "Prints the page with the rulers as one sheet of an order of its own, counted like any other.",
        .answer = "PrintJob of one sheet",
        .fails = "setup-unknown, setup-unverified, calibration-too-small"};
    std::string setup;
    static constexpr auto fields() { return json::list(json::field("setup", &PrintCalibrationPage::setup)); }
};

struct CalibrateSetup {
    using Answer = print::PrinterSetup;
    static constexpr OperationTerms terms{
        .name = "calibrate-setup",
        .does =
            "Keeps what a printer cuts off, as read from its calibration page, and proves the setup again: pages "
            "planned from now on are laid out by it.",
        .answer = "PrinterSetup, verified anew",
        .fails = "setup-unknown, bad-reading, readings-disagree, and as verify-setup: the calibration is kept then",
        .within = aWhile};
    std::string setup;
    print::FourReadings readings;
    static constexpr auto fields() {
        return json::list(json::field("setup", &CalibrateSetup::setup),
                          json::field("readings", &CalibrateSetup::readings));
    }
};

}  // namespace contone::shop
