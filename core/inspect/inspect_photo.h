// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// inspectPhoto: says what there is to say of one photo file, without a shop; and opens it for rendering.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/catalog/product.h"
#include "core/decode/decoder.h"
#include "core/render/pipeline.h"
#include "core/vision/face.h"

namespace contone::inspect {

/// What there is to say about a photo before anything is done with it.
struct PhotoReport {
    Sha256 original;                               ///< of the file's bytes
    image::PhotoFacts facts;                       ///< with the warnings that only decoding could find
    std::optional<catalog::Product> largestSharp;  ///< the largest product it is sharp on; none: on none
    std::optional<catalog::Product> largestGood;
};
/// The long side, pixels, of the small pictures by which photos are listed; cameras put such into their files.
constexpr int listedSide = 160;
/// EveryRow: an incomplete photo is found here and not at the printer. Facts: only what it says of itself, for programs
/// that render it at once and would decode it twice.
enum class Look { EveryRow, Facts };
/// Opens, hashes and judges. Fails as vault::openOnMedium, Decoder::open and PhotoSource::read.
Result<PhotoReport> inspectPhoto(decode::Decoder& decoder, const Path& file, const catalog::Catalog& catalog,
                                 Look look = Look::EveryRow);
/// The same, opened as `request` says; `reading` does what it wants with the rows, and its error is the answer.
using Reading = std::function<Result<void>(image::PhotoSource& source)>;
Result<PhotoReport> inspectPhoto(decode::Decoder& decoder, const Path& file, const catalog::Catalog& catalog,
                                 const image::PhotoRequest& request, const Reading& reading);
/// As Decoder::thumbnail, of a file on a customer's medium.
Result<image::SmallPicture> thumbnailOf(decode::Decoder& decoder, const Path& file, int longSide);

/// As Decoder::faces, of a file on a customer's medium.
Result<std::vector<vision::Face>> facesIn(decode::Decoder& decoder, const Path& file);

/// Reads all rows and forgets them. `source` was opened with toReadToTheEnd. Fails as PhotoSource::read.
Result<void> readToTheEnd(image::PhotoSource& source);
/// Every byte of the photo is decoded, but no more pixels are made than its format must make.
constexpr image::PhotoRequest toReadToTheEnd{.reducible = 16};

/// Ingredients that render a recipe straight from files, of its photos in their order. `decoder` outlives them.
/// `looks`: of the shop's own.
render::Ingredients ingredientsFrom(decode::Decoder& decoder, std::vector<Path> files, icc::Profile output,
                                    std::shared_ptr<render::ColourTables> tables, render::OpenLook looks = {});

}  // namespace contone::inspect
