// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Finding: what a person should know about a photo on a print before it costs paper. Waiver: a person saw it and wants
// the print all the same.
//
// Values, made by warning_findings.h and by core/preflight; every program shows the same ones. Their sentences are made
// by core/words, by language.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/enum_words.h"
#include "core/json/fields.h"

namespace contone::findings {

enum class Severity {
    Good,  ///< checked and as it should be
    Look,  ///< a person should look
    Bad,   ///< the print may have to be made again: a person says a word before paper is used
};
constexpr auto wordsOf(Severity) {
    return enumWords<Severity>("bad-severity", "A finding is good, look or bad.",
                               {{Severity::Good, "good"}, {Severity::Look, "look"}, {Severity::Bad, "bad"}});
}

/// One code, one sentence.
enum class FindingCode {
    Sharp,         ///< number "dpi": photo pixels an inch on the paper
    SharpEnough,   ///< "dpi"
    Soft,          ///< "dpi"
    TooFewPixels,  ///< "dpi"
    AllOnPrint,    ///< nothing is cut off
    PartLost,      ///< "percent" of the photo is cut off
    InGamut,       ///< "meanDeltaE"
    OutOfGamut,    ///< "percent", "meanDeltaE", "p95DeltaE"; "ninth" 0…8 of what is printed, row by row
    SharpUpTo,     ///< "widthMm", "heightMm": the largest product on which what is shown of the photo is sharp
    FaceCut,       ///< this and the next two: "faces", how many; where they are is the region
    FaceLeftOut,   ///< on the photo, not on the print
    FaceNearEdge,  ///< inside the trim, outside the safe area
    Blurred,       ///< this and the next two: "edgeMm", how wide edges are on the paper
    Shaken,
    LittleDetail,         ///< enlarged, or a little out of focus: nobody can tell
    TooDark,              ///< darker than its picture wants
    ShadowsClose,         ///< "percent" of the print is as dark as the paper can be, the photo is not
    LightsWithoutDetail,  ///< "percent" of what is shown
    FaceWithoutDetail,    ///< "percent" of a face
    StronglyCompressed,   ///< "quality" 1…100; 0: its blocks show although its quality says nothing
    Oversharpened,
    FromMessenger,
    Screenshot,
    OwnBorder,           ///< "borderMm" wide on the paper, where it is widest
    NoProfile,           ///< says nothing of its colours; this and the next are no faults
    RicherThanSrgb,      ///< "percent" of its colours
    TwiceInOrder,        ///< this and the next: "other", the place in the order of the photo that it equals, from 1
    NearlyTwiceInOrder,  ///< one of a burst
    LettersMissing,      ///< this and the next three: of a design's text, "item" of its layout, from 1
    TextCut,             ///< "letters" that are not shown; 0: only ink reaches beyond its box
    TextSmaller,         ///< "points"
    WordsBroken,
    ProfileDamaged,  ///< this and all that follow: what was odd about the photo, as image::PhotoWarning
    ExifDamaged,
    EndMarkMissing,
    SlightlyDamaged,
    AlphaFlattened,
    FirstPageOnly,
    FirstFrameOnly,
    GainMapIgnored,
    HdrClipped,
    RawUnproved,
    RawPreviewUsed,
    ReducedDepth,
    ColoursUnspecified,
    PagesTooMany,
    InkGuessed,
    NumbersScaled,
};
constexpr auto wordsOf(FindingCode) {
    using enum FindingCode;
    return enumWords<FindingCode>("bad-finding", "This is no finding that is known here.",
                                  {{Sharp, "sharp"},
                                   {SharpEnough, "sharp-enough"},
                                   {Soft, "soft"},
                                   {TooFewPixels, "too-few-pixels"},
                                   {AllOnPrint, "all-on-print"},
                                   {PartLost, "part-lost"},
                                   {InGamut, "in-gamut"},
                                   {OutOfGamut, "out-of-gamut"},
                                   {SharpUpTo, "sharp-up-to"},
                                   {FaceCut, "face-cut"},
                                   {FaceLeftOut, "face-left-out"},
                                   {FaceNearEdge, "face-near-edge"},
                                   {Blurred, "blurred"},
                                   {Shaken, "shaken"},
                                   {LittleDetail, "little-detail"},
                                   {TooDark, "too-dark"},
                                   {ShadowsClose, "shadows-close"},
                                   {LightsWithoutDetail, "lights-without-detail"},
                                   {FaceWithoutDetail, "face-without-detail"},
                                   {StronglyCompressed, "strongly-compressed"},
                                   {Oversharpened, "oversharpened"},
                                   {FromMessenger, "from-messenger"},
                                   {Screenshot, "screenshot"},
                                   {OwnBorder, "own-border"},
                                   {NoProfile, "no-profile"},
                                   {RicherThanSrgb, "richer-than-srgb"},
                                   {TwiceInOrder, "twice-in-order"},
                                   {NearlyTwiceInOrder, "nearly-twice-in-order"},
                                   {LettersMissing, "letters-missing"},
                                   {TextCut, "text-cut"},
                                   {TextSmaller, "text-smaller"},
                                   {WordsBroken, "words-broken"},
                                   {ProfileDamaged, "profile-damaged"},
                                   {ExifDamaged, "exif-damaged"},
                                   {EndMarkMissing, "end-mark-missing"},
                                   {SlightlyDamaged, "slightly-damaged"},
                                   {AlphaFlattened, "alpha-flattened"},
                                   {FirstPageOnly, "first-page-only"},
                                   {FirstFrameOnly, "first-frame-only"},
                                   {GainMapIgnored, "gain-map-ignored"},
                                   {HdrClipped, "hdr-clipped"},
                                   {RawUnproved, "raw-unproved"},
                                   {RawPreviewUsed, "raw-preview-used"},
                                   {ReducedDepth, "reduced-depth"},
                                   {ColoursUnspecified, "colours-unspecified"},
                                   {PagesTooMany, "pages-too-many"},
                                   {InkGuessed, "ink-guessed"},
                                   {NumbersScaled, "numbers-scaled"}});
}

/// What would mend it; done by the project that the photo is in.
enum class Fix {
    None,
    ZoomOut,
    SmallerPrint,
    ShowAll,
    KeepFaces,  ///< the crop moves (preflight::cropWithFaces)
    Improve,    ///< render::autoEnhance
    LeaveOut,   ///< of the order
};
constexpr auto wordsOf(Fix) {
    return enumWords<Fix>("bad-fix", "This is no way to mend a finding.",
                          {{Fix::None, "none"},
                           {Fix::ZoomOut, "zoom-out"},
                           {Fix::SmallerPrint, "smaller-print"},
                           {Fix::ShowAll, "show-all"},
                           {Fix::KeepFaces, "keep-faces"},
                           {Fix::Improve, "improve"},
                           {Fix::LeaveOut, "leave-out"}});
}

/// A part of the upright photo; all of it is {0, 0, 1, 1}.
struct Region {
    double left = 0, top = 0, width = 1, height = 1;
    static constexpr auto fields() {
        return json::list(json::field("left", &Region::left), json::field("top", &Region::top),
                          json::field("width", &Region::width), json::field("height", &Region::height));
    }
    auto operator<=>(const Region&) const = default;
};

struct Finding {
    FindingCode code = FindingCode::Sharp;
    Severity severity = Severity::Good;
    /// By name, as FindingCode says; rounded to what its sentence shows, so that what reads the same is the same.
    std::map<std::string, double> numbers;
    std::string subject;           ///< which photo it is about: the hash of its original; of a text, of its layout
    std::optional<Region> region;  ///< where on the photo; empty: everywhere, or nowhere in particular
    Fix fix = Fix::None;

    /// 0 when there is no such number.
    double number(const std::string& name) const;
    static constexpr auto fields() {
        return json::list(json::field("code", &Finding::code), json::field("severity", &Finding::severity),
                          json::field("numbers", &Finding::numbers), json::field("subject", &Finding::subject),
                          json::field("region", &Finding::region), json::field("fix", &Finding::fix));
    }
    auto operator<=>(const Finding&) const = default;  ///< some order, for sets
};

struct Waiver {
    Finding finding;  ///< as the person saw it
    std::string who;
    Instant when;
    static constexpr auto fields() {
        return json::list(json::field("finding", &Waiver::finding), json::field("who", &Waiver::who),
                          json::field("whenMs", &Waiver::when));
    }
    bool operator==(const Waiver&) const = default;
};

/// Of `all`, those that a person has yet to look at: not Good, and no waiver holds the same finding. One that changed
/// (another number, another place) is asked about again.
std::vector<Finding> unanswered(std::span<const Finding> all, std::span<const Waiver> waivers);
/// Of `all`, those that a person must say a word about before paper is used: Bad, and no waiver holds the same finding.
std::vector<Finding> unaccepted(std::span<const Finding> all, std::span<const Waiver> waivers);
/// The gravest of them; Good when there is none.
Severity worst(std::span<const Finding> all);

}  // namespace contone::findings
