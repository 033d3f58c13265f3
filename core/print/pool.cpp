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

const char* toString(Enough::Answer answer) {
    switch (answer) {
        case Enough::Answer::Yes:
            return "yes";
        case Enough::Answer::No:
            return "no";
        case Enough::Answer::Unknown:
            return "unknown";
    }
    return "unknown";
}

Result<Enough::Answer> parseEnoughAnswer(std::string_view text) {
    for (const auto answer : {Enough::Answer::Yes, Enough::Answer::No, Enough::Answer::Unknown})
        if (text == toString(answer)) return answer;
    return fail(Code::Invalid, "bad-answer", "There is no such answer.", std::string(text.substr(0, 60)));
}

Enough enoughOn(const std::vector<PoolMember>& members, int needed) {
    const auto sheets = [](int n) { return std::to_string(n) + (n == 1 ? " sheet" : " sheets"); };
    Enough enough{Enough::Answer::Unknown, needed, std::nullopt, {}};
    bool counted = true, any = false;
    for (const PoolMember& m : members) {
        if (!m.usable) continue;
        any = true;
        if (m.printsLeft)
            enough.printsLeft = enough.printsLeft.value_or(0) + std::max(0, *m.printsLeft - m.waiting);
        else
            counted = false;
    }
    if (needed == 0) {
        enough.answer = Enough::Answer::Yes;
        enough.sentence = "Nothing more has to be printed.";
    } else if (!any) {
        enough.answer = Enough::Answer::No;
        enough.printsLeft.reset();
        enough.sentence = "No printer is ready for this at the moment. See what is wrong with it.";
    } else if (enough.printsLeft && *enough.printsLeft >= needed) {
        enough.answer = Enough::Answer::Yes;
        enough.sentence = "There is enough: " + sheets(needed) + " needed, " + sheets(*enough.printsLeft) + " left.";
    } else if (counted) {
        enough.answer = Enough::Answer::No;
        enough.sentence = "There is not enough: " + sheets(needed) + " needed, " + sheets(*enough.printsLeft) +
                          " left. Have paper and ribbon at hand.";
    } else {
        enough.sentence = "The printer does not say how many prints are left; " + sheets(needed) + " needed.";
    }
    return enough;
}

}  // namespace contone::print
