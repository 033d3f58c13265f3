// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The cache of derivatives: what comes out is what went in, whole, or nothing.
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <fstream>
#include <thread>

#include "core/vault/derivative_cache.h"

using namespace contone;
using vault::Derivative;
using vault::DerivativeCache;

namespace {

class CacheTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_folders = 0;

    Path fresh() { return Path(m_dir.path().toStdString()) / std::to_string(++m_folders); }
    static std::unique_ptr<DerivativeCache> open(const Path& folder, std::uint64_t bytes = 1'000'000) {
        return DerivativeCache::open(folder, {.bytes = bytes}).value();
    }
    static Sha256 named(int n) { return Sha256::of("recipe " + std::to_string(n)); }
    static std::string bytesOf(int n, std::size_t size) { return std::string(size, static_cast<char>('a' + n % 26)); }
    static void put(DerivativeCache& cache, int n, std::size_t size = 1000, const std::string& maker = "lcms 2.14",
                    const Sha256& original = Sha256::of("photo")) {
        const std::string bytes = bytesOf(n, size);
        auto pending = cache.begin(size);
        pending.write(std::as_bytes(std::span(bytes)));
        pending.keep({named(n), maker, {original}, "note " + std::to_string(n), Sha256::of(bytes), 0});
    }
    static bool has(DerivativeCache& cache, int n, const std::string& maker = "lcms 2.14") {
        return cache.find(named(n), maker).has_value();
    }
    static std::vector<Path> files(const Path& folder) {
        std::vector<Path> all;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) all.push_back(entry.path());
        return all;
    }
    static Path only(const Path& folder, int n) {
        for (const Path& path : files(folder))
            if (path.filename().string().starts_with(named(n).toString())) return path;
        return {};
    }
    /// As if it had last been used so long ago.
    static void age(const Path& file, std::chrono::hours by) {
        std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - by);
    }

  private slots:
    void whatGoesInComesOut() {
        const Path folder = fresh();
        const auto cache = open(folder);
        QVERIFY(!cache->mayHave(named(1)));
        put(*cache, 1);
        auto found = cache->find(named(1), "lcms 2.14");
        QVERIFY(found && cache->mayHave(named(1)));
        QCOMPARE(found->what.sum.size(), 32u);
        QVERIFY(found->what == (Derivative{named(1),
                                           "lcms 2.14",
                                           {Sha256::of("photo")},
                                           "note 1",
                                           Sha256::of(bytesOf(1, 1000)),
                                           1000,
                                           found->what.sum}));
        std::string bytes(1000, '\0');
        QCOMPARE(::read(found->file.get(), bytes.data(), bytes.size()), ssize_t{1000});
        QVERIFY(bytes == bytesOf(1, 1000));
        QVERIFY(open(folder)->find(named(1), "lcms 2.14"));  // another process
    }
    void anotherMakerIsAnotherEntry() {
        const auto cache = open(fresh());
        put(*cache, 1);
        QVERIFY(!has(*cache, 1, "lcms 2.16"));
        put(*cache, 1, 700, "lcms 2.16");
        QVERIFY(has(*cache, 1) && has(*cache, 1, "lcms 2.16"));
        const auto byHash = cache->find(named(1), Sha256::of(bytesOf(1, 700)));
        QVERIFY(byHash && byHash->what.maker == "lcms 2.16");
        QVERIFY(!cache->find(named(1), Sha256::of("other")));
    }
    void anEntryDamagedAnywhereIsNotThere() {
        const Path folder = fresh();
        const auto cache = open(folder);
        put(*cache, 1, 100);
        const auto size = std::filesystem::file_size(only(folder, 1));
        for (std::uintmax_t at = 0; at < size; at += 7) {
            put(*cache, 1, 100);
            std::fstream file(only(folder, 1), std::ios::in | std::ios::out | std::ios::binary);
            file.seekg(static_cast<std::streamoff>(at));
            const char was = static_cast<char>(file.get());
            file.seekp(static_cast<std::streamoff>(at));
            file.put(static_cast<char>(was ^ 1));
            file.close();
            QVERIFY2(!has(*cache, 1), std::to_string(at).c_str());
            QVERIFY(only(folder, 1).empty());  // and it does not come back
        }
        put(*cache, 1, 100);
        std::filesystem::resize_file(only(folder, 1), size - 1);
        QVERIFY(!has(*cache, 1));
        put(*cache, 1, 100);
        std::filesystem::rename(only(folder, 1), folder / (named(2).toString() + "-0123456789abcdef"));
        QVERIFY(!has(*cache, 2));
    }
    void theLeastUsedGoesFirstWhenTheBudgetIsFull() {
        const Path folder = fresh();
        const auto cache = open(folder, 10'000);
        for (int n = 0; n < 3; n++) {
            put(*cache, n, 2500);
            age(only(folder, n), std::chrono::hours(10 - n));
        }
        QVERIFY(has(*cache, 0));  // a use: now entry 1 is the oldest
        put(*cache, 3, 2500);
        QVERIFY(!has(*cache, 1));
        QVERIFY(has(*cache, 0) && has(*cache, 2) && has(*cache, 3));
        std::uintmax_t total = 0;
        for (const Path& path : files(folder)) total += std::filesystem::file_size(path);
        QVERIFY(total <= 10'000);
    }
    void anEntryOfHalfTheBudgetIsNotKept() {
        const Path folder = fresh();
        const auto cache = open(folder, 10'000);
        put(*cache, 1, 5001);
        QVERIFY(!has(*cache, 1));
        auto pending = cache->begin(10);  // says little and writes much
        const std::string much(6000, 'x');
        pending.write(std::as_bytes(std::span(much)));
        pending.keep({named(2), "m", {}, "", Sha256::of(much), 0});
        QVERIFY(!has(*cache, 2, "m"));
        QVERIFY(files(folder).empty());
    }
    void whatNobodyUsedForAWeekGoes() {
        const Path folder = fresh();
        put(*open(folder), 1);
        put(*open(folder), 2);
        age(only(folder, 1), std::chrono::hours(7 * 24 + 1));
        age(only(folder, 2), std::chrono::hours(7 * 24 - 1));
        const auto cache = open(folder);
        QVERIFY(!has(*cache, 1) && has(*cache, 2));
    }
    void aForgottenOriginalLeavesNothing() {
        const Path folder = fresh();
        const auto cache = open(folder);
        const Sha256 face = Sha256::of("face");
        put(*cache, 1, 1000, "m", face);
        put(*cache, 2, 1000, "m");
        auto inTheMaking = cache->begin(4);
        QVERIFY(cache->forget(face).has_value());
        QVERIFY(!has(*cache, 1, "m") && has(*cache, 2, "m"));
        inTheMaking.write(std::as_bytes(std::span("face", 4)));
        inTheMaking.keep({named(3), "m", {face}, "", Sha256::of("face"), 0});
        QVERIFY(!has(*cache, 3, "m"));  // begun before it was forgotten
        std::ofstream(only(folder, 2), std::ios::app) << "damage";
        QVERIFY(cache->forget(face).has_value());
        QVERIFY(only(folder, 2).empty());  // nobody can tell whom it shows
    }
    void whoAsksForTheSameWaitsForTheFirst() {
        const auto cache = open(fresh());
        std::atomic<int> made{0}, atOnce{0}, most{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 6; i++)
            threads.emplace_back([&] {
                const auto turn = cache->turn(named(1));
                const int now = ++atOnce;
                most = std::max<int>(most, now);
                if (!has(*cache, 1)) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(20));
                    put(*cache, 1);
                    ++made;
                }
                --atOnce;
            });
        for (std::thread& t : threads) t.join();
        QCOMPARE(made.load(), 1);
        QCOMPARE(most.load(), 1);
        const auto one = cache->turn(named(1));
        const auto other = cache->turn(named(2));  // another recipe does not wait
    }
    void copiesThatADeadProcessLeftGo() {
        const Path folder = fresh();
        put(*open(folder), 1);
        std::ofstream(folder / "x.part") << "half";
        std::ofstream(folder / "y.part") << "half";
        age(folder / "x.part", std::chrono::hours(2));
        open(folder);
        QVERIFY(!std::filesystem::exists(folder / "x.part"));
        QVERIFY(std::filesystem::exists(folder / "y.part"));  // somebody may be writing it
    }
};

}  // namespace

QTEST_GUILESS_MAIN(CacheTest)
#include "derivative_cache_test.moc"
