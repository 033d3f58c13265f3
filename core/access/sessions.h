// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sessions: who is signed in. In memory alone: a restart signs everybody out.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/access/staff.h"

namespace contone::access {

/// Thread-safe.
class Sessions {
  public:
    struct Rules {
        std::int64_t idleMs = 10 * 60'000;       ///< without a request
        std::int64_t mostMs = 12 * 60 * 60'000;  ///< in all
        bool operator==(const Rules&) const = default;
    };
    /// `clock` outlives it. When it is set back by more than a minute everybody is signed out: nobody stays by it.
    explicit Sessions(const Clock& clock) : m_clock(clock) {}
    void setRules(Rules rules);

    /// A secret of 32 random bytes as 64 hexadecimal digits. `from`: who may use it, as the transport proves it.
    std::string begin(const Person& person, const std::string& from);
    /// Who is signed in with this secret, from there; counts as use. None: nobody, or no longer.
    std::optional<Person> use(const std::string& secret, const std::string& from);
    void end(const std::string& secret);
    /// Somebody's role or PIN changed, or they are gone.
    void endAllOf(const std::string& person);

  private:
    struct Session {
        Person person;
        std::string from;
        Instant begun, used;
    };
    void forgetOld();

    const Clock& m_clock;
    std::mutex m_mutex;
    Rules m_rules{};
    std::map<std::string, Session> m_sessions;  ///< by the SHA-256 of the secret: memory dumps open nothing
};

}  // namespace contone::access
