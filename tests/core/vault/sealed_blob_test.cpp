// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sealed blobs: every byte comes back, and nothing that was cut, changed over, added or altered is taken for a photo.
#include <QTest>
#include <random>
#include <set>

#include "core/vault/sealed_blob.h"
#include "tests/core/keys/simulated_disk.h"

using namespace contone;
using namespace contone::vault;
using keystest::SimulatedDisk;

namespace {

constexpr std::size_t tag = 16;

Bytes noise(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    Bytes bytes(size);
    for (std::byte& b : bytes) b = static_cast<std::byte>(random());
    return bytes;
}

struct Place {
    SimulatedDisk disk{1};
    keys::StoreKey storeKey{keys::Key::random().bytes()};
    std::unique_ptr<keys::KeyRing> ring = std::move(*keys::KeyRing::open(disk, "/shop/keys", storeKey));
    keys::KeyId under = ring->take()->id;
    Path file = "/shop/blob";
    Place() { (void)disk.makeFolder("/shop"); }

    /// Written in pieces of this many bytes.
    void write(const Bytes& plain, std::size_t piece = 10'000) {
        if (disk.look(file)) (void)disk.remove(file);
        const auto made = std::move(*disk.create(file));
        BlobWriter writer(*made);
        for (std::size_t at = 0; at < plain.size(); at += piece)
            if (!writer.write(std::span(plain).subspan(at, std::min(piece, plain.size() - at)))) qFatal("write");
        if (!writer.finish() || !writer.writeHead(*ring, under, Sha256::of(plain))) qFatal("finish");
    }
    Result<SealedBlob> open(const Bytes& plain) {
        CONTONE_TRY(auto opened, disk.open(file, FilePort::Open::ToRead));
        return SealedBlob::open(std::move(opened), *ring, Sha256::of(plain));
    }
    Bytes sealed() { return *readWhole(disk, file, 1 << 24); }
    std::size_t headBytes(const Bytes& plain) {
        return sealed().size() - plain.size() -
               tag * std::max<std::size_t>(1, (plain.size() + blockBytes - 1) / blockBytes);
    }
    /// What reading all of it gives: "same", "other" or why not.
    std::string read(const Bytes& plain) {
        auto blob = open(plain);
        if (!blob) return blob.error().reason;
        Bytes got(static_cast<std::size_t>(blob->bytes()) + 10);
        const auto n = blob->read(got, 0);
        if (!n) return n.error().reason;
        got.resize(*n);
        if (plain.empty() && !blob->block(0)) return blob->block(0).error().reason;
        return got == plain ? "same" : "other";
    }
    std::string readAs(const Bytes& bytes, const Bytes& plain) {
        disk.put(file, bytes);
        return read(plain);
    }
};

const std::string same = "same", damaged = "original-damaged";

}  // namespace

class SealedBlobTest : public QObject {
    Q_OBJECT
  private slots:
    void everySizeComesBack() {
        Place place;
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, blockBytes - 1, blockBytes, blockBytes + 1,
                                       2 * blockBytes, 3 * blockBytes - 1, 40 * blockBytes + 77})
            for (const std::size_t piece : {std::size_t{4096}, blockBytes, std::size_t{1} << 20}) {
                const Bytes plain = noise(size, static_cast<unsigned>(size));
                place.write(plain, piece);
                QCOMPARE(place.read(plain), same);
                const auto blob = place.open(plain);
                QCOMPARE(blob->bytes(), std::uint64_t{size});
                // Of each block 16 bytes more, and a head of 118 bytes.
                QCOMPARE(place.headBytes(plain), std::size_t{118});
            }
    }
    void anyPartIsReadAlone() {
        Place place;
        const Bytes plain = noise(5 * blockBytes + 1234, 1);
        place.write(plain);
        auto blob = place.open(plain);
        std::mt19937 random(2);
        for (int i = 0; i < 300; i++) {
            const std::size_t at = random() % (plain.size() + 100), want = random() % (2 * blockBytes);
            Bytes got(want);
            const auto n = blob->read(got, at);
            const std::size_t expected = at >= plain.size() ? 0 : std::min(want, plain.size() - at);
            QVERIFY(n && *n == expected);
            QVERIFY(std::equal(got.begin(), got.begin() + static_cast<std::ptrdiff_t>(expected),
                               plain.begin() + static_cast<std::ptrdiff_t>(std::min(at, plain.size()))));
        }
        QCOMPARE(blob->block(5)->size(), std::size_t{1234});
        QCOMPARE(blob->block(6).error().reason, damaged);
    }
    void theDiskNeverHasPlainBytesAndTheSamePhotoLooksDifferentEachTime() {
        Place place;
        const Bytes plain = noise(2 * blockBytes, 3);
        place.write(plain);
        const Bytes first = place.sealed();
        for (std::size_t at = 0; at + 16 <= plain.size(); at += 4096)
            QVERIFY(!place.disk.holds(std::span(plain).subspan(at, 16)));
        place.write(plain);
        QVERIFY(place.sealed() != first);
        QVERIFY(std::ranges::equal(std::span(first).first(30),
                                   std::as_bytes(std::span("contone sealed 1, AES-256-GCM\n", 30))));
    }
    void everyBitCounts() {
        Place place;
        const Bytes plain = noise(blockBytes + 500, 4);
        place.write(plain);
        const Bytes sealed = place.sealed();
        std::mt19937 random(5);
        for (std::size_t i = 0; i < 118 * 8 + 400; i++) {  // each bit of the head, and some of the rest
            const std::size_t bit = i < 118 * 8 ? i : random() % (sealed.size() * 8);
            Bytes changed = sealed;
            changed[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
            const std::string got = place.readAs(changed, plain);
            // Another key's name: a key that the ring does not have.
            const bool isKeysName = bit / 8 >= 42 && bit / 8 < 58;
            QCOMPARE(got, isKeysName ? std::string("key-destroyed") : damaged);
        }
        QCOMPARE(place.readAs(sealed, plain), same);
    }
    void whatIsCutOrAddedIsFound() {
        Place place;
        const Bytes plain = noise(3 * blockBytes, 6);
        place.write(plain);
        const Bytes sealed = place.sealed();
        const std::size_t block = blockBytes + tag;
        for (const std::size_t size : {std::size_t{0}, std::size_t{50}, std::size_t{118}, 118 + block, 118 + 2 * block,
                                       sealed.size() - 1, sealed.size() - tag}) {
            QCOMPARE(place.readAs(Bytes(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(size)), plain),
                     damaged);
        }
        Bytes longer = sealed;
        longer.push_back({});
        QCOMPARE(place.readAs(longer, plain), damaged);
        longer = sealed;
        longer.insert(longer.end(), sealed.end() - static_cast<std::ptrdiff_t>(block), sealed.end());
        QCOMPARE(place.readAs(longer, plain), damaged);
    }
    void blocksThatChangePlacesAreFound() {
        Place place;
        const Bytes plain = noise(4 * blockBytes, 7);
        place.write(plain);
        const Bytes sealed = place.sealed();
        const auto block = [](Bytes& bytes, std::size_t index) {
            return std::span(bytes).subspan(118 + index * (blockBytes + tag), blockBytes + tag);
        };
        for (std::size_t a = 0; a < 4; a++)
            for (std::size_t b = a + 1; b < 4; b++) {
                Bytes changed = sealed;
                std::ranges::swap_ranges(block(changed, a), block(changed, b));
                QCOMPARE(place.readAs(changed, plain), damaged);
            }
        // A block of another photo, and of another copy of this one, in the same place.
        for (const Bytes& other : {noise(4 * blockBytes, 8), plain}) {
            place.write(other);
            Bytes changed = sealed, from = place.sealed();
            std::ranges::copy(block(from, 2), block(changed, 2).begin());
            QCOMPARE(place.readAs(changed, plain), damaged);
        }
    }
    void aHeadOfAnotherPhotoOpensNothing() {
        Place place;
        const Bytes plain = noise(1000, 9), other = noise(1000, 10);
        place.write(other);
        const Bytes head = place.sealed();
        place.write(plain);
        Bytes changed = place.sealed();
        std::copy_n(head.begin(), 118, changed.begin());
        QCOMPARE(place.readAs(changed, plain), damaged);
        QCOMPARE(place.readAs(head, plain), damaged);  // whole, but under this one's name
    }
    void withItsKeyItIsGone() {
        Place place;
        const Bytes plain = noise(1000, 11);
        place.write(plain);
        QVERIFY(place.ring->destroy(std::array{place.under}));
        QCOMPARE(place.read(plain), std::string("key-destroyed"));
    }
    void aFullOrFailingDiskIsSaid() {
        Place place;
        for (const auto& [fault, reason] :
             {std::pair(keystest::Fault::Full, "disk-full"), {keystest::Fault::IoError, "io-error"}}) {
            const auto made = std::move(*place.disk.create("/shop/" + std::string(reason)));
            BlobWriter writer(*made);
            place.disk.failAfter(1, fault);
            const auto done = writer.write(noise(3'000'000, 1));
            place.disk.mend();
            QCOMPARE(done.error().reason, std::string(reason));
        }
    }
};

QTEST_GUILESS_MAIN(SealedBlobTest)
#include "sealed_blob_test.moc"
