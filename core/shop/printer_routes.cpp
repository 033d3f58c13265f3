// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The addresses of printer setups and of what their printers can do.
#include "core/shop/routes_p.h"

namespace contone::shop::routes {
namespace {

Answer setups(Call& call) {
    return json(call.shop.setups());
}

Answer setupProfile(Call& call) {
    CONTONE_TRY(const Bytes profile, call.shop.setupProfile(call.name));
    return http::Response{200, "application/vnd.iccprofile",
                          std::string(reinterpret_cast<const char*>(profile.data()), profile.size())};
}

constexpr Route table[] = {
    {"POST", "/v1/enough", given<&Shop::enoughFor>},
    {"GET", "/v1/setups", setups},
    {"PUT", "/v1/setups", given<&Shop::saveSetup, largestSetup>},
    {"GET", "/v1/setups/*", about<&Shop::setup>},
    {"POST", "/v1/setups/*/verify", told<&Shop::verifySetup, VerifyCommand>},
    {"POST", "/v1/setups/*/pause", told<&Shop::pausePrinter, VerifyCommand>},
    {"POST", "/v1/setups/*/resume", told<&Shop::resumePrinter, VerifyCommand>},
    {"POST", "/v1/setups/*/calibration-print", told<&Shop::printCalibration, VerifyCommand>},
    {"POST", "/v1/setups/*/calibration", told<&Shop::calibrate, CalibrateCommand>},
    {"GET", "/v1/setups/*/status", about<&Shop::setupStatus>},
    {"GET", "/v1/setups/*/profile", setupProfile},
};

}  // namespace

std::span<const Route> ofPrinters() {
    return table;
}

}  // namespace contone::shop::routes
