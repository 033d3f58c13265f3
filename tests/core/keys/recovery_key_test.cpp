// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The recovery key: read off paper, typed with mistakes, and the one that opens.
#include <QTest>
#include <set>

#include "core/keys/recovery_key.h"

using namespace contone;
using namespace contone::keys;

namespace {

std::string reasonOf(const std::string& typed) {
    const auto key = RecoveryKey::parse(typed);
    return key ? "fine" : key.error().reason;
}
/// The number in the sentence, 0: none.
int groupNamed(const std::string& typed) {
    const auto key = RecoveryKey::parse(typed);
    if (key) return 0;
    const std::size_t at = key.error().message.find("Group ");
    return at == std::string::npos ? 0 : key.error().message[at + 6] - '0';
}
const std::string alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

}  // namespace

class RecoveryKeyTest : public QObject {
    Q_OBJECT
  private slots:
    void itIsSevenGroupsOfFiveWithoutWhatIsMistaken() {
        std::set<std::string> all;
        std::set<char> used;
        for (int i = 0; i < 300; i++) {
            const std::string text = RecoveryKey::random().toString();
            QCOMPARE(text.size(), std::size_t{41});
            for (std::size_t c = 0; c < text.size(); c++) {
                QCOMPARE(text[c] == '-', c % 6 == 5);
                if (text[c] != '-') used.insert(text[c]);
            }
            QVERIFY(all.insert(text).second);
        }
        QCOMPARE(std::string(used.begin(), used.end()), alphabet);  // all 31, and none of 0 O 1 I L
        // 28 characters of 31 that are drawn: 28 × log2(31) = 138.7 bits.
        QCOMPARE(RecoveryKey::random().secret().size(), std::size_t{28});
    }
    void itIsReadHoweverItIsTyped() {
        const RecoveryKey key = RecoveryKey::random();
        const std::string text = key.toString();
        std::string small, spaced;
        for (const char c : text) {
            small += static_cast<char>(std::tolower(c));
            if (c != '-') spaced += std::string(1, c) + " ";
        }
        for (const std::string& typed : {text, small, spaced, " " + text + "\r\n"}) {
            const auto read = RecoveryKey::parse(typed);
            QVERIFY(read);
            QCOMPARE(read->toString(), text);
        }
    }
    void everyWrongCharacterIsFoundInItsGroup() {
        const std::string text = RecoveryKey::random().toString();
        for (std::size_t i = 0; i < text.size(); i++) {
            if (text[i] == '-') continue;
            for (const char c : alphabet + "01OIL?") {
                if (c == text[i]) continue;
                std::string typed = text;
                typed[i] = c;
                QCOMPARE(reasonOf(typed), std::string("recovery-key-typing"));
                QCOMPARE(groupNamed(typed), static_cast<int>(i / 6) + 1);
            }
        }
    }
    void whatChangedPlacesIsFound() {
        for (int round = 0; round < 50; round++) {
            const std::string text = RecoveryKey::random().toString();
            for (std::size_t i = 0; i < text.size(); i++)
                for (std::size_t k = i + 1; k < text.size() && k % 6 != 5; k++) {  // within a group
                    std::string typed = text;
                    std::swap(typed[i], typed[k]);
                    if (typed != text && i % 6 != 5) QCOMPARE(groupNamed(typed), static_cast<int>(i / 6) + 1);
                }
            std::string typed = text.substr(6, 6) + text.substr(0, 6) + text.substr(12);  // groups 1 and 2
            QCOMPARE(groupNamed(typed), 1);
        }
    }
    void whatIsMissingOrTooMuchIsSaid() {
        const std::string text = RecoveryKey::random().toString();
        QCOMPARE(reasonOf(""), std::string("recovery-key-length"));
        QCOMPARE(reasonOf(text.substr(0, 35)), std::string("recovery-key-length"));
        QCOMPARE(reasonOf(text + "A"), std::string("recovery-key-length"));
        QCOMPARE(reasonOf(text + std::string(100'000, 'A')), std::string("recovery-key-length"));
        QCOMPARE(reasonOf(text.substr(0, 40)), std::string("recovery-key-length"));
    }
    void theStoresKeyComesBackWithItAlone() {
        const StoreKey store(Key::random().bytes());
        const RecoveryKey key = RecoveryKey::random();
        const std::string file = wrapForRecovery(store, key);
        const auto back = unwrapWithRecovery(file, *RecoveryKey::parse(key.toString()));
        QVERIFY(back && Key(back->bytes()) == Key(store.bytes()));
        const auto wrong = unwrapWithRecovery(file, RecoveryKey::random());
        QCOMPARE(wrong.error().reason, std::string("recovery-key-wrong"));
        QVERIFY(wrong.error().code == Code::Denied);
        QVERIFY(file != wrapForRecovery(store, key));  // another salt and nonce each time
        QVERIFY(file.starts_with("contone recovery 1\n"));
    }
    void noDamagedFileGivesAKey() {
        const RecoveryKey key = RecoveryKey::random();
        const std::string file = wrapForRecovery(StoreKey(Key::random().bytes()), key);
        for (std::size_t i = 0; i < file.size(); i++) {
            std::string damaged = file;
            damaged[i] = damaged[i] == 'a' ? 'b' : 'a';
            QVERIFY(!unwrapWithRecovery(damaged, key));
            QVERIFY(!unwrapWithRecovery(file.substr(0, i), key));
        }
        QCOMPARE(unwrapWithRecovery(file + "more", key).error().reason, std::string("recovery-damaged"));
        QCOMPARE(unwrapWithRecovery("", key).error().reason, std::string("recovery-damaged"));
    }
};

QTEST_GUILESS_MAIN(RecoveryKeyTest)
#include "recovery_key_test.moc"
