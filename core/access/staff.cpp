// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// When wrong PINs lock.
#include "core/access/staff.h"

#include <algorithm>

namespace contone::access {
namespace {

constexpr std::int64_t minuteMs = 60'000, mostMs = 60 * minuteMs;
constexpr int freeTries = 4;

}  // namespace

Tries afterWrongPin(const Tries& before, Instant now) {
    Tries after{before.wrong + 1, before.lockedUntil};
    if (after.wrong <= freeTries) return after;
    const int doublings = std::min(after.wrong - freeTries - 1, 10);
    after.lockedUntil = {now.ms + std::min(minuteMs << doublings, mostMs)};
    return after;
}

Tries bounded(const Tries& tries, Instant now) {
    return {tries.wrong, {std::min(tries.lockedUntil.ms, now.ms + mostMs)}};
}

bool isLocked(const Tries& tries, Instant now) {
    return now < tries.lockedUntil;
}

std::string staffStream(const std::string& person) {
    return "staff/" + person;
}

}  // namespace contone::access
