// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Files that were made to break decoders: each ends in rows or in a sentence, soon and in little memory.
#include <sys/resource.h>

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include "core/decode/worker/open_photo.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::decode;

namespace {

const Path kBroken = Path(contone::tests::sourceFolder) / "tests/data/broken";

long peakKilobytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/// "ok", "warned" or the reason of the failure.
std::string fate(const Path& path) {
    auto source = openPhoto(narrowCodecs(), *openForReading(path), {});
    if (!source) return source.error().message.empty() ? "no words" : source.error().reason;
    const image::PhotoFacts& facts = (*source)->facts();
    image::Picture strip = image::Picture::ofSize({facts.size.width, 16}, facts.pixels);
    for (;;) {
        const Result<int> rows = (*source)->read(strip.strip());
        if (!rows) return rows.error().message.empty() ? "no words" : rows.error().reason;
        if (*rows == 0) return (*source)->warnings().empty() ? "ok" : "warned";
    }
}

}  // namespace

class BrokenFilesTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void bombsAreRefusedBeforeMemoryIsSpent() {  // first: the peak only grows
        const long before = peakKilobytes();
        QCOMPARE(fate(kBroken / "bomb-progressive-65500x65500.jpg"), std::string("photo-memory"));
        QVERIFY2(peakKilobytes() - before < 4096, qPrintable(QString::number(peakKilobytes() - before)));
        // Its rows could come one by one, but there are none: what is held are some rows of it.
        QCOMPARE(fate(kBroken / "bomb-65500x65500.jpg"), std::string("photo-truncated"));
        QVERIFY2(peakKilobytes() - before < 20'480, qPrintable(QString::number(peakKilobytes() - before)));
    }
    void eachBrokenFileEndsSoonAndInLittleMemory() {
        int files = 0;
        for (const QString& name : QDir(QString::fromStdString(kBroken.string())).entryList({"*.jpg"})) {
            const long before = peakKilobytes();
            QElapsedTimer timer;
            timer.start();
            const std::string end = fate(kBroken / name.toStdString());
            const auto small =
                thumbnail(narrowCodecs(), *openForReading(kBroken / name.toStdString()), 160, PreviewUse::Allowed);
            QVERIFY2(small.has_value() || !small.error().message.empty(), qPrintable(name));
            QVERIFY2(timer.elapsed() < 3000, qPrintable(name));
            QVERIFY2(peakKilobytes() - before < 64 << 10, qPrintable(name));
            QVERIFY2(end != "no words", qPrintable(name));
            ++files;
        }
        QCOMPARE(files, 31);
    }
    void theFatesAreKnown() {
        const std::pair<const char*, const char*> fates[] = {
            {"194531363df5b73f59c4c0517422f917.jpg", "photo-truncated"},  // 193 x 31,423 pixels in 613 bytes
            {"21a84b8472f6d18f5bb5c0026e97cfaa.jpg", "photo-damaged"},
            {"28968137f4fc75fbf56f16d7a7a8551a.jpg", "photo-damaged"},  // height 0
            {"28c74d9284d9836017fd519f6932efd8.jpg", "photo-damaged"},  // a channel without DC
            {"4085c929e00c446d3fee18b5b20a27f9.jpg", "photo-damaged"},
            {"f012a4321f00f12af6b1eee7580ffb9c.jpg", "photo-format"},
            {"corrupt-icc-4551.jpg", "photo-damaged"},  // two thirds of the picture is missing
            {"corrupt-exif.jpg", "ok"},                 // it says how the photo lies
            {"corrupt-exif-recursive-ifd.jpg", "warned"},
            {"corrupt-exif-deep-ifds.jpg", "ok"},
            {"truncated_jpeg.jpg", "warned"},  // only the end marker is missing
            {"multiple_exif.jpg", "ok"},
            {"sugarshack_bad_mpo_header.jpg", "ok"}};
        for (const auto& [name, end] : fates)
            QCOMPARE(QString(name) + " " + fate(kBroken / name).c_str(), QString(name) + " " + end);
    }
};

QTEST_APPLESS_MAIN(BrokenFilesTest)
#include "broken_files_test.moc"
