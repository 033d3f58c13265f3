// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Who may ask for what.
#include "core/shop/shop.h"

namespace contone::shop {

Result<void> checkAllowed(const OperationTerms& operation, const Caller& caller) {
    if (caller.role >= operation.role) return {};
    const char* const who = operation.role == Role::Operator ? "Only an operator may do this. Ask the person who sets "
                                                               "up the printers of this shop."
                                                             : "Only staff may do this. Ask somebody who works here.";
    return fail(
        Code::Denied, "not-allowed", who,
        std::string(operation.name) + " needs " + contone::toString(operation.role) + ", this is " + actorOf(caller));
}

}  // namespace contone::shop
