// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which findings still ask for a person.
#include "core/findings/finding.h"

#include <algorithm>
#include <set>

namespace contone::findings {

double Finding::number(const std::string& name) const {
    const auto at = numbers.find(name);
    return at == numbers.end() ? 0 : at->second;
}

std::vector<Finding> unanswered(std::span<const Finding> all, std::span<const Waiver> waivers) {
    std::set<Finding> waived;
    for (const Waiver& waiver : waivers) waived.insert(waiver.finding);
    std::vector<Finding> left;
    for (const Finding& one : all)
        if (one.severity != Severity::Good && !waived.contains(one)) left.push_back(one);
    return left;
}

std::vector<Finding> unaccepted(std::span<const Finding> all, std::span<const Waiver> waivers) {
    std::vector<Finding> left = unanswered(all, waivers);
    std::erase_if(left, [](const Finding& one) { return one.severity != Severity::Bad; });
    return left;
}

Severity worst(std::span<const Finding> all) {
    Severity worst = Severity::Good;
    for (const Finding& one : all) worst = std::max(worst, one.severity);
    return worst;
}

}  // namespace contone::findings
