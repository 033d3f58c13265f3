// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reading PPD filter lines and cupsd.conf.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <sstream>

#include "printers/ipp/queue_rules_p.h"

namespace contone::printers {
namespace {

struct FilterLine {
    std::string from, program;
    int cost = 0;
    bool limited = false;  ///< maxsize(): not for large pages
};

/// `*cupsFilter2: "from to cost program"` or `*cupsFilter: "from cost program"`.
std::optional<FilterLine> filterLine(std::string_view line) {
    const bool second = line.starts_with("*cupsFilter2:");
    if (!second && !line.starts_with("*cupsFilter:")) return std::nullopt;
    const auto open = line.find('"'), close = line.rfind('"');
    if (open == std::string_view::npos || close <= open) return std::nullopt;
    std::istringstream words(std::string(line.substr(open + 1, close - open - 1)));
    FilterLine found;
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
    return static_cast<long>(std::clamp(n * unit, 0.0, 1e12));  // "No" is 0
}

}  // namespace

std::vector<std::string> filtersOnPwgRaster(std::string_view ppd) {
    std::istringstream lines{std::string(ppd)};
    std::vector<FilterLine> ours, others;
    for (std::string line; std::getline(lines, line);)
        if (const auto found = filterLine(line)) (found->from == "image/pwg-raster" ? ours : others).push_back(*found);
    const auto byCost = [](const FilterLine& a, const FilterLine& b) { return a.cost < b.cost; };
    std::vector<std::string> filters;
    if (const auto best = std::min_element(ours.begin(), ours.end(), byCost); best != ours.end()) {
        bool passes = best->program == "-" && !best->limited;
        for (const FilterLine& line : ours) {
            if (line.program == "-" || line.cost > best->cost) continue;
            passes = false;
            filters.push_back(line.program);
        }
        if (passes) return {};
        if (!filters.empty()) return filters;
    }
    filters.emplace_back("rastertopdf");
    for (const FilterLine& line : others)
        if (line.program != "-" && std::find(filters.begin(), filters.end(), line.program) == filters.end())
            filters.push_back(line.program);
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
