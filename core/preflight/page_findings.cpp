// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Figures become findings, rounded as they are shown.
#include "core/preflight/page_findings.h"

#include <cmath>

namespace contone::preflight {

using namespace findings;  // what is made here

namespace {

double tenths(double value) {
    return std::round(value * 10) / 10;
}
/// Below ten with a decimal, above without.
double percentShown(double percent) {
    return percent < 9.95 ? tenths(percent) : std::round(percent);
}

}  // namespace

Finding ofSharpness(catalog::Sharpness sharpness, double photoDpi, Fix fix) {
    Finding found{.numbers = {{"dpi", std::round(photoDpi)}}};
    switch (sharpness) {
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
    found.fix = fix;
    return found;
}

namespace {

Finding lossOf(const print::PagePlan& plan) {
    if (plan.lostPercent < 0.5) return {.code = FindingCode::AllOnPrint};
    const bool isMuch = plan.lostPercent >= lostPercentToLookAt;
    return {.code = FindingCode::PartLost,
            .severity = plan.lostPercent >= lostPercentToAsk ? Severity::Bad
                        : isMuch                             ? Severity::Look
                                                             : Severity::Good,
            .numbers = {{"percent", std::round(plan.lostPercent)}},
            .fix = isMuch ? Fix::ShowAll : Fix::None};
}

}  // namespace

std::vector<Finding> ofPage(const Sha256& subject, const print::PagePlan& plan, double zoom) {
    const Fix sharper = zoom > 1.01 ? Fix::ZoomOut : Fix::SmallerPrint;
    std::vector<Finding> found{ofSharpness(plan.sharpness, plan.photoDpi, sharper), lossOf(plan)};
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
    const int row = report.worstRegion / 3, column = report.worstRegion % 3;
    const double width = shown.width / 3, height = shown.height / 3;
    found.region = Region{shown.left + width * column, shown.top + height * row, width, height};
    return found;
}

}  // namespace contone::preflight
