// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A reader that was taken over by its photo: every way out is closed, every lie is found, and the program goes on.
#include "core/decode/decoder.h"
#include "core/decode/worker/filter.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "tests/core/decode/processes.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::decode;
using contone::decode::test::descendants;
using contone::decode::test::openDescriptors;
using contone::decode::test::soon;
using std::chrono::milliseconds;

namespace {

// What a contained attempt looks like from outside.
constexpr const char* kRefused = "photo-no-picture";  // the call failed, and the hostile program says so
constexpr const char* kHarmful = "photo-harmful";

struct Attempt {
    const char* mode;
    const char* reason;
    const char* detail = "";  ///< is part of the detail
};

constexpr Attempt kEscapes[] = {
    {"open", kRefused, "Permission denied"},
    {"create", kRefused, "Permission denied"},
    {"creat", kHarmful, "SIGSYS"},
    {"openat2", kHarmful, "SIGSYS"},
    {"unlink", kHarmful, "SIGSYS"},
    {"rename", kHarmful, "SIGSYS"},
    {"chmod", kHarmful, "SIGSYS"},
    {"stat", kRefused, "Permission denied"},
    {"socket", kHarmful, "SIGSYS"},
    {"unix-socket", kHarmful, "SIGSYS"},
    {"connect", kHarmful, "SIGSYS"},
    {"exec", kHarmful, "SIGSYS"},
    {"fork", kRefused, "Resource temporarily unavailable"},
    {"vfork", kHarmful, "SIGSYS"},
    {"clone-parent", kRefused, "Resource temporarily unavailable"},
    {"ptrace", kHarmful, "SIGSYS"},
    {"kill", kRefused, "Permission denied"},
    {"tgkill", kRefused, "Permission denied"},
    {"tkill", kHarmful, "SIGSYS"},
    {"read-memory", kHarmful, "SIGSYS"},
    {"pidfd", kHarmful, "SIGSYS"},
    {"mmap-exec", kHarmful, "SIGSYS"},
    {"mprotect-exec", kHarmful, "SIGSYS"},
    {"memfd", kHarmful, "SIGSYS"},
    {"io-uring", kHarmful, "SIGSYS"},
    {"bpf", kHarmful, "SIGSYS"},
    {"unshare", kHarmful, "SIGSYS"},
    {"more-memory", kRefused, "Permission denied"},
    {"other-limits", kHarmful, "SIGSYS"},
    {"outlive", kRefused, "Permission denied"},
    {"write-photo", kRefused, "Permission denied"},
    {"pwrite-photo", kHarmful, "SIGSYS"},
    {"truncate-photo", kHarmful, "SIGSYS"},
    {"map-photo", kRefused, "Permission denied"},
    {"reopen-photo", kRefused, "Permission denied"},
    {"descriptors", kRefused, "Bad file descriptor"},
    {"memory", "photo-memory"},
    {"spin", "photo-too-slow"},
    {"silence", "photo-too-slow"},
    {"abort", kHarmful, "SIG"},
    {"crash", kHarmful, "SIGSEGV"},
    {"exit", kHarmful, "status 0"},
    {"throw", "photo-damaged", "unknown exception"},
    {"recurse", kHarmful, "SIGSEGV"},
};

constexpr Attempt kLies[] = {
    {"facts-huge", kHarmful, "too large"},
    {"facts-zero", kHarmful, "cannot be: facts"},
    {"facts-negative", kHarmful, "cannot be: facts"},
    {"facts-enlarged", kHarmful, "size of the strips"},
    {"facts-reduced", kHarmful, "size of the strips"},
    {"facts-four-channels", kHarmful, "cannot be: facts"},
    {"facts-two-channels", kHarmful, "channels"},
    {"facts-depth", kHarmful, "cannot be: facts"},
    {"facts-format", kHarmful, "cannot be: facts"},
    {"facts-orientation", kHarmful, "cannot be: facts"},
    {"facts-bits", kHarmful, "cannot be: facts"},
    {"facts-quality", kHarmful, "cannot be: facts"},
    {"facts-kind", kHarmful, "colours do not fit"},
    {"facts-converted", kHarmful, "colours do not fit"},
    {"facts-curves", kHarmful, "cannot be: facts"},
    {"facts-two-curves", kHarmful, "colour numbers"},
    {"facts-short-curve", kHarmful, "cannot be: facts"},
    {"facts-bright-curve", kHarmful, "colour numbers"},
    {"facts-colorants", kHarmful, "colour numbers"},
    {"facts-white", kHarmful, "colour numbers"},
    {"facts-black", kHarmful, "colour numbers"},
    {"facts-name", kHarmful, "cannot be: facts"},
    {"facts-name-turned", kHarmful, "cannot be: facts"},
    {"facts-camera", kHarmful, "cannot be: facts"},
    {"facts-camera-accents", kHarmful, "camera"},
    {"facts-date", kHarmful, "date"},
    {"facts-cut", kHarmful, "cannot be: facts"},
    {"facts-longer", kHarmful, "cannot be: facts"},
    {"facts-twice", kHarmful, "a strip was due"},
    {"packet-empty", kHarmful},
    {"packet-short", kHarmful, "not a message"},
    {"packet-long", kHarmful, "too long"},
    {"packet-noise", kHarmful, "not a message"},
    {"version", kHarmful, "not a message"},
    {"kind", kHarmful, "cannot be: facts"},
    {"ready-again", kHarmful, "cannot be: facts"},
    {"problem-unknown", kHarmful, "unknown problem"},
    {"problem-words", kHarmful, "unknown problem"},
    {"ended-forged", kHarmful, "status 0"},
    {"strip-before-facts", kHarmful, "cannot be: facts"},
    {"done-before-rows", kHarmful, "a strip was due"},
    {"strip-too-many-rows", kHarmful, "rows that are not there"},
    {"strip-no-rows", kHarmful, "a strip was due"},
    {"strip-beyond", kHarmful, "rows that are not there"},
    {"strip-slot-beyond", kHarmful, "out of order"},
    {"strip-slot-negative", kHarmful, "a strip was due"},
    {"strip-sequence", kHarmful, "out of order"},
    {"strip-skips", kHarmful, "rows that are not there"},
    {"strip-again", kHarmful, "out of order"},
    {"slot-not-free", kHarmful, "not free"},
    {"done-early", kHarmful, "a strip was due"},
    {"silence-mid-strip", "photo-too-slow"},
    {"death-mid-strip", kHarmful, "SIG"},
    {"exit-mid-strip", kHarmful, "status 0"},
    {"shrink-ring", kHarmful, "SIGSYS"},
    {"extra-descriptors", "photo-too-slow"},
    {"flood", kHarmful},
    {"hang-up", "photo-too-slow"},
};

Decoder::Options hostileOptions() {
    Decoder::Options o;
    o.programs = Path(contone::tests::programFolder) / "../tests/hostile";
    o.maxMemory = 400'000'000;
    o.limits.maxPixels = 268'000'000;  // "facts-huge" says more
    o.deadlines = {.facts = milliseconds(1500),
                   .firstStrip = milliseconds(1500),
                   .nextStrip = milliseconds(1500),
                   .thumbnail = milliseconds(1500)};
    return o;
}

Error fateOf(Result<std::unique_ptr<image::PhotoSource>> source) {
    if (!source) return source.error();
    image::Picture strip = image::Picture::ofSize({(*source)->facts().size.width, 30}, (*source)->facts().pixels);
    for (;;) {
        const Result<int> rows = (*source)->read(strip.strip());
        if (!rows) return rows.error();
        if (*rows == 0) return {.reason = "it was read to its end"};
    }
}

class Folder {
  public:
    Path photo(const std::string& mode, const std::string& word = {}) {
        const Path path = Path(m_folder.path().toStdString()) / (mode + ".jpg");
        if (!writeFileDurably(path, "\xff\xd8" + mode + " " + word + "\n")) std::abort();
        return path;
    }
    Path path() const { return m_folder.path().toStdString(); }

  private:
    QTemporaryDir m_folder;
};

/// What an attempt is aimed at: a file that exists, one that does not, or this process.
std::string aimOf(const std::string& mode, const Path& folder) {
    if (mode == "create" || mode == "creat") return folder / "made-by-the-reader";
    for (const char* files : {"open", "unlink", "rename", "chmod", "stat"})
        if (mode == files) return folder / "victim";
    return std::to_string(::getpid());
}

}  // namespace

class EscapeTest : public QObject {
    Q_OBJECT
  private slots:
    void everyWayOutIsClosed_data() { rows(kEscapes); }
    void everyWayOutIsClosed() { attempt(); }
    void everyLieIsFound_data() { rows(kLies); }
    void everyLieIsFound() { attempt(); }

    void whatAReaderMayDoFitsOnAPage() {
        const auto calls = childCalls();
        QVERIFY2(calls.size() <= 45, qPrintable(QString::number(calls.size())));
        const auto page = readTextFile(Path(contone::tests::sourceFolder) / "docs/security.md", 100'000);
        for (const AllowedCall& call : calls) {
            QVERIFY2(page->find(call.name) != std::string::npos, call.name);
            for (const char* never : {"open",  "openat",   "creat",     "socket", "connect", "execve", "execveat",
                                      "fork",  "vfork",    "clone",     "clone3", "kill",    "tgkill", "ptrace",
                                      "write", "pwrite64", "ftruncate", "ioctl",  "prctl",   "seccomp"})
                QVERIFY(std::string_view(call.name) != never);
            QVERIFY(!std::string_view(call.why).empty());
        }
    }
    void aReaderWithoutLocksStillCannotShrinkTheRing() {
        // The seals are the only guard here: were they missing, this process would die of SIGBUS.
        Decoder::Options o = hostileOptions();
        o.confinement = Confinement::Unconfined;
        Decoder decoder(o);
        Folder folder;
        const Error error = fateOf(decoder.open(folder.photo("shrink-ring")));
        QCOMPARE(error.reason, std::string("photo-too-slow"));  // it went on after EPERM
    }
    void aReaderWithoutLocksStillCannotWriteThePhoto() {
        Decoder::Options o = hostileOptions();
        o.confinement = Confinement::Unconfined;
        Decoder decoder(o);
        Folder folder;
        for (const char* mode : {"write-photo", "pwrite-photo", "truncate-photo", "map-photo"}) {
            FileDescriptor writable(::open(folder.photo(mode).c_str(), O_RDWR | O_CLOEXEC));
            QCOMPARE(fateOf(decoder.open(std::move(writable))).reason, std::string(kRefused));
        }
    }
    void aHonestPhotoIsReadAfterEachHostileOne() {
        Decoder decoder(hostileOptions());
        Folder folder;
        for (const char* mode : {"crash", "socket", "facts-huge", "exit-mid-strip", "spin"}) {
            QVERIFY(!fateOf(decoder.open(folder.photo(mode))).message.empty());
            QCOMPARE(fateOf(decoder.open(folder.photo("honest"))).reason, std::string("it was read to its end"));
        }
    }
    void aPhotoThatKillsTheThumbnailReaderCostsOnlyItself() {
        Decoder decoder(hostileOptions());
        Folder folder;
        const std::pair<const char*, const char*> attempts[] = {
            {"crash", kHarmful},        {"socket", kHarmful},      {"spin", "photo-too-slow"},
            {"memory", "photo-memory"}, {"open", "photo-damaged"}, {"large-thumbnail", kHarmful}};
        for (const auto& [mode, reason] : attempts) {
            const auto bad = decoder.thumbnail(folder.photo(mode, folder.path()), 100);
            QCOMPARE(bad.error().reason + " for " + mode, std::string(reason) + " for " + mode);
            const auto good = decoder.thumbnail(folder.photo("honest"), 100);
            QVERIFY(good.has_value());
            QVERIFY(good->size == (image::PixelSize{100, 1}));
        }
    }
    void cancelEndsAReaderAtOnce() {
        Decoder::Options o = hostileOptions();
        o.deadlines = {};
        Decoder decoder(o);
        Folder folder;
        QVERIFY(decoder.open(folder.photo("honest")).has_value());
        for (const char* mode : {"spin", "silence-mid-strip"}) {
            const CancelToken cancel;
            QElapsedTimer sinceCancel;
            std::jthread other([&] {
                std::this_thread::sleep_for(milliseconds(150));
                sinceCancel.start();
                cancel.cancel();
            });
            const Error error = fateOf(decoder.open(folder.photo(mode), {}, cancel));
            QCOMPARE(error.reason, std::string("cancelled"));
            QVERIFY2(sinceCancel.elapsed() < 200, qPrintable(QString::number(sinceCancel.elapsed())));
            QVERIFY(soon([] { return descendants(::getpid()).size() == 1; }, milliseconds(200)));
        }
    }
    void aZygoteThatIsKilledEndsItsReaders() {
        Decoder::Options o = hostileOptions();
        o.deadlines = {};
        Decoder decoder(o);
        Folder folder;
        auto source = decoder.open(folder.photo("silence-mid-strip"));
        QVERIFY(source.has_value());
        const auto zygote = descendants(::getpid()).front();
        ::kill(zygote, SIGKILL);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(fateOf(std::move(source)).reason, std::string(kHarmful));
        QVERIFY(timer.elapsed() < 3000);
        QCOMPARE(fateOf(decoder.open(folder.photo("honest"))).reason, std::string("it was read to its end"));
    }
    void aProgramThatIsNoDecoderIsRefused() {
        QTemporaryDir folder;
        const Path here(folder.path().toStdString());
        std::filesystem::copy("/bin/true", here / "contone-decoder");
        Folder photos;
        Decoder::Options o = hostileOptions();
        o.programs = here;
        QCOMPARE(fateOf(Decoder(o).open(photos.photo("honest"))).reason, std::string("decoder-refused"));
    }

  private:
    static void rows(std::span<const Attempt> attempts) {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("detail");
        for (const Attempt& a : attempts) QTest::newRow(a.mode) << a.reason << a.detail;
    }
    static void attempt() {
        QFETCH(QString, reason);
        QFETCH(QString, detail);
        const std::string mode = QTest::currentDataTag();
        Folder folder;
        QVERIFY(writeFileDurably(folder.path() / "victim", std::string_view("as it was")).has_value());
        const Path photo = folder.photo(mode, aimOf(mode, folder.path()));
        const auto before = readFile(photo, 1000);
        const int descriptors = openDescriptors();
        const auto processes = descendants(::getpid());
        QElapsedTimer timer;
        timer.start();
        {
            Decoder decoder(hostileOptions());
            const Error error = fateOf(decoder.open(photo));
            QCOMPARE(QString::fromStdString(error.reason), reason);
            QVERIFY2(QString::fromStdString(error.detail).contains(detail), error.detail.c_str());
            QVERIFY(!error.message.empty());
        }
        QVERIFY2(timer.elapsed() < 4000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(openDescriptors(), descriptors);
        QVERIFY(soon([&] { return descendants(::getpid()) == processes; }));
        QVERIFY(readFile(photo, 1000) == before);
        QCOMPARE(*readTextFile(folder.path() / "victim", 100), std::string("as it was"));
        QVERIFY(!std::filesystem::exists(folder.path() / "made-by-the-reader"));
    }
};

QTEST_APPLESS_MAIN(EscapeTest)
#include "escape_test.moc"
