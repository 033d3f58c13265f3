// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// InkSense: which way round the numbers of a CMYK photo are taken.
#pragma once

#include "core/base/enum_words.h"

namespace contone::image {

/// A CMYK JPEG without Adobe's marker does not say whether 255 is all ink or none (PhotoWarning::InkGuessed). AsRead:
/// as most programs take it. Turned: the other way round, which a person has to see.
enum class InkSense { AsRead, Turned };
constexpr auto wordsOf(InkSense) {
    return enumWords<InkSense>("bad-inks", "The inks are as-read or turned. Choose one of these.",
                               {{InkSense::AsRead, "as-read"}, {InkSense::Turned, "turned"}});
}
using contone::toString;

}  // namespace contone::image
