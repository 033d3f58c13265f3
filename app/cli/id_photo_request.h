// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// IdPhotoRequest: a sheet of photos for a passport, visa or identity card: the options that sheet and order add share.
#pragma once

#include "app/cli/context.h"
#include "app/cli/design_request.h"
#include "app/host/command_line.h"
#include "core/layout/id_sheet.h"

namespace contone::cli {

/// As typed.
struct IdPhotoRequest {
    std::string document, marks;

    app::Option addOptions(const app::Command& command);
};

/// The sheet on `paper`. The head is where the finder of faces saw it, or where --marks says; a head that is askew by
/// half a degree and more is straightened. Says how large it comes out, and what a person should look at. Fails:
/// NotFound "template-unknown"; Invalid "bad-options", "id-photo-no-face"; as placeHead and idSheet.
Result<FilledTemplate> fillIdSheet(Context& context, const IdPhotoRequest& request, const std::string& file,
                                   PaperSize paper, layout::Guides guides);
/// One line a document.
int listIdDocuments(Context& context);

}  // namespace contone::cli
