// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The form in JSON of what is chosen for a photo.
#pragma once

#include "core/image/image_fields.h"
#include "core/order/photo_choices.h"

namespace contone::order {

constexpr auto fieldsOf(std::type_identity<PhotoChoices>) {
    return json::list(json::field("fit", &PhotoChoices::fit, json::Absent::KeepsDefault),
                      json::field("crop", &PhotoChoices::crop),
                      json::field("lane", &PhotoChoices::lane, json::Absent::KeepsDefault),
                      json::field("inks", &PhotoChoices::inks, json::Absent::KeepsDefault),
                      json::field("turn", &PhotoChoices::turn, json::Absent::KeepsDefault),
                      json::field("adjustments", &PhotoChoices::adjustments, json::Absent::KeepsDefault),
                      json::field("asSent", &PhotoChoices::asSent, json::Absent::KeepsDefault));
}

}  // namespace contone::order
