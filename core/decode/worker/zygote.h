// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The whole of a decoder program: a zygote that locks itself down before it answers, then forks a child for each photo.
#pragma once

#include <functional>

#include "core/decode/worker/open_photo.h"
#include "core/vision/face.h"

namespace contone::decode {

/// What a child does with a customer's bytes. Tests put misbehaviour in its place.
struct Service {
    /// Once, before the lockdown: opens and loads what libraries need later.
    std::function<void()> prepare;
    std::function<Result<std::unique_ptr<image::PhotoSource>>(FileDescriptor, const image::PhotoRequest&,
                                                              const image::Limits&)>
        open;
    std::function<Result<image::SmallPicture>(FileDescriptor, int longSide, PreviewUse, const image::Limits&)>
        thumbnail;
    /// Once, before the lockdown, when a model was named: reads and checks it. Empty in a program that finds no faces.
    std::function<void(const Path& model)> loadFaceModel;
    /// Of a picture as vision::FaceFinder takes it. Empty as above.
    std::function<Result<std::vector<vision::Face>>(const image::StripView&, vision::Turns)> findFaces;
};
/// openPhoto() and thumbnail() with these codecs.
Service serviceOf(const Codecs& codecs);

/// main() of a decoder program: descriptor 3 is the socket of the program that started it. `--memory BYTES` limits each
/// child's address space; `--unconfined` leaves Landlock and seccomp out, which only staff may choose for their own
/// files; `--face-model FILE` is what faces are found with. Returns the exit status: 0 when the other side hung up, 1
/// when it could not be locked down, 2 when nobody is at descriptor 3.
int runZygote(int argc, char** argv, const Service& service);
int runZygote(int argc, char** argv, const Codecs& codecs);

}  // namespace contone::decode
