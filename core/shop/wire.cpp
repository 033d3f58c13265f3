// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One `write` and one `read` for each value, field by field; reading is strict about types and ranges.
#include "core/shop/wire.h"

#include "core/print/setup_json.h"
#include "core/shop/base64_p.h"
#include "core/shop/wire_fields_p.h"

namespace contone::shop {
namespace {

using namespace wire;

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
            {"choices", json::parse(order::toJson(l.choices))}};
}
void read(const json& j, NewLine& l) {
    l.original = id<Sha256>(j, "original");
    l.fileName = text(j, "fileName");
    l.product = text(j, "product");
    l.copies = integer<int>(j, "copies");
    l.choices = valueOf(order::choicesFromJson(field(j, "choices").dump()), "choices");
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
            {"sharpen", render::toString(s.sharpen)},
            {"offsetXUm", s.calibration.offsetX.um()},
            {"offsetYUm", s.calibration.offsetY.um()},
            {"extraOverscan", write(s.calibration.extraOverscan)},
            {"pool", s.pool},
            {"lowPrints", s.lowPrints},
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
    s.sharpen = valueOf(render::parseSharpenLevel(text(j, "sharpen")), "sharpen");
    s.calibration.offsetX = length(j, "offsetXUm");
    s.calibration.offsetY = length(j, "offsetYUm");
    read(field(j, "extraOverscan"), s.calibration.extraOverscan);
    s.pool = textOr(j, "pool", "");
    if (j.contains("lowPrints")) s.lowPrints = integer<int>(j, "lowPrints");
    s.actor = text(j, "actor");
}

json write(const Change& c) {
    return {{"position", c.position}, {"type", c.type}, {"stream", c.stream}, {"json", c.json}};
}
void read(const json& j, Change& c) {
    c = {integer<std::int64_t>(j, "position"), text(j, "type"), text(j, "stream"), text(j, "json")};
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

CONTONE_WIRE(Error);
CONTONE_WIRE(order::Order);
CONTONE_WIRE(std::vector<order::Order>);
CONTONE_WIRE(print::PrinterSetup);
CONTONE_WIRE(std::vector<print::PrinterSetup>);
CONTONE_WIRE(NewOrder);
CONTONE_WIRE(NewSetup);
CONTONE_WIRE(Change);
CONTONE_WIRE(std::vector<Change>);
CONTONE_WIRE(CancelCommand);
CONTONE_WIRE(EraseCommand);
CONTONE_WIRE(VerifyCommand);
CONTONE_WIRE(StoredOriginal);

}  // namespace contone::shop
