// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Letting clients in, turning them away, and the end of all of them.
#include "core/http/server.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <thread>
#include <unordered_map>
#include <utility>

#include "core/http/admission_p.h"
#include "core/http/connection_p.h"
#include "core/http/listener_p.h"

namespace contone::http {
namespace {

constexpr std::size_t scratchBytes = 64 * 1024;
/// Threads that read the BodySources: disks gain nothing from more.
constexpr int readerThreads = 2;
/// Clients that are being told that there is no room. Beyond that they see their connection closed.
constexpr std::size_t mostTurnedAway = 64;
/// Descriptors kept back, so that there are some for telling it when there are none left.
constexpr std::size_t reservedDescriptors = 8;
constexpr int acceptedInARow = 64;

rlim_t mostDescriptors() {
    rlimit files{};
    return ::getrlimit(RLIMIT_NOFILE, &files) == 0 ? files.rlim_cur : RLIM_INFINITY;
}

}  // namespace

Error busy(std::string detail) {
    return {Code::Unavailable, "server-busy", "The server has too many visitors. Try again in a moment.",
            std::move(detail)};
}

Error stopping() {
    return {Code::Unavailable, "server-stopping", "The server is stopping. Try again."};
}

ServerCore::ServerCore(Handler& theHandler, const Log& theLog, const ServerLimits& theLimits)
    : handler(theHandler),
      log(theLog),
      limits(theLimits),
      scratch(scratchBytes),
      bodyScratch(scratchBytes),
      handlers(theLimits.handlers, theLog),
      readers(readerThreads, theLog) {}

Response ServerCore::failure(const Error& error) const {
    Response response;
    try {
        response = handler.failure(error);
    } catch (...) {  // its own sentence is all that is lost
        response = {500, "text/plain"};
    }
    if (error.reason == "server-busy" || error.reason == "server-stopping") response.status = 503;
    if (error.reason == "handler-failed" || error.reason == "handler-silent") response.status = 500;
    return response;
}

struct Server::Impl final : ServerCore {
    using ServerCore::ServerCore;
    enum class Accepted { One, NobodyWaits, NotNow };

    /// Whether this descriptor is one of those that are kept for other work. The kernel gives the lowest that is free.
    bool isKept(const FileDescriptor& socket) const;
    /// How many clients are told at once that there is no room for them.
    std::size_t mostTold(const FileDescriptor& socket) const;

    void forget(Connection& connection) override;
    void listen();
    void acceptFrom(std::size_t index);
    void acceptSome(std::size_t index);
    Accepted acceptOne(const Listener& listener);
    void admit(const Listener& listener, FileDescriptor socket, const Peer& peer, std::optional<Error> refusal);
    void refillReserve();
    void beginStop();
    void noteIfEmpty();

    std::vector<Listener> listeners;
    std::vector<std::uint16_t> ports;
    std::thread thread;
    std::atomic<int> present{0};

    // The loop's.
    Admission admission{limits};
    std::vector<std::unique_ptr<Watch>> watches;
    std::vector<std::function<void()>> acceptTasks;  ///< of each listener, made while there was memory
    std::unordered_map<Connection*, std::shared_ptr<Connection>> connections;
    std::size_t turnedAway = 0;  ///< of `connections`
    std::vector<FileDescriptor> reserve;
    Timer acceptAgain{*loop};

    std::mutex mutex;
    std::condition_variable isOver;
    bool isEmpty = false;  ///< guarded by mutex: it stops, and no connection is left
};

bool Server::Impl::isKept(const FileDescriptor& socket) const {
    const rlim_t all = mostDescriptors();
    const rlim_t kept = std::min<rlim_t>(static_cast<rlim_t>(limits.keptDescriptors), all / 4);
    return kept > 0 && std::cmp_greater_equal(socket.get(), all - kept);
}

std::size_t Server::Impl::mostTold(const FileDescriptor& socket) const {
    if (isKept(socket)) return reservedDescriptors;
    return std::clamp<std::size_t>(mostDescriptors() / 16, 1, mostTurnedAway);
}

void Server::Impl::refillReserve() {
    while (reserve.size() + turnedAway < reservedDescriptors) {
        FileDescriptor spare(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        if (!spare.isOpen()) return;
        reserve.push_back(std::move(spare));
    }
}

void Server::Impl::listen() {
    refillReserve();
    for (const Listener& listener : listeners) watches.push_back(std::make_unique<Watch>(*loop, listener.fd.get()));
    for (std::size_t i = 0; i < listeners.size(); ++i) acceptTasks.emplace_back([this, i] { acceptFrom(i); });
    for (std::size_t i = 0; i < listeners.size(); ++i) acceptFrom(i);
}

void Server::Impl::acceptFrom(std::size_t index) {
    try {
        acceptSome(index);
    } catch (const std::exception& e) {  // no memory to wait with: nobody else would look at this socket again
        log.error("http-accept", {{"detail", e.what()}});
        loop->post(acceptTasks[index]);
    }
}

void Server::Impl::acceptSome(std::size_t index) {
    if (isStopping) return;
    auto accepted = Accepted::One;
    for (int i = 0; i < acceptedInARow && accepted == Accepted::One; ++i) accepted = acceptOne(listeners[index]);
    if (accepted == Accepted::NotNow)
        acceptAgain.at(SteadyClock::now() + Milliseconds(100), [this] {
            for (std::size_t i = 0; i < listeners.size(); ++i) acceptFrom(i);
        });
    else  // who still waits makes it readable at once; the connections have their turn in between
        watches[index]->onceReadable([this, index] { acceptFrom(index); });
}

Server::Impl::Accepted Server::Impl::acceptOne(const Listener& listener) {
    Peer peer;
    FileDescriptor socket = listener.accept(peer);
    if (socket.isOpen()) {
        std::optional<Error> refusal;
        try {
            if (isKept(socket))
                refusal = busy("no descriptors left");
            else if (const auto entered = admission.enter(peer); !entered)
                refusal = entered.error();
        } catch (const std::exception& e) {  // isStaff() is not ours
            refusal = busy(e.what());
        }
        admit(listener, std::move(socket), peer, std::move(refusal));
        return Accepted::One;
    }
    const int errnum = errno;
    if (errnum == EAGAIN || errnum == EWOULDBLOCK) return Accepted::NobodyWaits;
    if (errnum == EINTR || errnum == ECONNABORTED || errnum == EPROTO) return Accepted::One;
    log.error("http-accept", errorFromErrno(errnum, "accept"));
    if ((errnum != EMFILE && errnum != ENFILE) || reserve.empty()) return Accepted::NotNow;
    reserve.pop_back();
    socket = listener.accept(peer);
    if (!socket.isOpen()) {
        refillReserve();
        return Accepted::NotNow;
    }
    admit(listener, std::move(socket), peer, busy("no descriptors left"));
    return Accepted::One;
}

void Server::Impl::admit(const Listener& listener, FileDescriptor socket, const Peer& peer,
                         std::optional<Error> refusal) {
    if (refusal)
        log.warning("http-busy", {{"detail", refusal->detail},
                                  {"uid", std::int64_t{static_cast<std::int32_t>(peer.uid)}},
                                  {"client", peer.address}});
    if (refusal && turnedAway >= mostTold(socket)) return;
    std::shared_ptr<Connection> connection;
    try {
        connection = std::make_shared<Connection>(*this, std::move(socket), peer, listener.tls.get(), refusal);
        connections.emplace(connection.get(), connection);
    } catch (const std::exception& e) {
        log.error("http-connection", {{"detail", e.what()}});
        if (!refusal) admission.leave(peer);
        return;
    }
    if (refusal) ++turnedAway;
    present = admission.count();
    try {
        connection->start();
    } catch (const std::exception& e) {
        log.error("http-connection", {{"detail", e.what()}});
        connection->close();
    }
}

void Server::Impl::forget(Connection& connection) {
    if (connections.count(&connection) == 0) return;
    if (connection.isTurnedAway())
        --turnedAway;
    else
        admission.leave(connection.peer());
    present = admission.count();
    connections.erase(&connection);
    refillReserve();
    noteIfEmpty();
}

void Server::Impl::beginStop() {
    isStopping = true;
    stopAt = SteadyClock::now();
    acceptAgain.clear();
    watches.clear();
    // Who has connected is told so: nobody finds out by being cut off.
    for (Listener& listener : listeners) {
        while (acceptOne(listener) == Accepted::One) {
        }
        listener.close();
    }
    for (auto it = connections.begin(); it != connections.end();) {
        const auto connection = (it++)->second;  // it may leave the list now
        connection->stop();
    }
    noteIfEmpty();
}

void Server::Impl::noteIfEmpty() {
    if (!isStopping || !connections.empty()) return;
    const std::lock_guard guard(mutex);
    isEmpty = true;
    isOver.notify_all();
}

Result<std::unique_ptr<Server>> Server::start(const std::vector<Endpoint>& endpoints, Handler& handler, const Log& log,
                                              const ServerLimits& limits) {
    auto impl = std::make_unique<Impl>(handler, log, limits);
    for (const Endpoint& endpoint : endpoints) {
        CONTONE_TRY(Listener listener, Listener::open(endpoint));
        impl->ports.push_back(listener.port);
        impl->listeners.push_back(std::move(listener));
    }
    try {
        impl->listen();
        impl->thread = std::thread([server = impl.get()] { server->loop->run(server->log); });
    } catch (const std::system_error& e) {
        return fail(Code::Unavailable, "server-unstarted",
                    "The machine has no room for another program now. Close some, then try again.", e.what());
    }
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Result<std::unique_ptr<Server>> Server::start(const Path& socket, Handler& handler, const Log& log,
                                              const ServerLimits& limits) {
    return start(std::vector<Endpoint>{UnixEndpoint{socket}}, handler, log, limits);
}

Server::Server(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Server::~Server() {
    stop();
}

void Server::stop() {
    if (!m_impl->thread.joinable()) return;
    m_impl->loop->post([server = m_impl.get()] { server->beginStop(); });
    {
        std::unique_lock lock(m_impl->mutex);
        m_impl->isOver.wait(lock, [&] { return m_impl->isEmpty; });
    }
    m_impl->handlers.finish();  // those whose clients left before
    m_impl->readers.finish();
    m_impl->loop->quit();
    m_impl->thread.join();
    m_impl->loop->drain();
    m_impl->listeners.clear();
}

int Server::connections() const {
    return m_impl->present;
}

std::uint16_t Server::port(std::size_t endpoint) const {
    return m_impl->ports.at(endpoint);
}

}  // namespace contone::http
