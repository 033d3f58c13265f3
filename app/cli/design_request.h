// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// DesignRequest: which design of which photos on which paper: the options that sheet and template preview share.
#pragma once

#include "app/cli/context.h"
#include "app/host/command_line.h"
#include "core/design/design_page.h"
#include "core/inspect/inspect_photo.h"
#include "core/layout/template.h"

namespace contone::cli {

/// As typed.
struct DesignRequest {
    std::vector<std::string> files;
    std::string templateId, product, setup, profile = "srgb", output, adjust, lane = "fast";
    std::vector<std::string> texts;  ///< "title=Our day"
    int dpi = 300, threads = 2, quality = 95;
    bool overwrite = false;

    /// All but the photos and the template.
    void addOptions(const app::Command& command);
};

/// A template with photos and texts in it.
struct FilledTemplate {
    std::string name;
    std::vector<inspect::PhotoReport> photos;
    std::vector<std::string> files;  ///< of the photos
    layout::Layout layout;
    image::PhotoTurn turn = {};  ///< of every photo
};

struct PreparedDesign {
    std::vector<inspect::PhotoReport> photos;
    design::DesignedPage page;
    render::Ingredients ingredients;
};

/// The templates of the installation, and over them those of the shop's home, in templates/; those that cannot be read
/// are complained about. Fails as layout::readTemplates.
Result<std::map<std::string, layout::Template>> allTemplates(Context& context);
/// `name`: an id, or a file that ends in .toml. Fails: NotFound "template-unknown"; as layout::readTemplate.
Result<layout::Template> templateNamed(Context& context, const std::string& name);
/// A photo as designs see it: its shape and, where it is not turned, its faces.
layout::TemplatePhoto asSeen(Context& context, const std::string& file, const inspect::PhotoReport& photo,
                             const image::PhotoTurn& turn);
/// Looks at the PNG files of its masks. Fails: Invalid "template-file".
Result<void> readMasks(Context& context, layout::Template& of);
/// What a template with a calendar needs; nothing for others. Fails as layout::loadAlmanac.
Result<layout::Almanac> calendarsFor(Context& context, const layout::Template& of);
/// `texts`: as typed, "title=Our day". `turn`: of every photo. Frames show the faces of their photos where they are not
/// turned. Fails: Invalid "bad-options"; as inspect::inspectPhoto and layout::layOut.
Result<FilledTemplate> fillTemplate(Context& context, layout::Template of, const std::vector<std::string>& files,
                                    const std::vector<std::string>& texts, const image::PhotoTurn& turn = {});
/// With --setup: the page as that printer prints it; else a file of the product's, or the template's own, size. Says
/// what a person should know of the texts and of frames that are not sharp. Fails: Invalid "bad-options"; as its parts.
Result<PreparedDesign> prepareDesign(Context& context, const DesignRequest& request, FilledTemplate filled,
                                     image::Depth depth, bool dither);
/// A proof in sRGB, the right way up, as a PNG.
Result<void> writeProof(const PreparedDesign& design, const Path& output, int threads);

}  // namespace contone::cli
