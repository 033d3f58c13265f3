// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Figures become findings, rounded as they are shown.
#include "core/findings/page_findings.h"

#include <array>
#include <cmath>

namespace contone::findings {
namespace {

struct WarningCode {
    image::PhotoWarning warning;
    FindingCode code;
};
constexpr std::array<WarningCode, image::photoWarningCount> kWarnings{{
    {image::PhotoWarning::ProfileDamaged, FindingCode::ProfileDamaged},
    {image::PhotoWarning::ExifDamaged, FindingCode::ExifDamaged},
    {image::PhotoWarning::EndMarkMissing, FindingCode::EndMarkMissing},
    {image::PhotoWarning::SlightlyDamaged, FindingCode::SlightlyDamaged},
    {image::PhotoWarning::AlphaFlattened, FindingCode::AlphaFlattened},
    {image::PhotoWarning::FirstPageOnly, FindingCode::FirstPageOnly},
    {image::PhotoWarning::FirstFrameOnly, FindingCode::FirstFrameOnly},
    {image::PhotoWarning::GainMapIgnored, FindingCode::GainMapIgnored},
    {image::PhotoWarning::HdrClipped, FindingCode::HdrClipped},
    {image::PhotoWarning::RawUnproved, FindingCode::RawUnproved},
    {image::PhotoWarning::RawPreviewUsed, FindingCode::RawPreviewUsed},
    {image::PhotoWarning::ReducedDepth, FindingCode::ReducedDepth},
    {image::PhotoWarning::ColoursUnspecified, FindingCode::ColoursUnspecified},
    {image::PhotoWarning::PagesTooMany, FindingCode::PagesTooMany},
    {image::PhotoWarning::InkGuessed, FindingCode::InkGuessed},
    {image::PhotoWarning::NumbersScaled, FindingCode::NumbersScaled},
}};

double tenths(double value) {
    return std::round(value * 10) / 10;
}
/// Below ten with a decimal, above without.
double percentShown(double percent) {
    return percent < 9.95 ? tenths(percent) : std::round(percent);
}

Finding sharpnessOf(const print::PagePlan& plan, double zoom) {
    Finding found{.numbers = {{"dpi", std::round(plan.photoDpi)}}};
    switch (plan.sharpness) {
        case catalog::Sharpness::Sharp:
            found.code = FindingCode::Sharp;
            return found;
        case catalog::Sharpness::Good:
            found.code = FindingCode::SharpEnough;
            return found;
        case catalog::Sharpness::Soft:
            found.code = FindingCode::Soft;
            found.severity = Severity::Look;
            break;
        case catalog::Sharpness::Poor:
            found.code = FindingCode::TooFewPixels;
            found.severity = Severity::Bad;
            break;
    }
    found.fix = zoom > 1.01 ? Fix::ZoomOut : Fix::SmallerPrint;
    return found;
}

Finding lossOf(const print::PagePlan& plan) {
    if (plan.lostPercent < 0.5) return {.code = FindingCode::AllOnPrint};
    const bool isMuch = plan.lostPercent >= lostPercentToLookAt;
    return {.code = FindingCode::PartLost,
            .severity = isMuch ? Severity::Look : Severity::Good,
            .numbers = {{"percent", std::round(plan.lostPercent)}},
            .fix = isMuch ? Fix::ShowAll : Fix::None};
}

}  // namespace

std::vector<Finding> ofPage(const Sha256& subject, const print::PagePlan& plan, double zoom) {
    std::vector<Finding> found{sharpnessOf(plan, zoom), lossOf(plan)};
    for (Finding& one : found) one.subject = subject.toString();
    return found;
}

Finding ofGamut(const Sha256& subject, const icc::GamutReport& report, const render::Crop& shown) {
    Finding found{.code = FindingCode::InGamut,
                  .numbers = {{"meanDeltaE", tenths(report.meanDeltaE)}},
                  .subject = subject.toString()};
    if (report.percentOutOfGamut < 0.05) return found;
    found.code = FindingCode::OutOfGamut;
    found.severity = report.percentOutOfGamut < outOfGamutPercentToLookAt ? Severity::Good : Severity::Look;
    found.numbers["percent"] = percentShown(report.percentOutOfGamut);
    found.numbers["p95DeltaE"] = tenths(report.p95DeltaE);
    found.numbers["ninth"] = report.worstRegion;
    const double width = shown.width / 3, height = shown.height / 3;
    found.region = Region{shown.left + width * (report.worstRegion % 3), shown.top + height * (report.worstRegion / 3),
                          width, height};
    return found;
}

std::vector<Finding> ofWarnings(const Sha256& subject, const image::PhotoWarnings& warnings) {
    std::vector<Finding> found;
    for (const WarningCode& one : kWarnings)
        if (warnings.has(one.warning))
            found.push_back({.code = one.code, .severity = Severity::Look, .subject = subject.toString()});
    return found;
}

std::optional<image::PhotoWarning> warningOf(FindingCode code) {
    for (const WarningCode& one : kWarnings)
        if (one.code == code) return one.warning;
    return std::nullopt;
}

}  // namespace contone::findings
