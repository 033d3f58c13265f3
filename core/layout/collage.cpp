// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Weighs collages and searches for a good one.
#include "core/layout/collage.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/layout/cut_tree_p.h"
#include "core/layout/face_crop.h"

namespace contone::layout {
namespace {

constexpr int mostIterations = 10'000'000;
constexpr double widestShape = 50;
constexpr Length smallestPage = millimetres(10), largestPage = millimetres(5000);

// What a collage costs, for a photo that is cut off altogether; found by looking at collages.
constexpr double kMeanCropped = 1, kWorstCropped = 0.5, kUnevenMean = 0.3, kUnevenWorst = 0.05, kCutFace = 0.3;
constexpr double kTooNarrow = 10;
// A collage that is worse by this much of one photo is accepted at the start, by nothing at the end.
constexpr double kFirstSlack = 0.15;
constexpr int firstTrees = 40;

/// One photo as the search sees it.
struct Wish {
    double aspect = 1;
    double share = 1;  ///< of the area of all photos
    FacesToKeep faces;
};

struct Weighed {
    Collage collage;
    double cost = 0;
};

Result<void> checkPhotos(const std::vector<CollagePhoto>& photos) {
    if (photos.empty() || photos.size() > mostCollagePhotos)
        return fail(Code::Invalid, "collage-photos",
                    fmt::format("A collage has 1 to {} photos. Choose as many.", mostCollagePhotos));
    for (const CollagePhoto& photo : photos) {
        const double w = photo.width, h = photo.height;
        if (photo.width <= 0 || photo.height <= 0 || w > h * widestShape || h > w * widestShape)
            return fail(Code::Invalid, "collage-photos",
                        fmt::format("A photo of {} × {} is too narrow for a collage. Leave it out.", photo.width,
                                    photo.height));
        if (!(photo.weight >= 0.1 && photo.weight <= 10))
            return fail(Code::Invalid, "collage-photos", "A photo's weight is 0.1 to 10. Choose such a number.");
        for (const image::Crop& face : photo.faces)
            if (!image::isInsidePhoto(face))
                return fail(Code::Invalid, "collage-photos", "A face lies outside its photo. Look for faces again.");
    }
    return {};
}

Result<Part> innerPage(const CollagePage& page) {
    const auto isSide = [](Length side) { return side >= smallestPage && side <= largestPage; };
    const bool isLength =
        page.gap >= Length() && page.gap <= largestPage && page.border >= Length() && page.border <= largestPage;
    if (!isSide(page.size.width) || !isSide(page.size.height) || !isLength)
        return fail(Code::Invalid, "collage-page",
                    "A collage is 10 mm to 5 m a side, and its gaps and border are not negative. Correct them.");
    const Length width = page.size.width - page.border * 2, height = page.size.height - page.border * 2;
    if (width < narrowestCollagePhoto || height < narrowestCollagePhoto)
        return fail(Code::Invalid, "collage-too-tight", "The border leaves nothing of the page. Make it smaller.");
    return Part{page.border.um(), page.border.um(), width.um(), height.um()};
}

class CollageSearch {
  public:
    CollageSearch(const std::vector<CollagePhoto>& photos, const Part& inner, std::int64_t gap, std::uint64_t seed)
        : m_inner(inner), m_gap(gap), m_firstSlack(kFirstSlack / static_cast<double>(photos.size())), m_chance(seed) {
        double sum = 0;
        for (const CollagePhoto& photo : photos) sum += photo.weight;
        for (const CollagePhoto& photo : photos) {
            m_wishes.push_back(
                {static_cast<double>(photo.width) / photo.height, photo.weight / sum, FacesToKeep(photo.faces)});
            m_aspects.push_back(m_wishes.back().aspect);
        }
    }

    /// The best of some trees, and then of what small changes make of it.
    Result<Collage> run(int iterations, const CancelToken& cancel) {
        CutTree tree = newTree();
        double cost = costOf(tree);
        for (int i = 1; i < firstTrees; ++i) {
            CutTree other = newTree();
            if (const double c = costOf(other); c < cost) {
                cost = c;
                tree = std::move(other);
            }
        }
        CutTree best = tree;
        double bestCost = cost;
        for (int i = 0; i < iterations; ++i) {
            if (i % 256 == 0) CONTONE_CHECK(cancel.check());
            CutTree changed = tree;
            change(changed);
            const double c = costOf(changed);
            if (c > cost + m_firstSlack * (1 - static_cast<double>(i) / iterations)) continue;
            tree = std::move(changed);
            cost = c;
            if (cost >= bestCost) continue;
            best = tree;
            bestCost = cost;
        }
        return weigh(best).collage;
    }

  private:
    CutTree newTree() {
        const double aspect = static_cast<double>(m_inner.w) / static_cast<double>(m_inner.h);
        return CutTree(m_wishes.size(), aspect, m_chance);
    }

    void change(CutTree& tree) {
        switch (m_chance.below(4)) {
            case 0:
                return tree.exchangePhotos(m_chance);
            case 1:
                return tree.turnCut(m_chance);
            case 2:
                return tree.pushCut(m_chance);
            default:
                return tree.movePhoto(m_chance);
        }
    }

    double costOf(CutTree& tree) { return weigh(tree).cost; }

    Weighed weigh(CutTree& tree);

    Part m_inner;
    std::int64_t m_gap;
    double m_firstSlack;
    Chance m_chance;
    std::vector<Wish> m_wishes;
    std::vector<double> m_aspects;
    std::vector<Part> m_parts;
};

Weighed CollageSearch::weigh(CutTree& tree) {
    tree.solve(m_aspects, m_inner, m_gap, m_parts);
    double area = 0;
    for (const Part& part : m_parts) area += static_cast<double>(part.w) * static_cast<double>(part.h);
    Weighed result;
    Collage& collage = result.collage;
    double smallest = 1e9, largest = 0, uneven = 0;
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const Part& part = m_parts[i];
        if (std::min(part.w, part.h) < narrowestCollagePhoto.um()) {
            result.cost += kTooNarrow;
            continue;
        }
        const Wish& wish = m_wishes[i];
        const auto w = static_cast<double>(part.w), h = static_cast<double>(part.h);
        const FaceCrop shown = wish.faces.cropTo(wish.aspect, w / h);
        const double cropped = 1 - shown.crop.width * shown.crop.height;
        const double size = w * h / (area * wish.share);
        smallest = std::min(smallest, size);
        largest = std::max(largest, size);
        const double off = 1 - std::min(size, 1 / size);
        uneven += off * off;
        collage.meanCropped += cropped / static_cast<double>(m_parts.size());
        collage.worstCropped = std::max(collage.worstCropped, cropped);
        collage.cutFaces += shown.cutFaces;
        collage.places.push_back({{Length::micrometres(part.x),
                                   Length::micrometres(part.y),
                                   {Length::micrometres(part.w), Length::micrometres(part.h)}},
                                  shown.crop,
                                  shown.cutFaces});
    }
    collage.evenness = largest > 0 ? smallest / largest : 0;
    result.cost += kMeanCropped * collage.meanCropped + kWorstCropped * collage.worstCropped +
                   kUnevenMean * uneven / static_cast<double>(m_parts.size()) + kUnevenWorst * (1 - collage.evenness) +
                   kCutFace * collage.cutFaces / static_cast<double>(m_parts.size());
    return result;
}

}  // namespace

Result<Collage> makeCollage(const std::vector<CollagePhoto>& photos, const CollagePage& page,
                            const CollageEffort& effort, const CancelToken& cancel) {
    CONTONE_CHECK(checkPhotos(photos));
    if (effort.iterations < 0 || effort.iterations > mostIterations)
        return fail(
            Code::Invalid, "collage-iterations",
            fmt::format("A collage is searched with 0 to {} iterations. Choose such a number.", mostIterations));
    CONTONE_TRY(const Part inner, innerPage(page));
    CollageSearch search(photos, inner, page.gap.um(), effort.seed);
    CONTONE_TRY(Collage collage, search.run(photos.size() > 1 ? effort.iterations : 0, cancel));
    if (collage.places.size() < photos.size())
        return fail(Code::Invalid, "collage-too-tight",
                    fmt::format("{} photos do not fit on this page. Choose fewer, a larger page or smaller gaps.",
                                photos.size()));
    return collage;
}

}  // namespace contone::layout
