// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One photo, looked at.
#include "core/inspect/inspect_photo.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/vault/medium_file.h"

namespace contone::inspect {
namespace {

std::optional<catalog::Product> largest(const catalog::Catalog& catalog, image::PixelSize size, catalog::Sharpness as) {
    const catalog::Product* product = catalog.largestAt(size.width, size.height, as);
    return product ? std::optional(*product) : std::nullopt;
}

/// With pread: the descriptor may be another process' too.
Result<Sha256> hashOf(const FileDescriptor& file) {
    Sha256Hasher hasher;
    Bytes piece(1 << 20);
    for (off_t at = 0;;) {
        const ssize_t n = ::pread(file.get(), piece.data(), piece.size(), at);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(errorFromErrno(errno, "read the photo"));
        if (n == 0) return hasher.finish();
        hasher.update({piece.data(), static_cast<std::size_t>(n)});
        at += n;
    }
}

}  // namespace

Result<PhotoReport> inspectPhoto(decode::Decoder& decoder, const Path& file, const catalog::Catalog& catalog,
                                 const image::PhotoRequest& request, const Reading& reading) {
    CONTONE_TRY(FileDescriptor photo, vault::openOnMedium(file));
    FileDescriptor same(::fcntl(photo.get(), F_DUPFD_CLOEXEC, 0));
    if (!same.isOpen()) return fail(errorFromErrno(errno, "dup"));
    CONTONE_TRY(const auto source, decoder.open(std::move(photo), request));
    CONTONE_CHECK(reading(*source));
    CONTONE_TRY(const Sha256 original, hashOf(same));
    const image::PixelSize size = source->facts().uprightSize();
    image::PhotoFacts facts = source->facts();
    facts.warnings.add(source->warnings());
    return PhotoReport{original, std::move(facts), largest(catalog, size, catalog::Sharpness::Sharp),
                       largest(catalog, size, catalog::Sharpness::Good)};
}

Result<PhotoReport> inspectPhoto(decode::Decoder& decoder, const Path& file, const catalog::Catalog& catalog,
                                 Look look) {
    return inspectPhoto(decoder, file, catalog, toReadToTheEnd, [look](image::PhotoSource& source) -> Result<void> {
        return look == Look::EveryRow ? readToTheEnd(source) : Result<void>();
    });
}

Result<image::SmallPicture> thumbnailOf(decode::Decoder& decoder, const Path& file, int longSide) {
    CONTONE_TRY(FileDescriptor photo, vault::openOnMedium(file));
    return decoder.thumbnail(std::move(photo), longSide);
}

Result<std::vector<vision::Face>> facesIn(decode::Decoder& decoder, const Path& file) {
    CONTONE_TRY(FileDescriptor photo, vault::openOnMedium(file));
    return decoder.faces(std::move(photo));
}

Result<void> readToTheEnd(image::PhotoSource& source) {
    image::Picture strip = image::Picture::ofSize({source.facts().size.width, 32}, source.facts().pixels);
    for (;;) {
        CONTONE_TRY(const int rows, source.read(strip.strip()));
        if (rows == 0) return {};
    }
}

render::Ingredients ingredientsFrom(decode::Decoder& decoder, std::vector<Path> files, icc::Profile output,
                                    std::shared_ptr<render::ColourTables> tables, render::OpenLook looks) {
    return {[&decoder, all = std::move(files)](
                int index, const image::PhotoRequest& request) -> Result<std::unique_ptr<image::PhotoSource>> {
                CONTONE_TRY(FileDescriptor photo, vault::openOnMedium(all[static_cast<std::size_t>(index)]));
                return decoder.open(std::move(photo), request);
            },
            std::move(output), std::move(tables), std::move(looks)};
}

}  // namespace contone::inspect
