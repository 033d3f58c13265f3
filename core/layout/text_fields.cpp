// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One walk over the text serves both.
#include "core/layout/text_fields_p.h"

namespace contone::layout {
namespace {

/// Calls `plain` with pieces of text and `field` with ids, in their order.
template <class Plain, class Field>
void walk(std::string_view text, const Plain& plain, const Field& field) {
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        plain(text.substr(0, open));
        if (open == std::string_view::npos) return;
        text.remove_prefix(open);
        if (text.starts_with("{{")) {
            plain("{");
            text.remove_prefix(2);
            continue;
        }
        const std::size_t close = text.find('}');
        if (close == std::string_view::npos) return plain(text);
        field(text.substr(1, close - 1));
        text.remove_prefix(close + 1);
    }
}

}  // namespace

std::vector<std::string> fieldsIn(std::string_view text) {
    std::vector<std::string> ids;
    walk(text, [](std::string_view) {}, [&](std::string_view id) { ids.emplace_back(id); });
    return ids;
}

std::string filled(std::string_view text, const std::map<std::string, std::string>& values) {
    std::string all;
    walk(
        text, [&](std::string_view plain) { all += plain; },
        [&](std::string_view id) {
            const auto found = values.find(std::string(id));
            all += found != values.end() ? found->second : "{" + std::string(id) + "}";
        });
    return all;
}

}  // namespace contone::layout
