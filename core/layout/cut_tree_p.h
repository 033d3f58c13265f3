// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CutTree: a page cut in two again and again, with a photo in each last part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/layout/chance_p.h"

namespace contone::layout {

/// In micrometres.
struct Part {
    std::int64_t x = 0, y = 0, w = 0, h = 0;
};

/// One thread at a time. With one photo there is nothing to cut, and no change does anything.
class CutTree {
  public:
    /// Photos in a chance order, halves of about as many photos, mostly cut across the longer side.
    CutTree(std::size_t photos, double pageAspect, Chance& chance);
    /// Two photos change places.
    void exchangePhotos(Chance& chance);
    /// Side by side becomes one above the other, or the reverse.
    void turnCut(Chance& chance);
    /// A photo leaves its place, which its neighbour takes, and shares the place of another part.
    void movePhoto(Chance& chance);
    /// A cut moves off the place where both its sides lose alike, or back to it.
    void pushCut(Chance& chance);
    /// The part of each photo. @param aspects  width by height of each
    void solve(const std::vector<double>& aspects, const Part& page, std::int64_t gap, std::vector<Part>& parts);

  private:
    enum class Cut { None, Beside, Below };
    struct Node {
        Cut cut = Cut::None;  ///< None: a photo
        std::size_t first = 0, second = 0, photo = 0;
        double push = 1;      ///< how much more the first part gets than it would like to have
        double a = 1, b = 0;  ///< width = a · height + b
    };
    std::size_t grow(std::vector<std::size_t>& photos, std::size_t from, std::size_t to, double aspect, Chance& chance);
    std::size_t anyOf(bool photo, Chance& chance) const;
    std::size_t* wayTo(std::size_t node);
    void measure(std::size_t node, const std::vector<double>& aspects, double gap);
    void share(std::size_t node, const Part& part, std::int64_t gap, std::vector<Part>& parts) const;

    std::vector<Node> m_nodes;
    std::size_t m_root = 0;
};

}  // namespace contone::layout
