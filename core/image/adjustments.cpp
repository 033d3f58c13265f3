// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A short sorted list is all that is needed: a photo has a dozen sliders that do not rest.
#include "core/image/adjustments.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace contone::image {

double Adjustments::number(std::string_view id) const {
    const auto at = std::ranges::lower_bound(numbers, id, {}, &AdjustedNumber::id);
    return at != numbers.end() && at->id == id ? at->value : 0;
}

void Adjustments::set(std::string_view id, double value) {
    const auto at = std::ranges::lower_bound(numbers, id, {}, &AdjustedNumber::id);
    const bool isThere = at != numbers.end() && at->id == id;
    const double rounded = std::round(value * 1000) / 1000;
    if (rounded == 0) {
        if (isThere) numbers.erase(at);
    } else if (isThere) {
        at->value = rounded;
    } else {
        numbers.insert(at, {std::string(id), rounded});
    }
}

Adjustments overruled(Adjustments first, const Adjustments& own) {
    for (const AdjustedNumber& one : own.numbers) first.set(one.id, one.value);
    if (!own.curve.empty()) first.curve = own.curve;
    if (!own.eyes.empty()) first.eyes = own.eyes;
    if (!own.look.empty()) {
        first.look = own.look;
        first.lookPercent = own.lookPercent;
    }
    return first;
}

namespace {

std::string shortest(double value, int decimals = 3) {
    std::array<char, 330> text{};  // the largest double has 309 digits
    const auto written =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals);
    std::string_view all(text.data(), written.ptr);
    while (all.ends_with('0')) all.remove_suffix(1);
    if (all.ends_with('.')) all.remove_suffix(1);
    return all == "-0" ? "0" : std::string(all);
}

Result<double> number(std::string_view text) {
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size() && std::isfinite(value)) return value;
    return fail(Code::Corrupt, "adjustments-unreadable", "These adjustments cannot be read. Make them again.",
                std::string(text));
}

/// What stands before `mark`, which it takes away with it; all, when there is none.
std::string_view take(std::string_view& text, char mark) {
    const auto end = text.find(mark);
    const std::string_view first = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return first;
}

Result<std::vector<CurvePoint>> curveFrom(std::string_view text) {
    std::vector<CurvePoint> curve;
    while (!text.empty()) {
        std::string_view point = take(text, ',');
        CONTONE_TRY(const double in, number(take(point, ':')));
        CONTONE_TRY(const double out, number(point));
        curve.push_back({in, out});
    }
    return curve;
}

Result<std::vector<RedEye>> eyesFrom(std::string_view text) {
    std::vector<RedEye> eyes;
    while (!text.empty()) {
        std::string_view eye = take(text, ',');
        CONTONE_TRY(const double u, number(take(eye, ':')));
        CONTONE_TRY(const double v, number(take(eye, ':')));
        CONTONE_TRY(const double radius, number(eye));
        const auto rounded = [](double value) { return std::round(value * 1e5) / 1e5; };
        eyes.push_back({rounded(u), rounded(v), rounded(radius)});
    }
    return eyes;
}

}  // namespace

std::string toText(const Adjustments& adjustments) {
    std::string text;
    const auto add = [&](std::string_view name, std::string_view value) {
        text.append(text.empty() ? "" : " ").append(name).append("=").append(value);
    };
    for (const AdjustedNumber& one : adjustments.numbers) add(one.id, shortest(one.value));
    std::string curve;
    for (const CurvePoint& point : adjustments.curve)
        curve += (curve.empty() ? "" : ",") + shortest(point.in) + ":" + shortest(point.out);
    if (!curve.empty()) add("curve", curve);
    std::string eyes;
    constexpr int decimals = 5;
    for (const RedEye& eye : adjustments.eyes)
        eyes += (eyes.empty() ? "" : ",") + shortest(eye.u, decimals) + ":" + shortest(eye.v, decimals) + ":" +
                shortest(eye.radius, decimals);
    if (!eyes.empty()) add("eyes", eyes);
    if (!adjustments.look.empty())
        add("look", adjustments.lookPercent == Adjustments::wholeLook
                        ? adjustments.look
                        : adjustments.look + "*" + std::to_string(adjustments.lookPercent));
    return text;
}

Result<Adjustments> parseAdjustments(std::string_view text) {
    Adjustments all;
    while (!text.empty()) {
        std::string_view value = take(text, ' ');
        const std::string_view name = take(value, '=');
        if (name == "curve") {
            CONTONE_TRY(all.curve, curveFrom(value));
        } else if (name == "eyes") {
            CONTONE_TRY(all.eyes, eyesFrom(value));
        } else if (name == "look") {
            all.look = take(value, '*');
            if (value.empty()) continue;
            CONTONE_TRY(const double percent, number(value));
            all.lookPercent = static_cast<int>(std::clamp(percent, 0.0, 100.0));
        } else {
            CONTONE_TRY(const double amount, number(value));
            all.set(name, amount);
        }
    }
    return all;
}

}  // namespace contone::image
