// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The loop on Boost.Asio: epoll, timers and the queue of tasks are Asio's.
#include "core/http/loop_p.h"

// Asio's fences order what one thread posts and another runs. Its queue has a mutex that does so too, and
// ThreadSanitizer knows no fences.
#define BOOST_ASIO_DISABLE_FENCED_BLOCK

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>

namespace contone::http {

namespace asio = boost::asio;
using boost::system::error_code;

struct Loop::Impl {
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard{io.get_executor()};
};

Loop::Loop() : m_impl(std::make_unique<Impl>()) {}
Loop::~Loop() = default;

void Loop::run(const Log& log) {
    for (;;) {
        try {
            m_impl->io.run();
            return;
        } catch (const std::exception& e) {
            log.error("http-loop", {{"detail", e.what()}});
        }
    }
}

void Loop::quit() {
    m_impl->io.stop();
}

void Loop::drain() {
    m_impl->io.restart();
    m_impl->io.poll();
}

void Loop::post(const std::function<void()>& task) noexcept {
    for (;;) {
        try {
            asio::post(m_impl->io, task);
            return;
        } catch (const std::bad_alloc&) {
            std::this_thread::sleep_for(Milliseconds(5));
        }
    }
}

struct Watch::Impl {
    Impl(Loop& loop, int fd) : descriptor(loop.impl().io, fd) {}
    asio::posix::stream_descriptor descriptor;
    bool isWaiting[3] = {};
};

namespace {

template <class Shared>
void waitOnce(const Shared& watch, asio::posix::stream_descriptor::wait_type what, std::function<void()> then) {
    if (watch->isWaiting[what]) return;
    watch->descriptor.async_wait(what, [watch, what, call = std::move(then)](error_code ec) {
        watch->isWaiting[what] = false;
        if (ec != asio::error::operation_aborted) call();
    });
    watch->isWaiting[what] = true;
}

}  // namespace

Watch::Watch(Loop& loop, int fd) : m_impl(std::make_shared<Impl>(loop, fd)) {}

Watch::~Watch() {
    m_impl->descriptor.release();  // out of epoll; not closed
}

void Watch::onceReadable(std::function<void()> then) {
    waitOnce(m_impl, asio::posix::stream_descriptor::wait_read, std::move(then));
}

void Watch::onceWritable(std::function<void()> then) {
    waitOnce(m_impl, asio::posix::stream_descriptor::wait_write, std::move(then));
}

void Watch::onceHungUp(std::function<void()> then) {
    waitOnce(m_impl, asio::posix::stream_descriptor::wait_error, std::move(then));
}

struct Timer::Impl {
    explicit Impl(Loop& loop) : timer(loop.impl().io) {}
    asio::steady_timer timer;
};

Timer::Timer(Loop& loop) : m_impl(std::make_shared<Impl>(loop)) {}
Timer::~Timer() {
    clear();
}

void Timer::at(SteadyClock::time_point time, std::function<void()> then) {
    m_impl->timer.expires_at(time);
    m_impl->timer.async_wait([watched = m_impl, call = std::move(then)](error_code ec) {
        if (!ec) call();
    });
}

void Timer::clear() {
    m_impl->timer.cancel();
}

}  // namespace contone::http
