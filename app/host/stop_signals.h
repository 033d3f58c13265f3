// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The signals by which a terminal, a service manager or a person ends a program.
#pragma once

#include <signal.h>

namespace contone::app {

/// Blocks SIGINT, SIGTERM and SIGHUP for this thread and those that it starts; those that were ignored before (nohup)
/// stay so. Make it before the first thread.
class StopSignals {
  public:
    StopSignals();
    /// Returns the next that arrives.
    int wait() const;

  private:
    sigset_t m_set{};
};

/// From now on a stop signal ends this program as it would have, but unfinished output files are removed first. Call it
/// before the first thread.
void removeUnfinishedFilesWhenStopped();

}  // namespace contone::app
