// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone report: what a day, a week, a month came to.
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/commands/commands.h"
#include "app/cli/pdf_output.h"
#include "core/document/document.h"
#include "core/report/report_tables.h"

namespace contone::cli {
namespace {

struct ReportRequest {
    std::string day, csv, pdf;
};

Result<void> writeReport(Context& context, const ReportRequest& request, const report::Report& report) {
    if (!request.csv.empty()) {
        CONTONE_CHECK(writeFileDurably(request.csv, report::csvOf(report)));
        context.say("The report is in " + request.csv + ".");
    }
    if (!request.pdf.empty()) {
        const report::ReportTables tables = report::tablesOf(report, context.locale());
        CONTONE_CHECK(writePdf(context, request.pdf, {tables.title, report.period.until},
                               [&](const auto& fonts) { return document::pagesOf(tables, context.locale(), fonts); }));
        context.say("The report is in " + request.pdf + ".");
    }
    if (!request.csv.empty() || !request.pdf.empty()) {
        for (const std::string& remark : report::tablesOf(report, context.locale()).remarks) context.say(remark);
        return {};
    }
    std::istringstream lines(report::textOf(report, context.locale()));
    for (std::string line; std::getline(lines, line);) context.say(line);
    return {};
}

int sayReport(Context& context, report::Span span, const ReportRequest& request) {
    for (const std::string& file : {request.csv, request.pdf})
        if (!file.empty())
            if (const auto free = checkNewFile(file); !free) return context.complain(free.error());
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto report = (*shop)->ask(shop::ShowReport{span, request.day});
    if (!report) return context.complain(report.error());
    if (const auto written = writeReport(context, request, *report); !written) return context.complain(written.error());
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
        command.option("--pdf", request->pdf, "Into a new file to print, on A4");
        command.does([&context, request, span] { return sayReport(context, span, *request); });
    };
    add("day", "Of one day", report::Span::Day);
    add("week", "From Monday to Sunday", report::Span::Week);
    add("month", "Of a month", report::Span::Month);
}

}  // namespace contone::cli
