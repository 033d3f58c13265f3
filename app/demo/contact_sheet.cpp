// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Painted with Qt on a neutral ground; pixels go in as they are.
#include "app/demo/contact_sheet.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace contone::demo {
namespace {

constexpr int panel = 460, gap = 28, margin = 36, titleHeight = 74, captionHeight = 40, rowFooter = 42;

QImage imageOf(const image::Picture& p) {
    return QImage(reinterpret_cast<const uchar*>(p.bytes.data()), p.size.width, p.size.height,
                  static_cast<qsizetype>(p.stride()), QImage::Format_RGB888)
        .convertToFormat(QImage::Format_RGB32);
}

/// Upright: pages lie as the printer takes them; people look at photos the right way up.
QImage upright(const QImage& page, image::Orientation turn) {
    return turn == image::Orientation::Rotate90 ? page.transformed(QTransform().rotate(-90)) : page;
}

/// Draws `picture` into its panel, keeping its shape; returns where it came to lie.
QRectF place(QPainter& painter, const QImage& picture, int x, int y) {
    const QSizeF size = QSizeF(picture.size()).scaled(panel, panel, Qt::KeepAspectRatio);
    const QRectF target(x + (panel - size.width()) / 2, y + (panel - size.height()) / 2, size.width(), size.height());
    painter.drawImage(target, picture.scaled(size.toSize(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    return target;
}

void caption(QPainter& painter, int x, int y, const QString& text) {
    painter.setPen(QColor(225, 225, 225));
    painter.drawText(QRect(x, y, panel, captionHeight), Qt::AlignCenter, text);
}

void drawRow(QPainter& painter, const ContactRow& row, int top) {
    QFont title = painter.font();
    const QFont plain = title;
    title.setPixelSize(22);
    title.setBold(true);
    painter.setFont(title);
    painter.setPen(Qt::white);
    const int width = 3 * panel + 2 * gap;
    painter.drawText(QRect(margin, top, width, 30), Qt::AlignLeft | Qt::AlignVCenter,
                     QString::fromStdString(row.title));
    painter.setFont(plain);
    painter.setPen(QColor(225, 225, 225));
    painter.drawText(QRect(margin, top + 32, width, 26), Qt::AlignLeft | Qt::AlignVCenter,
                     QString::fromStdString(row.facts));

    const int y = top + titleHeight;
    const int columns[] = {margin, margin + panel + gap, margin + 2 * (panel + gap)};
    const QRectF photo = place(painter, imageOf(row.photo), columns[0], y);
    // What the page does not show is dimmed.
    const QRectF seen(photo.x() + row.crop.left * photo.width(), photo.y() + row.crop.top * photo.height(),
                      row.crop.width * photo.width(), row.crop.height * photo.height());
    QPainterPath outside;
    outside.addRect(photo);
    QPainterPath inside;
    inside.addRect(seen);
    painter.fillPath(outside.subtracted(inside), QColor(0, 0, 0, 130));
    painter.setPen(QPen(Qt::white, 1.5));
    painter.drawRect(seen);
    place(painter, upright(imageOf(row.proof), row.plan.turn), columns[1], y);
    place(painter, upright(imageOf(row.sheet), row.plan.turn), columns[2], y);
    caption(painter, columns[0], y + panel, "Photo, with the part that is printed");
    caption(painter, columns[1], y + panel, "Soft proof: what the screen promises");
    caption(painter, columns[2], y + panel, "Captured sheet: what the paper got");
    painter.setPen(row.good ? QColor(190, 235, 190) : QColor(255, 170, 160));
    painter.drawText(QRect(margin, y + panel + captionHeight, width, rowFooter - 8), Qt::AlignCenter,
                     QString::fromStdString(row.verdict));
}

}  // namespace

Result<void> drawContactSheet(const std::vector<ContactRow>& rows, const Path& png) {
    const int rowHeight = titleHeight + panel + captionHeight + rowFooter;
    QImage sheet(2 * margin + 3 * panel + 2 * gap, 2 * margin + rowHeight * static_cast<int>(rows.size()),
                 QImage::Format_RGB32);
    sheet.fill(QColor(119, 119, 119));  // L* 50: the surround changes no colour
    QPainter painter(&sheet);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QFont font("Inter");
    font.setPixelSize(16);
    painter.setFont(font);
    for (std::size_t i = 0; i < rows.size(); i++) drawRow(painter, rows[i], margin + rowHeight * static_cast<int>(i));
    painter.end();
    if (!sheet.save(QString::fromStdString(png.string()), "PNG"))
        return fail(Code::Denied, "not-writable", "The picture could not be written. Choose another folder with --out.",
                    png.string());
    return {};
}

}  // namespace contone::demo
