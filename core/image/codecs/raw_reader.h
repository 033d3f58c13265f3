// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Camera RAW by LibRaw: recognised, developed with one documented look, or its preview.
#pragma once

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// Call once before the process is locked down. LibRaw turns times into calendar dates; the C library would read the
/// time zone from files at the first of them. Sets TZ to UTC for this process.
void prepareRaw();

/// Whether a file that begins like a TIFF is a camera's RAW: its directories say DNG, or hold colour filter array or
/// linear sensor samples. Anything else that begins like a TIFF is a picture. A file without any mark is RAW only when
/// its size is exactly that of a headless format that was proved. A few small preads.
bool isRaw(const FileDescriptor& file);

/// Opens a RAW. Strips are Rgb, 16 bit, ROMM RGB (ColourSignals::isDevelopedRaw), cropped as a DNG says, developed with
/// the camera's white balance (daylight where it has none), black and white level of file or camera, clipped at the
/// sensor's saturation, RawLook. Bayer sensors: AHD at full size; from `reducible` 2 on each 2×2 cell becomes one
/// pixel, so the strips have half of each side. No denoising, no lens correction. Nothing is random: same file, same
/// bytes.
///
/// The samples are unpacked here, so that facts() can say what was readable; the first read() develops. Where samples
/// are missing or of an unknown kind and the RAW carries a JPEG of at least 1600 pixels, that JPEG is the photo (8 bit,
/// its own colours), with the warning RawPreviewUsed. RawUnproved is said of all kinds but those that tests prove:
/// uncompressed Bayer DNG.
///
/// Holds the file's samples and 8 bytes a pixel (24 MP: 48 + 192 MB; half size 48 + 48 MB).
/// Fails: Unsupported "photo-feature" (LibRaw does not know the kind), Corrupt "photo-truncated", "photo-damaged",
/// Invalid "photo-too-large" (pixels), "photo-memory".
OpenedReader openRaw(FileDescriptor file, const PhotoRequest& request, const Limits& limits);

/// The picture inside the RAW, as openJpegPreview() chooses: the smallest that is large enough, by DCT reduction where
/// it is more than large enough, with the RAW's orientation, bars cut off, only if it has the RAW's shape. Fails:
/// Unsupported "photo-no-preview"; as openRaw() when it is no RAW.
OpenedReader openRawPreview(FileDescriptor file, int longSide, const Limits& limits);

}  // namespace contone::image
