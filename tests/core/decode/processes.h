// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a test may count: this process's open descriptors and its descendants that still run.
#pragma once

#include <dirent.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace contone::decode::test {

inline int openDescriptors() {
    int count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
    return count;
}

/// Numbers of all processes below `pid` that are not zombies.
inline std::vector<int> descendants(int pid) {
    std::vector<int> all;
    std::error_code gone;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task", gone)) {
        std::ifstream children(task.path() / "children");
        for (int child = 0; children >> child;) {
            std::ifstream stat("/proc/" + std::to_string(child) + "/stat");
            std::string line;
            std::getline(stat, line);
            const auto state = line.rfind(") ");
            if (state != std::string::npos && line[state + 2] != 'Z') all.push_back(child);
            const auto below = descendants(child);
            all.insert(all.end(), below.begin(), below.end());
        }
    }
    return all;
}

/// Waits until `condition` holds, at most `most`.
template <class Condition>
bool soon(const Condition& condition, std::chrono::milliseconds most = std::chrono::seconds(3)) {
    const auto end = std::chrono::steady_clock::now() + most;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

}  // namespace contone::decode::test
