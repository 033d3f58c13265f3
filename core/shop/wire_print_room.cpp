// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The values of the print room: jobs, printers, and what people say about them.
#include <array>

#include "core/shop/wire_sheets_p.h"

namespace contone::shop {
namespace {

using namespace wire;

// In lists; their values come below.
using wire::read, wire::write;
json write(const print::JobTally&);
void read(const json&, print::JobTally&);
json write(const print::Supply&);
void read(const json&, print::Supply&);

template <class T>
json writeAll(const std::vector<T>& values) {
    json all = json::array();
    for (const T& value : values) all.push_back(write(value));
    return all;
}

json write(const print::PrintJob& p) {
    return {{"id", p.id.toString()},
            {"order", p.order.toString()},
            {"setupName", p.setupName},
            {"setupJson", p.setupJson},
            {"createdAtMs", p.createdAt.ms},
            {"sheets", p.sheets},
            {"priority", toString(p.priority)},
            {"heldReason", p.heldReason},
            {"releasedAtMs", p.releasedAt.ms},
            {"engine", p.engine}};
}
void read(const json& j, print::PrintJob& p) {
    p.id = id<JobId>(j, "id");
    p.order = id<OrderId>(j, "order");
    p.setupName = text(j, "setupName");
    p.setupJson = text(j, "setupJson");
    p.createdAt.ms = integer<std::int64_t>(j, "createdAtMs");
    p.sheets = integer<int>(j, "sheets");
    p.priority = valueOf(print::parsePriority(text(j, "priority")), "priority");
    p.heldReason = text(j, "heldReason");
    p.releasedAt.ms = integer<std::int64_t>(j, "releasedAtMs");
    p.engine = text(j, "engine");
}

json write(const SheetRecord& r) {
    return {{"sheet", write(r.sheet)}, {"recipeJson", r.recipeJson}, {"setupJson", r.setupJson}, {"job", write(r.job)}};
}
void read(const json& j, SheetRecord& r) {
    read(field(j, "sheet"), r.sheet);
    r.recipeJson = text(j, "recipeJson");
    r.setupJson = text(j, "setupJson");
    read(field(j, "job"), r.job);
}

json write(const SheetComparison& c) {
    json difference;
    if (const auto& d = c.difference)
        difference = {{"pixels", d->pixels},
                      {"differing", d->differing},
                      {"meanDeltaE2000", d->meanDeltaE},
                      {"maxDeltaE2000", d->maxDeltaE}};
    return {{"recorded", c.recorded.toString()},
            {"now", c.now.toString()},
            {"recordedFingerprint", c.recordedFingerprint},
            {"nowFingerprint", c.nowFingerprint},
            {"difference", difference}};
}
void read(const json& j, SheetComparison& c) {
    c.recorded = id<Sha256>(j, "recorded");
    c.now = id<Sha256>(j, "now");
    c.recordedFingerprint = text(j, "recordedFingerprint");
    c.nowFingerprint = text(j, "nowFingerprint");
    if (const json& d = field(j, "difference"); !d.is_null())
        c.difference = render::PageDifference{integer<std::int64_t>(d, "pixels"), integer<std::int64_t>(d, "differing"),
                                              real(d, "meanDeltaE2000"), real(d, "maxDeltaE2000")};
}

json write(const print::JobTally& t) {
    return {{"job", write(t.job)}, {"waiting", t.waiting}, {"onTheWay", t.onTheWay},  {"unknown", t.unknown},
            {"out", t.out},        {"spoiled", t.spoiled}, {"cancelled", t.cancelled}};
}
void read(const json& j, print::JobTally& t) {
    read(field(j, "job"), t.job);
    t.waiting = integer<int>(j, "waiting");
    t.onTheWay = integer<int>(j, "onTheWay");
    t.unknown = integer<int>(j, "unknown");
    t.out = integer<int>(j, "out");
    t.spoiled = integer<int>(j, "spoiled");
    t.cancelled = integer<int>(j, "cancelled");
}

constexpr std::array<std::pair<print::Supply::Kind, const char*>, 4> supplyKinds{
    {{print::Supply::Kind::Media, "media"},
     {print::Supply::Kind::Ribbon, "ribbon"},
     {print::Supply::Kind::Ink, "ink"},
     {print::Supply::Kind::Other, "other"}}};

json write(const print::Supply& s) {
    json kind;
    for (const auto& [one, word] : supplyKinds)
        if (one == s.kind) kind = word;
    return {{"kind", kind}, {"name", s.name}, {"percent", orNull(s.percent)}, {"prints", orNull(s.prints)}};
}
void read(const json& j, print::Supply& s) {
    const std::string& kind = text(j, "kind");
    bool known = false;
    for (const auto& [one, word] : supplyKinds)
        if (kind == word) {
            s.kind = one;
            known = true;
        }
    if (!known) throw BadField{"kind: " + kind};
    s.name = text(j, "name");
    s.percent = integerOrNull<int>(j, "percent");
    s.prints = integerOrNull<int>(j, "prints");
}

json write(const SetupStatus& s) {
    return {{"setup", s.setup},
            {"ready", s.ready},
            {"sentences", s.sentences},
            {"openSheets", s.openSheets},
            {"unknownSheets", s.unknownSheets},
            {"seenAtMs", s.seenAt.ms},
            {"obstacles", s.obstacles},
            {"supplies", writeAll(s.supplies)},
            {"printsLeft", orNull(s.printsLeft)},
            {"low", s.low},
            {"paused", s.paused},
            {"heldJobs", s.heldJobs},
            {"otherSetups", s.otherSetups}};
}
void read(const json& j, SetupStatus& s) {
    s.setup = text(j, "setup");
    s.ready = truth(j, "ready");
    s.sentences = texts(j, "sentences");
    s.openSheets = integer<int>(j, "openSheets");
    s.unknownSheets = integer<int>(j, "unknownSheets");
    s.seenAt.ms = integer<std::int64_t>(j, "seenAtMs");
    s.obstacles = texts(j, "obstacles");
    for (const json& one : list(j, "supplies")) read(one, s.supplies.emplace_back());
    s.printsLeft = integerOrNull<int>(j, "printsLeft");
    s.low = truth(j, "low");
    s.paused = truth(j, "paused");
    s.heldJobs = integer<int>(j, "heldJobs");
    s.otherSetups = texts(j, "otherSetups");
}

json write(const PrintWish& w) {
    return {{"setup", w.setup}, {"pool", w.pool}, {"priority", toString(w.priority)}, {"actor", w.actor}};
}
void read(const json& j, PrintWish& w) {
    w.setup = text(j, "setup");
    w.pool = textOr(j, "pool", "");
    w.priority = valueOf(print::parsePriority(textOr(j, "priority", "in-store")), "priority");
    w.actor = text(j, "actor");
}

constexpr const char* nothing = "nothing";
constexpr const char* reprintIt = "reprint";

json write(const Settlement& s) {
    return {{"verdict", toString(s.verdict)},
            {"reason", s.reason},
            {"then", s.then == AndThen::Reprint ? reprintIt : nothing},
            {"owner", toString(s.owner)},
            {"actor", s.actor}};
}
void read(const json& j, Settlement& s) {
    s.verdict = valueOf(parseVerdict(text(j, "verdict")), "verdict");
    s.reason = text(j, "reason");
    const std::string then = textOr(j, "then", nothing);
    if (then != nothing && then != reprintIt) throw BadField{"then: " + then};
    s.then = then == reprintIt ? AndThen::Reprint : AndThen::Nothing;
    s.owner = valueOf(print::parseCostOwner(textOr(j, "owner", "shop")), "owner");
    s.actor = text(j, "actor");
}

json write(const Settled& s) {
    return {{"sheet", write(s.sheet)}, {"reprint", s.reprint ? write(*s.reprint) : json(nullptr)}};
}
void read(const json& j, Settled& s) {
    read(field(j, "sheet"), s.sheet);
    if (!field(j, "reprint").is_null()) read(field(j, "reprint"), s.reprint.emplace());
}

json write(const ReprintCommand& c) {
    json j = write(c.why);
    j["actor"] = c.actor;
    return j;
}
void read(const json& j, ReprintCommand& c) {
    read(j, c.why);
    c.actor = text(j, "actor");
}

json write(const MoveCommand& c) {
    return {{"setup", c.setup}, {"actor", c.actor}};
}
void read(const json& j, MoveCommand& c) {
    c = {text(j, "setup"), text(j, "actor")};
}

json write(const PriorityCommand& c) {
    return {{"priority", toString(c.priority)}, {"actor", c.actor}};
}
void read(const json& j, PriorityCommand& c) {
    c = {valueOf(print::parsePriority(text(j, "priority")), "priority"), text(j, "actor")};
}

json write(const CalibrateCommand& c) {
    const print::FourReadings& r = c.readings;
    return {{"leftUm", r.left.um()},
            {"topUm", r.top.um()},
            {"rightUm", r.right.um()},
            {"bottomUm", r.bottom.um()},
            {"actor", c.actor}};
}
void read(const json& j, CalibrateCommand& c) {
    c.readings = {length(j, "leftUm"), length(j, "topUm"), length(j, "rightUm"), length(j, "bottomUm")};
    c.actor = text(j, "actor");
}

json write(const EnoughQuery& q) {
    json lines = json::array();
    for (const EnoughQuery::Line& line : q.lines) lines.push_back({{"product", line.product}, {"copies", line.copies}});
    return {{"order", q.order ? json(q.order->toString()) : json(nullptr)},
            {"lines", lines},
            {"setup", q.setup},
            {"pool", q.pool}};
}
void read(const json& j, EnoughQuery& q) {
    if (!field(j, "order").is_null()) q.order = id<OrderId>(j, "order");
    for (const json& line : list(j, "lines")) q.lines.push_back({text(line, "product"), integer<int>(line, "copies")});
    q.setup = text(j, "setup");
    q.pool = text(j, "pool");
}

json write(const print::Enough& e) {
    return {{"answer", toString(e.answer)},
            {"needed", e.needed},
            {"printsLeft", orNull(e.printsLeft)},
            {"sentence", e.sentence}};
}
void read(const json& j, print::Enough& e) {
    e.answer = valueOf(print::parseEnoughAnswer(text(j, "answer")), "answer");
    e.needed = integer<int>(j, "needed");
    e.printsLeft = integerOrNull<int>(j, "printsLeft");
    e.sentence = text(j, "sentence");
}

void readCounts(const json& j, std::map<std::string, int>& counts) {
    if (!j.is_object()) throw BadField{"counts: not an object"};
    for (const auto& [word, count] : j.items()) {
        if (!count.is_number_integer() || !std::in_range<int>(count.get<std::int64_t>()))
            throw BadField{word + ": not a whole number in range"};
        counts[word] = count.get<int>();
    }
}

json write(const print::Spoilage& s) {
    return {{"out", s.out}, {"spoiled", s.spoiled}, {"reprints", s.reprints}};
}
void read(const json& j, print::Spoilage& s) {
    s.out = integer<int>(j, "out");
    readCounts(field(j, "spoiled"), s.spoiled);
    readCounts(field(j, "reprints"), s.reprints);
}

template <class T>
json write(const std::vector<T>& values) {
    return {{"items", writeAll(values)}};
}
template <class T>
void read(const json& j, std::vector<T>& values) {
    for (const json& one : list(j, "items")) read(one, values.emplace_back());
}

}  // namespace

CONTONE_WIRE(print::PrintJob);
CONTONE_WIRE(std::vector<print::JobTally>);
CONTONE_WIRE(SheetRecord);
CONTONE_WIRE(SheetComparison);
CONTONE_WIRE(SetupStatus);
CONTONE_WIRE(PrintWish);
CONTONE_WIRE(Settlement);
CONTONE_WIRE(Settled);
CONTONE_WIRE(ReprintCommand);
CONTONE_WIRE(MoveCommand);
CONTONE_WIRE(PriorityCommand);
CONTONE_WIRE(CalibrateCommand);
CONTONE_WIRE(EnoughQuery);
CONTONE_WIRE(print::Enough);
CONTONE_WIRE(print::Spoilage);

}  // namespace contone::shop
