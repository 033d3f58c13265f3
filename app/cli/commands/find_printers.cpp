// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone printers find|install: what printers there are, and queues that pass verification.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/host/exit_codes.h"
#include "printers/cups/queue_install.h"
#include "printers/discovery/find_printers.h"

namespace contone::cli {
namespace {

struct FindRequest {
    printers::FindOptions options;
    int listenSeconds = 3;
};

struct InstallRequest {
    printers::QueueInstall wish;
    std::string guardFolder = "/var/lib/contone-guard";
};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

nlohmann::json describe(const printers::FoundPrinter& found) {
    nlohmann::json resolutions = nlohmann::json::array(), supplies = nlohmann::json::array(),
                   obstacles = nlohmann::json::array(), suggestion;
    for (const auto& [x, y] : found.resolutions) resolutions.push_back({x, y});
    for (const print::Obstacle obstacle : found.state.obstacles) obstacles.push_back(print::toString(obstacle));
    for (const print::Supply& supply : found.state.supplies)
        supplies.push_back({{"name", supply.name},
                            {"percent", supply.percent ? nlohmann::json(*supply.percent) : nlohmann::json()},
                            {"prints", supply.prints ? nlohmann::json(*supply.prints) : nlohmann::json()}});
    if (found.suggestion)
        suggestion = {{"route", print::toString(found.suggestion->route.kind)},
                      {"uri", found.suggestion->route.uri},
                      {"model", found.suggestion->model},
                      {"medium", found.suggestion->medium},
                      {"finish", found.suggestion->finish}};
    return {{"where", printers::toString(found.where)},
            {"name", found.name},
            {"uri", found.uri},
            {"device", found.device},
            {"makeAndModel", found.makeAndModel},
            {"driver", found.driver},
            {"formats", found.formats},
            {"resolutions", resolutions},
            {"media", found.media},
            {"supplies", supplies},
            {"obstacles", obstacles},
            {"suggestion", suggestion},
            {"why", found.why}};
}

void tell(const Context& context, const printers::FoundPrinter& found) {
    context.say(fmt::format("{} ({}): {}", found.name, printers::toString(found.where),
                            found.makeAndModel.empty() ? "it does not say what it is" : found.makeAndModel));
    context.say("  " + found.uri);
    if (!found.media.empty()) context.say("  without borders: " + joined(found.media));
    for (const print::Supply& supply : found.state.supplies)
        if (supply.prints || supply.percent)
            context.say(supply.prints ? fmt::format("  {}: {} prints left", supply.name, *supply.prints)
                                      : fmt::format("  {}: {} % left", supply.name, *supply.percent));
    for (const print::Obstacle obstacle : found.state.obstacles) context.say("  ! " + print::sentenceFor(obstacle));
    context.say("  " + found.why);
    if (found.suggestion) context.say("  " + printers::commandFor(*found.suggestion));
}

int findOf(Context& context, FindRequest request) {
    const auto models = context.models();
    if (!models) return context.complain(models.error());
    request.options.listen = std::chrono::seconds(request.listenSeconds);
    const auto found = printers::findPrinters(**models, request.options);
    nlohmann::json list = nlohmann::json::array();
    for (const printers::FoundPrinter& printer : found.printers) {
        tell(context, printer);
        list.push_back(describe(printer));
    }
    if (found.printers.empty()) context.say("No printer was found. Switch it on, connect it, and look again.");
    for (const std::string& trouble : found.troubles) context.say("! " + trouble);
    context.answer({{"printers", list}, {"troubles", found.troubles}});
    return exitOk;
}

int installOf(Context& context, InstallRequest request) {
    request.wish.guardState = request.guardFolder;
    request.wish.kind = request.wish.driver.empty() ? print::RouteKind::Queue : print::RouteKind::Gutenprint;
    const auto queue = printers::installQueue(request.wish);
    if (!queue) return context.complain(queue.error());
    context.say(fmt::format("{}: {} ({})", request.wish.name, queue->route.uri, print::toString(queue->route.kind)));
    for (const std::string& line : queue->done) context.say("  + " + line);
    if (queue->done.empty()) context.say("  Nothing had to be changed.");
    for (const std::string& line : queue->todo) context.say("  - " + line);
    context.answer({{"queue",
                     {{"name", request.wish.name},
                      {"route", print::toString(queue->route.kind)},
                      {"uri", queue->route.uri},
                      {"done", queue->done},
                      {"todo", queue->todo}}}});
    return exitOk;
}

}  // namespace

void addFindPrinters(const Command& program, Context& context) {
    const auto printers = program.below("printers");
    auto find = std::make_shared<FindRequest>();
    const auto finding = printers.add("find", "What printers there are, and how each could be set up");
    finding.option("--scheduler", find->options.scheduler, "The print system (default: this computer's)");
    finding.option("--ask", find->options.addresses, "Also ask this printer: ipp://printer/ipp/print");
    finding.option("--listen", find->listenSeconds, "Seconds to listen to the network; 0: not").between(0, 60);
    finding.does([&context, find] { return findOf(context, *find); });

    auto install = std::make_shared<InstallRequest>();
    const auto installing = printers.add("install", "Make or put right a guarded queue that leaves pages alone");
    installing.option("NAME", install->wish.name, "The queue").required();
    installing.option("--device", install->wish.device, "The printer: ipp://… or the device that \"find\" shows")
        .required();
    installing.option("--driver", install->wish.driver, "Gutenprint's driver, e.g. dnp-ds620; without: IPP");
    installing.option("--scheduler", install->wish.scheduler, "The print system (default: this computer's)");
    installing.option("--guard-folder", install->guardFolder, "Where the guard marks what it started");
    installing.does([&context, install] { return installOf(context, *install); });
}

}  // namespace contone::cli
