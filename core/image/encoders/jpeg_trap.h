// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// JpegTrap: catches what libjpeg says and where it would exit the process.
#pragma once

#include <csetjmp>
#include <cstddef>
#include <cstdio>  // jpeglib.h needs FILE

#include <jpeglib.h>

#include <string>
#include <string_view>

namespace contone::image {

/// Give &manager to cinfo.err. Nothing is printed and nothing allocated inside libjpeg's frames.
struct JpegTrap {
    jpeg_error_mgr manager{};  // first: libjpeg hands back a pointer to it
    std::jmp_buf jump{};
    int fatal = 0;                           ///< JERR_* that stopped the last call, 0 if none
    char fatalText[JMSG_LENGTH_MAX] = {};    ///< its words
    char warningText[JMSG_LENGTH_MAX] = {};  ///< the first warning's words
    long warnings = 0;                       ///< other damage that libjpeg worked around
    bool fileEnded = false;                  ///< the file ended before its end marker
    bool pixelsEnded = false;                ///< compressed data ran out and the rest of the scan is invented

    JpegTrap();
    JpegTrap(const JpegTrap&) = delete;
    JpegTrap& operator=(const JpegTrap&) = delete;
    std::string_view firstWarning() const { return warningText; }
};

/// Runs `call`, which calls libjpeg, and says whether it came back. When libjpeg gives up, control jumps here over the
/// frames of `call` and of libjpeg: no object with a destructor may live in them. Not inlined, so that the locals of
/// the caller are not in the frame that setjmp was called in and keep their values.
template <class F>
[[gnu::noinline]] bool runGuarded(JpegTrap& trap, F&& call) {
    trap.fatal = 0;
    if (setjmp(trap.jump) != 0) return false;  // NOLINT(cert-err52-cpp): the library knows no other way out
    call();
    return true;
}

}  // namespace contone::image
