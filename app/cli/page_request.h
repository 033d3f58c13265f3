// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PageRequest: which page of which photo: the options that render and proof share.
#pragma once

#include <optional>

#include "app/cli/context.h"
#include "app/cli/turn_options.h"
#include "app/host/command_line.h"
#include "core/inspect/inspect_photo.h"
#include "core/print/print_target.h"

namespace contone::cli {

/// As typed.
struct PageRequest {
    std::string file, product, size, setup, profile, output;
    std::string intent, lane = "fast", sharpen, medium, adjust;
    TurnOptions turn;
    std::string cube, cubeEncoding = "srgb";  ///< a .cube file, or the name of one in the shop's folder of looks
    int cubePercent = 100;
    std::string redEye;              ///< "auto", or marks "u,v,radius" apart by spaces
    std::string recipe, saveRecipe;  ///< files, as recipe_file.h says
    int dpi = 300, threads = 2;
    bool noBlackPoint = false, fit = false, fill = false, overwrite = false, turnInks = false;
    bool asSent = false;       ///< as order::PhotoChoices
    bool isImproved = false;   ///< by render::autoEnhance; what `adjust` says counts more
    bool keepsPixels = false;  ///< without product and size: a page of the photo's own pixels

    /// Adds the shared options to a command; FILE is its own.
    void addOptions(const app::Command& command);
    /// Those of them that choose a look of the shop's own, and mark red eyes.
    void addPhotoOptions(const app::Command& command);
    /// With --recipe: that nothing else is said of the page. Fails: Invalid "bad-options".
    Result<void> checkNothingBesideRecipe() const;
    /// As app::checkOutputs, for these photos and what else the options have read (a profile; `monitor`: its profile).
    Result<void> checkOutputs(const std::vector<std::string>& files, const std::vector<Path>& outputs,
                              const std::string& monitor = {}) const;
};

/// All that a render needs.
struct PreparedPage {
    inspect::PhotoReport photo;
    print::PhotoPage page;
    render::Ingredients ingredients;
};

/// With --setup: the page as the shop prints it (print::PrintTarget), but for what the options say otherwise. With
/// --profile: the same page as a file. `photo`: request.file, looked at. `depth`: of the device pixels when no printer
/// decides; `dither`: for 8 bits. Fails: Invalid "bad-size", "bad-intent", "bad-lane", "bad-sharpening", "bad-options",
/// NotFound "look-missing", and as its parts.
Result<PreparedPage> prepare(Context& context, const PageRequest& request, inspect::PhotoReport photo,
                             image::Depth depth, bool dither);

/// ASCII letters alone: "JPG" is "jpg".
std::string inLowerCase(std::string_view text);
/// "10x15cm", "152x102" (mm), "8x10in". Fails: Invalid "bad-size".
Result<PaperSize> parsePaperSize(const std::string& text);
struct SetupOfShop {
    print::PrinterSetup setup;
    icc::Profile profile;
};
/// A printer setup of the shop's, and its profile. Fails as the shop does.
Result<SetupOfShop> setupNamed(Context& context, const std::string& name);
/// A path, or the name of a bundled profile: srgb, adobe-rgb, display-p3, photo-rgb, photo-cmyk.
Result<icc::Profile> profileNamed(const std::string& nameOrPath);
/// What there is to say about a page, for --json.
nlohmann::json describe(const PreparedPage& page);

}  // namespace contone::cli
