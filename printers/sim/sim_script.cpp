// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads scripts, and applies what is due.
#include "printers/sim/sim_script.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <sstream>

namespace contone::printers {
namespace {

using Json = nlohmann::json;

constexpr std::array plainEvents{"media-empty", "refill",  "jam",    "jam-used",   "clear",      "cover-open",
                                 "cover-close", "offline", "online", "ribbon-end", "ribbon-new", "refuse",
                                 "accept",      "stop",    "pause",  "start",      "forget",     "twice"};

std::unexpected<Error> senseless(const std::string& text) {
    return fail(Code::Invalid, "sim-faults",
                "The simulated printer's script has a line that Contone does not understand.", text);
}

/// "5 s" in ms; -1 for what is no time.
std::int64_t milliseconds(std::int64_t count, const std::string& unit) {
    if (count < 0 || count > 1'000'000'000) return -1;
    if (unit == "ms") return count;
    if (unit == "s") return count * 1000;
    if (unit == "min") return count * 60'000;
    return unit == "h" ? count * 3'600'000 : -1;
}

}  // namespace

Result<SimScript::Step> SimScript::parseStep(const std::string& text) {
    std::istringstream words(text);
    Step step;
    std::string word;
    words >> word;
    if (word == "at") {
        step.when = Step::When::AtSheet;
        if (!(words >> word >> step.number) || word != "sheet" || step.number < 1) return senseless(text);
        words >> word;
    } else if (word == "after") {
        step.when = Step::When::After;
        std::int64_t count = 0;
        if (!(words >> count >> word) || (step.number = milliseconds(count, word)) < 0) return senseless(text);
        words >> word;
    }
    step.event = word;
    if (!words) return senseless(text);
    char cross = 0;
    std::string of;
    if (word == "slow") {
        if (!(words >> step.first) || step.first < 0) return senseless(text);
    } else if (word == "roll") {
        if (!(words >> step.first >> of >> step.second) || of != "of" || step.first < 0 || step.second < step.first ||
            step.second < 1)
            return senseless(text);
    } else if (word == "load") {
        const auto start = words.tellg();
        if (words >> of && of == "any") {
            step.first = 0;
        } else {
            words.clear();
            words.seekg(start);
            if (!(words >> step.first >> cross >> step.second) || cross != 'x' || step.first < 1 || step.second < 1)
                return senseless(text);
        }
    } else if (std::ranges::find(plainEvents, word) == plainEvents.end()) {
        return senseless(text);
    }
    if (words >> word) return senseless(text);
    return step;
}

Result<SimScript> SimScript::parse(std::string_view text) {
    SimScript script;
    script.m_hash = Sha256::of(text);
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        line.resize(std::min(line.size(), line.find('#')));
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        std::vector<Step> story;
        std::istringstream steps(line);
        for (std::string step; std::getline(steps, step, ';');) {
            CONTONE_TRY(Step parsed, parseStep(step));
            story.push_back(std::move(parsed));
        }
        script.m_stories.push_back(std::move(story));
    }
    return script;
}

SimProgress SimScript::begin(Instant now) const {
    SimProgress progress;
    progress.script = m_hash;
    progress.stories.assign(m_stories.size(), {0, now});
    return progress;
}

void SimScript::happen(const Step& step, SimCondition& condition, SimStrokes& strokes) {
    const std::string& event = step.event;
    if (event == "media-empty" || event == "refill") condition.mediaEmpty = event == "media-empty";
    if (event == "jam" || event == "jam-used" || event == "clear") condition.jammed = event != "clear";
    if (event == "jam-used") strokes.spoil = true;
    if (event == "cover-open" || event == "cover-close") condition.coverOpen = event == "cover-open";
    if (event == "ribbon-end" || event == "ribbon-new") condition.ribbonEnded = event == "ribbon-end";
    if (event == "offline" || event == "online") condition.offline = event == "offline";
    if (event == "refuse" || event == "accept") condition.refusing = event == "refuse";
    if (event == "stop" || event == "start") condition.stopped = event == "stop";
    if (event == "pause" || event == "start") condition.paused = event == "pause";
    if (event == "slow") condition.printMs = step.first;
    if (event == "roll") condition.roll = SimRoll{static_cast<int>(step.first), static_cast<int>(step.second)};
    if (event == "load") {
        condition.loaded.reset();
        if (step.first > 0)
            condition.loaded =
                PaperSize{millimetres(static_cast<double>(step.first)), millimetres(static_cast<double>(step.second))};
    }
    if (event == "forget") strokes.forget = true;
    if (event == "twice") strokes.twice = true;
}

SimStrokes SimScript::advance(SimProgress& progress, Instant now, int sheet) const {
    SimStrokes strokes;
    for (std::size_t i = 0; i < m_stories.size() && i < progress.stories.size(); ++i) {
        SimProgress::Story& story = progress.stories[i];
        for (; story.next < static_cast<int>(m_stories[i].size()); ++story.next) {
            const Step& step = m_stories[i][static_cast<std::size_t>(story.next)];
            if (step.when == Step::When::AtSheet && (sheet == 0 || sheet < step.number)) break;
            if (step.when == Step::When::After && now.ms < story.since.ms + step.number) break;
            // Nobody may have looked for a while: a step after a time happened when it was due.
            story.since = step.when == Step::When::After ? Instant{story.since.ms + step.number} : now;
            happen(step, progress.condition, strokes);
        }
    }
    return strokes;
}

std::string toJson(const SimProgress& progress) {
    const SimCondition& c = progress.condition;
    Json json{{"script", progress.script.toString()},
              {"freeAtMs", progress.freeAt.ms},
              {"stories", Json::array()},
              {"offline", c.offline},
              {"mediaEmpty", c.mediaEmpty},
              {"jammed", c.jammed},
              {"coverOpen", c.coverOpen},
              {"ribbonEnded", c.ribbonEnded},
              {"refusing", c.refusing},
              {"stopped", c.stopped},
              {"paused", c.paused},
              {"printMs", c.printMs}};
    for (const SimProgress::Story& story : progress.stories) json["stories"].push_back({story.next, story.since.ms});
    if (c.loaded) json["loadedUm"] = {c.loaded->width.um(), c.loaded->height.um()};
    if (c.roll) json["roll"] = {c.roll->left, c.roll->of};
    return json.dump() + "\n";
}

Result<SimProgress> simProgressFromJson(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        SimProgress progress;
        CONTONE_TRY(progress.script, Sha256::parse(json.at("script").get<std::string>()));
        progress.freeAt.ms = json.at("freeAtMs").get<std::int64_t>();
        for (const Json& story : json.at("stories"))
            progress.stories.push_back({story.at(0).get<int>(), {story.at(1).get<std::int64_t>()}});
        SimCondition& c = progress.condition;
        c.offline = json.at("offline").get<bool>();
        c.mediaEmpty = json.at("mediaEmpty").get<bool>();
        c.jammed = json.at("jammed").get<bool>();
        c.coverOpen = json.at("coverOpen").get<bool>();
        c.ribbonEnded = json.at("ribbonEnded").get<bool>();
        c.refusing = json.at("refusing").get<bool>();
        c.stopped = json.at("stopped").get<bool>();
        c.paused = json.at("paused").get<bool>();
        c.printMs = json.at("printMs").get<std::int64_t>();
        if (json.contains("loadedUm"))
            c.loaded = PaperSize{Length::micrometres(json["loadedUm"].at(0).get<std::int64_t>()),
                                 Length::micrometres(json["loadedUm"].at(1).get<std::int64_t>())};
        if (json.contains("roll")) c.roll = SimRoll{json["roll"].at(0).get<int>(), json["roll"].at(1).get<int>()};
        return progress;
    } catch (const Json::exception& e) {
        return fail(Code::Corrupt, "sim-job", "The simulated printer's folder is damaged. Use an empty folder.",
                    e.what());
    }
}

}  // namespace contone::printers
