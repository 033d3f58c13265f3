// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Asking, for each operation, and who may.
#include "core/shop/shop.h"

#include <tuple>

namespace contone::shop {

template <AnOperation Asked>
Result<typename Asked::Answer> Shop::ask(Asked operation) {
    auto answer = perform(Operation(std::in_place_type<Asked>, std::move(operation)));
    if (!answer) return std::unexpected(std::move(answer).error());
    return std::any_cast<typename Asked::Answer>(std::move(*answer));
}

template <class>
struct AskedForEach;
template <class... All>
struct AskedForEach<std::variant<All...>> {
    static constexpr auto list = std::make_tuple(&Shop::ask<All>...);  // makes the compiler write each of them here
};
template struct AskedForEach<Operation>;

Result<Sha256> addOriginal(Shop& shop, const Path& file) {
    CONTONE_TRY(const StoredOriginal stored, shop.ask(AddOriginal{.file = file, .read = {}}));
    return stored.original;
}

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
