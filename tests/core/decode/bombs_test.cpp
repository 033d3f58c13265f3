// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Bombs: small files that claim to be huge, or become it. Each is refused, or read, before it has cost 50 ms of
// processor time or 64 MB. CONTONE_BOMBS names another folder, of which a table is printed.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTest>
#include <cstdio>
#include <cstdlib>

#include "core/decode/decoder.h"
#include "core/decode/file_head.h"
#include "core/decode/worker/open_photo.h"
#include "core/image/longtail/longtail_reader.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::decode;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long kSanitized = 20;  // they cost time and memory of their own
#else
constexpr long kSanitized = 1;
#endif
const Path kData = Path(contone::tests::sourceFolder) / "tests/data";

Codecs codecsFor(const FileDescriptor& file) {
    const auto kind = sniffFile(file, {});
    if (!kind || kind->family != Family::LongTail) return narrowCodecs();
    return {[](FileDescriptor photo, const image::PhotoRequest&, const image::Limits& limits) {
                return image::openLongTail(std::move(photo), limits);
            },
            {},
            {}};
}

/// "read" or why not.
std::string readAll(Result<std::unique_ptr<image::PhotoSource>> source) {
    if (!source) return source.error().reason;
    const image::PhotoFacts facts = (*source)->facts();
    image::Picture strip = image::Picture::ofSize({facts.size.width, 16}, facts.pixels);
    for (;;) {
        const Result<int> rows = (*source)->read(strip.strip());
        if (!rows) return rows.error().reason;
        if (*rows == 0) return "read";
    }
}

struct Cost {
    int status = 0;
    long kilobytes = 0, microseconds = 0;
};

/// Of `work` in a process of its own, all of it.
template <class Work>
Cost costOf(const Work& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    Cost cost;
    rusage usage{};
    ::wait4(child, &cost.status, 0, &usage);
    cost.kilobytes = usage.ru_maxrss;
    cost.microseconds =
        (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1'000'000L + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    return cost;
}

/// What reading a photo adds to a process that does nothing.
Cost costOfReading(const Path& path) {
    static const Cost nothing = costOf([] {});
    Cost cost = costOf([&] {
        FileDescriptor file = *openForReading(path);
        const Codecs codecs = codecsFor(file);
        (void)readAll(openPhoto(codecs, std::move(file), {}));
    });
    cost.kilobytes -= nothing.kilobytes;
    cost.microseconds -= nothing.microseconds;
    return cost;
}

Decoder::Options options() {
    Decoder::Options all;
    all.programs = contone::tests::programFolder;
    return all;
}

void printTable(const Path& folder) {
    Decoder decoder(options());
    std::vector<Path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.is_regular_file()) paths.push_back(entry.path());
    std::ranges::sort(paths);
    std::printf("file\thow it ended\tms through a child\tms of processor time\tMB\n");
    for (const Path& path : paths) {
        QElapsedTimer timer;
        timer.start();
        const std::string fate = readAll(decoder.open(path));
        const qint64 elapsed = timer.elapsed();
        const Cost cost = costOfReading(path);
        std::printf("%s\t%s%s\t%lld\t%.1f\t%.1f\n", path.filename().c_str(), fate.c_str(),
                    cost.status == 0 ? "" : " (died)", elapsed, static_cast<double>(cost.microseconds) / 1000,
                    static_cast<double>(cost.kilobytes) / 1024);
        std::fflush(stdout);
    }
}

}  // namespace

class BombsTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        if (const char* folder = std::getenv("CONTONE_BOMBS")) printTable(folder);
    }
    void aBombIsOverBeforeItCostsAnything_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("fate");
        QTest::newRow("claims 4 gigapixels") << "broken/bomb-65500x65500.jpg" << "photo-truncated";
        QTest::newRow("claims them in many scans") << "broken/bomb-progressive-65500x65500.jpg" << "photo-memory";
        QTest::newRow("text that unpacks to megabytes") << "png/png_decompression_dos.png" << "read";
        QTest::newRow("a bitmap of 65,535 squared") << "longtail/bomb-65535.bmp" << "photo-truncated";
        QTest::newRow("a bitmap two thousand million wide") << "longtail/huge-width.bmp" << "photo-too-large";
        QTest::newRow("a document of 30,000 squared") << "longtail/crash-bomb-30000.psd" << "photo-truncated";
        QTest::newRow("user data of 512 MB")  // OpenImageIO 2.4.7 takes three times that before it reads any
            << "fuzz/longtail/user-data-of-512-mb.dpx" << "photo-truncated";
        QTest::newRow("an animation of 32,768 x 16,385")
            << "longtail/gif_idx_overflow_32768x16385_top16384_1x1.gif" << "photo-memory";
    }
    void aBombIsOverBeforeItCostsAnything() {
        QFETCH(QString, file);
        QFETCH(QString, fate);
        const Path path = kData / file.toStdString();
        const Cost cost = costOfReading(path);
        QCOMPARE(cost.status, 0);
        QVERIFY2(cost.kilobytes < kSanitized * 65'536, qPrintable(QString("%1 KB").arg(cost.kilobytes)));
        QVERIFY2(cost.microseconds < kSanitized * 50'000, qPrintable(QString("%1 µs").arg(cost.microseconds)));
        Decoder decoder(options());
        QCOMPARE(QString::fromStdString(readAll(decoder.open(path))), fate);
    }
};

int main(int argc, char** argv) {
    if (!image::prepareOiio()) return 1;  // before Qt starts its watchdog: it wants to be the only thread
    BombsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "bombs_test.moc"
