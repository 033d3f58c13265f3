// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// nest: where prints of many sizes lie on a roll or on sheets, so that little paper is left over.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/layout/box.h"

namespace contone::layout {

/// Whether a print may lie a quarter turn round.
enum class Turning { Fixed, Allowed };
enum class Turned { No, Quarter };
/// Free: each print is cut out by itself. Guillotine: every cut goes from edge to edge of what it cuts. Saves less
/// paper.
enum class Cutting { Free, Guillotine };
/// Whether prints of different customers may share a sheet or a section of the roll.
enum class Owners { Apart, Mixed };
enum class Form { Roll, Sheets };

/// 1 mm … 20 m a side.
struct Print {
    PaperSize size;
    std::string owner;  ///< whose it is: any text, compared as it stands
    Turning turning = Turning::Allowed;
    bool operator==(const Print&) const = default;
};

struct Medium {
    Form form = Form::Sheets;
    Length width;  ///< across the feed, 1 mm … 20 m
    Length
        length;  ///< along the feed, 1 mm … 20 m: of a sheet, or of the longest section of a roll. Roll and 0: endless
    Edges margins;  ///< stay empty; of a roll, of each section. 0 or more
    Length gap;     ///< between prints, 0 … 1 m; not between a print and a margin
    Cutting cutting = Cutting::Free;
    bool operator==(const Medium&) const = default;
};

/// How long to search. The same numbers give the same places on every machine; a clock is never looked at.
struct NestingEffort {
    std::uint64_t seed = 1;
    int triesForEachPrint =
        10'000;  ///< 0 … 100,000: how often a print is laid down in trying. 0: only the first 24 layouts
    bool operator==(const NestingEffort&) const = default;
};

struct Place {
    std::size_t print = 0;  ///< its number among the prints given
    Box box;                ///< on the sheet, as it lies there
    Turned turned = Turned::No;
    bool operator==(const Place&) const = default;
};

/// A sheet, or a section of a roll.
struct NestedSheet {
    std::string owner;          ///< of all its prints; empty when owners are mixed
    Length length;              ///< of a sheet: the medium's. Of a section: up to its last print, and the margins
    Length used;                ///< up to the lower edge of its last print, and the lower margin
    std::vector<Place> places;  ///< from top to bottom, then from left to right
    bool operator==(const NestedSheet&) const = default;
};

/// A print that can lie nowhere on this medium.
struct LeftOut {
    std::size_t print = 0;
    Error why;  ///< Invalid "print-size" or "print-too-large"
    bool operator==(const LeftOut&) const = default;
};

struct Nesting {
    std::vector<NestedSheet> sheets;  ///< owners in the order of their first print, the fullest sheet of each first
    std::vector<LeftOut> leftOut;
    /// 0…1: the prints' area by the paper's, margins and gaps included; the last sheet counts as far as it is used, as
    /// the rest of it can be used again. 0: no print was placed.
    double use = 0;
    bool operator==(const Nesting&) const = default;
};

/// No more prints are nested at once.
constexpr std::size_t mostNestedPrints = 5000;

/// Every print that can lie on the medium is placed exactly once. The best of four rules of placing in six orders comes
/// first. Of sheets, the prints of two or three weakly filled ones are then laid anew, which is kept when the sum of
/// fill³ grows and no sheet is added. A roll is searched as blocks across its whole width: one to three of them are
/// laid anew, which is kept when the roll gets no longer. Blocks: 100 prints take about 0.12 s; time grows with their
/// number. Thread-safe. Fails: Invalid "medium-size" (the medium, or what its margins leave, is impossible),
/// "nesting-effort", "nesting-too-many"; Cancelled "cancelled".
Result<Nesting> nest(const std::vector<Print>& prints, const Medium& medium, Owners owners = Owners::Apart,
                     const NestingEffort& effort = {}, const CancelToken& cancel = {});

}  // namespace contone::layout
