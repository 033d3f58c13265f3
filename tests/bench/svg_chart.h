// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Chart: a plot with two axes as SVG, for the documents. Plain: light background, few lines, words that can be read.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace contone::bench {

struct Point {
    double x = 0, y = 0;
};

enum class Scale { Linear, Logarithmic };

struct Axis {
    std::string title;
    double from = 0, to = 1;
    std::vector<double> ticks;
    Scale scale = Scale::Linear;
    /// 0…1 along the axis.
    double at(double value) const {
        if (scale == Scale::Linear) return (value - from) / (to - from);
        return std::log(std::max(value, from) / from) / std::log(to / from);
    }
};

/// One panel of a picture: pixels of the picture it takes, with room for its words.
class Chart {
  public:
    struct Place {
        double left = 0, top = 0, width = 0, height = 0;
    };
    Chart(std::string title, Place place, Axis x, Axis y) : m_place(place), m_x(std::move(x)), m_y(std::move(y)) {
        text(place.left, place.top - 14, title, "start", 15, "#222");
        m_svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#fff\" stroke=\"#bbb\"/>\n",
                             place.left, place.top, place.width, place.height);
        for (const double tick : m_x.ticks) {
            grid({px(tick), place.top}, {px(tick), place.top + place.height});
            text(px(tick), place.top + place.height + 17, fmt::format("{:g}", tick), "middle");
        }
        for (const double tick : m_y.ticks) {
            grid({place.left, py(tick)}, {place.left + place.width, py(tick)});
            text(place.left - 7, py(tick) + 4, fmt::format("{:g}", tick), "end");
        }
        text(place.left + place.width / 2, place.top + place.height + 36, m_x.title, "middle", 13, "#222");
        if (!m_y.title.empty())
            m_svg += fmt::format(
                "<text transform=\"translate({} {}) rotate(-90)\" text-anchor=\"middle\" font-size=\"13\" "
                "fill=\"#222\">{}</text>\n",
                place.left - 42, place.top + place.height / 2, m_y.title);
    }
    void line(const std::vector<Point>& points, std::string_view colour, double width = 1.8) {
        m_svg += "<polyline fill=\"none\" stroke-linejoin=\"round\" stroke=\"";
        m_svg += fmt::format("{}\" stroke-width=\"{}\" points=\"", colour, width);
        for (const Point& p : points) m_svg += fmt::format("{:.1f},{:.1f} ", px(p.x), py(p.y));
        m_svg += "\"/>\n";
    }
    void dot(Point p, std::string_view colour, double radius = 3.5) {
        m_svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\"/>\n", px(p.x), py(p.y), radius,
                             colour);
    }
    /// Words at a place of the plot.
    void say(Point p, std::string_view words, std::string_view colour = "#444", const char* anchor = "start") {
        text(px(p.x), py(p.y), words, anchor, 12.5, colour);
    }
    /// Words left of the plot, at this height.
    void row(double y, std::string_view words) { text(m_place.left - 7, py(y) + 4, words, "end", 12.5, "#222"); }
    const std::string& svg() const { return m_svg; }

  private:
    double px(double x) const { return m_place.left + m_place.width * m_x.at(x); }
    double py(double y) const { return m_place.top + m_place.height * (1 - m_y.at(y)); }
    void grid(Point a, Point b) {
        m_svg += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#e4e4e4\"/>\n",
                             a.x, a.y, b.x, b.y);
    }
    void text(double x, double y, std::string_view words, const char* anchor, double size = 12,
              std::string_view colour = "#444") {
        m_svg +=
            fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" font-size=\"{}\" fill=\"{}\">{}</text>\n",
                        x, y, anchor, size, colour, words);
    }
    Place m_place;
    Axis m_x, m_y;
    std::string m_svg;
};

inline std::string picture(double width, double height, const std::vector<Chart>& charts) {
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
        "font-family=\"Inter, Helvetica, Arial, sans-serif\">\n<!-- drawn by ./dev bench colour -->\n"
        "<rect width=\"100%\" height=\"100%\" fill=\"#fafafa\"/>\n",
        width, height);
    for (const Chart& chart : charts) svg += chart.svg();
    return svg + "</svg>\n";
}

}  // namespace contone::bench
