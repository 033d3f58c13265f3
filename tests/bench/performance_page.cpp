// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tables and sections in Markdown, and their places in the page.
#include "tests/bench/performance_page.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>

namespace contone::bench {
namespace {

std::string rounded(double value) {
    return value < 0.095  ? fmt::format("{:.3f}", value)
           : value < 9.95 ? fmt::format("{:.2f}", value)
                          : fmt::format("{:.1f}", value);
}

std::string secondsCell(const Standing& it, double TreeUsage::* figure) {
    if (it.rounds.empty()) return "–";
    std::vector<double> all;
    for (const TreeUsage& usage : it.rounds) all.push_back(usage.*figure);
    return rounded(spreadOf(std::move(all)).median);
}

std::string memoryCell(const Standing& it) {
    if (it.memory.peakMegabytes <= 0) return "–";
    return fmt::format("{}{:.0f}", it.memory.sawAllMemory ? "" : "> ", it.memory.peakMegabytes);
}

std::string ratioCell(const std::optional<Spread>& spread) {
    if (!spread) return "–";
    return fmt::format("{:.2f} ({:.2f}–{:.2f})", spread->median, spread->low, spread->high);
}

const char* nameOf(Quantity quantity) {
    return quantity == Quantity::Processor ? "CPU" : quantity == Quantity::Wall ? "wall" : "memory";
}

std::string boundText(const Bound& bound) {
    switch (bound.sense) {
        case Sense::NeedsAtLeast:
            return fmt::format("{} ≥ {:g}× ours", nameOf(bound.quantity), bound.limit);
        case Sense::WeNeedAtMost:
            return fmt::format("our {} ≤ {:g}× this", nameOf(bound.quantity), bound.limit);
        case Sense::StaysBelow:
            return fmt::format("{} ≤ {:g} {}", nameOf(bound.quantity), bound.limit,
                               bound.quantity == Quantity::Memory ? "MB" : "s");
    }
    return {};
}

/// What the bound is about, as measured: "1.62× of it", "38 MB".
std::string reached(const Bound& bound, const Standing& it, const Standing& us) {
    if (bound.sense == Sense::StaysBelow) return {};
    const auto times = ratio(bound.quantity, it, us);
    if (!times) return {};
    if (bound.sense == Sense::WeNeedAtMost) return fmt::format(" ({:.2f}×)", 1 / times->median);
    return bound.quantity == Quantity::Processor ? "" : fmt::format(" ({:.2f}×)", times->median);
}

std::string boundCell(const Contender& contender, const Standing& it, const Standing& us) {
    std::string text;
    for (const Bound& bound : contender.bounds) {
        const auto met = isMet(bound, it, us);
        text += fmt::format("{}{}: {}{}", text.empty() ? "" : "<br>", boundText(bound),
                            !met   ? "not measured"
                            : *met ? "met"
                                   : "**missed**",
                            reached(bound, it, us));
    }
    return text;
}

/// The first line that a shell command says.
std::string said(const char* command) {
    std::string text;
    if (std::FILE* pipe = ::popen(command, "r")) {
        char line[512];
        if (std::fgets(line, sizeof line, pipe)) text = line;
        ::pclose(pipe);
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

std::string begin(const std::string& id) {
    return "<!-- measured: " + id + " -->\n";
}
const std::string end = "<!-- end of measured -->\n";

}  // namespace

std::string sectionOf(const Contest& contest, const std::vector<Standing>& standings, const std::string& when) {
    std::string text = fmt::format("### {}\n\n", contest.title);
    if (!contest.about.empty()) text += contest.about + "\n\n";
    text +=
        "| who | CPU s | wall s | peak MB | its CPU ÷ ours: median (min–max) | asked |\n|---|--:|--:|--:|--:|---|\n";
    for (std::size_t i = 0; i < standings.size(); ++i) {
        const Contender& contender = contest.contenders[i];
        const Standing& it = standings[i];
        const std::string name = (i == 0 ? "**" + contender.name + "**" : contender.name) +
                                 (contender.comment.empty() ? "" : "; " + contender.comment);
        if (!it.absent.empty()) {
            text += fmt::format("| {} | – | – | – | left out: {} | {} |\n", name, it.absent,
                                boundCell(contender, it, standings.front()));
            continue;
        }
        text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", name, secondsCell(it, &TreeUsage::processorSeconds),
                            secondsCell(it, &TreeUsage::wallSeconds), memoryCell(it),
                            i == 0 ? "1" : ratioCell(ratio(Quantity::Processor, it, standings.front())),
                            boundCell(contender, it, standings.front()));
    }
    if (!contest.outcome.empty()) text += "\n" + contest.outcome + "\n";
    return text + fmt::format("\n{} rounds, {}.\n", standings.front().rounds.size(), when);
}

std::string withSection(const std::string& page, const std::string& id, const std::string& section) {
    const std::string whole = begin(id) + section + end;
    const std::size_t from = page.find(begin(id));
    if (from == std::string::npos) return page + (page.ends_with("\n\n") || page.empty() ? "" : "\n") + whole;
    const std::size_t to = page.find(end, from);
    return page.substr(0, from) + whole + (to == std::string::npos ? "" : page.substr(to + end.size()));
}

std::string summaryOf(const std::string& page) {
    std::string text = "| work | by | asked |\n|---|---|---|\n", title;
    bool isInSection = false;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("<!-- measured: ")) isInSection = line != "<!-- measured: summary -->";
        if (line.starts_with("<!-- end")) isInSection = false;
        if (line.starts_with("### ")) title = line.substr(4);
        constexpr int bars = 4;  // fewer: the machine
        if (!isInSection || !line.starts_with("| ") || std::ranges::count(line, '|') < bars) continue;
        const std::string asked = line.substr(0, line.size() - 2).substr(line.rfind(" | ", line.size() - 3) + 3);
        const std::string who = line.substr(2, line.find(" | ") - 2);
        if (asked.contains("≤") || asked.contains("≥")) text += fmt::format("| {} | {} | {} |\n", title, who, asked);
    }
    return text;
}

Result<void> saveSection(const std::string& id, const std::string& section) {
    const Path path = CONTONE_SOURCE_DIR "/docs/performance.md";
    const auto page = readTextFile(path, 10'000'000);
    if (!page && page.error().reason != "file-missing") return fail(page.error());
    const std::string whole = withSection(page ? *page : emptyPage(), id, section);
    return writeFileDurably(path, withSection(whole, "summary", summaryOf(whole)));
}

std::string machineSection() {
    std::string text = fmt::format(
        "| | |\n|---|---|\n| processor | {}, {} cores{} |\n| memory | {} |\n| kernel | {} |\n| compiler | {} |\n",
        said("sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1"), said("nproc"),
        said("grep -qw hypervisor /proc/cpuinfo && echo ', a virtual machine'"),
        said("awk '/^MemTotal/ { printf \"%.0f GB\", $2 / 1000000 }' /proc/meminfo"), said("uname -sr"),
        said("c++ --version"));
    text += "| peers | ";
    text += said(
        "dpkg-query -W -f='${Package} ${Version}, ' libvips42 imagemagick graphicsmagick openimageio-tools "
        "liblcms2-utils darktable rawtherapee libheif1 libde265-0 libjpeg62-turbo 2>/dev/null | sed 's/, $//'");
    return text + " |\n";
}

std::string whenMeasured() {
    double loads[1] = {};
    ::getloadavg(loads, 1);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::string commit = said("git -C '" CONTONE_SOURCE_DIR "' rev-parse --short HEAD 2>/dev/null");
    if (!commit.empty()) commit = ", commit " + commit;
    return fmt::format("{:%Y-%m-%d %H:%M} UTC{}, load {:.1f}", now, commit, loads[0]);
}

std::string emptyPage() {
    return std::string(
               "# Performance\n\n"
               "`./dev bench render --write` measures and writes the sections between markers, `--only WORD` some of "
               "them. "
               "The words outside the markers are written by hand and stay.\n\n## Machine\n\n") +
           begin("machine") + end + "\n## Figures that were asked\n\n" + begin("summary") + end +
           "\n## Measurements\n\n";
}

}  // namespace contone::bench
