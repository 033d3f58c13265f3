// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Bundles: all ways are tried in which sets of those that share products can be taken. Because a set may be taken that
// the order does not fill, each way costs more the more is ordered, and so does the cheapest of them.
#include <algorithm>
#include <set>

#include "core/pricing/reductions_p.h"
#include "core/pricing/shares_p.h"

namespace contone::pricing {

namespace {

/// The cheapest way through the bundles of one group.
class Weighing {
  public:
    Weighing(const PriceList& list, const CountedCart& cart, const std::vector<const Bundle*>& group)
        : m_list(list), m_group(group), m_times(group.size(), 0) {
        for (const Bundle* bundle : group)
            for (const auto& [product, copies] : bundle->set)
                if (const auto in = cart.copies.find(product); in != cart.copies.end())
                    m_left[product] = {in->second, &list.products.at(product).steps};
        m_regular = m_least = rest();
        if (!m_left.empty()) tryFrom(0, 0);
    }
    std::int64_t saved() const { return m_regular - m_least; }
    const std::vector<int>& times() const { return m_best; }  ///< none where nothing is saved

  private:
    struct Left {
        int copies = 0;  ///< below 0: of a set that the order does not fill
        const std::vector<PriceStep>* steps = nullptr;
    };
    std::int64_t rest() const {
        std::int64_t cost = 0;
        for (const auto& [product, left] : m_left) cost += ladderPrice(*left.steps, left.copies).cost;
        return cost;
    }
    void take(const Bundle& bundle, int sets) {
        for (const auto& [product, copies] : bundle.set)
            if (const auto in = m_left.find(product); in != m_left.end()) in->second.copies -= sets * copies;
    }
    bool isOfUse(const Bundle& bundle) const {
        return std::ranges::any_of(bundle.set, [&](const auto& one) {
            const auto in = m_left.find(one.first);
            return in != m_left.end() && in->second.copies > 0;
        });
    }
    /// Few sets first, and a later way must cost no more than the best so far: of ways that cost the same the last one
    /// stays, with the most sets of the highest priority.
    void tryFrom(std::size_t at, std::int64_t paid) {
        if (at == m_group.size()) {
            const std::int64_t cost = paid + rest();
            if (cost < m_regular && cost <= m_least) {
                m_least = cost;
                m_best = m_times;
            }
            return;
        }
        const Bundle& bundle = *m_group[at];
        int sets = 0;
        for (;; ++sets) {
            m_times[at] = sets;
            tryFrom(at + 1, paid + sets * bundle.cents);
            if (sets == bundle.most || !isOfUse(bundle)) break;
            take(bundle, 1);
        }
        take(bundle, -sets);
        m_times[at] = 0;
    }

    const PriceList& m_list;
    const std::vector<const Bundle*>& m_group;
    std::map<std::string, Left> m_left;
    std::int64_t m_regular = 0, m_least = 0;
    std::vector<int> m_times, m_best;
};

}  // namespace

std::vector<std::vector<const Bundle*>> bundleGroups(const std::vector<const Bundle*>& bundles) {
    std::vector<std::vector<const Bundle*>> groups;
    std::vector<std::set<std::string>> products;
    for (const Bundle* bundle : bundles) {
        std::vector<const Bundle*> group;
        std::set<std::string> own;
        for (const auto& [product, copies] : bundle->set) own.insert(product);
        for (std::size_t i = 0; i < groups.size();) {
            const bool isShared =
                std::ranges::any_of(bundle->set, [&](const auto& one) { return products[i].contains(one.first); });
            if (!isShared) {
                ++i;
                continue;
            }
            group.insert(group.end(), groups[i].begin(), groups[i].end());
            own.merge(products[i]);
            groups.erase(groups.begin() + std::ptrdiff_t(i));
            products.erase(products.begin() + std::ptrdiff_t(i));
        }
        group.push_back(bundle);
        groups.push_back(std::move(group));
        products.push_back(std::move(own));
    }
    // Each in the order of the list again, highest priority first.
    for (auto& group : groups)
        std::ranges::sort(group, {},
                          [&](const Bundle* one) { return std::ranges::find(bundles, one) - bundles.begin(); });
    return groups;
}

Reductions takeBundles(const PriceList& list, const CountedCart& cart, const std::vector<const Bundle*>& bundles) {
    Reductions taken;
    taken.byLine.resize(cart.lines.size());
    for (const auto& group : bundleGroups(bundles)) {
        const Weighing weighing(list, cart, group);
        if (weighing.saved() == 0) continue;
        std::vector<std::int64_t> prices;
        std::vector<int> ranks, lines;
        std::vector<std::pair<const Bundle*, int>> used;
        std::map<std::string, int> held;
        for (std::size_t i = 0; i < group.size(); ++i) {
            const int times = weighing.times()[i];
            if (times == 0) continue;
            ranks.push_back(int(used.size()));
            used.emplace_back(group[i], times);
            prices.push_back(times * group[i]->cents);
            for (const auto& [product, copies] : group[i]->set) held[product] += times * copies;
        }
        // Which bundle saved how much cannot be told where several do together: by what they cost.
        const auto parts = sharesOf(weighing.saved(), prices, ranks);
        for (std::size_t i = 0; i < used.size(); ++i)
            taken.all.push_back(
                {DiscountKind::Bundle, used[i].first->id, used[i].first->name, used[i].second, parts[i]});
        for (const auto& [product, copies] : held) {
            const auto in = cart.copies.find(product);
            const int ordered = in == cart.copies.end() ? 0 : in->second;
            if (copies > ordered) taken.moreForFree[product] = copies - ordered;
            if (ordered > 0) lines.insert(lines.end(), cart.alike.at(product).begin(), cart.alike.at(product).end());
        }
        cart.share(
            weighing.saved(), lines, [&](int line) { return cart.lines[std::size_t(line)].prints; }, taken.byLine);
        taken.saved += weighing.saved();
    }
    return taken;
}

}  // namespace contone::pricing
