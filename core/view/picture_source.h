// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PictureSource: how the small pictures of a list of photos reach a window.
#pragma once

#include <functional>
#include <string>

#include "core/base/result.h"
#include "core/image/small_picture.h"

namespace contone::view {

/// What is known of one photo now.
struct SeenPicture {
    std::size_t index = 0;
    Result<image::SmallPicture> picture;  ///< RGB8, sRGB, upright; or why there is none
    bool isFinal = true;                  ///< false: a better one, or the reason for none, may follow
};

/// A port: windows hold one of these and never open a photo themselves. One implementation today:
/// ui::FolderPictures, which reads a folder of the studio's own computer through the studio's own decoder children.
/// Photos on customers' media and originals in the vault belong to the agent; their source will get each picture from
/// it as sealed memory over the agent's socket, with no path of a medium in sight. Whole pages are another port:
/// TileSource.
///
/// Functions may be called from any thread.
class PictureSource {
  public:
    /// Called in a thread of the source, never after its destructor. It may block: the source waits.
    using Tell = std::function<void(SeenPicture)>;

    PictureSource() = default;
    PictureSource(const PictureSource&) = delete;
    PictureSource& operator=(const PictureSource&) = delete;
    /// Ends all work and waits for it: a medium that was pulled can take seconds.
    virtual ~PictureSource() = default;

    virtual std::size_t count() const = 0;
    /// As the list shows it: "DCIM/100CANON/IMG_0001.JPG". Valid as long as the source.
    virtual const std::string& name(std::size_t index) const = 0;
    /// There are more photos than are listed.
    virtual bool isCut() const = 0;

    /// Once. Pictures come from then on, those in sight first. `longSide`: pixels, 1…2048.
    virtual void start(int longSide, Tell tell) = 0;
    /// The photos [first, end) are on the screen.
    virtual void setVisible(std::size_t first, std::size_t end) = 0;
    /// The window keeps this picture no longer: it is made again when it comes in sight.
    virtual void drop(std::size_t index) = 0;
    /// Ends all work; only the destructor is to follow.
    virtual void cancel() = 0;
};

}  // namespace contone::view
