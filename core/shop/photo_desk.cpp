// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One photo, looked at.
#include "core/shop/photo_desk.h"

#include "core/decode/open_photo.h"

namespace contone::shop {
namespace {

std::optional<catalog::Product> largest(const catalog::Catalog& catalog, image::PixelSize size, catalog::Sharpness as) {
    const catalog::Product* product = catalog.largestAt(size.width, size.height, as);
    return product ? std::optional(*product) : std::nullopt;
}

}  // namespace

Result<PhotoReport> inspectPhoto(const Path& file, const catalog::Catalog& catalog) {
    CONTONE_TRY(const auto source, decode::openPhoto(file));
    CONTONE_TRY(icc::SourceDecision decision, icc::decideSource(source->facts()));
    CONTONE_CHECK(readToTheEnd(*source));
    CONTONE_TRY(const Bytes bytes, readFile(file, static_cast<std::size_t>(image::Limits{}.maxFileBytes)));
    const image::PixelSize size = source->facts().uprightSize();
    image::PhotoFacts facts = source->facts();
    facts.warnings.insert(facts.warnings.end(), source->warnings().begin(), source->warnings().end());
    return PhotoReport{Sha256::of(bytes), std::move(facts), std::move(decision),
                       largest(catalog, size, catalog::Sharpness::Sharp),
                       largest(catalog, size, catalog::Sharpness::Good)};
}

Result<void> readToTheEnd(image::PhotoSource& source) {
    image::Picture strip = image::Picture::ofSize({source.facts().storedSize.width, 32}, source.facts().pixels);
    for (;;) {
        CONTONE_TRY(const int rows, source.read(strip.strip()));
        if (rows == 0) return {};
    }
}

render::Ingredients ingredientsFrom(const Path& file, const icc::SourceDecision& source, icc::Profile output,
                                    Path tableCache) {
    return {[file](int) { return decode::openPhoto(file); },
            [profile = source.profile](int) -> Result<icc::Profile> { return profile; }, std::move(output),
            std::move(tableCache)};
}

}  // namespace contone::shop
