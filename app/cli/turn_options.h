// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TurnOptions: how a photo is turned and straightened, as typed.
#pragma once

#include <string>

#include "app/host/command_line.h"
#include "core/image/photo_turn.h"

namespace contone::cli {

struct TurnOptions {
    std::string turn;        ///< "right", "left", "half"; else not at all
    std::string straighten;  ///< degrees, clockwise
    bool isMirrored = false;

    void addOptions(const app::Command& command);
    /// Fails: Invalid "bad-turn".
    Result<image::PhotoTurn> parse() const;
};

}  // namespace contone::cli
