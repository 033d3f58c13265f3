// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A face finder that was taken over: the real zygote, locks and socket, and a child that does what the picture's width
// says.
#include <sys/socket.h>

#include <vector>

#include "core/decode/channel.h"
#include "core/decode/messages.h"
#include "core/decode/worker/zygote.h"
#include "tests/core/decode/hostile/modes.h"

using namespace contone;
using namespace contone::decode;

namespace {

constexpr int kSocket = 3;

vision::Face honestFace() {
    vision::Face face;
    face.box = {0.25, 0.25, 0.5, 0.5};
    face.points.fill({0.5, 0.5});
    face.score = 0.75;
    return face;
}

void say(const Bytes& packet) {
    sendPacket(kSocket, packet, {}, Patience::Wait);
}

Result<std::vector<vision::Face>> faces(const image::StripView& picture, vision::Turns) {
    vision::Face face = honestFace();
    switch (picture.width) {
        case 2:
            face.box = {0.875, 0.25, 0.5, 0.5};
            break;
        case 3:
            face.box.width = 0;
            break;
        case 4:
            face.score = 2;
            break;
        case 5:
            face.points[5].v = 1.5;
            break;
        case 6:
            return std::vector<vision::Face>(vision::mostFaces + 1, face);
        case 7:
            say(compose(ThumbnailMade{10, 10}));
            break;
        case 8: {
            Bytes cut = compose(FacesFound{{face}});
            cut.resize(cut.size() / 2);
            say(cut);
            break;
        }
        case 9:
            say(Bytes(100'000, std::byte{1}));
            break;
        case 10:
            (void)::socket(AF_UNIX, SOCK_STREAM, 0);
            break;
        case 11:
            __builtin_trap();
        case 12:
            hostile::spin();
        case 13:
            throw std::bad_alloc();
        case 14:
            const_cast<std::byte*>(picture.data)[0] = std::byte{1};  // of memory that is read only
            break;
        default:
            break;
    }
    return std::vector<vision::Face>{face};
}

}  // namespace

int main(int argc, char** argv) {
    Service service;
    service.findFaces = faces;
    return runZygote(argc, argv, service);
}
