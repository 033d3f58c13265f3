// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// posix_spawn of the zygote, its answers, and its end.
#include "core/decode/zygote_client.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "core/image/photo_problem.h"

namespace contone::decode {
namespace {

using std::chrono::milliseconds;

std::unexpected<Error> refused(std::string detail) {
    return fail(Code::Unavailable, "decoder-refused",
                "Photos cannot be opened: this machine cannot lock down the program that reads them. Ask whoever looks "
                "after it.",
                std::move(detail));
}

std::unexpected<Error> lost(std::string detail) {
    return fail(Code::Unavailable, "decoder-lost", "The program that reads photos ended unexpectedly. Try again.",
                std::move(detail));
}

/// What posix_spawn needs, freed at the end.
struct SpawnPlan {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
    SpawnPlan() {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
    }
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
};

/// stdin and stdout lead nowhere, complaints go to us until it is ready, the socket is 3, nothing else is open. No
/// terminal, no signal of it: Ctrl+C is for the program. No handler and no mask is inherited.
void plan(SpawnPlan& p, int control, int complaints) {
    posix_spawn_file_actions_addopen(&p.files, 0, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&p.files, 0, 1);
    posix_spawn_file_actions_adddup2(&p.files, complaints, 2);
    posix_spawn_file_actions_adddup2(&p.files, control, 3);
    posix_spawn_file_actions_addclosefrom_np(&p.files, 4);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&p.attributes, &none);
    posix_spawnattr_setsigdefault(&p.attributes, &all);
    posix_spawnattr_setflags(&p.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
}

/// No user's settings: one thread, one heap, plain locale and time. Sanitizers keep theirs, for the tests.
std::vector<std::string> environment() {
    std::vector<std::string> all{"LC_ALL=C", "TZ=UTC0", "OMP_NUM_THREADS=1", "MALLOC_ARENA_MAX=1"};
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS"})
        if (const char* value = std::getenv(name)) all.push_back(std::string(name) + "=" + value);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> all;
    all.reserve(words.size() + 1);
    for (std::string& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

/// A descriptor that is not one of those that the new process gets by number: adddup2 must not overwrite its source.
Result<FileDescriptor> above(const FileDescriptor& low) {
    FileDescriptor high(::fcntl(low.get(), F_DUPFD_CLOEXEC, 16));
    if (!high.isOpen()) return fail(errorFromErrno(errno, "duplicate a descriptor"));
    return high;
}

}  // namespace

Zygote::Zygote(FileDescriptor control, int pid, milliseconds patience)
    : m_control(std::move(control)), m_pid(pid), m_patience(patience) {}

Zygote::~Zygote() {
    m_control.reset();
    // It is our child and not yet waited for, so the number is still its own. Its children die with it.
    ::kill(m_pid, SIGKILL);
    siginfo_t how{};
    while (::waitid(P_PID, static_cast<id_t>(m_pid), &how, WEXITED) != 0 && errno == EINTR) {
    }
}

Result<std::shared_ptr<Zygote>> Zygote::start(const Path& program, const Decoder::Options& options) {
    if (::access(program.c_str(), X_OK) != 0)
        return fail(Code::Unavailable, "decoder-missing",
                    "Photos cannot be opened: a part of Contone is missing. Install it again.", program.string());
    CONTONE_TRY(auto ends, makeChannel());
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) return fail(errorFromErrno(errno, "pipe2"));
    const FileDescriptor complaints(pipe[0]), low(pipe[1]);
    CONTONE_TRY(FileDescriptor theirs, above(ends.second));
    CONTONE_TRY(FileDescriptor theirComplaints, above(low));
    SpawnPlan p;
    plan(p, theirs.get(), theirComplaints.get());
    std::vector<std::string> words{program.string(), "--memory", std::to_string(options.maxMemory)};
    if (options.confinement == Confinement::Unconfined) words.emplace_back("--unconfined");
    if (!options.faceModel.empty()) words.insert(words.end(), {"--face-model", options.faceModel.string()});
    std::vector<std::string> variables = environment();
    pid_t pid = -1;
    const int error = ::posix_spawn(&pid, program.c_str(), &p.files, &p.attributes, pointers(words).data(),
                                    pointers(variables).data());
    if (error != 0) return refused(errorFromErrno(error, "start " + program.string()).detail);
    auto zygote = std::make_shared<Zygote>(std::move(ends.first), pid, options.deadlines.start);
    ends.second.reset();  // so that its end is seen
    theirs.reset();
    CONTONE_CHECK(zygote->awaitReady(complaints.get()));
    return zygote;
}

Result<void> Zygote::awaitReady(int complaints) {
    auto packet = answer(nullptr);
    if (!packet) {
        std::array<char, 1000> words{};
        const ssize_t n = ::read(complaints, words.data(), words.size());
        return refused(packet.error().detail + ": " +
                       printable({words.data(), static_cast<std::size_t>(std::max<ssize_t>(n, 0))}, 400));
    }
    if (const auto no = parse<Refused>(*packet)) return refused(no->what);
    const auto ready = parse<Ready>(*packet);
    if (!ready || ready->problems != image::photoProblems().size() || ready->warnings != image::photoWarningCount)
        return refused("it is of another build");
    return {};
}

Result<std::span<const std::byte>> Zygote::answer(std::vector<FileDescriptor>* descriptors) {
    pollfd wait{m_control.get(), POLLIN, 0};
    int ready = -1;
    do ready = ::poll(&wait, 1, static_cast<int>(m_patience.count()));
    while (ready < 0 && errno == EINTR);
    if (ready == 0) return lost("no answer for " + std::to_string(m_patience.count()) + " ms");
    Packet packet = receivePacket(m_control.get(), m_buffer, TakeDescriptors::Yes, Patience::Never);
    if (packet.error != 0 || packet.bytes.empty()) return lost("it ended");
    if (descriptors != nullptr) *descriptors = std::move(packet.descriptors);
    return packet.bytes;
}

Result<Child> Zygote::spawn(const Spawn& order, const FileDescriptor* photo) {
    CONTONE_TRY(auto ends, makeChannel());
    const std::array<int, 2> descriptors{ends.second.get(), photo == nullptr ? -1 : photo->get()};
    const std::lock_guard turn(m_turn);
    const auto going = std::span(descriptors).first(photo == nullptr ? 1 : 2);
    if (const int error = sendPacket(m_control.get(), compose(order), going, Patience::Never); error != 0) {
        retire();
        return lost(errorFromErrno(error, "ask for a reader").detail);
    }
    std::vector<FileDescriptor> process;
    auto packet = answer(&process);
    if (!packet) {
        retire();  // a late answer would be taken for the next one's
        return std::unexpected(std::move(packet).error());
    }
    if (const auto no = parse<NotSpawned>(*packet)) return lost(no->what);
    if (!parse<Spawned>(*packet) || process.size() != 1) {
        retire();
        return lost("its answer is not understood");
    }
    return Child(std::move(ends.first), std::move(process.front()), shared_from_this());
}

}  // namespace contone::decode
