// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reading markers, supplies and trays.
#include "printers/ipp/supplies_p.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "printers/ipp/sanitized_text.h"

namespace contone::printers {
namespace {

using Kind = print::Supply::Kind;

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

Kind kindOf(std::string_view type) {
    const std::string word = lowered(type);
    if (word.find("ribbon") != std::string::npos) return Kind::Ribbon;
    if (word.find("ink") != std::string::npos || word.find("toner") != std::string::npos) return Kind::Ink;
    if (word.find("media") != std::string::npos || word.find("paper") != std::string::npos) return Kind::Media;
    return Kind::Other;
}

bool isWaste(std::string_view type) {
    return lowered(type).find("waste") != std::string::npos;
}

template <class T>
T at(const std::vector<T>& list, std::size_t i, T otherwise) {
    return i < list.size() ? list[i] : otherwise;
}

/// "key=value;key=value;"
std::map<std::string, std::string> fields(std::string_view text) {
    std::map<std::string, std::string> found;
    while (!text.empty()) {
        const std::string_view entry = text.substr(0, text.find(';'));
        text.remove_prefix(std::min(text.size(), entry.size() + 1));
        if (const auto equals = entry.find('='); equals != std::string_view::npos)
            found[lowered(entry.substr(0, equals))] = entry.substr(equals + 1);
    }
    return found;
}

int numberOf(const std::map<std::string, std::string>& from, const char* key) {
    const auto found = from.find(key);
    int value = -2;  // RFC 3805: unknown
    if (found != from.end()) std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    return value;
}

std::string wordOf(const std::map<std::string, std::string>& from, const char* key) {
    const auto found = from.find(key);
    return found == from.end() ? std::string() : found->second;
}

std::optional<int> percentOf(int level, int most) {
    if (level < 0 || most <= 0) return std::nullopt;
    return static_cast<int>(std::min<long>(100, level * 100L / most));
}

}  // namespace

std::optional<int> printsIn(std::string_view message) {
    for (std::size_t i = 0; i < message.size(); ++i) {
        if (message[i] < '0' || message[i] > '9' || (i > 0 && (message[i - 1] == '-' || message[i - 1] == '.')))
            continue;
        int count = 0;
        const auto [end, error] = std::from_chars(message.data() + i, message.data() + message.size(), count);
        const std::string rest = lowered(message.substr(static_cast<std::size_t>(end - message.data())));
        if (error == std::errc() && (rest.starts_with(" native print") || rest.starts_with(" print"))) return count;
        i = static_cast<std::size_t>(end - message.data());  // a number of something else
    }
    return std::nullopt;
}

std::vector<print::Supply> suppliesOf(const Markers& markers) {
    std::vector<print::Supply> supplies;
    const std::size_t count = std::max({markers.names.size(), markers.types.size(), markers.levels.size()});
    for (std::size_t i = 0; i < count; ++i) {
        const std::string type = at(markers.types, i, std::string());
        if (isWaste(type)) continue;
        print::Supply supply;
        supply.kind = kindOf(type);
        supply.name = sanitizedText(at(markers.names, i, std::string()));
        const int level = at(markers.levels, i, -2);
        // Percent by definition; a printer that counts otherwise says what full is.
        supply.percent = percentOf(level, level > 100 ? at(markers.highLevels, i, 0) : 100);
        supply.prints = printsIn(at(markers.messages, i, std::string()));
        supply.low = level >= 0 && level <= at(markers.lowLevels, i, -1);
        supplies.push_back(std::move(supply));
    }
    return supplies;
}

std::vector<print::Supply> suppliesOf(const std::vector<std::string>& printerSupply,
                                      const std::vector<std::string>& descriptions) {
    std::vector<print::Supply> supplies;
    for (std::size_t i = 0; i < printerSupply.size(); ++i) {
        const auto said = fields(printerSupply[i]);
        if (wordOf(said, "class") == "receptacleThatIsFilled" || isWaste(wordOf(said, "type"))) continue;
        print::Supply supply;
        supply.kind = kindOf(wordOf(said, "type"));
        supply.name = sanitizedText(at(descriptions, i, std::string()));
        const int level = numberOf(said, "level");
        const std::string unit = wordOf(said, "unit");
        supply.percent = percentOf(level, unit == "percent" ? 100 : numberOf(said, "maxcapacity"));
        if (level >= 0 && (unit == "sheets" || unit == "impressions")) supply.prints = level;
        supplies.push_back(std::move(supply));
    }
    return supplies;
}

std::vector<print::Supply> traysOf(const std::vector<std::string>& printerInputTray) {
    std::vector<print::Supply> supplies;
    for (const std::string& tray : printerInputTray) {
        const auto said = fields(tray);
        const int level = numberOf(said, "level");
        print::Supply supply;
        supply.kind = Kind::Media;
        supply.name = sanitizedText(wordOf(said, "name"));
        supply.percent = percentOf(level, numberOf(said, "maxcapacity"));
        if (level >= 0 && printerInputTray.size() == 1) supply.prints = level;
        // A tray of which nothing is known is no news.
        if (supply.percent || supply.prints) supplies.push_back(std::move(supply));
    }
    return supplies;
}

}  // namespace contone::printers
