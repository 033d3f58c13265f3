// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Files that never change, copied once.
#pragma once

#include "core/base/file_port.h"

namespace contone::backup {

/// Copies `from` to the new name `to`: written beside, synced, renamed. The folder of `to` is not synced. Fails as
/// files do.
Result<void> copyFile(const Path& from, const Path& to);
/// The files of a key ring, to a folder that has no others afterwards, as they are at one moment: while the ring writes
/// files anew it begins again. Answers how many. Fails too: Unavailable "store-busy".
Result<int> copyKeys(const Path& from, const Path& to);
/// All ordinary files of a folder, to one that exists; a file that is there with the same size and head stays. Folders
/// in it too, one deep. What goes away meanwhile is left out. Syncs each folder that got a name. Answers how many were
/// copied.
Result<int> copyNewFiles(const Path& from, const Path& to);

}  // namespace contone::backup
