// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One order, one answer, one copy.
#include "core/decode/thumbnail_child.h"

#include <cstring>

namespace contone::decode {

Result<ThumbnailChild> ThumbnailChild::begin(Child child, const image::Limits& limits) {
    constexpr std::size_t bytes = std::size_t{3} * longestSide * longestSide;  // untouched pages cost nothing
    CONTONE_TRY(const FileDescriptor memory, makeSealedMemory(bytes));
    CONTONE_TRY(Mapping pixels, Mapping::of(memory, bytes, Mapping::Access::Read));
    const std::array<int, 1> going{memory.get()};
    CONTONE_CHECK(child.send(compose(BeginThumbnails{limits}), going));
    return ThumbnailChild(std::move(child), std::move(pixels));
}

Result<image::SmallPicture> ThumbnailChild::make(const FileDescriptor& photo, int longSide, Decoder::ThumbnailFrom from,
                                                 std::chrono::milliseconds limit, const CancelToken& cancel) {
    ++m_photos;
    const std::array<int, 1> going{photo.get()};
    CONTONE_CHECK(m_child.send(compose(Thumbnail{longSide, from == Decoder::ThumbnailFrom::EmbeddedOnly}), going));
    CONTONE_TRY(const auto packet, m_child.receive(limit, cancel));
    const auto made = parse<ThumbnailMade>(packet);
    if (!made || made->width > longSide || made->height > longSide) return m_child.forged("a small picture was due");
    image::Picture picture =
        image::Picture::ofSize({made->width, made->height}, {image::Channels::Rgb, image::Depth::U8});
    std::memcpy(picture.bytes.data(), m_pixels.bytes().data(), picture.bytes.size());
    return image::SmallPicture{std::move(picture), made->from, made->saysOrientation};
}

}  // namespace contone::decode
