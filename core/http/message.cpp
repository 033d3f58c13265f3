// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Splitting and escaping of targets (RFC 3986), reading a small body whole, and files as bodies.
#include "core/http/message.h"

#include <strings.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

namespace contone::http {
namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Result<std::string> unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return fail(Code::Invalid, "bad-target", "This address is not written correctly.", "broken escape");
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

/// Cuts `text` at the first `separator`: the part before it; `text` keeps the rest.
std::string_view cut(std::string_view& text, char separator) {
    const std::size_t at = text.find(separator);
    const std::string_view head = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return head;
}

}  // namespace

std::optional<std::string> Target::value(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

Result<Target> parseTarget(std::string_view text) {
    if (text.empty() || text.front() != '/')
        return fail(Code::Invalid, "bad-target", "This address is not written correctly.", "no leading slash");
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f)
            return fail(Code::Invalid, "bad-target", "This address is not written correctly.", "control character");
    std::string_view query = text;
    std::string_view path = cut(query, '?').substr(1);
    Target target;
    for (bool more = true; more;) {
        more = path.find('/') != std::string_view::npos;
        CONTONE_TRY(std::string segment, unescaped(cut(path, '/')));
        target.segments.push_back(std::move(segment));
    }
    while (!query.empty()) {
        std::string_view value = cut(query, '&');
        const std::string_view name = cut(value, '=');
        CONTONE_TRY(std::string plainName, unescaped(name));
        CONTONE_TRY(std::string plainValue, unescaped(value));
        target.query.emplace_back(std::move(plainName), std::move(plainValue));
    }
    return target;
}

std::string escaped(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (isPlain(c)) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

std::string_view headerIn(const std::vector<Header>& headers, std::string_view name) {
    for (const Header& header : headers)
        if (header.name.size() == name.size() && ::strncasecmp(header.name.data(), name.data(), name.size()) == 0)
            return header.value;
    return {};
}

BodySource fileSource(FileDescriptor file, std::uint64_t offset, std::uint64_t bytes) {
    struct Place {
        FileDescriptor file;
        std::uint64_t at, end;
    };
    auto place = std::make_shared<Place>(std::move(file), offset, offset + bytes);
    const auto read = [place](std::span<std::byte> into) -> Result<std::size_t> {
        const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), place->end - place->at));
        for (;;) {
            const ssize_t got = ::pread(place->file.get(), into.data(), want, static_cast<off_t>(place->at));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return fail(errorFromErrno(errno, "read a file to send"));
            place->at += static_cast<std::uint64_t>(got);
            return static_cast<std::size_t>(got);
        }
    };
    return {read, bytes};
}

Result<std::string> BodyReader::text(std::size_t limit) {
    std::string all;
    std::array<std::byte, 16384> piece;
    for (;;) {
        CONTONE_TRY(const std::size_t got, read(piece));
        if (got == 0) return all;
        if (all.size() + got > limit)
            return fail(Code::Invalid, "body-too-large", "This request is too large.",
                        "more than " + std::to_string(limit) + " bytes");
        all.append(reinterpret_cast<const char*>(piece.data()), got);
    }
}

}  // namespace contone::http
