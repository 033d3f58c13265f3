// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Package: prints of several sizes of one photo, sold together and laid on few sheets of one paper.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/layout/template.h"

namespace contone::layout {

struct Package {
    struct Prints {
        PaperSize size;  ///< upright; a photo that is wider than high lies on its side
        int count = 1;   ///< 1…100
        bool operator==(const Prints&) const = default;
    };
    static constexpr int mostPrints = 500;  ///< of one photo
    std::string id, name;
    std::vector<Prints> prints;
    bool operator==(const Package&) const = default;
};

/// Those of a folder, by id; one that cannot be read is told (Invalid "package-file" with file, line and key) and the
/// others go on. Fails: NotFound "package-files-missing" when there is none.
struct Packages {
    std::map<std::string, Package> byId;
    std::vector<Error> refused;
};
Result<Packages> readPackages(const Path& folder);

struct PackagePages {
    struct Page {
        Layout layout;            ///< of the paper's size, upright or on its side; white between the prints
        std::vector<int> photos;  ///< which of the photos it shows, in the order of PhotoFrame::photo
    };
    std::vector<Page> pages;
    double use = 0;  ///< 0…1: prints by paper, as Nesting::use
};
/// All prints of all photos. With 2 mm between them where that costs no sheet; each cut goes from edge to edge. Frames
/// show the largest part that keeps their photo's faces. Fails: Invalid "package-paper" when a print is larger than
/// the paper, "template-photos" when there is no photo, or too many; as nest.
Result<PackagePages> layOut(const Package& package, const std::vector<TemplatePhoto>& photos, PaperSize paper);

}  // namespace contone::layout
