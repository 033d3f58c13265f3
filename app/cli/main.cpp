// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone: every capability from the command line. --json is one object on stdout, everything else goes to stderr.
#include "app/cli/commands/commands.h"
#include "app/host/stop_signals.h"

int main(int argc, char** argv) {
    using namespace contone::cli;
    contone::app::removeUnfinishedFilesWhenStopped();
    Context context;
    CommandLine line("contone", "Contone: photo prints that come out as proofed, every sheet accounted for.",
                     &context.json);
    const Command program = line.program();
    program.option("--home", context.home, "The store folder (default: $CONTONE_HOME, else ~/.local/share/contone)");
    program.option("--share", context.share, "The folder of products, papers and printer models");
    program.option("--as", context.person, "Who does this, with their PIN: p-1, as staff list says it");
    program.option("--pin-file", context.pinFile, "The file that the PIN is in, or - for the input (default: typed)");
    for (const auto add : {addInspect,   addRender,    addAdjust,       addProof,     addCheck,  addPrice,  addOrder,
                           addOrderLife, addOrderFind, addCustomer,     addPay,       addReport, addBackup, addPrint,
                           addJobs,      addPrinters,  addFindPrinters, addCalibrate, addSheets, addSheet,  addTemplate,
                           addSetup,     addStaff,     addStore,        addThumbnails})
        add(program, context);
    return line.run(argc, argv);
}
