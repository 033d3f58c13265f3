// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RecordingService: writes down what it was asked and by whom; answers with filled values, or with the error it was
// given.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "core/shop/shop.h"
#include "core/vault/medium_file.h"
#include "tests/core/shop/filled.h"

namespace contone::shop {

class RecordingService final : public ShopService {
  public:
    std::optional<Error> error;  ///< what every operation fails with; empty: none does
    std::optional<Bytes> profile;
    std::chrono::seconds printTakes{0};
    std::atomic<int> looks{0};             ///< at the feed, so far
    std::function<void(int)> afterLook{};  ///< called before that many looks are answered; for one client at once

    struct Asked {
        std::string what;  ///< name and fields
        Caller caller;
    };
    /// Since the last time this was asked.
    std::vector<Asked> takeAsked() {
        const std::lock_guard guard(m_mutex);
        return std::exchange(m_asked, {});
    }
    void announce(Change change) {
        const std::lock_guard guard(m_mutex);
        m_feed.push_back(std::move(change));
        m_changes.tell();
    }
    const ChangeSignal& changes() const override { return m_changes; }

    Result<std::any> perform(const Operation& operation, const Caller& caller, const CancelToken& cancel) override {
        return std::visit(
            [&]<class One>(const One& asked) -> Result<std::any> {
                auto answer = answerTo(asked, caller, cancel);
                if (!answer) return std::unexpected(std::move(answer).error());
                return std::any(std::move(*answer));
            },
            operation);
    }

  private:
    template <class One>
    Result<typename One::Answer> answerTo(const One& asked, const Caller& caller, const CancelToken&) {
        note(std::string(One::terms.name) + " " + json::write(asked), caller);
        if (error) return fail(*error);
        if constexpr (std::same_as<One, PrintOrder>) std::this_thread::sleep_for(printTakes);
        if constexpr (std::same_as<One, PlaceOrder>) {
            order::Order placed = filled<order::Order>();
            placed.number = asked.lines.empty() ? 0 : asked.lines.front().copies;
            return placed;
        } else if constexpr (std::same_as<One, ShowSetupProfile>) {
            return SetupProfile{profile.value_or(filled<Bytes>())};
        } else {
            return filled<typename One::Answer>();
        }
    }
    Result<StoredOriginal> answerTo(const AddOriginal& asked, const Caller& caller, const CancelToken&) {
        Sha256Hasher hasher;
        std::vector<std::byte> piece(64 * 1024);
        std::optional<vault::MediumFile> medium;
        if (!asked.read) {
            CONTONE_TRY(medium, vault::MediumFile::open(asked.file));
        }
        for (;;) {
            CONTONE_TRY(const std::size_t got, medium ? medium->read(piece) : asked.read(piece));
            if (got == 0) break;
            hasher.update({piece.data(), got});
        }
        const Sha256 hash = hasher.finish();
        note("add-original " + hash.toString(), caller);
        if (error) return fail(*error);
        return StoredOriginal{hash};
    }
    /// Answers at once: waiting is the transport's.
    Result<Changes> answerTo(const FollowChanges& asked, const Caller& caller, const CancelToken&) {
        note(std::string(FollowChanges::terms.name) + " " + json::write(asked), caller);
        if (error) return fail(*error);
        const Changes found = since(asked.token);
        const int count = ++looks;
        if (afterLook) afterLook(count);
        return found;
    }
    Changes since(const std::string& token) {
        const std::lock_guard lock(m_mutex);
        const std::size_t seen = token.empty() ? m_feed.size() : std::stoul(token);
        return Changes{{m_feed.begin() + std::ptrdiff_t(std::min(seen, m_feed.size())), m_feed.end()},
                       std::to_string(m_feed.size())};
    }
    void note(std::string what, const Caller& caller) {
        const std::lock_guard guard(m_mutex);
        m_asked.push_back({std::move(what), caller});
    }

    std::mutex m_mutex;
    ChangeSignal m_changes;
    std::vector<Asked> m_asked;
    std::vector<Change> m_feed;
};

}  // namespace contone::shop
