// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Endings of names to sinks.
#include "app/cli/file_output.h"

#include "app/cli/page_request.h"
#include "core/image/file_sinks.h"
#include "printers/raster/pwg_writer.h"

namespace contone::cli {

Result<FileKind> fileKindOf(const Path& output) {
    const std::string extension = inLowerCase(output.extension().string());
    if (extension == ".jpg" || extension == ".jpeg") return FileKind{image::Depth::U8, false};
    if (extension == ".tif" || extension == ".tiff" || extension == ".png") return FileKind{image::Depth::U16, true};
    if (extension == ".pwg") return FileKind{image::Depth::U8, true};
    return fail(Code::Invalid, "bad-output", "Name the output .jpg, .tif, .png or .pwg.", output.string());
}

std::unique_ptr<image::StripSink> sinkFor(const Path& output, int quality, image::Channels channels) {
    const std::string extension = inLowerCase(output.extension().string());
    if (extension == ".jpg" || extension == ".jpeg") return image::jpegFileSink(output, quality);
    if (extension == ".png") return image::pngFileSink(output);
    if (extension == ".pwg") {
        using enum printers::RasterType;
        return printers::pwgFileSink(output, {channels == image::Channels::Gray   ? Sgray8
                                              : channels == image::Channels::Cmyk ? Cmyk8
                                                                                  : Rgb8,
                                              {},
                                              {}});
    }
    return image::tiffFileSink(output);
}

}  // namespace contone::cli
