// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-decoder-longtail: reads the photos in formats that few people have, locked down. Only other Contone programs
// start it.
#include "core/decode/worker/zygote.h"
#include "core/image/longtail/longtail_reader.h"

namespace {

contone::decode::Codecs longTailCodecs() {
    return {[](contone::FileDescriptor file, const contone::image::PhotoRequest&,
               const contone::image::Limits& limits) { return contone::image::openLongTail(std::move(file), limits); },
            [](contone::FileDescriptor, int, const contone::image::Limits&) -> contone::image::OpenedReader {
                return contone::image::photoProblem("photo-no-preview");
            },
            {},
            [](contone::image::PhotoFormat) { return contone::image::longTailLibraries(); }};
}

}  // namespace

int main(int argc, char** argv) {
    contone::decode::Service service = contone::decode::serviceOf(longTailCodecs());
    service.prepare = [] { (void)contone::image::prepareOiio(); };  // the zygote refuses when threads are left
    return contone::decode::runZygote(argc, argv, service);
}
