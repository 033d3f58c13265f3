// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoEntry: a photo on the desk, what is known of it and what is chosen for it; as a line of a project.
#pragma once

#include <memory>
#include <optional>

#include <QImage>

#include "core/inspect/inspect_photo.h"
#include "core/preflight/photo_measures.h"
#include "core/project/project.h"
#include "ui/common/crop_model.h"

namespace contone::ui {

/// How the print lies on its photo: as the photo does, or across it.
enum class PrintOrientation { AsPhoto, Across };

/// One photo on the desk. Neither report nor error: still being looked at.
struct PhotoEntry {
    LineId line;  ///< of the project
    Path file;
    std::shared_ptr<const inspect::PhotoReport> report;
    std::optional<Error> error;
    QImage thumbnail;
    std::shared_ptr<const preflight::PhotoMeasures> measures;  ///< null: not yet measured
    bool isThumbnailEmbedded = false;                          ///< it was put into the file by whoever made that
    CropModel crop;
    bool keepsFaces = false;  ///< nobody chose the crop: it was moved so that faces stay whole
    image::PhotoTurn turn;    ///< crops are parts of the photo as it is turned
    order::Fit fit = order::Fit::Fill;
    image::InkSense inks = image::InkSense::AsRead;
    image::Adjustments adjustments;
    bool asSent = false;  ///< no changes to colour or light: `adjustments` rest, and are not ordered
    PrintOrientation orientation = PrintOrientation::AsPhoto;
    int copies = 1;
};

/// What is ordered for it.
order::PhotoChoices choicesOf(const PhotoEntry& entry);
project::Line lineOf(const PhotoEntry& entry, const std::string& product);
/// Which slider differs: its id; else "look", "curve", "red-eye"; "adjustments" when it is more than one of them.
std::string whatDiffers(const image::Adjustments& a, const image::Adjustments& b);

}  // namespace contone::ui
