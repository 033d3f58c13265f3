// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Changes to the tree are small, so that what was good of a collage stays.
#include "core/layout/cut_tree_p.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace contone::layout {
namespace {

/// How `whole` is parted by what both would like to have; each gets something.
std::int64_t shareOf(std::int64_t whole, double first, double second) {
    const double a = std::max(first, 1.0), b = std::max(second, 1.0);
    return std::llround(static_cast<double>(whole) * (a / (a + b)));
}

}  // namespace

CutTree::CutTree(std::size_t photos, double pageAspect, Chance& chance) {
    std::vector<std::size_t> order(photos);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = photos; i > 1; --i) std::swap(order[i - 1], order[chance.below(i)]);
    m_nodes.reserve(2 * photos);
    m_root = grow(order, 0, photos, pageAspect, chance);
}

std::size_t CutTree::grow(std::vector<std::size_t>& photos, std::size_t from, std::size_t to, double aspect,
                          Chance& chance) {
    const std::size_t count = to - from;
    if (count == 1) {
        m_nodes.push_back({.photo = photos[from]});
        return m_nodes.size() - 1;
    }
    const std::size_t third = (count + 2) / 3;
    const std::size_t middle = from + third + chance.below(count - 2 * third + 1);
    const double share = static_cast<double>(middle - from) / static_cast<double>(count);
    const bool beside = (aspect > 1) != (chance.below(5) == 0);
    const std::size_t first = grow(photos, from, middle, beside ? aspect * share : aspect / share, chance);
    const std::size_t second = grow(photos, middle, to, beside ? aspect * (1 - share) : aspect / (1 - share), chance);
    m_nodes.push_back({.cut = beside ? Cut::Beside : Cut::Below, .first = first, .second = second});
    return m_nodes.size() - 1;
}

/// A photo, or a part that is cut.
std::size_t CutTree::anyOf(bool photo, Chance& chance) const {
    std::size_t node = 0;
    do {
        node = chance.below(m_nodes.size());
    } while ((m_nodes[node].cut == Cut::None) != photo);
    return node;
}

/// What leads to a node: the root, or an end of the part above it.
std::size_t* CutTree::wayTo(std::size_t node) {
    if (node == m_root) return &m_root;
    for (Node& above : m_nodes) {
        if (above.cut == Cut::None) continue;
        if (above.first == node) return &above.first;
        if (above.second == node) return &above.second;
    }
    return nullptr;
}

void CutTree::exchangePhotos(Chance& chance) {
    const std::size_t a = anyOf(true, chance), b = anyOf(true, chance);
    std::swap(m_nodes[a].photo, m_nodes[b].photo);
}

void CutTree::turnCut(Chance& chance) {
    if (m_nodes.size() < 2) return;
    Node& node = m_nodes[anyOf(false, chance)];
    node.cut = node.cut == Cut::Beside ? Cut::Below : Cut::Beside;
    if (chance.below(2)) std::swap(node.first, node.second);
}

void CutTree::pushCut(Chance& chance) {
    if (m_nodes.size() < 2) return;
    double& push = m_nodes[anyOf(false, chance)].push;
    const double factor = 1 + 0.4 * chance.share();
    push = chance.below(4) == 0 ? 1 : chance.below(2) ? push * factor : push / factor;
}

void CutTree::movePhoto(Chance& chance) {
    if (m_nodes.size() < 5) return;  // with two photos there is no other place
    const std::size_t photo = anyOf(true, chance);
    std::size_t above = 0;
    while (m_nodes[above].cut == Cut::None || (m_nodes[above].first != photo && m_nodes[above].second != photo))
        ++above;
    Node& parent = m_nodes[above];
    const std::size_t neighbour = parent.first == photo ? parent.second : parent.first;
    *wayTo(above) = neighbour;
    parent.cut = Cut::None;  // it leads nowhere now
    std::size_t target = 0;
    do {
        target = chance.below(m_nodes.size());
    } while (target == photo || target == above);
    std::size_t* way = wayTo(target);
    parent = {.cut = chance.below(2) ? Cut::Beside : Cut::Below, .first = photo, .second = target};
    if (chance.below(2)) std::swap(parent.first, parent.second);
    *way = above;
}

void CutTree::measure(std::size_t index, const std::vector<double>& aspects, double gap) {
    Node& node = m_nodes[index];
    if (node.cut == Cut::None) {
        node.a = aspects[node.photo];
        node.b = 0;
        return;
    }
    measure(node.first, aspects, gap);
    measure(node.second, aspects, gap);
    const Node &p = m_nodes[node.first], &q = m_nodes[node.second];
    if (node.cut == Cut::Beside) {
        node.a = p.a + q.a;
        node.b = p.b + q.b + gap;
    } else {  // height = (w − b₁) / a₁ + (w − b₂) / a₂ + gap
        node.a = 1 / (1 / p.a + 1 / q.a);
        node.b = node.a * (p.b / p.a + q.b / q.a - gap);
    }
}

void CutTree::share(std::size_t index, const Part& part, std::int64_t gap, std::vector<Part>& parts) const {
    const Node& node = m_nodes[index];
    if (node.cut == Cut::None) {
        parts[node.photo] = part;
        return;
    }
    const Node &p = m_nodes[node.first], &q = m_nodes[node.second];
    Part first = part, second = part;
    if (node.cut == Cut::Beside) {
        const auto height = static_cast<double>(part.h);
        first.w = shareOf(part.w - gap, node.push * (p.a * height + p.b), q.a * height + q.b);
        second.x += first.w + gap;
        second.w -= first.w + gap;
    } else {
        const auto width = static_cast<double>(part.w);
        first.h = shareOf(part.h - gap, node.push * (width - p.b) / p.a, (width - q.b) / q.a);
        second.y += first.h + gap;
        second.h -= first.h + gap;
    }
    share(node.first, first, gap, parts);
    share(node.second, second, gap, parts);
}

void CutTree::solve(const std::vector<double>& aspects, const Part& page, std::int64_t gap, std::vector<Part>& parts) {
    measure(m_root, aspects, static_cast<double>(gap));
    parts.resize(aspects.size());
    share(m_root, page, gap, parts);
}

}  // namespace contone::layout
