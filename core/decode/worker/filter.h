// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which system calls a decoder child may make. The lists are the policy: everything else kills the process.
#pragma once

#include <linux/filter.h>

#include <span>
#include <vector>

#include "core/base/result.h"

namespace contone::decode {

struct AllowedCall {
    const char* name;
    const char* why;
};
/// What a child that reads a photo may do. At most 45; no open, socket, exec, fork, kill, and no
/// threads: codecs are told to use none.
std::span<const AllowedCall> childCalls();
/// What the zygote may do beside: fork, watch and confine children. It never sees a customer's bytes.
std::span<const AllowedCall> zygoteCalls();
/// Questions that libraries ask of the system. They are not answered (EACCES), but asking does not kill.
std::span<const AllowedCall> unansweredCalls();

enum class Stage { Zygote, Child };
/// A compiled filter: loaded as it is, so that a child costs no compilation.
class Filter {
  public:
    /// Fails: Internal "sandbox" with what libseccomp says.
    static Result<Filter> compile(Stage stage);
    /// For this process, for good; a second filter only narrows the first. Fails: Internal "sandbox".
    Result<void> load() const;

  private:
    std::vector<sock_filter> m_program;
};

}  // namespace contone::decode
