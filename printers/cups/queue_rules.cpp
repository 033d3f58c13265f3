// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Parses the filter lines of PPDs, and cupsd.conf.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <sstream>

#include "printers/cups/queue_rules.h"

namespace contone::printers {
namespace {

constexpr std::string_view cupsRaster = "application/vnd.cups-raster";

struct FilterLine {
    std::string from, program;
    int cost = 0;
    bool limited = false;  ///< maxsize(): not for large pages
    bool before = false;   ///< runs before the chain, whatever that is
};

/// `*cupsFilter2: "from to cost program"`, `*cupsFilter: "from cost program"` or `*cupsPreFilter:` like the latter.
std::optional<FilterLine> filterLine(std::string_view line) {
    const bool second = line.starts_with("*cupsFilter2:"), before = line.starts_with("*cupsPreFilter:");
    if (!second && !before && !line.starts_with("*cupsFilter:")) return std::nullopt;
    const auto open = line.find('"'), close = line.rfind('"');
    if (open == std::string_view::npos || close <= open) return std::nullopt;
    std::istringstream words(std::string(line.substr(open + 1, close - open - 1)));
    FilterLine found;
    found.before = before;
    std::string word;
    words >> found.from;
    if (second) words >> word;
    while (words >> word && word.starts_with("maxsize(")) {
        found.limited = true;
        while (word.find(')') == std::string::npos && words >> word) {
        }
    }
    found.cost = std::atoi(word.c_str());
    words >> found.program;
    return found;
}

/// CUPS takes "*/*" and "image/*" too. They may bring a filter in, but nothing passes by them: CUPS' own table decides.
bool takesPwgRaster(const FilterLine& line) {
    if (line.from == "image/pwg-raster") return true;
    return line.program != "-" && (line.from == "*/*" || line.from == "image/*" || line.from == "*/pwg-raster");
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// Yes, No, or a time such as 86400, 1h, 1d.
long secondsOf(const std::string& word, long yes) {
    const std::string value = lowered(word);
    if (value == "yes" || value == "on" || value == "true") return yes;
    char* end = nullptr;
    const double n = std::strtod(value.c_str(), &end);
    double unit = 1;
    switch (*end) {
        case 'm':
            unit = 60;
            break;
        case 'h':
            unit = 3600;
            break;
        case 'd':
            unit = 86400;
            break;
        case 'w':
            unit = 604800;
            break;
        default:
            break;
    }
    return n > 0 ? static_cast<long>(std::min(n * unit, 1e12)) : 0;  // "No" is 0, and so is what is no number
}

}  // namespace

std::vector<std::string> filtersOnPwgRaster(std::string_view ppd) {
    std::istringstream lines{std::string(ppd)};
    std::vector<FilterLine> ours, others;
    std::vector<std::string> filters;
    for (std::string line; std::getline(lines, line);) {
        const auto found = filterLine(line);
        if (!found) continue;
        if (!found->before)
            (takesPwgRaster(*found) ? ours : others).push_back(*found);
        else if (takesPwgRaster(*found) && found->program != "-")
            filters.push_back(found->program);
    }
    const auto byCost = [](const FilterLine& a, const FilterLine& b) { return a.cost < b.cost; };
    if (const auto best = std::min_element(ours.begin(), ours.end(), byCost); best != ours.end()) {
        bool passes = best->program == "-" && !best->limited;
        for (const FilterLine& line : ours) {
            if (line.program == "-" || line.cost > best->cost) continue;
            passes = false;
            filters.push_back(line.program);
        }
        if (passes) return filters;
        if (!filters.empty()) return filters;
    }
    filters.emplace_back("rastertopdf");
    for (const FilterLine& line : others)
        if (line.program != "-" && std::find(filters.begin(), filters.end(), line.program) == filters.end())
            filters.push_back(line.program);
    return filters;
}

std::vector<std::string> filtersOnCupsRaster(std::string_view ppd) {
    std::istringstream lines{std::string(ppd)};
    std::vector<FilterLine> ours;
    std::vector<std::string> filters;
    for (std::string line; std::getline(lines, line);) {
        const auto found = filterLine(line);
        const std::string_view from = found ? std::string_view(found->from) : std::string_view();
        if (from != cupsRaster && from != "*/*" && from != "application/*") continue;
        if (!found->before)
            ours.push_back(*found);
        else if (found->program != "-")
            filters.push_back(found->program);
    }
    const auto byCost = [](const FilterLine& a, const FilterLine& b) { return a.cost < b.cost; };
    const auto best = std::min_element(ours.begin(), ours.end(), byCost);
    for (const FilterLine& line : ours)
        if (line.cost == best->cost) filters.push_back(line.program);
    return filters;
}

SchedulerSettings readSchedulerSettings(std::string_view cupsdConf) {
    SchedulerSettings settings;
    std::istringstream lines{std::string(cupsdConf)};
    int depth = 0;  // <Location> and <Policy> blocks have words of their own
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string name, value;
        words >> name >> value;
        if (name.starts_with("</"))
            depth = std::max(0, depth - 1);
        else if (name.starts_with("<"))
            ++depth;
        if (depth > 0 || value.empty()) continue;
        name = lowered(name);
        if (name == "dirtycleaninterval") settings.dirtyCleanSeconds = secondsOf(value, 30);
        if (name == "preservejobhistory") settings.historySeconds = secondsOf(value, 1L << 40);
        if (name == "preservejobfiles") settings.filesSeconds = secondsOf(value, 1L << 40);
    }
    return settings;
}

}  // namespace contone::printers
