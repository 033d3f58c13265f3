// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-decoder-longtail: reads the photos in formats that few people have, and finds faces, locked down. Only other
// Contone programs start it.
#include "core/decode/worker/zygote.h"
#include "core/image/longtail/longtail_reader.h"
#include "core/vision/finder/face_finder.h"

namespace {

using contone::Result;
using contone::vision::Face;
using contone::vision::FaceFinder;

contone::decode::Codecs longTailCodecs() {
    return {[](contone::FileDescriptor file, const contone::image::PhotoRequest&,
               const contone::image::Limits& limits) { return contone::image::openLongTail(std::move(file), limits); },
            [](contone::FileDescriptor, int, const contone::image::Limits&) -> contone::image::OpenedReader {
                return contone::image::photoProblem("photo-no-preview");
            },
            {},
            [](contone::image::PhotoFormat) { return contone::image::longTailLibraries(); }};
}

Result<FaceFinder> loadFinder(const contone::Path& model) {
    CONTONE_TRY(const contone::Bytes bytes, contone::readFile(model, FaceFinder::largestModel));
    return FaceFinder::create(bytes);
}

/// A finder that could not be loaded says why when it is asked: photos are read all the same.
void findFacesWith(contone::decode::Service& service) {
    const auto finder = std::make_shared<std::optional<Result<FaceFinder>>>();
    service.loadFaceModel = [finder](const contone::Path& model) { finder->emplace(loadFinder(model)); };
    service.findFaces = [finder](const contone::image::StripView& picture,
                                 contone::vision::Turns turns) -> Result<std::vector<Face>> {
        if (!*finder) return contone::image::photoProblem("face-finder-missing", "no model was named");
        Result<FaceFinder>& loaded = **finder;
        if (!loaded)
            return contone::image::photoProblem("face-finder-missing",
                                                loaded.error().reason + ": " + loaded.error().detail);
        return loaded->find(picture, turns);
    };
}

}  // namespace

int main(int argc, char** argv) {
    contone::decode::Service service = contone::decode::serviceOf(longTailCodecs());
    service.prepare = [] { (void)contone::image::prepareOiio(); };  // the zygote refuses when threads are left
    findFacesWith(service);
    return contone::decode::runZygote(argc, argv, service);
}
