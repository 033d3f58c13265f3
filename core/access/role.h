// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Role: what somebody may do in a shop.
#pragma once

#include "core/base/enum_words.h"

namespace contone::access {

/// Each role may do what those before it may.
enum class Role {
    Customer,    ///< somebody at a kiosk: adds photos, places orders, sees prices and paper
    Operator,    ///< somebody who works in the shop: prints, takes money, says what became of sheets
    Supervisor,  ///< who answers for money and for customers' data: approves refunds, gives away, erases
    Installer,   ///< who sets up printers and staff
};
constexpr auto wordsOf(Role) {
    return enumWords<Role>("bad-role", "A role is customer, operator, supervisor or installer. Choose one of these.",
                           {{Role::Customer, "customer"},
                            {Role::Operator, "operator"},
                            {Role::Supervisor, "supervisor"},
                            {Role::Installer, "installer"}});
}

}  // namespace contone::access
