// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RecordingShop: writes down what it was asked, and answers with sample values or with the error it was given.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/shop/original_intake.h"
#include "core/shop/wire.h"
#include "core/vault/medium_file.h"
#include "tests/core/shop/sample_values.h"

namespace contone::shop {

class RecordingShop final : public Shop, public OriginalIntake {
  public:
    /// What every call fails with; empty: none fails.
    std::optional<Error> error;
    Bytes profile{std::byte{1}, std::byte{0}, std::byte{255}};
    std::vector<Change> feed;
    mutable std::atomic<int> polls{0};
    std::chrono::seconds printTakes{0};

    /// The calls since the last time this was asked.
    std::vector<std::string> takeCalls() const {
        const std::lock_guard guard(m_mutex);
        return std::exchange(m_calls, {});
    }
    void announce(const Change& change) {
        const std::lock_guard guard(m_mutex);
        feed.push_back(change);
        m_news.notify_all();
    }

    Result<Sha256> addOriginal(const Path& file) override {
        CONTONE_TRY(auto medium, vault::MediumFile::open(file));
        return takeOriginal([&](std::span<std::byte> to) { return medium.read(to); });
    }
    Result<Sha256> takeOriginal(const vault::ReadBytes& read) override {
        Sha256Hasher hasher;
        std::vector<std::byte> piece(64 * 1024);
        for (;;) {
            CONTONE_TRY(const std::size_t got, read(piece));
            if (got == 0) break;
            hasher.update({piece.data(), got});
        }
        const Sha256 hash = hasher.finish();
        return answer("addOriginal " + hash.toString(), hash);
    }
    Result<order::Order> placeOrder(const NewOrder& order) override {
        order::Order placed = sample::order();
        placed.number = static_cast<int>(order.lines.empty() ? 0 : order.lines.front().copies);
        return answer("placeOrder " + encoded(order), placed);
    }
    Result<order::Order> order(OrderId id) const override { return answer("order " + id.toString(), sample::order()); }
    Result<order::Order> orderByNumber(int number) const override {
        return answer("orderByNumber " + std::to_string(number), sample::order());
    }
    Result<std::vector<order::Order>> orders(int limit) const override {
        return answer("orders " + std::to_string(limit), std::vector{sample::order(), order::Order{}});
    }
    using Shop::print, Shop::reprint, Shop::settle;
    Result<print::PrintJob> print(OrderId order, const PrintWish& wish) override {
        std::this_thread::sleep_for(printTakes);
        return answer("print " + order.toString() + encoded(wish), sample::job());
    }
    Result<std::vector<print::Sheet>> cancelPlanned(OrderId order, const std::string& reason,
                                                    const std::string& actor) override {
        return answer("cancelPlanned " + order.toString() + encoded(CancelCommand{reason, actor}),
                      std::vector{sample::sheet()});
    }
    Result<order::Order> cancelOrder(OrderId order, const std::string& reason, const std::string& actor) override {
        return answer("cancelOrder " + order.toString() + encoded(CancelCommand{reason, actor}), sample::order());
    }
    Result<void> eraseCustomer(OrderId order, const std::string& actor) override {
        CONTONE_CHECK(answer("eraseCustomer " + order.toString() + encoded(EraseCommand{actor}), true));
        return {};
    }
    Result<std::vector<print::Sheet>> sheets(const print::SheetFilter& f) const override {
        return answer("sheets " + (f.order ? f.order->toString() : "-") + (f.job ? f.job->toString() : "-") +
                          (f.openOnly ? "open" : "all") +
                          (f.sorting == print::SheetOrder::NewestFirst ? "newest" : "oldest") +
                          std::to_string(f.limit) + " " + std::to_string(f.from.ms) + " " + std::to_string(f.to.ms) +
                          " " + (f.after ? f.after->toString() : "-"),
                      std::vector{sample::sheet()});
    }
    Result<SheetRecord> sheetRecord(SheetId sheet) const override {
        return answer("sheetRecord " + sheet.toString(), sample::record());
    }
    Result<SheetComparison> compareSheet(SheetId sheet) override {
        return answer("compareSheet " + sheet.toString(), sample::comparison());
    }
    Result<Settled> settle(SheetId sheet, const Settlement& word) override {
        return answer("settle " + sheet.toString() + encoded(word), Settled{sample::sheet(), sample::job()});
    }
    Result<print::PrintJob> reprint(SheetId sheet, const print::ReprintCase& why, const std::string& actor) override {
        return answer("reprint " + sheet.toString() + encoded(ReprintCommand{why, actor}), sample::job());
    }
    Result<print::Spoilage> spoilage(Instant from, Instant to) const override {
        return answer("spoilage " + std::to_string(from.ms) + " " + std::to_string(to.ms), sample::spoilage());
    }
    Result<std::vector<print::JobTally>> jobs(bool openOnly, int limit) const override {
        return answer("jobs " + std::string(openOnly ? "open " : "all ") + std::to_string(limit),
                      std::vector{sample::tally()});
    }
    Result<print::PrintJob> holdJob(JobId job, const std::string& reason, const std::string& actor) override {
        return answer("holdJob " + job.toString() + encoded(CancelCommand{reason, actor}), sample::job());
    }
    Result<print::PrintJob> releaseJob(JobId job, const std::string& actor) override {
        return answer("releaseJob " + job.toString() + " " + actor, sample::job());
    }
    Result<print::PrintJob> setPriority(JobId job, print::Priority priority, const std::string& actor) override {
        return answer("setPriority " + job.toString() + encoded(PriorityCommand{priority, actor}), sample::job());
    }
    Result<print::PrintJob> moveJob(JobId job, const std::string& setup, const std::string& actor) override {
        return answer("moveJob " + job.toString() + encoded(MoveCommand{setup, actor}), sample::job());
    }
    Result<std::vector<print::Sheet>> cancelJob(JobId job, const std::string& reason,
                                                const std::string& actor) override {
        return answer("cancelJob " + job.toString() + encoded(CancelCommand{reason, actor}),
                      std::vector{sample::sheet()});
    }
    Result<SetupStatus> pausePrinter(const std::string& setup, const std::string& actor) override {
        return answer("pausePrinter " + setup + " " + actor, sample::status());
    }
    Result<SetupStatus> resumePrinter(const std::string& setup, const std::string& actor) override {
        return answer("resumePrinter " + setup + " " + actor, sample::status());
    }
    Result<print::PrintJob> printCalibration(const std::string& setup, const std::string& actor) override {
        return answer("printCalibration " + setup + " " + actor, sample::job());
    }
    Result<print::PrinterSetup> calibrate(const std::string& setup, const print::FourReadings& readings,
                                          const std::string& actor) override {
        return answer("calibrate " + setup + encoded(CalibrateCommand{readings, actor}), sample::setup());
    }
    Result<print::Enough> enoughFor(const EnoughQuery& query) const override {
        return answer("enoughFor " + encoded(query), sample::enough());
    }
    Result<print::PrinterSetup> saveSetup(const NewSetup& setup) override {
        return answer("saveSetup " + encoded(setup), sample::setup());
    }
    Result<print::PrinterSetup> setup(const std::string& name) const override {
        return answer("setup " + name, sample::setup());
    }
    Result<std::vector<print::PrinterSetup>> setups() const override {
        return answer("setups", std::vector{sample::setup()});
    }
    Result<print::PrinterSetup> verifySetup(const std::string& name, const std::string& actor) override {
        return answer("verifySetup " + name + " " + actor, sample::setup());
    }
    Result<SetupStatus> setupStatus(const std::string& name) const override {
        return answer("setupStatus " + name, sample::status());
    }
    Result<Bytes> setupProfile(const std::string& name) const override {
        return answer("setupProfile " + name, profile);
    }
    /// Waits as the header says. The wait itself is not written down: the server asks in several short ones.
    Result<std::vector<Change>> changesAfter(std::int64_t position, int waitMs) const override {
        ++polls;
        std::unique_lock lock(m_mutex);
        if (error) return fail(*error);
        const auto later = [&] {
            std::vector<Change> found;
            for (const Change& change : feed)
                if (change.position > position) found.push_back(change);
            return found;
        };
        m_news.wait_for(lock, std::chrono::milliseconds(waitMs), [&] { return !later().empty(); });
        return later();
    }

  private:
    template <class T>
    Result<T> answer(std::string call, T value) const {
        const std::lock_guard guard(m_mutex);
        m_calls.push_back(std::move(call));
        if (error) return fail(*error);
        return value;
    }

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_news;
    mutable std::vector<std::string> m_calls;
};

}  // namespace contone::shop
