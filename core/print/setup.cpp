// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Words of routes, and names of setups.
#include "core/print/setup.h"

namespace contone::print {

const char* toString(RouteKind kind) {
    switch (kind) {
        case RouteKind::Direct:
            return "direct";
        case RouteKind::Queue:
            return "queue";
        case RouteKind::Gutenprint:
            return "gutenprint";
        case RouteKind::Sim:
            return "sim";
    }
    return "sim";
}

Result<RouteKind> parseRouteKind(std::string_view text) {
    for (const RouteKind kind : {RouteKind::Direct, RouteKind::Queue, RouteKind::Gutenprint, RouteKind::Sim})
        if (text == toString(kind)) return kind;
    return fail(Code::Invalid, "bad-route",
                "A printer is reached by direct, queue, gutenprint or sim. Choose one of these.",
                std::string(text.substr(0, 60)));
}

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
