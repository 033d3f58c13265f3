// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// WebP: pictures made by libwebp here, others' files, and damage.
#include <webp/encode.h>
#include <webp/mux.h>
#include <QTest>
#include <random>

#include "core/image/codecs/webp_reader.h"
#include "tests/core/image/reader_samples.h"
#include "tests/places.h"

namespace contone::image {
namespace {

Bytes sample(const char* name) {
    auto bytes = readFile(Path(contone::tests::sourceFolder) / "tests/data/webp" / name, 1'000'000);
    if (!bytes) qFatal("%s is missing", name);
    return *bytes;
}

Outcome open(const Bytes& bytes, const Limits& limits = {}) {
    return readAll(openWebP(memoryFile(bytes), limits));
}

Bytes toBytes(const std::uint8_t* data, std::size_t size) {
    const auto* from = reinterpret_cast<const std::byte*>(data);
    return Bytes(from, from + size);
}

/// One colour with one opacity, without loss.
Bytes flat(int width, int height, std::array<std::uint8_t, 4> rgba) {
    std::vector<std::uint8_t> pixels;
    for (int i = 0; i < width * height; ++i) pixels.insert(pixels.end(), rgba.begin(), rgba.end());
    std::uint8_t* out = nullptr;
    const std::size_t size = WebPEncodeLosslessRGBA(pixels.data(), width, height, width * 4, &out);
    Bytes bytes = toBytes(out, size);
    WebPFree(out);
    return bytes;
}

WebPData view(const Bytes& bytes) {
    return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

Bytes withChunks(const Bytes& picture, const Bytes& profile, const Bytes& exif) {
    WebPMux* mux = WebPMuxNew();
    const WebPData image = view(picture), icc = view(profile), notes = view(exif);
    WebPMuxSetImage(mux, &image, 1);
    WebPMuxSetChunk(mux, "ICCP", &icc, 1);
    WebPMuxSetChunk(mux, "EXIF", &notes, 1);
    WebPData out;
    WebPMuxAssemble(mux, &out);
    Bytes bytes = toBytes(out.bytes, out.size);
    WebPDataClear(&out);
    WebPMuxDelete(mux);
    return bytes;
}

/// A TIFF block with an orientation alone.
Bytes exifOf(int orientation) {
    Bytes bytes;
    for (const int b :
         {0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0})
        bytes.push_back(static_cast<std::byte>(b));
    return bytes;
}

class WebPReaderTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void losslessPixelsAreExact() {
        const Outcome photo = open(flat(7, 5, {12, 200, 99, 255}));
        QVERIFY(photo.isWhole());
        QCOMPARE(photo.facts.photo.format, PhotoFormat::WebP);
        QCOMPARE(photo.row(4), (std::vector<int>{12, 200, 99,  12, 200, 99,  12, 200, 99,  12, 200,
                                                 99, 12,  200, 99, 12,  200, 99, 12,  200, 99}));
        QVERIFY(photo.warnings.empty());
    }

    void seeThroughPartsLieOnWhite() {
        const Outcome photo = open(flat(1, 1, {0, 100, 255, 51}));  // a fifth
        QVERIFY(photo.isWhole());
        QCOMPARE(photo.row(0), (std::vector<int>{204, 224, 255}));
        QVERIFY(photo.warnings.has(PhotoWarning::AlphaFlattened));
        QVERIFY(open(sample("transparent.webp")).warnings.has(PhotoWarning::AlphaFlattened));
    }

    void theProfileAndTheOrientationOfExifCount() {
        Bytes profile(200, std::byte{7});
        const Outcome photo = open(withChunks(flat(4, 3, {1, 2, 3, 255}), profile, exifOf(6)));
        QVERIFY(photo.isWhole());
        QCOMPARE(photo.facts.photo.orientation, Orientation::Rotate90);
        QVERIFY(photo.facts.colours.profile.has_value());
        QCOMPARE(photo.facts.colours.profile->hash, Sha256::of(profile));
    }

    void theFirstFrameOfAnAnimationLiesOnItsCanvas() {
        WebPMux* mux = WebPMuxNew();
        const Bytes red = flat(4, 2, {255, 0, 0, 255}), green = flat(8, 8, {0, 255, 0, 255});
        WebPMuxFrameInfo frame{};
        frame.id = WEBP_CHUNK_ANMF;
        frame.duration = 100;
        frame.bitstream = view(red);
        frame.x_offset = 2;
        frame.y_offset = 4;
        WebPMuxPushFrame(mux, &frame, 1);
        frame.bitstream = view(green);
        frame.x_offset = frame.y_offset = 0;
        WebPMuxPushFrame(mux, &frame, 1);
        WebPMuxSetCanvasSize(mux, 8, 8);
        const WebPMuxAnimParams endless{0, 0};
        WebPMuxSetAnimationParams(mux, &endless);
        WebPData out;
        WebPMuxAssemble(mux, &out);
        const Outcome photo = open(toBytes(out.bytes, out.size));
        WebPDataClear(&out);
        WebPMuxDelete(mux);
        QVERIFY(photo.isWhole());
        QVERIFY(photo.facts.photo.size == (PixelSize{8, 8}));
        QVERIFY(photo.warnings.has(PhotoWarning::FirstFrameOnly));
        const std::vector<int> above = photo.row(3), in = photo.row(4);
        QVERIFY(std::all_of(above.begin(), above.end(), [](int v) { return v == 255; }));
        QCOMPARE(std::vector<int>(in.begin() + 3, in.begin() + 9), (std::vector<int>{255, 255, 255, 255, 0, 0}));
    }

    void limitsAreKeptBeforeDecoding() {
        Limits limits;
        limits.maxPixels = 128 * 128 - 1;
        QCOMPARE(open(sample("hopper.webp"), limits).reason, std::string("photo-too-large"));
        limits = {};
        limits.maxWholeFrameBytes = 128 * 128 * 8;
        QCOMPARE(open(sample("hopper.webp"), limits).reason, std::string("photo-memory"));
    }

    void aCutFileIsIncomplete() {
        const Bytes file = sample("hopper.webp");
        QVERIFY(open(file).isWhole());
        for (std::size_t size = 1; size < file.size() - 1; size += 11) {
            const std::string reason =
                open(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size))).reason;
            QVERIFY2(reason == "photo-truncated" || reason == "photo-damaged", qPrintable(QString::number(size)));
        }
    }

    void flippedBytesEndInTheSameAnswerTwice() {
        std::mt19937 random(20261122);
        for (const char* name : {"hopper.webp", "transparent.webp"}) {
            const Bytes file = sample(name);
            for (int i = 0; i < 150; ++i) {
                Bytes bad = file;
                for (int k = 0; k < 3; ++k) bad[random() % bad.size()] = static_cast<std::byte>(random());
                const Outcome first = open(bad), second = open(bad);
                QCOMPARE(first.reason, second.reason);
                QVERIFY(first.picture == second.picture);
            }
        }
    }
};

}  // namespace
}  // namespace contone::image

QTEST_APPLESS_MAIN(contone::image::WebPReaderTest)
#include "webp_reader_test.moc"
