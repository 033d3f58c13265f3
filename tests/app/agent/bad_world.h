// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// BadWorld: the disk and the clock of an agent under test, changed while it runs.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include "tests/app/agent/agent_bench.h"

namespace contone::testing {

class BadWorld {
  public:
    explicit BadWorld(Path file) : m_file(std::move(file)) { write({}); }
    /// For AgentBench::setAgentEnvironment.
    std::map<std::string, std::string> environment() const {
        return {{"LD_PRELOAD", CONTONE_BAD_WORLD_LIBRARY},
                {"CONTONE_BAD_WORLD", m_file.string()},
                {"ASAN_OPTIONS", "verify_asan_link_order=0"}};
    }
    void fillDisk() {
        m_now.diskIsFull = 1;
        write(m_now);
    }
    void freeDisk() {
        m_now.diskIsFull = 0;
        write(m_now);
    }
    void silenceNameServer() {
        m_now.nameServerIsSilent = 1;
        write(m_now);
    }
    void setClockOffset(std::chrono::milliseconds offset) {
        m_now.clockOffsetMs = offset.count();
        write(m_now);
    }

  private:
    struct World {  // as in bad_world.c
        std::int64_t clockOffsetMs = 0, diskIsFull = 0, nameServerIsSilent = 0;
    };
    void write(const World& world) const {
        // In place: the agent has it mapped.
        const FileDescriptor fd(::open(m_file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
        if (!fd.isOpen() || ::pwrite(fd.get(), &world, sizeof world, 0) != static_cast<ssize_t>(sizeof world))
            std::abort();
    }
    Path m_file;
    World m_now;
};

}  // namespace contone::testing
