// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PngTrap: catches what libpng says and where it would exit the process.
#pragma once

#include <png.h>

#include <csetjmp>
#include <cstring>

namespace contone::image {

/// Give it, onPngError and onPngWarning to png_create_*_struct. Nothing is printed and nothing allocated inside
/// libpng's frames.
struct PngTrap {
    std::jmp_buf jump{};
    char text[160] = {};  ///< the words of the error that stopped the last call
    long warnings = 0;
};

[[noreturn]] inline void onPngError(png_structp png, png_const_charp text) {
    auto& trap = *static_cast<PngTrap*>(png_get_error_ptr(png));
    std::strncpy(trap.text, text, sizeof trap.text - 1);
    std::longjmp(trap.jump, 1);  // NOLINT(cert-err52-cpp)
}
inline void onPngWarning(png_structp png, png_const_charp) {
    ++static_cast<PngTrap*>(png_get_error_ptr(png))->warnings;
}

/// As runGuarded of jpeg_trap.h: no object with a destructor may live in `call`.
template <class F>
[[gnu::noinline]] bool runGuarded(PngTrap& trap, F&& call) {
    if (setjmp(trap.jump) != 0) return false;  // NOLINT(cert-err52-cpp)
    call();
    return true;
}

}  // namespace contone::image
