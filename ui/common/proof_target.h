// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ProofTarget: what a page can be proofed for: a setup of the shop, or a printer model without one, with its profile.
#pragma once

#include "core/print/print_target.h"

namespace contone::ui {

using print::Models;

/// Whether the shop has such a setup. None: it stands for a model and a medium, and is good for proofs only.
enum class InShop { Yes, No };

struct ProofTarget {
    print::PrintTarget printer;
    icc::Profile profile;  ///< of printer.setup()
    InShop inShop = InShop::No;

    std::string id() const;  ///< of the setup: its name; else "model/medium"
    bool isInShop() const { return inShop == InShop::Yes; }
    bool canPrint() const { return isInShop() && setup().verification && setup().verification->passed; }
    const print::PrinterSetup& setup() const { return printer.setup(); }
};

/// Every medium of every model, with the profile that ships with Contone: relative, compensated.
std::vector<ProofTarget> targetsWithoutSetup(const Models& models);

}  // namespace contone::ui
