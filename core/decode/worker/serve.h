// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a locked-down child does until it is killed: one photo in strips, or small pictures one after another, or faces
// in pictures one after another.
#pragma once

#include "core/decode/worker/zygote.h"

namespace contone::decode {

/// None returns: the process ends when the other side hangs up.
[[noreturn]] void servePhoto(const Service& service, int socket, FileDescriptor photo);
[[noreturn]] void serveThumbnails(const Service& service, int socket);
[[noreturn]] void serveFaces(const Service& service, int socket);

}  // namespace contone::decode
