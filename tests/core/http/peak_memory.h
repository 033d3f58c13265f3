// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PeakMemory: how much more memory this process had resident at its worst since a moment (proc(5): VmHWM).
#pragma once

#include <malloc.h>

#include <fstream>
#include <string>

namespace contone {

/// A sanitizer keeps shadows of all memory, and freed blocks: bounds of memory are this many times as wide there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long memoryFactor = 8;
#else
constexpr long memoryFactor = 1;
#endif

class PeakMemory {
  public:
    /// Gives freed memory back first, so that it cannot hide new use.
    PeakMemory() {
        ::malloc_trim(0);
        std::ofstream("/proc/self/clear_refs") << "5" << std::flush;
        m_before = peakKb();
    }
    long grownKb() const { return peakKb() - m_before; }

  private:
    static long peakKb() {
        std::ifstream status("/proc/self/status");
        for (std::string line; std::getline(status, line);)
            if (line.rfind("VmHWM:", 0) == 0) return std::stol(line.substr(6));
        return 1'000'000'000;
    }
    long m_before = 0;
};

}  // namespace contone
