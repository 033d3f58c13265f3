// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What of a photo is seen on its print: by a person, or so that faces stay whole.
#include <algorithm>
#include <utility>

#include <QMetaObject>

#include "core/inspect/measure_photo.h"
#include "core/preflight/check_photo.h"
#include "ui/common/preview.h"
#include "ui/common/session.h"

namespace contone::ui {
namespace {

/// A larger photo is a second and more of reading, for which a window that closes would wait.
constexpr std::int64_t kMostMeasuredPixels = 200'000'000;

}  // namespace

void Session::fitCrop(PhotoEntry& entry) const {
    shapeCrop(entry);
    if (std::exchange(entry.keepsFaces, false)) entry.crop.reset();
    keepFaces(entry);
}

void Session::shapeCrop(PhotoEntry& entry) const {
    if (const auto aspect = aspectFor(entry))
        entry.crop.setShape(image::turnedSize(entry.report->facts, entry.turn),
                            entry.orientation == PrintOrientation::Across ? 1 / *aspect : *aspect);
}

/// Faces are known of the photo as it came: where it is turned, its crop stays in the middle.
void Session::keepFaces(PhotoEntry& entry) const {
    if (!entry.measures || !entry.measures->faces || !entry.turn.isNone() || entry.fit != print::Fit::Fill) return;
    if (!entry.crop.isInTheMiddle() || !m_target || !m_product) return;
    const auto page = m_target->printer.page(*m_product, entry.report->original, entry.report->facts, choicesOf(entry));
    const auto moved = page ? preflight::cropWithFaces(*entry.measures->faces, page->plan) : std::nullopt;
    if (!moved) return;
    entry.crop.show(*moved);
    entry.keepsFaces = true;
}

void Session::measure(const PhotoEntry& entry) {
    const image::PixelSize size = entry.report->facts.storedSize;
    if (std::int64_t{size.width} * size.height > kMostMeasuredPixels) return;
    m_measuring.add([this, file = entry.file] {
        const auto measured = inspect::measurePhoto(m_decoder, file, m_catalog);
        if (!measured) return;  // what is wrong with the photo was said when it was looked at
        QMetaObject::invokeMethod(
            this,
            [this, file, measures = std::make_shared<const preflight::PhotoMeasures>(measured->measures)] {
                const auto known = std::ranges::find(m_photos, file, &PhotoEntry::file);
                if (known == m_photos.end()) return;
                known->measures = measures;
                keepFaces(*known);
                emit pageChanged();
            },
            Qt::QueuedConnection);
    });
}

/// Of the print as the photo lies. Empty while that is not known.
std::optional<double> Session::aspectFor(const PhotoEntry& entry) const {
    if (!entry.report || !m_target || !m_product) return std::nullopt;
    const auto page =
        m_target->printer.page(*m_product, entry.report->original, entry.report->facts, {.turn = entry.turn});
    return page ? std::optional(uprightAspect(page->plan)) : std::nullopt;
}

void Session::shapeAll() {
    for (PhotoEntry& entry : m_photos) fitCrop(entry);
}

void Session::pan(double dx, double dy) {
    if (PhotoEntry* entry = currentEntry(); entry && entry->fit == print::Fit::Fill) {
        entry->crop.pan(dx, dy);
        entry->keepsFaces = false;
        noteGoingOn("crop");
        emit pageChanged();
    }
}

void Session::setZoom(double zoom) {
    zoomAbout(zoom, 0.5, 0.5);
}

void Session::zoomAbout(double zoom, double x, double y) {
    PhotoEntry* entry = currentEntry();
    if (!entry || entry->fit != print::Fit::Fill) return;
    const CropModel before = entry->crop;
    entry->crop.zoomAbout(zoom, x, y);
    if (entry->crop == before) return;
    entry->keepsFaces = false;
    noteGoingOn("crop");
    emit pageChanged();
}

void Session::setFit(print::Fit fit) {
    PhotoEntry* entry = currentEntry();
    if (!entry || entry->fit == fit) return;
    entry->fit = fit;
    keepFaces(*entry);
    note("fit");
    emit pageChanged();
}

void Session::turn() {
    PhotoEntry* entry = currentEntry();
    if (!entry || entry->fit != print::Fit::Fill) return;
    entry->orientation =
        entry->orientation == PrintOrientation::AsPhoto ? PrintOrientation::Across : PrintOrientation::AsPhoto;
    fitCrop(*entry);
    note("turn");
    emit pageChanged();
}

void Session::resetCrop() {
    PhotoEntry* entry = currentEntry();
    if (!entry) return;
    entry->keepsFaces = false;
    entry->crop.reset();
    entry->orientation = PrintOrientation::AsPhoto;
    shapeCrop(*entry);
    if (entry->crop.isSet()) entry->crop.show(entry->crop.crop());  // a person's word: no face moves it
    note("crop");
    emit pageChanged();
}

void Session::mend(findings::Fix fix) {
    PhotoEntry* entry = currentEntry();
    if (!entry) return;
    switch (fix) {
        case findings::Fix::ZoomOut:
            return setZoom(1);
        case findings::Fix::ShowAll:
            return setFit(print::Fit::Whole);
        case findings::Fix::Improve:
            return improve();
        case findings::Fix::LeaveOut:
            return remove(m_current);
        case findings::Fix::KeepFaces: {
            const auto now = page();
            if (!now || !entry->measures || !entry->measures->faces) return;
            const auto moved = preflight::cropWithFaces(*entry->measures->faces, now->plan);
            if (!moved) return;
            entry->crop.show(*moved);
            note("crop");
            emit pageChanged();
            return;
        }
        case findings::Fix::None:
        case findings::Fix::SmallerPrint:
            return;
    }
}

void Session::straighten(int hundredths) {
    PhotoEntry* entry = currentEntry();
    const int wanted = std::clamp(hundredths, -image::PhotoTurn::most, image::PhotoTurn::most);
    if (!entry || entry->turn.straighten == wanted) return;
    entry->turn.straighten = wanted;
    fitCrop(*entry);
    noteGoingOn("straighten");
    emit pageChanged();
}

void Session::turnPhoto() {
    PhotoEntry* entry = currentEntry();
    if (!entry) return;
    entry->turn.by = image::then(entry->turn.by, image::Orientation::Rotate90);
    entry->keepsFaces = false;
    entry->crop.reset();
    fitCrop(*entry);
    note("turn-photo");
    emit pageChanged();
}

}  // namespace contone::ui
