// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone print ORDER --setup NAME | --pool NAME [--priority P] [--wait]: plans the sheets; with --wait follows them
// until each is out or in question.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "app/cli/commands/commands.h"
#include "app/cli/shop_words.h"
#include "app/host/exit_codes.h"

namespace contone::cli {
namespace {

struct PrintRequest {
    std::string order, setup, pool, priority = "in-store";
    bool wait = false, accept = false, evenUnpaid = false;
    int timeoutSeconds = 3600;
};

bool isSettled(const print::Sheet& s) {
    return print::isFinal(s.state) || s.state == print::SheetState::Unknown;
}

/// The sheets of a job as they change; in place of those that another printer took over, the ones there. Reads all of
/// them once in a while, in between only what changed: thousands of sheets cost little to follow.
class FollowedSheets {
  public:
    FollowedSheets(shop::Shop& shop, JobId job) : m_shop(shop), m_job(job) {}

    /// The sheets that changed since the last call; all of them at first.
    Result<std::vector<print::Sheet>> changed() {
        const bool all = m_isMoved || m_calls++ % callsToAll == 0;
        shop::ListSheets asked{.job = m_job};
        if (!all) asked.from = {m_seen.ms - overlapMs};
        CONTONE_TRY(std::vector<print::Sheet> sheets, shop::askAll(m_shop, asked));
        for (const print::Sheet& sheet : sheets) m_isMoved = m_isMoved || sheet.reason == print::movedAway;
        if (m_isMoved) {
            CONTONE_CHECK(followMoved(sheets));
        }
        for (const print::Sheet& sheet : sheets) {
            m_seen = std::max(m_seen, sheet.changedAt);
            const std::pair print{sheet.line, sheet.copy};
            m_sheets[print] = sheet;
            if (isSettled(sheet))
                m_unsettled.erase(print);
            else
                m_unsettled.insert(print);
        }
        return sheets;
    }
    bool areSettled() const { return m_unsettled.empty(); }
    std::vector<print::Sheet> sheets() const {
        std::vector<print::Sheet> all;
        all.reserve(m_sheets.size());
        for (const auto& [print, sheet] : m_sheets) all.push_back(sheet);
        std::ranges::sort(all, {}, &print::Sheet::number);
        return all;
    }

  private:
    static constexpr std::int64_t overlapMs = 2000;  // changes are not stored in the order of their times
    static constexpr int callsToAll = 50;  // a clock that is set back hides changes no longer than so many calls

    Result<void> followMoved(std::vector<print::Sheet>& sheets) {
        CONTONE_TRY(sheets, shop::askAll(m_shop, shop::ListSheets{.job = m_job}));
        if (sheets.empty()) return {};
        CONTONE_TRY(const std::vector<print::Sheet> all,
                    shop::askAll(m_shop, shop::ListSheets{.order = sheets.front().order}));
        for (print::Sheet& sheet : sheets)
            for (auto next = all.begin(); sheet.reason == print::movedAway && next != all.end();) {
                next = std::ranges::find(all, sheet.id,
                                         [](const print::Sheet& s) { return s.movedFrom.value_or(SheetId{}); });
                if (next != all.end()) sheet = *next;
            }
        return {};
    }

    shop::Shop& m_shop;
    JobId m_job;
    std::map<std::pair<LineId, int>, print::Sheet> m_sheets;  // by what they print
    std::set<std::pair<LineId, int>> m_unsettled;
    Instant m_seen;
    int m_calls = 0;
    bool m_isMoved = false;
};

/// Tells every change once. Ends when all are settled, or at the deadline.
Result<std::vector<print::Sheet>> follow(Context& context, shop::Shop& shop, const PrintRequest& request, JobId job,
                                         const std::string& setup) {
    FollowedSheets followed(shop, job);
    std::map<SheetId, std::string> told;
    std::vector<print::Notice> notices;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(request.timeoutSeconds);
    for (;;) {
        CONTONE_TRY(const std::vector<print::Sheet> changed, followed.changed());
        for (const print::Sheet& s : changed) {
            const std::string words = sentence(s);
            if (told[s.id] != words) context.say(told[s.id] = words);
        }
        if (followed.areSettled() || std::chrono::steady_clock::now() > deadline) return followed.sheets();
        CONTONE_TRY(const shop::SetupStatus status, shop.ask(shop::ShowSetupStatus{setup}));
        if (status.notices != notices) {
            notices = status.notices;
            for (const print::Notice& notice : notices) context.say("  " + notice.message);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

int verdictOf(Context& context, const std::vector<print::Sheet>& sheets) {
    for (const print::Sheet& s : sheets) {
        if (s.state == print::SheetState::Out) continue;
        if (s.state == print::SheetState::Unknown)
            return context.complain({Code::Conflict, "sheet-in-question",
                                     "A sheet is in question. Look in the tray, then run: contone sheets settle " +
                                         s.id.toString() + " in-tray|spoiled|not-printed|cannot-tell",
                                     s.reason});
        if (!print::isFinal(s.state))
            return context.complain(
                {Code::Unavailable, "print-not-finished",
                 context.hasAgent()
                     ? "Not all sheets are out yet; the agent goes on printing."
                     : "Not all sheets are out yet; they stay planned. Start the agent to go on: contone-agent",
                 s.reason});
        return context.complain(
            {Code::Conflict, "sheet-not-out", s.message.empty() ? "A sheet did not come out." : s.message, s.reason});
    }
    return exitOk;
}

int printOrder(Context& context, const PrintRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto order = findOrder(**shop, request.order);
    if (!order) return context.complain(order.error());
    const auto priority = contone::parse<print::Priority>(request.priority);
    if (!priority) return context.complain(priority.error());
    shop::PrintOrder asked{order->id, request.setup, request.pool, *priority, {}, request.evenUnpaid};
    if (const auto check = (*shop)->ask(shop::CheckOrder{order->id, request.setup, request.pool})) {
        sayFindings(context, *order, *check);
        if (request.accept) asked.accepted = check->toAccept;
    }  // whatever stands in the way of the check stands in the way of printing, which says it
    const auto job = (*shop)->ask(asked);
    if (!job) {
        if (job.error().reason == "findings-unaccepted")
            context.say("If these prints are wanted all the same, add --accept.");
        return context.complain(job.error());
    }
    context.say(fmt::format("Order {}: {} {} planned on {}", order->number, job->sheets,
                            job->sheets == 1 ? "sheet" : "sheets", job->setup.name));
    if (!request.wait) {
        if (!context.hasAgent())
            context.say("No agent is running, so nothing prints yet. Start it with: contone-agent");
        context.answer({{"job", describe(*job)}, {"agent", context.hasAgent()}});
        return exitOk;
    }
    context.printHere();
    const auto sheets = follow(context, **shop, request, job->id, job->setup.name);
    if (!sheets) return context.complain(sheets.error());
    nlohmann::json list = nlohmann::json::array();
    for (const print::Sheet& s : *sheets) list.push_back(describe(s));
    const bool allOut =
        std::ranges::all_of(*sheets, [](const print::Sheet& s) { return s.state == print::SheetState::Out; });
    if (!allOut) return verdictOf(context, *sheets);
    context.answer({{"job", describe(*job)}, {"sheets", list}});
    return exitOk;
}

}  // namespace

void addPrint(const Command& program, Context& context) {
    const auto command = program.add("print", "Print an order");
    auto request = std::make_shared<PrintRequest>();
    command.option("ORDER", request->order, "Its number or id").required();
    const auto where = command.exactlyOne("where");
    where.option("--setup", request->setup, "The printer setup");
    where.option("--pool", request->pool, "A pool: its free printer, else the one with the most prints left");
    command.option("--priority", request->priority, "in-store (default), pickup or bulk");
    command.flag("--accept", request->accept,
                 "Print although what was found may make prints worthless; it is recorded");
    command.flag("--even-unpaid", request->evenUnpaid, "Where the shop prints when it is paid: this one all the same");
    command.flag("--wait", request->wait, "Wait until every sheet is out or in question");
    command.option("--timeout", request->timeoutSeconds, "With --wait: seconds to wait (default 3600)")
        .between(1, 86400);
    command.does([&context, request] { return printOrder(context, *request); });
}

}  // namespace contone::cli
