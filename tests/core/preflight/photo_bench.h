// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos made worse on purpose, measured: what the tests of the checks share.
#pragma once

#include <QBuffer>
#include <QDir>
#include <QImage>

#include "core/preflight/check_photo.h"
#include "icc/source.h"
#include "tests/core/render/memory_source.h"
#include "tests/places.h"

namespace contone::preflight::testing {

/// tests/data/photos that are photos of something, well made and not tiny. Not among them: Canon_EOS_D60, Casio and
/// Sony (blocks show), Issue_80 (a chart).
inline const char* const goodPhotos[] = {"Canon_EOS_7D.jpg",     "Olympus_PEN_E-P3.jpg", "HP_PhotoSmart_735.jpg",
                                         "Kodak_DC240.jpg",      "Ricoh_RDC5300.jpg",    "Sanyo_SR6.jpg",
                                         "apple_gainmap_new.jpg"};

inline QImage photoNamed(const QString& name) {
    const QImage image(contone::tests::sourceFolder + QString("/tests/data/photos/") + name);
    if (image.isNull()) qFatal("no photo %s", qPrintable(name));
    return image.convertToFormat(QImage::Format_RGB888);
}

/// Every pixel the mean of `count` that lie along a line.
inline QImage shaken(const QImage& image, int count, int dx, int dy) {
    QImage out = image;
    for (int y = 0; y < image.height(); y++)
        for (int x = 0; x < image.width(); x++)
            for (int c = 0; c < 3; c++) {
                int sum = 0;
                for (int i = -count / 2; i <= count / 2; i++)
                    sum += image.constScanLine(std::clamp(
                        y + i * dy, 0, image.height() - 1))[std::clamp(x + i * dx, 0, image.width() - 1) * 3 + c];
                out.scanLine(y)[x * 3 + c] = static_cast<uchar>(sum / (count / 2 * 2 + 1));
            }
    return out;
}
/// Three boxes of seven pixels each way are nearly a Gaussian of 3.5 pixels.
inline QImage blurred(QImage image) {
    for (int i = 0; i < 3; i++) image = shaken(shaken(image, 7, 1, 0), 7, 0, 1);
    return image;
}
inline QImage enlarged(const QImage& image, int times) {
    const QImage middle = image.copy(image.width() / 4, image.height() / 4, image.width() / 2, image.height() / 2);
    return middle.scaled(middle.size() * times, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}
inline QByteArray jpegOf(const QImage& image, int quality) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "JPG", quality);
    return bytes;
}
inline QImage savedAgain(const QImage& image, int quality) {
    return QImage::fromData(jpegOf(image, quality)).convertToFormat(QImage::Format_RGB888);
}

inline image::Picture pictureOf(const QImage& image) {
    image::Picture picture = image::Picture::ofSize({image.width(), image.height()}, {});
    for (int y = 0; y < image.height(); y++)
        std::memcpy(picture.bytes.data() + static_cast<std::size_t>(y) * picture.stride(), image.constScanLine(y),
                    picture.stride());
    return picture;
}

struct Measured {
    image::PhotoFacts facts;
    PhotoMeasures measures;
    bool operator==(const Measured&) const = default;
};
/// sRGB that says so. `stripRows`: how many a read gives at most.
inline Measured measured(const QImage& image, image::Orientation orientation = image::Orientation::Upright,
                         int stripRows = 1 << 30) {
    render::testing::MemorySource source(render::testing::storedAs(pictureOf(image), orientation), orientation);
    source.setColour(icc::sourceColour(icc::Profile::srgb(), image::SourceBasis::ContainerSrgb));
    source.setStripRows(stripRows);
    auto measures = measurePhoto(source);
    if (!measures) qFatal("%s", measures.error().message.c_str());
    return {source.facts(), std::move(*measures)};
}

/// A 10 x 15 cm page of a file, and a product's safe area of 4 mm.
inline print::PagePlan planOf(image::PixelSize photo, const order::PhotoChoices& choices = {}) {
    auto plan = *print::planFilePage({millimetres(101.6), millimetres(152.4)}, Dpi{300}, {}, photo, choices);
    const double safe = 4 / 25.4 * 300;
    for (print::PiecePlan& piece : plan.pieces)
        piece.safe = {piece.trim.x + safe, piece.trim.y + safe, piece.trim.width - 2 * safe,
                      piece.trim.height - 2 * safe};
    return plan;
}
inline std::vector<findings::Finding> checked(const Measured& photo, const print::PagePlan& plan,
                                              const std::string& name = {}, std::optional<PaperLight> light = {}) {
    return checkPhoto({Sha256::of("photo"), photo.facts, photo.measures, name}, {plan, 1, {}, light});
}
inline std::vector<findings::Finding> checked(const Measured& photo) {
    return checked(photo, planOf(photo.facts.uprightSize()));
}
inline const findings::Finding* findingOf(const std::vector<findings::Finding>& all, findings::FindingCode code) {
    const auto found = std::ranges::find(all, code, &findings::Finding::code);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace contone::preflight::testing
