// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// libjpeg's error callbacks, and which of its warnings mean that the rest of a picture is missing.
#include "core/image/encoders/jpeg_trap.h"

#include <jerror.h>

#include <algorithm>

namespace contone::image {

namespace {

JpegTrap& trapOf(j_common_ptr cinfo) {
    return *reinterpret_cast<JpegTrap*>(cinfo->err);
}

[[noreturn]] void onFatal(j_common_ptr cinfo) {
    JpegTrap& trap = trapOf(cinfo);
    trap.fatal = std::max(1, trap.manager.msg_code);
    trap.manager.format_message(cinfo, trap.fatalText);
    std::longjmp(trap.jump, 1);  // NOLINT(cert-err52-cpp)
}

// The entropy decoder stands before a marker and wants more bits. It will come on again only behind a restart marker,
// or behind a byte that jpeg_resync_to_restart() throws away (below SOF0); else all that follows is flat gray.
bool staysBeforeMarker(const jpeg_decompress_struct& cinfo) {
    const int marker = cinfo.unread_marker;
    const bool isRestart = marker >= JPEG_RST0 && marker <= JPEG_RST0 + 7;
    return cinfo.restart_interval == 0 || (marker >= 0xC0 && !isRestart);
}

void onMessage(j_common_ptr cinfo, int level) {
    if (level >= 0) return;  // traces
    JpegTrap& trap = trapOf(cinfo);
    if (trap.warningText[0] == 0) trap.manager.format_message(cinfo, trap.warningText);
    if (trap.manager.msg_code == JWRN_JPEG_EOF)
        trap.fileEnded = true;
    else
        ++trap.warnings;
    if (trap.manager.msg_code == JWRN_HIT_MARKER && cinfo->is_decompressor &&
        staysBeforeMarker(*reinterpret_cast<j_decompress_ptr>(cinfo)))
        trap.pixelsEnded = true;
}

void ignoreOutput(j_common_ptr) {}

}  // namespace

JpegTrap::JpegTrap() {
    jpeg_std_error(&manager);
    manager.error_exit = onFatal;
    manager.emit_message = onMessage;
    manager.output_message = ignoreOutput;
}

}  // namespace contone::image
