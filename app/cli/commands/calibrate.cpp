// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone printers calibrate SETUP: prints a sheet with rulers; takes what they say, typed or from a scan.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/shop_words.h"
#include "app/host/exit_codes.h"
#include "core/inspect/measure_calibration_scan.h"
#include "core/print/print_target.h"

namespace contone::cli {
namespace {

using nlohmann::json;

struct CalibrateRequest {
    std::string setup, scan;
    std::vector<double> readings;  ///< millimetres: left, top, right, bottom
    int dpi = 0;                   ///< of the scan; 0: found by its marks
};

std::string words(const print::FourReadings& r) {
    return fmt::format("left {:.2f}, top {:.2f}, right {:.2f}, bottom {:.2f} mm", r.left.mm(), r.top.mm(), r.right.mm(),
                       r.bottom.mm());
}

json asJson(const print::FourReadings& r) {
    return {{"leftMm", r.left.mm()}, {"topMm", r.top.mm()}, {"rightMm", r.right.mm()}, {"bottomMm", r.bottom.mm()}};
}

Result<print::PrintTarget> targetOf(Context& context, shop::Shop& shop, const std::string& name) {
    CONTONE_TRY(print::PrinterSetup setup, shop.ask(shop::ShowSetup{name}));
    CONTONE_TRY(const auto* models, context.models());
    return print::PrintTarget::create(std::move(setup), *models);
}

int printRulers(Context& context, shop::Shop& shop, const CalibrateRequest& request) {
    const auto job = shop.ask(shop::PrintCalibrationPage{request.setup});
    if (!job) return context.complain(job.error());
    context.say(
        "One sheet with rulers is planned. At each edge, read the step that the knife has cut through, then run:");
    context.say("  contone printers calibrate " + request.setup + " --readings LEFT TOP RIGHT BOTTOM   (millimetres)");
    context.say("or scan it at 300 dpi with something dark behind it, and run:");
    context.say("  contone printers calibrate " + request.setup + " --scan FILE");
    if (!context.hasAgent()) context.say("No agent is running, so nothing prints yet. Start it with: contone-agent");
    context.answer({{"job", describe(*job)}});
    return exitOk;
}

Result<print::FourReadings> readingsOf(Context& context, const CalibrateRequest& request,
                                       const print::PrintTarget& unit) {
    if (!request.scan.empty())
        return inspect::measureCalibrationScan(context.decoder(), request.scan, unit.medium(),
                                               request.dpi > 0 ? std::optional(Dpi{request.dpi}) : std::nullopt);
    const std::vector<double>& mm = request.readings;
    return print::FourReadings{millimetres(mm[0]), millimetres(mm[1]), millimetres(mm[2]), millimetres(mm[3])};
}

int calibrate(Context& context, const CalibrateRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    if (request.readings.empty() && request.scan.empty()) return printRulers(context, **shop, request);
    const auto unit = targetOf(context, **shop, request.setup);
    if (!unit) return context.complain(unit.error());
    const auto readings = readingsOf(context, request, *unit);
    if (!readings) return context.complain(readings.error());
    const auto setup = (*shop)->ask(shop::CalibrateSetup{request.setup, *readings});
    if (!setup) return context.complain(setup.error());
    const Edges& usual = unit->medium().overscan;
    context.say(fmt::format("{}: this printer cuts off {}.", setup->name, words(*readings)));
    context.say(fmt::format("  By the data of the {} it would be {}.", unit->model().name,
                            words({usual.left, usual.top, usual.right, usual.bottom})));
    context.say("  Pages planned from now on are laid out by what it really does.");
    const std::optional<print::Verification>& proof = setup->verification;
    const bool isProved = proof && proof->passed;
    if (!isProved) {
        context.say("  But the setup did not pass its verification, so it does not print:");
        if (proof)
            for (const std::string& line : proof->problems) context.say("    - " + line);
    }
    context.answer({{"setup", describe(*setup)}, {"readings", asJson(*readings)}});
    return isProved ? exitOk : exitCodeOf({Code::Conflict, "setup-refused", {}, {}});
}

}  // namespace

void addCalibrate(const Command& program, Context& context) {
    auto request = std::make_shared<CalibrateRequest>();
    const auto command =
        program.below("printers")
            .add("calibrate", "What this printer cuts off: prints a sheet with rulers, then takes what they say");
    command.option("SETUP", request->setup, "The setup").required();
    const auto typed =
        command.option("--readings", request->readings, "LEFT TOP RIGHT BOTTOM in millimetres; -1: 1 mm stays white")
            .takes(4);
    const auto scanned =
        command.option("--scan", request->scan, "Instead: a scan of the sheet, any photo format").excludes(typed);
    command.option("--dpi", request->dpi, "The scan's resolution (default: found by the marks on the sheet)")
        .between(150, 2400)
        .needs(scanned);
    command.does([&context, request] { return calibrate(context, *request); });
}

}  // namespace contone::cli
