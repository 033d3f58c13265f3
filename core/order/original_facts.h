// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OriginalFacts: where the facts of a shop's originals are kept from the moment they come in, so that planning a print
// opens no photo.
#pragma once

#include <optional>

#include "core/base/sha256.h"
#include "core/image/photo_facts.h"

namespace contone::order {

/// Thread-safe. The numbers of a photo's colours (curves, colorants, white and black points) are not kept: who renders
/// the photo gets them with its pixels. The name and the identity of its profile are.
class OriginalFacts {
  public:
    /// Of the rules by which photos are read: raised whenever the same photo would give other facts.
    static constexpr int version = 2;
    virtual ~OriginalFacts() = default;
    /// Keeps them, in place of older ones.
    virtual Result<void> keepFacts(const Sha256& original, const image::PhotoFacts& facts) = 0;
    /// Camera and date say something of the customer too. Whoever needs them later opens the photo, if it is there.
    virtual Result<void> forgetFacts(const Sha256& original) = 0;
    /// Empty when none are kept, or when they were read by rules that have changed since
    /// (`version`): whoever needs them opens the photo and keeps them.
    virtual Result<std::optional<image::PhotoFacts>> facts(const Sha256& original) const = 0;
};

}  // namespace contone::order
