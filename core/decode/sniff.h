// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a file is, from its first bytes: enough to choose who reads it, nothing more.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace contone::decode {

/// Who reads it. TiffOrRaw: a TIFF, or one of the cameras' RAW formats that begin like one.
enum class Family { Unknown, Jpeg, Png, TiffOrRaw, Raw, Heif, WebP, JpegXl, LongTail };

struct Sniffed {
    Family family = Family::Unknown;
    std::string name;   ///< for a person: "a HEIC photo", "a video"; empty: not recognised
    std::string magic;  ///< the first bytes in hexadecimal, for the log
};

/// `head` is the start of the file; 32 bytes tell all formats apart, fewer may.
Sniffed sniff(std::span<const std::byte> head);

}  // namespace contone::decode
