// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders: the rules of placing, the reducer, who owns which stream, events as JSON and their upcasters.
#include <QTest>

#include "core/order/order_event.h"
#include "core/order/read_json.h"

using namespace contone;
using namespace contone::order;

namespace {

const SystemClock systemClock;

OrderLine line(int copies, std::int64_t price) {
    return {LineId::generate(systemClock), Sha256::of("photo"), "10x15", copies, {.fit = Fit::Whole}, {price, "EUR"}};
}

const AgreedPrice agreed{{355, "EUR"}, R"({"lines":[]})"};

Event envelope(std::string type, int version, std::string json) {
    Event e;
    e.stream = orderStream(OrderId::generate(systemClock));
    e.streamSeq = 1;
    e.type = std::move(type);
    e.schemaVersion = version;
    e.json = std::move(json);
    return e;
}

// An imagined older form of order-cancelled, which called the reason "why".
Result<std::string> whyBecameReason(const std::string& json) {
    return readJson(json, "event-unreadable", [](const nlohmann::json& old) -> Result<std::string> {
        return writeJson({{"reason", old.at("why").get<std::string>()}});
    });
}

}  // namespace

class OrderTest : public QObject {
    Q_OBJECT
  private slots:
    void anOrderKeepsItsNumberCodeAndPrice() {
        const auto code = OrderCode::random();
        const auto placed = decidePlace({line(3, 105), line(1, 250)}, agreed, 1001, code);
        QVERIFY(placed.has_value());
        QVERIFY(placed->price == agreed && placed->code == code);
        QCOMPARE(placed->number, 1001);
    }
    void anOrderNeedsPhotosAndSensibleCopies() {
        QCOMPARE(decidePlace({}, agreed, 1, {}).error().reason, std::string("order-empty"));
        QCOMPARE(decidePlace({line(0, 1)}, agreed, 1, {}).error().reason, std::string("bad-copies"));
        QCOMPARE(decidePlace({line(1000, 1)}, agreed, 1, {}).error().reason, std::string("bad-copies"));
        QVERIFY(decidePlace({line(999, 1)}, agreed, 1, {}).has_value());
        QVERIFY(decidePlace(std::vector(5, line(999, 1)), agreed, 1, {}).has_value());
        QCOMPARE(decidePlace(std::vector(6, line(999, 1)), agreed, 1, {}).error().reason,
                 std::string("order-too-large"));
        OrderLine dollars = line(1, 1);
        dollars.price.currency = "USD";
        QCOMPARE(decidePlace({line(1, 1), dollars}, agreed, 1, {}).error().reason, std::string("mixed-currencies"));
    }
    void inksAreTurnedOnlyWhereThePhotoLeavesThemOpen() {
        const PhotoChoices turned{.inks = image::InkSense::Turned};
        const auto back = choicesFromJson(toJson(turned));
        QVERIFY(back && *back == turned);
        QVERIFY(toJson(PhotoChoices{}).find("inks") == std::string::npos);
        QCOMPARE(choicesFromJson(R"({"fit":"fill","crop":null,"lane":"fast","inks":"blue"})").error().reason,
                 std::string("choices-json"));
        PhotoChoices asSent;
        QVERIFY(toJson(asSent).find("asSent") == std::string::npos);  // lines of today are as they were
        asSent.asSent = true;
        const auto kept = choicesFromJson(toJson(asSent));
        QVERIFY(kept && *kept == asSent && check(*kept));
        asSent.adjustments.look = "film";
        QCOMPARE(check(asSent).error().reason, std::string("as-sent-adjusted"));
        QCOMPARE(choicesFromJson(R"({"fit":"fill","crop":null,"lane":"fast","asSent":1})").error().reason,
                 std::string("choices-json"));
        image::PhotoFacts photo;
        QCOMPARE(check(turned, photo).error().reason, std::string("inks-known"));
        QVERIFY(check({}, photo).has_value());
        photo.warnings.add(image::PhotoWarning::InkGuessed);
        QVERIFY(check(turned, photo).has_value());
        QVERIFY(check(turned).has_value());
    }
    void anOrderIsBuiltFromItsEvents() {
        const OrderId id = OrderId::generate(systemClock);
        const Placed placed = *decidePlace({line(2, 35)}, agreed, 1001, OrderCode::random());
        const auto order = reduce({}, id, placed, {5});
        QVERIFY(order.has_value());
        QVERIFY(order->lines == placed.lines && order->state == OrderState::Placed && order->placedAt == Instant{5});
        const auto erased = reduce(*order, id, CustomerErased{}, {6});
        QVERIFY(erased && *erased == *order);
        const auto cancelled = reduce(*order, id, Cancelled{"customer-left"}, {7});
        QVERIFY(cancelled && cancelled->state == OrderState::Cancelled);
    }
    void eventsThatDoNotFitAreRefused() {
        const OrderId id = OrderId::generate(systemClock);
        const Placed placed = *decidePlace({line(2, 35)}, agreed, 1001, OrderCode::random());
        const Order order = *reduce({}, id, placed, {5});
        QCOMPARE(reduce({}, id, Cancelled{"x"}, {1}).error().reason, std::string("event-out-of-order"));
        QCOMPARE(reduce({}, id, CustomerErased{}, {1}).error().reason, std::string("event-out-of-order"));
        QCOMPARE(reduce(order, id, placed, {1}).error().reason, std::string("event-out-of-order"));
    }
    void onlyAnOrderWithNothingOnItsWayCanBeCancelled() {
        Order order;
        QVERIFY(decideCancel(order, SheetsOnTheWay::No, "customer-left").has_value());
        QCOMPARE(decideCancel(order, SheetsOnTheWay::Yes, "x").error().reason, std::string("order-printing"));
        order.production = Production::Printed;
        QCOMPARE(decideCancel(order, SheetsOnTheWay::No, "x").error().reason, std::string("order-done"));
        order.production = Production::None;
        order.newer = "order-teleported";
        QCOMPARE(decideCancel(order, SheetsOnTheWay::No, "x").error().reason, std::string("order-newer"));
        order.newer.clear();
        order.state = OrderState::Cancelled;
        QCOMPARE(decideCancel(order, SheetsOnTheWay::No, "x").error().reason, std::string("order-cancelled"));
    }
    void eachStreamHasOneOwner() {
        QVERIFY(ownerOf("order/1") == Owner::OrderPlace);
        QVERIFY(ownerOf("production/1") == Owner::Shop);
        QVERIFY(ownerOf("setup/lab") == Owner::Shop);
        QVERIFY(ownerOf("payment/1") == Owner::MoneyHolder);
        QVERIFY(ownerOf("store/1") == Owner::Shop);
        QVERIFY(ownerOf("weather/1") == Owner::Nobody);
        QVERIFY(ownerOf("") == Owner::Nobody);
    }
    void everyEventSurvivesItsJson() {
        const Placed placed = *decidePlace({line(3, 35), line(1, 250)}, agreed, 1001, OrderCode::random());
        const auto again = decodeEvent<OrderEvent>(envelope("order-placed", 2, placed.json()));
        QVERIFY(again && std::get<Placed>(*again) == placed);
        const auto cancelled =
            decodeEvent<OrderEvent>(envelope("order-cancelled", 1, Cancelled{"customer-left"}.json()));
        QVERIFY(cancelled && std::get<Cancelled>(*cancelled).reason == "customer-left");
        const auto erased = decodeEvent<OrderEvent>(envelope("customer-erased", 1, CustomerErased{}.json()));
        QVERIFY(erased && std::holds_alternative<CustomerErased>(*erased));
    }
    void eventsThatCannotBeReadSaySo() {
        for (const char* json :
             {"", "{", "[]", "{}", R"({"number":"x","lines":[],"total":{"minor":1,"currency":"EUR"}})"})
            QCOMPARE(decodeEvent<OrderEvent>(envelope("order-placed", 2, json)).error().code, Code::Corrupt);
        QCOMPARE(decodeEvent<OrderEvent>(envelope("order-placed", 3, "{}")).error().reason, std::string("store-newer"));
        QCOMPARE(decodeEvent<OrderEvent>(envelope("order-teleported", 1, "{}")).error().reason,
                 std::string("store-newer"));
    }
    void anOrderOfBeforeThereWereCodesCostsWhatItCost() {
        Placed placed = *decidePlace({line(3, 105)}, {{105, "EUR"}, {}}, 1001, {});
        std::string old = placed.json();  // as version 1 wrote it: a price of one copy, no code, no quote
        const auto replace = [&](const std::string& from, const std::string& to) {
            QVERIFY2(old.find(from) != std::string::npos, old.c_str());
            old.replace(old.find(from), from.size(), to);
        };
        replace("\"code\":\"\",", "");
        replace("\"quote\":\"\",", "");
        replace("\"price\":{\"currency\":\"EUR\",\"minor\":105}", "\"unitPrice\":{\"currency\":\"EUR\",\"minor\":35}");
        const auto read = decodeEvent<OrderEvent>(envelope("order-placed", 1, old), orderUpcasters());
        QVERIFY2(read, read ? "" : read.error().detail.c_str());
        QVERIFY(std::get<Placed>(*read) == placed);
    }
    void anOlderEventIsReadThroughItsUpcaster() {
        const Upcaster steps[]{{"order-cancelled", 0, whyBecameReason}};
        const Event old = envelope("order-cancelled", 0, R"({"why":"customer-left"})");
        const auto read = decodeEvent<OrderEvent>(old, steps);
        QVERIFY(read.has_value());
        QCOMPARE(std::get<Cancelled>(*read).reason, std::string("customer-left"));
        QCOMPARE(old.json, std::string(R"({"why":"customer-left"})"));
        QCOMPARE(decodeEvent<OrderEvent>(old).error().reason,
                 std::string("event-unreadable"));  // no step: never guessed
    }
    void upcastersRunOneVersionAtATime() {
        const Upcaster steps[]{{"t", 2, [](const std::string& j) -> Result<std::string> { return j + "3"; }},
                               {"t", 1, [](const std::string& j) -> Result<std::string> { return j + "2"; }},
                               {"u", 1, [](const std::string&) -> Result<std::string> { return "wrong"; }}};
        QCOMPARE(*upcast("t", 1, 3, "1", steps), std::string("123"));
        QCOMPARE(*upcast("t", 2, 3, "2", steps), std::string("23"));
        QCOMPARE(*upcast("t", 3, 3, "3", steps), std::string("3"));
        QCOMPARE(upcast("t", 4, 3, "4", steps).error().code, Code::Unsupported);
    }
    void bytesThatAreNotUtf8DoNotStopAnOrder() {
        const auto text = writeJson({{"reason", std::string("M\xfcller")}});  // Latin-1
        QCOMPARE(text, std::string("{\"reason\":\"M\xef\xbf\xbdller\"}"));
    }
    void statesHaveStableNames() {
        for (const char* name : {"draft", "placed", "held", "ready", "collected", "cancelled", "exception"})
            QCOMPARE(std::string(toString(*contone::parse<OrderState>(name))), std::string(name));
        QCOMPARE(contone::parse<OrderState>("lost").error().code, Code::Invalid);
    }
};

QTEST_GUILESS_MAIN(OrderTest)
#include "order_test.moc"
