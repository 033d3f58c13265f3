// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Who is served first, how much is read, and what bad files and pulled cards cost.
#include "core/decode/thumbnail_queue.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "tests/core/decode/processes.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::decode;
using contone::decode::test::descendants;
using contone::decode::test::openDescriptors;
using contone::decode::test::soon;
using image::Picture;

namespace {

const Path kData = Path(contone::tests::sourceFolder) / "tests/data";
// 640 × 480, 110,010 bytes, with an EXIF thumbnail of 160 × 120 (exiftool).
const Path kWithThumbnail = kData / "photos/HP_PhotoSmart_735.jpg";
const Path kWithout = kData / "photos/hopper.jpg";
const Path kBroken = kData / "broken/corrupt-icc-4551.jpg";

Decoder::Options options() {
    Decoder::Options o;
    o.programs = contone::tests::programFolder;
    return o;
}

/// Files in memory that say how much of them was read, and when.
class Files {
  public:
    void add(const Path& path, int times = 1, std::size_t padTo = 0) {
        Bytes bytes = *readFile(path, 1 << 26);
        bytes.resize(std::max(bytes.size(), padTo));  // what follows a JPEG's end does not matter
        for (int i = 0; i < times; ++i) m_files.push_back(std::make_shared<const Bytes>(bytes));
    }
    std::size_t count() const { return m_files.size(); }
    CopyFile copier() {
        return [this](std::size_t index, std::int64_t most, const CancelToken&) -> Result<FileCopy> {
            ++copies;
            if (isRemoved) return fail(Code::Unavailable, "medium-removed", "The card was taken out.");
            const Bytes& all = *m_files[index];
            const std::size_t size = std::min(all.size(), static_cast<std::size_t>(most));
            bytesRead += static_cast<std::int64_t>(size);
            FileDescriptor memory(::memfd_create("file", MFD_CLOEXEC));
            if (auto written = writeAll(memory.get(), std::span(all).first(size), "memfd"); !written)
                return std::unexpected(written.error());
            return FileCopy{std::move(memory), static_cast<std::int64_t>(all.size())};
        };
    }
    std::atomic<bool> isRemoved = false;
    std::atomic<int> copies = 0;
    std::atomic<std::int64_t> bytesRead = 0;

  private:
    std::vector<std::shared_ptr<const Bytes>> m_files;
};

/// What was told, in order.
class Heard {
  public:
    ThumbnailQueue::Tell teller() {
        return [this](SeenPhoto seen) {
            if (before) before(seen);
            const std::lock_guard lock(m_mutex);
            m_all.push_back(std::move(seen));
        };
    }
    std::vector<SeenPhoto> all() const {
        const std::lock_guard lock(m_mutex);
        return m_all;
    }
    std::vector<std::size_t> order() const {
        std::vector<std::size_t> indexes;
        for (const SeenPhoto& seen : all()) indexes.push_back(seen.index);
        return indexes;
    }
    std::function<void(const SeenPhoto&)> before;

  private:
    mutable std::mutex m_mutex;
    std::vector<SeenPhoto> m_all;
};

/// Holds the queue in its first word until the test has said what is visible.
class Gate {
  public:
    void pass() {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_isOpen; });
    }
    void open() {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_wake.notify_all();
    }

  private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_isOpen = false;
};

using Order = std::vector<std::size_t>;
constexpr std::size_t kHead = 64 << 10;  // smaller than the photos, larger than their EXIF

}  // namespace

class ThumbnailQueueTest : public QObject {
    Q_OBJECT
  private slots:
    void visibleHeadsComeFirstThenVisibleWholesThenTheOthers();
    void whatBecomesVisibleMidwayIsNext();
    void onlyTheHeadIsReadOfPhotosWithAPictureInIt();
    void aPictureInTheHeadIsProvedWhenItIsSeen();
    void aPictureThatCannotBeProvedStays();
    void aPhotoWithoutPictureInItIsReadAsAWhole();
    void aPictureThatIsTooSmallIsShownAndThenReplaced();
    void aBadFileSaysWhyAndTheOthersGoOn();
    void aFileThatEndsItsReaderCostsOnlyItself();
    void filesTooLongToCopyHaveNoPicture();
    void aPulledCardIsAnswerForAllAndReadNoMore();
    void withoutItsReadersEveryFileSaysSo();
    void droppedPicturesAreMadeAgainOnlyWhenVisible();
    void theOthersAreReadAsAWholeOnlySoFarAhead();
    void cancellingEndsTheWorkInHand();
    void twoThousandFilesLeaveNothingBehind();

  private:
    Decoder m_decoder{options()};
};

void ThumbnailQueueTest::visibleHeadsComeFirstThenVisibleWholesThenTheOthers() {
    Files files;
    files.add(kWithThumbnail, 3, kHead * 2);  // 0 1 2
    files.add(kWithout, 1, kHead * 2);        // 3
    files.add(kWithThumbnail, 2, kHead * 2);  // 4 5
    files.add(kWithout, 2, kHead * 2);        // 6 7
    Heard heard;
    Gate gate;
    heard.before = [&](const SeenPhoto&) { gate.pass(); };
    ThumbnailQueue queue(m_decoder, files.count(), {.headBytes = kHead}, files.copier(), heard.teller());
    QVERIFY(soon([&] { return files.copies > 0; }));  // file 0 is on its way before anything is visible
    queue.setVisible(3, 6);
    gate.open();
    queue.waitUntilIdle();
    QCOMPARE(heard.order(), (Order{0, 3, 4, 5, 3, 6, 7, 1, 2, 6, 7}));
    const auto all = heard.all();
    QVERIFY(!all[1].isFinal && all[1].picture.error().reason == "photo-no-preview");
    QVERIFY(all[2].isFinal && all[2].quality == Quality::Embedded);
    QVERIFY(all[4].isFinal && all[4].quality == Quality::Full);
}

void ThumbnailQueueTest::whatBecomesVisibleMidwayIsNext() {
    Files files;
    files.add(kWithThumbnail, 100, kHead * 2);
    Heard heard;
    ThumbnailQueue* running = nullptr;
    Gate gate;
    heard.before = [&](const SeenPhoto& seen) {
        gate.pass();
        if (seen.index == 12) running->setVisible(80, 83);
    };
    ThumbnailQueue queue(m_decoder, files.count(), {.headBytes = kHead}, files.copier(), heard.teller());
    running = &queue;
    queue.setVisible(10, 20);
    gate.open();
    queue.waitUntilIdle();
    Order order = heard.order();
    QCOMPARE(order.size(), std::size_t(100));
    if (order.front() == 0) order.erase(order.begin());  // it may have begun before anything was visible
    order.resize(8);
    QCOMPARE(order, (Order{10, 11, 12, 80, 81, 82, 83, 84}));
}

void ThumbnailQueueTest::onlyTheHeadIsReadOfPhotosWithAPictureInIt() {
    constexpr std::size_t mega = 1 << 20;
    Files files;
    files.add(kWithThumbnail, 20, 8 * mega);
    Heard heard;
    ThumbnailQueue queue(m_decoder, files.count(), {}, files.copier(), heard.teller());
    queue.waitUntilIdle();
    QCOMPARE(files.copies.load(), 20);
    QCOMPARE(files.bytesRead.load(), std::int64_t{20} * (128 << 10));
    for (const SeenPhoto& seen : heard.all()) {
        QVERIFY(seen.picture && seen.isFinal);
        QCOMPARE(seen.picture->size.width, 160);  // the EXIF thumbnail itself
        QCOMPARE(seen.quality, Quality::Embedded);
    }
}

void ThumbnailQueueTest::aPictureInTheHeadIsProvedWhenItIsSeen() {
    Files files;
    files.add(kData / "cases/s01-stale-thumb-180.jpg", 1, kHead * 2);
    files.add(kWithThumbnail, 1, kHead * 2);
    files.add(kData / "cases/s02-stale-thumb-bw.jpg", 2, kHead * 2);
    Heard heard;
    ThumbnailQueue queue(m_decoder, files.count(), {.headBytes = kHead, .headPictures = HeadPictures::AreProved},
                         files.copier(), heard.teller());
    queue.waitUntilIdle();  // nothing is seen: the heads alone are read
    QCOMPARE(heard.order(), (Order{0, 1, 2, 3}));
    for (const SeenPhoto& seen : heard.all())
        QVERIFY(!seen.isFinal && seen.picture->from == image::SmallFrom::Embedded);
    queue.setVisible(0, 3);
    queue.waitUntilIdle();
    QCOMPARE(heard.order(), (Order{0, 1, 2, 3, 0, 1, 2}));
    const auto all = heard.all();
    for (std::size_t i = 4; i < 7; ++i) QVERIFY(all[i].isFinal && all[i].picture);
    QVERIFY(all[4].picture->from == image::SmallFrom::Photo && !(*all[4].picture == *all[0].picture));
    QVERIFY(*all[5].picture == *all[1].picture);  // it shows the photo, so it stays
    QVERIFY(all[6].picture->from == image::SmallFrom::Photo);
    QCOMPARE(files.bytesRead.load(), std::int64_t(kHead) * (4 + 3 * 2));
}

void ThumbnailQueueTest::aPictureThatCannotBeProvedStays() {
    Files files;
    files.add(kWithThumbnail, 2, kHead * 2);
    Heard heard;
    ThumbnailQueue queue(m_decoder, files.count(),
                         {.headBytes = kHead, .mostBytes = kHead, .headPictures = HeadPictures::AreProved},
                         files.copier(), heard.teller());
    queue.setVisible(0, 2);
    queue.waitUntilIdle();
    QCOMPARE(heard.order().size(), std::size_t(2));
    for (const SeenPhoto& seen : heard.all()) QVERIFY(seen.picture.has_value());
}

void ThumbnailQueueTest::aPhotoWithoutPictureInItIsReadAsAWhole() {
    Files files;
    files.add(kWithout, 1, kHead * 3);
    Heard heard;
    ThumbnailQueue queue(m_decoder, 1, {.longSide = 100, .headBytes = kHead}, files.copier(), heard.teller());
    queue.waitUntilIdle();
    const auto all = heard.all();
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(std::max(all[1].picture->size.width, all[1].picture->size.height), 100);
    QCOMPARE(files.bytesRead.load(), std::int64_t(kHead * 4));
    QVERIFY(*all[1].picture == *m_decoder.thumbnail(kWithout, 100));
}

void ThumbnailQueueTest::aPictureThatIsTooSmallIsShownAndThenReplaced() {
    Files files;
    files.add(kWithThumbnail, 1, kHead * 3);
    Heard heard;
    ThumbnailQueue queue(m_decoder, 1, {.longSide = 320, .headBytes = kHead}, files.copier(), heard.teller());
    queue.waitUntilIdle();
    const auto all = heard.all();
    QCOMPARE(all.size(), std::size_t(2));
    QVERIFY(!all[0].isFinal && all[0].quality == Quality::Embedded && all[0].picture->size.width == 160);
    QVERIFY(all[1].isFinal && all[1].quality == Quality::Full && all[1].picture->size.width == 320);
}

void ThumbnailQueueTest::aBadFileSaysWhyAndTheOthersGoOn() {
    Files files;
    files.add(kWithThumbnail);
    files.add(kBroken);
    files.add(kData / "broken/ORIGIN.tsv");
    files.add(kWithout);
    Heard heard;
    ThumbnailQueue queue(m_decoder, files.count(), {}, files.copier(), heard.teller());
    queue.waitUntilIdle();
    std::map<std::size_t, std::string> last;
    for (const SeenPhoto& seen : heard.all()) last[seen.index] = seen.picture ? "" : seen.picture.error().reason;
    QCOMPARE(last[0], std::string());
    QCOMPARE(last[1], m_decoder.thumbnail(kBroken, 160).error().reason);
    QCOMPARE(last[2], std::string("photo-format"));
    QCOMPARE(last[3], std::string());
}

void ThumbnailQueueTest::aFileThatEndsItsReaderCostsOnlyItself() {
    const std::vector<int> before = descendants(::getpid());
    Decoder decoder(options());
    QVERIFY(decoder.thumbnail(kWithout, 10).has_value());
    std::vector<int> zygoteAndChild = descendants(::getpid());
    std::erase_if(zygoteAndChild, [&](int pid) { return std::ranges::find(before, pid) != before.end(); });
    QCOMPARE(zygoteAndChild.size(), std::size_t(2));
    Files files;
    files.add(kWithout, 3);
    Heard heard;
    const CopyFile copy = [&, plain = files.copier()](std::size_t index, std::int64_t most, const CancelToken& cancel) {
        // The child that read the first photo dies before it is asked for the second one.
        if (index == 1)
            for (const int child : zygoteAndChild)
                if (descendants(child).empty()) ::kill(child, SIGSEGV);
        return plain(index, most, cancel);
    };
    ThumbnailQueue queue(decoder, 3, {}, copy, heard.teller());
    queue.waitUntilIdle();
    const auto all = heard.all();
    QCOMPARE(all.size(), std::size_t(3));
    QVERIFY(all[0].picture.has_value());
    QCOMPARE(all[1].picture.error().reason, std::string("photo-harmful"));
    QVERIFY(all[2].picture.has_value());
}

void ThumbnailQueueTest::filesTooLongToCopyHaveNoPicture() {
    Files files;
    files.add(kWithout, 1, kHead * 3);
    Heard heard;
    ThumbnailQueue queue(m_decoder, 1, {.headBytes = kHead, .mostBytes = kHead * 2}, files.copier(), heard.teller());
    queue.waitUntilIdle();
    QVERIFY(heard.all().back().isFinal);
    QCOMPARE(heard.all().back().picture.error().reason, std::string("photo-no-preview"));
}

void ThumbnailQueueTest::aPulledCardIsAnswerForAllAndReadNoMore() {
    Files files;
    files.add(kWithThumbnail, 1000);
    Heard heard;
    heard.before = [&](const SeenPhoto& seen) {
        if (seen.index == 4) files.isRemoved = true;
    };
    QElapsedTimer clock;
    clock.start();
    ThumbnailQueue queue(m_decoder, files.count(), {}, files.copier(), heard.teller());
    queue.waitUntilIdle();
    QVERIFY(clock.elapsed() < 5000);
    const auto all = heard.all();
    QCOMPARE(all.size(), std::size_t(1000));
    for (std::size_t i = 5; i < all.size(); ++i) {
        QCOMPARE(all[i].picture.error().reason, std::string("medium-removed"));
        QVERIFY(all[i].isFinal);
    }
    QCOMPARE(files.copies.load(), 5 + 3);  // three files in a row are a card, one is a bad spot
}

void ThumbnailQueueTest::withoutItsReadersEveryFileSaysSo() {
    Decoder none({.programs = "/nowhere"});
    Files files;
    files.add(kWithThumbnail, 50);
    Heard heard;
    ThumbnailQueue queue(none, files.count(), {}, files.copier(), heard.teller());
    queue.waitUntilIdle();
    QCOMPARE(heard.all().size(), std::size_t(50));
    for (const SeenPhoto& seen : heard.all()) QCOMPARE(seen.picture.error().reason, std::string("decoder-missing"));
    QCOMPARE(files.copies.load(), 1);
}

void ThumbnailQueueTest::droppedPicturesAreMadeAgainOnlyWhenVisible() {
    Files files;
    files.add(kWithThumbnail, 3);
    Heard heard;
    ThumbnailQueue queue(m_decoder, 3, {}, files.copier(), heard.teller());
    queue.waitUntilIdle();
    queue.drop(1);
    queue.drop(2);
    queue.waitUntilIdle();
    QCOMPARE(heard.order(), (Order{0, 1, 2}));
    queue.setVisible(1, 2);
    queue.waitUntilIdle();
    QCOMPARE(heard.order(), (Order{0, 1, 2, 1}));
}

void ThumbnailQueueTest::theOthersAreReadAsAWholeOnlySoFarAhead() {
    Files files;
    files.add(kWithout, 10, kHead * 2);
    Heard heard;
    Gate gate;
    heard.before = [&](const SeenPhoto&) { gate.pass(); };
    ThumbnailQueue queue(m_decoder, 10, {.headBytes = kHead, .wholeAhead = 2}, files.copier(), heard.teller());
    queue.setVisible(0, 3);
    gate.open();
    queue.waitUntilIdle();
    std::set<std::size_t> whole;
    for (const SeenPhoto& seen : heard.all())
        if (seen.quality == Quality::Full) whole.insert(seen.index);
    QCOMPARE(whole, (std::set<std::size_t>{0, 1, 2, 3, 4}));
    QCOMPARE(heard.all().size(), std::size_t(15));  // each head, and five wholes
}

void ThumbnailQueueTest::cancellingEndsTheWorkInHand() {
    Files files;
    files.add(kWithThumbnail, 500);
    Heard heard;
    auto queue = std::make_unique<ThumbnailQueue>(m_decoder, files.count(), ThumbnailQueue::Options{}, files.copier(),
                                                  heard.teller());
    QVERIFY(soon([&] { return heard.all().size() > 3; }));
    QElapsedTimer clock;
    clock.start();
    queue.reset();
    QVERIFY(clock.elapsed() < 1000);
    const std::size_t told = heard.all().size();
    QVERIFY(told < 500);
    QTest::qWait(50);
    QCOMPARE(heard.all().size(), told);
}

void ThumbnailQueueTest::twoThousandFilesLeaveNothingBehind() {
    Files files;
    files.add(kWithThumbnail, 1900);
    files.add(kBroken, 100);
    QVERIFY(m_decoder.thumbnail(kWithout, 10).has_value());
    const int descriptors = openDescriptors();
    int most = 0;
    std::size_t pictures = 0, told = 0;
    {
        ThumbnailQueue queue(m_decoder, files.count(), {}, files.copier(), [&](const SeenPhoto& seen) {
            pictures += seen.picture ? 1 : 0;
            if (++told % 100 == 0) most = std::max(most, openDescriptors());
        });
        queue.waitUntilIdle();
    }
    QCOMPARE(told, std::size_t(2000));
    QCOMPARE(pictures, std::size_t(1900));
    QVERIFY2(most <= descriptors + 8, std::to_string(most).c_str());
    QVERIFY(openDescriptors() <= descriptors + 2);  // the child that makes thumbnails stays
}

QTEST_GUILESS_MAIN(ThumbnailQueueTest)
#include "thumbnail_queue_test.moc"
