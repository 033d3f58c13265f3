// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Requests and answers in pieces of any size: the parsers take what is theirs, once, and never more than they were
// given.
#include <array>

#include "core/http/parser.h"
#include "tests/fuzz/fuzz.h"

using namespace contone;
using namespace contone::http;

namespace {

/// As a connection does it: what is not taken comes again with more behind it.
void parse(MessageParser& parser, std::string_view bytes, std::size_t piece) {
    std::string in;
    std::array<std::byte, 4096> out;
    for (std::size_t at = 0; at < bytes.size() && !parser.isDone(); at += piece) {
        in += bytes.substr(at, piece);
        for (bool isMoving = true; isMoving && !parser.isDone();) {
            const auto parsed = parser.hasHead() ? parser.takeBody(in, std::span(out).first(1 + piece % out.size()))
                                                 : parser.takeHead(in);
            if (!parsed) return;
            fuzz::require(parsed->taken <= in.size() && parsed->produced <= out.size());
            in.erase(0, parsed->taken);
            isMoving = parsed->taken > 0 || parsed->produced > 0;
        }
        fuzz::require(in.size() <= 64 * 1024 + piece);  // what it neither takes nor refuses would fill the memory
    }
    if (parser.hasHead()) (void)parser.headers();
    (void)parser.close();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::size_t piece = 1 + data[1];
    if (data[0] % 2 == 0) {
        RequestParser parser({.headerBytes = 2048, .headerFields = 16, .bodyBytes = 100'000});
        parse(parser, bytes, piece);
        if (parser.hasHead()) (void)parser.request();
    } else {
        ResponseParser parser({.bodyBytes = 100'000}, data[0] % 4 == 1 ? AnswerTo::Head : AnswerTo::Other);
        parse(parser, bytes, piece);
    }
    return 0;
}
