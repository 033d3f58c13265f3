// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The sentences.
#include "core/image/photo_warning.h"

namespace contone::image {

std::string toSentence(PhotoWarning warning) {
    switch (warning) {
        case PhotoWarning::ProfileDamaged:
            return "The colour profile inside this photo is damaged and was ignored.";
        case PhotoWarning::ExifDamaged:
            return "The camera's notes (EXIF) in this photo are damaged; check that it is upright.";
        case PhotoWarning::EndMarkMissing:
            return "The end mark of this photo is missing; the picture itself is complete.";
        case PhotoWarning::SlightlyDamaged:
            return "This photo is slightly damaged. Look at it closely before you print it.";
        case PhotoWarning::AlphaFlattened:
            return "Parts of this picture are see-through; they print as white paper.";
        case PhotoWarning::FirstPageOnly:
            return "This file holds several pictures; the first one is printed.";
        case PhotoWarning::FirstFrameOnly:
            return "This is a moving picture; its first frame is printed.";
        case PhotoWarning::GainMapIgnored:
            return "This is an HDR photo; its standard picture is printed.";
        case PhotoWarning::HdrClipped:
            return "This picture has parts brighter than white; they print as white.";
        case PhotoWarning::RawUnproved:
            return "Colours of this camera's RAW files have not been proved here. Check the proof before you print.";
        case PhotoWarning::RawPreviewUsed:
            return "Only the preview inside this RAW file could be read; it may be smaller than the photo.";
        case PhotoWarning::ReducedDepth:
            return "This picture has more than 16 bits a colour; it was rounded to 16.";
        case PhotoWarning::ColoursUnspecified:
            return "This picture does not say clearly what its colours mean.";
        case PhotoWarning::PagesTooMany:
            return "This file holds more pictures than were looked at.";
        case PhotoWarning::InkGuessed:
            return "This CMYK picture does not say how its inks are stored; it was read as most programs do. Check the "
                   "proof before you print.";
        case PhotoWarning::NumbersScaled:
            return "The numbers of this picture go up to 255 instead of 1; they were taken for ordinary pixel values. "
                   "Check the proof before you print.";
    }
    return {};
}

std::vector<std::string> PhotoWarnings::sentences() const {
    std::vector<std::string> all;
    for (int i = 0; i < photoWarningCount; ++i)
        if (has(static_cast<PhotoWarning>(i))) all.push_back(toSentence(static_cast<PhotoWarning>(i)));
    return all;
}

}  // namespace contone::image
