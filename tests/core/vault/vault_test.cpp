// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The vault: stored once, under the right name, whole or not at all.
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <fstream>
#include <random>
#include <thread>

#include "tests/core/vault/keyed_vault.h"

using namespace contone;

namespace {

Path rootOf(const QTemporaryDir& dir) {
    return Path(dir.path().toStdString()) / "store";
}

std::string noise(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    std::string text(size, '\0');
    for (char& c : text) c = static_cast<char>(random());
    return text;
}

Path put(const QTemporaryDir& dir, const char* name, std::string_view text) {
    const Path path = Path(dir.path().toStdString()) / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

int filesIn(const Path& folder) {
    int count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

std::string textOf(const Result<FileDescriptor>& file) {
    if (!file) return file.error().reason;
    return *readTextFile("/proc/self/fd/" + std::to_string(file->get()), 1 << 26);
}

struct stat statOf(const Path& path) {
    struct stat st{};
    ::stat(path.c_str(), &st);
    return st;
}

}  // namespace

class VaultTest : public QObject {
    Q_OBJECT

    LocalDisk m_disk;
    Result<vaulttest::KeyedVault> open(const Path& root) { return vaulttest::openVault(root, m_disk); }

  private slots:
    void aFileIsStoredUnderItsHash() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        QVERIFY(vault.has_value());
        const std::string photo = noise(3'500'000, 1);
        const auto hash = vault->add(put(dir, "a.jpg", photo));
        QVERIFY(hash.has_value());
        QVERIFY(*hash == Sha256::of(photo));
        QVERIFY(std::ranges::equal(*vault->read(*hash, 1 << 24), std::as_bytes(std::span(photo))));
        QVERIFY(vault->pathOf(*hash).string().ends_with(".sealed"));
        QVERIFY(vault->contains(*hash) && vault->check(*hash) && vault->openBlob(*hash));
        QCOMPARE(statOf(vault->pathOf(*hash)).st_mode & 07777, 0400u);
        QCOMPARE(vault->pathOf(*hash).parent_path().filename().string(), hash->toString().substr(0, 2));
        QCOMPARE(filesIn(rootOf(dir)), 1);  // nothing left in incoming
    }
    void bytesThatTheDiskDamagedAreHealedByTheSameFile() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const std::string photo = noise(5000, 7);
        const Path file = put(dir, "a.jpg", photo);
        const auto hash = vault->add(file);
        QVERIFY(hash.has_value());
        const Path blob = vault->pathOf(*hash);
        const auto damage = [&] {  // one bit, the length stays
            ::chmod(blob.c_str(), 0644);
            std::fstream bytes(blob, std::ios::in | std::ios::out | std::ios::binary);
            const auto before = static_cast<char>(bytes.seekg(2500).get());
            bytes.seekp(2500).put(static_cast<char>(before ^ 1));
        };
        damage();
        QCOMPARE(vault->check(*hash).error().reason, std::string("original-damaged"));
        QVERIFY(vault->add(file).has_value());
        QVERIFY(vault->check(*hash).has_value());
        damage();
        QVERIFY(vault->addBytes(std::as_bytes(std::span(photo))).has_value());
        QVERIFY(vault->check(*hash).has_value());
        QCOMPARE(statOf(blob).st_mode & 07777, 0400u);
    }
    void theSameBytesAreStoredOnce() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const auto first = vault->add(put(dir, "a.jpg", "the same"));
        const auto inode = statOf(vault->pathOf(*first)).st_ino;
        const auto second = vault->add(put(dir, "b.jpg", "the same"));
        const std::string text = "the same";
        const auto third = vault->addBytes(std::as_bytes(std::span(text)));
        QVERIFY(first && second && third && *first == *second && *first == *third);
        QCOMPARE(filesIn(rootOf(dir)), 1);
        QCOMPARE(statOf(vault->pathOf(*first)).st_ino, inode);
        QCOMPARE(statOf(vault->pathOf(*first)).st_nlink, 1u);
    }
    void anEmptyFileIsABlob() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const auto hash = vault->add(put(dir, "empty", ""));
        // SHA-256 of the empty message: FIPS 180-4 example.
        QCOMPARE(hash->toString(), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QVERIFY(vault->check(*hash).has_value());
    }
    void whatIsNotAFileIsRefusedWithoutHanging() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const Path pipe = Path(dir.path().toStdString()) / "pipe";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QCOMPARE(vault->add(pipe).error().reason, std::string("not-a-file"));
        QCOMPARE(vault->add("/dev/zero").error().reason, std::string("not-a-file"));
        QCOMPARE(vault->add(dir.path().toStdString()).error().reason, std::string("file-is-folder"));
        QCOMPARE(vault->add(rootOf(dir) / "nothing").error().reason, std::string("file-missing"));
        QCOMPARE(filesIn(rootOf(dir)), 0);
    }
    void aFileAboveOneGigabyteIsRefused() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const Path big = put(dir, "big", "");
        std::filesystem::resize_file(big, (std::uintmax_t{1} << 30) + 1);  // sparse
        QCOMPARE(vault->add(big).error().reason, std::string("file-too-large"));
        QCOMPARE(filesIn(rootOf(dir)), 0);
    }
    void aMediumThatFailsWhileReadLeavesNothing() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        // Reading address 0 of a process' memory is EIO, as from a stick that was pulled: man 5 proc.
        const auto error = vault->add("/proc/self/mem");
        QCOMPARE(error.error().reason, std::string("medium-removed"));
        QCOMPARE(error.error().code, Code::Unavailable);
        QCOMPARE(filesIn(rootOf(dir)), 0);
    }
    void aFileThatEndsEarlierThanItSaidLeavesNothing() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        // A sysfs attribute says it has 4096 bytes and yields a few.
        const Path attribute = "/sys/devices/system/cpu/online";
        QVERIFY(statOf(attribute).st_size > static_cast<off_t>(readTextFile(attribute, 4096)->size()));
        QCOMPARE(vault->add(attribute).error().reason, std::string("medium-removed"));
        QCOMPARE(filesIn(rootOf(dir)), 0);
    }
    void damageIsFoundAndBringingThePhotoAgainHealsAShortBlob() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const Path photo = put(dir, "a.jpg", noise(100'000, 2));
        const Sha256 hash = *vault->add(photo);
        std::filesystem::permissions(vault->pathOf(hash), std::filesystem::perms::owner_write,
                                     std::filesystem::perm_options::add);
        {
            std::fstream(vault->pathOf(hash), std::ios::in | std::ios::out | std::ios::binary)
                .seekp(5000)
                .put('x')
                .put('y')
                .put('z');
        }
        QCOMPARE(vault->check(hash).error().reason, std::string("original-damaged"));
        std::filesystem::resize_file(vault->pathOf(hash), 777);
        QCOMPARE(vault->check(hash).error().code, Code::Corrupt);
        QVERIFY(vault->add(photo).has_value());
        QVERIFY(vault->check(hash).has_value());
        std::filesystem::remove(vault->pathOf(hash));
        QVERIFY(!vault->contains(hash));
        QCOMPARE(vault->check(hash).error().reason, std::string("original-missing"));
        QCOMPARE(vault->openBlob(hash).error().reason, std::string("original-missing"));
    }
    void manyThreadsMayAddTheSameBytesAtOnce() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const Path photo = put(dir, "a.jpg", noise(200'000, 3));
        std::atomic<int> good = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; t++)
            threads.emplace_back([&] {
                for (int i = 0; i < 10; i++) good += vault->add(photo) ? 1 : 0;
            });
        for (auto& thread : threads) thread.join();
        QCOMPARE(good.load(), 40);
        QCOMPARE(filesIn(rootOf(dir)), 1);
        QVERIFY(vault->check(*vault->add(photo)).has_value());
    }
    void openingRemovesStaleCopiesButNotThoseBeingWritten() {
        QTemporaryDir dir;
        QVERIFY(open(rootOf(dir)).has_value());
        const Path stale = rootOf(dir) / "incoming" / "stale.part", busy = rootOf(dir) / "incoming" / "busy.part";
        std::ofstream(stale) << "half";
        std::ofstream(busy) << "half";
        const FileDescriptor writer(::open(busy.c_str(), O_WRONLY | O_CLOEXEC));
        QCOMPARE(::flock(writer.get(), LOCK_EX), 0);
        QVERIFY(open(rootOf(dir)).has_value());
        QVERIFY(!std::filesystem::exists(stale) && std::filesystem::exists(busy));
    }
    void plainBytesNeverReachTheDisk() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const std::string photo = noise(300'000, 8), mark = photo.substr(150'000, 32);
        auto staged = vault->stage(put(dir, "a.jpg", photo));
        const auto isOnDisk = [&] {
            for (const auto& entry : std::filesystem::recursive_directory_iterator(rootOf(dir)))
                if (entry.is_regular_file() && readTextFile(entry.path(), 1 << 20)->find(mark) != std::string::npos)
                    return true;
            return false;
        };
        QCOMPARE(filesIn(rootOf(dir)), 1);
        QVERIFY(!isOnDisk());
        QCOMPARE(textOf(staged->open()), photo);  // what is not committed can be looked at all the same
        QVERIFY(vault->commit(std::move(*staged)));
        QVERIFY(!isOnDisk());
        QVERIFY(readTextFile(put(dir, "b.jpg", photo), 1 << 20)->find(mark) != std::string::npos);  // it would be found
    }
    void whatIsOpenedIsMemoryThatNobodyCanChange() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{65536}, std::size_t{200'000}}) {
            const std::string photo = noise(size, 9);
            const auto hash = vault->addBytes(std::as_bytes(std::span(photo)));
            const auto opened = vault->openBlob(*hash);
            QVERIFY(opened);
            QCOMPARE(::fcntl(opened->get(), F_GET_SEALS), F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
            QCOMPARE(::fcntl(opened->get(), F_GETFL) & O_ACCMODE, O_RDONLY);
            QCOMPARE(::lseek(opened->get(), 0, SEEK_CUR), off_t{0});
            const FileDescriptor writer(
                ::open(("/proc/self/fd/" + std::to_string(opened->get())).c_str(), O_RDWR | O_CLOEXEC));
            QVERIFY(!writer.isOpen() || ::write(writer.get(), "x", 1) < 0);
            QVERIFY(!writer.isOpen() || ::ftruncate(writer.get(), 1'000'000) < 0);
            QCOMPARE(textOf(vault->openBlob(*hash)), photo);
            QVERIFY(vault->check(*hash));
        }
    }
    void aBlobUnderAnothersNameIsDamaged() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const auto one = vault->add(put(dir, "a.jpg", noise(1000, 1))),
                   two = vault->add(put(dir, "b.jpg", noise(1000, 2)));
        std::filesystem::remove(vault->pathOf(*two));
        std::filesystem::copy_file(vault->pathOf(*one), vault->pathOf(*two));
        QCOMPARE(vault->openBlob(*two).error().reason, std::string("original-damaged"));
        QCOMPARE(vault->check(*two).error().reason, std::string("original-damaged"));
        QVERIFY(vault->check(*one));
    }
    void plainBlobsOfOlderStoresAreReadAndSealedWhenTheyComeAgain() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const std::string photo = noise(100'000, 3);
        const Sha256 hash = Sha256::of(photo);
        const Path sealed = vault->pathOf(hash), plain = Path(sealed).replace_extension();
        std::filesystem::create_directories(plain.parent_path());
        std::ofstream(plain, std::ios::binary) << photo;
        ::chmod(plain.c_str(), 0400);
        QVERIFY(vault->contains(hash) && vault->check(hash));
        QCOMPARE(textOf(vault->openBlob(hash)), photo);
        QVERIFY(std::ranges::equal(*vault->read(hash, 1 << 20), std::as_bytes(std::span(photo))));
        std::filesystem::create_hard_link(plain, dir.filePath("watched").toStdString());
        QVERIFY(vault->add(put(dir, "again.jpg", photo)));
        QVERIFY(!std::filesystem::exists(plain) && std::filesystem::exists(sealed));
        QCOMPARE(*readTextFile(dir.filePath("watched").toStdString(), 1 << 20), std::string(100'000, '\0'));
        QCOMPARE(textOf(vault->openBlob(hash)), photo);
    }
    void whatIsForgottenIsGoneWithItsKey() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const Path photo = put(dir, "a.jpg", noise(70'000, 4));
        const auto hash = vault->add(photo), other = vault->add(put(dir, "b.jpg", noise(70'000, 5)));
        const Path kept = Path(dir.path().toStdString()) / "copy";
        std::filesystem::copy_file(vault->pathOf(*hash), kept);  // whoever has the bytes of the disk
        QVERIFY(vault->forget(*hash));
        QVERIFY(!vault->contains(*hash) && !std::filesystem::exists(vault->pathOf(*hash)));
        QCOMPARE(vault->openBlob(*hash).error().reason, std::string("original-missing"));
        std::filesystem::copy_file(kept, vault->pathOf(*hash));
        QVERIFY(!vault->contains(*hash));
        QCOMPARE(vault->openBlob(*hash).error().reason, std::string("original-missing"));
        QVERIFY(vault->check(*other) && vault->forget(*hash) && vault->forget(*hash));
        QCOMPARE(*vault->add(photo), *hash);  // somebody else may bring it again
        QVERIFY(vault->check(*hash));
        QVERIFY(open(rootOf(dir))->check(*other));
    }
    void aPlainBlobIsForgottenByOverwritingIt() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const std::string photo = noise(100'000, 6);
        const Path plain = Path(vault->pathOf(Sha256::of(photo))).replace_extension();
        std::filesystem::create_directories(plain.parent_path());
        std::ofstream(plain, std::ios::binary) << photo;
        std::filesystem::create_hard_link(plain, dir.filePath("watched").toStdString());
        QVERIFY(vault->forget(Sha256::of(photo)));
        QVERIFY(!vault->contains(Sha256::of(photo)) && !std::filesystem::exists(plain));
        QCOMPARE(*readTextFile(dir.filePath("watched").toStdString(), 1 << 20), std::string(100'000, '\0'));
    }
    void ofTwoCopiesTheKeyOfTheOneThatIsReplacedGoes() {
        QTemporaryDir dir;
        auto vault = open(rootOf(dir));
        const Path photo = put(dir, "a.jpg", noise(5000, 7));
        const Sha256 hash = *vault->add(photo);
        const auto keyNow = [&] {
            const auto file = m_disk.open(vault->pathOf(hash), FilePort::Open::ToRead);
            return **vault::SealedBlob::keyOf(**file);
        };
        const keys::KeyId first = keyNow();
        QVERIFY(vault->add(photo) && keyNow() == first && vault->ring->has(first));
        ::chmod(vault->pathOf(hash).c_str(), 0600);
        std::filesystem::resize_file(vault->pathOf(hash), 4000);
        QVERIFY(vault->add(photo) && vault->check(hash));
        QVERIFY(!(keyNow() == first) && !vault->ring->has(first) && vault->ring->has(keyNow()));
    }
    void aKillInTheMiddleOfACopyLeavesNoWrongBlob() {
        QTemporaryDir dir;
        const std::string photo = noise(24'000'000, 4);
        const Path file = put(dir, "big.jpg", photo);
        const Sha256 hash = Sha256::of(photo);
        std::mt19937 random(5);
        int killedHalfWay = 0;
        for (int round = 0; round < 12; round++) {
            const pid_t child = ::fork();
            if (child == 0) {
                auto vault = open(rootOf(dir));
                ::_exit(vault && vault->add(file) ? 0 : 1);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 40));
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            killedHalfWay += WIFSIGNALED(status) ? 1 : 0;
            auto vault = open(rootOf(dir));
            QVERIFY(vault.has_value());
            QCOMPARE(filesIn(rootOf(dir) / "incoming"), 0);
            QVERIFY(!vault->contains(hash) || vault->check(hash));
            if (vault->contains(hash)) std::filesystem::remove(vault->pathOf(hash));
        }
        QVERIFY(killedHalfWay >= 6);
        auto vault = open(rootOf(dir));
        QVERIFY(*vault->add(file) == hash);
    }
    void aFolderThatCannotBeWrittenIsDenied() {
        QTemporaryDir dir, other;
        const auto elsewhere = open(rootOf(other));
        const Path root = rootOf(dir);
        std::filesystem::create_directories(root);
        QCOMPARE(::chmod(dir.path().toLocal8Bit().constData(), 0755), 0);
        QCOMPARE(::chmod(root.c_str(), 0555), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            if (::geteuid() == 0 && ::setresuid(65534, 65534, 65534) != 0) ::_exit(2);  // root may write anywhere
            const auto vault = vault::Vault::open(root, *elsewhere->ring);
            ::_exit(!vault && vault.error().code == Code::Denied && vault.error().reason == "not-writable" ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }
};

QTEST_GUILESS_MAIN(VaultTest)
#include "vault_test.moc"
