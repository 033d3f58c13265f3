// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Suggestions: facts in, a setup or a sentence out.
#include <algorithm>
#include <cctype>

#include "printers/cups/queue_rules.h"
#include "printers/discovery/suggest_p.h"
#include "printers/ipp/sanitized_text.h"
#include "printers/raster/raster_type.h"

namespace contone::printers {
namespace {

constexpr std::string_view inkjet = "generic-inkjet";  // of the generic models, the one for printers with ink

std::string lowered(std::string_view text) {
    std::string out;
    for (const char c : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

/// The words of a name in which a printer is told from others of its maker: those with a digit, "ds620".
bool saysModel(const std::string& makeAndModel, const std::string& name) {
    const std::string said = lowered(makeAndModel);
    std::string word;
    for (const char c : lowered(name) + " ") {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            word += c;
            continue;
        }
        const bool telling =
            word.size() >= 3 && std::ranges::any_of(word, [](unsigned char d) { return std::isdigit(d); });
        if (telling && said.find(word) != std::string::npos) return true;
        word.clear();
    }
    return false;
}

bool prints(const print::PrinterModel& model, const print::Medium& medium, const PrinterFacts& facts) {
    return !medium.ippMedia.empty() && facts.hasDpi(medium.dpiX, medium.dpiY) &&
           chooseRasterType(model.device, facts.rasterTypes) && borderlessChoice(facts, medium, "") != nullptr;
}

/// The model's media that the printer offers over IPP, what is loaded first.
const print::Medium* mediumFor(const print::PrinterModel& model, const PrinterFacts& facts) {
    const print::PrinterState state = stateOf(facts);
    const print::Medium* first = nullptr;
    for (const print::Medium& medium : model.media) {
        if (!prints(model, medium, facts)) continue;
        if (!state.mediaReady.empty() && isLoaded(state, medium)) return &medium;
        if (first == nullptr) first = &medium;
    }
    return first;
}

std::string finishFor(const print::PrinterModel& model, const PrinterFacts& facts, const print::Medium& medium) {
    const MediaChoice* choice = borderlessChoice(facts, medium, "");
    for (const std::string& finish : model.finishes)
        if (choice != nullptr && offersFinish(facts, *choice, finish)) return finish;
    return {};
}

/// A model that the printer names and that goes over IPP, else any that suits: the generic ones.
const print::PrinterModel* ippModel(const Models& models, const PrinterFacts& facts) {
    const bool hasInk = std::ranges::any_of(
        facts.supplies, [](const print::Supply& supply) { return supply.kind == print::Supply::Kind::Ink; });
    const print::PrinterModel* generic = nullptr;
    for (const auto& [id, model] : models) {
        const print::Medium* medium = mediumFor(model, facts);
        if (medium == nullptr || finishFor(model, facts, *medium).empty()) continue;
        if (saysModel(facts.makeAndModel, model.name)) return &model;
        if (!model.drivers.empty()) continue;
        if (generic == nullptr || (model.id == inkjet) == hasInk) generic = &model;
    }
    return generic;
}

/// Over IPP, whatever the route. False with a sentence when the printer does not suit.
bool suggestOverIpp(FoundPrinter& found, const Models& models, const PrinterFacts& facts, const print::Route& route) {
    if (!facts.printsRaster()) {
        found.why =
            "It takes no PWG raster, so Contone cannot send it finished pixels. Use its own driver, or another "
            "printer.";
        return false;
    }
    const print::PrinterModel* model = ippModel(models, facts);
    if (model == nullptr) {
        found.why =
            "No printer model fits its papers, finishes and resolutions. Add one: "
            "docs/add/printer-model.md.";
        return false;
    }
    const print::Medium* medium = mediumFor(*model, facts);
    found.suggestion.emplace(route, model->id, medium->id, finishFor(*model, facts, *medium));
    return true;
}

}  // namespace

std::string commandFor(const SuggestedSetup& setup) {
    return std::string("contone setup add NAME --route ") + print::toString(setup.route.kind) + " --uri " +
           shellQuoted(setup.route.uri) + " --model " + shellQuoted(setup.model) + " --medium " +
           shellQuoted(setup.medium) + (setup.finish.empty() ? "" : " --finish " + shellQuoted(setup.finish));
}

const print::PrinterModel* modelOfDriver(const Models& models, const std::string& driver) {
    for (const auto& [id, model] : models)
        if (std::ranges::find(model.drivers, driver) != model.drivers.end()) return &model;
    return nullptr;
}

std::pair<std::string, std::string> makerAndModel(const std::string& deviceId) {
    std::pair<std::string, std::string> found;
    for (std::size_t at = 0; at < deviceId.size();) {
        const std::size_t end = std::min(deviceId.find(';', at), deviceId.size());
        const std::string_view field = std::string_view(deviceId).substr(at, end - at);
        const auto colon = field.find(':');
        at = end + 1;
        if (colon == std::string_view::npos) continue;
        const std::string key = lowered(trimmed(field.substr(0, colon))),
                          value = lowered(trimmed(field.substr(colon + 1)));
        if (key == "mfg" || key == "manufacturer") found.first = value;
        if (key == "mdl" || key == "model") found.second = value;
    }
    return found;
}

std::string driverOfDevice(const std::vector<DriverChoice>& drivers, const std::string& deviceUri,
                           const std::string& deviceId) {
    const auto has = [&](const std::string& name) {
        return std::ranges::any_of(drivers, [&](const DriverChoice& choice) { return choice.driver == name; });
    };
    if (deviceUri.starts_with("gutenprint") && deviceUri.find("+usb://") != std::string::npos) {
        const auto from = deviceUri.find("://") + 3;
        const std::string name = deviceUri.substr(from, deviceUri.find('/', from) - from);
        if (has(name)) return name;
    }
    const auto wanted = makerAndModel(deviceId);
    if (wanted.first.empty() || wanted.second.empty()) return {};
    for (const DriverChoice& choice : drivers)
        if (makerAndModel(choice.deviceId) == wanted) return choice.driver;
    return {};
}

void suggestDirect(FoundPrinter& found, const Models& models, const PrinterFacts& facts) {
    if (suggestOverIpp(found, models, facts, {print::RouteKind::Direct, found.uri}))
        found.why = "It takes PWG raster: print to it directly, with nothing in between.";
}

void suggestQueue(FoundPrinter& found, const Models& models, const std::string& ppd,
                  const std::optional<PrinterFacts>& behind) {
    const auto filters = filtersOnCupsRaster(ppd);
    if (filters.size() == 1 && filters.front().starts_with("rastertogutenprint.")) {
        const print::PrinterModel* model = modelOfDriver(models, found.driver);
        if (model == nullptr) {
            found.why = "No printer model names Gutenprint's driver " + sanitizedText(found.driver, 80) +
                        ". Add one: docs/add/printer-model.md.";
            return;
        }
        const auto medium = std::ranges::find_if(model->media, [](const auto& m) { return !m.pageSize.empty(); });
        const std::string finish = model->finishes.empty() ? std::string() : model->finishes.front();
        const print::Route route{print::RouteKind::Gutenprint, found.uri};
        found.suggestion.emplace(route, model->id, medium->id, finish);
        found.why = "Gutenprint drives it, and the printer model knows its pages. Choose the medium that is loaded.";
        return;
    }
    if (const auto changes = filtersOnPwgRaster(ppd); !changes.empty()) {
        found.why = "CUPS would run " + sanitizedText(changes.front(), 80) +
                    " on pages for this queue. Install a queue for the printer with: contone printers install";
        return;
    }
    if (!behind) {
        found.why =
            "The printer behind this queue does not answer over IPP, so Contone cannot ask what it takes. Switch it "
            "on.";
        return;
    }
    if (suggestOverIpp(found, models, *behind, {print::RouteKind::Queue, found.uri}))
        found.why = "The queue passes PWG raster to a printer that takes it.";
}

void suggestInstall(FoundPrinter& found, const Models& models) {
    const print::PrinterModel* model = modelOfDriver(models, found.driver);
    if (found.driver.empty())
        found.why = "Gutenprint has no driver for it. If it is on the network, print to it over IPP.";
    else if (model == nullptr)
        found.why = "Gutenprint drives it as " + found.driver +
                    ", but no printer model does. Add one: docs/add/printer-model.md.";
    else
        found.why = "Gutenprint drives it and the model " + model->id +
                    " knows its pages. Make a queue: contone printers install NAME --device " + shellQuoted(found.uri) +
                    " --driver " + shellQuoted(found.driver);
}

}  // namespace contone::printers
