// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone: every capability from the command line. --json is one object on stdout, everything else goes to stderr.
#include "app/cli/commands/commands.h"
#include "app/host/exit_codes.h"

int main(int argc, char** argv) {
    using namespace contone::cli;
    Context context;
    CLI::App app("Contone: photo prints that come out as proofed, every sheet accounted for.", "contone");
    app.set_version_flag("--version", CONTONE_VERSION);
    app.add_option("--home", context.home, "The store folder (default: $CONTONE_HOME, else ~/.local/share/contone)");
    app.add_option("--share", context.share, "The folder of products, papers and printer models");
    app.require_subcommand(1);
    app.fallthrough();
    for (const auto add : {addInspect, addRender, addProof, addOrder, addPrint, addJobs, addPrinters, addFindPrinters,
                           addCalibrate, addSheets, addSetup, addThumbnails})
        add(app, context);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? exitOk : exitUsage;
    }
    return context.run ? context.run() : exitUsage;
}
