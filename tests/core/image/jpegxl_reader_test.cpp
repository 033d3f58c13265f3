// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// JPEG XL: pictures made by libjxl here without loss, and damage.
#include <jxl/encode.h>
#include <QTest>
#include <random>

#include "core/image/codecs/jpegxl_reader.h"
#include "tests/core/image/reader_samples.h"
#include "tests/places.h"

namespace contone::image {
namespace {

Bytes sample(const char* name) {
    auto bytes = readFile(Path(contone::tests::sourceFolder) / "tests/data/jxl" / name, 1'000'000);
    if (!bytes) qFatal("%s is missing", name);
    return *bytes;
}

Outcome open(const Bytes& bytes, const Limits& limits = {}) {
    return readAll(openJpegXl(memoryFile(bytes), limits));
}

struct Made {
    int width = 5, height = 3;
    std::uint32_t colours = 3, alpha = 0;
    JxlDataType type = JXL_TYPE_UINT8;
    JxlOrientation orientation = JXL_ORIENT_IDENTITY;
    JxlPrimaries primaries = JXL_PRIMARIES_SRGB;
    JxlTransferFunction transfer = JXL_TRANSFER_FUNCTION_SRGB;
    bool isCmyk = false;
    Bytes exif;
};

/// `samples`: interleaved, of made.type.
Bytes encode(const Made& made, const void* samples, std::size_t size) {
    JxlEncoder* encoder = JxlEncoderCreate(nullptr);
    const std::uint32_t bits = made.type == JXL_TYPE_UINT8 ? 8 : made.type == JXL_TYPE_UINT16 ? 16 : 32;
    JxlBasicInfo info;
    JxlEncoderInitBasicInfo(&info);
    info.xsize = static_cast<std::uint32_t>(made.width);
    info.ysize = static_cast<std::uint32_t>(made.height);
    info.bits_per_sample = bits;
    info.exponent_bits_per_sample = made.type == JXL_TYPE_FLOAT ? 8 : 0;
    info.num_color_channels = made.colours;
    info.num_extra_channels = made.alpha + (made.isCmyk ? 1 : 0);
    info.alpha_bits = made.alpha > 0 ? bits : 0;
    info.orientation = made.orientation;
    info.uses_original_profile = JXL_TRUE;
    if (!made.exif.empty()) JxlEncoderUseBoxes(encoder);
    JxlEncoderSetCodestreamLevel(encoder, 10);
    if (JxlEncoderSetBasicInfo(encoder, &info) != JXL_ENC_SUCCESS) qFatal("basic info");
    if (made.isCmyk) {
        JxlExtraChannelInfo black;
        JxlEncoderInitExtraChannelInfo(JXL_CHANNEL_BLACK, &black);
        black.bits_per_sample = bits;
        JxlEncoderSetExtraChannelInfo(encoder, 0, &black);
    }
    JxlColorEncoding colours;
    JxlColorEncodingSetToSRGB(&colours, made.colours == 1 ? JXL_TRUE : JXL_FALSE);
    colours.primaries = made.primaries;
    colours.transfer_function = made.transfer;
    if (JxlEncoderSetColorEncoding(encoder, &colours) != JXL_ENC_SUCCESS) qFatal("colours");
    if (!made.exif.empty())
        JxlEncoderAddBox(encoder, "Exif", reinterpret_cast<const std::uint8_t*>(made.exif.data()), made.exif.size(),
                         JXL_FALSE);
    JxlEncoderFrameSettings* settings = JxlEncoderFrameSettingsCreate(encoder, nullptr);
    JxlEncoderSetFrameLossless(settings, JXL_TRUE);
    const JxlPixelFormat format{made.colours + made.alpha, made.type, JXL_NATIVE_ENDIAN, 0};
    if (JxlEncoderAddImageFrame(settings, &format, samples, size) != JXL_ENC_SUCCESS) qFatal("frame");
    if (made.isCmyk) {
        const std::vector<std::uint8_t> ink(static_cast<std::size_t>(made.width * made.height), 9);
        const JxlPixelFormat one{1, JXL_TYPE_UINT8, JXL_NATIVE_ENDIAN, 0};
        JxlEncoderSetExtraChannelBuffer(settings, &one, ink.data(), ink.size(), 0);
    }
    JxlEncoderCloseInput(encoder);
    Bytes out(1 << 20);
    auto* next = reinterpret_cast<std::uint8_t*>(out.data());
    std::size_t room = out.size();
    if (JxlEncoderProcessOutput(encoder, &next, &room) != JXL_ENC_SUCCESS) qFatal("output");
    out.resize(out.size() - room);
    JxlEncoderDestroy(encoder);
    return out;
}

template <class T>
Bytes encode(const Made& made, const std::vector<T>& samples) {
    return encode(made, samples.data(), samples.size() * sizeof(T));
}

std::vector<std::uint8_t> counted(int samples) {
    std::vector<std::uint8_t> values;
    for (int i = 0; i < samples; ++i) values.push_back(static_cast<std::uint8_t>(i * 5));
    return values;
}

class JpegXlReaderTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void losslessPixelsAreExact() {
        const Outcome photo = open(encode({}, counted(45)));
        QVERIFY(photo.isWhole());
        QCOMPARE(photo.facts.photo.format, PhotoFormat::JpegXl);
        QVERIFY(photo.facts.colours.cicp == (Cicp{1, 13}));
        for (int y = 0; y < 3; ++y)
            for (int i = 0; i < 15; ++i) QCOMPARE(photo.row(y)[static_cast<std::size_t>(i)], (y * 15 + i) * 5);
        QVERIFY(photo.warnings.empty());
    }

    void sixteenBitsStaySixteenAndP3IsSaid() {
        Made made;
        made.type = JXL_TYPE_UINT16;
        made.primaries = JXL_PRIMARIES_P3;
        std::vector<std::uint16_t> samples;
        for (int i = 0; i < 45; ++i) samples.push_back(static_cast<std::uint16_t>(i * 1456));
        const Outcome photo = open(encode(made, samples));
        QVERIFY(photo.isWhole());
        QCOMPARE(photo.picture.format.depth, Depth::U16);
        QCOMPARE(photo.facts.photo.bitsPerSample, 16);
        QVERIFY(photo.facts.colours.cicp == (Cicp{12, 13}));
        QCOMPARE(photo.row(2)[14], 44 * 1456);
    }

    void aVideoCurveIsMeantHere() {
        Made made;
        made.transfer = JXL_TRANSFER_FUNCTION_709;
        const Outcome photo = open(encode(made, counted(45)));
        QVERIFY(photo.isWhole());
        QVERIFY(photo.facts.colours.cicp == (Cicp{1, 11}));  // not 1, which stills of video containers mean as sRGB's
    }

    void floatingPointIsClippedAndSaid() {
        Made made;
        made.type = JXL_TYPE_FLOAT;
        made.width = made.height = 1;
        const Outcome photo = open(encode(made, std::vector<float>{-0.25f, 0.5f, 1.5f}));
        QVERIFY(photo.isWhole());
        QCOMPARE(photo.row(0)[0], 0);
        QVERIFY(std::abs(photo.row(0)[1] - 32768) <= 1);
        QCOMPARE(photo.row(0)[2], 65535);
        QVERIFY(photo.warnings.has(PhotoWarning::ReducedDepth));
    }

    void graySeeThroughLiesOnWhite() {
        Made made;
        made.colours = 1;
        made.alpha = 1;
        made.width = 2;
        made.height = 1;
        const Outcome photo = open(encode(made, std::vector<std::uint8_t>{100, 255, 0, 51}));
        QVERIFY(photo.isWhole());
        QCOMPARE(photo.picture.format.channels, Channels::Gray);
        QCOMPARE(photo.row(0), (std::vector<int>{100, 204}));
        QVERIFY(photo.warnings.has(PhotoWarning::AlphaFlattened));
    }

    void aTurnedPictureComesUpright() {
        Made made;
        made.colours = 1;
        made.orientation = JXL_ORIENT_ROTATE_90_CW;
        made.width = 3;
        made.height = 1;
        const Outcome photo = open(encode(made, std::vector<std::uint8_t>{10, 20, 30}));
        QVERIFY(photo.isWhole());
        QVERIFY(photo.facts.photo.storedSize == (PixelSize{1, 3}));
        QCOMPARE(photo.facts.photo.orientation, Orientation::Upright);
        QCOMPARE(photo.row(0)[0], 10);  // the left end is the top after a quarter turn clockwise
        QCOMPARE(photo.row(2)[0], 30);
    }

    void exifNamesTheCameraButDoesNotTurn() {
        Made made;
        // Offset 0, then a TIFF block: orientation 6 and the model "X1".
        for (const int b : {0, 0,    0,    0, 0x49, 0x49, 42, 0, 8, 0, 0, 0, 2, 0, 0x10, 1, 2, 0, 3, 0, 0,
                            0, 0x58, 0x31, 0, 0,    0x12, 1,  3, 0, 1, 0, 0, 0, 6, 0,    0, 0, 0, 0, 0, 0})
            made.exif.push_back(static_cast<std::byte>(b));
        const Outcome photo = open(encode(made, counted(45)));
        QVERIFY(photo.isWhole());
        QCOMPARE(photo.facts.photo.camera, std::string("X1"));
        QCOMPARE(photo.facts.photo.orientation, Orientation::Upright);
        QVERIFY(photo.warnings.empty());
    }

    void cmykIsRefused() {
        Made made;
        made.isCmyk = true;
        QCOMPARE(open(encode(made, counted(45))).reason, std::string("photo-feature"));
    }

    void bombsAndCutFilesAreRefused() {
        QCOMPARE(open(sample("crash-bfd2220.jxl")).reason, std::string("photo-too-large"));
        QCOMPARE(open(sample("truncated.jxl")).reason, std::string("photo-truncated"));
        Limits limits;
        limits.maxWholeFrameBytes = 500;
        QCOMPARE(open(encode({}, counted(45)), limits).reason, std::string("photo-memory"));
        Made made;
        made.width = made.height = 64;
        std::mt19937 random(3);
        std::vector<std::uint8_t> noise(64 * 64 * 3);
        for (auto& v : noise) v = static_cast<std::uint8_t>(random());
        const Bytes file = encode(made, noise);
        QVERIFY(open(file).isWhole());
        for (std::size_t size = 1; size < file.size(); size += 211) {
            const Outcome cut = open(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)));
            QVERIFY2(cut.reason == "photo-truncated" || cut.reason == "photo-damaged",
                     qPrintable(QString::number(size)));
        }
    }

    void flippedBytesEndInTheSameAnswerTwice() {
        std::mt19937 random(20261122);
        const Bytes file = encode({}, counted(45));
        for (int i = 0; i < 300; ++i) {
            Bytes bad = file;
            for (int k = 0; k < 2; ++k) bad[random() % bad.size()] = static_cast<std::byte>(random());
            const Outcome first = open(bad), second = open(bad);
            QCOMPARE(first.reason, second.reason);
            QVERIFY(first.picture == second.picture);
        }
    }
};

}  // namespace
}  // namespace contone::image

QTEST_APPLESS_MAIN(contone::image::JpegXlReaderTest)
#include "jpegxl_reader_test.moc"
