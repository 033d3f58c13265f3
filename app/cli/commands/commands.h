// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The commands: one file each, listed here and in main.cpp.
#pragma once

#include "app/cli/context.h"
#include "app/host/command_line.h"

namespace contone::cli {

using app::Command, app::CommandLine;

void addInspect(const Command& program, Context& context);
void addRender(const Command& program, Context& context);
void addAdjust(const Command& program, Context& context);
void addCheck(const Command& program, Context& context);
void addProof(const Command& program, Context& context);
void addOrder(const Command& program, Context& context);
void addOrderLife(const Command& program, Context& context);  ///< after addOrder
void addPay(const Command& program, Context& context);
void addReport(const Command& program, Context& context);
void addPrice(const Command& program, Context& context);      ///< price, quote and promo
void addOrderFind(const Command& program, Context& context);  ///< after addOrder
void addCustomer(const Command& program, Context& context);   ///< customer and retention
void addBackup(const Command& program, Context& context);     ///< backup and restore
void addPrint(const Command& program, Context& context);
void addJobs(const Command& program, Context& context);
void addPrinters(const Command& program, Context& context);
void addFindPrinters(const Command& program, Context& context);  ///< after addPrinters
void addCalibrate(const Command& program, Context& context);     ///< after addPrinters
void addSheets(const Command& program, Context& context);
void addSheet(const Command& program, Context& context);
void addTemplate(const Command& program, Context& context);
void addSetup(const Command& program, Context& context);
void addStaff(const Command& program, Context& context);
void addStore(const Command& program, Context& context);
void addThumbnails(const Command& program, Context& context);

/// What an erasure destroyed, and until when backups have it.
void sayErased(const Context& context, const shop::ErasureReceipt& receipt);
/// contone order show --timeline. Gives the exit code.
int sayTimeline(Context& context, const order::Order& order);

}  // namespace contone::cli
