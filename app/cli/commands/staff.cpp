// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone staff: who works here, their roles and PINs.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/host/secret_input.h"
#include "core/json/json.h"

namespace contone::cli {
namespace {

struct StaffRequest {
    std::string person, name, role;
    bool isFromInput = false;
};

template <class Asked, class Say>
int ask(Context& context, const Result<Asked>& asked, Say say) {
    if (!asked) return context.complain(asked.error());
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto answer = (*shop)->ask(*asked);
    if (!answer) return context.complain(answer.error());
    say(*answer);
    context.answer(nlohmann::json::parse(json::write(*answer)));
    return exitOk;
}

void sayPerson(Context& context, const access::Person& person) {
    context.say(fmt::format("{:6} {:12} {}{}", person.id, toString(person.role), person.name,
                            person.mustChangePin ? "  (has not chosen a PIN yet)" : ""));
}

void sayFirstPin(Context& context, const shop::FirstPin& first) {
    sayPerson(context, first.person);
    context.say(
        fmt::format("First PIN: {}. It is shown this once. {} must choose another one before signing in: "
                    "contone staff pin {}",
                    first.pin, first.person.name, first.person.id));
}

Result<access::Role> roleOf(const std::string& word) {
    return contone::parse<access::Role>(word);
}

int addPerson(Context& context, const StaffRequest& request) {
    const auto role = roleOf(request.role);
    if (!role) return context.complain(role.error());
    return ask(context, Result<shop::AddPerson>(shop::AddPerson{request.name, *role}),
               [&](const shop::FirstPin& first) { sayFirstPin(context, first); });
}

/// What was not said stays as it is.
int changePerson(Context& context, const StaffRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto staff = (*shop)->ask(shop::ListStaff{});
    if (!staff) return context.complain(staff.error());
    shop::ChangePerson change{request.person, request.name, {}};
    for (const access::Person& one : staff->people) {
        if (one.id != request.person) continue;
        if (change.name.empty()) change.name = one.name;
        change.role = one.role;
    }
    if (!request.role.empty()) {
        const auto role = roleOf(request.role);
        if (!role) return context.complain(role.error());
        change.role = *role;
    }
    return ask(context, Result<shop::ChangePerson>(change),
               [&](const access::Person& person) { sayPerson(context, person); });
}

Result<shop::ChangePin> newPinOf(const StaffRequest& request) {
    shop::ChangePin change{.person = request.person, .pin = {}, .newPin = {}};
    const std::string from = request.isFromInput ? "-" : "";
    CONTONE_TRY(change.pin, app::readSecret("PIN now", from));
    CONTONE_TRY(change.newPin, app::readSecret("New PIN", from));
    CONTONE_TRY(const std::string again, app::readSecret("New PIN, once more", from));
    if (again != change.newPin)
        return fail(Code::Invalid, "bad-pin", "The two new PINs differ, so nothing was changed. Type it again.");
    return change;
}

}  // namespace

void addStaff(const Command& program, Context& context) {
    const auto group = program.add("staff", "Who works here: roles and PINs");
    const auto request = std::make_shared<StaffRequest>();
    const auto person = [&](const Command& command) {
        command.option("PERSON", request->person, "As staff list says it: p-1").required();
    };

    group.add("list", "Who works here").does([&context] {
        return ask(context, Result<shop::ListStaff>(shop::ListStaff{}), [&](const shop::StaffList& staff) {
            for (const access::Person& one : staff.people) sayPerson(context, one);
            if (staff.people.empty())
                context.say(
                    "Nobody signs in here: whoever may use this computer may do what its user may. Begin with "
                    "an installer: contone staff add NAME --role installer");
        });
    });

    const auto add = group.add("add", "Add somebody, with a first PIN");
    add.option("NAME", request->name, "As it shall stand on the button").required();
    add.option("--role", request->role, "What they may do").oneOf({"operator", "supervisor", "installer"}).required();
    add.does([&context, request] { return addPerson(context, *request); });

    const auto change = group.add("change", "Give somebody another name or role");
    person(change);
    change.option("--name", request->name, "The new name");
    change.option("--role", request->role, "The new role").oneOf({"operator", "supervisor", "installer"});
    change.does([&context, request] { return changePerson(context, *request); });

    const auto pin = group.add("pin", "Choose a PIN of your own");
    person(pin);
    pin.flag("--from-input", request->isFromInput,
             "Read three lines from standard input instead: the PIN now, the new one, the new one again");
    pin.does([&context, request] {
        return ask(context, newPinOf(*request),
                   [&](const shop::Nothing&) { context.say("The PIN is changed. Sign in with it from now on."); });
    });

    const auto reset = group.add("reset", "Give somebody a first PIN again, who forgot theirs or is locked");
    person(reset);
    reset.does([&context, request] {
        return ask(context, Result<shop::ResetPin>(shop::ResetPin{request->person}),
                   [&](const shop::FirstPin& first) { sayFirstPin(context, first); });
    });

    const auto remove = group.add("remove", "Take somebody's name and PIN away for good");
    person(remove);
    remove.does([&context, request] {
        return ask(context, Result<shop::RemovePerson>(shop::RemovePerson{request->person}),
                   [&](const shop::Nothing&) { context.say(fmt::format("{} is gone.", request->person)); });
    });
}

}  // namespace contone::cli
