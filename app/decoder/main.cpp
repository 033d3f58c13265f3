// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-decoder: reads the photos that people bring, locked down. Only other Contone programs start it.
#include "core/decode/worker/zygote.h"

int main(int argc, char** argv) {
    return contone::decode::runZygote(argc, argv, contone::decode::narrowCodecs());
}
