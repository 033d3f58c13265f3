// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The studio's look: neutral greys only, so that nothing near the picture changes how its colours are seen.
#pragma once

class QApplication;

namespace contone::studio {

/// Sets Fusion, a palette of greys, the style sheet, and Inter where it is installed. Colours and sizes are those of
/// resources/tokens.toml; panels that paint take them from "ui/studio/tokens.h", which the build makes of it.
void applyStyle(QApplication& application);

}  // namespace contone::studio
