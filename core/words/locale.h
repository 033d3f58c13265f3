// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Locale: in which language a person reads, and how numbers, money, sizes and times are written there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/enum_words.h"
#include "core/base/length.h"
#include "core/base/money.h"

namespace contone::words {

enum class Language { English, German };
constexpr auto wordsOf(Language) {
    return enumWords<Language>("bad-language", "There are no words of this language: say en or de.",
                               {{Language::English, "en"}, {Language::German, "de"}});
}

/// A value. All functions are pure, but that times are of this computer's time zone.
class Locale {
  public:
    explicit constexpr Locale(Language language = Language::English) : m_language(language) {}
    /// Of a name as systems give it: "de", "de_AT.UTF-8", "en-GB". A language that is not known here is English.
    static Locale named(std::string_view name);
    /// Of LC_ALL, LC_MESSAGES or LANG, the first that is set.
    static Locale ofEnvironment();
    constexpr Language language() const { return m_language; }

    /// "1,204"; "1.204". Four digits and more are grouped.
    std::string number(std::int64_t value) const;
    /// "1,204.5"; "1.204,5". `decimals` 0…6; never "-0".
    std::string number(double value, int decimals) const;
    /// "3.1 %"; "3,1 %", with a space that does not break.
    std::string percent(double value, int decimals) const;
    /// "€3.50", "CHF 3.50", "¥350"; "3,50 €", "3,50 CHF", "350 ¥". With as many decimals as the currency has.
    std::string money(const Money& money) const;
    /// "0.4 mm"; "0,4 mm".
    std::string millimetres(Length length) const;
    /// "10.2 × 15.2 cm"; "10,2 × 15,2 cm". Whole centimetres have no decimals.
    std::string size(const PaperSize& size) const;
    /// "6000 × 4000 pixels (24.0 megapixels)"; "6000 × 4000 Pixel (24,0 Megapixel)".
    std::string pixels(int width, int height) const;
    /// On the day of `now` "14:03"; in its year "22 Nov, 14:03"; "22. Nov., 14:03"; else "22 Nov 2025"; "22. Nov.
    /// 2025". Empty for Instant{}: never.
    std::string time(Instant at, Instant now) const;
    bool operator==(const Locale&) const = default;

  private:
    Language m_language;
};

}  // namespace contone::words
