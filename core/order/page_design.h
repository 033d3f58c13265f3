// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PageDesign: which design of which photos a customer ordered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/sha256.h"
#include "core/order/photo_choices.h"

namespace contone::order {

/// One of a design's photos.
struct DesignPhoto {
    Sha256 original;
    PhotoChoices choices;  ///< fit and lane do not count
    bool operator==(const DesignPhoto&) const = default;
};

/// A page of photos, colours and texts, as the customer saw it: not the template that it was made of, which may change.
struct PageDesign {
    Sha256 layout;                    ///< SHA-256 of its text, which is kept apart: it has the customer's words
    std::vector<DesignPhoto> photos;  ///< in the layout's order
    bool operator==(const PageDesign&) const = default;
};

/// As it is stored with an order line.
std::string toJson(const PageDesign& design);
Result<PageDesign> designFromJson(std::string_view json);  ///< Corrupt "design-json"

}  // namespace contone::order
