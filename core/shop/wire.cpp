// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One `write` and one `read` for each value, field by field; reading is strict about types and ranges.
#include "core/shop/wire.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/print/setup_json.h"
#include "core/shop/base64_p.h"

namespace contone::shop {
namespace {

using nlohmann::json;

/// No value nests deeper than 8; a request that does would only be after our stack.
constexpr int deepest = 16;

/// Thrown while reading, caught in decoded().
struct BadField {
    std::string detail;
};

template <class T>
T valueOf(Result<T> result, const char* key) {
    if (!result) throw BadField{std::string(key) + ": " + result.error().reason + " " + result.error().detail};
    return std::move(*result);
}

const json& field(const json& j, const char* key) {
    if (!j.is_object()) throw BadField{std::string(key) + ": not in an object"};
    const auto found = j.find(key);
    if (found == j.end()) throw BadField{std::string(key) + ": missing"};
    return *found;
}

const std::string& text(const json& j, const char* key) {
    const json& value = field(j, key);
    if (!value.is_string()) throw BadField{std::string(key) + ": not text"};
    return value.get_ref<const std::string&>();
}

bool truth(const json& j, const char* key) {
    const json& value = field(j, key);
    if (!value.is_boolean()) throw BadField{std::string(key) + ": not true or false"};
    return value.get<bool>();
}

template <class Int>
Int integer(const json& j, const char* key) {
    const json& value = field(j, key);
    const bool fits = value.is_number_unsigned()
                          ? std::in_range<Int>(value.get<std::uint64_t>())
                          : value.is_number_integer() && std::in_range<Int>(value.get<std::int64_t>());
    if (!fits) throw BadField{std::string(key) + ": not a whole number in range"};
    return static_cast<Int>(value.get<std::int64_t>());
}

const json& list(const json& j, const char* key) {
    const json& value = field(j, key);
    if (!value.is_array()) throw BadField{std::string(key) + ": not a list"};
    return value;
}

Length length(const json& j, const char* key) {
    return Length::micrometres(integer<std::int64_t>(j, key));
}

template <class Id>
Id id(const json& j, const char* key) {
    return valueOf(Id::parse(text(j, key)), key);
}

std::vector<std::string> texts(const json& j, const char* key) {
    std::vector<std::string> all;
    for (const json& one : list(j, key)) {
        if (!one.is_string()) throw BadField{std::string(key) + ": not a list of texts"};
        all.push_back(one.get<std::string>());
    }
    return all;
}

constexpr Code codes[] = {Code::Invalid, Code::NotFound,    Code::Conflict,  Code::Denied,  Code::Unsupported,
                          Code::Corrupt, Code::Unavailable, Code::Cancelled, Code::Internal};

Code parseCode(const std::string& word) {
    for (const Code code : codes)
        if (word == toString(code)) return code;
    throw BadField{"code: " + word};
}

// ---- lists: their values come below

json write(const order::OrderLine&);
void read(const json&, order::OrderLine&);
json write(const order::Order&);
void read(const json&, order::Order&);
json write(const print::Sheet&);
void read(const json&, print::Sheet&);
json write(const print::PrinterSetup&);
void read(const json&, print::PrinterSetup&);
json write(const NewLine&);
void read(const json&, NewLine&);
json write(const Change&);
void read(const json&, Change&);

template <class T>
json writeAll(const std::vector<T>& values) {
    json all = json::array();
    for (const T& value : values) all.push_back(write(value));
    return all;
}
template <class T>
void readAll(const json& j, std::vector<T>& values) {
    for (const json& one : j) read(one, values.emplace_back());
}

// ---- values, each as `write` and `read` -----------------------------------------------------

json write(const Error& e) {
    return {{"code", toString(e.code)}, {"reason", e.reason}, {"message", e.message}, {"detail", e.detail}};
}
void read(const json& j, Error& e) {
    e = {parseCode(text(j, "code")), text(j, "reason"), text(j, "message"), text(j, "detail")};
}

json write(const Money& m) {
    return {{"minor", m.minor}, {"currency", m.currency}};
}
void read(const json& j, Money& m) {
    m = {integer<std::int64_t>(j, "minor"), text(j, "currency")};
}

json write(const order::OrderLine& l) {
    return {{"id", l.id.toString()}, {"original", l.original.toString()}, {"product", l.product},
            {"copies", l.copies},    {"placementJson", l.placementJson},  {"unitPrice", write(l.unitPrice)}};
}
void read(const json& j, order::OrderLine& l) {
    l.id = id<LineId>(j, "id");
    l.original = id<Sha256>(j, "original");
    l.product = text(j, "product");
    l.copies = integer<int>(j, "copies");
    l.placementJson = text(j, "placementJson");
    read(field(j, "unitPrice"), l.unitPrice);
}

json write(const order::Order& o) {
    return {{"id", o.id.toString()},      {"number", o.number},      {"lines", writeAll(o.lines)},
            {"state", toString(o.state)}, {"total", write(o.total)}, {"placedAtMs", o.placedAt.ms}};
}
void read(const json& j, order::Order& o) {
    o.id = id<OrderId>(j, "id");
    o.number = integer<int>(j, "number");
    readAll(list(j, "lines"), o.lines);
    o.state = valueOf(order::parseOrderState(text(j, "state")), "state");
    read(field(j, "total"), o.total);
    o.placedAt.ms = integer<std::int64_t>(j, "placedAtMs");
}

json write(const print::Sheet& s) {
    return {{"id", s.id.toString()},
            {"job", s.job.toString()},
            {"order", s.order.toString()},
            {"line", s.line.toString()},
            {"number", s.number},
            {"copy", s.copy},
            {"state", toString(s.state)},
            {"attempt", s.attempt.toString()},
            {"attempts", s.attempts},
            {"schedulerJob", s.schedulerJob},
            {"reason", s.reason},
            {"message", s.message},
            {"recipe", s.recipe.toString()},
            {"raster", s.raster.toString()},
            {"reprintOf", s.reprintOf ? json(s.reprintOf->toString()) : json(nullptr)},
            {"changedAtMs", s.changedAt.ms}};
}
void read(const json& j, print::Sheet& s) {
    s.id = id<SheetId>(j, "id");
    s.job = id<JobId>(j, "job");
    s.order = id<OrderId>(j, "order");
    s.line = id<LineId>(j, "line");
    s.number = integer<int>(j, "number");
    s.copy = integer<int>(j, "copy");
    s.state = valueOf(print::parseSheetState(text(j, "state")), "state");
    s.attempt = id<AttemptId>(j, "attempt");
    s.attempts = integer<int>(j, "attempts");
    s.schedulerJob = integer<int>(j, "schedulerJob");
    s.reason = text(j, "reason");
    s.message = text(j, "message");
    s.recipe = id<Sha256>(j, "recipe");
    s.raster = id<Sha256>(j, "raster");
    if (!field(j, "reprintOf").is_null()) s.reprintOf = id<SheetId>(j, "reprintOf");
    s.changedAt.ms = integer<std::int64_t>(j, "changedAtMs");
}

json write(const print::PrintJob& p) {
    return {{"id", p.id.toString()},    {"order", p.order.toString()},   {"setupName", p.setupName},
            {"setupJson", p.setupJson}, {"createdAtMs", p.createdAt.ms}, {"sheets", p.sheets}};
}
void read(const json& j, print::PrintJob& p) {
    p.id = id<JobId>(j, "id");
    p.order = id<OrderId>(j, "order");
    p.setupName = text(j, "setupName");
    p.setupJson = text(j, "setupJson");
    p.createdAt.ms = integer<std::int64_t>(j, "createdAtMs");
    p.sheets = integer<int>(j, "sheets");
}

json write(const print::PrinterSetup& s) {
    return json::parse(print::toJson(s));  // the stored form is the wire form
}
void read(const json& j, print::PrinterSetup& s) {
    s = valueOf(print::setupFromJson(j.dump()), "setup");
}

json write(const NewLine& l) {
    return {{"original", l.original.toString()},
            {"fileName", l.fileName},
            {"product", l.product},
            {"copies", l.copies},
            {"choices", json::parse(toJson(l.choices))}};
}
void read(const json& j, NewLine& l) {
    l.original = id<Sha256>(j, "original");
    l.fileName = text(j, "fileName");
    l.product = text(j, "product");
    l.copies = integer<int>(j, "copies");
    l.choices = valueOf(choicesFromJson(field(j, "choices").dump()), "choices");
}

json write(const NewOrder& o) {
    return {{"lines", writeAll(o.lines)}, {"customerName", o.customerName}, {"actor", o.actor}};
}
void read(const json& j, NewOrder& o) {
    readAll(list(j, "lines"), o.lines);
    o.customerName = text(j, "customerName");
    o.actor = text(j, "actor");
}

json write(const Edges& e) {
    return {{"leftUm", e.left.um()}, {"topUm", e.top.um()}, {"rightUm", e.right.um()}, {"bottomUm", e.bottom.um()}};
}
void read(const json& j, Edges& e) {
    e = {length(j, "leftUm"), length(j, "topUm"), length(j, "rightUm"), length(j, "bottomUm")};
}

constexpr const char* asIs = "as-is";
constexpr const char* compensate = "compensate";

json write(const NewSetup& s) {
    return {{"name", s.name},
            {"route", {{"kind", toString(s.route.kind)}, {"uri", s.route.uri}}},
            {"model", s.model},
            {"medium", s.medium},
            {"finish", s.finish},
            {"profileBytes", toBase64(s.profileBytes)},
            {"intent", icc::toString(s.intent)},
            {"blackPoint", s.blackPoint == icc::BlackPoint::AsIs ? asIs : compensate},
            {"offsetXUm", s.offsetX.um()},
            {"offsetYUm", s.offsetY.um()},
            {"extraOverscan", write(s.extraOverscan)},
            {"actor", s.actor}};
}
void read(const json& j, NewSetup& s) {
    s.name = text(j, "name");
    const json& route = field(j, "route");
    s.route.kind = valueOf(print::parseRouteKind(text(route, "kind")), "kind");
    s.route.uri = text(route, "uri");
    s.model = text(j, "model");
    s.medium = text(j, "medium");
    s.finish = text(j, "finish");
    s.profileBytes = valueOf(fromBase64(text(j, "profileBytes")), "profileBytes");
    s.intent = valueOf(icc::parseIntent(text(j, "intent")), "intent");
    const std::string& blackPoint = text(j, "blackPoint");
    if (blackPoint != asIs && blackPoint != compensate) throw BadField{"blackPoint: " + blackPoint};
    s.blackPoint = blackPoint == asIs ? icc::BlackPoint::AsIs : icc::BlackPoint::Compensate;
    s.offsetX = length(j, "offsetXUm");
    s.offsetY = length(j, "offsetYUm");
    read(field(j, "extraOverscan"), s.extraOverscan);
    s.actor = text(j, "actor");
}

json write(const SetupStatus& s) {
    return {{"setup", s.setup},
            {"ready", s.ready},
            {"sentences", s.sentences},
            {"openSheets", s.openSheets},
            {"unknownSheets", s.unknownSheets},
            {"seenAtMs", s.seenAt.ms}};
}
void read(const json& j, SetupStatus& s) {
    s.setup = text(j, "setup");
    s.ready = truth(j, "ready");
    s.sentences = texts(j, "sentences");
    s.openSheets = integer<int>(j, "openSheets");
    s.unknownSheets = integer<int>(j, "unknownSheets");
    s.seenAt.ms = integer<std::int64_t>(j, "seenAtMs");
}

json write(const Change& c) {
    return {{"position", c.position}, {"type", c.type}, {"stream", c.stream}, {"json", c.json}};
}
void read(const json& j, Change& c) {
    c = {integer<std::int64_t>(j, "position"), text(j, "type"), text(j, "stream"), text(j, "json")};
}

json write(const SheetRecord& r) {
    return {{"sheet", write(r.sheet)}, {"recipeJson", r.recipeJson}, {"setupJson", r.setupJson}};
}
void read(const json& j, SheetRecord& r) {
    read(field(j, "sheet"), r.sheet);
    r.recipeJson = text(j, "recipeJson");
    r.setupJson = text(j, "setupJson");
}

json write(const PrintCommand& c) {
    return {{"setup", c.setup}, {"actor", c.actor}};
}
void read(const json& j, PrintCommand& c) {
    c = {text(j, "setup"), text(j, "actor")};
}

json write(const SettleCommand& c) {
    return {{"verdict", toString(c.verdict)}, {"reason", c.reason}, {"actor", c.actor}};
}
void read(const json& j, SettleCommand& c) {
    c = {valueOf(parseVerdict(text(j, "verdict")), "verdict"), text(j, "reason"), text(j, "actor")};
}

json write(const ReprintCommand& c) {
    return {{"reason", c.reason}, {"actor", c.actor}};
}
void read(const json& j, ReprintCommand& c) {
    c = {text(j, "reason"), text(j, "actor")};
}

json write(const CancelCommand& c) {
    return {{"reason", c.reason}, {"actor", c.actor}};
}
void read(const json& j, CancelCommand& c) {
    c = {text(j, "reason"), text(j, "actor")};
}

json write(const EraseCommand& c) {
    return {{"actor", c.actor}};
}
void read(const json& j, EraseCommand& c) {
    c = {text(j, "actor")};
}

json write(const VerifyCommand& c) {
    return {{"actor", c.actor}};
}
void read(const json& j, VerifyCommand& c) {
    c = {text(j, "actor")};
}

json write(const StoredOriginal& s) {
    return {{"original", s.original.toString()}};
}
void read(const json& j, StoredOriginal& s) {
    s = {id<Sha256>(j, "original")};
}

template <class T>
json write(const std::vector<T>& values) {
    return {{"items", writeAll(values)}};
}
template <class T>
void read(const json& j, std::vector<T>& values) {
    readAll(list(j, "items"), values);
}

}  // namespace

template <class T>
std::string encoded(const T& value) {
    return write(value).dump(-1, ' ', false, json::error_handler_t::replace);
}

template <class T>
Result<T> decoded(std::string_view text) {
    constexpr const char* sentence = "The request is not written correctly. Update both programs to the same version.";
    try {
        const json j = json::parse(text, [](int depth, json::parse_event_t, json&) {
            if (depth > deepest) throw BadField{"nested too deeply"};
            return true;
        });
        T value;
        read(j, value);
        return value;
    } catch (const BadField& bad) {
        return fail(Code::Invalid, "bad-request", sentence, bad.detail);
    } catch (const json::exception& e) {
        return fail(Code::Invalid, "bad-request", sentence, e.what());
    }
}

#define CONTONE_WIRE(T)                     \
    template std::string encoded(const T&); \
    template Result<T> decoded<T>(std::string_view)
CONTONE_WIRE(Error);
CONTONE_WIRE(order::Order);
CONTONE_WIRE(std::vector<order::Order>);
CONTONE_WIRE(print::Sheet);
CONTONE_WIRE(std::vector<print::Sheet>);
CONTONE_WIRE(print::PrintJob);
CONTONE_WIRE(print::PrinterSetup);
CONTONE_WIRE(std::vector<print::PrinterSetup>);
CONTONE_WIRE(NewOrder);
CONTONE_WIRE(NewSetup);
CONTONE_WIRE(SetupStatus);
CONTONE_WIRE(Change);
CONTONE_WIRE(std::vector<Change>);
CONTONE_WIRE(SheetRecord);
CONTONE_WIRE(PrintCommand);
CONTONE_WIRE(SettleCommand);
CONTONE_WIRE(ReprintCommand);
CONTONE_WIRE(CancelCommand);
CONTONE_WIRE(EraseCommand);
CONTONE_WIRE(VerifyCommand);
CONTONE_WIRE(StoredOriginal);
#undef CONTONE_WIRE

}  // namespace contone::shop
