// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Event: the envelope every fact travels in, and who owns what.
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/base/id.h"

namespace contone::order {

/// One immutable fact. `json` holds no personal data: names, phones and captions are in an erasable table.
/// Order of facts: originSeq within an origin, streamSeq within a stream; never `at`.
struct Event {
    EventId id;
    std::string origin;          ///< the node that wrote it: a UUID made when the store was created
    std::int64_t originSeq = 0;  ///< 1… without gaps, per origin
    std::string stream;          ///< "order/<uuid>", "payment/<order uuid>", "production/<job uuid>", "setup/<name>",
                                 ///< "staff/<id>", "terminal/<id>"
    std::int64_t streamSeq = 0;  ///< 1… without gaps, per stream; unique (stream, streamSeq)
    std::string type;            ///< "order-placed"
    int schemaVersion = 1;
    EventId causation;  ///< nil: a person or the outside
    std::string json;
    Instant at;
    std::string actor;
    std::string hash;  ///< over all of it and the event before of its origin; empty: written before there were hashes
    bool operator==(const Event&) const = default;
};

/// Each stream has one owner; others send commands that the owner accepts or refuses. Nothing is merged.
/// "order/": the node where it was placed. "payment/", "terminal/": whoever holds the money. "production/", "setup/",
/// "store/", "staff/": the shop. Anything else: nobody.
enum class Owner { OrderPlace, MoneyHolder, Shop, Nobody };
Owner ownerOf(std::string_view stream);

}  // namespace contone::order
