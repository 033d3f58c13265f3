// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A customer's profile: the decision about a photo's colours, and the conversion where a child must do it.
#include "icc/source.h"
#include "icc/transforms.h"
#include "tests/fuzz/fuzz.h"

using namespace contone;

namespace {

/// A few pixels of every kind: black, white, and what lies between.
image::Picture someOf(image::PixelFormat format) {
    image::Picture picture = image::Picture::ofSize({17, 3}, format);
    for (std::size_t i = 0; i < picture.bytes.size(); ++i)
        picture.bytes[i] = static_cast<std::byte>(i < 12 ? 0 : i < 24 ? 255 : i * 89);
    return picture;
}

void convert(const icc::SourceDecision& decision, image::PixelFormat from, unsigned choice) {
    const auto converter = icc::WideConverter::create(decision, from, static_cast<image::Intent>(choice % 4),
                                                      static_cast<image::BlackPoint>(choice / 4 % 2));
    if (!converter) return;
    image::Picture wide = image::Picture::ofSize({17, 3}, {image::Channels::Rgb, image::Depth::U16});
    const image::Picture in = someOf(from);
    converter->apply(in.strip(), wide.strip());
    (void)converter->isWide();
}

/// What the other side does with the numbers.
void use(const image::SourceColour& colour, image::PixelFormat format) {
    if (!image::check(colour)) return;
    (void)image::describe(colour);
    const image::Picture in = someOf(format);
    image::Picture small = image::Picture::ofSize(in.size, {image::Channels::Rgb, image::Depth::U8});
    icc::toListSrgb(colour, in.strip(), small.strip());
    (void)icc::InputTransform::create(colour, {});
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    // The last byte chooses, so that any profile is a seed; most profiles bear a byte behind their end.
    const unsigned choice = size == 0 ? 0 : bytes[size - 1];
    // Mostly the strips that the profile is for (ICC.1:2022 7.2.6: its colour space at byte 16), sometimes others.
    const char model = size > 16 && choice % 16 != 15 ? static_cast<char>(bytes[16]) : static_cast<char>(choice / 16);
    const image::Channels channels = model == 'G'   ? image::Channels::Gray
                                     : model == 'C' ? image::Channels::Cmyk
                                                    : image::Channels::Rgb;
    image::ColourSignals said;
    const auto profile = fuzz::bytesOf(bytes, size);
    said.profile = image::EmbeddedProfile{Sha256::of(profile), Bytes(profile.begin(), profile.end())};
    const auto decision = icc::decideSource(said, channels);
    if (!decision) return 0;
    const image::PixelFormat format{channels, choice / 8 % 2 == 0 ? image::Depth::U8 : image::Depth::U16};
    if (decision->colour.kind == image::SourceColour::Kind::Converted)
        convert(*decision, format, choice);
    else
        use(decision->colour, format);
    return 0;
}
