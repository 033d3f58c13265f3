// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Generations: numbers requests, so that a newer one cancels those before it and no late answer is shown.
#pragma once

#include <cstdint>
#include <mutex>

#include "core/base/cancel.h"

namespace contone::view {

/// What becomes of the work that is in hand when another request comes.
enum class Supersede {
    Cancel,     ///< it is cancelled, and not shown even if it is finished already
    LetFinish,  ///< it is shown when it is finished: the same picture a little further, seen while a hand drags
};

/// Thread-safe. One for each picture on the screen.
class Generations {
  public:
    /// 1, 2, …; 0 is none.
    using Number = std::uint64_t;

    /// A new request.
    Number next(Supersede before);
    /// Work on `number` begins. The token is cancelled when the request is superseded (at once, if it was already) or
    /// forgotten.
    CancelToken begin(Number number);
    /// Nothing is wanted any more: what is on its way is cancelled and never shown.
    void forget();
    bool isNewest(Number number) const;
    /// May the answer to this request still be shown?
    bool isWanted(Number number) const;

  private:
    mutable std::mutex m_mutex;
    Number m_newest = 0;
    Number m_oldest = 0;  ///< what was asked for before this is not shown any more
    CancelToken m_inHand;
};

}  // namespace contone::view
