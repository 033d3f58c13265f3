// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The table. A number, once released, keeps its meaning; a test holds it equal to docs/cli.md.
#include "app/host/exit_codes.h"

#include <algorithm>

namespace contone::app {
namespace {

constexpr ExitCode table[] = {
    // the photo or file
    {10, "photo-empty"},
    {11, "photo-format"},
    {12, "photo-truncated"},
    {13, "photo-damaged"},
    {14, "photo-too-large"},
    {15, "photo-too-many-scans"},
    {16, "photo-12-bit"},
    {18, "photo-changed"},
    {19, "file-missing"},
    {20, "file-is-folder"},
    {21, "not-a-file"},
    {22, "file-too-large"},
    {23, "medium-removed"},
    {24, "original-missing"},
    {25, "original-damaged"},
    {26, "folder-missing"},
    {27, "photo-changed-while-copying"},
    {28, "photo-feature"},
    {29, "photo-no-picture"},
    // colour profiles
    {30, "profile-damaged"},
    {31, "profile-version"},
    {32, "profile-class"},
    {33, "profile-no-input"},
    {34, "profile-no-output"},
    {35, "profile-channels"},
    {36, "profile-changed"},
    {37, "png-no-cmyk"},
    {38, "png-profile"},
    {39, "jpeg-too-large"},
    // words that are not understood
    {40, "bad-options"},
    {41, "bad-size"},
    {42, "bad-intent"},
    {43, "bad-lane"},
    {236, "inks-known"},
    {44, "bad-output"},
    {45, "bad-copies"},
    {46, "bad-crop"},
    {47, "bad-id"},
    {48, "bad-route"},
    {49, "bad-printer-uri"},
    {50, "bad-setup-name"},
    {51, "bad-outcome"},
    {52, "no-room"},
    {53, "raster-size"},
    {54, "bad-calibration"},
    // things that are not known
    {55, "product-unknown"},
    {56, "model-unknown"},
    {57, "medium-unknown"},
    {58, "finish-unknown"},
    {59, "setup-unknown"},
    {60, "order-unknown"},
    {61, "sheet-unknown"},
    {62, "product-file"},
    {63, "printer-model-file"},
    {232, "order-file"},
    // the order and its sheets
    {65, "setup-unverified"},
    {66, "setup-refused"},
    {67, "setup-changed"},
    {68, "already-printing"},
    {69, "order-done"},
    {70, "wrong-medium"},
    {71, "sheet-in-question"},
    {72, "sheet-not-out"},
    {73, "print-not-finished"},
    {74, "sheet-moved"},
    {75, "sheet-not-final"},
    {76, "document-refused"},
    {77, "order-cancelled"},
    {78, "order-empty"},
    {79, "job-not-over"},
    {228, "order-too-large"},
    {222, "sheet-came-out"},
    // the printer
    {80, "printer-unreachable"},
    {81, "queue-missing"},
    {82, "not-accepting"},
    {83, "printer-busy"},
    {84, "printer-denied"},
    {85, "route-unverifiable"},
    {86, "printer-answer"},
    {87, "raster-type"},
    {88, "raster-resolution"},
    {89, "raster-format"},
    {17, "bad-queue-name"},
    {64, "driver-raster"},
    {100, "driver-option"},
    {109, "driver-missing"},
    {219, "admin-denied"},
    {220, "bad-guard-folder"},
    // the store and the machine
    {90, "disk-full"},
    {91, "not-writable"},
    {92, "no-permission"},
    {93, "store-in-use"},
    {223, "store-missing"},
    {94, "store-damaged"},
    {95, "store-newer"},
    {229, "store-behind"},
    {230, "store-foreign"},
    {231, "store-differs"},
    {96, "store-busy"},
    {97, "io-error"},
    {224, "name-too-long"},
    {234, "home-unusable"},
    {235, "findings-unaccepted"},
    {225, "output-is-input"},
    {226, "output-exists"},
    {227, "output-twice"},
    {98, "agent-unreachable"},
    {99, "out-of-memory"},
    {101, "recipe-damaged"},
    {102, "recipe-version"},
    {103, "recipe-unknown"},
    {104, "store-error"},
    {105, "vault-busy"},
    {106, "log-not-writable"},
    {107, "order-printing"},
    {108, "bad-basis"},
    // the agent
    {110, "agent-lost"},
    {111, "agent-slow"},
    {112, "agent-denied"},
    {113, "agent-answer"},
    {114, "server-busy"},
    {115, "socket-in-use"},
    {116, "socket-path-long"},
    {117, "socket-path-taken"},
    // the readers of photos
    {118, "photo-memory"},
    {119, "photo-too-slow"},
    {120, "photo-harmful"},
    {233, "photo-file-too-large"},
    {121, "decoder-missing"},
    {122, "decoder-refused"},
    {123, "decoder-lost"},
    {245, "face-finder-missing"},
    // folders
    {124, "not-a-folder"},
    // pages
    {193, "bad-sharpening"},
    {194, "sheet-not-rendered"},
    // the print room; 126 to 192 belong to the shell
    {200, "job-unknown"},
    {201, "job-over"},
    {202, "same-setup"},
    {203, "pool-unknown"},
    {204, "bad-priority"},
    {205, "bad-reprint-reason"},
    {206, "bad-cost-owner"},
    {207, "bad-low-prints"},
    {208, "not-enough"},
    {209, "calibration-too-small"},
    {210, "bad-reading"},
    {211, "readings-disagree"},
    {212, "scan-no-marks"},
    {213, "scan-wrong-size"},
    {214, "scan-tilted"},
    {215, "scan-bent"},
    {216, "scan-edges"},
    {217, "scan-of-pieces"},
    {218, "bad-colour"},
    {250, "printer-host-long"},
    // who asks
    {221, "not-allowed"},
};

}  // namespace

std::span<const ExitCode> exitCodes() {
    return table;
}

int exitCodeOf(const Error& error) {
    const auto found = std::ranges::find(table, error.reason, &ExitCode::reason);
    return found == std::end(table) ? exitInternal : found->number;
}

}  // namespace contone::app
