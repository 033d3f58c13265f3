// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// By the crop that keeps most of the faces that count.
#include "core/layout/keep_faces_p.h"

#include <algorithm>

#include "core/layout/face_crop.h"

namespace contone::layout {
namespace {

void keepFaces(PhotoFrame& frame, const std::vector<TemplatePhoto>& photos, PaperSize page) {
    const TemplatePhoto& photo = photos[static_cast<std::size_t>(frame.photo)];
    if (frame.crop || photo.faces.empty()) return;
    const Length width = std::min(frame.box.right(), page.width) - std::max(frame.box.left, Length());
    const Length height = std::min(frame.box.bottom(), page.height) - std::max(frame.box.top, Length());
    if (width <= Length() || height <= Length()) return;
    const bool isOnItsSide = image::oriented({2, 1}, frame.turn) != image::PixelSize{2, 1};
    const double frameAspect = isOnItsSide ? height.mm() / width.mm() : width.mm() / height.mm();
    const double photoAspect = static_cast<double>(photo.size.width) / photo.size.height;
    frame.crop = FacesToKeep(photo.faces).cropTo(photoAspect, frameAspect).crop;
}

}  // namespace

void keepFaces(Layout& page, const std::vector<TemplatePhoto>& photos) {
    for (Item& item : page.items)
        if (auto* frame = std::get_if<PhotoFrame>(&item)) keepFaces(*frame, photos, page.size);
}

}  // namespace contone::layout
