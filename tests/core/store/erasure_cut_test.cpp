// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Power cuts and full disks between the record and the keys: no words that were accepted are lost, none that were
// erased can be opened again, and every erasure that was begun is finished by the next start.
//
// The keys lie on a simulated disk that is cut; the record on a real one, whose cuts are power_cut_test's.
// CONTONE_POWER_CUTS=N cuts N times instead of 200: a soak.
#include <QTemporaryDir>
#include <QtTest>
#include <random>

#include "tests/core/keys/simulated_disk.h"
#include "tests/core/store/shop_fixture.h"

using namespace contone;
using namespace contone::storetest;
using keystest::SimulatedDisk;

namespace {

const SystemClock systemClock;
const Path keysHome = "/shop";

/// A process that has the shop open.
struct Opened {
    std::unique_ptr<store::SqliteStore> store;
    std::unique_ptr<keys::KeyRing> ring;
};

Result<Opened> open(const Path& folder, SimulatedDisk& disk) {
    Opened opened;
    CONTONE_TRY(const keys::StoreKey storeKey, keys::StoreKey::open(disk, keysHome, {}));
    CONTONE_TRY(opened.ring, keys::KeyRing::open(disk, keysHome / "keys", storeKey));
    CONTONE_TRY(opened.store, store::SqliteStore::open(folder, systemClock));
    CONTONE_CHECK(opened.store->useKeys(*opened.ring, keys::phoneKey(storeKey)));
    return opened;
}

struct Known {
    OrderId id;
    std::string name;
    enum class State { There, InErasure, Erased } state = State::There;
};

/// Empty: all is as it must be.
std::string judge(const Path& folder, const Opened& shop, const std::vector<Known>& known) {
    for (const Known& one : known) {
        const auto customer = shop.store->customer(one.id);
        if (!customer) return one.name + ": " + customer.error().reason;
        const bool isThere = customer->name == one.name;
        if (one.state == Known::State::There && !isThere) return one.name + " was accepted and is lost";
        if (one.state == Known::State::Erased && *customer != order::Customer{}) return one.name + " is back";
        if (one.state == Known::State::InErasure && !isThere && *customer != order::Customer{})
            return one.name + " is half there";
    }
    auto database = db::Database::open(folder / "contone.db", db::Missing::Fail);
    if (!database) return database.error().reason;
    database->whenClosed(db::Database::Close::LeavesFiles);
    const auto left = database->integer("SELECT count(*) FROM erasing WHERE kind = 'key'");
    if (!left || *left != 0) return "an erasure was not finished by the start";
    // Each order that is there has its key, and no erased one has a row or a key that the ring still knows.
    auto rows = database->query("SELECT order_id, key FROM order_key");
    while (rows && rows->step().value_or(false)) {
        const auto key = keys::KeyId::parse(rows->text(1));
        if (!key || !shop.ring->has(*key)) return "an order without its key: " + rows->text(0);
    }
    return {};
}

}  // namespace

class ErasureCutTest : public QObject {
    Q_OBJECT

    enum class Trouble { Cut, Full, Broken };
    void run(Trouble trouble, int rounds, unsigned seed) {
        QTemporaryDir dir;
        const Path folder = dir.path().toStdString() + "/shop";
        SimulatedDisk disk(seed);
        QVERIFY(disk.makeFolder(keysHome).has_value());
        std::mt19937 random(seed);
        std::vector<Known> known;
        int hits = 0, inErasure = 0;
        for (int round = 0; round < rounds; round++) {
            {
                auto shop = open(folder, disk);
                QVERIFY2(shop, shop ? "" : shop.error().detail.c_str());
                const std::string problem = judge(folder, *shop, known);
                QVERIFY2(problem.empty(), problem.c_str());
                for (Known& one : known)
                    if (one.state == Known::State::InErasure && shop->store->customer(one.id)->name.empty())
                        one.state = Known::State::Erased;
                const long after = 1 + static_cast<long>(random() % 30);
                if (trouble == Trouble::Cut) disk.cutAfter(after);
                if (trouble == Trouble::Full) disk.failAfter(after, keystest::Fault::Full);
                if (trouble == Trouble::Broken) disk.failAfter(after, keystest::Fault::IoError);
                for (int step = 0; step < 12; step++) {
                    std::vector<Known*> there;
                    for (Known& one : known)
                        if (one.state == Known::State::There) there.push_back(&one);
                    if (random() % 2 == 0 || there.empty()) {
                        const std::string name = "Person " + std::to_string(known.size());
                        const auto placed =
                            shop->store->place({line(systemClock, 1, name)}, agreed, {name, {"a.jpg"}}, "customer");
                        if (placed) known.push_back({placed->id, name});
                        if (!placed) hits++;
                    } else {
                        Known& one = *there[random() % there.size()];
                        const auto erased = shop->store->eraseCustomer(one.id, "asked", "staff");
                        one.state = erased ? Known::State::Erased : Known::State::InErasure;
                        if (!erased) {
                            hits++;
                            inErasure++;
                        }
                    }
                    if (disk.isCut()) break;
                }
            }
            if (trouble == Trouble::Cut) {
                disk.cutNow();
                disk.powerOn();
            }
            disk.mend();
        }
        auto shop = open(folder, disk);
        QVERIFY(shop.has_value());
        const std::string problem = judge(folder, *shop, known);
        QVERIFY2(problem.empty(), problem.c_str());
        QVERIFY2(hits > rounds / 10 && inErasure > rounds / 20, "the troubles hit nothing");
    }
    static int rounds() {
        const int asked = qEnvironmentVariableIntValue("CONTONE_POWER_CUTS");
        return asked > 0 ? asked : 200;
    }

  private slots:
    void noWordIsLostAndNoneComesBackThroughPowerCuts() { run(Trouble::Cut, rounds(), 5); }
    void noneThroughAFullDisk() { run(Trouble::Full, rounds() / 3, 6); }
    void noneThroughABrokenDisk() { run(Trouble::Broken, rounds() / 3, 7); }
};

QTEST_APPLESS_MAIN(ErasureCutTest)
#include "erasure_cut_test.moc"
