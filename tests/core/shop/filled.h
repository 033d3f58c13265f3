// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// filled: a value of any type that lists its fields, in which every field differs from its default.
#pragma once

#include "core/shop/operations.h"

namespace contone::shop {

/// Text that needs care in JSON.
inline const std::string awkward = std::string("Zoë \"3×4\" \\ / 100 % & = ? # \n\t 名前 \x01 ") + '\0' + "end";

/// Numbers, ids and texts count up, so that two fields that were swapped do not go unseen.
class Filling {
  public:
    template <class T>
    T next(const json::Range& range = {}) {
        T value{};
        fill(value, range);
        return value;
    }

  private:
    template <class T>
    void fill(T& value, const json::Range& range = {}) {
        const int n = ++m_count;
        if constexpr (std::same_as<T, bool>) {
            value = true;
        } else if constexpr (std::integral<T>) {
            value = static_cast<T>(*range.reason ? range.least + n % (range.most - range.least + 1) : n);
        } else if constexpr (std::same_as<T, double>) {
            value = n / 3.0;
        } else if constexpr (std::same_as<T, std::string>) {
            value = awkward + std::to_string(n);
        } else if constexpr (std::same_as<T, Length>) {
            value = Length::micrometres(-n);
        } else if constexpr (std::same_as<T, Instant>) {
            value.ms = 1'795'300'000'000 + n;
        } else if constexpr (HasWords<T>) {
            value = wordTable<T>.words[static_cast<std::size_t>(n) % wordTable<T>.words.size()].value;
        } else if constexpr (std::same_as<T, Bytes>) {
            for (int i = 0; i < 300; i++) value.push_back(static_cast<std::byte>(i + n));
        } else if constexpr (json::isOptional<T>) {
            fill(value.emplace());
        } else if constexpr (json::isVector<T>) {
            value.resize(2);
            for (auto& item : value) fill(item);
        } else if constexpr (json::isMap<T>) {
            fill(value["a"]);
            fill(value[awkward]);
        } else if constexpr (json::isVariant<T>) {
            fillOneOf(value, n);
        } else if constexpr (std::same_as<T, Srgb>) {
            value = {static_cast<std::uint8_t>(n), 1, 2};
        } else if constexpr (json::Described<T>) {
            json::eachField<T>([&](const auto& one) { fill(value.*one.member, one.range); });
        } else if constexpr (std::same_as<T, order::OrderCode>) {
            std::string code = "222222" + std::string(1, "3456789ABC"[n % 10]) + "2";  // the same for the same number
            while (!order::OrderCode::parse(code)) code.back()++;
            value = *order::OrderCode::parse(code);
        } else if constexpr (std::same_as<T, Sha256>) {
            value = Sha256::of(std::to_string(n));
        } else {
            value.uuid.bytes.fill(static_cast<std::uint8_t>(n));  // an id
        }
    }
    /// Each kind in its turn.
    template <class... T>
    void fillOneOf(std::variant<T...>& value, int n) {
        int left = n % static_cast<int>(sizeof...(T));
        const auto take = [&]<class One>(std::type_identity<One>) {
            if (left-- == 0) fill(value.template emplace<One>());
        };
        (take(std::type_identity<T>{}), ...);
    }
    int m_count = 0;
};

template <class T>
T filled() {
    return Filling().next<T>();
}

}  // namespace contone::shop
