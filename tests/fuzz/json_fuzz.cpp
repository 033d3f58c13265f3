// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a client may send to the shop, as JSON: each operation reads it or refuses it, and what it read can be written
// and read again as the same.
#include <string_view>

#include "core/json/json.h"
#include "core/order/photo_choices.h"
#include "core/shop/operations.h"
#include "tests/fuzz/fuzz.h"

using namespace contone;

namespace {

constexpr int operations = static_cast<int>(std::variant_size_v<shop::Operation>);

template <class Asked>
void readAs(std::string_view text) {
    if constexpr (!std::same_as<Asked, shop::AddOriginal>) {  // whose body is a photo
        const auto asked = json::read<Asked>(text);
        if (!asked) return;
        const std::string written = json::write(*asked);
        const auto again = json::read<Asked>(written);
        fuzz::require(again.has_value());
        fuzz::require(json::write(*again) == written);
    }
}

/// As the operation of that number in the list.
void readAs(int number, std::string_view text) {
    int at = 0;
    shop::eachOperation([&](auto tag) {
        if (at++ == number) readAs<typename decltype(tag)::Type>(text);
    });
}

void readAsChoices(std::string_view text) {
    const auto choices = order::choicesFromJson(text);
    if (choices) fuzz::require(order::choicesFromJson(order::toJson(*choices)).has_value());
}

}  // namespace

/// The first byte says which operation.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size < 1) return 0;
    const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    readAs(bytes[0] % operations, text);
    readAsChoices(text);
    return 0;
}
