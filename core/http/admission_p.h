// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Admission: how many clients there are, in all and of one peer, and whether one more may come in.
#pragma once

#include <map>
#include <string>

#include "core/http/server.h"

namespace contone::http {

/// One thread.
class Admission {
  public:
    explicit Admission(const ServerLimits& limits) : m_limits(limits) {}

    /// Counts `peer` in, or says why not.
    Result<void> enter(const Peer& peer);
    void leave(const Peer& peer);
    int count() const { return m_count; }

  private:
    int mostOfOneProcess() const;  ///< 0: no limit
    const ServerLimits& m_limits;
    int m_count = 0;
    std::map<std::string, int> m_ofPeer;
    std::map<pid_t, int> m_ofProcess;
};

}  // namespace contone::http
