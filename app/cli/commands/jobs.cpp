// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone jobs list|hold|release|move|priority|cancel: what waits for the printers, and in which order.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/shop_words.h"
#include "app/host/exit_codes.h"
#include "core/print/production_event.h"

namespace contone::cli {
namespace {

struct JobRequest {
    std::string job, reason, setup, priority;
    bool all = false;
    int limit = 100;
};

std::string sentence(const print::JobTally& t, const std::string& order) {
    std::string text = fmt::format("{}  {}  {}, {}, {}: {} waiting, {} at the printer, {} out", t.job.id.toString(),
                                   localTime(t.job.createdAt), order, t.job.setup.name, toString(t.job.priority),
                                   t.waiting, t.onTheWay, t.out);
    if (t.unknown > 0) text += fmt::format(", {} in question", t.unknown);
    if (t.job.isHeld()) text += ". Held: " + print::sentenceForHold(t.job.heldReason);
    return text;
}

int listJobs(Context& context, const JobRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto jobs = shop::askUpTo(**shop, shop::ListJobs{!request.all}, request.limit);
    if (!jobs) return context.complain(jobs.error());
    nlohmann::json list = nlohmann::json::array();
    OrderNumbers numbers(**shop);
    for (const print::JobTally& t : jobs->items) {
        if (!context.json) context.say(sentence(t, numbers.of(t.job.order)));
        auto one = describe(t.job);
        one["tally"] = {{"waiting", t.waiting}, {"onTheWay", t.onTheWay}, {"unknown", t.unknown},
                        {"out", t.out},         {"spoiled", t.spoiled},   {"cancelled", t.cancelled}};
        list.push_back(std::move(one));
    }
    if (jobs->items.empty()) context.say("No jobs.");
    if (jobs->more) context.say("There are more. Ask for them with --limit.");
    context.answer({{"jobs", list}, {"truncated", jobs->more}});
    return exitOk;
}

/// `work(shop, id)` gives a job.
template <class Work>
int withJob(Context& context, const std::string& text, Work work) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto id = JobId::parse(text);
    if (!id) return context.complain(id.error());
    const Result<print::PrintJob> job = work(**shop, *id);
    if (!job) return context.complain(job.error());
    context.say(fmt::format("Job {} on {}: {}{}", job->id.toString(), job->setup.name, toString(job->priority),
                            job->isHeld() ? ". Held: " + print::sentenceForHold(job->heldReason) : ""));
    context.answer({{"job", describe(*job)}});
    return exitOk;
}

int hold(Context& context, const JobRequest& request) {
    return withJob(context, request.job,
                   [&](shop::Shop& shop, JobId id) { return shop.ask(shop::HoldJob{id, request.reason}); });
}

int release(Context& context, const JobRequest& request) {
    return withJob(context, request.job, [](shop::Shop& shop, JobId id) { return shop.ask(shop::ReleaseJob{id}); });
}

int move(Context& context, const JobRequest& request) {
    return withJob(context, request.job,
                   [&](shop::Shop& shop, JobId id) { return shop.ask(shop::TransferJob{id, request.setup}); });
}

int setPriority(Context& context, const JobRequest& request) {
    const auto priority = contone::parse<print::Priority>(request.priority);
    if (!priority) return context.complain(priority.error());
    return withJob(context, request.job,
                   [&](shop::Shop& shop, JobId id) { return shop.ask(shop::SetJobPriority{id, *priority}); });
}

int cancel(Context& context, const JobRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto id = JobId::parse(request.job);
    if (!id) return context.complain(id.error());
    const auto cancelled = (*shop)->ask(shop::CancelJob{*id, request.reason});
    if (!cancelled) return context.complain(cancelled.error());
    nlohmann::json list = nlohmann::json::array();
    for (const print::Sheet& s : cancelled->sheets) list.push_back(describe(s));
    context.say(cancelled->sheets.empty() ? "No sheet of this job was waiting."
                                          : fmt::format("{} {} cancelled.", cancelled->sheets.size(),
                                                        cancelled->sheets.size() == 1 ? "sheet" : "sheets"));
    context.answer({{"sheets", list}});
    return exitOk;
}

}  // namespace

void addJobs(const Command& program, Context& context) {
    const auto jobs = program.add("jobs", "Print jobs: hold, release, hurry, move, cancel");
    auto request = std::make_shared<JobRequest>();
    const auto add = [&](const char* name, const char* help, int (*work)(Context&, const JobRequest&)) {
        const auto command = jobs.add(name, help);
        command.does([&context, request, work] { return work(context, *request); });
        return command;
    };
    const auto addFor = [&](const char* name, const char* help, int (*work)(Context&, const JobRequest&)) {
        const auto command = add(name, help, work);
        command.option("JOB", request->job, "The job's id").required();
        return command;
    };
    const auto list = add("list", "Jobs with sheets that wait, print or are in question, newest first", listJobs);
    list.flag("--all", request->all, "Also those that are over");
    list.option("--limit", request->limit, "At most so many (default 100)").between(1, 100000);
    addFor("hold", "No new sheet of it starts", hold).option("--reason", request->reason, "Why, in a word");
    addFor("release", "It goes on; also the approval of an old job after a restart", release);
    addFor("move", "Its sheets that wait are printed with another setup", move)
        .option("--setup", request->setup, "The setup")
        .required();
    addFor("priority", "Which jobs of a printer go first", setPriority)
        .option("PRIORITY", request->priority, "in-store, pickup or bulk")
        .required();
    addFor("cancel", "Its sheets that wait are not printed", cancel)
        .option("--reason", request->reason, "Why, in a word");
}

}  // namespace contone::cli
