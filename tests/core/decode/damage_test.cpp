// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos as failing cards and sticks leave them: of those that look wrong, how many are refused or told? Seeded damage
// to files that are made or bundled here; ./dev soak damage takes 200 a kind and docs/formats.md has its figures.
#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <random>

#include "core/decode/worker/open_photo.h"
#include "core/image/encoders/jpeg_trap.h"
#include "core/image/file_sinks.h"
#include "tests/core/image/jpeg_samples.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::decode;
using image::Picture;

namespace {

enum class Told { No, Warned, Refused };

struct Seen {
    Told told = Told::No;
    Picture picture;
};

Seen look(const Bytes& bytes) {
    auto source = openPhoto(narrowCodecs(), image::memoryFile(bytes), {});
    if (!source) return {Told::Refused, {}};
    const image::PhotoFacts& facts = (*source)->facts();
    Seen seen{Told::No, Picture::ofSize(facts.size, facts.pixels)};
    for (int y = 0; y < facts.size.height;) {
        image::MutableStrip strip = seen.picture.strip();
        strip.rows = std::min(16, facts.size.height - y);
        strip.data = strip.row<std::byte>(y);
        const Result<int> rows = (*source)->read(strip);
        if (!rows || *rows == 0) return {Told::Refused, {}};
        y += *rows;
    }
    image::MutableStrip end = seen.picture.strip();  // warnings that only the last row tells
    end.rows = 1;
    if (!(*source)->read(end)) return {Told::Refused, {}};
    if (!(*source)->warnings().empty()) seen.told = Told::Warned;
    return seen;
}

/// Of 8-bit pictures: the share of pixels that are off by more than 8 of 255 in any channel; 16-bit ones likewise.
double wrongShare(const Picture& a, const Picture& b) {
    if (a.size != b.size || a.format != b.format) return 1;
    const int channels = count(a.format.channels);
    const bool isDeep = a.format.depth == image::Depth::U16;
    const std::size_t pixels = static_cast<std::size_t>(a.size.width) * static_cast<std::size_t>(a.size.height);
    const auto* left8 = reinterpret_cast<const std::uint8_t*>(a.bytes.data());
    const auto* right8 = reinterpret_cast<const std::uint8_t*>(b.bytes.data());
    const auto* left16 = reinterpret_cast<const std::uint16_t*>(a.bytes.data());
    const auto* right16 = reinterpret_cast<const std::uint16_t*>(b.bytes.data());
    std::size_t wrong = 0;
    for (std::size_t p = 0, i = 0; p < pixels; p++) {
        bool isOff = false;
        for (int c = 0; c < channels; c++, i++)
            isOff = isOff || (isDeep ? std::abs(left16[i] - right16[i]) > 8 * 257 : std::abs(left8[i] - right8[i]) > 8);
        wrong += isOff ? 1 : 0;
    }
    return static_cast<double>(wrong) / static_cast<double>(pixels);
}

/// One thing that happens to files on cards: a sector of another, an empty one, a few bytes, a bit.
Bytes damaged(Bytes bytes, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    constexpr std::size_t sector = 512;
    const std::size_t first = std::min<std::size_t>(1024, bytes.size() / 4);  // behind the head
    const auto place = [&] { return first + random() % (bytes.size() - first); };
    const auto whole = [&] {
        return std::min(place() / sector * sector, bytes.size() - std::min(bytes.size(), sector));
    };
    switch (random() % 4) {
        case 0: {
            const std::size_t from = whole(), to = std::max(whole(), first);
            std::copy_n(Bytes(bytes).begin() + static_cast<std::ptrdiff_t>(from),
                        std::min(sector, bytes.size() - std::max(from, to)),
                        bytes.begin() + static_cast<std::ptrdiff_t>(to));
            break;
        }
        case 1: {
            const std::size_t to = std::max(whole(), first);
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(to), std::min(sector, bytes.size() - to),
                        std::byte{0});
            break;
        }
        case 2:
            for (std::size_t i = 0, at = place(); i < 8 && at + i < bytes.size(); i++)
                bytes[at + i] = static_cast<std::byte>(random());
            break;
        default:
            bytes[place()] ^= static_cast<std::byte>(1u << random() % 8);
    }
    return bytes;
}

Bytes bundled(const char* path) {
    return readFile(Path(tests::sourceFolder) / "tests/data" / path, 10'000'000).value();
}

/// Every third pixel of a sample, 8 bit: a photo's detail at a size that is read often.
Picture samplePicture() {
    const Bytes jpeg = readFile(Path(tests::sourceFolder) / "resources/samples/sunset.jpg", 50'000'000).value();
    const Picture whole = image::decodeWhole(jpeg);
    Picture small = Picture::ofSize({whole.size.width / 3, whole.size.height / 3}, whole.format);
    for (int y = 0; y < small.size.height; y++)
        for (int x = 0; x < small.size.width; x++)
            std::copy_n(whole.strip().row<std::uint8_t>(3 * y) + 9 * x, 3, small.strip().row<std::uint8_t>(y) + 3 * x);
    return small;
}

Bytes written(const Picture& picture, const char* name,
              const std::function<std::unique_ptr<image::StripSink>(const Path&)>& sinkFor) {
    const QTemporaryDir dir;
    const Path path = Path(dir.path().toStdString()) / name;
    const auto sink = sinkFor(path);
    image::PageHeader page;
    page.size = picture.size;
    page.format = picture.format;
    if (!sink->begin(page) || !sink->write(picture.strip()) || !sink->finish()) qFatal("%s is not written", name);
    return readFile(path, 50'000'000).value();
}

}  // namespace

class DamageTest : public QObject {
    Q_OBJECT
    Picture m_picture = samplePicture();

  private Q_SLOTS:
    void whatLooksWrongIsTold_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<double>("least");  // of those with more than 2 % wrong pixels
        const auto row = [](const char* name, const Bytes& bytes, double least) {
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(bytes.data()), std::ssize(bytes)) << least;
        };
        using enum image::JpegKind;
        row("JPEG", image::encodeJpeg(m_picture, Baseline), 0.74);
        row("JPEG, restarts", image::encodeJpeg(m_picture, Restarts), 0.95);
        row("JPEG, progressive", image::encodeJpeg(m_picture, Progressive), 0.9);
        row("PNG", written(m_picture, "a.png", [](const Path& p) { return image::pngFileSink(p); }), 1);
        row("TIFF, LZW", written(m_picture, "a.tif", [](const Path& p) { return image::tiffFileSink(p); }), 0.95);
        row("HEIC", bundled("heif/IMG_7702_small.heic"), 0.95);
        row("AVIF", bundled("heif/sofa_grid1x5_420.avif"), 0.3);
        row("WebP", bundled("webp/hopper.webp"), 0.0);
    }
    void whatLooksWrongIsTold() {
        QFETCH(const QByteArray, file);
        QFETCH(const double, least);
        const auto* from = reinterpret_cast<const std::byte*>(file.constData());
        const Bytes bytes(from, from + file.size());
        const Seen whole = look(bytes);
        QVERIFY(whole.told == Told::No);
        const char* asked = std::getenv("CONTONE_DAMAGES");
        const int damages = asked != nullptr ? std::atoi(asked) : 40;
        int wrong = 0, told = 0, warnedWell = 0;
        for (int i = 0; i < damages; i++) {
            const Seen seen = look(damaged(bytes, static_cast<std::uint64_t>(i) + 1));
            const double share = seen.told == Told::Refused ? 1 : wrongShare(whole.picture, seen.picture);
            if (share == 0 && seen.told == Told::Warned) warnedWell++;
            if (share <= 0.02) continue;
            wrong++;
            told += seen.told == Told::No ? 0 : 1;
        }
        qInfo("%s: %d of %d damaged files look wrong; %d of them are refused or told (%.0f %%); %d that look right too",
              QTest::currentDataTag(), wrong, damages, told, wrong == 0 ? 100.0 : 100.0 * told / wrong, warnedWell);
        QVERIFY(wrong == 0 || told >= least * wrong);
    }
};

QTEST_APPLESS_MAIN(DamageTest)
#include "damage_test.moc"
