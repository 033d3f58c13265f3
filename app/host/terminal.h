// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The one place where programs write to a terminal: what came from outside is made printable, and what could not be
// written is no success.
#pragma once

#include <cstdio>
#include <string_view>

#include "core/base/result.h"

namespace contone::app {

/// Call first in a program. A standard stream that whoever started us has closed is opened on something that refuses
/// all: a file of ours that took its number would get our words.
void openStandardStreams();
/// One line for people, printable(). `to`: stdout or stderr.
void tell(std::FILE* to, std::string_view line);
/// Several lines: only the line ends in them act.
void tellLines(std::FILE* to, std::string_view lines);
/// JSON for scripts on stdout, and a line end. What would act on a terminal is escaped as JSON has it, which changes no
/// value.
void tellJson(std::string_view json);
/// "PROGRAM: sentence", and what logs would say of it in a line below. Returns the exit code.
int complain(std::string_view program, const Error& error);
/// For ShopHost::filesClosed(), when there are any.
void tellClosed(std::string_view program, int files);
/// `exit` when all that was written to stdout arrived; otherwise says why it did not and gives that exit code.
int finishOutput(std::string_view program, int exit);

}  // namespace contone::app
