// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// fstat and one pread.
#include "core/decode/file_head.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/image/photo_facts.h"
#include "core/image/photo_problem.h"

namespace contone::decode {

Result<Sniffed> sniffFile(const FileDescriptor& file, const image::Limits& limits) {
    struct stat st{};
    if (::fstat(file.get(), &st) != 0) return fail(errorFromErrno(errno, "fstat"));
    if (S_ISDIR(st.st_mode)) return fail(errorFromErrno(EISDIR, "open"));
    if (!S_ISREG(st.st_mode)) return image::photoProblem("not-a-file");
    if (st.st_size == 0) return image::photoProblem("photo-empty");
    if (st.st_size > limits.maxFileBytes)
        return image::photoProblem("photo-file-too-large", std::to_string(st.st_size) + " bytes");
    std::array<std::byte, 32> head{};
    ssize_t n = -1;
    do n = ::pread(file.get(), head.data(), head.size(), 0);
    while (n < 0 && errno == EINTR);
    if (n < 0) return fail(errorFromErrno(errno, "read the photo"));
    return sniff(std::span(head).first(static_cast<std::size_t>(n)));
}

std::unexpected<Error> notAPhoto(const Sniffed& kind) {
    Error error = image::photoProblem("photo-format", "magic " + kind.magic).error();
    if (!kind.name.empty()) error.message = "This is " + kind.name + ", which cannot be printed here. Choose a photo.";
    return fail(std::move(error));
}

Result<void> checkFirstBytes(std::span<const std::byte> first, std::int64_t soFar) {
    const Sniffed kind = sniff(first);
    if (kind.family != Family::Unknown) return {};
    const bool mayBeUnmarked = kind.name.empty() && soFar <= std::ranges::max(image::unmarkedPhotoBytes);
    return mayBeUnmarked ? Result<void>{} : notAPhoto(kind);
}

}  // namespace contone::decode
