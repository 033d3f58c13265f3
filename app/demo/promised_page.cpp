// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rendering a page in memory, and looking at it.
#include "app/demo/promised_page.h"

#include "core/render/proof_sink.h"

namespace contone::demo {

Result<PromisedPage> promisedPage(const Promise& promise, const Path& file, const std::string& productId) {
    CONTONE_TRY(inspect::PhotoReport photo, inspect::inspectPhoto(promise.decoder, file, promise.catalog));
    CONTONE_TRY(const catalog::Product product, promise.catalog.product(productId));
    CONTONE_TRY(print::PhotoPage page, promise.target.page(product, photo.original, photo.facts, {}));
    render::Ingredients ingredients = inspect::ingredientsFrom(promise.decoder, {file}, promise.device, promise.tables);
    image::PictureSink pixels;
    CONTONE_CHECK(render::renderPage(page.recipe, ingredients, pixels, {.threads = 2}));
    return PromisedPage{file, std::move(photo), std::move(page), std::move(ingredients), pixels.picture()};
}

Result<image::Picture> proofOf(const image::Picture& pixels, const icc::Profile& device) {
    CONTONE_TRY(auto transform,
                icc::ProofTransform::create(device, icc::Profile::srgb(), icc::ProofTransform::Simulate::PaperAndInk));
    image::PictureSink screen;
    render::ProofSink proof(std::move(transform), {}, screen);
    CONTONE_CHECK(proof.begin({pixels.size, pixels.format}));
    CONTONE_CHECK(proof.write(pixels.strip()));
    CONTONE_CHECK(proof.finish());
    return screen.picture();
}

}  // namespace contone::demo
