// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The burnt disk: a shop is made again from its backup and the key on paper, and nothing that it gives out comes twice.
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>

#include "core/backup/backup.h"
#include "core/keys/key_ring.h"
#include "core/vault/vault.h"
#include "tests/core/store/shop_fixture.h"

using namespace contone;
using namespace contone::storetest;

namespace {

const SystemClock systemClock;

Bytes photo(int n) {
    Bytes bytes(200'000);
    for (std::size_t i = 0; i < bytes.size(); i++)
        bytes[i] = static_cast<std::byte>((i * 31 + i / 7 + static_cast<std::size_t>(n) * 977) & 0xFF);
    return bytes;
}

/// A shop with store, keys and photos, as the programs have it.
class Shop {
  public:
    explicit Shop(Path home) : folder{std::move(home)} {
        if (auto made = makeDirectories(folder.home, Access::Private); !made) qFatal("no folder");
        store = *store::SqliteStore::open(folder.home, systemClock);
        storeKey = std::make_unique<keys::StoreKey>(*keys::StoreKey::open(disk, folder.home, {}));
        ring = *keys::KeyRing::open(disk, folder.keys(), *storeKey);
        if (auto sealed = store->useKeys(*ring, keys::phoneKey(*storeKey)); !sealed) qFatal("not sealed");
        vault = std::make_unique<vault::Vault>(*vault::Vault::open(folder.home / "vault", *ring));
    }
    order::Order order(int n, int copies = 1) {
        order::OrderLine line;
        line.id = LineId::generate(systemClock);
        line.original = *vault->addBytes(photo(n));
        line.product = "10x15";
        line.copies = copies;
        line.price = {35, "EUR"};
        return *store->place({line}, agreed, {"Zebulon Quartermaine", {"wedding.jpg"}}, "kiosk");
    }
    keys::RecoveryKey secured() {
        const auto recovery = backup::newRecovery(folder, *storeKey);
        const auto typed = keys::RecoveryKey::parse(recovery->toString());
        if (!backup::confirmRecovery(folder, *storeKey, *typed)) qFatal("not confirmed");
        return *recovery;
    }
    Result<void> erase(const order::Order& order) {
        CONTONE_CHECK(store->eraseCustomer(order.id, "asked", "staff"));
        for (const order::OrderLine& line : order.lines) {
            CONTONE_TRY(const bool needed, store->isNeeded(line.original));
            if (!needed) CONTONE_CHECK(vault->forget(line.original));
        }
        return {};
    }

    backup::ShopFolder folder;
    LocalDisk disk;
    std::unique_ptr<store::SqliteStore> store;
    std::unique_ptr<keys::StoreKey> storeKey;
    std::unique_ptr<keys::KeyRing> ring;
    std::unique_ptr<vault::Vault> vault;
};

/// The file below `folder` that has these bytes; none: "".
std::string holding(const Path& folder, std::string_view what) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string all((std::istreambuf_iterator<char>(in)), {});
        if (all.find(what) != std::string::npos) return entry.path().string();
    }
    return "";
}

template <class T>
std::string said(const Result<T>& result) {
    return result ? "fine" : result.error().reason + ": " + result.error().detail;
}

}  // namespace

class BackupTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    Path at(const std::string& name) const { return Path(m_dir->path().toStdString()) / name; }

  private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void aBurntDiskIsMadeAgainFromTheBackupAndTheKeyOnPaper() {
        std::string paper;
        std::vector<order::Order> orders;
        {
            Shop shop(at("shop"));
            for (int n = 0; n < 5; n++) orders.push_back(shop.order(n, 2));
            QVERIFY(shop.store->planJob(orders[3].id, setup("lab"), sheetsFor(orders[3]), "staff").has_value());
            QVERIFY(shop.store->changePayment(
                orders[4].id,
                [](const order::Payment& now, const auto&) -> Result<std::optional<order::PaymentEvent>> {
                    return *order::decideBegin(
                        now,
                        {order::ChargeId::generate(systemClock), order::PayMethod::Terminal, now.outstanding(), {}});
                },
                "agent"));
            paper = shop.secured().toString();
            const auto made = backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock);
            QVERIFY2(made, said(made).c_str());
            QCOMPARE(made->orders, 5);
            orders.push_back(shop.order(5));  // after the backup: lost with the disk
        }
        std::filesystem::remove_all(at("shop"));

        // A bare machine: only the backup and the paper.
        const auto recovery = keys::RecoveryKey::parse(paper);
        const backup::ShopFolder bare{at("again")};
        const auto restored = backup::restore(at("backup"), "", *recovery, bare, systemClock);
        QVERIFY2(restored, said(restored).c_str());
        QCOMPARE(restored->ordersHeld, 5);
        QCOMPARE(restored->jobsHeld, 1);
        QCOMPARE(restored->paymentsInQuestion, 1);
        Shop again(bare.home);
        for (int n = 0; n < 5; n++) {
            const order::Order& before = orders[static_cast<std::size_t>(n)];
            const auto order = again.store->order(before.id);
            QVERIFY(order && order->lines == before.lines);
            QVERIFY(*again.vault->read(order->lines[0].original, 1 << 20) == photo(n));  // to the byte
        }
        QVERIFY(!again.store->order(orders[5].id));
        QCOMPARE(again.store->openJobs()->front().heldReason, std::string("store-restored"));
        QVERIFY(again.store->payment(orders[4].id)->state == order::PaymentState::Unknown);
        // Nothing that the burnt shop gave out comes again.
        const order::Order next = again.order(9);
        for (const order::Order& before : orders) {
            QVERIFY(next.number > before.number);
            QVERIFY(next.code != before.code);
        }
        const auto paid = again.store->changePayment(
            next.id,
            [](const order::Payment& now,
               const order::ReceiptNumber& receipt) -> Result<std::optional<order::PaymentEvent>> {
                return *order::decideTake(now, {order::ChargeId::generate(systemClock)}, receipt);
            },
            "staff");
        const std::string receipt = order::toString(paid->taken.front().receipt);
        QVERIFY2(receipt.starts_with("B") && receipt.ends_with("-000001"), receipt.c_str());
        QVERIFY(again.store->check().has_value());
        // And the restored shop can be backed up and verified in its turn.
        const auto second = backup::backUp(again.folder, *again.storeKey, at("backup"), systemClock);
        QVERIFY2(second, said(second).c_str());
        const auto verified = backup::verify(at("backup"), second->name, *recovery, at("scratch"), systemClock);
        QVERIFY2(verified, said(verified).c_str());
        QCOMPARE(verified->orders, 6);
        QCOMPARE(verified->originals, 6);
    }
    void aBackupThatNobodyCouldOpenIsNotMade() {
        Shop shop(at("shop"));
        shop.order(1);
        QCOMPARE(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).error().reason,
                 std::string("recovery-missing"));
        const auto recovery = backup::newRecovery(shop.folder, *shop.storeKey);
        QVERIFY(recovery.has_value());  // shown, but not confirmed yet
        QCOMPARE(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).error().reason,
                 std::string("recovery-missing"));
        QCOMPARE(backup::confirmRecovery(shop.folder, *shop.storeKey, keys::RecoveryKey::random()).error().reason,
                 std::string("recovery-key-wrong"));
        QVERIFY(backup::confirmRecovery(shop.folder, *shop.storeKey, *recovery).has_value());
        QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).has_value());
    }
    void verifyFailsForABackupThatCouldNotBeRestored() {
        Shop shop(at("shop"));
        const order::Order order = shop.order(1);
        shop.order(2);
        const auto recovery = shop.secured();
        const auto made = *backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock);
        int n = 0;
        const auto verify = [&](const keys::RecoveryKey& key) {
            return said(backup::verify(at("backup"), "", key, at("scratch-" + std::to_string(n++)), systemClock));
        };
        QCOMPARE(verify(recovery), std::string("fine"));
        QVERIFY(verify(keys::RecoveryKey::random()).starts_with("recovery-key-wrong"));
        const Path keysFolder = at("backup") / "snapshots" / made.name / "keys", aside = at("aside");
        std::filesystem::rename(keysFolder, aside);
        QVERIFY(verify(recovery) != "fine");
        std::filesystem::rename(aside, keysFolder);
        const std::string hash = order.lines[0].original.toString();
        const Path sealed = at("backup") / "originals" / hash.substr(0, 2) / (hash.substr(2) + ".sealed");
        QVERIFY2(std::filesystem::exists(sealed), sealed.c_str());
        std::filesystem::rename(sealed, aside);
        QVERIFY(verify(recovery) != "fine");
        std::filesystem::rename(aside, sealed);
        QCOMPARE(verify(recovery), std::string("fine"));
        std::filesystem::permissions(sealed, std::filesystem::perms::owner_write | std::filesystem::perms::owner_read);
        {
            std::fstream file(sealed, std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(100'000);
            file.put('x');
        }
        QVERIFY(verify(recovery) != "fine");
    }
    void whatWasErasedAfterTheBackupIsErasedAgain() {
        Shop shop(at("shop"));
        const order::Order erased = shop.order(1), kept = shop.order(2);
        const auto recovery = shop.secured();
        const auto before = *backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock);
        QVERIFY(shop.erase(erased).has_value());
        QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock)
                    .has_value());  // takes the list there
        QCOMPARE(*readTextFile(at("backup") / "erased", 1000), erased.id.toString() + "\n");
        // The older backup still names the customer; the restored shop does not.
        const backup::ShopFolder bare{at("again")};
        const auto restored = backup::restore(at("backup"), before.name, recovery, bare, systemClock);
        QVERIFY2(restored, said(restored).c_str());
        QCOMPARE(restored->erasedAgain, 1);
        Shop again(bare.home);
        QVERIFY(*again.store->customer(erased.id) == order::Customer{});
        QVERIFY(again.store->customer(kept.id)->name == "Zebulon Quartermaine");
        QVERIFY(!again.vault->contains(erased.lines[0].original));
        QVERIFY(*again.vault->read(kept.lines[0].original, 1 << 20) == photo(2));
    }
    void theSamePhotoTakenInAgainIsInTheNextBackup() {
        Shop shop(at("shop"));
        const order::Order first = shop.order(1);
        shop.order(2);
        const auto recovery = shop.secured();
        QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).has_value());
        QVERIFY(shop.erase(first).has_value());
        const order::Order again = shop.order(1);  // the same bytes under another key
        QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).has_value());
        const auto verified = backup::verify(at("backup"), "", recovery, at("scratch"), systemClock);
        QVERIFY2(verified, said(verified).c_str());
        QCOMPARE(verified->orders, 2);
        QVERIFY(again.lines[0].original == first.lines[0].original);
    }
    void whatTheShopHasLostStaysInTheBackup() {
        Shop shop(at("shop"));
        const order::Order order = shop.order(1);
        const auto recovery = shop.secured();
        QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).has_value());
        std::filesystem::remove(shop.vault->pathOf(order.lines[0].original));  // no erasure: an accident
        QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).has_value());
        QVERIFY(backup::verify(at("backup"), "", recovery, at("scratch"), systemClock).has_value());
        std::filesystem::remove_all(shop.folder.originals());  // another disk that is not mounted
        QCOMPARE(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).error().reason,
                 std::string("original-missing"));
    }
    void shopsDoNotShareAFolder() {
        Shop one(at("one")), other(at("other"));
        one.order(1);
        other.order(2);
        one.secured();
        other.secured();
        QVERIFY(backup::backUp(one.folder, *one.storeKey, at("backup"), systemClock).has_value());
        QCOMPARE(backup::backUp(other.folder, *other.storeKey, at("backup"), systemClock).error().reason,
                 std::string("backup-foreign"));
    }
    void aRestoreThatWasCutOffIsNoShop() {
        Shop shop(at("shop"));
        const order::Order order = shop.order(1);
        const auto recovery = shop.secured();
        QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).has_value());
        std::filesystem::create_directories(at("again.restoring") / "keys");
        std::ofstream(at("again.restoring") / "store.key") << "half";
        const backup::ShopFolder bare{at("again")};
        const auto restored = backup::restore(at("backup"), "", recovery, bare, systemClock);
        QVERIFY2(restored, said(restored).c_str());
        QVERIFY(!std::filesystem::exists(at("again.restoring")));
        QVERIFY(*Shop(bare.home).vault->read(order.lines[0].original, 1 << 20) == photo(1));
    }
    void aBackupShowsNothingToWhoHasOnlyTheDisk() {
        Shop shop(at("shop"));
        shop.order(3);
        shop.secured();
        QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).has_value());
        const Bytes bytes = photo(3);
        const std::string piece(reinterpret_cast<const char*>(bytes.data()) + 5000, 48);
        QCOMPARE(holding(at("backup") / "originals", piece), std::string());
        const std::string key(reinterpret_cast<const char*>(shop.storeKey->bytes().data()), keys::keyBytes);
        QCOMPARE(holding(at("backup"), key), std::string());
        for (const char* personal : {"Zebulon", "Quartermaine", "wedding.jpg"}) {
            QCOMPARE(holding(shop.folder.home, personal), std::string());  // it is sealed there already
            QCOMPARE(holding(at("backup"), personal), std::string());
            std::filesystem::create_directories(at("planted"));
            std::ofstream(at("planted") / "file") << "x" << personal << "x";
            QVERIFY(!holding(at("planted"), personal).empty());  // the test can find it
        }
        QVERIFY(!std::filesystem::exists(shop.folder.home / "backup.tmp"));
    }
    void oldBackupsGoAndTheNewestStays() {
        Shop shop(at("shop"));
        shop.order(1);
        shop.secured();
        ManualClock clock({1'790'000'000'000});
        constexpr std::int64_t day = 24LL * 3600 * 1000;
        for (int i = 0; i < 5; i++) {
            QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), clock).has_value());
            clock.advance(day);
        }
        QCOMPARE(*backup::expire(at("backup"), 2, clock.now()), 3);
        QCOMPARE(backup::snapshotsIn(at("backup"))->size(), 2u);
        clock.advance(100 * day);
        QCOMPARE(*backup::expire(at("backup"), 2, clock.now()), 1);
        QCOMPARE(backup::snapshotsIn(at("backup"))->size(), 1u);  // the newest is worth more than any rule
    }
    void aBackupThatWasCutOffIsNone() {
        Shop shop(at("shop"));
        shop.order(1);
        const auto recovery = shop.secured();
        const auto whole = *backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock);
        const Path cut = at("backup") / "snapshots" / "29991231T000000Z";
        std::filesystem::copy(at("backup") / "snapshots" / whole.name, cut, std::filesystem::copy_options::recursive);
        std::filesystem::remove(cut / "manifest.json");
        QCOMPARE(backup::snapshotsIn(at("backup"))->size(), 1u);
        QVERIFY(backup::verify(at("backup"), "", recovery, at("scratch"), systemClock)->snapshot == whole);
        QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).has_value());
        QVERIFY(!std::filesystem::exists(cut));
    }
    void noShopIsOverwritten() {
        Shop shop(at("shop"));
        shop.order(1);
        const auto recovery = shop.secured();
        QVERIFY(backup::backUp(shop.folder, *shop.storeKey, at("backup"), systemClock).has_value());
        QCOMPARE(backup::restore(at("backup"), "", recovery, shop.folder, systemClock).error().reason,
                 std::string("home-taken"));
        QCOMPARE(backup::restore(at("backup"), "yesterday", recovery, {at("b")}, systemClock).error().reason,
                 std::string("snapshot-unknown"));
    }
};

QTEST_GUILESS_MAIN(BackupTest)
#include "backup_test.moc"
