// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Turns polled state into a status; emits an event when it changes.
#include "core/production/printer_monitor.h"

#include <algorithm>
#include <cstdlib>

namespace contone::production {

bool isSameSheet(const print::Medium& a, const print::Medium& b) {
    const auto near = [](Length x, Length y) { return std::abs(x.um() - y.um()) <= 500; };
    return near(a.sheet.width, b.sheet.width) && near(a.sheet.height, b.sheet.height) && a.columns == b.columns &&
           a.rows == b.rows;
}

const print::Medium* PrinterMonitor::mediumOf(const print::PrinterSetup& setup) const {
    const auto model = m_models.find(setup.model);
    return model == m_models.end() ? nullptr : model->second.medium(setup.medium);
}

PrinterMonitor::Seen PrinterMonitor::observe(const print::PrinterSetup& setup,
                                             const Result<print::PrinterState>& state) const {
    Seen seen{.setup = setup, .at = m_clock.now()};
    const auto tell = [&](print::Obstacle obstacle, std::string sentence) {
        seen.obstacles.push_back({print::toString(obstacle), std::move(sentence)});
    };
    if (!state) {
        const bool away = state.error().code == Code::Unavailable;
        tell(away ? print::Obstacle::Unreachable : print::Obstacle::Other, state.error().message);
        return seen;
    }
    for (const print::Obstacle o : state->obstacles) tell(o, print::sentenceFor(o));
    if (const print::Medium* medium = mediumOf(setup); medium && !print::isLoaded(*state, *medium))
        if (std::ranges::find(state->obstacles, print::Obstacle::WrongMedium) == state->obstacles.end())
            tell(print::Obstacle::WrongMedium, print::sentenceFor(print::Obstacle::WrongMedium));
    if (!state->ready && seen.obstacles.empty())
        tell(print::Obstacle::Other, print::sentenceFor(print::Obstacle::Other));
    seen.ready = state->ready && seen.obstacles.empty();
    seen.supplies = state->supplies;
    seen.reported = state->printsLeft();
    seen.loaded = state->mediaReady;
    return seen;
}

void PrinterMonitor::onState(const std::vector<print::PrinterSetup>& setups, const Result<print::PrinterState>& state) {
    for (const print::PrinterSetup& setup : setups) {
        Seen seen = observe(setup, state);
        print::PrinterObservation observation;
        observation.lowPrints = setup.lowPrints;
        if (state) observation.stoppedWith = state->stoppedWith;
        for (const print::Notice& obstacle : seen.obstacles) {
            observation.trouble.push_back(obstacle.reason);
            observation.sentences.push_back(obstacle.message);
        }
        {
            const std::lock_guard lock(m_mutex);
            const auto before = m_seen.find(setup.name);
            if (!state && before != m_seen.end()) seen.reported = before->second.reported;  // as it said last
            if (!seen.ready)
                seen.troubleSince =
                    before != m_seen.end() && before->second.troubleSince ? before->second.troubleSince : Steady::now();
            const Seen& now = m_seen.insert_or_assign(setup.name, std::move(seen)).first->second;
            observation.reported = now.reported;
            observation.printsLeft = printsLeft(now);
        }
        if (const auto written = m_setups.observe(setup.name, observation); !written)
            m_log.error("printer-not-noted", written.error(), {{"setup", setup.name}});  // said again at the next look
    }
}

void PrinterMonitor::noteJob(const std::string& setup, JobId job, std::vector<print::Notice> notices) {
    const std::lock_guard lock(m_mutex);
    if (!notices.empty()) {
        m_jobsSay[setup].insert_or_assign(job, std::move(notices));
    } else if (const auto says = m_jobsSay.find(setup); says != m_jobsSay.end()) {
        says->second.erase(job);
        if (says->second.empty()) m_jobsSay.erase(says);
    }
}

void PrinterMonitor::arrange(RouteLoad load) {
    const std::lock_guard lock(m_mutex);
    m_load = std::move(load);
}

void PrinterMonitor::addWaiting(const std::string& route, int sheets) {
    const std::lock_guard lock(m_mutex);
    m_load.waiting[route] += sheets;
}

std::optional<int> PrinterMonitor::printsLeft(const Seen& on) const {
    std::vector<print::PrinterCondition> conditions;
    for (const auto& [name, seen] : m_seen)
        if (seen.setup.route.uri == on.setup.route.uri)
            if (const auto condition = m_setups.condition(name)) conditions.push_back(*condition);
    return print::printsLeft(on.reported, conditions);
}

int PrinterMonitor::waitingOn(const std::string& route) const {
    const auto found = m_load.waiting.find(route);
    return found == m_load.waiting.end() ? 0 : found->second;
}

std::vector<std::string> PrinterMonitor::withPaperFor(const Seen& seen) const {
    std::vector<std::string> names;
    const print::Medium* wanted = mediumOf(seen.setup);
    for (const auto& [name, other] : m_seen) {
        const print::Medium* medium = mediumOf(other.setup);
        if (wanted && medium && name != seen.setup.name && other.ready && !other.loaded.empty() &&
            isSameSheet(*wanted, *medium) && other.setup.verification && other.setup.verification->passed)
            names.push_back(name);
    }
    return names;
}

print::SetupStatus PrinterMonitor::status(const std::string& name) const {
    const std::lock_guard lock(m_mutex);
    print::SetupStatus status{.setup = name};
    const auto add = [&](const std::vector<print::Notice>& notices) {
        for (const print::Notice& notice : notices)
            if (std::ranges::find(status.notices, notice.message, &print::Notice::message) == status.notices.end())
                status.notices.push_back(notice);
    };
    if (const auto says = m_jobsSay.find(name); says != m_jobsSay.end())
        for (const auto& [job, notices] : says->second) add(notices);
    const auto found = m_seen.find(name);
    if (found == m_seen.end()) return status;
    const Seen& seen = found->second;
    status.ready = seen.ready && status.notices.empty();
    for (const print::Notice& obstacle : seen.obstacles)  // the printer's own sentence knows more than the job's
        std::erase_if(status.notices, [&](const print::Notice& notice) { return notice.reason == obstacle.reason; });
    add(seen.obstacles);
    status.supplies = seen.supplies;
    status.printsLeft = printsLeft(seen);
    status.low = status.printsLeft && *status.printsLeft < seen.setup.lowPrints;
    status.paused = m_load.paused.contains(seen.setup.route.uri);
    status.seenAt = seen.at;
    const auto isWrongMedium = [](const print::Notice& obstacle) {
        return obstacle.reason == print::toString(print::Obstacle::WrongMedium);
    };
    if (std::ranges::any_of(seen.obstacles, isWrongMedium)) {
        status.otherSetups = withPaperFor(seen);
        std::string names;
        for (const std::string& other : status.otherSetups) names += (names.empty() ? "" : ", ") + other;
        if (!names.empty())
            status.notices.push_back({"right-paper-elsewhere", "The right paper is loaded here: " + names + "."});
    }
    return status;
}

std::chrono::milliseconds PrinterMonitor::troubleOf(const print::PrinterSetup& setup) const {
    const std::lock_guard lock(m_mutex);
    // A person's pause is meant; nothing is waited for.
    if (m_load.paused.contains(setup.route.uri)) return std::chrono::hours(24);
    const auto found = m_seen.find(setup.name);
    if (found == m_seen.end()) return std::chrono::milliseconds(0);
    const auto& since = found->second.troubleSince;
    if (!since) return std::chrono::milliseconds(0);
    return std::max(std::chrono::milliseconds(1),
                    std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - *since));
}

std::optional<std::string> PrinterMonitor::sibling(const print::PrinterSetup& of, Sibling wanted) const {
    const auto all = m_setups.setups();
    if (!all || of.pool.empty()) return std::nullopt;
    const print::Medium* medium = mediumOf(of);
    std::vector<print::PoolMember> members;
    const std::lock_guard lock(m_mutex);
    for (const print::PrinterSetup& other : *all) {
        const print::Medium* theirs = mediumOf(other);
        const auto seen = m_seen.find(other.name);
        if (other.pool != of.pool || other.route.uri == of.route.uri || !medium || !theirs ||
            !isSameSheet(*medium, *theirs) || !other.verification || !other.verification->passed ||
            seen == m_seen.end() || !seen->second.ready || m_load.paused.contains(other.route.uri) ||
            m_jobsSay.contains(other.name))
            continue;
        members.push_back({other.name, true, waitingOn(other.route.uri), 0, printsLeft(seen->second)});
    }
    members = print::preferred(std::move(members));
    if (members.empty() || (wanted == Sibling::Free && members.front().waiting > 0)) return std::nullopt;
    return members.front().setup;
}

}  // namespace contone::production
