// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What sealing costs: taking a photo in against copying it, and opening it again, in processor time.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <random>

#include "core/keys/key_ring.h"
#include "core/vault/vault.h"

using namespace contone;

namespace {

constexpr std::size_t photoBytes = 6'400'000;  // a JPEG of 24 megapixels
constexpr int photos = 20, rounds = 7;

template <class T>
T sure(Result<T> result) {
    if (result) {
        if constexpr (!std::is_void_v<T>)
            return std::move(*result);
        else
            return;
    }
    fmt::print(stderr, "{}: {}\n", result.error().reason, result.error().detail);
    std::exit(1);
}

double cpuSeconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Times {
    double cpu, wall;  ///< ms
};

/// The median round, for one photo. Rounds take turns in main().
class Contender {
  public:
    Contender(std::string name, std::function<void(int photo)> work)
        : m_name(std::move(name)), m_work(std::move(work)) {}
    void round() {
        const double cpu = cpuSeconds();
        const auto wall = std::chrono::steady_clock::now();
        for (int i = 0; i < photos; i++) m_work(i);
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - wall;
        m_times.push_back({(cpuSeconds() - cpu) * 1000 / photos, passed.count() * 1000 / photos});
    }
    Times median() {
        std::ranges::sort(m_times, {}, &Times::cpu);
        return m_times[m_times.size() / 2];
    }
    const std::string& name() const { return m_name; }

  private:
    std::string m_name;
    std::function<void(int)> m_work;
    std::vector<Times> m_times;
};

Path photoAt(const Path& folder, int index) {
    return folder / ("photo-" + std::to_string(index));
}

enum class Hash { No, Yes };

/// As the vault did before it sealed: read, hash, write, sync, name.
void copy(const Path& from, const Path& to, Hash hash) {
    const FileDescriptor source = sure(openForReading(from));
    PendingFile target = sure(PendingFile::create(to));
    Sha256Hasher hasher;
    Bytes piece(1 << 20);
    for (ssize_t n = 0; (n = ::read(source.get(), piece.data(), piece.size())) > 0;) {
        const auto got = std::span(piece).first(static_cast<std::size_t>(n));
        if (hash == Hash::Yes) hasher.update(got);
        sure(target.write(got));
    }
    if (hash == Hash::Yes) (void)hasher.finish();
    sure(target.commit());
}

}  // namespace

int main(int argc, char** argv) {
    // On the disk that the shop would use: a folder may be named.
    const Path folder = Path(argc > 1 ? argv[1] : ".") / "vault-bench";
    sure(makeDirectories(folder));
    std::mt19937_64 random(1);
    std::vector<Sha256> hashes;
    for (int i = 0; i < photos; i++) {
        Bytes bytes(photoBytes);
        for (std::byte& b : bytes) b = static_cast<std::byte>(random());
        sure(writeFileDurably(photoAt(folder, i), bytes));
        hashes.push_back(Sha256::of(bytes));
    }
    LocalDisk disk;
    const keys::StoreKey storeKey = sure(keys::StoreKey::open(disk, folder, {}));
    const auto ring = sure(keys::KeyRing::open(disk, folder / "keys", storeKey));
    vault::Vault vault = sure(vault::Vault::open(folder / "vault", *ring));
    const Path to = folder / "copy";

    Contender contenders[] = {
        {"copied", [&](int i) { copy(photoAt(folder, i), to, Hash::No); }},
        {"copied and hashed", [&](int i) { copy(photoAt(folder, i), to, Hash::Yes); }},
        {"taken in: hashed and sealed",
         [&](int i) {
             (void)std::filesystem::remove(vault.pathOf(hashes[static_cast<std::size_t>(i)]));
             sure(vault.add(photoAt(folder, i)));
         }},
        {"read from a plain file", [&](int i) { (void)sure(readFile(photoAt(folder, i), photoBytes)); }},
        {"opened into memory", [&](int i) { (void)sure(vault.openBlob(hashes[static_cast<std::size_t>(i)])); }},
        {"checked: opened and hashed", [&](int i) { sure(vault.check(hashes[static_cast<std::size_t>(i)])); }},
        {"256 keys taken",
         [&](int) {
             for (int k = 0; k < 256; k++) (void)sure(ring->take());
         }},
    };
    for (int round = 0; round < rounds; round++)
        for (Contender& one : contenders) one.round();
    fmt::print("A photo of {:.1f} MB, median of {} rounds of {}:\n\n", photoBytes / 1e6, rounds, photos);
    fmt::print("| what | CPU ms | wall ms | CPU ÷ copied |\n|---|--:|--:|--:|\n");
    const double copied = contenders[0].median().cpu;
    for (Contender& one : contenders) {
        const Times times = one.median();
        fmt::print("| {} | {:.2f} | {:.2f} | {:.2f} |\n", one.name(), times.cpu, times.wall, times.cpu / copied);
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}
