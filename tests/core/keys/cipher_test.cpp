// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The ciphers are those that they are called: published test vectors.
#include <QTest>

#include "core/keys/cipher.h"

using namespace contone;
using namespace contone::keys;

namespace {

Bytes bytesOf(const char* hex) {
    const QByteArray raw = QByteArray::fromHex(hex);
    const auto all = std::as_bytes(std::span(raw.constData(), static_cast<std::size_t>(raw.size())));
    return {all.begin(), all.end()};
}

Key keyOf(const char* hex) {
    Bytes bytes = bytesOf(hex);
    bytes.resize(keyBytes);  // HMAC pads short keys with zeros too: RFC 2104 section 2
    return Key(KeySpan(bytes.data(), keyBytes));
}

// GCM specification (McGrew, Viega), test case 16.
const char* const gcmKey = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
const char* const gcmPlain =
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
    "ba637b39";
const char* const gcmAssociated = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
const char* const gcmSealed =
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0a"
    "bcc9f66276fc6ece0f4e1768cddf8853bb2d551b";

Nonce gcmNonce() {
    Nonce nonce;
    std::ranges::copy(bytesOf("cafebabefacedbaddecaf888"), nonce.begin());
    return nonce;
}

}  // namespace

class CipherTest : public QObject {
    Q_OBJECT
  private slots:
    void itSealsAsTheSpecificationSays() {
        const Key key = keyOf(gcmKey);
        Cipher cipher(key.bytes());
        const Bytes plain = bytesOf(gcmPlain);
        Bytes sealed(plain.size() + tagBytes);
        for (int again = 0; again < 2; again++) {  // nothing is left of the call before
            cipher.seal(gcmNonce(), bytesOf(gcmAssociated), plain, sealed);
            QVERIFY(sealed == bytesOf(gcmSealed));
        }
        Bytes opened(plain.size());
        QVERIFY(cipher.open(gcmNonce(), bytesOf(gcmAssociated), sealed, opened));
        QVERIFY(opened == plain);
    }
    void everyChangedBitIsFoundAndNothingIsGivenOut() {
        const Key key = keyOf(gcmKey);
        Cipher cipher(key.bytes());
        const Bytes sealed = bytesOf(gcmSealed), associated = bytesOf(gcmAssociated);
        for (std::size_t bit = 0; bit < sealed.size() * 8; bit++) {
            Bytes changed = sealed, opened(sealed.size() - tagBytes, std::byte{7});
            changed[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
            QVERIFY(!cipher.open(gcmNonce(), associated, changed, opened));
            QVERIFY(opened == Bytes(opened.size()));
        }
        for (std::size_t bit = 0; bit < associated.size() * 8; bit++) {
            Bytes changed = associated, opened(sealed.size() - tagBytes);
            changed[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
            QVERIFY(!cipher.open(gcmNonce(), changed, sealed, opened));
        }
        Bytes nothing;
        QVERIFY(!cipher.open(gcmNonce(), {}, std::span(sealed).first(tagBytes - 1), nothing));
        QVERIFY(!cipher.open(gcmNonce(), {}, std::span(sealed).first(tagBytes), nothing));
    }
    void keysAreDerivedAsRfc5869Says() {
        const Key derived = derive(bytesOf("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
                                   bytesOf("000102030405060708090a0b0c"), "\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9");
        // Test case 1, its first 32 of 42 bytes.
        QVERIFY(derived == keyOf("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
        QVERIFY(!(derive(derived.bytes(), {}, "one") == derive(derived.bytes(), {}, "other")));
    }
    void macsAreThoseOfRfc4231() {
        const std::string text = "Hi There";  // test case 1
        const Mac mac =
            macOf(keyOf("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b").bytes(), std::as_bytes(std::span(text)));
        QVERIFY(isSame(mac, bytesOf("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")));
        QVERIFY(!isSame(mac, bytesOf("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff6")));
    }
    void aWrappedKeyOpensUnderItsOwnAlone() {
        const Key outer = Key::random(), inner = Key::random(), other = Key::random();
        const Bytes bound = bytesOf("01");
        const WrappedKey wrapped = wrapKey(outer.bytes(), inner.bytes(), bound);
        QVERIFY(wrapped != wrapKey(outer.bytes(), inner.bytes(), bound));  // another nonce each time
        Key opened;
        QVERIFY(unwrapKey(outer.bytes(), wrapped, bound, opened) && opened == inner);
        QVERIFY(!unwrapKey(other.bytes(), wrapped, bound, opened));
        QVERIFY(!unwrapKey(outer.bytes(), wrapped, {}, opened));
    }
    void keysDifferAndStayWhereTheyAreMovedTo() {
        const Key a = Key::random(), b = Key::random();
        QVERIFY(!(a == b) && a == Key(a));
        LockedKey locked(a.bytes());
        LockedKey moved(std::move(locked));
        QVERIFY(Key(moved.bytes()) == a);
        moved = LockedKey(b.bytes());
        QVERIFY(Key(moved.bytes()) == b);
    }
};

QTEST_GUILESS_MAIN(CipherTest)
#include "cipher_test.moc"
