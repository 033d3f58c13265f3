// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Damaged photos of every format through real children: whatever happens there, this side stands, waits for nobody for
// long, and keeps nothing. A thousand of them; ./dev soak decode takes 100,000.
#include "core/decode/decoder.h"

#include <sys/mman.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTest>
#include <cstdio>
#include <fstream>
#include <map>

#include "core/decode/file_head.h"
#include "core/image/photo_problem.h"
#include "tests/core/decode/mutation.h"
#include "tests/core/decode/processes.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::decode;

namespace {

constexpr std::size_t kWarmUp = 200;  // heaps and caches have their size by then
constexpr std::chrono::seconds kPatience{15};
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long kMostGrowth = 500'000;  // KB: sanitizers keep what was freed
#else
constexpr long kMostGrowth = 20'000;
#endif

/// What ./dev soak decode says, or what the test takes.
std::uint64_t setting(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

FileDescriptor fileOf(const Bytes& bytes) {
    FileDescriptor file(::memfd_create("photo", MFD_CLOEXEC));
    if (!writeAll(file.get(), bytes, "memory")) file.reset();
    return file;
}

/// All files below the folders that begin like a photo, in the order of their names, small enough to be read often.
std::vector<Bytes> photosIn(const std::vector<Path>& folders, std::uint64_t largest) {
    std::vector<Path> paths;
    for (const Path& folder : folders)
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
            if (entry.is_regular_file() && entry.file_size() <= largest) paths.push_back(entry.path());
    std::ranges::sort(paths);
    std::vector<Bytes> photos;
    for (const Path& path : paths) {
        const auto file = openForReading(path);
        const auto kind = file ? sniffFile(*file, {}) : fail(file.error());
        if (kind && kind->family != Family::Unknown) photos.push_back(*readFile(path, largest));
    }
    return photos;
}

long residentKilobytes() {
    std::ifstream status("/proc/self/statm");
    long all = 0, resident = 0;
    status >> all >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

/// "photo" with its warnings or not, or why not.
std::string fate(Decoder& decoder, FileDescriptor file) {
    auto source = decoder.open(std::move(file));
    if (!source) return source.error().reason;
    const image::PhotoFacts facts = (*source)->facts();
    image::Picture strip = image::Picture::ofSize({facts.size.width, 61}, facts.pixels);
    for (int all = 0;;) {
        const Result<int> rows = (*source)->read(strip.strip());
        if (!rows) return rows.error().reason;
        all += *rows;
        if (*rows == 0) return all != facts.size.height ? "rows-missing" : "read";
    }
}

bool isKnown(const std::string& reason) {
    return reason == "read" ||
           std::ranges::any_of(image::photoProblems(), [&](const auto& p) { return p.reason == reason; });
}

/// The damaged photo, for whoever looks into it: only when a folder is named.
void keep(const Bytes& bytes, std::uint64_t number, const std::string& reason) {
    const char* folder = std::getenv("CONTONE_KEEP");
    if (folder == nullptr || (reason != "photo-harmful" && reason != "photo-too-slow" && isKnown(reason))) return;
    (void)writeFileDurably(Path(folder) / (reason + "-" + std::to_string(number)), bytes);
}

}  // namespace

class MutationsTest : public QObject {
    Q_OBJECT
  private slots:
    void damagedPhotosHarmNothingAndLeaveNothingBehind() {
        const std::uint64_t count = setting("CONTONE_MUTATIONS", 1000), seed = setting("CONTONE_SEED", 2);
        const Path source = contone::tests::sourceFolder;
        std::vector<Path> folders{source / "tests/data", source / "resources/samples"};
        if (const char* folder = std::getenv("CONTONE_SAMPLES")) folders = {folder};
        const std::vector<Bytes> photos = photosIn(folders, setting("CONTONE_LARGEST", 60'000));
        QVERIFY2(photos.size() >= 3, "there are not enough photos");
        Decoder::Options options;
        options.programs = contone::tests::programFolder;
        options.limits.maxPixels = 16'000'000;
        options.deadlines = {kPatience, kPatience, kPatience, kPatience, kPatience};
        Decoder decoder(options);
        std::map<std::string, std::uint64_t> fates, small;
        int descriptors = 0;
        long resident = 0;
        qint64 longest = 0;
        for (std::uint64_t i = 0; i < count; ++i) {
            test::Mutation mutation(seed * 1'000'000'007 + i);
            const Bytes& photo = photos[mutation.below(photos.size())];
            const Bytes bytes = mutation.damage(photo, photos[mutation.below(photos.size())]);
            QElapsedTimer timer;
            timer.start();
            const std::string how = fate(decoder, fileOf(bytes));
            ++fates[how];
            keep(bytes, i, how);
            QVERIFY2(isKnown(how), qPrintable(QString("%1: %2").arg(i).arg(how.c_str())));
            if (i % 4 == 0) {
                const auto picture = decoder.thumbnail(fileOf(bytes), 160);
                const std::string made = picture ? "read" : picture.error().reason;
                ++small[made];
                keep(bytes, i, made);
                QVERIFY2(isKnown(made), qPrintable(QString("%1: %2").arg(i).arg(made.c_str())));
            }
            longest = std::max(longest, timer.elapsed());
            QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString("%1 hangs").arg(i)));
            if (i == kWarmUp) {
                descriptors = test::openDescriptors();
                resident = residentKilobytes();
            }
            if (i > kWarmUp && (i % 500 == 0 || i + 1 == count)) {
                // Two locked-down parents with a child for small pictures each; a dead one's socket may not be there.
                QVERIFY2(test::openDescriptors() <= descriptors + 6, qPrintable(QString::number(i)));
                QVERIFY2(test::soon([] { return test::descendants(::getpid()).size() <= 4; }),
                         qPrintable(QString::number(i)));
                const long grown = residentKilobytes() - resident;
                QVERIFY2(grown < kMostGrowth, qPrintable(QString("%1: %2 KB more").arg(i).arg(grown)));
            }
            if (i % 5000 == 4999) std::fprintf(stderr, "%llu done\n", static_cast<unsigned long long>(i + 1));
        }
        for (const auto& [how, times] : fates) qInfo("%8llu %s", static_cast<unsigned long long>(times), how.c_str());
        for (const auto& [how, times] : small)
            qInfo("%8llu small pictures: %s", static_cast<unsigned long long>(times), how.c_str());
        qInfo("%zu photos damaged %llu times; the slowest took %lld ms; memory grew by %ld KB", photos.size(),
              static_cast<unsigned long long>(count), longest, residentKilobytes() - resident);
        QVERIFY(fates["read"] > 0 && fates["photo-damaged"] > 0);  // neither untouched nor all refused
    }
};

QTEST_APPLESS_MAIN(MutationsTest)
#include "mutations_test.moc"
