// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A shop of many orders: how fast one is durable, found, listed; how soon the store sells after a crash; how long the
// whole record takes to be looked at and to be read anew, and how long others wait meanwhile.
//
//     orders [ORDERS [FOLDER]]     100,000 of ten events each, in a folder of its own under /dev/shm, where no disk is
//                                  waited for. A FOLDER that has a store is measured as it is, and stays.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <thread>

#include "core/base/file_port.h"
#include "core/keys/key_ring.h"
#include "core/search/order_index.h"
#include "core/store/sqlite_store.h"
#include "tests/bench/many_orders.h"
#include "tests/bench/sync_count.h"

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
    std::fflush(stdout);
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
    for (const int lines : {1, 50}) {
        const long before = bench::syncs();
        const Times times = timed([&] {
            for (int i = 0; i < orders; i++) placed(*shop.store, i, lines);
        });
        fmt::print("durable orders of {} lines, one by one: {:.0f} a second, {:.2f} syncs each\n", lines,
                   orders / times.wallMs * 1e3, static_cast<double>(bench::syncs() - before) / orders);
    }
    fmt::print("the disk syncs in {:.2f} ms\n", sync);
    std::fflush(stdout);
    std::filesystem::remove_all(folder, failed);
}

void make(const Path& home, int orders) {
    Shop shop(home);
    constexpr int slowly = 500;
    say("500 orders placed, paid, handed out by the store itself", timed([&] {
            for (int i = 0; i < slowly; i++) {
                const order::Order order = placed(*shop.store, i, 2);
                pay(*shop.store, order.id);
                must(shop.store->moveOrder(order.id, order::OrderState::Ready, "", "operator"));
                must(shop.store->moveOrder(order.id, order::OrderState::Collected, "", "operator"));
            }
        }));
    shop.store.reset();
    say("the others, not synced",
        timed([&] { must(bench::fillWithOrders(home, *shop.ring, orders - slowly, [](int) {})); }));
}

void look(store::SqliteStore& store) {
    const std::int64_t events = must(store.latestPosition());
    fmt::print("{} orders, {} events\n", must(store.countOrders({})).orders, events);
    say("the newest 50", timed([&] { must(store.orders(50)); }));
    say("the newest 50, found", timed([&] { must(store.findOrders({}, 50)); }));
    say("the newest 50 that are ready, of a product",
        timed([&] { must(store.findOrders({.states = {order::OrderState::Ready}, .product = "13x18"}, 50)); }));
    say("the newest 50 of a state that few have",
        timed([&] { must(store.findOrders({.states = {order::OrderState::Held, order::OrderState::Placed}}, 50)); }));
    say("the newest 50 of a product that nobody ordered",
        timed([&] { must(store.findOrders({.product = "none"}, 50)); }));
    const Instant now = systemClock.now();
    constexpr std::int64_t dayMs = std::int64_t{24} * 3600 * 1000;
    say("the newest 50 of a day long ago", timed([&] {
            must(store.findOrders({.from = Instant{now.ms - 9 * dayMs}, .until = Instant{now.ms - 8 * dayMs}}, 50));
        }));
    say("how many are what", timed([&] { must(store.countOrders({})); }));
    say("how many are what, of a day", timed([&] {
            must(store.countOrders({.from = Instant{now.ms - 9 * dayMs}, .until = Instant{now.ms - 8 * dayMs}}));
        }));
    const auto index = must(search::OrderIndex::create());
    say("names, phones and file names into memory", timed([&] {
            for (std::optional<OrderId> after;;) {
                const auto page = must(store.customers(1000, after));
                if (page.empty()) break;
                after = page.back().first;
                must(index->putAll(page));
            }
        }));
    say("a phone in memory", timed([&] { must(index->find("1234", 10'000)); }));
    say("a word of two in memory", timed([&] { must(index->find("street 97 dsc_0042", 10'000)); }));
    say("one erased from memory", timed([&] { must(index->remove(must(store.orders(1))[0].id)); }));
}

/// A program that sells is killed; what it wrote last is in the log alone.
void crash(const Path& home, int orders) {
    int ends[2];
    if (::pipe(ends) != 0) std::exit(1);
    const pid_t child = ::fork();
    if (child == 0) {
        Shop shop(home, store::Opening::ToWorkAtOnce);
        for (int i = 0; i < 100; i++) placed(*shop.store, orders + i, 2);
        if (::write(ends[1], "x", 1) != 1) ::_exit(1);
        for (;;) ::pause();
    }
    char ready = 0;
    if (::read(ends[0], &ready, 1) != 1) std::exit(1);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    for (const int end : ends) ::close(end);
    std::error_code failed;
    fmt::print("killed; the log has {} KB\n", std::filesystem::file_size(home / "contone.db-wal", failed) / 1024);
}

/// What others wait for, longest, while something is done: one reads two hundred orders a second, one places twenty.
class Others {
  public:
    explicit Others(store::SqliteStore& store)
        : m_reading([this, &store](const std::stop_token& stop) {
              const OrderId id = must(store.orders(1))[0].id;
              while (!stop.stop_requested()) {
                  m_read = std::max(m_read, timed([&] { must(store.order(id)); }).wallMs);
                  std::this_thread::sleep_for(std::chrono::milliseconds(5));
              }
          }),
          m_placing([this, &store](const std::stop_token& stop) {
              for (int i = 0; !stop.stop_requested(); i++) {
                  const double waited = timed([&] { placed(store, i, 1); }).wallMs;
                  m_placed = std::max(m_placed, waited);
                  m_long += waited > 50 ? 1 : 0;
                  std::this_thread::sleep_for(std::chrono::milliseconds(50));
              }
          }) {}
    void say(const char* during) {
        for (std::jthread* thread : {&m_reading, &m_placing}) {
            thread->request_stop();
            thread->join();
        }
        fmt::print("{:64} an order is read in {:.1f} ms, placed in {:.1f} ms, at most; {} over 50 ms\n", during, m_read,
                   m_placed, m_long);
        std::fflush(stdout);
    }

  private:
    double m_read = 0, m_placed = 0;
    int m_long = 0;
    std::jthread m_reading, m_placing;
};

}  // namespace

int main(int count, char** words) {
    const int orders = count > 1 ? std::atoi(words[1]) : 100'000;
    const std::string own = fmt::format("contone-orders-{}", ::getpid());
    const Path folder = count > 2 ? Path(words[2]) : Path("/dev/shm") / own;
    durable(count > 2 ? folder.parent_path() / own : std::filesystem::temp_directory_path() / own);
    if (!store::SqliteStore::isIn(folder)) make(folder, orders);
    {
        Shop shop(folder, store::Opening::ToWorkAtOnce);
        look(*shop.store);
    }
    crash(folder, orders);
    std::unique_ptr<Shop> shop;
    say("from a crash to an order that is durable, as the agent does it", timed([&] {
            shop = std::make_unique<Shop>(folder, store::Opening::ToWorkAtOnce);
            placed(*shop->store, orders, 1);
        }));
    say("the whole record looked at, beside the work", timed([&] { must(shop->store->check()); }));
    Others idle(*shop->store);
    std::this_thread::sleep_for(std::chrono::seconds(5));
    idle.say("what others wait for in 5 s without more work:");
    say("all projections anew", timed([&] { must(shop->store->rebuildProjections()); }));
    Others others(*shop->store);
    say("all projections anew, while others work", timed([&] { must(shop->store->rebuildProjections()); }));
    others.say("what others wait for meanwhile:");
    shop.reset();
    std::error_code failed;
    if (count < 3) std::filesystem::remove_all(folder, failed);
    return 0;
}
