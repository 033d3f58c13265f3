// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Staff: signed in by PIN, asked for what needs a person, approving what needs two.
#include <algorithm>
#include <array>
#include <chrono>

#include "core/access/pin.h"
#include "core/keys/key.h"
#include "core/shop/local/handlers_p.h"
#include "core/shop/local/shop_settings.h"

namespace contone::shop {
namespace {

/// Whose session it is: another user of this computer, or another device, cannot use it.
std::string placeOf(const Peer& peer) {
    switch (peer.kind) {
        case Peer::Kind::InProcess:
            break;
        case Peer::Kind::User:
            return "uid-" + std::to_string(peer.uid);
        case Peer::Kind::Device:
            return "device-" + peer.device;
    }
    return "in-process";
}

Result<void> checkName(const std::string& name) {
    const bool isShown = !name.empty() && name.size() <= 60 &&
                         std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (isShown) return {};
    return fail(Code::Invalid, "bad-name", "A person's name has 1 to 60 characters, as it shall stand on the button.");
}

std::string randomPin() {
    for (;;) {
        std::array<std::byte, 8> bytes{};
        keys::fillRandom(bytes);
        std::string pin;
        for (const std::byte byte : bytes)  // 250 = 25 × 10: each digit as often
            if (const auto n = std::to_integer<unsigned>(byte); n < 250 && pin.size() < 6)
                pin += static_cast<char>('0' + n % 10);
        if (access::checkPin(pin, Role::Installer)) return pin;
    }
}

Error signInNeeded() {
    return {Code::Denied,
            "sign-in-needed",
            "This needs a person who answers for it. Sign in with your PIN, on the command line with --as.",
            {}};
}

}  // namespace

Result<Caller> Handlers::callerWith(Caller caller, const std::string& session) {
    if (!session.empty()) {
        const auto person = m_sessions.use(session, placeOf(caller.peer));
        if (!person) return std::unexpected(sessionOver());
        const auto now = m_parts.staff.person(person->id);  // who was changed or removed has no rights of before
        if (!now || now->role != person->role || now->mustChangePin) return std::unexpected(sessionOver());
        caller.role = now->role;
        caller.person = now->id;
        return caller;
    }
    if (caller.peer.kind == Peer::Kind::InProcess) return caller;  // it has the files anyway
    CONTONE_TRY(const Role most, mostWithoutPin());
    caller.role = std::min(caller.role, most);
    return caller;
}

Result<Role> Handlers::mostWithoutPin() {
    const std::lock_guard lock(m_unsigned.guard);
    const auto now = std::chrono::steady_clock::now();
    if (m_unsigned.knownUntil > now) return m_unsigned.most;
    CONTONE_TRY(const auto staff, m_parts.staff.staff());
    // As long as nobody could sign in to set up what is wrong, the login of this computer counts alone.
    const bool hasInstaller =
        std::ranges::any_of(staff, [](const auto& one) { return one.role == Role::Installer && !one.mustChangePin; });
    m_unsigned.most = Role::Installer;
    if (hasInstaller) {
        if (const auto settings = ShopSettings::load(m_parts.settings))
            m_unsigned.isAlways = settings->signIn == SignInWhen::Always;
        m_unsigned.most = m_unsigned.isAlways ? Role::Customer : Role::Operator;
    }
    m_unsigned.knownUntil = now + std::chrono::seconds(1);
    return m_unsigned.most;
}

void Handlers::staffChanged(const std::string& person) {
    m_sessions.endAllOf(person);
    const std::lock_guard lock(m_unsigned.guard);
    m_unsigned.knownUntil = {};
}

Result<void> Handlers::checkPerson(const Asking& by, Role least) const {
    if (by.caller.role < least) {
        CONTONE_TRY(const auto staff, m_parts.staff.staff());
        if (!staff.empty() && by.caller.person.empty()) return std::unexpected(signInNeeded());
        return std::unexpected(notAllowed(least, actorOf(by.caller)));
    }
    if (!by.caller.person.empty()) return {};
    CONTONE_TRY(const auto staff, m_parts.staff.staff());
    if (staff.empty()) return {};
    return std::unexpected(signInNeeded());
}

Result<std::string> Handlers::approvedBy(const Asking& by, const std::optional<Approval>& approval) {
    CONTONE_TRY(const auto staff, m_parts.staff.staff());
    if (staff.empty()) return std::string();  // there is nobody but whoever has this computer
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    if (settings.refunds == RefundsBy::OnePerson) {
        CONTONE_CHECK(checkPerson(by, Role::Supervisor));
        return std::string();
    }
    CONTONE_CHECK(checkPerson(by, Role::Operator));
    if (!approval)
        return fail(Code::Denied, "approval-needed",
                    "A second person must approve this: a supervisor, with their PIN (--approved-by).");
    if (approval->person == by.caller.person)
        return fail(Code::Denied, "approval-own", "Nobody approves their own refund. Ask another supervisor.");
    CONTONE_TRY(const access::Person person, proved(approval->person, approval->pin, by.actor));
    if (person.role < Role::Supervisor) return std::unexpected(notAllowed(Role::Supervisor, person.id));
    return person.id;
}

Result<access::Person> Handlers::proved(const std::string& id, const std::string& pin, const std::string& actor) {
    const std::lock_guard lock(m_pins);  // one at a time: each costs 64 MiB, and nobody may try many at once
    return provedNow(id, pin, actor);
}

Result<access::Person> Handlers::provedNow(const std::string& id, const std::string& pin, const std::string& actor) {
    CONTONE_TRY(const access::Person person, m_parts.staff.person(id));
    CONTONE_TRY(access::Tries tries, m_parts.staff.tries(id));
    if (const auto more = m_tries.find(id); more != m_tries.end() && more->second.wrong > tries.wrong)
        tries = more->second;
    const Instant now = m_parts.clock.now();
    if (const access::Tries bounded = access::bounded(tries, now); bounded != tries) {
        CONTONE_CHECK(m_parts.staff.noteWrongPin(id, bounded, actor));  // the clock was set back
        tries = bounded;
    }
    if (access::isLocked(tries, now))
        return fail(Code::Denied, "pin-locked",
                    "Too many wrong PINs. Wait " + std::to_string((tries.lockedUntil.ms - now.ms) / 60'000 + 1) +
                        " minutes, or have an installer give you a new one.");
    CONTONE_TRY(const std::string hash, m_parts.staff.pinHash(id));
    if (!access::isPin(pin, hash, m_parts.pinKey)) {
        m_tries[id] = access::afterWrongPin(tries, now);
        if (m_parts.staff.noteWrongPin(id, m_tries[id], actor)) m_tries.erase(id);  // else it counts all the same
        return fail(Code::Denied, "pin-wrong", "This is not the PIN. Try again.", id);
    }
    if (person.mustChangePin)
        return fail(
            Code::Denied, "pin-must-change",
            "This PIN was given to you by somebody else. Choose one of your own first: contone staff pin " + id);
    return person;
}

Result<StaffList> Handlers::handle(const ListStaff&, const Asking&) {
    CONTONE_TRY(auto people, m_parts.staff.staff());
    return StaffList{std::move(people)};
}

Result<Session> Handlers::handle(const SignIn& asked, const Asking& by) {
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    CONTONE_TRY(const access::Person person, proved(asked.person, asked.pin, by.actor));
    Caller self = by.caller;
    self.role = person.role;
    self.person = person.id;
    if (const auto noted = m_parts.staff.noteSignedIn(person.id, actorOf(self)); !noted) {
        if (noted.error().reason != "disk-full") return std::unexpected(noted.error());
        m_parts.log.error("sign-in", {{"person", person.id}, {"reason", noted.error().reason}});
    }
    {
        const std::lock_guard lock(m_pins);
        m_tries.erase(person.id);
    }
    m_sessions.setRules({.idleMs = settings.idleMinutes * 60'000LL});
    return Session{m_sessions.begin(person, placeOf(by.caller.peer)), person, settings.idleMinutes * 60};
}

Result<Nothing> Handlers::handle(const SignOut& asked, const Asking&) {
    m_sessions.end(asked.secret);
    return Nothing{};
}

Result<Nothing> Handlers::handle(const ChangePin& asked, const Asking& by) {
    CONTONE_TRY(const access::Person person, m_parts.staff.person(asked.person));
    CONTONE_CHECK(access::checkPin(asked.newPin, person.role));
    if (asked.newPin == asked.pin)
        return fail(Code::Invalid, "pin-same", "That is the PIN you have. Choose another one.");
    const std::lock_guard lock(m_pins);
    const auto known = provedNow(asked.person, asked.pin, by.actor);
    if (!known && known.error().reason != "pin-must-change") return std::unexpected(known.error());
    CONTONE_CHECK(m_parts.staff.setPin(asked.person, access::hashOf(asked.newPin, m_parts.pinKey), true, by.actor));
    m_tries.erase(asked.person);
    staffChanged(asked.person);
    return Nothing{};
}

Result<FirstPin> Handlers::handle(const AddPerson& asked, const Asking& by) {
    CONTONE_CHECK(checkName(asked.name));
    if (asked.role == Role::Customer)
        return fail(Code::Invalid, "bad-role", "Who works here is an operator, a supervisor or an installer.");
    const std::string pin = randomPin();
    CONTONE_TRY(access::Person person,
                m_parts.staff.addPerson(asked.name, asked.role, access::hashOf(pin, m_parts.pinKey), by.actor));
    return FirstPin{std::move(person), pin};
}

Result<access::Person> Handlers::handle(const ChangePerson& asked, const Asking& by) {
    CONTONE_CHECK(checkName(asked.name));
    if (asked.role == Role::Customer)
        return fail(Code::Invalid, "bad-role", "Who works here is an operator, a supervisor or an installer.");
    CONTONE_TRY(access::Person person, m_parts.staff.changePerson(asked.person, asked.name, asked.role, by.actor));
    staffChanged(asked.person);
    return person;
}

Result<FirstPin> Handlers::handle(const ResetPin& asked, const Asking& by) {
    const std::lock_guard lock(m_pins);
    CONTONE_CHECK(m_parts.staff.person(asked.person));
    const std::string pin = randomPin();
    m_tries.erase(asked.person);
    CONTONE_CHECK(m_parts.staff.setPin(asked.person, access::hashOf(pin, m_parts.pinKey), false, by.actor));
    staffChanged(asked.person);
    CONTONE_TRY(access::Person person, m_parts.staff.person(asked.person));
    return FirstPin{std::move(person), pin};
}

Result<Nothing> Handlers::handle(const RemovePerson& asked, const Asking& by) {
    CONTONE_CHECK(m_parts.staff.removePerson(asked.person, by.actor));
    staffChanged(asked.person);
    return Nothing{};
}

}  // namespace contone::shop
