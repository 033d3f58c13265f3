// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The form in JSON of orders, sheets, jobs and setups: values of folders that know nothing of the shop or of JSON.
#pragma once

#include "core/json/json.h"
#include "core/order/choices_fields.h"
#include "core/order/order.h"
#include "core/print/calibration.h"
#include "core/print/pool.h"
#include "core/print/setup_status.h"
#include "core/print/sheet.h"
#include "core/render/page_cache.h"

namespace contone::render {

constexpr auto fieldsOf(std::type_identity<Sharpening>) {
    return json::list(json::field("level", &Sharpening::level), json::field("radiusUm", &Sharpening::radiusUm),
                      json::field("amountPermille", &Sharpening::amountPermille),
                      json::field("overshootPermille", &Sharpening::overshootPermille));
}
constexpr auto fieldsOf(std::type_identity<PageDifference>) {
    return json::list(json::field("pixels", &PageDifference::pixels),
                      json::field("differing", &PageDifference::differing),
                      json::field("meanDeltaE2000", &PageDifference::meanDeltaE),
                      json::field("maxDeltaE2000", &PageDifference::maxDeltaE));
}

}  // namespace contone::render

namespace contone::order {

constexpr auto fieldsOf(std::type_identity<Event>) {
    return json::list(json::field("id", &Event::id), json::field("origin", &Event::origin),
                      json::field("originSeq", &Event::originSeq), json::field("stream", &Event::stream),
                      json::field("streamSeq", &Event::streamSeq), json::field("type", &Event::type),
                      json::field("schemaVersion", &Event::schemaVersion), json::field("causation", &Event::causation),
                      json::field("json", &Event::json), json::field("atMs", &Event::at),
                      json::field("actor", &Event::actor), json::field("hash", &Event::hash));
}
constexpr auto fieldsOf(std::type_identity<DesignPhoto>) {
    return json::list(json::field("original", &DesignPhoto::original),
                      json::field("choices", &DesignPhoto::choices, json::Absent::KeepsDefault));
}
constexpr auto fieldsOf(std::type_identity<PageDesign>) {
    return json::list(json::field("layout", &PageDesign::layout), json::field("photos", &PageDesign::photos));
}
constexpr auto fieldsOf(std::type_identity<OrderLine>) {
    return json::list(json::field("id", &OrderLine::id), json::field("original", &OrderLine::original),
                      json::field("product", &OrderLine::product), json::field("copies", &OrderLine::copies),
                      json::field("choices", &OrderLine::choices), json::field("price", &OrderLine::price),
                      json::field("design", &OrderLine::design));
}
constexpr auto fieldsOf(std::type_identity<AgreedPrice>) {
    return json::list(json::field("total", &AgreedPrice::total), json::field("quote", &AgreedPrice::quote));
}
constexpr auto fieldsOf(std::type_identity<Order>) {
    return json::list(json::field("id", &Order::id), json::field("number", &Order::number),
                      json::field("code", &Order::code), json::field("lines", &Order::lines),
                      json::field("state", &Order::state), json::field("payment", &Order::payment),
                      json::field("production", &Order::production), json::field("reason", &Order::reason),
                      json::field("newer", &Order::newer), json::field("price", &Order::price),
                      json::field("placedAtMs", &Order::placedAt));
}

}  // namespace contone::order

namespace contone::print {

constexpr auto fieldsOf(std::type_identity<ReprintCase>) {
    return json::list(json::field("reason", &ReprintCase::reason), json::field("owner", &ReprintCase::owner));
}
constexpr auto fieldsOf(std::type_identity<Sheet>) {
    return json::list(json::field("id", &Sheet::id), json::field("job", &Sheet::job),
                      json::field("order", &Sheet::order), json::field("line", &Sheet::line),
                      json::field("number", &Sheet::number), json::field("copy", &Sheet::copy),
                      json::field("state", &Sheet::state), json::field("attempt", &Sheet::attempt),
                      json::field("attempts", &Sheet::attempts), json::field("schedulerJob", &Sheet::schedulerJob),
                      json::field("reason", &Sheet::reason), json::field("message", &Sheet::message),
                      json::field("recipe", &Sheet::recipe), json::field("raster", &Sheet::raster),
                      json::field("fingerprint", &Sheet::fingerprint), json::field("reprintOf", &Sheet::reprintOf),
                      json::field("changedAtMs", &Sheet::changedAt), json::field("reprint", &Sheet::reprint),
                      json::field("movedFrom", &Sheet::movedFrom));
}
constexpr auto fieldsOf(std::type_identity<PrintJob>) {
    return json::list(json::field("id", &PrintJob::id), json::field("order", &PrintJob::order),
                      json::field("setup", &PrintJob::setup), json::field("createdAtMs", &PrintJob::createdAt),
                      json::field("sheets", &PrintJob::sheets), json::field("priority", &PrintJob::priority),
                      json::field("heldReason", &PrintJob::heldReason),
                      json::field("releasedAtMs", &PrintJob::releasedAt), json::field("engine", &PrintJob::engine));
}
constexpr auto fieldsOf(std::type_identity<JobTally>) {
    return json::list(json::field("job", &JobTally::job), json::field("waiting", &JobTally::waiting),
                      json::field("onTheWay", &JobTally::onTheWay), json::field("unknown", &JobTally::unknown),
                      json::field("out", &JobTally::out), json::field("spoiled", &JobTally::spoiled),
                      json::field("cancelled", &JobTally::cancelled));
}
constexpr auto fieldsOf(std::type_identity<Spoilage>) {
    return json::list(json::field("out", &Spoilage::out), json::field("spoiled", &Spoilage::spoiled),
                      json::field("reprints", &Spoilage::reprints));
}
constexpr auto fieldsOf(std::type_identity<Supply>) {
    return json::list(json::field("kind", &Supply::kind), json::field("name", &Supply::name),
                      json::field("percent", &Supply::percent), json::field("prints", &Supply::prints),
                      json::field("low", &Supply::low, json::Absent::KeepsDefault));
}
constexpr auto fieldsOf(std::type_identity<Notice>) {
    return json::list(json::field("reason", &Notice::reason), json::field("message", &Notice::message));
}
constexpr auto fieldsOf(std::type_identity<SetupStatus>) {
    return json::list(
        json::field("setup", &SetupStatus::setup), json::field("ready", &SetupStatus::ready),
        json::field("notices", &SetupStatus::notices), json::field("openSheets", &SetupStatus::openSheets),
        json::field("unknownSheets", &SetupStatus::unknownSheets), json::field("seenAtMs", &SetupStatus::seenAt),
        json::field("supplies", &SetupStatus::supplies), json::field("printsLeft", &SetupStatus::printsLeft),
        json::field("low", &SetupStatus::low), json::field("paused", &SetupStatus::paused),
        json::field("heldJobs", &SetupStatus::heldJobs), json::field("otherSetups", &SetupStatus::otherSetups));
}
constexpr auto fieldsOf(std::type_identity<MediaCheck>) {
    return json::list(json::field("answer", &MediaCheck::answer), json::field("needed", &MediaCheck::needed),
                      json::field("printsLeft", &MediaCheck::printsLeft),
                      json::field("sentence", &MediaCheck::sentence));
}
constexpr auto fieldsOf(std::type_identity<FourReadings>) {
    return json::list(json::field("leftUm", &FourReadings::left), json::field("topUm", &FourReadings::top),
                      json::field("rightUm", &FourReadings::right), json::field("bottomUm", &FourReadings::bottom));
}
constexpr auto fieldsOf(std::type_identity<Calibration>) {
    return json::list(json::field("offsetXUm", &Calibration::offsetX), json::field("offsetYUm", &Calibration::offsetY),
                      json::field("extraOverscan", &Calibration::extraOverscan));
}
constexpr auto fieldsOf(std::type_identity<Route>) {
    return json::list(json::field("kind", &Route::kind), json::field("uri", &Route::uri));
}
constexpr auto fieldsOf(std::type_identity<Verification>) {
    return json::list(json::field("passed", &Verification::passed),
                      json::field("atLeastOnce", &Verification::atLeastOnce), json::field("atMs", &Verification::at),
                      json::field("fingerprint", &Verification::fingerprint),
                      json::field("proved", &Verification::verified), json::field("problems", &Verification::problems));
}
constexpr auto fieldsOf(std::type_identity<PrinterSetup>) {
    return json::list(
        json::field("name", &PrinterSetup::name), json::field("route", &PrinterSetup::route),
        json::field("model", &PrinterSetup::model), json::field("medium", &PrinterSetup::medium),
        json::field("finish", &PrinterSetup::finish), json::field("profile", &PrinterSetup::profile),
        json::field("profileName", &PrinterSetup::profileName), json::field("intent", &PrinterSetup::intent),
        json::field("blackPoint", &PrinterSetup::blackPoint), json::field("sharpening", &PrinterSetup::sharpening),
        json::field("calibration", &PrinterSetup::calibration), json::field("pool", &PrinterSetup::pool),
        json::field("lowPrints", &PrinterSetup::lowPrints), json::field("verification", &PrinterSetup::verification));
}

}  // namespace contone::print
