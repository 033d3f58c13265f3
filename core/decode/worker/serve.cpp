// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The child's side of the conversation. Rows are decoded straight into the shared memory.
#include "core/decode/worker/serve.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <new>

#include "core/decode/channel.h"
#include "core/decode/facts_message.h"
#include "core/decode/ring.h"
#include "core/image/photo_problem.h"

namespace contone::decode {
namespace {

/// With the reason in front when it has no number and would be lost.
std::string detailOf(const Error& error) {
    const bool hasNumber =
        image::photoProblems()[static_cast<std::size_t>(image::problemNumber(error.reason))].reason == error.reason;
    return hasNumber ? error.detail : error.reason + ": " + error.detail;
}

/// The other side. Everything here ends the process when it is gone.
class Line {
  public:
    explicit Line(int socket) : m_socket(socket), m_buffer(4096) {}

    void say(std::span<const std::byte> packet) {
        if (sendPacket(m_socket, packet, {}, Patience::Wait) != 0) ::_exit(0);
    }
    void complain(const Error& error) {
        say(compose(
            Problem{static_cast<std::uint32_t>(image::problemNumber(error.reason)), printable(detailOf(error), 200)}));
    }
    template <class M>
    M hear(FileDescriptor* descriptor = nullptr) {
        Packet packet = receivePacket(
            m_socket, m_buffer, descriptor == nullptr ? TakeDescriptors::No : TakeDescriptors::Yes, Patience::Wait);
        const auto message = parse<M>(packet.bytes);
        if (!message || (descriptor != nullptr && packet.descriptors.size() != 1)) ::_exit(0);
        if (descriptor != nullptr) *descriptor = std::move(packet.descriptors.front());
        return *message;
    }
    /// All is said: waits to be killed, so that what was said is read before the end is seen.
    [[noreturn]] void rest() {
        for (;;)
            if (receivePacket(m_socket, m_buffer, TakeDescriptors::No, Patience::Wait).bytes.empty()) ::_exit(0);
    }
    [[noreturn]] void end(const Error& error) {
        complain(error);
        rest();
    }

  private:
    int m_socket;
    Bytes m_buffer;
};

/// Runs `work`; what escapes from a library as an exception becomes a problem. Exceptions stop here.
template <class Work>
auto guarded(const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return image::photoProblem("photo-memory", "bad_alloc");
    } catch (const std::exception& e) {
        return image::photoProblem("photo-damaged", std::string("exception: ") + e.what());
    } catch (...) {
        return image::photoProblem("photo-damaged", "unknown exception");
    }
}

/// A library that lets an exception out of a thread or a destructor: the reason is still told.
[[noreturn]] void onTerminate() {
    // The socket has its place; nothing else can be relied on here.
    constexpr int socket = 3;
    const char* reason = "photo-harmful";
    try {
        if (const auto escaped = std::current_exception()) std::rethrow_exception(escaped);
    } catch (const std::bad_alloc&) {
        reason = "photo-memory";
    } catch (...) {  // NOLINT(bugprone-empty-catch) whatever it was, it was not caught
    }
    sendPacket(socket, compose(Problem{static_cast<std::uint32_t>(image::problemNumber(reason)), "terminated"}), {},
               Patience::Never);
    ::_exit(5);
}

/// Fills one slot as far as the photo goes. Rows before a failure are kept; `failure` says it.
int fill(image::PhotoSource& source, image::MutableStrip slot, std::optional<Error>& failure) {
    int rows = 0;
    while (rows < slot.rows && !failure) {
        image::MutableStrip rest = slot;
        rest.data = slot.row<std::byte>(rows);
        rest.rows = slot.rows - rows;
        const Result<int> got = guarded([&] { return source.read(rest); });
        if (!got)
            failure = got.error();
        else if (*got == 0)
            break;
        else
            rows += *got;
    }
    return rows;
}

[[noreturn]] void sendStrips(Line& line, image::PhotoSource& source) {
    const image::PhotoFacts facts = source.facts();
    FileDescriptor memory;
    const Start start = line.hear<Start>(&memory);
    RingShape shape;
    shape.rowBytes = static_cast<std::size_t>(facts.size.width) * facts.pixels.bytesPerPixel();
    shape.rows = start.rows;
    shape.slots = start.slots;
    auto ring = Mapping::of(memory, shape.bytes(), Mapping::Access::Write);
    memory.reset();
    if (!ring) line.end({Code::Invalid, "photo-memory", {}, ring.error().detail});
    std::optional<Error> failure;
    std::uint32_t sequence = 0;
    for (int row = 0; row < facts.size.height; ++sequence) {
        if (sequence >= static_cast<std::uint32_t>(shape.slots)) line.hear<Release>();
        const int slot = static_cast<int>(sequence % static_cast<std::uint32_t>(shape.slots));
        const int due = std::min(shape.rows, facts.size.height - row);
        const int rows = fill(source,
                              {ring->bytes().data() + shape.slotBytes() * static_cast<std::size_t>(slot),
                               facts.size.width, due, shape.rowBytes, facts.pixels},
                              failure);
        if (rows > 0) line.say(compose(Strip{sequence, row, rows, slot}));
        row += rows;
        if (failure) line.end(*failure);
        if (rows == 0) line.end({Code::Corrupt, "photo-truncated", {}, "rows are missing"});
    }
    line.say(compose(Done{source.warnings().bits()}));
    line.rest();
}

}  // namespace

void servePhoto(const Service& service, int socket, FileDescriptor photo) {
    std::set_terminate(onTerminate);
    Line line(socket);
    const Open order = line.hear<Open>();
    auto source = guarded([&] { return service.open(std::move(photo), order.request, order.limits); });
    if (!source) line.end(source.error());
    const image::PhotoFacts facts = presentable((*source)->facts());
    if (const auto right = checkFacts(facts, order.request, order.limits); !right) line.end(right.error());
    line.say(composeFacts(facts));
    sendStrips(line, **source);
}

void serveThumbnails(const Service& service, int socket) {
    std::set_terminate(onTerminate);
    Line line(socket);
    FileDescriptor memory;
    const BeginThumbnails begin = line.hear<BeginThumbnails>(&memory);
    const off_t bytes = ::lseek(memory.get(), 0, SEEK_END);
    const auto pixels = Mapping::of(memory, static_cast<std::size_t>(bytes), Mapping::Access::Write);
    memory.reset();
    for (;;) {
        FileDescriptor photo;
        const Thumbnail order = line.hear<Thumbnail>(&photo);
        const auto use = order.embeddedOnly ? PreviewUse::Required : PreviewUse::Allowed;
        const auto made = guarded([&]() -> Result<image::SmallPicture> {
            if (!pixels) return image::photoProblem("photo-memory", pixels.error().detail);
            return service.thumbnail(std::move(photo), order.longSide, use, begin.limits);
        });
        const auto size = made ? made->bytes.size() : 0;
        if (!made) {
            line.complain(made.error());
        } else if (size == 0 || size > pixels->bytes().size()) {
            line.complain({Code::Corrupt, "photo-damaged", {}, "the size of the small picture"});
        } else {
            std::memcpy(pixels->bytes().data(), made->bytes.data(), size);
            line.say(compose(ThumbnailMade{made->size.width, made->size.height, made->from, made->saysOrientation}));
        }
    }
}

void serveFaces(const Service& service, int socket) {
    std::set_terminate(onTerminate);
    Line line(socket);
    FileDescriptor memory;
    line.hear<BeginFaces>(&memory);
    const off_t bytes = ::lseek(memory.get(), 0, SEEK_END);
    const auto pixels = Mapping::of(memory, static_cast<std::size_t>(bytes), Mapping::Access::Read);
    memory.reset();
    for (;;) {
        const FindFaces order = line.hear<FindFaces>();
        const image::PixelFormat format{image::Channels::Rgb, image::Depth::U8};
        const std::size_t stride = static_cast<std::size_t>(order.width) * format.bytesPerPixel();
        const auto found = guarded([&]() -> Result<std::vector<vision::Face>> {
            if (!pixels || stride * static_cast<std::size_t>(order.height) > pixels->bytes().size())
                return image::photoProblem("photo-memory", "the pixels of a small picture");
            if (!service.findFaces) return image::photoProblem("face-finder-missing", "this program finds no faces");
            return service.findFaces({pixels->bytes().data(), order.width, order.height, stride, format}, order.turns);
        });
        if (found)
            line.say(compose(FacesFound{*found}));
        else
            line.complain(found.error());
    }
}

}  // namespace contone::decode
