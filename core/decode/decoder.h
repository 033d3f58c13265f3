// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Decoder: the only door through which a customer's bytes become pixels. It parses nothing: locked-down child processes
// do (contone-decoder, contone-decoder-longtail), and this side takes only what it has checked from them.
#pragma once

#include <chrono>
#include <memory>

#include "core/base/cancel.h"
#include "core/base/file.h"
#include "core/image/photo_source.h"
#include "core/image/small_picture.h"
#include "core/vision/face.h"

namespace contone::decode {

/// Wall-clock waits. A child that keeps one of them waiting is killed: Invalid "photo-too-slow".
struct Deadlines {
    std::chrono::milliseconds start{10'000};        ///< of the locked-down parent of the children
    std::chrono::milliseconds facts{20'000};        ///< from the request to the facts
    std::chrono::milliseconds firstStrip{120'000};  ///< whole-frame formats decode everything here
    std::chrono::milliseconds nextStrip{30'000};
    std::chrono::milliseconds thumbnail{20'000};
    std::chrono::milliseconds faces{10'000};  ///< of one small picture
};

/// Confined: a child that cannot be locked down is not used. Unconfined: an explicit choice of staff for their own
/// files on a machine whose kernel cannot confine (it is logged, and the facts say so nowhere: never offer it to
/// customers).
enum class Confinement { Confined, Unconfined };

class Decoder {
  public:
    struct Options {
        Path programs;  ///< the folder that holds contone-decoder and contone-decoder-longtail
        image::Limits limits;
        Deadlines deadlines;
        std::int64_t maxMemory = 3'000'000'000;  ///< address space of one child, bytes
        Confinement confinement = Confinement::Confined;
        Path faceModel;  ///< what contone-decoder-longtail finds faces with; empty: it finds none
    };
    /// Starts nothing yet: the first photo of a kind does.
    explicit Decoder(Options options);
    ~Decoder();  ///< ends the children that are idle; open sources live on and end theirs
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// Opens a photo by its content, never by its name. The child reads `file` with pread and cannot write it. Every
    /// source has a child of its own, killed with the source. Thread-safe.
    /// Fails: as image::photoProblems(); Unavailable "decoder-missing" (the program is not there), "decoder-refused"
    /// (the kernel cannot lock it down: the detail says what); Cancelled.
    Result<std::unique_ptr<image::PhotoSource>> open(FileDescriptor file, const image::PhotoRequest& request = {},
                                                     const CancelToken& cancel = {});
    Result<std::unique_ptr<image::PhotoSource>> open(const Path& path, const image::PhotoRequest& request = {},
                                                     const CancelToken& cancel = {});

    enum class ThumbnailFrom { Anything, EmbeddedOnly };
    /// A small upright sRGB picture (Rgb, 8 bit), the long side at most `longSide` (1…2048): for lists, never for
    /// proofs. It says what it was made from: the picture inside the photo, when that has the photo's shape, is large
    /// enough and shows what the photo shows (compared at low resolution; a RAW's is believed), else the photo itself.
    /// EmbeddedOnly decodes no photo: only the shape is compared. Never enlarges. One child serves many thumbnails; a
    /// photo that kills it costs only itself. Thread-safe; calls take turns. Fails as open(), and Invalid "bad-size";
    /// EmbeddedOnly: Unsupported "photo-no-preview". When it is cancelled the child is killed.
    Result<image::SmallPicture> thumbnail(FileDescriptor file, int longSide,
                                          ThumbnailFrom from = ThumbnailFrom::Anything, const CancelToken& cancel = {});
    Result<image::SmallPicture> thumbnail(const Path& path, int longSide, ThumbnailFrom from = ThumbnailFrom::Anything,
                                          const CancelToken& cancel = {});

    /// Where faces are on the photo, largest first: box and points as fractions of the upright photo, scores from
    /// vision::scoreForCrop on. Of its thumbnail of vision::pictureSide; when that shows no sure one and the photo
    /// does not say how it lies, it is looked at turned as well. Both are done by children: one decodes, another, which
    /// never sees the file, looks at the pixels. Thread-safe; calls take turns. Fails as thumbnail(), and Unavailable
    /// "face-finder-missing" (the model is not there or damaged). When it is cancelled the child is killed.
    Result<std::vector<vision::Face>> faces(FileDescriptor file, const CancelToken& cancel = {});
    Result<std::vector<vision::Face>> faces(const Path& path, const CancelToken& cancel = {});
    /// In a picture that is there already: upright, Rgb, 8 bit, 1…1024 pixels a side. Fails too: Invalid "bad-picture".
    Result<std::vector<vision::Face>> faces(const image::Picture& picture, vision::Turns turns,
                                            const CancelToken& cancel = {});

  private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

}  // namespace contone::decode
