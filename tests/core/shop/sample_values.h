// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One full value of each kind that crosses the wire: every field differs from its default.
#pragma once

#include "core/shop/shop.h"

namespace contone::shop::sample {

/// An id whose bytes are all `n`.
template <class Id>
Id id(std::uint8_t n) {
    Id one;
    one.uuid.bytes.fill(n);
    return one;
}
inline Sha256 hash(std::string_view text) {
    return Sha256::of(text);
}

/// Text that needs care in JSON and in URLs.
inline const std::string awkward = std::string("Zoë \"3×4\" \\ / 100 % & = ? # \n\t 名前 \x01 ") + '\0' + "end";

inline order::Order order() {
    return {.id = id<OrderId>(1),
            .number = 1001,
            .lines = {{id<LineId>(2), hash("a"), "10x15", 3, R"({"fit":"fill"})", {35, "EUR"}},
                      {id<LineId>(3), hash("b"), "20x25", 999, awkward, {-9'000'000'000, "CHF"}}},
            .state = order::OrderState::Printing,
            .total = {105, "SEK"},
            .placedAt = {1'795'300'000'123}};
}

inline print::Sheet sheet() {
    return {.id = id<SheetId>(4),
            .job = id<JobId>(5),
            .order = id<OrderId>(6),
            .line = id<LineId>(7),
            .number = 8,
            .copy = 9,
            .state = print::SheetState::Unknown,
            .attempt = id<AttemptId>(10),
            .attempts = 2,
            .schedulerJob = 77,
            .reason = "printer-lost",
            .message = awkward,
            .recipe = hash("recipe"),
            .raster = hash("raster"),
            .fingerprint = "render 2; photo libjpeg-turbo 2.1.5",
            .reprintOf = id<SheetId>(11),
            .changedAt = {-5},
            .reprint = print::ReprintCase{print::ReprintReason::Colour, print::CostOwner::Supplier},
            .movedFrom = id<SheetId>(14)};
}

inline print::PrintJob job() {
    return {id<JobId>(12),         id<OrderId>(13),
            "front-desk",          R"({"name":"front-desk"})",
            {1'795'300'000'456},   24,
            print::Priority::Bulk, "older-than-two-hours",
            {1'795'300'000'457},   "render 2"};
}

inline print::PrinterSetup setup() {
    return {.name = "front-desk",
            .route = {print::RouteKind::Queue, "ipp://localhost:8631/printers/dnp"},
            .model = "dnp-ds620",
            .medium = "6x8",
            .finish = "matte",
            .profile = hash("profile"),
            .profileName = "Photo RGB",
            .intent = icc::Intent::Perceptual,
            .blackPoint = icc::BlackPoint::AsIs,
            .sharpening = {render::SharpenLevel::High, 120, 2080, 104},
            .calibration = {Length::micrometres(-120),
                            Length::micrometres(85),
                            {Length::micrometres(1), Length::micrometres(2), Length::micrometres(3),
                             Length::micrometres(4)}},
            .pool = "counter",
            .lowPrints = 33,
            .verification = print::Verification{
                true, true, {1'795'300'000'789}, hash("fingerprint"), {"No filter runs."}, {"The guard is missing."}}};
}

inline NewOrder newOrder() {
    NewOrder order{.customerName = awkward, .actor = "kiosk-3"};
    order.lines.push_back({hash("a"), "IMG_0001.JPG", "10x15", 2, {}});
    order.lines.push_back(
        {hash("b"),
         awkward,
         "15x15",
         0,
         {print::Fit::Whole, render::Crop{0.1, 1.0 / 3.0, 0.123456789012345678, 5e-324}, render::Lane::Archival}});
    return order;
}

inline NewSetup newSetup() {
    NewSetup setup{
        .name = "front-desk",
        .route = {print::RouteKind::Direct, "ipp://printer:631/ipp/print"},
        .model = "mitsubishi-d90",
        .medium = "4x6",
        .finish = "glossy",
        .intent = icc::Intent::Absolute,
        .blackPoint = icc::BlackPoint::AsIs,
        .sharpen = render::SharpenLevel::Low,
        .calibration = {Length::micrometres(7), Length::micrometres(-9), Edges::all(Length::micrometres(500))},
        .pool = "counter",
        .lowPrints = 0,
        .actor = "owner"};
    for (int i = 0; i < 256; ++i) setup.profileBytes.push_back(static_cast<std::byte>(i));
    return setup;
}

inline SetupStatus status() {
    return {"front-desk",
            true,
            {"The paper is low.", awkward},
            12,
            3,
            {1'795'300'001'000},
            {"media-empty", "wrong-medium"},
            {{print::Supply::Kind::Ribbon, awkward, 12, std::nullopt}, {print::Supply::Kind::Media, "", {}, 7}},
            7,
            true,
            true,
            4,
            {"back", "side"}};
}

inline print::FourReadings readings() {
    return {Length::micrometres(1), Length::micrometres(-2), Length::micrometres(3), Length::micrometres(4)};
}

inline print::JobTally tally() {
    return {job(), 1, 2, 3, 4, 5, 6};
}

inline print::Enough enough() {
    return {print::Enough::Answer::No, 5, 3, awkward};
}

inline print::Spoilage spoilage() {
    return {9, {{"jam", 2}, {awkward, 1}}, {{"shop", 3}}};
}

inline EnoughQuery enoughQuery() {
    return {id<OrderId>(15), {{"10x15", 3}, {awkward, 0}}, "front-desk", "counter"};
}

inline std::vector<Change> changes() {
    return {{1, "order-placed", "order/x", R"({"number":1001})"},
            {std::numeric_limits<std::int64_t>::max(), "sheet-moved", "production/y", awkward}};
}

inline SheetRecord record() {
    return {sheet(), R"({"renderVersion":1})", R"({"name":"front-desk"})", job()};
}

inline SheetComparison comparison() {
    return {hash("a"), hash("b"), "render 2; lcms 2.14", "render 2; lcms 2.16",
            render::PageDifference{6'480'000'000, 12, 1.0 / 3.0, 5e-324}};
}

inline constexpr Code codes[] = {Code::Invalid, Code::NotFound,    Code::Conflict,  Code::Denied,  Code::Unsupported,
                                 Code::Corrupt, Code::Unavailable, Code::Cancelled, Code::Internal};

}  // namespace contone::shop::sample
