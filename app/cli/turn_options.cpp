// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Words and degrees.
#include "app/cli/turn_options.h"

#include <charconv>
#include <cmath>

namespace contone::cli {

void TurnOptions::addOptions(const app::Command& command) {
    command.option("--turn", turn, "right, left or half").oneOf({"right", "left", "half"});
    command.flag("--mirror", isMirrored, "Left and right change places, after --turn");
    command.option("--straighten", straighten, "Degrees clockwise, -15 to 15; what sticks out is cut off");
}

Result<image::PhotoTurn> TurnOptions::parse() const {
    using enum image::Orientation;
    image::PhotoTurn made{turn == "right"  ? Rotate90
                          : turn == "left" ? Rotate270
                          : turn == "half" ? Rotate180
                                           : Upright,
                          0};
    if (isMirrored) made.by = image::then(made.by, MirrorHorizontal);
    if (straighten.empty()) return made;
    const char *begin = straighten.data(), *end = begin + straighten.size();
    double degrees = 0;
    const auto read = std::from_chars(begin + (*begin == '+' ? 1 : 0), end, degrees);
    if (read.ec != std::errc{} || read.ptr != end || !(std::abs(degrees) <= image::PhotoTurn::most / 100.0))
        return fail(Code::Invalid, "bad-turn", "Write --straighten as degrees from -15 to 15, as in 1.5.", straighten);
    made.straighten = static_cast<int>(std::lround(degrees * 100));
    return made;
}

}  // namespace contone::cli
