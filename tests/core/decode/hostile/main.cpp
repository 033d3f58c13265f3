// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A decoder program whose "codec" was taken over: the real zygote, locks and socket, and a child that does what the
// photo's bytes say: two bytes of JPEG, a mode, a word for it. What it manages to do it shows by giving a picture.
#include <cstring>
#include <sstream>

#include "core/decode/worker/zygote.h"
#include "tests/core/decode/hostile/modes.h"

using namespace contone;
using namespace contone::decode;

namespace {

struct Order {
    std::string mode, word;
};
Order orderIn(const FileDescriptor& file) {
    std::array<char, 512> bytes{};
    const ssize_t n = ::pread(file.get(), bytes.data(), bytes.size() - 1, 2);
    std::istringstream words(std::string(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(n, 0))));
    Order order;
    words >> order.mode >> order.word;
    return order;
}

Result<std::unique_ptr<image::PhotoSource>> openAsTold(FileDescriptor file, const image::PhotoRequest&,
                                                       const image::Limits&) {
    const Order order = orderIn(file);
    for (const hostile::Mode& mode : hostile::escapes())
        if (order.mode == mode.name) {
            if (!mode.run(order.word)) return image::photoProblem("photo-no-picture", std::strerror(errno));
            return hostile::honestPicture();
        }
    for (const hostile::Mode& mode : hostile::lies())
        if (order.mode == mode.name) mode.run(order.word);
    return hostile::honestPicture();
}

Result<image::SmallPicture> smallPicture(FileDescriptor file, int longSide, PreviewUse, const image::Limits&) {
    const Order order = orderIn(file);
    for (const hostile::Mode& mode : hostile::escapes())
        if (order.mode == mode.name && !mode.run(order.word)) return image::photoProblem("photo-damaged", "contained");
    if (order.mode == "large-thumbnail") longSide = 2048;
    return image::SmallPicture{image::Picture::ofSize({longSide, 1}, {image::Channels::Rgb, image::Depth::U8}),
                               image::SmallFrom::Photo};
}

}  // namespace

int main(int argc, char** argv) {
    return runZygote(argc, argv, Service{{}, openAsTold, smallPicture});
}
