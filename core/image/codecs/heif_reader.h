// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The HEIF source: HEIC (HEVC) and AVIF (AV1) stills, by libheif with libde265 and dav1d.
//
// What decoding asks of the kernel once prepareHeif() has run: pread64 and fstat on the photo, memory (mmap without
// PROT_EXEC, munmap, mremap, madvise, brk), futex. No thread, no open, no dlopen: libde265 and dav1d are driven without
// threads (libheif's own decoders call clone for each coded picture, and fail or hang where it is refused).
#pragma once

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// Call once before the process is locked down, and before forking children that decode: registers the decoders with
/// libheif and fills the tables of libde265 and dav1d. Thread-safe; opening a photo does it too.
void prepareHeif();

/// Opens the primary picture of a HEIF file (ISO/IEC 23008-12; AVIF v1.1). The file is read whole; nothing is decoded
/// before the first read(), which decodes everything, and the last one frees it.
///
/// Cropping, turning and mirroring (clap, irot, imir) are applied by libheif, so `orientation` is Upright and
/// `storedSize` is the upright size; the orientation in the EXIF block is ignored, as ISO/IEC 23008-12 wants it.
/// Strips are Rgb, or Gray when the embedded profile is for gray; 8 bits, or 16 from 10 and 12 (v * 65535 / max).
/// YCbCr to RGB as ycbcr_p.h, with the matrix and range of the container's nclx box, else of the coded picture.
/// Alpha, premultiplied or not, is flattened. Depth maps, other auxiliary pictures and other items are left alone.
///
/// facts().photo.warnings: FirstPageOnly (another picture as large), FirstFrameOnly (an image sequence),
/// GainMapIgnored, HdrClipped (transfer 16 or 18), ExifDamaged, ProfileDamaged (larger than 16 MB). warnings() after
/// read(): AlphaFlattened when something is see-through, SlightlyDamaged when a decoder complained.
///
/// Fails: Corrupt "photo-damaged", "photo-truncated"; Unsupported "photo-feature" (another codec, a sequence without a
/// still); Invalid "photo-too-large", "photo-memory". read() fails with the same; coded pictures may have at most four
/// times the picture's pixels and 16 million.
OpenedReader openHeif(FileDescriptor file, const PhotoRequest& request, const Limits& limits);

/// The thumbnail item: the smallest whose long side is at least `longSide`, else the largest. One that is not of the
/// picture's shape (it would lie on its side) is passed over. Fails as openHeif, and Unsupported "photo-no-preview".
OpenedReader openHeifPreview(FileDescriptor file, int longSide, const Limits& limits);

}  // namespace contone::image
