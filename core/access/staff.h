// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Staff: the people who sign in, what they may do, and what is recorded of them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/access/role.h"
#include "core/base/clock.h"
#include "core/json/json.h"

namespace contone::access {

/// Somebody who works here. The id is what records say; the name stands on buttons and goes when the person goes.
struct Person {
    std::string id;  ///< "p-1"; never given again
    std::string name;
    Role role = Role::Operator;
    bool mustChangePin = true;  ///< somebody else set it
    bool operator==(const Person&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("id", &Person::id), json::field("name", &Person::name),
                          json::field("role", &Person::role), json::field("mustChangePin", &Person::mustChangePin));
    }
};

/// How often somebody was wrong in a row, and until when nobody may try.
struct Tries {
    int wrong = 0;
    Instant lockedUntil{};
    bool operator==(const Tries&) const = default;
};
/// Four wrong PINs are free; from the fifth on each one locks: a minute, two, four … an hour at most.
Tries afterWrongPin(const Tries& before, Instant now);
/// A clock that was set back locks nobody for longer than an hour, and unlocks nobody.
Tries bounded(const Tries& tries, Instant now);
bool isLocked(const Tries& tries, Instant now);

// ---- events, in the stream "staff/<id>": no names, no PINs ----------------------------------------------------------

/// person-added, person-changed: with this role from now on.
struct PersonAdded {
    static constexpr std::string_view type = "person-added";
    static constexpr int schemaVersion = 1;
    Role role = Role::Operator;
    static constexpr auto fields() { return json::list(json::field("role", &PersonAdded::role)); }
    std::string json() const { return json::write(*this); }
};
struct PersonChanged {
    static constexpr std::string_view type = "person-changed";
    static constexpr int schemaVersion = 1;
    Role role = Role::Operator;
    static constexpr auto fields() { return json::list(json::field("role", &PersonChanged::role)); }
    std::string json() const { return json::write(*this); }
};
struct PersonRemoved {
    static constexpr std::string_view type = "person-removed";
    static constexpr int schemaVersion = 1;
    static constexpr auto fields() { return json::list(); }
    std::string json() const { return json::write(*this); }
};
/// pin-set: by the person, or for them by somebody else.
struct PinSet {
    static constexpr std::string_view type = "pin-set";
    static constexpr int schemaVersion = 1;
    bool bySelf = false;
    static constexpr auto fields() { return json::list(json::field("bySelf", &PinSet::bySelf)); }
    std::string json() const { return json::write(*this); }
};
struct SignedIn {
    static constexpr std::string_view type = "signed-in";
    static constexpr int schemaVersion = 1;
    static constexpr auto fields() { return json::list(); }
    std::string json() const { return json::write(*this); }
};
/// pin-refused: so many wrong ones in a row by now.
struct PinRefused {
    static constexpr std::string_view type = "pin-refused";
    static constexpr int schemaVersion = 1;
    int wrong = 1;
    static constexpr auto fields() { return json::list(json::field("wrong", &PinRefused::wrong)); }
    std::string json() const { return json::write(*this); }
};
using StaffEvent = std::variant<PersonAdded, PersonChanged, PersonRemoved, PinSet, SignedIn, PinRefused>;

std::string staffStream(const std::string& person);  ///< "staff/p-1"

/// What is kept of the people who sign in. Each call is one committed transaction with its event. Thread-safe.
class StaffStore {
  public:
    virtual ~StaffStore() = default;
    /// Who works here now, in the order in which they came.
    virtual Result<std::vector<Person>> staff() const = 0;
    /// NotFound "person-unknown"; of everybody below too.
    virtual Result<Person> person(const std::string& id) const = 0;
    virtual Result<std::string> pinHash(const std::string& id) const = 0;
    virtual Result<Tries> tries(const std::string& id) const = 0;
    virtual Result<Person> addPerson(const std::string& name, Role role, const std::string& pinHash,
                                     const std::string& actor) = 0;
    virtual Result<Person> changePerson(const std::string& id, const std::string& name, Role role,
                                        const std::string& actor) = 0;
    /// The name and the PIN are gone, from the disk too; the id stays taken. Fails too: Unavailable "store-busy": they
    /// are, but traces may stand in the log while a backup reads it.
    virtual Result<void> removePerson(const std::string& id, const std::string& actor) = 0;
    virtual Result<void> setPin(const std::string& id, const std::string& pinHash, bool bySelf,
                                const std::string& actor) = 0;
    virtual Result<void> noteSignedIn(const std::string& id, const std::string& actor) = 0;
    virtual Result<void> noteWrongPin(const std::string& id, const Tries& tries, const std::string& actor) = 0;
};

}  // namespace contone::access
