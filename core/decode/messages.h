// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The words that a program and its decoder children exchange: fixed little-endian integers, one message a packet.
// Each message names its fields once, in fields(); the same list writes them and reads them with their ranges. Nothing
// is copied as a struct, nothing that is read is trusted before parse() has seen all of it.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/base/file.h"
#include "core/image/photo_facts.h"
#include "core/image/photo_source.h"
#include "core/image/small_picture.h"
#include "core/vision/face.h"

namespace contone::decode {

/// Raised with every change of a message: programs of two builds refuse each other instead of guessing.
constexpr std::uint16_t protocolVersion = 4;
/// Facts with three curves take 49 KB; a packet above this is not one of ours.
constexpr std::size_t largestMessage = 65'536;

enum class MessageKind : std::uint16_t {
    // zygote → program, program → zygote
    Ready = 1,
    Refused,
    Spawn,
    Spawned,
    NotSpawned,
    // program → child
    Open,
    Start,
    Release,
    BeginThumbnails,
    Thumbnail,
    // child → program
    Facts,
    Strip,
    Done,
    ThumbnailMade,
    Problem,
    // zygote → program, on the dead child's socket
    Ended,
    // program → child, child → program
    BeginFaces,
    FindFaces,
    FacesFound,
};

/// `text` with everything that is not printable UTF-8 (controls, bidirectional marks, broken sequences) replaced by
/// "?", at most `maxBytes` long. What comes out goes through unchanged.
std::string printable(std::string_view text, std::size_t maxBytes);

/// Writes a message field by field.
class MessageWriter {
  public:
    static constexpr bool isReading = false;
    explicit MessageWriter(MessageKind kind);
    template <std::unsigned_integral T>
    void number(const T& value) {
        put(value, sizeof(T));
    }
    void number(const std::int64_t& value) { put(static_cast<std::uint64_t>(value), 8); }
    void whole(const std::int32_t& value, std::int32_t, std::int32_t) { put(static_cast<std::uint32_t>(value), 4); }
    template <class E>
    void choice(const E& value, int, int = 0) {
        put(static_cast<std::uint32_t>(value), 4);
    }
    void flag(const bool& value) { put(value ? 1 : 0, 1); }
    void real(const double& value) { put(std::bit_cast<std::uint64_t>(value), 8); }
    /// 0…1 in steps of 1/65,536.
    void fraction(const double& value) { put(static_cast<std::uint32_t>(value * 65536), 4); }
    void text(const std::string& value, std::size_t maxBytes);
    void raw(std::span<const std::uint8_t> bytes);
    void fail() {}
    Bytes take() { return std::move(m_bytes); }

  private:
    void put(std::uint64_t value, std::size_t bytes);
    Bytes m_bytes;
};

/// Reads one; the first thing that is wrong makes it fail for good, and all later fields stay as they are.
class MessageReader {
  public:
    static constexpr bool isReading = true;
    explicit MessageReader(std::span<const std::byte> message);
    /// Nothing when the packet is too short or of another version.
    std::optional<MessageKind> kind() const { return m_kind; }
    template <std::unsigned_integral T>
    void number(T& value) {
        value = static_cast<T>(get(sizeof(T)));
    }
    void number(std::int64_t& value) { value = static_cast<std::int64_t>(get(8)); }
    void whole(std::int32_t& value, std::int32_t low, std::int32_t high);
    /// An enum of `count` values from `first` on.
    template <class E>
    void choice(E& value, int count, int first = 0) {
        std::int32_t n = first;
        whole(n, first, first + count - 1);
        value = static_cast<E>(n);
    }
    void flag(bool& value);
    void real(double& value) { value = std::bit_cast<double>(get(8)); }
    void fraction(double& value);
    /// Fails when it is longer, or not printable().
    void text(std::string& value, std::size_t maxBytes);
    void raw(std::span<std::uint8_t> bytes);
    void fail() { m_good = false; }
    /// All of the message was read and was right.
    bool isComplete() const { return m_good && m_rest.empty(); }

  private:
    std::uint64_t get(std::size_t bytes);
    std::span<const std::byte> m_rest;
    std::optional<MessageKind> m_kind;
    bool m_good = true;
};

/// Zygote: it is locked down. The numbers that both sides count warnings and problems by must agree.
struct Ready {
    static constexpr MessageKind kind = MessageKind::Ready;
    std::uint32_t problems = 0, warnings = 0;
    static void fields(auto& wire, auto& m) {
        wire.number(m.problems);
        wire.number(m.warnings);
    }
};
/// Zygote: it could not be locked down, and why.
struct Refused {
    static constexpr MessageKind kind = MessageKind::Refused;
    std::string what;
    static void fields(auto& wire, auto& m) { wire.text(m.what, 200); }
};
/// Program: fork a child. With it travel the child's end of its socket and, for a photo, the photo.
enum class Purpose { Photo, Thumbnails, Faces };
struct Spawn {
    static constexpr MessageKind kind = MessageKind::Spawn;
    Purpose purpose = Purpose::Photo;
    std::uint32_t cpuSeconds = 0;
    static void fields(auto& wire, auto& m) {
        wire.choice(m.purpose, 3);
        wire.number(m.cpuSeconds);
    }
};
/// Zygote: done; with it travels the child's pidfd.
struct Spawned {
    static constexpr MessageKind kind = MessageKind::Spawned;
    static void fields(auto&, auto&) {}
};
struct NotSpawned {
    static constexpr MessageKind kind = MessageKind::NotSpawned;
    std::string what;
    static void fields(auto& wire, auto& m) { wire.text(m.what, 200); }
};

void limitsFields(auto& wire, auto& limits) {
    wire.number(limits.maxPixels);
    wire.number(limits.maxFileBytes);
    wire.number(limits.maxWholeFrameBytes);
    wire.whole(limits.maxScans, 0, 1'000'000);
    wire.number(limits.maxScanSamples);
}

struct Open {
    static constexpr MessageKind kind = MessageKind::Open;
    image::PhotoRequest request;
    image::Limits limits;
    static void fields(auto& wire, auto& m) {
        wire.choice(m.request.intent, 4);
        wire.choice(m.request.blackPoint, 2);
        wire.real(m.request.reducible);
        wire.choice(m.request.inks, 2);
        limitsFields(wire, m.limits);
    }
};
/// Program: the ring is ready (its memfd travels along): `slots` of `rows` rows each; all are free.
struct Start {
    static constexpr MessageKind kind = MessageKind::Start;
    std::int32_t rows = 1, slots = 1;
    static void fields(auto& wire, auto& m) {
        wire.whole(m.rows, 1, 65'535);
        wire.whole(m.slots, 1, 64);
    }
};
/// Program: the rows of strip `sequence` were taken; its slot is free.
struct Release {
    static constexpr MessageKind kind = MessageKind::Release;
    std::uint32_t sequence = 0;
    static void fields(auto& wire, auto& m) { wire.number(m.sequence); }
};
/// Child: rows [firstRow, firstRow + rows) lie in `slot`.
struct Strip {
    static constexpr MessageKind kind = MessageKind::Strip;
    std::uint32_t sequence = 0;
    std::int32_t firstRow = 0, rows = 0, slot = 0;
    static void fields(auto& wire, auto& m) {
        wire.number(m.sequence);
        wire.whole(m.firstRow, 0, 65'534);
        wire.whole(m.rows, 1, 65'535);
        wire.whole(m.slot, 0, 63);
    }
};
/// Child: that was the last row.
struct Done {
    static constexpr MessageKind kind = MessageKind::Done;
    std::uint64_t warnings = 0;
    static void fields(auto& wire, auto& m) { wire.number(m.warnings); }
};
/// Child: this photo is not read; the row of image::photoProblems() says why.
struct Problem {
    static constexpr MessageKind kind = MessageKind::Problem;
    std::uint32_t number = 0;
    std::string detail;  ///< for the log
    static void fields(auto& wire, auto& m) {
        wire.number(m.number);
        wire.text(m.detail, 200);
    }
};
/// Program: thumbnails will come; the memory for their pixels travels along.
struct BeginThumbnails {
    static constexpr MessageKind kind = MessageKind::BeginThumbnails;
    image::Limits limits;
    static void fields(auto& wire, auto& m) { limitsFields(wire, m.limits); }
};
/// Program: one of the photo that travels along.
struct Thumbnail {
    static constexpr MessageKind kind = MessageKind::Thumbnail;
    std::int32_t longSide = 0;
    bool embeddedOnly = false;
    static void fields(auto& wire, auto& m) {
        wire.whole(m.longSide, 1, 2048);
        wire.flag(m.embeddedOnly);
    }
};
/// Child: its pixels (Rgb, 8 bit, rows packed) lie at the start of the memory.
struct ThumbnailMade {
    static constexpr MessageKind kind = MessageKind::ThumbnailMade;
    std::int32_t width = 0, height = 0;
    image::SmallFrom from = image::SmallFrom::Photo;
    bool saysOrientation = true;
    static void fields(auto& wire, auto& m) {
        wire.whole(m.width, 1, 2048);
        wire.whole(m.height, 1, 2048);
        wire.choice(m.from, 2);
        wire.flag(m.saysOrientation);
    }
};
/// Program: pictures will come in which faces are to be found; the memory for their pixels travels along.
struct BeginFaces {
    static constexpr MessageKind kind = MessageKind::BeginFaces;
    static void fields(auto&, auto&) {}
};
/// Program: the next picture (Rgb, 8 bit, rows packed) lies at the start of the memory.
struct FindFaces {
    static constexpr MessageKind kind = MessageKind::FindFaces;
    static constexpr std::int32_t longestSide = 1024;
    std::int32_t width = 0, height = 0;
    vision::Turns turns = vision::Turns::None;
    static void fields(auto& wire, auto& m) {
        wire.whole(m.width, 1, longestSide);
        wire.whole(m.height, 1, longestSide);
        wire.choice(m.turns, 2);
    }
};
/// Child: the faces in it.
struct FacesFound {
    static constexpr MessageKind kind = MessageKind::FacesFound;
    std::vector<vision::Face> faces;
    static void fields(auto& wire, auto& m) {
        auto count = static_cast<std::int32_t>(m.faces.size());
        wire.whole(count, 0, vision::mostFaces);
        if constexpr (std::remove_reference_t<decltype(wire)>::isReading)
            m.faces.resize(static_cast<std::size_t>(count));
        for (auto& face : m.faces) {
            wire.fraction(face.box.left);
            wire.fraction(face.box.top);
            wire.fraction(face.box.width);
            wire.fraction(face.box.height);
            for (auto& point : face.points) {
                wire.fraction(point.u);
                wire.fraction(point.v);
            }
            wire.fraction(face.score);
        }
    }
};
/// Zygote: the child is no more: waitid()'s si_code and si_status.
struct Ended {
    static constexpr MessageKind kind = MessageKind::Ended;
    std::int32_t code = 0, status = 0;
    static void fields(auto& wire, auto& m) {
        wire.whole(m.code, 0, 100);
        wire.whole(m.status, -1, 1000);
    }
};

template <class M>
Bytes compose(const M& message) {
    MessageWriter writer(M::kind);
    M::fields(writer, message);
    return writer.take();
}
/// Nothing when it is another message, a field is out of range, or its length is wrong.
template <class M>
std::optional<M> parse(std::span<const std::byte> packet) {
    MessageReader reader(packet);
    if (reader.kind() != M::kind) return std::nullopt;
    M message;
    M::fields(reader, message);
    if (!reader.isComplete()) return std::nullopt;
    return message;
}

}  // namespace contone::decode
