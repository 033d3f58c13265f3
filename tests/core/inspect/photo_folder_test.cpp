// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What is listed of a folder, and how much of its files is read.
#include "core/inspect/photo_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <fstream>

using namespace contone;
using namespace contone::inspect;

namespace {

/// Bytes that this process asked read(2) and its like for: rchar of /proc/self/io.
std::int64_t bytesRead() {
    std::ifstream io("/proc/self/io");
    std::string name;
    std::int64_t bytes = 0;
    io >> name >> bytes;
    return bytes;
}

std::vector<std::string> names(const PhotoFolder& folder) {
    std::vector<std::string> all;
    for (const FolderFile& file : folder.files()) all.push_back(file.name);
    return all;
}

using Names = std::vector<std::string>;

}  // namespace

class PhotoFolderTest : public QObject {
    Q_OBJECT
  private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->path().toStdString();
    }
    void filesAreListedByNameWithNumbersAsNumbers();
    void theNewestCanComeFirst();
    void linksPipesAndHiddenFilesAreLeftOut();
    void nothingIsReadToListAFolder();
    void onlyAsMuchIsReadAsIsAskedFor();
    void aCopyCannotBeChanged();
    void aFileOfACardThatIsGoneIsAMediumRemoved();
    void whatIsNoFolderSaysSo();
    void aHugeFolderIsCut();

  private:
    void write(const std::string& name, std::size_t bytes = 10) const {
        QVERIFY(makeDirectories((m_path / name).parent_path()).has_value());
        std::ofstream(m_path / name) << std::string(bytes, 'x');
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    Path m_path;
};

void PhotoFolderTest::filesAreListedByNameWithNumbersAsNumbers() {
    for (const char* name : {"IMG_10.JPG", "IMG_9.JPG", "DCIM/101CANON/IMG_2.JPG", "DCIM/100CANON/IMG_3.JPG"})
        write(name, 7);
    const auto folder = PhotoFolder::list(m_path);
    QCOMPARE(names(*folder), (Names{"DCIM/100CANON/IMG_3.JPG", "DCIM/101CANON/IMG_2.JPG", "IMG_9.JPG", "IMG_10.JPG"}));
    QCOMPARE(folder->files()[0].bytes, std::int64_t(7));
    QCOMPARE(folder->pathOf(2), m_path / "IMG_9.JPG");
}

void PhotoFolderTest::theNewestCanComeFirst() {
    const auto at = [this](const char* name, int hour) {
        write(name);
        std::filesystem::last_write_time(m_path / name,
                                         std::filesystem::file_time_type::clock::now() - std::chrono::hours(hour));
    };
    at("b", 2);
    at("a", 3);
    at("c", 1);
    QCOMPARE(names(*PhotoFolder::list(m_path, FolderOrder::NewestFirst)), (Names{"c", "b", "a"}));
}

void PhotoFolderTest::linksPipesAndHiddenFilesAreLeftOut() {
    write("photo.jpg");
    write("._photo.jpg");
    write(".Trashes/old.jpg");
    QCOMPARE(::symlink("/etc/passwd", (m_path / "link.jpg").c_str()), 0);
    QCOMPARE(::symlink("/etc", (m_path / "linked").c_str()), 0);
    QCOMPARE(::mkfifo((m_path / "pipe.jpg").c_str(), 0600), 0);
    QCOMPARE(names(*PhotoFolder::list(m_path)), (Names{"photo.jpg"}));
}

void PhotoFolderTest::nothingIsReadToListAFolder() {
    for (int i = 0; i < 100; i++) write("IMG_" + std::to_string(i) + ".JPG", 100'000);
    const std::int64_t before = bytesRead();
    QCOMPARE(PhotoFolder::list(m_path)->files().size(), std::size_t(100));
    QVERIFY(bytesRead() - before < 1000);  // what /proc/self/io itself takes
}

void PhotoFolderTest::onlyAsMuchIsReadAsIsAskedFor() {
    constexpr std::int64_t mega = 1 << 20;
    write("big.jpg", 40 * mega);
    const auto folder = PhotoFolder::list(m_path);
    const std::int64_t before = bytesRead();
    const auto copy = folder->copy(0, 128 << 10);
    const std::int64_t read = bytesRead() - before;
    QVERIFY2(read >= (128 << 10) && read < (129 << 10), std::to_string(read).c_str());
    QCOMPARE(copy->fileBytes, 40 * mega);
    QCOMPARE(std::int64_t(::lseek(copy->bytes.get(), 0, SEEK_END)), std::int64_t(128 << 10));
    const auto whole = folder->copy(0, 1 << 30);
    QCOMPARE(std::int64_t(::lseek(whole->bytes.get(), 0, SEEK_END)), 40 * mega);
    CancelToken cancel;
    cancel.cancel();
    QCOMPARE(folder->copy(0, 1 << 30, cancel).error().code, Code::Cancelled);
}

void PhotoFolderTest::aCopyCannotBeChanged() {
    write("photo.jpg");
    const auto copy = PhotoFolder::list(m_path)->copy(0, 1000);
    QCOMPARE(::pwrite(copy->bytes.get(), "y", 1, 0), ssize_t(-1));
    QCOMPARE(::ftruncate(copy->bytes.get(), 3), -1);
}

void PhotoFolderTest::aFileOfACardThatIsGoneIsAMediumRemoved() {
    write("card/a.jpg");
    write("card/b.jpg");
    const auto folder = PhotoFolder::list(m_path / "card");
    std::filesystem::remove(m_path / "card/a.jpg");
    QCOMPARE(folder->copy(0, 100).error().reason, std::string("file-missing"));
    std::filesystem::rename(m_path / "card", m_path / "away");
    QCOMPARE(folder->copy(1, 100).error().reason, std::string("medium-removed"));
    std::filesystem::create_directory(m_path / "card");  // the mount point alone
    QCOMPARE(folder->copy(1, 100).error().reason, std::string("medium-removed"));
}

void PhotoFolderTest::whatIsNoFolderSaysSo() {
    write("photo.jpg");
    QCOMPARE(PhotoFolder::list(m_path / "photo.jpg").error().reason, std::string("not-a-folder"));
    QCOMPARE(PhotoFolder::list(m_path / "none").error().reason, std::string("file-missing"));
}

void PhotoFolderTest::aHugeFolderIsCut() {
    write("0");
    for (std::size_t i = 1; i <= PhotoFolder::mostFiles; i++)
        if (::link((m_path / std::to_string((i - 1) / 30'000 * 30'000)).c_str(), (m_path / std::to_string(i)).c_str()))
            write(std::to_string(i));
    const auto folder = PhotoFolder::list(m_path);
    QCOMPARE(folder->files().size(), PhotoFolder::mostFiles);
    QVERIFY(folder->isCut());
}

QTEST_GUILESS_MAIN(PhotoFolderTest)
#include "photo_folder_test.moc"
