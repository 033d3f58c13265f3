// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PromisedPage: the page of a photo rendered from the file by the demo itself: what the paper must get.
#pragma once

#include "core/inspect/inspect_photo.h"
#include "core/print/print_target.h"

namespace contone::demo {

struct PromisedPage {
    Path file;
    inspect::PhotoReport photo;
    print::PhotoPage page;
    render::Ingredients ingredients;
    image::Picture pixels;  ///< of the device, as the printer must get them
};

/// What the pages of a run have in common. The references outlive it.
struct Promise {
    decode::Decoder& decoder;
    const catalog::Catalog& catalog;
    const print::PrintTarget& target;
    const icc::Profile& device;  ///< of the target's setup
    std::shared_ptr<render::ColourTables> tables;
};

/// The photo as it fills `product` on the target. Fails as inspect::inspectPhoto, print::PrintTarget::page and
/// render::renderPage.
Result<PromisedPage> promisedPage(const Promise& promise, const Path& file, const std::string& product);

/// Device pixels as the paper will look on an sRGB monitor, with the paper's white and the ink's black. Lies as the
/// page does.
Result<image::Picture> proofOf(const image::Picture& pixels, const icc::Profile& device);

}  // namespace contone::demo
