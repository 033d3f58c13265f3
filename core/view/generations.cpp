// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Two numbers and the token of the work in hand.
#include "core/view/generations.h"

namespace contone::view {

Generations::Number Generations::next(Supersede before) {
    const std::lock_guard lock(m_mutex);
    ++m_newest;
    if (before == Supersede::Cancel) {
        m_inHand.cancel();
        m_oldest = m_newest;
    }
    return m_newest;
}

CancelToken Generations::begin(Number number) {
    const std::lock_guard lock(m_mutex);
    m_inHand = CancelToken();
    if (number < m_oldest) m_inHand.cancel();
    return m_inHand;
}

void Generations::forget() {
    const std::lock_guard lock(m_mutex);
    m_inHand.cancel();
    m_oldest = ++m_newest;
}

bool Generations::isNewest(Number number) const {
    const std::lock_guard lock(m_mutex);
    return number == m_newest;
}

bool Generations::isWanted(Number number) const {
    const std::lock_guard lock(m_mutex);
    return number >= m_oldest;
}

}  // namespace contone::view
