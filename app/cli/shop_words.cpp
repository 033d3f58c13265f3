// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The words of the ledger.
#include "app/cli/shop_words.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>

#include "core/image/orientation_words.h"
#include "core/json/json.h"
#include "core/print/page.h"
#include "core/words/sentences.h"

namespace contone::cli {

using nlohmann::json;

namespace {

json describe(const Sha256& original, const order::PhotoChoices& choices) {
    return {{"original", original.toString()},
            {"adjustments", image::toText(choices.adjustments)},
            {"asSent", choices.asSent},
            {"turn", toString(choices.turn.by)},
            {"straightenDegrees", choices.turn.straighten / 100.0}};
}

}  // namespace

json describe(const order::Order& order) {
    json lines = json::array();
    for (const order::OrderLine& line : order.lines) {
        json photos = json::array();
        if (line.design) {
            for (const order::DesignPhoto& photo : line.design->photos)
                photos.push_back(describe(photo.original, photo.choices));
        } else {
            photos.push_back(describe(line.original, line.choices));
        }
        lines.push_back({{"id", line.id.toString()},
                         {"product", line.product},
                         {"copies", line.copies},
                         {"price", toString(line.price)},
                         {"design", line.design ? json(line.design->layout.toString()) : json()},
                         {"photos", photos}});
    }
    return {{"id", order.id.toString()},
            {"number", order.number},
            {"code", order.code.toString()},
            {"standing", order::toString(order.standing())},
            {"state", order::toString(order.state)},
            {"payment", order::toString(order.payment)},
            {"production", order::toString(order.production)},
            {"reason", order.reason},
            {"total", toString(order.price.total)},
            {"placedAt", toString(order.placedAt)},
            {"lines", lines}};
}

json describe(const print::Sheet& sheet) {
    return {{"id", sheet.id.toString()},
            {"order", sheet.order.toString()},
            {"job", sheet.job.toString()},
            {"number", sheet.number},
            {"copy", sheet.copy},
            {"state", print::toString(sheet.state)},
            {"attempt", sheet.attempt.toString()},
            {"attempts", sheet.attempts},
            {"schedulerJob", sheet.schedulerJob},
            {"reason", sheet.reason},
            {"message", sheet.message},
            {"recipe", sheet.recipe.toString()},
            {"raster", sheet.raster.isNone() ? json() : json(sheet.raster.toString())},
            {"fingerprint", sheet.fingerprint.empty() ? json() : json(sheet.fingerprint)},
            {"reprintOf", sheet.reprintOf ? json(sheet.reprintOf->toString()) : json()},
            {"reprint", sheet.reprint ? json({{"reason", toString(sheet.reprint->reason)},
                                              {"owner", toString(sheet.reprint->owner)}})
                                      : json()},
            {"movedFrom", sheet.movedFrom ? json(sheet.movedFrom->toString()) : json()},
            {"changedAt", toString(sheet.changedAt)}};
}

json describe(const print::PrintJob& job) {
    return {{"id", job.id.toString()}, {"order", job.order.toString()},       {"setup", job.setup.name},
            {"sheets", job.sheets},    {"priority", toString(job.priority)},  {"held", job.heldReason},
            {"engine", job.engine},    {"createdAt", toString(job.createdAt)}};
}

json describe(const shop::OrderCheck& check) {
    return json::parse(contone::json::write(check));
}

json describe(const print::PrinterSetup& setup) {
    json verification;
    if (const auto& v = setup.verification)
        verification = {{"passed", v->passed},   {"atLeastOnce", v->atLeastOnce},
                        {"at", toString(v->at)}, {"fingerprint", v->fingerprint.toString()},
                        {"proved", v->verified}, {"problems", v->problems}};
    return {{"name", setup.name},
            {"route", print::toString(setup.route.kind)},
            {"uri", setup.route.uri},
            {"model", setup.model},
            {"medium", setup.medium},
            {"finish", setup.finish},
            {"profile", {{"name", setup.profileName}, {"sha256", setup.profile.toString()}}},
            {"intent", icc::toString(setup.intent)},
            {"blackPointCompensation", setup.blackPoint == icc::BlackPoint::Compensate},
            {"sharpen", render::toString(setup.sharpening.level)},
            {"calibration",
             {{"offsetXMm", setup.calibration.offsetX.mm()},
              {"offsetYMm", setup.calibration.offsetY.mm()},
              {"extraLeftMm", setup.calibration.extraOverscan.left.mm()},
              {"extraTopMm", setup.calibration.extraOverscan.top.mm()},
              {"extraRightMm", setup.calibration.extraOverscan.right.mm()},
              {"extraBottomMm", setup.calibration.extraOverscan.bottom.mm()}}},
            {"pool", setup.pool},
            {"lowPrints", setup.lowPrints},
            {"verification", verification}};
}

std::string sentence(const print::Sheet& sheet) {
    std::string text = fmt::format("sheet {} (copy {}): {}", sheet.number, sheet.copy, print::toString(sheet.state));
    if (!sheet.message.empty()) text += " – " + sheet.message;
    return text;
}

std::string localTime(Instant instant) {
    const std::time_t seconds = instant.ms / 1000, now = std::time(nullptr);
    std::tm then{}, today{};
    ::localtime_r(&seconds, &then);
    ::localtime_r(&now, &today);
    return then.tm_year == today.tm_year ? fmt::format("{:%e %b %H:%M}", then) : fmt::format("{:%e %b  %Y}", then);
}

std::string OrderNumbers::of(OrderId id) {
    if (const auto known = m_known.find(id); known != m_known.end()) return known->second;
    const auto order = m_shop.ask(shop::ShowOrder{id});
    const bool isCalibration =
        order && !order->lines.empty() && order->lines.front().product == print::calibrationProduct;
    const std::string number = order ? std::to_string(order->number) : id.toString();
    return m_known[id] = (isCalibration ? "calibration " : "order ") + number;
}

void sayFindings(Context& context, const order::Order& order, const shop::OrderCheck& check) {
    for (std::size_t i = 0; i < check.lines.size() && i < order.lines.size(); i++)
        for (const findings::Finding& one : check.lines[i].findings) {
            if (one.severity == findings::Severity::Good) continue;
            const auto waiver = std::ranges::find(check.waivers, one, &findings::Waiver::finding);
            context.say(fmt::format("  Photo {} ({}): {}{}", i + 1, order.lines[i].product,
                                    words::sentence(context.locale(), one),
                                    waiver == check.waivers.end()
                                        ? ""
                                        : fmt::format(" Accepted by {}, {}.", waiver->who, localTime(waiver->when))));
        }
}

Result<order::Order> findOrder(shop::Shop& shop, const std::string& text) {
    if (!text.empty() && text.size() < 10 && std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c); }))
        return shop.ask(shop::FindOrder{std::stoi(text)});
    if (const auto id = OrderId::parse(text)) return shop.ask(shop::ShowOrder{*id});
    return shop.ask(shop::FindOrder{.code = text});
}

}  // namespace contone::cli
