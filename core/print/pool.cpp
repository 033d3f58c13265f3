// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The rules of pools.
#include "core/print/pool.h"

#include <algorithm>
#include <tuple>

namespace contone::print {

std::vector<PoolMember> preferred(std::vector<PoolMember> members) {
    const auto rank = [](const PoolMember& m) {
        return std::tuple(!m.usable, m.waiting + m.onTheWay > 0, -m.printsLeft.value_or(-1), m.waiting, m.setup);
    };
    std::ranges::sort(members, [&](const PoolMember& a, const PoolMember& b) { return rank(a) < rank(b); });
    return members;
}

int shareFor(int waiting, Source source) {
    return source == Source::InTrouble ? waiting : (waiting + 1) / 2;
}

MediaCheck checkMedia(const std::vector<PoolMember>& members, int needed) {
    const auto sheets = [](int n) { return std::to_string(n) + (n == 1 ? " sheet" : " sheets"); };
    MediaCheck check{MediaCheck::Answer::Unknown, needed, std::nullopt, {}};
    bool counted = true, any = false;
    for (const PoolMember& m : members) {
        if (!m.usable) continue;
        any = true;
        if (m.printsLeft)
            check.printsLeft = check.printsLeft.value_or(0) + std::max(0, *m.printsLeft - m.waiting);
        else
            counted = false;
    }
    if (needed == 0) {
        check.answer = MediaCheck::Answer::Yes;
        check.sentence = "Nothing more has to be printed.";
    } else if (!any) {
        check.answer = MediaCheck::Answer::No;
        check.printsLeft.reset();
        check.sentence = "No printer is ready for this at the moment. See what is wrong with it.";
    } else if (check.printsLeft && *check.printsLeft >= needed) {
        check.answer = MediaCheck::Answer::Yes;
        check.sentence = "There is enough: " + sheets(needed) + " needed, " + sheets(*check.printsLeft) + " left.";
    } else if (counted && check.printsLeft) {
        check.answer = MediaCheck::Answer::No;
        check.sentence = "There is not enough: " + sheets(needed) + " needed, " + sheets(*check.printsLeft) +
                         " left. Have paper and ribbon at hand.";
    } else {
        check.sentence = "The printer does not say how many prints are left; " + sheets(needed) + " needed.";
    }
    return check;
}

}  // namespace contone::print
