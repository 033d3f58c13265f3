// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Every message that a hostile peer can send: what is accepted says the same when it is written again.
#include "core/decode/messages.h"
#include "tests/fuzz/fuzz.h"

using namespace contone;
using namespace contone::decode;

namespace {

template <class M>
void roundTrip(std::span<const std::byte> packet) {
    const auto message = parse<M>(packet);
    if (!message) return;
    const Bytes again = compose(*message);
    fuzz::require(again.size() == packet.size() && std::equal(again.begin(), again.end(), packet.begin()));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto packet = fuzz::bytesOf(bytes, size);
    roundTrip<Ready>(packet);
    roundTrip<Refused>(packet);
    roundTrip<Spawn>(packet);
    roundTrip<Spawned>(packet);
    roundTrip<NotSpawned>(packet);
    roundTrip<Open>(packet);
    roundTrip<Start>(packet);
    roundTrip<Release>(packet);
    roundTrip<BeginThumbnails>(packet);
    roundTrip<Thumbnail>(packet);
    roundTrip<Strip>(packet);
    roundTrip<Done>(packet);
    roundTrip<ThumbnailMade>(packet);
    roundTrip<Problem>(packet);
    roundTrip<Ended>(packet);
    roundTrip<BeginFaces>(packet);
    roundTrip<FindFaces>(packet);
    roundTrip<FacesFound>(packet);
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const std::string shown = printable(text, 120);
    fuzz::require(shown.size() <= 120 && printable(shown, 120) == shown);
    return 0;
}
