// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The ring of keys: durable before they are handed out, never twice, gone when they are destroyed.
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <functional>
#include <random>
#include <set>
#include <thread>

#include "core/keys/key_ring.h"
#include "tests/core/keys/simulated_disk.h"

using namespace contone;
using namespace contone::keys;
using keystest::Fault;
using keystest::SimulatedDisk;

namespace {

const Path folder = "/shop/keys";

std::span<const std::byte> bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text));
}
std::span<const std::byte> bytesOf(const KeyId& id) {
    return std::as_bytes(std::span(id.uuid.bytes));
}

struct Shop {
    SimulatedDisk disk{1};
    StoreKey storeKey{Key::random().bytes()};
    std::unique_ptr<KeyRing> ring = open();
    std::unique_ptr<KeyRing> open() { return std::move(*KeyRing::open(disk, folder, storeKey)); }
    void restart() {
        ring.reset();
        ring = open();
    }
    Path onlyFile() { return folder / disk.list(folder)->at(0); }
    void change(const Path& file, const std::function<void(Bytes&)>& how) {
        Bytes bytes = *readWhole(disk, file, 100'000);
        how(bytes);
        disk.put(file, bytes);
    }
};

std::string reasonOf(const auto& result) {
    return result ? "fine" : result.error().reason;
}

}  // namespace

class KeyRingTest : public QObject {
    Q_OBJECT
  private slots:
    void keysDifferAndComeBackAfterARestart() {
        Shop shop;
        std::map<KeyId, Key> taken;
        std::set<std::vector<std::byte>> keys;
        for (int i = 0; i < 200; i++) {
            const auto one = shop.ring->take();
            QVERIFY(one);
            QVERIFY(taken.emplace(one->id, one->key).second);
            QVERIFY(keys.insert({one->key.bytes().begin(), one->key.bytes().end()}).second);
        }
        shop.restart();
        for (const auto& [id, key] : taken) QVERIFY(shop.ring->has(id) && *shop.ring->get(id) == key);
        for (int i = 0; i < 200; i++) QVERIFY(!taken.contains(shop.ring->take()->id));  // none twice
    }
    void takingOneCostsNoSyncOnAverage() {
        Shop shop;
        const long before = shop.disk.syncs();
        for (int i = 0; i < 6400; i++) QVERIFY(shop.ring->take());
        QCOMPARE(shop.disk.syncs() - before, 300L);  // of each 64: the file, and the folder twice
        QCOMPARE(shop.disk.list(folder)->size(), std::size_t{100});
    }
    void keysDoNotLieOnTheDiskAsTheyAre() {
        Shop shop;
        for (int i = 0; i < 64; i++) QVERIFY(!shop.disk.holds(shop.ring->take()->key.bytes().first(8)));
        QVERIFY(!shop.disk.holds(shop.storeKey.bytes().first(8)));
    }
    void aDestroyedKeyIsGoneAndItsNeighboursStay() {
        Shop shop;
        std::vector<KeyRing::Taken> taken;
        for (int i = 0; i < 130; i++) taken.push_back(*shop.ring->take());
        std::vector<KeyId> gone;
        for (std::size_t i = 0; i < taken.size(); i += 3) gone.push_back(taken[i].id);
        const auto wrapped = shop.disk.behind(bytesOf(gone[0]), sizeof(WrappedKey));
        QVERIFY(wrapped && shop.disk.holds(*wrapped));
        QVERIFY(shop.ring->destroy(gone));
        QVERIFY(!shop.disk.holds(*wrapped) && !shop.disk.holds(std::span(*wrapped).subspan(nonceBytes, 16)));
        for (int restart = 0; restart < 2; restart++) {
            for (std::size_t i = 0; i < taken.size(); i++) {
                const auto found = shop.ring->get(taken[i].id);
                if (i % 3 != 0) {
                    QVERIFY(found && *found == taken[i].key);
                    continue;
                }
                QVERIFY(!found && found.error().code == Code::NotFound);
                QCOMPARE(found.error().reason, std::string("key-destroyed"));
                QVERIFY(!shop.disk.holds(bytesOf(taken[i].id)));
            }
            shop.restart();
        }
        QVERIFY(shop.ring->destroy(gone));  // what is gone is what is wanted
    }
    void aFileWithoutKeysIsRemoved() {
        Shop shop;
        std::vector<KeyId> all;
        for (int i = 0; i < 64; i++) all.push_back(shop.ring->take()->id);
        QVERIFY(shop.ring->destroy(all));
        QVERIFY(shop.disk.list(folder)->empty());
        QVERIFY(shop.ring->take());
    }
    void keysThatAreLeftOfADestructionAreStillHandedOut() {
        Shop shop;
        const auto first = shop.ring->take();
        QVERIFY(shop.ring->destroy(std::array{first->id}));
        for (int i = 0; i < 63; i++) {
            const auto one = shop.ring->take();
            QVERIFY(one && *shop.ring->get(one->id) == one->key);
        }
        QCOMPARE(shop.disk.list(folder)->size(), std::size_t{1});
    }
    void anotherStoresKeyOpensNothing() {
        Shop shop;
        QVERIFY(shop.ring->take());
        const auto wrong = KeyRing::open(shop.disk, folder, StoreKey(Key::random().bytes()));
        QCOMPARE(reasonOf(wrong), std::string("store-key-wrong"));
        QVERIFY(wrong.error().code == Code::Denied);
    }
    void textsOpenOnlyForWhatTheyBelongTo() {
        Shop shop;
        const auto order = *shop.ring->take(), other = *shop.ring->take();
        const auto sealed = shop.ring->seal(order.id, bytesOf("Zoe Example"), bytesOf("order 7"));
        QVERIFY(sealed);
        QVERIFY(std::ranges::search(*sealed, bytesOf("Zoe")).empty());
        QVERIFY(!std::ranges::search(*sealed, bytesOf("AES-256-GCM")).empty());
        QVERIFY(*sealed != *shop.ring->seal(order.id, bytesOf("Zoe Example"), bytesOf("order 7")));
        const auto opened = shop.ring->unseal(order.id, *sealed, bytesOf("order 7"));
        QVERIFY(opened && std::ranges::equal(*opened, bytesOf("Zoe Example")));
        QCOMPARE(reasonOf(shop.ring->unseal(order.id, *sealed, bytesOf("order 8"))), std::string("sealed-damaged"));
        QCOMPARE(reasonOf(shop.ring->unseal(other.id, *sealed, bytesOf("order 7"))), std::string("sealed-damaged"));
        for (std::size_t i = 0; i < sealed->size(); i++) {
            Bytes changed = *sealed;
            changed[i] ^= std::byte{1};
            QVERIFY(!shop.ring->unseal(order.id, changed, bytesOf("order 7")));
            QVERIFY(!shop.ring->unseal(order.id, std::span(*sealed).first(i), bytesOf("order 7")));
        }
        const auto empty = shop.ring->seal(order.id, {}, {});
        QVERIFY(empty && shop.ring->unseal(order.id, *empty, {})->empty());
        QCOMPARE(reasonOf(shop.ring->seal(order.id, Bytes(34'000'000), {})), std::string("text-too-long"));
        QVERIFY(shop.ring->destroy(std::array{order.id}));
        QCOMPARE(reasonOf(shop.ring->unseal(order.id, *sealed, bytesOf("order 7"))), std::string("key-destroyed"));
    }
    void aKeyUnderAnOrdersKeyGoesWithIt() {
        Shop shop;
        const auto order = *shop.ring->take(), other = *shop.ring->take();
        const Key photo = Key::random();
        const auto wrapped = shop.ring->wrap(order.id, photo, bytesOf("photo"));
        QVERIFY(wrapped);
        QVERIFY(*shop.ring->unwrap(order.id, *wrapped, bytesOf("photo")) == photo);
        QCOMPARE(reasonOf(shop.ring->unwrap(order.id, *wrapped)), std::string("sealed-damaged"));
        QCOMPARE(reasonOf(shop.ring->unwrap(other.id, *wrapped, bytesOf("photo"))), std::string("sealed-damaged"));
        QVERIFY(shop.ring->destroy(std::array{order.id}));
        QCOMPARE(reasonOf(shop.ring->unwrap(order.id, *wrapped, bytesOf("photo"))), std::string("key-destroyed"));
    }

    // ---- damage ---------------------------------------------------------------------------------

    void aDamagedFileStillGivesTheKeysThatAreWhole() {
        Shop shop;
        std::vector<KeyRing::Taken> taken;
        for (int i = 0; i < 64; i++) taken.push_back(*shop.ring->take());
        const Path file = shop.onlyFile();
        const KeyId hurt = taken[20].id;
        shop.change(file, [&](Bytes& bytes) {
            const auto at = std::ranges::search(bytes, bytesOf(hurt));
            *(at.end() + 20) ^= std::byte{4};
        });
        shop.restart();
        QVERIFY(shop.ring->damagedFiles() == std::vector{file.filename().string()});
        for (const auto& one : taken) {
            const auto found = shop.ring->get(one.id);
            if (one.id == hurt)
                QCOMPARE(reasonOf(found), std::string("keys-damaged"));
            else
                QVERIFY(found && *found == one.key);
        }
        // What may be in a damaged file is destroyed with it; the whole keys move.
        QVERIFY(shop.ring->destroy(std::array{hurt}));
        QVERIFY(!shop.disk.holds(bytesOf(hurt)));
        QVERIFY(shop.ring->damagedFiles().empty());
        QCOMPARE(reasonOf(shop.ring->get(hurt)), std::string("key-destroyed"));
        for (const auto& one : taken) QVERIFY(one.id == hurt || *shop.ring->get(one.id) == one.key);
    }
    void noDamageStopsItFromOpeningOrGivesAWrongKey() {
        std::mt19937 random(7);
        for (int round = 0; round < 600; round++) {
            Shop shop;
            std::vector<KeyRing::Taken> taken;
            for (int i = 0; i < 70; i++) taken.push_back(*shop.ring->take());
            const auto names = *shop.disk.list(folder);
            QCOMPARE(names.size(), std::size_t{2});
            shop.change(folder / names[random() % 2], [&](Bytes& bytes) {
                if (round % 3 == 0) bytes.resize(random() % bytes.size());
                if (round % 3 == 1) bytes[random() % bytes.size()] ^= static_cast<std::byte>(1 + random() % 255);
                if (round % 3 == 2)
                    for (std::size_t at = random() % bytes.size(), end = at + 512; at < std::min(end, bytes.size());
                         at++)
                        bytes[at] = static_cast<std::byte>(random());
            });
            const auto opened = KeyRing::open(shop.disk, folder, shop.storeKey);
            QVERIFY2(opened, reasonOf(opened).c_str());
            for (const auto& one : taken) {
                const auto found = (*opened)->get(one.id);
                QVERIFY(!found || *found == one.key);
                if (!found && found.error().reason == "key-destroyed")
                    QVERIFY(!shop.disk.holds(bytesOf(one.id)));  // an emptied file: nothing is left to be found
            }
            QVERIFY((*opened)->take());
        }
    }
    void aFileThatIsUnknownIsLeftAloneAndNothingIsCalledDestroyed() {
        Shop shop;
        const KeyId id = shop.ring->take()->id;
        const Path file = shop.onlyFile();
        shop.change(file, [](Bytes& bytes) { bytes[13] = std::byte{'2'}; });  // "contone keys 2": of a later version
        const Bytes before = *readWhole(shop.disk, file, 10'000);
        shop.restart();
        QCOMPARE(reasonOf(shop.ring->get(id)), std::string("keys-damaged"));
        QCOMPARE(reasonOf(shop.ring->destroy(std::array{id})), std::string("keys-damaged"));
        const auto other = shop.ring->take();
        QVERIFY(other && shop.ring->destroy(std::array{other->id}));
        QVERIFY(*readWhole(shop.disk, file, 10'000) == before);
    }
    void aFileUnderAnotherFilesNameIsNotBelieved() {
        Shop shop;
        QVERIFY(shop.ring->take());
        const Path file = shop.onlyFile(), moved = folder / Uuid::generate({0}).toString();
        shop.disk.put(moved, *readWhole(shop.disk, file, 10'000));
        shop.restart();
        QVERIFY(shop.ring->damagedFiles() == std::vector{moved.filename().string()});
    }

    // ---- a disk that fails ----------------------------------------------------------------------

    void aFullDiskIsSaidAndTheRingGoesOn() {
        Shop shop;
        std::vector<KeyRing::Taken> taken;
        for (int i = 0; i < 64; i++) taken.push_back(*shop.ring->take());
        shop.disk.failAfter(1, Fault::Full);
        const auto refused = shop.ring->take();
        QCOMPARE(reasonOf(refused), std::string("disk-full"));
        QVERIFY(refused.error().code == Code::Unavailable);
        QVERIFY(*shop.ring->get(taken[5].id) == taken[5].key);
        QCOMPARE(reasonOf(shop.ring->destroy(std::array{taken[0].id})), std::string("disk-full"));
        shop.disk.mend();
        QVERIFY(shop.ring->take());
        QVERIFY(shop.ring->destroy(std::array{taken[0].id}));
        shop.restart();
        QVERIFY(!shop.ring->has(taken[0].id) && *shop.ring->get(taken[1].id) == taken[1].key);
    }
    /// An error at each operation of a destruction: it is said, no other key is lost, and the second try is real.
    void anErrorAnywhereInADestructionIsMendedByTheNext() {
        int refusedTries = 0;
        for (long at = 1; at <= 16; at++) {
            Shop shop;
            std::vector<KeyRing::Taken> taken;
            for (int i = 0; i < 64; i++) taken.push_back(*shop.ring->take());
            const KeyId gone = taken[9].id;
            const auto wrapped = shop.disk.behind(bytesOf(gone), sizeof(WrappedKey));
            shop.disk.failAfter(at, Fault::IoError, true);
            const auto refused = shop.ring->destroy(std::array{gone});
            refusedTries += refused ? 0 : 1;
            if (!refused) QCOMPARE(reasonOf(refused), std::string("io-error"));
            shop.disk.mend();
            for (const auto& one : taken) QVERIFY(one.id == gone || *shop.ring->get(one.id) == one.key);
            if (at % 2 == 0) shop.restart();
            QVERIFY(shop.ring->destroy(std::array{gone}));
            QVERIFY(!shop.ring->has(gone) && !shop.disk.holds(std::span(*wrapped).subspan(nonceBytes, 16)));
            shop.restart();
            for (const auto& one : taken) QVERIFY(one.id == gone || *shop.ring->get(one.id) == one.key);
            QCOMPARE(shop.disk.list(folder)->size(), std::size_t{1});
        }
        QVERIFY(refusedTries >= 11);  // the destruction of one key is that many operations
    }
    void anErrorWhileKeysAreMadeHandsOutNone() {
        for (long at = 1; at <= 6; at++) {
            Shop shop;
            shop.disk.failAfter(at, Fault::IoError, true);
            QCOMPARE(reasonOf(shop.ring->take()), std::string("io-error"));
            shop.disk.mend();
            const auto one = shop.ring->take();
            QVERIFY(one);
            shop.restart();
            QVERIFY(*shop.ring->get(one->id) == one->key);
        }
    }

    // ---- threads --------------------------------------------------------------------------------

    void manyThreadsGetDifferentKeys() {
        QTemporaryDir dir;
        LocalDisk disk;  // the simulated one is for one thread
        const StoreKey storeKey(Key::random().bytes());
        const Path here = Path(dir.path().toStdString()) / "keys";
        auto ring = std::move(*KeyRing::open(disk, here, storeKey));
        std::mutex mutex;
        std::map<KeyId, Key> kept;
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; t++)
            threads.emplace_back([&] {
                std::vector<KeyRing::Taken> mine;
                for (int i = 0; i < 150; i++) {
                    auto one = ring->take();
                    if (!one) wrong++;
                    if (one) mine.push_back(*one);
                    if (i % 50 == 49) {
                        if (!ring->destroy(std::array{mine.front().id}) || ring->has(mine.front().id)) wrong++;
                        mine.erase(mine.begin());
                    }
                }
                for (const auto& one : mine) {
                    const auto key = ring->get(one.id);
                    if (!key || !(*key == one.key)) wrong++;
                    const std::lock_guard lock(mutex);
                    if (!kept.emplace(one.id, one.key).second) wrong++;
                }
            });
        for (auto& thread : threads) thread.join();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(kept.size(), std::size_t{4 * 147});
        ring = std::move(*KeyRing::open(disk, here, storeKey));
        for (const auto& [id, key] : kept) QVERIFY(*ring->get(id) == key);
        QVERIFY(ring->damagedFiles().empty());
    }
};

QTEST_GUILESS_MAIN(KeyRingTest)
#include "key_ring_test.moc"
