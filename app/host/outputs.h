// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// checkOutputs: the one place that decides where a program may write what it makes. Asked before anything is read.
#pragma once

#include <span>

#include "core/base/file.h"

namespace contone::app {

enum class Existing { Stays, IsReplaced };
/// Whether "a.jpg" and "A.JPG" are two files or one.
enum class NameCase { Tells, IsFolded };

/// What the file system of a folder does with names, by its kind and, on Linux file systems that can do both, by the
/// folder. FAT, exFAT, NTFS, HFS+ and network shares fold; so does what is not known. `folder` need not exist: its
/// nearest parent that does decides.
NameCase nameCaseOf(const Path& folder);
/// Whether both names are one in a folder that folds: each character by its simple upper case, as FAT and exFAT do.
bool isSameFolded(std::string_view a, std::string_view b);

/// No output is one of the inputs: not by another name, not through a link, not by a name that the file system takes
/// for the same. No two outputs are one file. With Existing::Stays no output is there yet.
/// Fails: Conflict "output-is-input", "output-twice", "output-exists"; errorFromErrno.
Result<void> checkOutputs(std::span<const Path> inputs, std::span<const Path> outputs, Existing existing);

}  // namespace contone::app
