// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SharedList: a list as a value whose copies share what they have in common, so that thousands of versions of it fit
// into memory.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace contone::project {

/// Never changed: what changes it makes another list. A change copies one block of pointers and the list of blocks,
/// whatever the items cost. Copies may be used in several threads.
template <class T>
class SharedList {
  public:
    std::size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    /// `index` below size(). The item lives as long as any list that has it.
    const T& operator[](std::size_t index) const {
        const Place at = placeOf(index);
        return *(*m_blocks[at.block])[at.inside];
    }

    [[nodiscard]] SharedList with(std::size_t index, T item) const {
        const Place at = placeOf(index);
        Block block = *m_blocks[at.block];
        block[at.inside] = std::make_shared<const T>(std::move(item));
        return replaced(at.block, std::move(block), 0);
    }
    /// `index` up to size(), where it is appended.
    [[nodiscard]] SharedList inserted(std::size_t index, T item) const {
        auto shared = std::make_shared<const T>(std::move(item));
        if (m_blocks.empty()) {
            SharedList list;
            list.m_blocks.push_back(std::make_shared<const Block>(Block{std::move(shared)}));
            list.m_size = 1;
            return list;
        }
        const Place at = index == m_size ? Place{m_blocks.size() - 1, m_blocks.back()->size()} : placeOf(index);
        Block block = *m_blocks[at.block];
        block.insert(block.begin() + static_cast<std::ptrdiff_t>(at.inside), std::move(shared));
        return replaced(at.block, std::move(block), 1);
    }
    [[nodiscard]] SharedList erased(std::size_t index) const {
        const Place at = placeOf(index);
        Block block = *m_blocks[at.block];
        block.erase(block.begin() + static_cast<std::ptrdiff_t>(at.inside));
        return replaced(at.block, std::move(block), -1);
    }

    /// visit(item), in their order.
    template <class Visit>
    void each(Visit&& visit) const {
        for (const auto& block : m_blocks)
            for (const auto& item : *block) visit(*item);
    }
    /// Of the first that `matches`, else size().
    template <class Matches>
    std::size_t find(Matches&& matches) const {
        std::size_t index = 0;
        for (const auto& block : m_blocks)
            for (const auto& item : *block) {
                if (matches(*item)) return index;
                index++;
            }
        return index;
    }
    /// What both share is not compared.
    bool operator==(const SharedList& other) const {
        if (m_size != other.m_size) return false;
        for (std::size_t i = 0; i < m_size; i++) {
            const T &a = (*this)[i], &b = other[i];
            if (&a != &b && !(a == b)) return false;
        }
        return true;
    }

  private:
    static constexpr std::size_t mostInBlock = 64;
    using Block = std::vector<std::shared_ptr<const T>>;
    struct Place {
        std::size_t block = 0, inside = 0;
    };

    Place placeOf(std::size_t index) const {
        Place at{0, index};
        while (at.inside >= m_blocks[at.block]->size()) at.inside -= m_blocks[at.block++]->size();
        return at;
    }
    SharedList replaced(std::size_t at, Block block, int more) const {
        SharedList list = *this;
        list.m_size += static_cast<std::size_t>(more);
        const auto place = list.m_blocks.begin() + static_cast<std::ptrdiff_t>(at);
        if (block.empty()) {
            list.m_blocks.erase(place);
        } else if (block.size() > mostInBlock) {
            const auto middle = block.begin() + static_cast<std::ptrdiff_t>(block.size() / 2);
            auto second = std::make_shared<const Block>(middle, block.end());
            block.erase(middle, block.end());
            *place = std::make_shared<const Block>(std::move(block));
            list.m_blocks.insert(place + 1, std::move(second));
        } else {
            *place = std::make_shared<const Block>(std::move(block));
        }
        return list;
    }

    std::vector<std::shared_ptr<const Block>> m_blocks;  ///< none is empty
    std::size_t m_size = 0;
};

}  // namespace contone::project
