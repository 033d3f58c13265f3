// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Originals from a medium: read once, never written to, and nothing stays of a copy that did not come to its end.
#include "core/vault/medium_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cerrno>
#include <fstream>
#include <thread>

#include "tests/core/vault/keyed_vault.h"

using namespace contone;
using vault::MediumFile;
using vault::Vault;

namespace {

int filesIn(const Path& folder) {
    int count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

/// Names, lengths, modes and times of all that lies in a folder, and of files when they were last read.
std::string listing(const Path& folder) {
    std::vector<std::string> lines;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        struct stat st{};
        ::lstat(entry.path().c_str(), &st);
        const auto time = [](const timespec& t) { return std::to_string(t.tv_sec) + "." + std::to_string(t.tv_nsec); };
        lines.push_back(entry.path().string() + " " + std::to_string(st.st_mode) + " " + std::to_string(st.st_size) +
                        " " + time(st.st_mtim) + " " + time(st.st_ctim) + " " +
                        (S_ISREG(st.st_mode) ? time(st.st_atim) : ""));  // of folders: this list has just read them
    }
    std::ranges::sort(lines);
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    return all;
}

Path put(const Path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

template <class T>
std::string reasonOf(const Result<T>& result) {
    return result ? "fine" : result.error().reason;
}

}  // namespace

class MediumFileTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    Path folder() const { return m_dir->path().toStdString(); }
    Path store() const { return folder() / "store"; }
    Path card() const { return folder() / "card"; }

    /// A copy whose every read is `read`; what became of it.
    LocalDisk m_disk;

    Result<Sha256> copied(Vault& vault, const Path& file, MediumFile::ReadCall read) {
        CONTONE_TRY(MediumFile medium, MediumFile::open(file, std::move(read)));
        CONTONE_TRY(vault::Staged staged, vault.stage([&](std::span<std::byte> to) { return medium.read(to); }));
        return vault.commit(std::move(staged));
    }

  private slots:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        std::filesystem::create_directories(card() / "DCIM");
    }

    void aMediumIsAsItWasAfterItsPhotosWereCopied() {
        put(card() / "DCIM" / "a.jpg", std::string(3'000'000, 'a'));
        put(card() / "b.jpg", "b");
        ::chmod((card() / "b.jpg").c_str(), 0444);
        auto vault = vaulttest::openVault(store(), m_disk);
        const std::string before = listing(card());
        QVERIFY(vault->add(card() / "DCIM" / "a.jpg").has_value());
        QVERIFY(vault->add(card() / "b.jpg").has_value());
        QVERIFY(!vault->add(card() / "none.jpg").has_value());
        QCOMPARE(listing(card()), before);  // with O_NOATIME not even the time of the last access is another
        QCOMPARE(filesIn(store()), 2);
    }

    void aMediumPulledInMidCopyLeavesNothing_data() {
        QTest::addColumn<int>("problem");
        // What read(2) says on Linux when a USB stick, a card or a network folder goes away.
        QTest::newRow("a stick") << EIO;
        QTest::newRow("a device that is gone") << ENODEV;
        QTest::newRow("an address that is gone") << ENXIO;
        QTest::newRow("a network folder") << ESTALE;
    }
    void aMediumPulledInMidCopyLeavesNothing() {
        QFETCH(int, problem);
        auto vault = vaulttest::openVault(store(), m_disk);
        const Path photo = put(card() / "a.jpg", std::string(3'000'000, 'a'));
        int reads = 0;
        const auto copy = copied(*vault, photo, [&](int fd, void* to, std::size_t size) -> ssize_t {
            if (++reads < 3) return ::read(fd, to, size);
            errno = problem;
            return -1;
        });
        QCOMPARE(reads, 3);
        QCOMPARE(reasonOf(copy), std::string("medium-removed"));
        QVERIFY(copy.error().code == Code::Unavailable);
        QVERIFY(copy.error().message.find("Put it back") != std::string::npos);
        QCOMPARE(filesIn(store()), 0);
        QCOMPARE(reasonOf(vault->add(photo)), std::string("fine"));  // it is back
        QCOMPARE(filesIn(store()), 1);
    }

    void aReadThatEndsEarlyIsAMediumThatIsGone() {
        auto vault = vaulttest::openVault(store(), m_disk);
        const Path photo = put(card() / "a.jpg", std::string(3'000'000, 'a'));
        int reads = 0;
        const auto copy = copied(*vault, photo, [&](int fd, void* to, std::size_t size) -> ssize_t {
            return ++reads < 3 ? ::read(fd, to, size) : 0;
        });
        QCOMPARE(reasonOf(copy), std::string("medium-removed"));
        QCOMPARE(filesIn(store()), 0);
    }

    void interruptedAndShortReadsAreReadOn() {
        auto vault = vaulttest::openVault(store(), m_disk);
        const std::string bytes(200'000, 'q');
        int reads = 0;
        const auto copy =
            copied(*vault, put(card() / "a.jpg", bytes), [&](int fd, void* to, std::size_t size) -> ssize_t {
                if (++reads % 2 == 1) {
                    errno = EINTR;
                    return -1;
                }
                return ::read(fd, to, std::min<std::size_t>(size, 7'777));
            });
        QVERIFY(copy.has_value());
        QVERIFY(*copy == Sha256::of(bytes));
    }

    void aFileThatIsCutWhileItIsCopiedIsNotTaken() {
        auto vault = vaulttest::openVault(store(), m_disk);
        const Path photo = put(card() / "a.jpg", "");
        std::filesystem::resize_file(photo, 200'000'000);  // a hole: takes no space
        std::jthread cutter([&](const std::stop_token& stop) {
            const auto hasBegun = [&] {
                for (const auto& entry : std::filesystem::directory_iterator(store() / "incoming"))
                    if (std::error_code gone; entry.file_size(gone) > 5'000'000 && !gone) return true;
                return false;
            };
            while (!stop.stop_requested() && !hasBegun()) std::this_thread::yield();
            std::filesystem::resize_file(photo, 1'000'000);
        });
        const auto copy = vault->add(photo);
        QCOMPARE(reasonOf(copy), std::string("photo-changed-while-copying"));
        QVERIFY(copy.error().code == Code::Conflict);
        QCOMPARE(filesIn(store()), 0);
    }

    void aFileThatIsWrittenWhileItIsCopiedIsNotTaken() {
        auto vault = vaulttest::openVault(store(), m_disk);
        const Path photo = put(card() / "a.jpg", std::string(3'000'000, 'a'));
        int reads = 0;
        const auto copy = copied(*vault, photo, [&](int fd, void* to, std::size_t size) -> ssize_t {
            if (++reads == 2) {                                              // the same length, other bytes
                std::this_thread::sleep_for(std::chrono::milliseconds(20));  // beyond the grain of file times
                std::fstream(photo, std::ios::in | std::ios::out | std::ios::binary).put('x');
            }
            return ::read(fd, to, size);
        });
        QCOMPARE(reasonOf(copy), std::string("photo-changed-while-copying"));
        QCOMPARE(filesIn(store()), 0);
    }

    void bytesThatFailToArriveLeaveNothing() {
        auto vault = vaulttest::openVault(store(), m_disk);
        int reads = 0;
        const auto staged = vault->stage([&](std::span<std::byte> to) -> Result<std::size_t> {
            if (++reads == 3) return fail(Code::Unavailable, "request-cut", "");
            return to.size();
        });
        QCOMPARE(reasonOf(staged), std::string("request-cut"));
        QCOMPARE(filesIn(store()), 0);
    }

    void whatIsRefusedAtTheFirstLookIsNotWritten() {
        auto vault = vaulttest::openVault(store(), m_disk);
        QVERIFY(vault.has_value());
        const auto files = [&] { return std::distance(std::filesystem::directory_iterator(store() / "incoming"), {}); };
        std::int64_t sent = 0;
        const auto drip = [&](std::span<std::byte> to) -> Result<std::size_t> {  // ten bytes at a time, a hundred
            const std::size_t n = sent < 100 ? std::min<std::size_t>(10, to.size()) : 0;
            std::ranges::fill(to.first(n), std::byte{7});
            sent += static_cast<std::int64_t>(n);
            return n;
        };
        std::vector<std::int64_t> looks;
        const auto look = [&](std::int64_t most) {
            return [&, most](std::span<const std::byte> first, std::int64_t soFar) -> Result<void> {
                looks.push_back(soFar);
                if (first.size() < 32 || files() != (looks.size() == 1 ? 0 : 1)) return fail(Code::Internal, "bad", "");
                return soFar <= most ? Result<void>{} : fail(Code::Invalid, "refused", "");
            };
        };
        QCOMPARE(reasonOf(vault->stage(drip, look(0))), std::string("refused"));
        QCOMPARE(sent, std::int64_t(40));  // enough for a look
        QVERIFY(files() == 0);
        sent = 0;
        looks.clear();
        QCOMPARE(reasonOf(vault->stage(drip, look(70))), std::string("refused"));
        QVERIFY((looks == std::vector<std::int64_t>{40, 50, 60, 70, 80}));
        QVERIFY(files() == 0);
        sent = 0;
        looks.clear();
        const auto staged = vault->stage(drip, look(1000));
        QVERIFY(staged.has_value() && staged->hash() == Sha256::of(std::string(100, '\7')));
    }
    void aStagedCopyCanBeReadAndIsGoneUnlessItIsCommitted() {
        auto vault = vaulttest::openVault(store(), m_disk);
        const Path photo = put(card() / "a.jpg", "the photo");
        {
            const auto staged = vault->stage(photo);
            QVERIFY(staged.has_value());
            QVERIFY(staged->hash() == Sha256::of("the photo"));
            QVERIFY(!vault->contains(staged->hash()));
            const auto fd = staged->open();
            char text[20] = {};
            QCOMPARE(::pread(fd->get(), text, sizeof text, 0), ssize_t{9});
            QCOMPARE(::fcntl(fd->get(), F_GETFL) & O_ACCMODE, O_RDONLY);
            QVERIFY(::write(fd->get(), "x", 1) < 0);
            QCOMPARE(filesIn(store()), 1);
        }
        QCOMPARE(filesIn(store()), 0);
        for (int i = 0; i < 2; i++) {
            auto staged = vault->stage(photo);
            QVERIFY(vault->commit(std::move(*staged)).has_value());
        }
        QCOMPARE(filesIn(store()), 1);
    }

    void aLinkMayNotLeadOutOfItsMedium() {
        // Another file system than the one of the test's folder and of the system, as a stick would be.
        const QTemporaryDir other("/dev/shm/contone-stick-XXXXXX");
        QVERIFY(other.isValid());
        const Path stick = other.path().toStdString();
        struct stat here{}, there{}, root{};
        ::stat(stick.c_str(), &there);
        ::stat(folder().c_str(), &here);
        ::stat("/", &root);
        QVERIFY(there.st_dev != here.st_dev && there.st_dev != root.st_dev);

        const Path kiosk = put(folder() / "another-customer.jpg", "private");
        std::filesystem::create_directory(stick / "DCIM");
        put(stick / "DCIM" / "own.jpg", "own");
        std::filesystem::create_symlink(kiosk, stick / "stolen.jpg");
        std::filesystem::create_directory_symlink(folder(), stick / "folder");
        std::filesystem::create_symlink("stolen.jpg", stick / "twice.jpg");
        std::filesystem::create_symlink("/dev/zero", stick / "zero.jpg");
        std::filesystem::create_symlink("DCIM/../DCIM/own.jpg", stick / "friendly.jpg");
        std::filesystem::create_symlink("loop.jpg", stick / "loop.jpg");

        auto vault = vaulttest::openVault(store(), m_disk);
        for (const char* name : {"stolen.jpg", "folder/another-customer.jpg", "twice.jpg", "zero.jpg", "loop.jpg"})
            QCOMPARE(reasonOf(vault->add(stick / name)), std::string("not-a-file"));
        QCOMPARE(filesIn(store()), 0);
        QCOMPARE(reasonOf(vault->add(stick / "friendly.jpg")), std::string("fine"));
        QCOMPARE(reasonOf(vault->add(stick / "DCIM" / ".." / "DCIM" / "own.jpg")), std::string("fine"));
        QCOMPARE(filesIn(store()), 1);
    }

    void aNameRelativeToTheFolderWeAreInIsFound() {
        put(card() / "a.jpg", "a");
        const Path before = std::filesystem::current_path();
        std::filesystem::current_path(card());
        const auto found = vault::openOnMedium("a.jpg"), up = vault::openOnMedium("DCIM/../a.jpg");
        std::filesystem::current_path(before);
        QVERIFY(found.has_value() && up.has_value());
        QCOMPARE(reasonOf(vault::openOnMedium("")), std::string("file-missing"));
    }
};

QTEST_GUILESS_MAIN(MediumFileTest)
#include "medium_file_test.moc"
