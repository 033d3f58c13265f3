// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoProblem: every reason for which a photo is not read, once: its code and its plain sentence. A decoder child
// names one by number, so nothing that a hostile file wrote is ever shown as a sentence of ours.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/base/result.h"

namespace contone::image {

struct PhotoProblem {
    Code code;
    const char* reason;    ///< "photo-damaged"
    const char* sentence;  ///< what happened and what to do
};
/// The whole table; its order is the number that travels between processes of one build.
std::span<const PhotoProblem> photoProblems();
/// The place of `reason` in the table; that of "photo-damaged" when it has none.
int problemNumber(std::string_view reason);

/// `return photoProblem("photo-truncated", "TIFF strip 3");` A reason that is not in the table is "photo-damaged".
[[nodiscard]] std::unexpected<Error> photoProblem(std::string_view reason, std::string detail = {});

/// "photo-memory" of a photo that must be held as a whole: its sentence says how much that takes. `what`: "interlaced
/// PNG".
[[nodiscard]] std::unexpected<Error> photoNeedsMemory(std::int64_t needed, std::int64_t allowed, std::string_view what);
/// The bytes that such an error speaks of, for whoever says it in another language; they travel in its detail.
struct MemoryNeed {
    std::int64_t needed = 0, allowed = 0;
    double neededGb() const;   ///< rounded up to a tenth
    double allowedGb() const;  ///< rounded down to a tenth
};
std::optional<MemoryNeed> memoryNeed(const Error& error);

}  // namespace contone::image
