// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TaskQueue: one thread that does what it is asked, in order.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace contone::ui {

/// Tasks may be added from any thread. The destructor lets the task in hand finish and drops the others.
class TaskQueue {
  public:
    TaskQueue() : m_thread([this] { run(); }) {}
    ~TaskQueue();
    TaskQueue(const TaskQueue&) = delete;
    TaskQueue& operator=(const TaskQueue&) = delete;
    void add(std::function<void()> task);

  private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_tasks;
    bool m_stop = false;
    std::thread m_thread;
};

}  // namespace contone::ui
