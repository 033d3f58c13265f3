// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Draws a calibration page, one gray value a pixel first.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>

#include "core/print/block_font_p.h"
#include "core/print/calibration.h"
#include "core/print/calibration_marks.h"

namespace contone::print {

namespace {

constexpr std::uint8_t kBlack = 0, kGray = 176, kColumn = 225, kPaper = 255;

class Drawing {
  public:
    explicit Drawing(const Medium& medium)
        : m_medium(medium),
          m_pixels(static_cast<std::size_t>(medium.raster.width) * static_cast<std::size_t>(medium.raster.height),
                   kPaper) {}

    int columnAt(double mm) const { return m_medium.unprintableLeft + nearest(mm * m_medium.dpiX.value / 25.4); }
    int rowAt(double mm) const { return m_medium.unprintableTop + nearest(mm * m_medium.dpiY.value / 25.4); }

    void fill(int left, int top, int right, int bottom, std::uint8_t value) {
        for (int y = std::max(0, top); y < std::min(bottom, m_medium.raster.height); ++y)
            for (int x = std::max(0, left); x < std::min(right, m_medium.raster.width); ++x) at(x, y) = value;
    }
    /// From one point to the opposite one.
    void fill(MarkPoint a, MarkPoint b, std::uint8_t value) {
        fill(columnAt(std::min(a.x, b.x)), rowAt(std::min(a.y, b.y)), columnAt(std::max(a.x, b.x)),
             rowAt(std::max(a.y, b.y)), value);
    }

    /// From one point to another beside or below it: the pixels that hold them and those between.
    void line(MarkPoint a, MarkPoint b) {
        const bool isUpright = a.x == b.x;
        const Dpi across = isUpright ? m_medium.dpiX : m_medium.dpiY;
        const int width = std::max(1, nearest(0.1 * across.value / 25.4));
        if (isUpright) {
            const int left = m_medium.unprintableLeft + below(a.x * across.value / 25.4) - (width - 1) / 2;
            fill(left, rowAt(std::min(a.y, b.y)), left + width, rowAt(std::max(a.y, b.y)), kBlack);
        } else {
            const int top = m_medium.unprintableTop + below(a.y * across.value / 25.4) - (width - 1) / 2;
            fill(columnAt(std::min(a.x, b.x)), top, columnAt(std::max(a.x, b.x)), top + width, kBlack);
        }
    }

    void disc(MarkPoint centre, double radius) {
        for (int y = rowAt(centre.y - radius); y <= rowAt(centre.y + radius); ++y) {
            for (int x = columnAt(centre.x - radius); x <= columnAt(centre.x + radius); ++x) {
                const double dx = (x + 0.5 - m_medium.unprintableLeft) * 25.4 / m_medium.dpiX.value - centre.x;
                const double dy = (y + 0.5 - m_medium.unprintableTop) * 25.4 / m_medium.dpiY.value - centre.y;
                if (dx * dx + dy * dy <= radius * radius) at(x, y) = kBlack;
            }
        }
    }

    /// `height` in mm of the capitals; the text's middle lies at `centre`. Blocks are whole pixels.
    void write(std::string_view text, MarkPoint centre, double height) {
        const int blockX = std::max(1, nearest(height / 7 * m_medium.dpiX.value / 25.4));
        const int blockY = std::max(1, nearest(height / 7 * m_medium.dpiY.value / 25.4));
        int left = columnAt(centre.x) - (static_cast<int>(text.size()) * 6 - 1) * blockX / 2;
        const int top = rowAt(centre.y) - 7 * blockY / 2;
        for (const char c : text) {
            const Glyph glyph = glyphOf(c);
            for (int row = 0; row < 7; ++row)
                for (int column = 0; column < 5; ++column)
                    if (glyph[static_cast<std::size_t>(row)] >> (4 - column) & 1)
                        fill(left + column * blockX, top + row * blockY, left + (column + 1) * blockX,
                             top + (row + 1) * blockY, kBlack);
            left += 6 * blockX;
        }
    }

    image::Picture picture(image::PixelFormat device) const {
        image::Picture made = image::Picture::ofSize(m_medium.raster, device);
        const std::size_t samples = static_cast<std::size_t>(count(device.channels));
        for (std::size_t i = 0; i < m_pixels.size(); ++i) {
            for (std::size_t c = 0; c < samples; ++c) {
                std::uint8_t value = m_pixels[i];
                if (device.channels == image::Channels::Cmyk)
                    value = c == 3 ? static_cast<std::uint8_t>(255 - value) : 0;
                const std::size_t sample = i * samples + c;
                if (device.depth == image::Depth::U8) {
                    made.bytes[sample] = static_cast<std::byte>(value);
                } else {
                    const auto wide = static_cast<std::uint16_t>(value * 257);
                    std::memcpy(made.bytes.data() + sample * 2, &wide, 2);
                }
            }
        }
        return made;
    }

  private:
    static int below(double v) { return static_cast<int>(std::floor(v)); }
    static int nearest(double v) { return static_cast<int>(std::floor(v + 0.5)); }
    std::uint8_t& at(int x, int y) {
        return m_pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_medium.raster.width) +
                        static_cast<std::size_t>(x)];
    }
    const Medium& m_medium;
    std::vector<std::uint8_t> m_pixels;
};

/// One step: a line along the edge through `inside`, a tenth of a millimetre wide in whole pixels: all look alike.
void drawStep(Drawing& drawing, const CalibrationMarks& marks, Edge edge, double along, double inside) {
    drawing.line(marks.onRuler(edge, along, inside), marks.onRuler(edge, along + CalibrationMarks::stepLength, inside));
}

void drawRuler(Drawing& drawing, const CalibrationMarks& marks, Edge edge, const char* name) {
    using M = CalibrationMarks;
    constexpr double small = 1.2, large = 1.8;  // mm
    drawing.fill(marks.onRuler(edge, 0, 0), marks.onRuler(edge, M::rulerLength, M::rulerDepth), kPaper);
    // Every other column a little darker, to find a step's number below.
    for (int step = 1; step < M::rulerSteps; step += 2)
        drawing.fill(marks.onRuler(edge, M::firstStep + step * M::stepLength, 0),
                     marks.onRuler(edge, M::firstStep + (step + 1) * M::stepLength, 8.9), kColumn);
    for (int row = 0; row < M::rulerRows; ++row) {
        for (int step = 0; step < M::rulerSteps; ++step)
            drawStep(drawing, marks, edge, M::firstStep + step * M::stepLength, row + step / 10.0);
        // At the inner end of the row, where no cut through one of its steps takes it away. In two columns: a row is
        // lower than a letter.
        const char digit = static_cast<char>('0' + row);
        drawing.write({&digit, 1}, marks.onRuler(edge, row % 2 ? 22.6 : 20.6, row + 1.35), small);
    }
    for (int step = 0; step < M::rulerSteps; ++step) {
        const char digit = static_cast<char>('0' + step);
        drawing.write({&digit, 1}, marks.onRuler(edge, M::firstStep + (step + 0.5) * M::stepLength, 9.7), small);
    }
    const bool isUpright = edge == Edge::Left || edge == Edge::Right;
    drawing.write(name, marks.onRuler(edge, M::rulerLength / 2, M::rulerDepth + (isUpright ? 4.5 : 1.8)), large);
}

}  // namespace

Result<image::Picture> calibrationPage(const Medium& medium, image::PixelFormat device) {
    const double least = std::min(medium.sheet.width.mm() / medium.columns, medium.sheet.height.mm() / medium.rows);
    if (least < CalibrationMarks::smallestPiece)
        return fail(Code::Unsupported, "calibration-too-small",
                    medium.name +
                        " is too small for the rulers of a calibration print. Calibrate a larger paper of this "
                        "printer.");
    const CalibrationMarks marks = calibrationMarks(medium);
    Drawing drawing(medium);
    drawing.fill({0, 0}, {marks.width, marks.height}, kGray);
    for (const MarkPoint& disc : marks.discs) drawing.disc(disc, CalibrationMarks::discRadius);
    drawing.disc(marks.smallDisc, CalibrationMarks::smallDiscRadius);
    drawRuler(drawing, marks, Edge::Left, "LEFT");
    drawRuler(drawing, marks, Edge::Top, "TOP");
    drawRuler(drawing, marks, Edge::Right, "RIGHT");
    drawRuler(drawing, marks, Edge::Bottom, "BOTTOM");
    // Below the rulers at left and right, in the middle of the first column of pieces.
    const double capitals = medium.sheet.width.mm() / medium.columns >= 60 ? 1.8 : 1.2;
    MarkPoint line{marks.acrossStart + CalibrationMarks::rulerLength / 2,
                   marks.downStart + CalibrationMarks::rulerLength + 2 + capitals};
    for (const std::string& text : {"CALIBRATION " + medium.id, std::string("AT EACH CUT EDGE FIND"),
                                    std::string("THE STEP THAT IS CUT"), std::string("ROW 2, STEP 3 IS 2.3 MM")}) {
        drawing.write(text, line, capitals);
        line.y += capitals * 1.75;
    }
    return drawing.picture(device);
}

}  // namespace contone::print
