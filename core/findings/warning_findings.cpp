// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What was odd about a photo, as findings.
#include "core/findings/warning_findings.h"

#include <array>

namespace contone::findings {
namespace {

struct WarningCode {
    image::PhotoWarning warning;
    FindingCode code;
};
constexpr std::array<WarningCode, image::photoWarningCount> codes{{
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

/// The picture itself may be wrong, or lie on its side: nobody sees that before the paper is used.
Severity severityOf(image::PhotoWarning warning) {
    return warning == image::PhotoWarning::SlightlyDamaged || warning == image::PhotoWarning::ExifDamaged
               ? Severity::Bad
               : Severity::Look;
}

}  // namespace

std::vector<Finding> ofWarnings(const Sha256& subject, const image::PhotoWarnings& warnings) {
    std::vector<Finding> found;
    for (const WarningCode& one : codes)
        if (warnings.has(one.warning))
            found.push_back({.code = one.code, .severity = severityOf(one.warning), .subject = subject.toString()});
    return found;
}

std::optional<image::PhotoWarning> warningOf(FindingCode code) {
    for (const WarningCode& one : codes)
        if (one.code == code) return one.warning;
    return std::nullopt;
}

}  // namespace contone::findings
