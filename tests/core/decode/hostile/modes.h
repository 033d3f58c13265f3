// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a reader that was taken over may try.
#pragma once

#include <unistd.h>

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "core/image/photo_problem.h"
#include "core/image/photo_source.h"

namespace contone::decode::hostile {

struct Mode {
    const char* name;
    std::function<bool(const std::string& word)> run;  ///< true: it got what it wanted
};
/// Ways out of the process. Run before the first word.
std::span<const Mode> escapes();
/// Ways to mislead the program through the socket and the ring. Most do not return.
std::span<const Mode> lies();

[[noreturn]] inline void spin() {
    for (;;) asm volatile("");
}

/// 100 x 200, Rgb, 8 bit, rows of their own number.
image::PhotoFacts honestFacts();
std::unique_ptr<image::PhotoSource> honestPicture();

}  // namespace contone::decode::hostile
