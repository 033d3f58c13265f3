// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rounds and ratios.
#include "tests/bench/contest.h"

#include <algorithm>
#include <cstdio>

namespace contone::bench {
namespace {

double figure(Quantity quantity, const TreeUsage& usage) {
    return quantity == Quantity::Processor ? usage.processorSeconds
           : quantity == Quantity::Wall    ? usage.wallSeconds
                                           : usage.peakMegabytes;
}

/// Runs once; a program that fails makes its contender absent.
Result<std::optional<TreeUsage>> runOnce(const Contender& contender, Memory memory, const Path& log, Standing& into) {
    if (!into.absent.empty()) return std::nullopt;
    if (contender.before) CONTONE_CHECK(contender.before());
    std::fprintf(stderr, ".");
    CONTONE_TRY(const TreeUsage usage, runTree(contender.command, memory, log));
    if (usage.exitCode == 0) return usage;
    into.absent = "ended with code " + std::to_string(usage.exitCode);
    return std::nullopt;
}

Result<void> checkUs(const Contest& contest, const std::vector<Standing>& standings) {
    if (standings.front().absent.empty()) return {};
    return fail(Code::Internal, "bench-failed", "Our own program failed in the contest " + contest.id + ".",
                standings.front().absent);
}

}  // namespace

Spread spreadOf(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    const double median = values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    return {median, values.front(), values.back()};
}

std::optional<Spread> ratio(Quantity quantity, const Standing& it, const Standing& us) {
    if (quantity == Quantity::Memory) {
        if (it.memory.peakMegabytes <= 0 || us.memory.peakMegabytes <= 0) return std::nullopt;
        const double one = it.memory.peakMegabytes / us.memory.peakMegabytes;
        return Spread{one, one, one};
    }
    std::vector<double> all;
    for (std::size_t i = 0; i < std::min(it.rounds.size(), us.rounds.size()); ++i)
        all.push_back(figure(quantity, it.rounds[i]) / figure(quantity, us.rounds[i]));
    if (all.empty()) return std::nullopt;
    return spreadOf(std::move(all));
}

std::optional<bool> isMet(const Bound& bound, const Standing& it, const Standing& us) {
    if (bound.sense == Sense::StaysBelow) {
        if (bound.quantity == Quantity::Memory)
            return it.memory.peakMegabytes > 0 && it.memory.sawAllMemory
                       ? std::optional(it.memory.peakMegabytes <= bound.limit)
                       : std::nullopt;
        std::vector<double> all;
        for (const TreeUsage& usage : it.rounds) all.push_back(figure(bound.quantity, usage));
        return all.empty() ? std::nullopt : std::optional(spreadOf(std::move(all)).median <= bound.limit);
    }
    const auto times = ratio(bound.quantity, it, us);
    if (!times) return std::nullopt;
    return bound.sense == Sense::NeedsAtLeast ? times->median >= bound.limit : 1 / times->median <= bound.limit;
}

Result<std::vector<Standing>> hold(const Contest& contest, const Rules& rules) {
    const std::size_t count = contest.contenders.size();
    std::vector<Standing> standings(count);
    std::fprintf(stderr, "%s ", contest.id.c_str());
    for (std::size_t i = 0; i < count; ++i) {
        const std::string& program = contest.contenders[i].command.words.front();
        if (findProgram(program).empty()) standings[i].absent = Path(program).filename().string() + " is not installed";
    }
    for (int run = 0; run < contest.warmUps; ++run)
        CONTONE_CHECK(runOnce(contest.contenders.front(), Memory::Ignore, rules.log, standings.front()));
    CONTONE_CHECK(checkUs(contest, standings));
    for (int round = 0; round < rules.rounds; ++round) {
        for (std::size_t turn = 0; turn < count; ++turn) {
            const std::size_t i = (turn + static_cast<std::size_t>(round)) % count;
            if (round >= contest.contenders[i].mostRounds) continue;
            CONTONE_TRY(const auto usage, runOnce(contest.contenders[i], Memory::Ignore, rules.log, standings[i]));
            if (usage) standings[i].rounds.push_back(*usage);
        }
        CONTONE_CHECK(checkUs(contest, standings));
    }
    for (std::size_t i = 0; i < count && contest.memory == Memory::Sample; ++i)
        for (int run = 0; run < std::min(rules.memoryRounds, contest.contenders[i].mostRounds); ++run) {
            CONTONE_TRY(const auto usage, runOnce(contest.contenders[i], Memory::Sample, rules.log, standings[i]));
            if (usage && usage->peakMegabytes > standings[i].memory.peakMegabytes) standings[i].memory = *usage;
        }
    CONTONE_CHECK(checkUs(contest, standings));
    std::fprintf(stderr, "\n");
    return standings;
}

}  // namespace contone::bench
