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

void Shop::useSession(std::string secret) {
    const std::lock_guard guard(m_guard);
    m_session = std::move(secret);
}

std::string Shop::sessionFor(const Operation& operation) const {
    const bool isAboutSessions =
        std::holds_alternative<SignIn>(operation) || std::holds_alternative<SignOut>(operation) ||
        std::holds_alternative<ChangePin>(operation) || std::holds_alternative<ListStaff>(operation);
    if (isAboutSessions) return {};
    const std::lock_guard guard(m_guard);
    return m_session;
}

Error sessionOver() {
    return {Code::Denied, "session-over", "You were signed out. Sign in again.", {}};
}

Result<Sha256> addOriginal(Shop& shop, const Path& file) {
    CONTONE_TRY(const StoredOriginal stored, shop.ask(AddOriginal{.file = file, .read = {}}));
    return stored.original;
}

Result<void> checkAllowed(const OperationTerms& operation, const Caller& caller) {
    if (caller.role >= operation.role) return {};
    return std::unexpected(notAllowed(operation.role, std::string(operation.name) + " of " + actorOf(caller)));
}

Error notAllowed(Role least, const std::string& what) {
    const char* who = "Only staff may do this. Ask somebody who works here.";
    if (least == Role::Supervisor) who = "Only a supervisor may do this. Ask one, or sign in as one with a PIN.";
    if (least == Role::Installer)
        who = "Only an installer may do this. Ask the person who sets up the printers and the staff of this shop.";
    return {Code::Denied, "not-allowed", who, what + " needs " + contone::toString(least)};
}

}  // namespace contone::shop
