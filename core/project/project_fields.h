// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The form in JSON of a project's lines.
#pragma once

#include "core/layout/layout_fields.h"
#include "core/order/choices_fields.h"
#include "core/project/project.h"

namespace contone::project {

constexpr auto fieldsOf(std::type_identity<PhotoPrint>) {
    return json::list(json::field("original", &PhotoPrint::original, json::Absent::KeepsDefault),
                      json::field("file", &PhotoPrint::file),
                      json::field("choices", &PhotoPrint::choices, json::Absent::KeepsDefault));
}
constexpr auto fieldsOf(std::type_identity<DesignedPrint>) {
    return json::list(json::field("templateId", &DesignedPrint::templateId),
                      json::field("texts", &DesignedPrint::texts), json::field("photos", &DesignedPrint::photos),
                      json::field("layout", &DesignedPrint::layout));
}
constexpr auto fieldsOf(std::type_identity<Line>) {
    constexpr json::Range copies{1, 999, "bad-copies", "Choose between 1 and 999 copies."};
    return json::list(json::field("id", &Line::id), json::field("product", &Line::product),
                      json::field("copies", &Line::copies, copies), json::field("shows", &Line::shows));
}

}  // namespace contone::project
