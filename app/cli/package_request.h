// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Packages by the command line: prints of several sizes on few sheets.
#pragma once

#include "app/cli/context.h"
#include "app/cli/design_request.h"
#include "core/layout/package.h"

namespace contone::cli {

/// The pages of a package of the photos on `paper`; says how much of it is used. `package`: the id of one that ships or
/// is in packages/ of the shop's home, or prints with their number: "1*20x25cm,8*6x9cm". Fails: NotFound
/// "template-unknown"; Invalid "bad-options", "bad-size"; as layout::readPackages, layout::layOut.
Result<std::vector<FilledTemplate>> fillPackage(Context& context, const std::string& package,
                                                const std::vector<std::string>& files, PaperSize paper,
                                                const image::PhotoTurn& turn = {});
/// One line a package.
int listPackages(Context& context);

}  // namespace contone::cli
