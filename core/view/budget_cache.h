// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// BudgetCache: keeps what was used last, up to a number of bytes.
#pragma once

#include <cstddef>
#include <list>
#include <map>

namespace contone::view {

/// Values by key; what was used least recently goes first. What is larger than the whole budget is not kept. Not
/// thread-safe.
template <class Key, class Value>
class BudgetCache {
  public:
    explicit BudgetCache(std::size_t budget) : m_budget(budget) {}

    /// nullptr when it is not there. Valid until the next put(); counts as a use.
    const Value* find(const Key& key) {
        const auto at = m_places.find(key);
        if (at == m_places.end()) return nullptr;
        m_kept.splice(m_kept.begin(), m_kept, at->second);
        return &at->second->value;
    }
    /// Replaces what was there. `bytes`: what the value takes, or any other measure that the budget is given in.
    void put(const Key& key, Value value, std::size_t bytes) {
        if (const auto at = m_places.find(key); at != m_places.end()) drop(at->second);
        if (bytes > m_budget) return;
        while (m_used + bytes > m_budget) drop(std::prev(m_kept.end()));
        m_kept.push_front({key, std::move(value), bytes});
        m_places.emplace(key, m_kept.begin());
        m_used += bytes;
    }
    void clear() {
        m_places.clear();
        m_kept.clear();
        m_used = 0;
    }
    std::size_t used() const { return m_used; }
    std::size_t count() const { return m_places.size(); }

  private:
    struct Kept {
        Key key;
        Value value;
        std::size_t bytes;
    };
    using Place = typename std::list<Kept>::iterator;
    void drop(Place place) {
        m_used -= place->bytes;
        m_places.erase(place->key);
        m_kept.erase(place);
    }

    std::size_t m_budget, m_used = 0;
    std::list<Kept> m_kept;  ///< used last comes first
    std::map<Key, Place> m_places;
};

}  // namespace contone::view
