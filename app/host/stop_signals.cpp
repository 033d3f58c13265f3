// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A thread that waits may do at a signal what a handler may not.
#include "app/host/stop_signals.h"

#include <pthread.h>
#include <unistd.h>

#include <thread>

#include "core/base/file.h"

namespace contone::app {

StopSignals::StopSignals() {
    sigemptyset(&m_set);
    for (const int one : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before{};
        if (::sigaction(one, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) sigaddset(&m_set, one);
    }
    ::pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
}

int StopSignals::wait() const {
    int which = SIGTERM;
    ::sigwait(&m_set, &which);
    return which;
}

void removeUnfinishedFilesWhenStopped() {
    const StopSignals signals;
    std::thread([signals] {
        const int which = signals.wait();
        PendingFile::removeAll();
        sigset_t one;
        sigemptyset(&one);
        sigaddset(&one, which);
        ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
        ::raise(which);  // nobody handles it: whoever started us sees which it was
        ::_exit(128 + which);
    }).detach();
}

}  // namespace contone::app
