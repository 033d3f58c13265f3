// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PINs, lockout and sessions.
#include <QTest>

#include "core/access/pin.h"
#include "core/access/sessions.h"

using namespace contone;
using namespace contone::access;

class AccessTest : public QObject {
    Q_OBJECT
  private slots:
    void aPinIsKeptAsArgon2idUnderTheKeyOfTheShop() {
        const keys::Key key = keys::Key::random();
        const std::string one = hashOf("4812", key), two = hashOf("4812", key);
        QVERIFY2(one.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), one.c_str());
        QVERIFY(one != two);  // each has a salt of its own
        QVERIFY(isPin("4812", one, key) && isPin("4812", two, key));
        QVERIFY(!isPin("4813", one, key) && !isPin("", one, key) && !isPin("48120", one, key));
        QVERIFY(!isPin("4812", one, keys::Key::random()));  // another shop's
        QVERIFY(!isPin("4812", "", key) && !isPin("4812", "nonsense", key));
        QVERIFY(one.find("4812") == std::string::npos);
    }
    void weakPinsAreRefused() {
        for (const char* bad : {"", "123", "1234", "4321", "0000", "1111", "1212", "2580a", "12 45", "1234567890123"})
            QVERIFY2(!checkPin(bad, Role::Operator), bad);
        QVERIFY(checkPin("2580", Role::Operator) && checkPin("4812", Role::Operator));
        QCOMPARE(checkPin("4812", Role::Supervisor).error().reason, std::string("bad-pin"));  // six digits there
        QVERIFY(checkPin("481290", Role::Supervisor) && checkPin("481290", Role::Installer));
        for (const char* bad : {"123123", "456789", "987654", "121212", "777777"})
            QVERIFY2(!checkPin(bad, Role::Installer), bad);
    }
    void wrongPinsLockLongerAndLonger() {
        Instant now{1'000'000'000};
        Tries tries;
        for (int i = 0; i < 4; i++) {
            tries = afterWrongPin(tries, now);
            QVERIFY(!isLocked(tries, now));
        }
        std::int64_t before = 0;
        for (const int minutes : {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            tries = afterWrongPin(tries, now);
            QCOMPARE(tries.lockedUntil.ms - now.ms, minutes * 60'000LL);
            QVERIFY(isLocked(tries, now) && !isLocked(tries, tries.lockedUntil));
            QVERIFY(tries.lockedUntil.ms - now.ms >= before);
            before = tries.lockedUntil.ms - now.ms;
            now = tries.lockedUntil;
        }
        const Instant back{now.ms - 2 * 24 * 3'600'000LL};  // the clock was two days ahead
        QVERIFY(isLocked(tries, back));
        QCOMPARE(bounded(tries, back).lockedUntil.ms - back.ms, 3'600'000LL);
        QVERIFY(bounded(tries, back).wrong == tries.wrong);
    }
    void aSessionEndsByItselfAndBelongsToOneUser() {
        ManualClock clock(Instant{1'000'000'000});
        Sessions sessions(clock);
        sessions.setRules({.idleMs = 60'000, .mostMs = 300'000});
        const Person anna{"p-1", "Anna", Role::Supervisor, false};
        const std::string secret = sessions.begin(anna, "uid-1000");
        QCOMPARE(secret.size(), std::size_t(64));
        QVERIFY(sessions.begin(anna, "uid-1000") != secret);
        QVERIFY(sessions.use(secret, "uid-1000") == anna);
        QVERIFY(!sessions.use(secret, "uid-1001"));
        QVERIFY(!sessions.use("", "uid-1000") && !sessions.use(std::string(64, '0'), "uid-1000"));
        for (int i = 0; i < 4; i++) {  // used each 50 s
            clock.advance(50'000);
            QVERIFY(sessions.use(secret, "uid-1000").has_value());
        }
        clock.advance(61'000);
        QVERIFY(!sessions.use(secret, "uid-1000"));
        const std::string busy = sessions.begin(anna, "uid-1000");
        for (int i = 0; i < 6; i++) {
            clock.advance(50'000);
            (void)sessions.use(busy, "uid-1000");
        }
        clock.advance(5'000);
        QVERIFY(!sessions.use(busy, "uid-1000"));  // five minutes at most, however busy
        const std::string gone = sessions.begin(anna, "uid-1000"), ended = sessions.begin(anna, "uid-1000");
        sessions.end(ended);
        QVERIFY(!sessions.use(ended, "uid-1000") && sessions.use(gone, "uid-1000"));
        sessions.endAllOf("p-1");
        QVERIFY(!sessions.use(gone, "uid-1000"));
        const std::string jumped = sessions.begin(anna, "uid-1000");
        clock.advance(-3'600'000);
        QVERIFY(!sessions.use(jumped, "uid-1000"));
    }
};

QTEST_GUILESS_MAIN(AccessTest)
#include "access_test.moc"
