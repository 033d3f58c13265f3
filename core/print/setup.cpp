// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Names of setups, and what of a setup prints.
#include "core/print/setup.h"

namespace contone::print {

Result<void> checkSetupName(std::string_view name) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    bool fine = !name.empty() && name.size() <= 40;
    for (const char c : name) fine = fine && allowed(c);
    if (!fine)
        return fail(Code::Invalid, "bad-setup-name",
                    "Give setups and pools a name of 1 to 40 letters, digits, \"-\" or \"_\".",
                    std::string(name.substr(0, 60)));
    return {};
}

PrinterSetup whatPrints(PrinterSetup setup) {
    setup.name.clear();
    setup.pool.clear();
    setup.lowPrints = 0;
    setup.verification.reset();
    return setup;
}

bool printsAlike(const PrinterSetup& a, const PrinterSetup& b) {
    return a.name == b.name && whatPrints(a) == whatPrints(b);
}

}  // namespace contone::print
