// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos through a locked-down child: the same facts and bytes as without one, and nothing left behind.
#include "core/decode/decoder.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <optional>
#include <thread>

#include "core/decode/worker/open_photo.h"
#include "tests/core/decode/processes.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::decode;
using contone::decode::test::descendants;
using contone::decode::test::openDescriptors;
using contone::decode::test::soon;

namespace {

const Path kData = Path(contone::tests::sourceFolder) / "tests/data";
const Path kHopper = kData / "photos/hopper.jpg";

Decoder::Options options() {
    Decoder::Options o;
    o.programs = contone::tests::programFolder;
    return o;
}

/// All rows, asked for in strips of an odd number of rows; then what ended them.
struct Whole {
    image::PhotoFacts facts;
    Bytes pixels;
    image::PhotoWarnings warnings;
    std::string end;
    bool operator==(const Whole&) const = default;
};
Whole readAll(Result<std::unique_ptr<image::PhotoSource>> source, int rowsAtOnce) {
    Whole whole;
    if (!source) {
        whole.end = source.error().reason;
        return whole;
    }
    whole.facts = (*source)->facts();
    image::Picture strip = image::Picture::ofSize({whole.facts.size.width, rowsAtOnce}, whole.facts.pixels);
    for (;;) {
        const Result<int> rows = (*source)->read(strip.strip());
        if (!rows) whole.end = rows.error().reason;
        if (!rows || *rows == 0) break;
        whole.pixels.insert(whole.pixels.end(), strip.bytes.begin(),
                            strip.bytes.begin() + static_cast<std::ptrdiff_t>(strip.stride()) * *rows);
    }
    whole.warnings = (*source)->warnings();
    return whole;
}
Whole inProcess(const Path& path, const image::PhotoRequest& request = {}) {
    return readAll(openPhoto(narrowCodecs(), *openForReading(path), request), 64);
}

std::vector<Path> files(const char* folder) {
    std::vector<Path> all;
    for (const QString& name : QDir(QString::fromStdString((kData / folder).string())).entryList({"*.jpg", "*.png"}))
        all.push_back(kData / folder / name.toStdString());
    return all;
}

}  // namespace

class DecoderTest : public QObject {
    Q_OBJECT
    std::optional<Decoder> m_shared;
  private slots:
    void initTestCase() { m_shared.emplace(options()); }
    void cleanupTestCase() { m_shared.reset(); }
    void aChildGivesTheFactsAndBytesThatTheCodecGives_data() {
        QTest::addColumn<QString>("file");
        for (const char* folder : {"photos", "broken"})
            for (const Path& path : files(folder))
                QTest::newRow(path.filename().c_str()) << QString::fromStdString(path.string());
    }
    void aChildGivesTheFactsAndBytesThatTheCodecGives() {
        QFETCH(QString, file);
        Decoder& decoder = *m_shared;
        const Path path = file.toStdString();
        Whole there = readAll(decoder.open(path), 37), here = inProcess(path);
        QCOMPARE(there.end, here.end);
        if (!there.end.empty()) {  // how many rows come before a failure depends on the height of the strips
            const std::size_t same = std::min(there.pixels.size(), here.pixels.size());
            there.pixels.resize(same);
            here.pixels.resize(same);
        }
        QVERIFY(there == here);
    }
    void aReductionIsTheCodecsOwn() {
        Decoder decoder(options());
        const image::PhotoRequest request{.reducible = 9};
        const Whole there = readAll(decoder.open(kData / "photos/HP_PhotoSmart_735.jpg", request), 16);
        QVERIFY(there == inProcess(kData / "photos/HP_PhotoSmart_735.jpg", request));
        QVERIFY(there.facts.size.width < there.facts.storedSize.width);
    }
    void thumbnailsAreThoseOfTheCodec() {
        Decoder decoder(options());
        for (const Path& path : files("photos")) {
            const auto there = decoder.thumbnail(path, 160);
            const auto here = thumbnail(narrowCodecs(), *openForReading(path), 160, PreviewUse::Allowed);
            QCOMPARE(there.has_value(), here.has_value());
            if (there)
                QVERIFY2(*there == *here, path.c_str());
            else
                QCOMPARE(there.error().reason, here.error().reason);
        }
        QCOMPARE(decoder.thumbnail(kHopper, 0).error().reason, std::string("bad-size"));
        QCOMPARE(decoder.thumbnail(kHopper, 2049).error().reason, std::string("bad-size"));
    }
    void aHundredPhotosLeaveNothingBehind() {
        const auto children = descendants(::getpid());
        {
            Decoder decoder(options());
            QVERIFY(decoder.open(kHopper).has_value());
            const int descriptors = openDescriptors();
            for (int i = 0; i < 100; ++i) {
                auto source = decoder.open(kHopper);
                QVERIFY(source.has_value());
                image::Picture rows = image::Picture::ofSize({128, 50}, (*source)->facts().pixels);
                if (i % 2 == 0) QCOMPARE(*(*source)->read(rows.strip()), 50);  // forgotten half-way
                if (i % 4 == 0)
                    while (*(*source)->read(rows.strip()) > 0) {
                    }
            }
            QCOMPARE(openDescriptors(), descriptors);
            QVERIFY(soon([&] { return descendants(::getpid()).size() == children.size() + 1; }));  // the zygote
        }
        QVERIFY(soon([&] { return descendants(::getpid()) == children; }));
    }
    void aSourceOutlivesItsDecoder() {
        const auto children = descendants(::getpid());
        std::optional<Decoder> decoder(options());
        auto source = decoder->open(kHopper);
        decoder.reset();
        QVERIFY(readAll(std::move(source), 16) == inProcess(kHopper));
        QVERIFY(soon([&] { return descendants(::getpid()) == children; }));
    }
    void manyPhotosMayBeOpenAtOnce() {
        Decoder decoder(options());
        const Whole expected = inProcess(kHopper);
        std::vector<Result<std::unique_ptr<image::PhotoSource>>> sources;
        for (int i = 0; i < 20; ++i) sources.push_back(decoder.open(kHopper));
        for (auto& source : sources) QVERIFY(readAll(std::move(source), 10) == expected);
    }
    void threadsMayShareOneDecoder() {
        Decoder decoder(options());
        const Whole expected = inProcess(kHopper);
        std::atomic<int> right = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back([&] {
                    for (int i = 0; i < 10; ++i) {
                        if (readAll(decoder.open(kHopper), 33) == expected) ++right;
                        if (decoder.thumbnail(kHopper, 64)) ++right;
                    }
                });
        }
        QCOMPARE(right.load(), 80);
    }
    void aFileThatMayBeWrittenIsGivenForReadingOnly() {
        Decoder decoder(options());
        FileDescriptor fd(::memfd_create("photo", MFD_CLOEXEC));
        QVERIFY(writeAll(fd.get(), *readFile(kHopper, 100'000), "memory").has_value());
        QVERIFY(readAll(decoder.open(std::move(fd)), 16) == inProcess(kHopper));
    }
    void theZygoteIsReplacedWhenItDies() {
        Decoder decoder(options());
        QVERIFY(decoder.open(kHopper).has_value());
        QVERIFY(decoder.thumbnail(kHopper, 64).has_value());
        for (const int pid : descendants(::getpid())) ::kill(pid, SIGKILL);
        QVERIFY(decoder.thumbnail(kHopper, 64).has_value());
        QVERIFY(readAll(decoder.open(kHopper), 16) == inProcess(kHopper));
    }
    void filesThatAreNoPhotosStartNothing() {
        Decoder::Options o = options();
        o.programs = "/nonexistent";
        Decoder decoder(o);
        QTemporaryDir folder;
        const Path here(folder.path().toStdString());
        using namespace std::string_view_literals;
        QVERIFY(writeFileDurably(here / "a.mp4",
                                 "\0\0\0\x18"
                                 "ftypmp42\0\0\0\0mp42isom"sv)
                    .has_value());
        const auto video = decoder.open(here / "a.mp4");
        QCOMPARE(video.error().reason, std::string("photo-format"));
        QVERIFY(video.error().message.starts_with("This is a video"));
        QCOMPARE(Decoder(options())
                     .open(Path(contone::tests::sourceFolder) / "tests/core/decode/decoder_test.cpp")
                     .error()
                     .reason,
                 std::string("photo-format"));
        QVERIFY(writeFileDurably(here / "empty.jpg", std::string_view()).has_value());
        QCOMPARE(decoder.open(here / "empty.jpg").error().reason, std::string("photo-empty"));
        QCOMPARE(decoder.open(here).error().reason, std::string("file-is-folder"));
        QCOMPARE(decoder.open(here / "none").error().reason, std::string("file-missing"));
        QCOMPARE(decoder.open(kHopper).error().reason, std::string("decoder-missing"));
        QCOMPARE(decoder.thumbnail(kHopper, 64).error().reason, std::string("decoder-missing"));
    }
    void aChildWithoutLocksReadsTheSame() {
        Decoder::Options o = options();
        o.confinement = Confinement::Unconfined;
        Decoder decoder(o);
        QVERIFY(readAll(decoder.open(kHopper), 16) == inProcess(kHopper));
    }
    void noChildHasACapability() {
        // capabilities(7); proc(5). Root's children would have all of them. An ordinary user's bounding set stays: it
        // cannot be changed, and with no_new_privs gives nothing.
        for (const Confinement confinement : {Confinement::Confined, Confinement::Unconfined}) {
            Decoder::Options o = options();
            o.confinement = confinement;
            Decoder decoder(o);
            const auto source = decoder.open(kHopper);
            QVERIFY(source.has_value() && decoder.thumbnail(kHopper, 64).has_value());
            const auto children = descendants(::getpid());
            QVERIFY(children.size() >= 3);  // the zygote, the photo's, the thumbnails'
            for (const int pid : children) {
                std::ifstream status("/proc/" + std::to_string(pid) + "/status");
                int sets = 0;
                for (std::string line; std::getline(status, line);) {
                    if (!line.starts_with("Cap") || (line.starts_with("CapBnd") && ::geteuid() != 0)) continue;
                    QCOMPARE(line.substr(line.find('\t')), std::string("\t0000000000000000"));
                    ++sets;
                }
                QCOMPARE(sets, ::geteuid() == 0 ? 5 : 4);
            }
        }
    }
    void whoIsCancelledBeforeItBeginsReadsNothing() {
        Decoder decoder(options());
        const CancelToken cancel;
        cancel.cancel();
        QCOMPARE(decoder.open(kHopper, {}, cancel).error().reason, std::string("cancelled"));
    }
    void noChildOutlivesAProgramThatIsKilled() {
        // A small program of our own: opens photos, tells who its children are, then is killed.
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe(pipe.data()), 0);
        const pid_t parent = ::fork();
        if (parent == 0) {
            ::alarm(20);  // not for ever, should this test fail
            auto* decoder = new Decoder(options());
            auto* source = new auto(decoder->open(kData / "photos/Canon_EOS_7D.jpg"));
            const auto small = decoder->thumbnail(kHopper, 64);
            const auto mine = descendants(::getpid());
            const bool ready = source->has_value() && small.has_value();
            const int count = ready ? static_cast<int>(mine.size()) : 0;
            if (::write(pipe[1], &count, sizeof count) < 0) ::_exit(1);
            if (::write(pipe[1], mine.data(), mine.size() * sizeof(int)) < 0) ::_exit(1);
            ::pause();
            ::_exit(0);
        }
        int count = 0;
        QCOMPARE(::read(pipe[0], &count, sizeof count), static_cast<ssize_t>(sizeof count));
        QCOMPARE(count, 3);  // the zygote, the open photo's child, the thumbnails'
        std::array<int, 3> pids{};
        QCOMPARE(::read(pipe[0], pids.data(), sizeof pids), static_cast<ssize_t>(sizeof pids));
        ::kill(parent, SIGKILL);
        ::waitpid(parent, nullptr, 0);
        for (const int pid : pids)
            QVERIFY(soon([&] {
                std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
                std::string line;
                std::getline(stat, line);
                return line.empty() || line.find(") Z") != std::string::npos;
            }));
        ::close(pipe[0]);
        ::close(pipe[1]);
    }
};

QTEST_APPLESS_MAIN(DecoderTest)
#include "decoder_test.moc"
