// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A child that lies, against the code that must not believe it: facts, strips, an end, thumbnails, faces, in any order
// and form, and memory that changes its mind about its size.
#include <fuzzer/FuzzedDataProvider.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/decode/child_source.h"
#include "core/decode/face_child.h"
#include "core/decode/facts_message.h"
#include "core/decode/thumbnail_child.h"
#include "core/image/photo_problem.h"
#include "tests/fuzz/fuzz.h"

using namespace contone;
using namespace contone::decode;

namespace {

image::PhotoFacts factsFrom(FuzzedDataProvider& from) {
    image::PhotoFacts facts;
    facts.storedSize = {from.ConsumeIntegralInRange(1, 3000), from.ConsumeIntegralInRange(1, 300)};
    facts.size = facts.storedSize;
    facts.pixels.depth = from.ConsumeBool() ? image::Depth::U16 : image::Depth::U8;
    facts.bitsPerSample = from.ConsumeIntegralInRange(1, 32);
    if (facts.pixels.depth == image::Depth::U16) {
        facts.colour.kind = image::SourceColour::Kind::Converted;
    } else {
        facts.colour.curves.assign(1, {std::vector<std::uint32_t>(image::ToneCurve::steps + 1)});
        for (std::size_t i = 0; i < facts.colour.curves[0].values.size(); ++i)
            facts.colour.curves[0].values[i] = static_cast<std::uint32_t>(i << 18);
        facts.colour.colorants = {1 << 23, 1 << 22, 1 << 21, 1 << 21, 1 << 23, 1 << 21, 1 << 20, 1 << 20, 1 << 23};
    }
    return facts;
}

/// What honest children say, unless the input says otherwise.
class Liar {
  public:
    Liar(FuzzedDataProvider& from, int end) : m_from(from), m_end(end) {}

    void talk(const image::PhotoFacts& facts) {
        const RingShape shape = RingShape::of(facts.size, facts.pixels);
        Strip strip;
        while (m_from.remaining_bytes() > 0) {
            switch (m_from.ConsumeIntegralInRange(0, 10)) {
                case 0:
                    say(m_from.ConsumeBytes<std::byte>(m_from.ConsumeIntegralInRange<std::size_t>(0, 70)));
                    break;
                case 1:
                    say(composeFacts(facts));
                    break;
                case 2:
                    say(compose(Done{m_from.ConsumeIntegral<std::uint64_t>()}));
                    break;
                case 3:
                    say(compose(Problem{m_from.ConsumeIntegral<std::uint8_t>(), m_from.ConsumeRandomLengthString(20)}));
                    break;
                case 4:
                    say(compose(Ended{m_from.ConsumeIntegral<std::int8_t>(), m_from.ConsumeIntegral<std::int16_t>()}));
                    break;
                case 5:
                    say(compose(ThumbnailMade{m_from.ConsumeIntegralInRange(-1, 2049),
                                              m_from.ConsumeIntegralInRange(-1, 2049),
                                              static_cast<image::SmallFrom>(m_from.ConsumeIntegralInRange(-1, 2))}));
                    break;
                case 6:
                    say(compose(Strip{m_from.ConsumeIntegral<std::uint32_t>(), m_from.ConsumeIntegral<std::int32_t>(),
                                      m_from.ConsumeIntegral<std::int32_t>(), m_from.ConsumeIntegral<std::int8_t>()}));
                    break;
                case 7: {
                    vision::Face face;
                    face.box = {fraction(), fraction(), fraction(), fraction()};
                    face.points.fill({fraction(), fraction()});
                    face.score = fraction();
                    say(compose(FacesFound{std::vector(m_from.ConsumeIntegralInRange<std::size_t>(0, 101), face)}));
                    break;
                }
                default: {  // the strip that is due
                    strip.rows = std::max(1, std::min(shape.rows, facts.size.height - strip.firstRow));
                    if (m_from.ConsumeBool()) strip.rows = m_from.ConsumeIntegralInRange(0, strip.rows + 1);
                    strip.slot = static_cast<int>(strip.sequence % 4);
                    say(compose(strip));
                    ++strip.sequence;
                    strip.firstRow += strip.rows;
                }
            }
        }
    }

  private:
    double fraction() { return m_from.ConsumeIntegralInRange(0, 70'000) / 65536.0; }
    void say(const Bytes& packet) { (void)sendPacket(m_end, packet, {}, Patience::Never); }
    FuzzedDataProvider& m_from;
    int m_end;
};

constexpr std::chrono::milliseconds kSoon{500};

void readStrips(Child& child, const FileDescriptor& end, int rowsAtOnce) {
    const ChildSource::Order order{{}, fuzz::limits(), {kSoon, kSoon, kSoon, kSoon, kSoon}, {}};
    auto source = ChildSource::open(child, order);
    if (!source) return;
    // The memory came with the order to start: it must not be possible to make it smaller under the reader.
    Bytes buffer(largestMessage);
    for (;;) {
        const Packet packet = receivePacket(end.get(), buffer, TakeDescriptors::Yes, Patience::Never);
        for (const FileDescriptor& memory : packet.descriptors) fuzz::require(::ftruncate(memory.get(), 0) != 0);
        if (packet.bytes.empty()) break;
    }
    const image::PhotoFacts facts = (*source)->facts();
    image::Picture strip = image::Picture::ofSize({facts.size.width, rowsAtOnce}, facts.pixels);
    for (int all = 0;;) {
        const auto rows = (*source)->read(strip.strip());
        if (!rows || *rows == 0) {
            fuzz::require(!rows || all == facts.size.height);
            break;
        }
        all += *rows;
        fuzz::require(*rows <= rowsAtOnce && all <= facts.size.height);
    }
    (void)(*source)->warnings().sentences();
}

void makeThumbnails(Child child) {
    auto thumbnails = ThumbnailChild::begin(std::move(child), fuzz::limits());
    const FileDescriptor photo(::dup(0));
    while (thumbnails) {
        const auto picture = thumbnails->make(photo, 300, Decoder::ThumbnailFrom::Anything, kSoon);
        if (!picture && picture.error().code != Code::Unsupported) return;
        fuzz::require(!picture || (picture->size.width <= 300 && picture->size.height <= 300));
    }
}

void findFaces(Child child) {
    auto faces = FaceChild::begin(std::move(child));
    const image::Picture picture = image::Picture::ofSize({30, 20}, {});
    while (faces) {
        const auto found = faces->find(picture, vision::Turns::Quarter, kSoon);
        if (!found) return;
        fuzz::require(found->size() <= vision::mostFaces);
        for (const vision::Face& face : *found) fuzz::require(vision::isPossible(face));
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    FuzzedDataProvider from(bytes, size);
    auto ends = makeChannel();
    fuzz::require(ends.has_value());
    const Purpose purpose = static_cast<Purpose>(from.ConsumeIntegralInRange(0, 2));
    const int rowsAtOnce = from.ConsumeIntegralInRange(1, 40);
    const image::PhotoFacts facts = factsFrom(from);
    if (from.ConsumeIntegralInRange(0, 7) > 0 && purpose == Purpose::Photo)
        (void)sendPacket(ends->second.get(), composeFacts(facts), {}, Patience::Never);
    Liar(from, ends->second.get()).talk(facts);
    ::shutdown(ends->second.get(), SHUT_WR);  // it said all and died: nobody waits for more
    Child child(std::move(ends->first), {}, nullptr);
    if (purpose == Purpose::Thumbnails)
        makeThumbnails(std::move(child));
    else if (purpose == Purpose::Faces)
        findFaces(std::move(child));
    else
        readStrips(child, ends->second, rowsAtOnce);
    return 0;
}
