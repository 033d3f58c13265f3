// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One allocation, one read.
#include "core/image/codecs/whole_file_p.h"

#include <sys/stat.h>

#include <algorithm>
#include <new>

#include "core/image/codecs/read_at_p.h"
#include "core/image/photo_problem.h"

namespace contone::image {

Result<Bytes> readWholeFile(const FileDescriptor& file, const Limits& limits) {
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return photoProblem("io-error", "fstat");
    if (status.st_size <= 0) return photoProblem("photo-empty");
    if (status.st_size > std::min(limits.maxFileBytes, limits.maxWholeFrameBytes))
        return photoProblem("photo-file-too-large", std::to_string(status.st_size) + " bytes");
    Bytes bytes;
    try {
        bytes.resize(static_cast<std::size_t>(status.st_size));
    } catch (const std::bad_alloc&) {
        return photoProblem("photo-memory", std::to_string(status.st_size) + " bytes");
    }
    CONTONE_TRY(const std::size_t have, readAt(file.get(), 0, bytes));
    bytes.resize(have);
    if (bytes.empty()) return photoProblem("photo-empty");
    return bytes;
}

}  // namespace contone::image
