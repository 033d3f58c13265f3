// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LocalDisk: what is written where, for whom, and what is said when it cannot be.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fstream>

#include "core/base/file_port.h"

using namespace contone;

namespace {

std::span<const std::byte> bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text));
}
std::string textOf(const Path& file) {
    const auto text = readTextFile(file, 1 << 24);
    return text ? *text : text.error().reason;
}
struct stat statOf(const Path& path) {
    struct stat st{};
    ::lstat(path.c_str(), &st);
    return st;
}
std::string reasonOf(const auto& result) {
    return result ? "fine" : result.error().reason;
}

}  // namespace

class FilePortTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    LocalDisk m_disk;
    Path at(const std::string& name) const { return Path(m_dir->path().toStdString()) / name; }

  private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void aNewFileIsItsOwnersAloneAndTakesNobodysName() {
        for (const mode_t mask : {0u, 0777u}) {
            const Path file = at("new" + std::to_string(mask));
            const mode_t before = ::umask(mask);
            const auto made = m_disk.create(file);
            ::umask(before);
            QVERIFY(made);
            QCOMPARE(statOf(file).st_mode & 07777, 0600u);
            QVERIFY((*made)->write(bytesOf("hello"), 0) && (*made)->write(bytesOf("J"), 0) && (*made)->sync());
            QCOMPARE(textOf(file), std::string("Jello"));
            QCOMPARE(*(*made)->size(), std::uint64_t{5});
            QCOMPARE(reasonOf(m_disk.create(file)), std::string("name-taken"));
            QVERIFY((*made)->makeReadOnly());
            QCOMPARE(statOf(file).st_mode & 07777, 0400u);
        }
        std::filesystem::create_symlink(at("nowhere"), at("link"));
        QCOMPARE(reasonOf(m_disk.create(at("link"))), std::string("name-taken"));
        QVERIFY(!std::filesystem::exists(at("nowhere")));
        QCOMPARE(reasonOf(m_disk.create(at("none/new"))), std::string("file-missing"));
    }
    void readingEndsWhereTheFileDoes() {
        QVERIFY(writeFileDurably(at("a"), "0123456789"));
        const auto file = m_disk.open(at("a"), FilePort::Open::ToRead);
        std::string four(4, '?');
        const auto to = std::as_writable_bytes(std::span(four));
        QCOMPARE(*(*file)->read(to, 3), std::size_t{4});
        QCOMPARE(four, std::string("3456"));
        QCOMPARE(*(*file)->read(to, 8), std::size_t{2});
        QCOMPARE(*(*file)->read(to, 100), std::size_t{0});
        QCOMPARE(reasonOf(readWhole(m_disk, at("a"), 9)), std::string("file-too-large"));
        QCOMPARE(readWhole(m_disk, at("a"), 10)->size(), std::size_t{10});
        QCOMPARE(reasonOf(m_disk.open(at("b"), FilePort::Open::ToRead)), std::string("file-missing"));
    }
    void overwritingReachesTheBytesThatAreThere() {
        QVERIFY(writeFileDurably(at("secret"), std::string(200'000, 's')));
        std::filesystem::create_hard_link(at("secret"), at("watched"));  // the same bytes on the disk
        ::chmod(at("secret").c_str(), 0400);
        QVERIFY(eraseFile(m_disk, at("secret")));
        QVERIFY(!std::filesystem::exists(at("secret")));
        QCOMPARE(textOf(at("watched")), std::string(200'000, '\0'));
        QVERIFY(eraseFile(m_disk, at("secret")));  // it is not there: that is what is wanted
    }
    void writingDurablyReplacesAndLeavesNothingBeside() {
        QVERIFY(writeDurably(m_disk, at("a"), bytesOf("one")));
        QVERIFY(writeDurably(m_disk, at("a"), bytesOf("two")));
        QCOMPARE(textOf(at("a")), std::string("two"));
        QVERIFY(*m_disk.list(at("")) == std::vector<std::string>{"a"});
    }
    void looksAtOrdinaryFilesAlone() {
        QVERIFY(writeFileDurably(at("a"), "abc"));
        ::chmod(at("a").c_str(), 0600);
        QCOMPARE(m_disk.look(at("a"))->bytes, std::uint64_t{3});
        QVERIFY(!m_disk.look(at("a"))->isOpenToOthers);
        for (const mode_t mode : {0640u, 0601u}) {
            ::chmod(at("a").c_str(), mode);
            QVERIFY(m_disk.look(at("a"))->isOpenToOthers);
        }
        std::filesystem::create_symlink(at("a"), at("link"));
        QCOMPARE(reasonOf(m_disk.look(at("link"))), std::string("not-a-file"));
        QCOMPARE(reasonOf(m_disk.look(at("."))), std::string("not-a-file"));
        QCOMPARE(reasonOf(m_disk.look(at("none"))), std::string("file-missing"));
        QVERIFY(*m_disk.list(at("")) == std::vector<std::string>{"a"});
        QVERIFY(m_disk.list(at("no-such-folder"))->empty());
    }
    void foldersAreTheirOwnersAlone() {
        ::umask(0);
        QVERIFY(m_disk.makeFolder(at("a/b/c")) && m_disk.makeFolder(at("a/b/c")));
        ::umask(022);
        for (const char* name : {"a", "a/b", "a/b/c"}) QCOMPARE(statOf(at(name)).st_mode & 07777, 0700u);
    }
    void abandonedFilesAreLookedAtAndRemoved() {
        QVERIFY(writeFileDurably(at("left"), "half"));
        const auto busy = m_disk.create(at("busy"));
        std::string seen;
        QVERIFY(m_disk.removeAbandoned(at(""), [&](DiskFile& file) -> Result<void> {
            seen.resize(4);
            CONTONE_CHECK(file.read(std::as_writable_bytes(std::span(seen)), 0));
            return {};
        }));
        QCOMPARE(seen, std::string("half"));
        QVERIFY(*m_disk.list(at("")) == std::vector<std::string>{"busy"});
        QVERIFY(writeFileDurably(at("left"), "half"));
        const auto refused = m_disk.removeAbandoned(
            at(""), [](DiskFile&) -> Result<void> { return fail(Code::Conflict, "not-yet", "Not yet."); });
        QCOMPARE(reasonOf(refused), std::string("not-yet"));
        QVERIFY(std::filesystem::exists(at("left")));
    }
    void aFullDiskIsSaid() {
        const auto full = m_disk.open("/dev/full", FilePort::Open::ToOverwrite);
        QVERIFY(full);
        const auto written = (*full)->write(bytesOf("x"), 0);
        QCOMPARE(reasonOf(written), std::string("disk-full"));
        QVERIFY(written.error().code == Code::Unavailable);
    }
    void aFileThatMayNotGrowIsWrittenAsFarAsItMayAndThenSaid() {
        // The limit lets a part of a write through, and refuses the rest: the short write goes on and learns why.
        const rlimit before = limit(3000);
        const auto made = m_disk.create(at("a"));
        const auto written = (*made)->write(std::vector<std::byte>(10'000), 0);
        restore(before);
        QCOMPARE(reasonOf(written), std::string("disk-full"));
        QCOMPARE(*(*made)->size(), std::uint64_t{3000});
    }
    void anErrorOfTheDiskIsSaid() {
        // Reading address 0 of a process' memory is EIO: man 5 proc.
        const auto file = m_disk.open("/proc/self/mem", FilePort::Open::ToRead);
        std::byte one{};
        QCOMPARE(reasonOf((*file)->read({&one, 1}, 0)), std::string("io-error"));
    }

  private:
    static rlimit limit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        const rlimit now{bytes, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
        return before;
    }
    static void restore(const rlimit& before) { ::setrlimit(RLIMIT_FSIZE, &before); }
};

QTEST_GUILESS_MAIN(FilePortTest)
#include "file_port_test.moc"
