// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The face finder's model with numbers of its tables changed: each input is a list of places and what stands there.
// What is still a network must run.
#include <fuzzer/FuzzedDataProvider.h>

#include "core/vision/finder/face_finder.h"
#include "tests/fuzz/fuzz.h"

using namespace contone;
using namespace contone::vision;

namespace {

Bytes readModel() {
    auto bytes = readFile(Path(CONTONE_SOURCE_DIR) / "resources/models/face_detection_full_range.tflite",
                          FaceFinder::largestModel);
    fuzz::require(bytes.has_value());
    return *std::move(bytes);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const Bytes original = readModel();
    constexpr std::size_t tables = 52'000;  // behind the weights
    FuzzedDataProvider from(bytes, size);
    Bytes model = original;
    while (from.remaining_bytes() > 0) {
        std::size_t at = model.size() - 1 - std::size_t{from.ConsumeIntegral<std::uint16_t>()} % tables % model.size();
        for (const std::byte value : from.ConsumeBytes<std::byte>(from.ConsumeIntegralInRange<std::size_t>(1, 8)))
            if (at < model.size()) model[at++] = value;
        if (from.ConsumeIntegralInRange(0, 255) == 0) model.resize(from.ConsumeIntegral<std::uint16_t>() * 17UL);
        if (model.size() < 2) return 0;
    }
    if (auto finder = FaceFinder::create(model)) {
        const image::Picture picture = image::Picture::ofSize({40, 30}, {});
        const auto faces = finder->find(picture.strip(), Turns::Quarter);
        fuzz::require(faces && faces->size() <= mostFaces);
        for (const Face& face : *faces) fuzz::require(isPossible(face));
    } else if (finder.error().reason == "model-purpose") {
        auto network = Network::create(model);
        network->run();
    }
    return 0;
}
