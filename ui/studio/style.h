// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The studio's look: neutral greys only, so that nothing near the picture changes how its colours are seen.
#pragma once

class QApplication;

namespace contone::studio {

/// The surround of the picture, of 255: about L* 50, as viewing conditions for proofs ask for a neutral mid grey.
constexpr int surroundGray = 119;

/// Fusion, a palette of greys, the style sheet, and Inter where it is installed.
void applyStyle(QApplication& application);

}  // namespace contone::studio
