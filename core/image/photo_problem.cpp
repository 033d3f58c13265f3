// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The table of all reasons for which a photo is not read.
#include "core/image/photo_problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace contone::image {
namespace {

constexpr std::string_view kNeeds = "needs ", kOf = " of ", kBytes = " bytes";

/// Takes `word` and the number behind it from the front of `text`.
std::optional<std::int64_t> takeNumber(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return {};
    text.remove_prefix(word.size());
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < 0) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

constexpr std::array problems{
    PhotoProblem{Code::Corrupt, "photo-damaged", "This photo is damaged and cannot be read. Copy it again."},
    PhotoProblem{Code::Corrupt, "photo-truncated", "This photo is incomplete: a part of it is missing. Copy it again."},
    PhotoProblem{Code::Invalid, "photo-empty", "This file is empty: nothing was copied. Copy the photo again."},
    PhotoProblem{Code::Invalid, "not-a-file", "That is not an ordinary file. Choose a photo."},
    PhotoProblem{Code::Unsupported, "photo-format", "This is not a photo of a kind that we know."},
    PhotoProblem{Code::Unsupported, "photo-feature",
                 "This photo uses a form of its format that cannot be printed here. Save it as an ordinary JPEG."},
    PhotoProblem{Code::Unsupported, "photo-12-bit",
                 "This JPEG does not have 8 bits a channel, which cannot be printed. Save it as an ordinary JPEG."},
    PhotoProblem{Code::Unsupported, "photo-no-picture", "There is no picture in this file. Choose another one."},
    PhotoProblem{Code::Unsupported, "photo-no-preview", "There is no small picture inside this photo."},
    PhotoProblem{Code::Invalid, "photo-too-large",
                 "This photo is wider or higher than can be read here: more than 65,500 pixels. Save a smaller copy."},
    PhotoProblem{Code::Invalid, "photo-too-many-scans",
                 "This photo is stored in a way that takes too long to read. Save it again as an ordinary JPEG."},
    PhotoProblem{Code::Invalid, "photo-memory",
                 "This photo needs more memory than a photo may take here. Save it as an ordinary JPEG."},
    PhotoProblem{Code::Invalid, "photo-too-slow",
                 "This photo took too long to read and was put aside. Save it again as an ordinary JPEG."},
    PhotoProblem{Code::Corrupt, "photo-harmful",
                 "This file made its reader fail and was put aside; nothing else was harmed. Copy the photo again."},
    PhotoProblem{Code::Internal, "io-error", "The photo could not be read from the disk. Try again."},
    PhotoProblem{Code::Invalid, "photo-file-too-large",
                 "This photo's file is larger than one that can be read here. Save a smaller copy."},
    PhotoProblem{Code::Internal, "strip-mismatch", "This photo could not be read because of an error in the program."},
    PhotoProblem{Code::Unavailable, "face-finder-missing",
                 "Faces cannot be looked for: a part of Contone is missing or damaged. Install it again."},
};

}  // namespace

std::span<const PhotoProblem> photoProblems() {
    return problems;
}

int problemNumber(std::string_view reason) {
    const auto at = std::ranges::find_if(problems, [&](const PhotoProblem& p) { return p.reason == reason; });
    return at == problems.end() ? 0 : static_cast<int>(at - problems.begin());
}

std::unexpected<Error> photoProblem(std::string_view reason, std::string detail) {
    const PhotoProblem& p = problems[static_cast<std::size_t>(problemNumber(reason))];
    Error error{p.code, p.reason, p.sentence, std::move(detail)};
    if (const auto need = memoryNeed(error))
        error.message = fmt::format(
            "This photo must be held in memory as a whole, which takes {:.1f} GB; a photo may take {:.1f} GB here. "
            "Save "
            "it as an ordinary JPEG, or a smaller copy.",
            need->neededGb(), need->allowedGb());
    return fail(std::move(error));
}

std::unexpected<Error> photoNeedsMemory(std::int64_t needed, std::int64_t allowed, std::string_view what) {
    return photoProblem("photo-memory", fmt::format("{}{}{}{}{}: {}", kNeeds, needed, kOf, allowed, kBytes, what));
}

double MemoryNeed::neededGb() const {
    return std::ceil(static_cast<double>(needed) / 1e8) / 10;
}
double MemoryNeed::allowedGb() const {
    return std::floor(static_cast<double>(allowed) / 1e8) / 10;
}

std::optional<MemoryNeed> memoryNeed(const Error& error) {
    if (error.reason != "photo-memory") return {};
    std::string_view text = error.detail;
    const auto needed = takeNumber(text, kNeeds);
    const auto allowed = needed ? takeNumber(text, kOf) : std::nullopt;
    if (!allowed || !text.starts_with(kBytes)) return {};
    return MemoryNeed{*needed, *allowed};
}

}  // namespace contone::image
