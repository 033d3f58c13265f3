// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reading Get-Printer-Attributes, and what its state means.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "printers/ipp/printer_facts.h"

namespace contone::printers {
namespace {

ipp_attribute_t* attribute(ipp_t* from, const char* name) {
    return ippFindAttribute(from, name, IPP_TAG_ZERO);
}

std::vector<std::string> texts(ipp_t* from, const char* name) {
    std::vector<std::string> out;
    if (ipp_attribute_t* found = attribute(from, name))
        for (int i = 0; i < ippGetCount(found); ++i)
            if (const char* text = ippGetString(found, i, nullptr)) out.emplace_back(text);
    return out;
}

std::string text(ipp_t* from, const char* name) {
    const auto all = texts(from, name);
    return all.empty() ? std::string() : all.front();
}

int number(ipp_t* from, const char* name, int otherwise) {
    ipp_attribute_t* found = attribute(from, name);
    if (found == nullptr) return otherwise;
    const ipp_tag_t tag = ippGetValueTag(found);
    return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM ? ippGetInteger(found, 0) : otherwise;
}

bool flag(ipp_t* from, const char* name, bool otherwise) {
    ipp_attribute_t* found = attribute(from, name);
    return found != nullptr && ippGetValueTag(found) == IPP_TAG_BOOLEAN ? ippGetBoolean(found, 0) != 0 : otherwise;
}

std::vector<MediaChoice> mediaChoices(ipp_t* from, const char* name) {
    std::vector<MediaChoice> choices;
    ipp_attribute_t* found = attribute(from, name);
    if (found == nullptr || ippGetValueTag(found) != IPP_TAG_BEGIN_COLLECTION) return choices;
    for (int i = 0; i < ippGetCount(found); ++i) {
        ipp_t* entry = ippGetCollection(found, i);
        ipp_attribute_t* size = attribute(entry, "media-size");
        if (size == nullptr || ippGetValueTag(size) != IPP_TAG_BEGIN_COLLECTION) continue;
        ipp_t* dimensions = ippGetCollection(size, 0);
        MediaChoice choice;
        choice.width = number(dimensions, "x-dimension", 0);  // 0 for ranges: custom sizes are not borderless media
        choice.height = number(dimensions, "y-dimension", 0);
        choice.type = text(entry, "media-type");
        choice.borderless = true;
        for (const char* edge : {"media-left-margin", "media-top-margin", "media-right-margin", "media-bottom-margin"})
            choice.borderless = choice.borderless && number(entry, edge, 1) == 0;
        if (choice.width > 0 && choice.height > 0) choices.push_back(std::move(choice));
    }
    return choices;
}

struct Stem {
    const char* word;
    print::Obstacle obstacle;
};
constexpr std::array stems{
    Stem{"offline", print::Obstacle::Unreachable},
    Stem{"connecting-to-device", print::Obstacle::Unreachable},
    Stem{"timed-out", print::Obstacle::Unreachable},
    Stem{"media-empty", print::Obstacle::MediaEmpty},
    Stem{"media-needed", print::Obstacle::MediaEmpty},
    Stem{"input-tray-missing", print::Obstacle::MediaEmpty},
    Stem{"media-jam", print::Obstacle::MediaJam},
    Stem{"cover-open", print::Obstacle::CoverOpen},
    Stem{"door-open", print::Obstacle::CoverOpen},
    Stem{"interlock-open", print::Obstacle::CoverOpen},
    Stem{"marker-supply-empty", print::Obstacle::SuppliesEmpty},
    Stem{"marker-supply-missing", print::Obstacle::SuppliesEmpty},
    Stem{"toner-empty", print::Obstacle::SuppliesEmpty},
    Stem{"paused", print::Obstacle::Paused},
    Stem{"moving-to-paused", print::Obstacle::Paused},
    Stem{"hold-new-jobs", print::Obstacle::Paused},
    Stem{"shutdown", print::Obstacle::Paused},
};

std::optional<print::Obstacle> obstacleOf(std::string reason) {
    const bool severe = reason.ends_with("-error");
    for (const std::string_view suffix : {"-error", "-warning", "-report"})
        if (reason.ends_with(suffix)) reason.resize(reason.size() - suffix.size());
    for (const Stem& stem : stems)
        if (reason == stem.word) return stem.obstacle;
    return severe ? std::optional(print::Obstacle::Other) : std::nullopt;
}

/// The sizes behind PWG names; empty when one of them cannot be told: it may be the right one.
std::vector<PaperSize> sheetsReady(const std::vector<std::string>& names) {
    std::vector<PaperSize> sizes;
    for (const std::string& name : names) {
        // A roll is ready for many sizes.
        const pwg_media_t* media = name.starts_with("roll_") ? nullptr : pwgMediaForPWG(name.c_str());
        if (media == nullptr || media->width <= 0 || media->length <= 0) return {};
        sizes.push_back({Length::micrometres(media->width * 10L), Length::micrometres(media->length * 10L)});
    }
    return sizes;
}

}  // namespace

bool PrinterFacts::printsRaster() const {
    return std::find(formats.begin(), formats.end(), "image/pwg-raster") != formats.end();
}

bool PrinterFacts::hasDpi(Dpi x, Dpi y) const {
    return std::find(rasterDpi.begin(), rasterDpi.end(), std::pair(x.value, y.value)) != rasterDpi.end();
}

Result<PrinterFacts> readFacts(const Wire& wire) {
    IppMessage request = wire.request(IPP_OP_GET_PRINTER_ATTRIBUTES);
    // Named one by one: beside another name, "all" leaves out what is CUPS' own.
    static const char* const wanted[] = {"printer-state",
                                         "printer-state-reasons",
                                         "printer-state-message",
                                         "printer-make-and-model",
                                         "device-uri",
                                         "printer-error-policy",
                                         "printer-is-accepting-jobs",
                                         "color-supported",
                                         "media-ready",
                                         "document-format-supported",
                                         "pwg-raster-document-type-supported",
                                         "pwg-raster-document-resolution-supported",
                                         "media-type-supported",
                                         "print-content-optimize-supported",
                                         "job-hold-until-supported",
                                         "job-sheets-supported",
                                         "media-col-database"};
    ippAddStrings(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", std::size(wanted), nullptr,
                  wanted);
    CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
    CONTONE_CHECK(checkStatus(answer));
    ipp_t* all = answer.get();
    PrinterFacts facts;
    facts.state = static_cast<ipp_pstate_t>(number(all, "printer-state", IPP_PSTATE_IDLE));
    facts.reasons = texts(all, "printer-state-reasons");
    facts.message = text(all, "printer-state-message");
    facts.makeAndModel = text(all, "printer-make-and-model");
    facts.deviceUri = text(all, "device-uri");
    facts.errorPolicy = text(all, "printer-error-policy");
    facts.accepting = flag(all, "printer-is-accepting-jobs", true);
    facts.color = flag(all, "color-supported", true);
    facts.mediaReady = texts(all, "media-ready");
    facts.formats = texts(all, "document-format-supported");
    facts.rasterTypes = texts(all, "pwg-raster-document-type-supported");
    facts.mediaTypes = texts(all, "media-type-supported");
    facts.contentOptimize = texts(all, "print-content-optimize-supported");
    facts.holdUntil = texts(all, "job-hold-until-supported");
    facts.jobSheets = texts(all, "job-sheets-supported");
    facts.media = mediaChoices(all, "media-col-database");
    if (ipp_attribute_t* dpi = attribute(all, "pwg-raster-document-resolution-supported"))
        for (int i = 0; i < ippGetCount(dpi); ++i) {
            int y = 0;
            ipp_res_t unit = IPP_RES_PER_INCH;
            const int x = ippGetResolution(dpi, i, &y, &unit);
            if (unit == IPP_RES_PER_INCH) facts.rasterDpi.emplace_back(x, y);
        }
    return facts;
}

std::string mediaTypeFor(const std::vector<std::string>& types, const std::string& finish) {
    if (!finish.empty())
        for (const std::string& wanted : {finish, "photographic-" + finish})
            if (std::find(types.begin(), types.end(), wanted) != types.end()) return wanted;
    return {};
}

const MediaChoice* borderlessChoice(const PrinterFacts& facts, const print::Medium& medium, const std::string& finish) {
    const std::string type = mediaTypeFor(facts.mediaTypes, finish);
    const auto fits = [&](const MediaChoice& choice) {
        return choice.borderless && std::abs(choice.width * 10L - medium.sheet.width.um()) <= 500 &&
               std::abs(choice.height * 10L - medium.sheet.height.um()) <= 500;
    };
    const MediaChoice* found = nullptr;
    for (const MediaChoice& choice : facts.media) {
        if (!fits(choice)) continue;
        if (choice.type == type) return &choice;
        if (found == nullptr) found = &choice;
    }
    return found;
}

bool offersFinish(const PrinterFacts& facts, const MediaChoice& choice, const std::string& finish) {
    if (finish.empty()) return true;
    const std::string type = mediaTypeFor(facts.mediaTypes, finish);
    return !type.empty() && (choice.type.empty() || choice.type == type);
}

print::PrinterState stateOf(const PrinterFacts& facts) {
    print::PrinterState state;
    state.mediaReady = sheetsReady(facts.mediaReady);
    state.message = facts.message;
    const auto add = [&](print::Obstacle obstacle) {
        if (std::find(state.obstacles.begin(), state.obstacles.end(), obstacle) == state.obstacles.end())
            state.obstacles.push_back(obstacle);
    };
    for (const std::string& reason : facts.reasons)
        if (const auto obstacle = obstacleOf(reason)) add(*obstacle);
    // With a dead printer behind a queue, CUPS says so only in this sentence.
    if (facts.message.find("may not exist or is unavailable") != std::string::npos) add(print::Obstacle::Unreachable);
    if (!facts.accepting) add(print::Obstacle::NotAccepting);
    if (facts.state == IPP_PSTATE_STOPPED && state.obstacles.empty()) add(print::Obstacle::Paused);
    std::sort(state.obstacles.begin(), state.obstacles.end());  // the order in which people are told
    state.ready = std::all_of(state.obstacles.begin(), state.obstacles.end(),
                              [](print::Obstacle obstacle) { return obstacle == print::Obstacle::Other; });
    return state;
}

}  // namespace contone::printers
