// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Forged messages, out of order, too long, too short, or none.
#include <sys/mman.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "core/decode/channel.h"
#include "core/decode/facts_message.h"
#include "core/decode/ring.h"
#include "tests/core/decode/hostile/modes.h"

namespace contone::decode::hostile {
namespace {

using image::PhotoFacts;

constexpr int kSocket = 3;

void say(std::span<const std::byte> packet) {
    sendPacket(kSocket, packet, {}, Patience::Wait);
}
[[noreturn]] void rest() {
    std::array<std::byte, 256> buffer{};
    for (;;)
        if (receivePacket(kSocket, buffer, TakeDescriptors::No, Patience::Wait).bytes.empty()) ::_exit(0);
}
[[noreturn]] bool sayOnly(std::span<const std::byte> packet) {
    say(packet);
    rest();
}
/// Facts that somebody changed.
bool sayFacts(const std::function<void(PhotoFacts&)>& change) {
    PhotoFacts facts = honestFacts();
    change(facts);
    sayOnly(composeFacts(facts));
}
/// Facts whose bytes were changed after they were written: `from` becomes `to`, of the same length.
bool sayPatchedFacts(std::string_view from, std::string_view to) {
    PhotoFacts facts = honestFacts();
    facts.camera = "MakerModel";
    facts.takenAt = "2026:11:22 10:20:30";
    Bytes packet = composeFacts(facts);
    const auto bytes = std::as_bytes(std::span(from));
    const auto at = std::ranges::search(packet, bytes).begin();
    std::ranges::copy(std::as_bytes(std::span(to)), at);
    sayOnly(packet);
}

struct Started {
    Start start;
    FileDescriptor ring;
};
/// Honest as far as the ring.
Started begin() {
    say(composeFacts(honestFacts()));
    std::array<std::byte, 256> buffer{};
    Packet packet = receivePacket(kSocket, buffer, TakeDescriptors::Yes, Patience::Wait);
    return {*parse<Start>(packet.bytes), std::move(packet.descriptors.front())};
}
bool sayStrip(const Strip& strip) {
    begin();
    sayOnly(compose(strip));
}
/// The first strip as it should be, then something else.
bool sayAfterFirst(const std::function<void(const Start&)>& what) {
    const Started s = begin();
    say(compose(Strip{0, 0, std::min(s.start.rows, 10), 0}));
    what(s.start);
    rest();
}
Bytes bytesOf(std::size_t count) {
    return Bytes(count, std::byte{1});
}

bool shrinkRing() {
    const Started s = begin();
    if (::ftruncate(s.ring.get(), 0) == 0) ::_exit(0);
    say(compose(Strip{0, 0, 10, 0}));
    rest();
}

bool sendDescriptors() {
    const Started s = begin();
    const std::array<int, 2> mine{s.ring.get(), 4};
    for (std::uint32_t i = 0; i < 4; ++i)
        sendPacket(kSocket, compose(Strip{i, static_cast<int>(i) * 10, 10, static_cast<int>(i)}), mine, Patience::Wait);
    rest();
}

/// All slots again and again, whatever was released.
bool flood() {
    begin();
    for (std::uint32_t i = 0;; ++i) say(compose(Strip{i % 4, 0, 10, static_cast<int>(i % 4)}));
}

const std::array all{
    Mode{"facts-huge", [](auto&) { return sayFacts([](PhotoFacts& f) { f.storedSize = f.size = {65'535, 65'535}; }); }},
    Mode{"facts-zero", [](auto&) { return sayFacts([](PhotoFacts& f) { f.storedSize.width = 0; }); }},
    Mode{"facts-negative", [](auto&) { return sayFacts([](PhotoFacts& f) { f.size.height = -200; }); }},
    Mode{"facts-enlarged", [](auto&) { return sayFacts([](PhotoFacts& f) { f.size = {101, 200}; }); }},
    Mode{"facts-reduced", [](auto&) { return sayFacts([](PhotoFacts& f) { f.size = {50, 100}; }); }},
    Mode{"facts-four-channels",
         [](auto&) { return sayFacts([](PhotoFacts& f) { f.pixels.channels = image::Channels::Cmyk; }); }},
    Mode{"facts-two-channels",
         [](auto&) { return sayFacts([](PhotoFacts& f) { f.pixels.channels = static_cast<image::Channels>(2); }); }},
    Mode{"facts-depth",
         [](auto&) { return sayFacts([](PhotoFacts& f) { f.pixels.depth = static_cast<image::Depth>(7); }); }},
    Mode{"facts-format",
         [](auto&) { return sayFacts([](PhotoFacts& f) { f.format = static_cast<image::PhotoFormat>(99); }); }},
    Mode{"facts-orientation",
         [](auto&) { return sayFacts([](PhotoFacts& f) { f.orientation = static_cast<image::Orientation>(9); }); }},
    Mode{"facts-quality", [](auto&) { return sayFacts([](PhotoFacts& f) { f.jpegQuality = 101; }); }},
    Mode{"facts-bits", [](auto&) { return sayFacts([](PhotoFacts& f) { f.bitsPerSample = 1 << 30; }); }},
    Mode{"facts-kind",
         [](auto&) { return sayFacts([](PhotoFacts& f) { f.colour.kind = image::SourceColour::Kind::Gray; }); }},
    Mode{"facts-converted",
         [](auto&) {
             return sayFacts([](PhotoFacts& f) {
                 f.colour.kind = image::SourceColour::Kind::Converted;
                 f.colour.curves.clear();
             });
         }},
    Mode{"facts-curves",
         [](auto&) { return sayFacts([](PhotoFacts& f) { f.colour.curves.resize(4, f.colour.curves[0]); }); }},
    Mode{"facts-two-curves",
         [](auto&) { return sayFacts([](PhotoFacts& f) { f.colour.curves.resize(2, f.colour.curves[0]); }); }},
    Mode{"facts-short-curve",
         [](auto&) { return sayFacts([](PhotoFacts& f) { f.colour.curves[0].values.resize(4); }); }},
    Mode{"facts-bright-curve",
         [](auto&) { return sayFacts([](PhotoFacts& f) { f.colour.curves[0].values[7] = 0xffffffff; }); }},
    Mode{"facts-colorants", [](auto&) { return sayFacts([](PhotoFacts& f) { f.colour.colorants[4] = -0x7fffffff; }); }},
    Mode{"facts-white", [](auto&) { return sayFacts([](PhotoFacts& f) { f.colour.mediaWhite[0] = 0; }); }},
    Mode{"facts-black", [](auto&) { return sayFacts([](PhotoFacts& f) { f.colour.blackPoint[0][0] = 0x7fffffff; }); }},
    Mode{"facts-name", [](auto&) { return sayPatchedFacts("test space", "\x1b[2J\x07\n% %s"); }},
    Mode{"facts-name-turned",
         [](auto&) {
             return sayPatchedFacts("test space",
                                    "\xe2\x80\xae"
                                    "gnp.exe");
         }},
    Mode{"facts-camera", [](auto&) { return sayPatchedFacts("MakerModel", "Maker\nMode"); }},
    Mode{"facts-camera-accents", [](auto&) { return sayPatchedFacts("MakerModel", "Mak\xc3\xa9rMod"); }},
    Mode{"facts-date", [](auto&) { return sayPatchedFacts("2026:11", "20x6:11"); }},
    Mode{"facts-cut",
         [](auto&) {
             Bytes packet = composeFacts(honestFacts());
             packet.resize(packet.size() / 2);
             return sayOnly(packet);
         }},
    Mode{"facts-longer",
         [](auto&) {
             Bytes packet = composeFacts(honestFacts());
             packet.push_back(std::byte{0});
             return sayOnly(packet);
         }},
    Mode{"facts-twice",
         [](auto&) {
             begin();
             return sayOnly(composeFacts(honestFacts()));
         }},
    Mode{"packet-empty", [](auto&) { return sayOnly({}); }},
    Mode{"packet-short", [](auto&) { return sayOnly(bytesOf(3)); }},
    Mode{"packet-long", [](auto&) { return sayOnly(bytesOf(100'000)); }},
    Mode{"packet-noise", [](auto&) { return sayOnly(bytesOf(60'000)); }},
    Mode{"version",
         [](auto&) {
             Bytes packet = compose(Done{});
             packet[0] = std::byte{77};
             return sayOnly(packet);
         }},
    Mode{"kind", [](auto&) { return sayOnly(MessageWriter(static_cast<MessageKind>(999)).take()); }},
    Mode{"ready-again", [](auto&) { return sayOnly(compose(Ready{})); }},
    Mode{"problem-unknown", [](auto&) { return sayOnly(compose(Problem{4'000'000'000, "?"})); }},
    Mode{"problem-words",
         [](auto&) {
             Bytes packet = compose(Problem{0, "aaaa"});
             packet.back() = std::byte{7};
             return sayOnly(packet);
         }},
    Mode{"ended-forged", [](auto&) { return sayOnly(compose(Ended{1, 0})); }},
    Mode{"strip-before-facts", [](auto&) { return sayOnly(compose(Strip{0, 0, 1, 0})); }},
    Mode{"done-before-rows",
         [](auto&) {
             begin();
             return sayOnly(compose(Done{}));
         }},
    Mode{"strip-too-many-rows", [](auto&) { return sayStrip({0, 0, 65'535, 0}); }},
    Mode{"strip-no-rows", [](auto&) { return sayStrip({0, 0, 0, 0}); }},
    Mode{"strip-beyond", [](auto&) { return sayStrip({0, 199, 2, 0}); }},
    Mode{"strip-slot-beyond", [](auto&) { return sayStrip({0, 0, 1, 63}); }},
    Mode{"strip-slot-negative", [](auto&) { return sayStrip({0, 0, 1, -1}); }},
    Mode{"strip-sequence", [](auto&) { return sayStrip({1, 0, 1, 0}); }},
    Mode{"strip-skips", [](auto&) { return sayAfterFirst([](auto&) { say(compose(Strip{1, 50, 10, 1})); }); }},
    Mode{"strip-again", [](auto&) { return sayAfterFirst([](auto&) { say(compose(Strip{0, 0, 10, 0})); }); }},
    Mode{"slot-not-free", [](auto&) { return sayAfterFirst([](auto&) { say(compose(Strip{1, 10, 10, 0})); }); }},
    Mode{"done-early", [](auto&) { return sayAfterFirst([](auto&) { say(compose(Done{})); }); }},
    Mode{"silence-mid-strip", [](auto&) { return sayAfterFirst([](auto&) {}); }},
    Mode{"death-mid-strip", [](auto&) { return sayAfterFirst([](auto&) { std::abort(); }); }},
    Mode{"exit-mid-strip", [](auto&) { return sayAfterFirst([](auto&) { ::_exit(0); }); }},
    Mode{"shrink-ring", [](auto&) { return shrinkRing(); }},
    Mode{"extra-descriptors", [](auto&) { return sendDescriptors(); }},
    Mode{"flood", [](auto&) { return flood(); }},
    Mode{"hang-up",
         [](auto&) -> bool {
             ::close(kSocket);
             spin();
         }},
};

class HonestSource final : public image::PhotoSource {
  public:
    const PhotoFacts& facts() const override { return m_facts; }
    Result<int> read(image::MutableStrip strip) override {
        const int rows = std::min(strip.rows, m_facts.size.height - m_row);
        for (int y = 0; y < rows; ++y)
            std::memset(strip.row<std::byte>(y), m_row + y, static_cast<std::size_t>(strip.width) * 3);
        m_row += rows;
        return rows;
    }
    image::PhotoWarnings warnings() const override { return {}; }

  private:
    PhotoFacts m_facts = honestFacts();
    int m_row = 0;
};

}  // namespace

std::span<const Mode> lies() {
    return all;
}

PhotoFacts honestFacts() {
    PhotoFacts facts;
    facts.storedSize = facts.size = {100, 200};
    facts.colour.name = "test space";
    facts.colour.curves.push_back({std::vector<std::uint32_t>(image::ToneCurve::steps + 1, 1U << 20)});
    return facts;
}

std::unique_ptr<image::PhotoSource> honestPicture() {
    return std::make_unique<HonestSource>();
}

}  // namespace contone::decode::hostile
