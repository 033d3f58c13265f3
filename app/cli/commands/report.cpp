// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone report: what a day, a week, a month came to.
#include "core/report/report_tables.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/commands/commands.h"
#include "app/host/outputs.h"

namespace contone::cli {
namespace {

struct ReportRequest {
    std::string day, csv;
};

int sayReport(Context& context, report::Span span, const ReportRequest& request) {
    if (!request.csv.empty()) {
        const Path file = request.csv;
        if (const auto free = app::checkOutputs({}, std::span(&file, 1), app::Existing::Stays); !free)
            return context.complain(free.error());
    }
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto report = (*shop)->ask(shop::ShowReport{span, request.day});
    if (!report) return context.complain(report.error());
    if (!request.csv.empty()) {
        if (const auto written = writeFileDurably(request.csv, report::csvOf(*report)); !written)
            return context.complain(written.error());
        context.say("The report is in " + request.csv + ".");
    } else {
        std::istringstream lines(report::textOf(*report, context.locale()));
        for (std::string line; std::getline(lines, line);) context.say(line);
    }
    context.answer({{"report", nlohmann::json::parse(json::write(*report))}});
    return exitOk;
}

}  // namespace

void addReport(const Command& program, Context& context) {
    const auto report = program.add("report", "What was taken, given back, printed and spoiled");
    const auto add = [&](const char* name, const char* help, report::Span span) {
        const auto command = report.add(name, help);
        auto request = std::make_shared<ReportRequest>();
        command.option("DAY", request->day, "One day of it, as 2026-12-24; else today");
        command.option("--csv", request->csv, "Into a new file for a spreadsheet");
        command.does([&context, request, span] { return sayReport(context, span, *request); });
    };
    add("day", "Of one day", report::Span::Day);
    add("week", "From Monday to Sunday", report::Span::Week);
    add("month", "Of a month", report::Span::Month);
}

}  // namespace contone::cli
