// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Listening: whose socket it is, who may come in, and ending all threads.
#include "core/http/server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <list>
#include <mutex>
#include <system_error>
#include <thread>

#include "core/http/connection_p.h"

namespace contone::http {
namespace {

constexpr mode_t ownerAndGroup = 0660;
constexpr int backlog = 64;

std::unexpected<Error> inUse(const Path& socket) {
    return fail(Code::Conflict, "socket-in-use",
                "Another Contone agent is already running here. Use that one or stop it.", socket.string());
}

Result<sockaddr_un> addressOf(const Path& socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = socket.string();
    if (name.size() >= sizeof address.sun_path)
        return fail(Code::Invalid, "socket-path-long", "The path of the socket is too long. Choose a shorter folder.",
                    name);
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    return address;
}

/// The lock that the kernel releases when its holder dies, however it dies.
Result<FileDescriptor> lockFor(const Path& socket) {
    const std::string name = socket.string() + ".lock";
    FileDescriptor lock(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock.isOpen()) return fail(errorFromErrno(errno, "open " + name));
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return inUse(socket);
    return lock;
}

/// Removes what a dead server left. With the lock held nobody else is between these calls.
Result<void> removeStale(const Path& socket, const sockaddr_un& address) {
    struct stat facts{};
    if (::lstat(socket.c_str(), &facts) != 0) {
        if (errno == ENOENT) return {};
        return fail(errorFromErrno(errno, "stat " + socket.string()));
    }
    if (!S_ISSOCK(facts.st_mode))
        return fail(Code::Conflict, "socket-path-taken",
                    "There is a file where the agent's socket should be. Move it away.", socket.string());
    FileDescriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!probe.isOpen()) return fail(errorFromErrno(errno, "socket"));
    if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 || errno == EAGAIN)
        return inUse(socket);
    if (::unlink(socket.c_str()) != 0) return fail(errorFromErrno(errno, "remove " + socket.string()));
    return {};
}

Result<FileDescriptor> listenAt(const Path& socket, const sockaddr_un& address) {
    FileDescriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!listener.isOpen()) return fail(errorFromErrno(errno, "socket"));
    // The new file gets the socket's mode less the umask: never open to others, not even between bind and chmod.
    ::fchmod(listener.get(), ownerAndGroup);
    if (::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return fail(errorFromErrno(errno, "bind " + socket.string()));
    if (::chmod(socket.c_str(), ownerAndGroup) != 0 || ::listen(listener.get(), backlog) != 0) {
        const int errnum = errno;
        ::unlink(socket.c_str());
        return fail(errorFromErrno(errnum, "listen " + socket.string()));
    }
    return listener;
}

}  // namespace

struct Server::Impl {
    struct Visitor {
        std::thread thread;
        bool isGone = false;
    };

    Impl(Handler& handler, const Log& theLog, const ServerLimits& theLimits, FileDescriptor stop)
        : log(theLog),
          limits(theLimits),
          stopEvent(std::move(stop)),
          settings{handler, log, limits, stopEvent.get(), stopping} {}

    void acceptAll();
    void admit(FileDescriptor peer);
    void sweep();

    Log log;
    ServerLimits limits;
    FileDescriptor stopEvent;  ///< never read: once written, every poll on it returns at once
    CancelToken stopping;
    ConnectionSettings settings;
    Path path;
    FileDescriptor lock, listener;
    std::thread acceptor;
    mutable std::mutex mutex;
    std::list<Visitor> visitors;  ///< guarded by mutex; a list, for its threads keep their own node
    int present = 0;              ///< guarded by mutex
};

void Server::Impl::sweep() {
    std::list<Visitor> gone;
    {
        const std::lock_guard guard(mutex);
        for (auto it = visitors.begin(); it != visitors.end();) {
            const auto next = std::next(it);
            if (it->isGone) gone.splice(gone.end(), visitors, it);
            it = next;
        }
    }
    for (Visitor& visitor : gone) visitor.thread.join();
}

void Server::Impl::admit(FileDescriptor peer) {
    const std::lock_guard guard(mutex);
    if (present >= limits.connections) {
        turnAway(std::move(peer), settings);
        return;
    }
    Visitor& visitor = visitors.emplace_back();
    try {
        visitor.thread = std::thread([this, &visitor, socket = std::move(peer)]() mutable {
            serveConnection(std::move(socket), settings);
            const std::lock_guard inner(mutex);
            visitor.isGone = true;
            --present;
        });
        ++present;
    } catch (const std::system_error& e) {  // no more threads: the peer sees its connection close and tries again
        visitors.pop_back();
        log.error("http-thread", {{"detail", e.what()}});
    }
}

void Server::Impl::acceptAll() {
    for (;;) {
        pollfd fds[2] = {{listener.get(), POLLIN, 0}, {stopEvent.get(), POLLIN, 0}};
        const int ready = ::poll(fds, 2, 1000);
        sweep();
        if (fds[1].revents != 0) return;
        if (ready <= 0) continue;
        FileDescriptor peer(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (peer.isOpen()) {
            admit(std::move(peer));
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            log.error("http-accept", errorFromErrno(errno, "accept"));
            ::poll(fds + 1, 1, 100);  // the caller stays in the backlog until a descriptor is free
        }
    }
}

Result<std::unique_ptr<Server>> Server::start(const Path& socket, Handler& handler, const Log& log,
                                              const ServerLimits& limits) {
    CONTONE_TRY(const sockaddr_un address, addressOf(socket));
    CONTONE_TRY(FileDescriptor lock, lockFor(socket));
    CONTONE_CHECK(removeStale(socket, address));
    FileDescriptor stop(::eventfd(0, EFD_CLOEXEC));
    if (!stop.isOpen()) return fail(errorFromErrno(errno, "eventfd"));
    CONTONE_TRY(FileDescriptor listener, listenAt(socket, address));
    auto impl = std::make_unique<Impl>(handler, log, limits, std::move(stop));
    impl->path = socket;
    impl->lock = std::move(lock);
    impl->listener = std::move(listener);
    impl->acceptor = std::thread([&server = *impl] { server.acceptAll(); });
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Server::~Server() {
    stop();
}

void Server::stop() {
    if (!m_impl->acceptor.joinable()) return;
    m_impl->stopping.cancel();
    const std::uint64_t one = 1;
    // An eventfd at 0 takes a 1 without blocking; it cannot fail.
    [[maybe_unused]] const ssize_t written = ::write(m_impl->stopEvent.get(), &one, sizeof one);
    m_impl->acceptor.join();
    ::unlink(m_impl->path.c_str());  // still ours: we hold the lock
    m_impl->listener.reset();
    for (auto& visitor : m_impl->visitors) visitor.thread.join();
    m_impl->visitors.clear();
    m_impl->lock.reset();
}

int Server::connections() const {
    const std::lock_guard guard(m_impl->mutex);
    return m_impl->present;
}

}  // namespace contone::http
