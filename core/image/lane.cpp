// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Names of lanes.
#include "core/image/lane.h"

namespace contone::image {

const char* toString(Lane lane) {
    return lane == Lane::Fast ? "fast" : "archival";
}

Result<Lane> parseLane(std::string_view text) {
    if (text == "fast") return Lane::Fast;
    if (text == "archival") return Lane::Archival;
    return fail(Code::Invalid, "bad-lane", "The lane is \"fast\" or \"archival\".", std::string(text));
}

}  // namespace contone::image
