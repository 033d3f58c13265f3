// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reading Get-Printer-Attributes.
#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "printers/ipp/printer_facts.h"
#include "printers/ipp/sanitized_text.h"
#include "printers/ipp/supplies_p.h"

namespace contone::printers {
namespace {

constexpr int mostValues = 4096;     // a long media-col-database has 600
constexpr int mostLength = 1000000;  // 10 m, in 1/100 mm
constexpr int mostDpi = 20000;

ipp_attribute_t* attribute(ipp_t* from, const char* name) {
    return ippFindAttribute(from, name, IPP_TAG_ZERO);
}

int countOf(ipp_attribute_t* found) {
    return std::min(ippGetCount(found), mostValues);
}

std::vector<std::string> texts(ipp_t* from, const char* name) {
    std::vector<std::string> out;
    if (ipp_attribute_t* found = attribute(from, name))
        for (int i = 0; i < countOf(found); ++i)
            if (const char* text = ippGetString(found, i, nullptr)) out.emplace_back(text);
    return out;
}

std::string text(ipp_t* from, const char* name) {
    const auto all = texts(from, name);
    return all.empty() ? std::string() : all.front();
}

/// Words that are sent back to the printer as they are; what cannot be one is left out.
std::vector<std::string> keywords(ipp_t* from, const char* name) {
    auto words = texts(from, name);
    std::erase_if(words, [](const std::string& word) { return !isKeyword(word); });
    return words;
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

std::vector<int> numbers(ipp_t* from, const char* name) {
    std::vector<int> out;
    ipp_attribute_t* found = attribute(from, name);
    if (found != nullptr && ippGetValueTag(found) == IPP_TAG_INTEGER)
        for (int i = 0; i < countOf(found); ++i) out.push_back(ippGetInteger(found, i));
    if (out.empty())  // a backend's word that somebody passed on as text
        for (const std::string& word : texts(from, name)) {
            int value = -2;  // not known
            std::from_chars(word.data(), word.data() + word.size(), value);
            out.push_back(value);
        }
    return out;
}

/// octetString values, as text.
std::vector<std::string> octets(ipp_t* from, const char* name) {
    std::vector<std::string> out;
    ipp_attribute_t* found = attribute(from, name);
    if (found == nullptr || ippGetValueTag(found) != IPP_TAG_STRING) return out;
    for (int i = 0; i < countOf(found); ++i) {
        int length = 0;
        const void* bytes = ippGetOctetString(found, i, &length);
        out.emplace_back(static_cast<const char*>(bytes), static_cast<std::size_t>(length));
    }
    return out;
}

/// Markers are what CUPS and Gutenprint keep up to date; printers without them have printer-supply.
std::vector<print::Supply> supplies(ipp_t* from) {
    std::vector<print::Supply> found = suppliesOf(Markers{
        texts(from, "marker-names"), texts(from, "marker-types"), texts(from, "marker-message"),
        numbers(from, "marker-levels"), numbers(from, "marker-low-levels"), numbers(from, "marker-high-levels")});
    if (found.empty()) found = suppliesOf(octets(from, "printer-supply"), texts(from, "printer-supply-description"));
    std::ranges::move(traysOf(octets(from, "printer-input-tray")), std::back_inserter(found));
    return found;
}

std::vector<MediaChoice> mediaChoices(ipp_t* from, const char* name) {
    std::vector<MediaChoice> choices;
    ipp_attribute_t* found = attribute(from, name);
    if (found == nullptr || ippGetValueTag(found) != IPP_TAG_BEGIN_COLLECTION) return choices;
    for (int i = 0; i < countOf(found); ++i) {
        ipp_t* entry = ippGetCollection(found, i);
        ipp_attribute_t* size = attribute(entry, "media-size");
        if (size == nullptr || ippGetValueTag(size) != IPP_TAG_BEGIN_COLLECTION) continue;
        ipp_t* dimensions = ippGetCollection(size, 0);
        MediaChoice choice;
        choice.width = number(dimensions, "x-dimension", 0);  // 0 for ranges: custom sizes are not borderless media
        choice.height = number(dimensions, "y-dimension", 0);
        choice.type = text(entry, "media-type");
        if (!isKeyword(choice.type)) choice.type.clear();
        choice.borderless = true;
        for (const char* edge : {"media-left-margin", "media-top-margin", "media-right-margin", "media-bottom-margin"})
            choice.borderless = choice.borderless && number(entry, edge, 1) == 0;
        if (choice.width > 0 && choice.width <= mostLength && choice.height > 0 && choice.height <= mostLength)
            choices.push_back(std::move(choice));
    }
    return choices;
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
                                         "cups-version",
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
                                         "marker-names",
                                         "marker-types",
                                         "marker-levels",
                                         "marker-low-levels",
                                         "marker-high-levels",
                                         "marker-message",
                                         "printer-supply",
                                         "printer-supply-description",
                                         "printer-input-tray",
                                         "media-col-database"};
    ippAddStrings(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", std::size(wanted), nullptr,
                  wanted);
    CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
    CONTONE_CHECK(checkStatus(answer));
    ipp_t* all = answer.get();
    PrinterFacts facts;
    facts.state = static_cast<ipp_pstate_t>(number(all, "printer-state", IPP_PSTATE_IDLE));
    facts.reasons = keywords(all, "printer-state-reasons");
    facts.message = sanitizedText(text(all, "printer-state-message"));
    facts.makeAndModel = sanitizedText(text(all, "printer-make-and-model"));
    facts.deviceUri = text(all, "device-uri");
    facts.errorPolicy = text(all, "printer-error-policy");
    facts.schedulerVersion = text(all, "cups-version");
    facts.accepting = flag(all, "printer-is-accepting-jobs", true);
    facts.color = flag(all, "color-supported", true);
    facts.mediaReady = texts(all, "media-ready");
    facts.formats = keywords(all, "document-format-supported");
    facts.rasterTypes = keywords(all, "pwg-raster-document-type-supported");
    facts.mediaTypes = keywords(all, "media-type-supported");
    facts.contentOptimize = keywords(all, "print-content-optimize-supported");
    facts.holdUntil = keywords(all, "job-hold-until-supported");
    facts.jobSheets = keywords(all, "job-sheets-supported");
    facts.media = mediaChoices(all, "media-col-database");
    facts.supplies = supplies(all);
    if (ipp_attribute_t* dpi = attribute(all, "pwg-raster-document-resolution-supported"))
        for (int i = 0; i < countOf(dpi); ++i) {
            int y = 0;
            ipp_res_t unit = IPP_RES_PER_INCH;
            const int x = ippGetResolution(dpi, i, &y, &unit);
            if (unit == IPP_RES_PER_INCH && x > 0 && x <= mostDpi && y > 0 && y <= mostDpi)
                facts.rasterDpi.emplace_back(x, y);
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

}  // namespace contone::printers
