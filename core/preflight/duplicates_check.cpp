// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos that are in an order twice: saved anew, smaller, brighter; or two of a burst.
//
// Of 63 pictures and their versions: half size, other light, gray and sharpened ones differ by 6 bits at most; 1 % of
// different pictures by 20 or less.
#include <bit>
#include <chrono>
#include <cstdlib>

#include "core/preflight/check_photo.h"

namespace contone::preflight {

using findings::Finding, findings::FindingCode, findings::Fix, findings::Severity;

namespace {

constexpr int sameBits = 10, alikeBits = 14;
constexpr std::int64_t burstSeconds = 5;

/// Seconds since some day, of "2026:11:22 10:20:30"; empty for any other text.
std::optional<std::int64_t> secondsOf(const std::string& takenAt) {
    if (takenAt.size() != 19) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t digits) {
        return std::atoi(takenAt.substr(at, digits).c_str());
    };
    using namespace std::chrono;
    const year_month_day day{year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                             std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    if (!day.ok()) return std::nullopt;
    return std::int64_t{sys_days(day).time_since_epoch().count()} * 86'400 + number(11, 2) * 3600 + number(14, 2) * 60 +
           number(17, 2);
}

bool isBurst(const OrderedPhoto& a, const OrderedPhoto& b) {
    const auto first = secondsOf(a.takenAt), second = secondsOf(b.takenAt);
    return first && second && std::abs(*first - *second) <= burstSeconds;
}

std::optional<FindingCode> alike(const OrderedPhoto& a, const OrderedPhoto& b) {
    if (a.product != b.product) return std::nullopt;
    const int bits = std::popcount(a.likeness ^ b.likeness);
    if (a.original == b.original || bits <= sameBits) return FindingCode::TwiceInOrder;
    if (bits <= alikeBits && isBurst(a, b)) return FindingCode::NearlyTwiceInOrder;
    return std::nullopt;
}

}  // namespace

std::optional<Finding> againInOrder(std::span<const OrderedPhoto> before, const OrderedPhoto& next) {
    for (std::size_t i = 0; i < before.size(); i++)
        if (const auto code = alike(before[i], next))
            return Finding{.code = *code,
                           .severity = Severity::Look,
                           .numbers = {{"other", static_cast<double>(i + 1)}},
                           .subject = next.original.toString(),
                           .fix = Fix::LeaveOut};
    return std::nullopt;
}

std::vector<std::optional<Finding>> checkOrder(std::span<const OrderedPhoto> photos) {
    std::vector<std::optional<Finding>> found;
    for (std::size_t i = 0; i < photos.size(); i++) found.push_back(againInOrder(photos.first(i), photos[i]));
    return found;
}

}  // namespace contone::preflight
