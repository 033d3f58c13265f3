// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Looks at a file's first bytes and hands it to the codec that reads it.
#include "core/decode/open_photo.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "core/decode/sniff_p.h"
#include "core/image/codecs/jpeg_reader.h"

namespace contone::decode {

namespace {

Result<void> checkSize(const FileDescriptor& file, const image::Limits& limits) {
    struct stat st{};
    if (::fstat(file.get(), &st) != 0) return fail(errorFromErrno(errno, "fstat"));
    if (S_ISDIR(st.st_mode)) return fail(errorFromErrno(EISDIR, "open"));
    if (!S_ISREG(st.st_mode)) return fail(Code::Invalid, "not-a-file", "That is not an ordinary file. Choose a photo.");
    if (st.st_size == 0)
        return fail(Code::Invalid, "photo-empty", "This file is empty: nothing was copied. Copy the photo again.");
    if (st.st_size > limits.maxFileBytes)
        return fail(Code::Invalid, "photo-too-large", "This file is larger than any photo this shop can print from.",
                    std::to_string(st.st_size) + " bytes");
    return {};
}

}  // namespace

Result<std::unique_ptr<image::PhotoSource>> openPhoto(FileDescriptor file, const image::Limits& limits) {
    CONTONE_CHECK(checkSize(file, limits));
    std::array<std::byte, 32> head{};
    ssize_t n = -1;
    do n = ::pread(file.get(), head.data(), head.size(), 0);
    while (n < 0 && errno == EINTR);
    if (n < 0) return fail(errorFromErrno(errno, "read the photo"));
    const Sniffed kind = sniff(std::span(head).first(static_cast<std::size_t>(n)));
    if (kind.isJpeg) return image::openJpeg(std::move(file), limits);
    return fail(Code::Unsupported, "photo-format",
                kind.name.empty() ? "This is not a photo of a kind that we know. This version prints JPEG only."
                                  : "This is " + kind.name + "; this version prints JPEG only.",
                "magic " + kind.magic);
}

Result<std::unique_ptr<image::PhotoSource>> openPhoto(const Path& path, const image::Limits& limits) {
    CONTONE_TRY(FileDescriptor file, openForReading(path));
    return openPhoto(std::move(file), limits);
}

}  // namespace contone::decode
