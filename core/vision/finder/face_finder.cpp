// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which parts of a picture are looked at, and what is made of what is seen there.
#include "core/vision/finder/face_finder.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace contone::vision {
namespace {

constexpr double smallFace = 0.08;    // of the picture's height: below, parts are looked at
constexpr double edgeOfPart = 0.02;   // of a part's side: a face that near to its edge may be cut
constexpr double leastOverlap = 0.4;  // of a part's side: a small face is whole in one part at least
// A hint of small faces, far too weak to tell: of 193 pictures of all kinds 20 have one, and no false alarm came of it.
constexpr double hintOfSmall = 0.25;
// Of the surest face in a turned picture: three more looks are three more chances to err. Of 18 turned portraits
// the least sure has 0.77; leaves, a wheel and a coin had 0.61 to 0.75.
constexpr double scoreOfTurn = 0.75;
constexpr std::size_t mostSightings = 4096;

/// To a multiple of 1/65,536 inside the photo.
double fraction(double pixels, int side) {
    const double part = std::clamp(pixels / side, 0.0, 1.0);
    return std::floor(part * 65536 + 0.5) / 65536;
}

Face faceOf(const Sighting& seen, int width, int height) {
    Face face;
    const double left = fraction(seen.from.x, width), top = fraction(seen.from.y, height);
    face.box = {left, top, fraction(seen.to.x, width) - left, fraction(seen.to.y, height) - top};
    for (std::size_t i = 0; i < face.points.size(); ++i)
        face.points[i] = {fraction(seen.points[i].x, width), fraction(seen.points[i].y, height)};
    face.score = seen.score;
    return face;
}

/// Starts of parts of `part` pixels that cover `length` with enough overlap, evenly spread.
int startsOf(int length, int part) {
    if (length <= part) return 1;
    const double step = part * (1 - leastOverlap);
    return 1 + static_cast<int>(std::ceil((length - part) / step));
}
int startAt(int index, int count, int length, int part) {
    return count == 1 ? 0 : static_cast<int>(static_cast<std::int64_t>(index) * (length - part) / (count - 1));
}

/// The picture was turned a quarter clockwise: where was (x, y) of it before, in a picture of this height?
Place turnedBack(Place place, double height) {
    return {place.y, height - place.x};
}
void turnBack(Sighting& seen, double height) {
    const Place a = turnedBack(seen.from, height), b = turnedBack(seen.to, height);
    seen.from = {std::min(a.x, b.x), std::min(a.y, b.y)};
    seen.to = {std::max(a.x, b.x), std::max(a.y, b.y)};
    for (Place& point : seen.points) point = turnedBack(point, height);
}

double sumOfScores(const std::vector<Sighting>& all) {
    double sum = 0;
    for (const Sighting& seen : all) sum += seen.score;
    return sum;
}

/// Leaves the faces among what was seen.
void settle(std::vector<Sighting>& seen) {
    std::erase_if(seen, [](const Sighting& one) { return one.score < scoreForCrop; });
    join(seen);
}

}  // namespace

Result<FaceFinder> FaceFinder::create(std::span<const std::byte> model) {
    if (model.size() > largestModel) return modelProblem("model-kind", "too large");
    CONTONE_TRY(Network network, Network::create(model));
    FaceFinder finder(std::move(network));
    const Network& n = finder.m_network;
    constexpr Shape square{1, squareSide, squareSide, 3};
    constexpr Shape boxes{1, 1, grid * grid, valuesOfBox}, logits{1, 1, grid * grid, 1};
    if (n.inputShape() != square || n.outputCount() != 2) return modelProblem("model-purpose", "input or outputs");
    const bool isBoxesFirst = n.outputShape(0) == boxes;
    finder.m_boxes = isBoxesFirst ? 0 : 1;
    finder.m_logits = isBoxesFirst ? 1 : 0;
    if (n.outputShape(finder.m_boxes) != boxes || n.outputShape(finder.m_logits) != logits)
        return modelProblem("model-purpose", "outputs");
    return finder;
}

/// Leaves all that it sees in m_now.
void FaceFinder::look(const Area& area, double least, Place corner) {
    m_letterbox.fill(area, m_network.input());
    m_network.run();
    m_now.clear();
    const double square = area.longSide();
    const Place boxed{corner.x - 0.5 * (square - area.width), corner.y - 0.5 * (square - area.height)};
    readSightings(m_network.output(m_boxes), m_network.output(m_logits), least, boxed, square, m_now);
}

/// Squares of half the long side, so that faces are seen twice as large.
void FaceFinder::lookAtParts(const Area& picture) {
    const int side = std::max(1, picture.longSide() / 2);
    const int width = std::min(side, picture.width), height = std::min(side, picture.height);
    const int columns = startsOf(picture.width, width), rows = startsOf(picture.height, height);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const int x = startAt(column, columns, picture.width, width);
            const int y = startAt(row, rows, picture.height, height);
            look(picture.part(x, y, width, height), scoreForFinding, {static_cast<double>(x), static_cast<double>(y)});
            join(m_now);
            const double edge = edgeOfPart * side;
            for (const Sighting& seen : m_now) {
                const bool isCut = (x > 0 && seen.from.x < x + edge) || (y > 0 && seen.from.y < y + edge) ||
                                   (x + width < picture.width && seen.to.x > x + width - edge) ||
                                   (y + height < picture.height && seen.to.y > y + height - edge);
                if (!isCut && m_seen.size() < m_seen.capacity()) m_seen.push_back(seen);
            }
        }
    join(m_seen);
    dropParts(m_seen);
}

/// Of the three other ways the picture may lie, the one that shows the surest faces takes the place of what was seen.
void FaceFinder::lookTurned(const Area& picture) {
    Area turned = picture;
    m_best.clear();
    for (int turns = 1; turns <= 3; ++turns) {
        turned = turned.turned();
        look(turned, scoreForFinding, {});
        join(m_now);
        if (m_now.empty() || m_now.front().score < scoreOfTurn) continue;
        Area back = turned;  // each turn swaps the sides
        for (int i = 0; i < turns; ++i) {
            back = {nullptr, 0, 0, back.height, back.width};
            for (Sighting& seen : m_now) turnBack(seen, back.height);
        }
        if (sumOfScores(m_now) > sumOfScores(m_best)) std::swap(m_best, m_now);
    }
    if (!m_best.empty()) std::swap(m_seen, m_best);
}

Result<std::vector<Face>> FaceFinder::find(const image::StripView& picture, Turns turns) {
    const image::PixelFormat format{image::Channels::Rgb, image::Depth::U8};
    if (picture.format != format || std::min(picture.width, picture.rows) < 1 ||
        std::max(picture.width, picture.rows) > Letterbox::longestSide)
        return fail(Code::Invalid, "bad-picture", "Faces are looked for in small colour pictures.");
    for (std::vector<Sighting>* list : {&m_seen, &m_now, &m_best}) {
        list->clear();
        list->reserve(mostSightings);
    }
    const Area area = Area::of(picture);
    look(area, hintOfSmall, {});
    std::swap(m_seen, m_now);
    const auto isSmall = [&](const Sighting& seen) { return seen.height() < smallFace * area.height; };
    const bool hasSmall = std::ranges::any_of(m_seen, isSmall);
    settle(m_seen);
    if (hasSmall) lookAtParts(area);
    const auto isSure = [](const Sighting& seen) { return seen.score >= scoreForFinding; };
    if (turns == Turns::Quarter && std::ranges::none_of(m_seen, isSure)) lookTurned(area);
    std::vector<Face> faces;
    for (const Sighting& seen : m_seen) {
        const Face face = faceOf(seen, area.width, area.height);
        if (face.box.width > 0 && face.box.height > 0) faces.push_back(face);
    }
    std::ranges::stable_sort(faces, std::greater(), [](const Face& f) { return f.box.width * f.box.height; });
    if (faces.size() > mostFaces) faces.resize(mostFaces);
    return faces;
}

}  // namespace contone::vision
