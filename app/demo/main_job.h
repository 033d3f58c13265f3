// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// MainJob: from photos to proven prints, one told step after the other.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/demo/contact_sheet.h"
#include "app/demo/virtual_shop.h"
#include "core/catalog/product.h"
#include "core/decode/decoder.h"
#include "core/print/printer_model.h"

namespace contone::demo {

struct JobOptions {
    std::vector<Path> photos;
    Path out;  ///< contone-run.png and colour-record.json go here
    std::string product = "10x15";
};

/// A line for people, written at once.
using Tell = std::function<void(const std::string& line)>;

struct JobResult {
    std::vector<ContactRow> rows;       ///< one for each sheet that came out, equal or not
    bool allEqual = false;              ///< every captured sheet equals its rendered page, pixel by pixel
    std::string recordJson;             ///< the colour record of every sheet
    std::vector<std::string> problems;  ///< photos that did not come out as rendered, and why
};

/// `decoder` reads the photos. Fails when the job itself cannot be done; a photo that is refused is a problem, the
/// others go on.
Result<JobResult> runMainJob(VirtualShop& place, decode::Decoder& decoder, const catalog::Catalog& catalog,
                             const print::Models& models, const JobOptions& options, const Tell& tell);

}  // namespace contone::demo
