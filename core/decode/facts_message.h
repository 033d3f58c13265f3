// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Facts on the wire: what a child says about a photo, and what this side believes of it.
#pragma once

#include "core/decode/messages.h"

namespace contone::decode {

/// What a child may say at all: sizes within the limits and the request, formats that a photo can have, colours that
/// pass image::check(), text that is safe to show. Fails: Corrupt "photo-damaged", the detail names the field.
Result<void> checkFacts(const image::PhotoFacts& facts, const image::PhotoRequest& request,
                        const image::Limits& limits);
/// The same facts with texts made safe and a date that is no date left out: what the child does before it speaks.
image::PhotoFacts presentable(image::PhotoFacts facts);

Bytes composeFacts(const image::PhotoFacts& facts);
/// Nothing when it is no well-formed facts message. Only shapes are judged here: checkFacts() comes next.
std::optional<image::PhotoFacts> parseFacts(std::span<const std::byte> packet);

}  // namespace contone::decode
