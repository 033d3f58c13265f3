// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Staff: who works here, and who is signed in.
#pragma once

#include "core/access/staff.h"
#include "core/shop/operation_terms.h"
#include "core/shop/values.h"

namespace contone::shop {

/// The word of a second person. Their PIN is read and forgotten.
struct Approval {
    std::string person, pin;
    bool operator==(const Approval&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("person", &Approval::person), json::field("pin", &Approval::pin));
    }
};

struct StaffList {
    std::vector<access::Person> people;  ///< in the order in which they came
    bool operator==(const StaffList&) const = default;
    static constexpr auto fields() { return json::list(json::field("people", &StaffList::people)); }
};

struct ListStaff {
    using Answer = StaffList;
    static constexpr OperationTerms terms{.name = "list-staff",
                                          .does = "Lists who works here, for the buttons that people sign in by.",
                                          .answer = "StaffList",
                                          .fails = "",
                                          .role = Role::Customer,
                                          .effect = Effect::Reads};
    static constexpr auto fields() { return json::list(); }
};

struct Session {
    std::string secret;  ///< sent with each request, in the header Contone-Session
    access::Person person;
    int idleSeconds = 600;  ///< without a request it is over
    bool operator==(const Session&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("secret", &Session::secret), json::field("person", &Session::person),
                          json::field("idleSeconds", &Session::idleSeconds));
    }
};

struct SignIn {
    using Answer = Session;
    static constexpr OperationTerms terms{
        .name = "sign-in",
        .does = "Signs somebody in by their PIN, for the program that asks and for its user of this computer alone.",
        .answer = "Session",
        .fails = "person-unknown, pin-wrong, pin-locked, pin-must-change, shop-file",
        .role = Role::Customer};
    std::string person, pin;
    static constexpr auto fields() {
        return json::list(json::field("person", &SignIn::person), json::field("pin", &SignIn::pin));
    }
};

struct SignOut {
    using Answer = Nothing;
    static constexpr OperationTerms terms{.name = "sign-out",
                                          .does = "Ends a session. Twice is fine.",
                                          .answer = "nothing",
                                          .fails = "",
                                          .role = Role::Customer};
    std::string secret;
    static constexpr auto fields() { return json::list(json::field("secret", &SignOut::secret)); }
};

struct ChangePin {
    using Answer = Nothing;
    static constexpr OperationTerms terms{.name = "change-pin",
                                          .does = "Gives somebody a new PIN, who knows the old one.",
                                          .answer = "nothing",
                                          .fails = "person-unknown, pin-wrong, pin-locked, bad-pin, pin-same",
                                          .role = Role::Customer};
    std::string person, pin, newPin;
    static constexpr auto fields() {
        return json::list(json::field("person", &ChangePin::person), json::field("pin", &ChangePin::pin),
                          json::field("newPin", &ChangePin::newPin));
    }
};

/// Somebody who has to choose a PIN of their own before they can sign in.
struct FirstPin {
    access::Person person;
    std::string pin;  ///< said to the person; shown once
    bool operator==(const FirstPin&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("person", &FirstPin::person), json::field("pin", &FirstPin::pin));
    }
};

struct AddPerson {
    using Answer = FirstPin;
    static constexpr OperationTerms terms{.name = "add-person",
                                          .does = "Adds somebody who works here, with a first PIN.",
                                          .answer = "FirstPin",
                                          .fails = "bad-name",
                                          .role = Role::Installer};
    std::string name;
    Role role = Role::Operator;
    static constexpr auto fields() {
        return json::list(json::field("name", &AddPerson::name), json::field("role", &AddPerson::role));
    }
};

/// Signs them out.
struct ChangePerson {
    using Answer = access::Person;
    static constexpr OperationTerms terms{.name = "change-person",
                                          .does = "Gives somebody another name or role.",
                                          .answer = "Person",
                                          .fails = "person-unknown, bad-name",
                                          .role = Role::Installer};
    std::string person, name;
    Role role = Role::Operator;
    static constexpr auto fields() {
        return json::list(json::field("person", &ChangePerson::person), json::field("name", &ChangePerson::name),
                          json::field("role", &ChangePerson::role));
    }
};

struct ResetPin {
    using Answer = FirstPin;
    static constexpr OperationTerms terms{
        .name = "reset-pin",
        .does = "Gives somebody who forgot their PIN, or is locked, a first one again.",
        .answer = "FirstPin",
        .fails = "person-unknown",
        .role = Role::Installer};
    std::string person;
    static constexpr auto fields() { return json::list(json::field("person", &ResetPin::person)); }
};

struct RemovePerson {
    using Answer = Nothing;
    static constexpr OperationTerms terms{.name = "remove-person",
                                          .does = "Takes somebody's name, PIN and sessions away for good.",
                                          .answer = "nothing",
                                          .fails = "person-unknown",
                                          .role = Role::Installer};
    std::string person;
    static constexpr auto fields() { return json::list(json::field("person", &RemovePerson::person)); }
};

}  // namespace contone::shop
