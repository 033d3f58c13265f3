// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Secrets are kept as their hashes.
#include "core/access/sessions.h"

#include <span>

#include "core/base/sha256.h"
#include "core/keys/key.h"

namespace contone::access {
namespace {

std::string nameOf(const std::string& secret) {
    return Sha256::of(secret).toString();
}

}  // namespace

void Sessions::setRules(Rules rules) {
    const std::lock_guard guard(m_mutex);
    m_rules = rules;
}

std::string Sessions::begin(const Person& person, const std::string& from) {
    Sha256 random;
    keys::fillRandom(std::as_writable_bytes(std::span(random.bytes)));
    std::string secret = random.toString();
    const std::lock_guard guard(m_mutex);
    forgetOld();
    const Instant now = m_clock.now();
    m_sessions[nameOf(secret)] = {person, from, now, now};
    return secret;
}

std::optional<Person> Sessions::use(const std::string& secret, const std::string& from) {
    const std::lock_guard guard(m_mutex);
    forgetOld();
    const auto session = m_sessions.find(nameOf(secret));
    if (session == m_sessions.end() || session->second.from != from) return std::nullopt;
    session->second.used = m_clock.now();
    return session->second.person;
}

void Sessions::end(const std::string& secret) {
    const std::lock_guard guard(m_mutex);
    m_sessions.erase(nameOf(secret));
}

void Sessions::endAllOf(const std::string& person) {
    const std::lock_guard guard(m_mutex);
    std::erase_if(m_sessions, [&](const auto& one) { return one.second.person.id == person; });
}

void Sessions::forgetOld() {
    const std::int64_t now = m_clock.now().ms;
    std::erase_if(m_sessions, [&](const auto& one) {
        const std::int64_t idle = now - one.second.used.ms;
        return idle > m_rules.idleMs || idle < -60'000 || now - one.second.begun.ms > m_rules.mostMs;
    });
}

}  // namespace contone::access
