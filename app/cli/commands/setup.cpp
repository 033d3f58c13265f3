// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone setup add|verify|list: how a printer is driven, and the proof that it comes out right.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/page_request.h"
#include "app/cli/shop_words.h"
#include "app/host/exit_codes.h"

namespace contone::cli {
namespace {

struct SetupRequest {
    std::string name, route, uri, model, medium, finish, profile, intent = "relative", sharpen = "none", pool;
    int lowPrints = print::PrinterSetup{}.lowPrints;
    bool noBlackPoint = false;
};

Result<shop::SaveSetup> parse(const SetupRequest& request) {
    shop::SaveSetup setup;
    setup.name = request.name;
    CONTONE_TRY(setup.route.kind, contone::parse<print::RouteKind>(request.route));
    setup.route.uri = request.uri;
    if (setup.route.kind == print::RouteKind::Sim && !request.uri.empty()) {  // an empty one the shop refuses
        std::error_code failed;
        setup.route.uri = std::filesystem::absolute(request.uri, failed).lexically_normal().string();
        if (failed) return fail(errorFromErrno(failed.value(), "find " + request.uri));
    }
    setup.model = request.model;
    setup.medium = request.medium;
    setup.finish = request.finish;
    CONTONE_TRY(setup.intent, contone::parse<icc::Intent>(request.intent));
    CONTONE_TRY(setup.sharpen, contone::parse<render::SharpenLevel>(request.sharpen));
    setup.blackPoint = request.noBlackPoint ? icc::BlackPoint::AsIs : icc::BlackPoint::Compensate;
    setup.pool = request.pool;
    setup.lowPrints = request.lowPrints;
    if (!request.profile.empty()) {
        CONTONE_TRY(const icc::Profile profile, profileNamed(request.profile));
        setup.profileBytes.assign(profile.bytes().begin(), profile.bytes().end());
    }
    return setup;
}

void tell(const Context& context, const print::PrinterSetup& setup) {
    context.say(fmt::format("{}: {} on {} ({} {}), profile \"{}\", {}", setup.name, setup.medium, setup.model,
                            print::toString(setup.route.kind), setup.route.uri, setup.profileName,
                            icc::toString(setup.intent)));
    if (!setup.verification) {
        context.say("  not verified yet; it prints after: contone setup verify " + setup.name);
        return;
    }
    context.say(setup.verification->passed
                    ? setup.verification->atLeastOnce
                          ? "  verified, but at-least-once: a restart of the print system may print twice"
                          : "  verified"
                    : "  refused");
    for (const std::string& line : setup.verification->verified) context.say("    + " + line);
    for (const std::string& line : setup.verification->problems) context.say("    - " + line);
}

/// What was measured of a unit and paper stays when the setup is changed otherwise; another printer or paper has to be
/// measured anew.
void keepCalibration(const Context& context, shop::Shop& shop, shop::SaveSetup& wanted) {
    const auto old = shop.ask(shop::ShowSetup{wanted.name});
    if (!old || old->calibration == print::Calibration{}) return;
    if (old->route == wanted.route && old->model == wanted.model && old->medium == wanted.medium) {
        wanted.calibration = old->calibration;
    } else {
        context.say(
            "Its calibration was of another printer or paper and does not count any more. Calibrate it anew: "
            "contone printers calibrate " +
            wanted.name);
    }
}

int addSetupOf(Context& context, const SetupRequest& request) {
    auto wanted = parse(request);
    if (!wanted) return context.complain(wanted.error());
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    keepCalibration(context, **shop, *wanted);
    const auto setup = (*shop)->ask(*wanted);
    if (!setup) return context.complain(setup.error());
    tell(context, *setup);
    context.answer({{"setup", describe(*setup)}});
    return exitOk;
}

int verifySetupOf(Context& context, const SetupRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto setup = (*shop)->ask(shop::VerifySetup{request.name});
    if (!setup) return context.complain(setup.error());
    tell(context, *setup);
    context.answer({{"setup", describe(*setup)}});
    if (const auto& proof = setup->verification; proof && proof->passed) return exitOk;
    return exitCodeOf({Code::Conflict, "setup-refused", {}, {}});
}

int listSetups(Context& context) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto setups = shop::askAll(**shop, shop::ListSetups{});
    if (!setups) return context.complain(setups.error());
    nlohmann::json list = nlohmann::json::array();
    for (const print::PrinterSetup& s : *setups) {
        tell(context, s);
        list.push_back(describe(s));
    }
    if (setups->empty())
        context.say(
            "No printer is set up yet. Add one with: contone setup add NAME --route … --uri … --model … --medium …");
    context.answer({{"setups", list}});
    return exitOk;
}

}  // namespace

void addSetup(const Command& program, Context& context) {
    const auto setup = program.add("setup", "Printer setups");
    auto request = std::make_shared<SetupRequest>();

    const auto add = setup.add("add", "Add or change a setup");
    add.option("NAME", request->name, "Its name").required();
    add.option(
           "--route", request->route,
           "direct (IPP to the printer), queue (a CUPS queue), gutenprint (a queue with its driver) or sim (a folder)")
        .required();
    add.option("--uri", request->uri, "ipp://printer/ipp/print, ipp://localhost/printers/NAME, or a folder").required();
    add.option("--model", request->model, "A printer model, e.g. dnp-ds620").required();
    add.option("--medium", request->medium, "One of the model's media, e.g. 4x6").required();
    add.option("--finish", request->finish, "One of the model's finishes (default: its first)");
    add.option("--profile", request->profile,
               "ICC output profile: a file or a bundled name (default: the bundled one for the model)");
    add.option("--intent", request->intent, "perceptual, relative, saturation or absolute");
    add.option("--sharpen", request->sharpen, "none (default), low, standard or high, for the finish");
    add.option("--pool", request->pool, "Printers of one pool share their work");
    add.option("--low-prints", request->lowPrints, "Warn below so many prints left (default 20; 0: never)");
    add.flag("--no-bpc", request->noBlackPoint, "Without black point compensation");
    add.does([&context, request] { return addSetupOf(context, *request); });

    const auto verify = setup.add("verify", "Prove that pages arrive untouched");
    verify.option("NAME", request->name, "The setup").required();
    verify.does([&context, request] { return verifySetupOf(context, *request); });

    const auto list = setup.add("list", "All setups and what was proved of them");
    list.does([&context] { return listSetups(context); });
}

}  // namespace contone::cli
