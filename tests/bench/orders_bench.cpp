// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A shop of many orders: how fast one is durable, found, listed; how soon the store sells after a crash; how long the
// whole record takes to be looked at and to be read anew.
//
//     orders [ORDERS [FOLDER]]     100,000 in a folder of its own under /dev/shm, where no disk is waited for
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>

#include "core/base/file_port.h"
#include "core/keys/key_ring.h"
#include "core/search/order_index.h"
#include "core/store/sqlite_store.h"

namespace {

using namespace contone;

struct Times {
    double wallMs = 0, cpuMs = 0;
};

Times timed(const std::function<void()>& work) {
    const auto cpu = [] {
        timespec t{};
        ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
    };
    const auto start = std::chrono::steady_clock::now();
    const double before = cpu();
    work();
    return {std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count(),
            cpu() - before};
}

void say(const char* what, const Times& times) {
    fmt::print("{:64} {:10.1f} ms, CPU {:10.1f} ms\n", what, times.wallMs, times.cpuMs);
}

template <class T>
T must(Result<T> result) {
    if (result) return *std::move(result);
    fmt::print(stderr, "orders: {} ({})\n", result.error().message, result.error().detail);
    std::exit(1);
}
void must(const Result<void>& result) {
    if (result) return;
    fmt::print(stderr, "orders: {} ({})\n", result.error().message, result.error().detail);
    std::exit(1);
}

const SystemClock systemClock;

struct Shop {
    LocalDisk disk;
    std::unique_ptr<store::SqliteStore> store;
    std::unique_ptr<keys::KeyRing> ring;
    explicit Shop(const Path& home, store::Opening opening = store::Opening::ToWork) {
        must(makeDirectories(home, Access::Private));
        store = must(store::SqliteStore::open(home, systemClock, opening));
        const auto storeKey = must(keys::StoreKey::open(disk, home, {}));
        ring = must(keys::KeyRing::open(disk, home / "keys", storeKey));
        must(store->useKeys(*ring, keys::phoneKey(storeKey)));
    }
};

order::Order placed(store::SqliteStore& store, int n, int lines) {
    std::vector<order::OrderLine> all;
    order::Customer customer{.name = fmt::format("Customer {} of street {}", n, n % 977), .fileNames = {}};
    customer.phone = fmt::format("+49170{:07}", n);
    for (int i = 0; i < lines; i++) {
        order::OrderLine& line = all.emplace_back();
        line.original = Sha256::of(fmt::format("{} {}", n, i));
        line.product = n % 3 == 0 ? "13x18" : "10x15";
        line.price = {59, "EUR"};
        customer.fileNames.push_back(fmt::format("DSC_{:04}.JPG", (n + i) % 10'000));
    }
    return must(store.place(all, {{59 * lines, "EUR"}, {}}, customer, "customer/kiosk-1"));
}

void pay(store::SqliteStore& store, OrderId id) {
    must(store.changePayment(
        id,
        [](const order::Payment& now, const order::ReceiptNumber& next) -> Result<std::optional<order::PaymentEvent>> {
            auto taken = order::decideTake(now, {order::ChargeId::generate(systemClock)}, next);
            if (!taken) return std::unexpected(taken.error());
            return *taken;
        },
        "operator"));
}

/// What the disk under a folder takes to make 4 KB durable.
double syncMs(const Path& folder) {
    const Path file = folder / "sync";
    const FileDescriptor fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    const std::string page(4096, 'x');
    const Times times = timed([&] {
        for (int i = 0; i < 100; i++)
            if (::pwrite(fd.get(), page.data(), page.size(), i * 4096) < 0 || ::fdatasync(fd.get()) != 0) std::exit(1);
    });
    ::unlink(file.c_str());
    return times.wallMs / 100;
}

void durable(const Path& folder) {
    std::error_code failed;
    std::filesystem::remove_all(folder, failed);
    Shop shop(folder);
    const double sync = syncMs(folder);
    constexpr int orders = 200;
    const Times one = timed([&] {
        for (int i = 0; i < orders; i++) placed(*shop.store, i, 1);
    });
    const Times fifty = timed([&] {
        for (int i = 0; i < orders; i++) placed(*shop.store, i, 50);
    });
    fmt::print("durable orders one by one: {:.0f} a second, of 50 lines {:.0f}; the disk syncs in {:.2f} ms\n",
               orders / one.wallMs * 1e3, orders / fifty.wallMs * 1e3, sync);
    std::filesystem::remove_all(folder, failed);
}

}  // namespace

int main(int count, char** words) {
    const int orders = count > 1 ? std::atoi(words[1]) : 100'000;
    const Path folder = count > 2 ? Path(words[2]) : Path("/dev/shm") / fmt::format("contone-orders-{}", ::getpid());
    durable(count > 2 ? Path(words[2]) / "durable"
                      : std::filesystem::temp_directory_path() / fmt::format("contone-orders-{}", ::getpid()));
    std::int64_t events = 0;
    {
        Shop shop(folder);
        say("placed, paid, collected", timed([&] {
                for (int i = 0; i < orders; i++) {
                    const order::Order order = placed(*shop.store, i, 2);
                    pay(*shop.store, order.id);
                    if (i % 2 == 0) must(shop.store->moveOrder(order.id, order::OrderState::Ready, "", "operator"));
                    if (i % 4 == 0) must(shop.store->moveOrder(order.id, order::OrderState::Collected, "", "operator"));
                }
            }));
        events = must(shop.store->latestPosition());
        fmt::print("{} orders, {} events\n", orders, events);
        say("the newest 50", timed([&] { must(shop.store->orders(50)); }));
        say("the newest 50 that are ready, of a product", timed([&] {
                must(shop.store->findOrders({.states = {order::OrderState::Ready}, .product = "13x18"}, 50));
            }));
        say("how many are what", timed([&] { must(shop.store->countOrders({})); }));
        const auto index = must(search::OrderIndex::create());
        say("names, phones and file names into memory", timed([&] {
                for (std::optional<OrderId> after;;) {
                    const auto page = must(shop.store->customers(1000, after));
                    if (page.empty()) break;
                    after = page.back().first;
                    must(index->putAll(page));
                }
            }));
        say("a phone in memory", timed([&] { must(index->find("1234", 10'000)); }));
        say("a word of two in memory", timed([&] { must(index->find("street 97 dsc_0042", 10'000)); }));
        say("one erased from memory", timed([&] { must(index->remove(must(shop.store->orders(1))[0].id)); }));
    }
    std::unique_ptr<Shop> shop;
    say("from the start to selling, as the agent does it", timed([&] {
            shop = std::make_unique<Shop>(folder, store::Opening::ToWorkAtOnce);
            placed(*shop->store, orders, 1);
        }));
    say("the whole record looked at, beside the work", timed([&] { must(shop->store->check()); }));
    say("all projections anew", timed([&] { must(shop->store->rebuildProjections()); }));
    shop.reset();
    std::error_code failed;
    std::filesystem::remove_all(folder, failed);
    return 0;
}
