// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One copy, one order, one answer.
#include "core/decode/face_child.h"

#include <algorithm>
#include <cstring>

namespace contone::decode {

Result<void> FaceChild::check(const image::Picture& picture) {
    const image::PixelFormat format{image::Channels::Rgb, image::Depth::U8};
    const auto [width, height] = picture.size;
    if (picture.format != format || std::min(width, height) < 1 || std::max(width, height) > FindFaces::longestSide ||
        picture.bytes.size() != picture.stride() * static_cast<std::size_t>(height))
        return fail(Code::Invalid, "bad-picture", "Faces are looked for in small colour pictures.");
    return {};
}

Result<FaceChild> FaceChild::begin(Child child) {
    constexpr std::size_t bytes = std::size_t{3} * FindFaces::longestSide * FindFaces::longestSide;
    CONTONE_TRY(const FileDescriptor memory, makeSealedMemory(bytes));
    CONTONE_TRY(Mapping pixels, Mapping::of(memory, bytes, Mapping::Access::Write));
    const std::array<int, 1> going{memory.get()};
    CONTONE_CHECK(child.send(compose(BeginFaces{}), going));
    return FaceChild(std::move(child), std::move(pixels));
}

Result<std::vector<vision::Face>> FaceChild::find(const image::Picture& picture, vision::Turns turns,
                                                  std::chrono::milliseconds limit, const CancelToken& cancel) {
    ++m_pictures;
    std::memcpy(m_pixels.bytes().data(), picture.bytes.data(), picture.bytes.size());
    CONTONE_CHECK(m_child.send(compose(FindFaces{picture.size.width, picture.size.height, turns})));
    CONTONE_TRY(const auto packet, m_child.receive(limit, cancel));
    auto found = parse<FacesFound>(packet);
    if (!found || !std::ranges::all_of(found->faces, vision::isPossible)) return m_child.forged("faces were due");
    return std::move(found->faces);
}

}  // namespace contone::decode
