// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PriceBook: the price list that holds now, read again when somebody changes its file.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "core/base/clock.h"
#include "core/pricing/price_list.h"

namespace contone::pricing {

struct PriceFiles {
    Path own;       ///< the shop's, which takes the other's place when it is there
    Path standard;  ///< of the installation
};

/// Looks at the files when it is asked, at most once a second. Thread-safe.
class PriceBook {
  public:
    /// `catalog` and `clock` outlive it; the clock should be one that never goes back. `whenWrong` is told of each
    /// trouble once, in the thread that asked; it may not ask the book.
    PriceBook(PriceFiles files, const catalog::Catalog& catalog, const Clock& clock,
              std::function<void(const Error&)> whenWrong = {});

    /// The list that holds. While a changed file is wrong, the list that held before goes on; one that went away counts
    /// as gone at the second look, because editors take files away for a moment. Fails as PriceList::read when no list
    /// was good so far: for a shop's own file that is wrong from the start no prices of the installation stand in.
    Result<std::shared_ptr<const PriceList>> current();
    /// What is wrong with the file that should hold; nothing: all is well.
    std::optional<Error> trouble();
    /// Which file holds, or should.
    Path file();

  private:
    /// What changes when somebody writes a file, however.
    struct Stamp {
        std::int64_t device = 0, inode = 0, size = 0, changedNs = 0;
        bool operator==(const Stamp&) const = default;
    };
    static std::optional<Stamp> stampOf(const Path& file);
    void look();  ///< under m_mutex

    const PriceFiles m_files;
    const catalog::Catalog& m_catalog;
    const Clock& m_clock;
    const std::function<void(const Error&)> m_whenWrong;
    std::mutex m_mutex;
    std::optional<Instant> m_lookedAt;
    Path m_file;
    std::optional<Stamp> m_stamp;  ///< of m_file, when it was read
    bool m_isOwnGone = false;      ///< at the last look, though it holds
    std::shared_ptr<const PriceList> m_list;
    std::optional<Error> m_trouble;
};

}  // namespace contone::pricing
