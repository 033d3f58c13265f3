// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// looked, measured: wait until all photos on a desk were looked at, and measured.
#pragma once

#include <QtTest>
#include <algorithm>

#include "ui/common/session.h"

namespace contone::ui {

/// At most 20 s.
inline bool looked(const Session& session) {
    const auto isKnown = [](const PhotoEntry& entry) { return entry.report != nullptr; };
    return QTest::qWaitFor([&] { return std::ranges::all_of(session.photos(), isKnown); }, 20000);
}

/// And measured: crops that nobody chose are where they stay. At most 20 s.
inline bool measured(const Session& session) {
    const auto isKnown = [](const PhotoEntry& entry) { return entry.measures != nullptr; };
    return QTest::qWaitFor([&] { return std::ranges::all_of(session.photos(), isKnown); }, 20000);
}

}  // namespace contone::ui
