// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a file is, from its first bytes.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace contone::decode {

struct Sniffed {
    bool isJpeg = false;
    std::string name;   ///< for a person: "a HEIC photo", "an AVIF photo"; empty: not recognised
    std::string magic;  ///< the first bytes in hexadecimal, for the log
};

/// `head` is the start of the file; 32 bytes tell all formats apart, fewer may.
Sniffed sniff(std::span<const std::byte> head);

}  // namespace contone::decode
