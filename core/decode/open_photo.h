// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// openPhoto: from a file to facts and strips. The only door through which a customer's bytes come in.
#pragma once

#include <memory>

#include "core/image/photo_source.h"

namespace contone::decode {

/// Opens a photo by its content, never by its name. Reads from `file` with pread; the descriptor may be closed after
/// the source is destroyed. In this version the codec runs in this process (docs/decisions/0004); the interface is what
/// the sandboxed child will serve: an open descriptor in, plain facts and integer strips out.
/// CMYK photos yield CMYK strips. Fails: Invalid "photo-empty" (zero bytes), "not-a-file" (a pipe, a device);
/// Unsupported "photo-format" (not a photo we read: the sentence names what it is, the detail its first bytes),
/// "photo-12-bit"; Corrupt "photo-damaged", "photo-truncated"; Invalid "photo-too-large" above the limits, before any
/// pixel memory is spent. What read() may say is in core/image/codecs/jpeg_reader.h.
Result<std::unique_ptr<image::PhotoSource>> openPhoto(FileDescriptor file, const image::Limits& limits = {});
Result<std::unique_ptr<image::PhotoSource>> openPhoto(const Path& path, const image::Limits& limits = {});

/// A small upright RGB8 picture, the long side at most `longSide` pixels, by power-of-two DCT scaling and a box filter:
/// for lists, never for proofs (colours are the file's own, unconverted; CMYK by plain multiplication). Never enlarges.
/// Fails as openPhoto() and its read(), and Invalid "bad-size" when `longSide` is not 1…8192.
Result<image::Picture> thumbnail(const Path& path, int longSide, const image::Limits& limits = {});

}  // namespace contone::decode
