// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The commands: one file each, listed here and in main.cpp.
#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/context.h"

namespace contone::cli {

void addInspect(CLI::App& app, Context& context);
void addRender(CLI::App& app, Context& context);
void addProof(CLI::App& app, Context& context);
void addOrder(CLI::App& app, Context& context);
void addPrint(CLI::App& app, Context& context);
void addJobs(CLI::App& app, Context& context);
void addPrinters(CLI::App& app, Context& context);
void addFindPrinters(CLI::App& app, Context& context);  ///< after addPrinters
void addCalibrate(CLI::App& app, Context& context);     ///< after addPrinters
void addSheets(CLI::App& app, Context& context);
void addSetup(CLI::App& app, Context& context);
void addThumbnails(CLI::App& app, Context& context);

}  // namespace contone::cli
