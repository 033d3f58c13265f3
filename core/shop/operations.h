// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Operation: the closed list of all that a program can ask of the shop. docs/api.md is made from it.
//
// One operation is one type: its fields are what is asked, Answer is what comes back, `terms` says who may and what may
// go wrong. A new operation is a type in operations/, a line here, and a handler in core/shop/local, without which
// nothing compiles; client, server and documentation follow from that.
#pragma once

#include <concepts>
#include <variant>

#include "core/shop/operations/changes.h"
#include "core/shop/operations/jobs.h"
#include "core/shop/operations/orders.h"
#include "core/shop/operations/payments.h"
#include "core/shop/operations/photos.h"
#include "core/shop/operations/printers.h"
#include "core/shop/operations/privacy.h"
#include "core/shop/operations/projects.h"
#include "core/shop/operations/reports.h"
#include "core/shop/operations/setups.h"
#include "core/shop/operations/sheets.h"
#include "core/shop/operations/staff.h"
#include "core/shop/operations/terminal.h"

namespace contone::shop {

using Operation = std::variant<
    // photos and orders
    ShowFeatures, AddOriginal, QuoteOrder, PlaceOrder, ShowOrder, FindOrder, FindOrders, ReorderOrder, ShowTimeline,
    ListOrders, MoveOrder, CancelOrder, EraseCustomer,
    // what the shop has of its customers
    FindCustomer, ExportCustomer, ReadOriginal, EraseByCode, ShowRetention, ApplyRetention,
    // money
    ShowPayment, ShowSlip, TakePayment, RefundPayment, SettlePayment, ShowTerminal, StopTerminal, AskTerminal,
    CloseTerminal, ShowReport,
    // before it is an order
    SaveProject, ShowProject, ListProjects, EraseProject, OrderProject,
    // from an order to paper
    CheckOrder, PrintOrder, CancelWaitingSheets, CheckMedia,
    // jobs
    ListJobs, HoldJob, ReleaseJob, SetJobPriority, TransferJob, CancelJob,
    // sheets
    ListSheets, ShowSheetRecord, CompareSheet, ReportOutcome, ReprintSheet, SumSpoilage,
    // printers
    ShowSetupStatus, PausePrinter, ResumePrinter,
    // setups
    ListSetups, ShowSetup, ShowSetupProfile, SaveSetup, VerifySetup, PrintCalibrationPage, CalibrateSetup,
    // who works here
    ListStaff, SignIn, SignOut, ChangePin, AddPerson, ChangePerson, ResetPin, RemovePerson,
    // what happens
    FollowChanges>;

template <class T, class Variant>
inline constexpr bool isOneOf = false;
template <class T, class... All>
inline constexpr bool isOneOf<T, std::variant<All...>> = (std::same_as<T, All> || ...);

template <class T>
concept AnOperation = isOneOf<T, Operation>;

template <class T>
struct TypeTag {
    using Type = T;
};
/// Calls `visit(TypeTag<One>{})` for each operation, in the order of the list.
template <class Visit>
void eachOperation(Visit&& visit) {
    [&]<class... All>(std::type_identity<std::variant<All...>>) {
        (visit(TypeTag<All>{}), ...);
    }(std::type_identity<Operation>{});
}

}  // namespace contone::shop
