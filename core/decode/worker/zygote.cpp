// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Waits for orders, forks, and tells how children ended.
#include "core/decode/worker/zygote.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/base/sha256.h"
#include "core/decode/channel.h"
#include "core/decode/messages.h"
#include "core/decode/worker/lockdown.h"
#include "core/decode/worker/serve.h"
#include "core/image/photo_problem.h"

namespace contone::decode {
namespace {

constexpr int kControl = 3;  // the zygote's socket; a child has its own in the same place
constexpr std::size_t mostChildren = 200;

struct Arguments {
    std::int64_t maxMemory = 0;
    Locks locks = Locks::All;
    Path faceModel;
};

/// A child that was forked: to see its end, and to tell it on its socket.
struct Forked {
    FileDescriptor process, socket;
};

class Loop {
  public:
    Loop(const Service& service, const Filter& filter, Locks locks)
        : m_service(service), m_filter(filter), m_locks(locks), m_self(::getpid()) {}
    int run();

  private:
    void bury(Forked& child);
    bool obey();
    void spawn(const Spawn& order, std::vector<FileDescriptor>& descriptors);
    [[noreturn]] void beChild(const Spawn& order, std::vector<FileDescriptor>& descriptors);
    void answer(std::span<const std::byte> packet, std::span<const int> descriptors = {}) {
        sendPacket(kControl, packet, descriptors, Patience::Wait);
    }

    const Service& m_service;
    const Filter& m_filter;
    Locks m_locks;
    int m_self;
    std::vector<Forked> m_children;
    std::array<std::byte, 1024> m_buffer{};
};

int Loop::run() {
    for (;;) {
        std::vector<pollfd> waits{{kControl, POLLIN, 0}};
        for (const Forked& child : m_children) waits.push_back({child.process.get(), POLLIN, 0});
        if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) return 1;
        for (std::size_t i = 0; i < m_children.size(); ++i)
            if (waits[i + 1].revents != 0) bury(m_children[i]);
        std::erase_if(m_children, [](const Forked& child) { return !child.process.isOpen(); });
        if (waits[0].revents != 0 && !obey()) return 0;
    }
}

void Loop::bury(Forked& child) {
    siginfo_t how{};
    if (::waitid(P_PIDFD, static_cast<id_t>(child.process.get()), &how, WEXITED) == 0)
        sendPacket(child.socket.get(), compose(Ended{how.si_code, how.si_status}), {}, Patience::Never);
    child = {};
}

/// One order; false when the program is gone.
bool Loop::obey() {
    Packet packet = receivePacket(kControl, m_buffer, TakeDescriptors::Yes, Patience::Never);
    if (packet.error == EAGAIN) return true;
    if (packet.error != 0 || packet.bytes.empty()) return false;
    const auto order = parse<Spawn>(packet.bytes);
    const std::size_t due = order && order->purpose == Purpose::Photo ? 2 : 1;
    if (!order || packet.descriptors.size() != due)
        answer(compose(NotSpawned{"the order is not understood"}));
    else if (m_children.size() >= mostChildren)
        answer(compose(NotSpawned{"too many photos are open"}));
    else
        spawn(*order, packet.descriptors);
    return true;
}

void Loop::spawn(const Spawn& order, std::vector<FileDescriptor>& descriptors) {
    const pid_t pid = ::fork();
    if (pid < 0) return answer(compose(NotSpawned{std::string("fork: ") + std::strerror(errno)}));
    if (pid == 0) beChild(order, descriptors);
    // Not waited for yet, so the number is the child's even if it is dead already.
    FileDescriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    const std::array<int, 1> going{process.get()};
    if (!process.isOpen()) {
        descriptors.clear();  // hangs up: the child ends by itself
        ::waitpid(pid, nullptr, 0);
        return answer(compose(NotSpawned{"pidfd_open failed"}));
    }
    answer(compose(Spawned{}), going);
    m_children.push_back({std::move(process), std::move(descriptors.front())});
}

/// Nothing of the zygote's stays open: a child knows its own socket (3) and its photo (4).
void Loop::beChild(const Spawn& order, std::vector<FileDescriptor>& descriptors) {
    constexpr int photo = 4;
    const bool hasPhoto = order.purpose == Purpose::Photo;
    if (::dup2(descriptors[0].get(), kControl) < 0) ::_exit(3);
    if (hasPhoto && ::dup2(descriptors[1].get(), photo) < 0) ::_exit(3);
    ::close_range(hasPhoto ? photo + 1 : photo, ~0U, 0);
    if (!lockChild(m_self, order.cpuSeconds, m_filter, m_locks)) ::_exit(4);
    if (hasPhoto) servePhoto(m_service, kControl, FileDescriptor(photo));
    if (order.purpose == Purpose::Faces) serveFaces(m_service, kControl);
    serveThumbnails(m_service, kControl);
}

std::optional<Arguments> read(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--memory" && i + 1 < argc)
            arguments.maxMemory = std::atoll(argv[++i]);
        else if (word == "--face-model" && i + 1 < argc)
            arguments.faceModel = argv[++i];
        else if (word == "--unconfined")
            arguments.locks = Locks::NoFilters;
        else
            return std::nullopt;
    }
    int type = 0;
    socklen_t size = sizeof type;
    if (::getsockopt(kControl, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_SEQPACKET) return std::nullopt;
    if (arguments.maxMemory <= 0) return std::nullopt;
    return arguments;
}

Result<Filter> lockDown(const Arguments& arguments) {
    CONTONE_TRY(Filter filter, Filter::compile(Stage::Child));
    ::dup2(0, 2);  // complaints lead nowhere from now on
    CONTONE_CHECK(lockZygote(arguments.maxMemory, arguments.locks));
    return filter;
}

}  // namespace

int runZygote(int argc, char** argv, const Service& service) {
    const auto arguments = read(argc, argv);
    if (!arguments) {
        std::fputs("This program reads photos for the Contone programs, which start it themselves.\n", stderr);
        return 2;
    }
    Sha256::of("");  // libcrypto reads its configuration now
    if (service.prepare) service.prepare();
    if (service.loadFaceModel && !arguments->faceModel.empty()) service.loadFaceModel(arguments->faceModel);
    const Result<Filter> filter = lockDown(*arguments);
    const Bytes word =
        filter ? compose(Ready{static_cast<std::uint32_t>(image::photoProblems().size()), image::photoWarningCount})
               : compose(Refused{filter.error().detail});
    sendPacket(kControl, word, {}, Patience::Wait);
    const int status = filter ? Loop(service, *filter, arguments->locks).run() : 1;
    ::_exit(status);  // no handlers of libraries: they may make calls that are not allowed any more
}

Service serviceOf(const Codecs& codecs) {
    Service service;
    service.prepare = codecs.prepare;
    service.open = [codecs](FileDescriptor file, const image::PhotoRequest& request, const image::Limits& limits) {
        return openPhoto(codecs, std::move(file), request, limits);
    };
    service.thumbnail = [codecs](FileDescriptor file, int longSide, PreviewUse use, const image::Limits& limits) {
        return thumbnail(codecs, std::move(file), longSide, use, limits);
    };
    return service;
}

int runZygote(int argc, char** argv, const Codecs& codecs) {
    return runZygote(argc, argv, serviceOf(codecs));
}

}  // namespace contone::decode
