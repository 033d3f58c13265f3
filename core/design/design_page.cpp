// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Everything is placed on the raster as the printer takes it; a turned design has its texts set upright and turned
// then.
#include "core/design/design_page.h"

#include <algorithm>
#include <cmath>

#include "core/design/mask_stencil.h"
#include "core/design/placement.h"

namespace contone::design {
namespace {

using image::Orientation;
using image::PixelRect;
using image::Stencil;

Stencil stencilOf(const text::SetText& set) {
    const bool isColoured = set.kind == text::SetText::Kind::Rgba;
    Stencil stencil{set.size, isColoured ? Stencil::Kind::Coloured : Stencil::Kind::Coverage, {}};
    stencil.samples.resize(set.bytes.size());
    std::transform(set.bytes.begin(), set.bytes.end(), stencil.samples.begin(),
                   [](std::byte b) { return static_cast<std::uint8_t>(b); });
    return stencil;
}

/// 90° clockwise.
Stencil turnedRight(const Stencil& from) {
    Stencil to{from.size.rotated(), from.kind, {}};
    to.samples.resize(from.samples.size());
    const auto samples = static_cast<std::size_t>(from.channels());
    for (int y = 0; y < to.size.height; y++)
        for (int x = 0; x < to.size.width; x++)
            std::copy_n(from.pixel(y, from.size.height - 1 - x), samples,
                        to.samples.begin() + static_cast<std::ptrdiff_t>((static_cast<std::size_t>(y) *
                                                                              static_cast<std::size_t>(to.size.width) +
                                                                          static_cast<std::size_t>(x)) *
                                                                         samples));
    return to;
}

/// The part of a stencil that lies on the page.
Stencil cut(const Stencil& from, const PixelRect& part) {
    Stencil to{{part.width, part.height}, from.kind, {}};
    const auto samples = static_cast<std::ptrdiff_t>(from.channels());
    for (int y = 0; y < part.height; y++) {
        const std::uint8_t* row = from.pixel(part.x, part.y + y);
        to.samples.insert(to.samples.end(), row, row + part.width * samples);
    }
    return to;
}

/// What a stencil that lies at `from` covers of `to`: beyond its ends, what it covers there, as far as a box bleeds.
Stencil laid(const Stencil& stencil, const PixelRect& from, const PixelRect& to) {
    Stencil made{{to.width, to.height}, stencil.kind, {}};
    made.samples.reserve(static_cast<std::size_t>(to.width) * static_cast<std::size_t>(to.height));
    for (int y = 0; y < to.height; y++)
        for (int x = 0; x < to.width; x++)
            made.samples.push_back(stencil.covered(std::clamp(to.x + x - from.x, 0, from.width - 1),
                                                   std::clamp(to.y + y - from.y, 0, from.height - 1)));
    return made;
}

class Designer {
  public:
    Designer(const layout::Layout& layout, const std::vector<PagePhoto>& photos, const Paper& paper,
             const text::FontSet& fonts)
        : m_layout(layout), m_photos(photos), m_paper(paper), m_fonts(fonts) {
        m_page.plan = paper.bare;
    }

    /// All of the design on one piece of the sheet.
    Result<void> addTo(const print::PiecePlan& piece) {
        CONTONE_TRY(m_placement, Placement::create(m_layout.size, piece, m_paper.bare.dpiX, m_paper.bare.dpiY));
        m_page.plan.turn = m_placement->turn();
        m_hasPhotos = false;
        m_item = 0;
        for (const layout::Item& item : m_layout.items) {
            CONTONE_CHECK(std::visit([&](const auto& one) { return add(one); }, item));
            m_item++;
        }
        m_isFirst = false;
        return {};
    }

    DesignedPage finish() {
        render::Recipe& recipe = m_page.recipe;
        for (const PagePhoto& photo : m_photos) {
            const image::PhotoFacts& facts = *photo.facts;
            const image::PhotoTurn& turn = photo.choices.turn;
            recipe.photos.push_back({photo.original, image::turnedSize(facts, {turn.by, 0}),
                                     image::then(facts.orientation, turn.by), facts.colour.profile, facts.colour.basis,
                                     render::Conversion::TwoHalves, photo.choices.inks, turn});
        }
        recipe.raster = m_page.plan.raster;
        recipe.dpiX = m_page.plan.dpiX;
        recipe.dpiY = m_page.plan.dpiY;
        for (render::Frame& frame : m_page.plan.frames) frame.crop = frame.crop.rounded();
        recipe.frames = m_page.plan.frames;
        recipe.under = std::move(m_under);
        recipe.over = std::move(m_over);
        recipe.lane = m_paper.lane;
        recipe.outputProfile = m_paper.colour.outputProfile;
        recipe.intent = m_paper.colour.intent;
        recipe.blackPoint = m_paper.colour.blackPoint;
        recipe.device = m_paper.colour.device;
        recipe.dither = m_paper.colour.dither;
        recipe.sharpening = m_paper.colour.sharpening;
        const auto least = std::ranges::min_element(m_page.frames, {}, &FrameReport::photoDpi);
        if (least != m_page.frames.end()) m_page.plan.photoDpi = least->photoDpi;
        const auto most = std::ranges::max_element(m_page.frames, {}, &FrameReport::lostPercent);
        if (most != m_page.frames.end()) m_page.plan.lostPercent = most->lostPercent;
        return std::move(m_page);
    }

  private:
    Result<void> add(const layout::PaintedBox& item) {
        CONTONE_TRY(const PixelRect box, m_placement->boxToTheEdges(item.box));
        layer().push_back({.box = box,
                           .paint = m_placement->turned(item.paint),
                           .shape = item.shape,
                           .opacityPermille = item.opacityPermille,
                           .shadow = m_placement->turned(item.shadow)});
        return {};
    }

    Result<void> add(const layout::PhotoFrame& item) {
        m_hasPhotos = true;
        if (item.photo < 0 || item.photo >= static_cast<int>(m_photos.size()))
            return fail(Code::Invalid, "layout-photos", "This design wants more photos than there are. Choose more.",
                        std::to_string(item.photo + 1) + " of " + std::to_string(m_photos.size()));
        const PagePhoto& photo = m_photos[static_cast<std::size_t>(item.photo)];
        CONTONE_TRY(const Outline outline, outlineOf(item));
        const PixelRect& box = outline.box;
        const image::PixelSize size = image::turnedSize(*photo.facts, photo.choices.turn);
        const Orientation turn = image::then(item.turn, m_placement->turn());
        const std::optional<image::Crop>& crop = photo.choices.crop ? photo.choices.crop : item.crop;
        const print::CoveredBox covered =
            print::coverBox(box, m_placement->seen(box), m_paper.bare.dpiX, m_paper.bare.dpiY, size, crop, turn);
        render::Frame frame{.photo = item.photo,
                            .crop = covered.crop,
                            .box = box,
                            .turn = turn,
                            .opacityPermille = item.opacityPermille,
                            .softEdgeUm = static_cast<int>(item.softEdge.um()),
                            .adjustments = photo.choices.asSent
                                               ? image::Adjustments()
                                               : image::overruled(item.adjustments, photo.choices.adjustments),
                            .shape = item.shape,
                            .stencil = outline.stencil,
                            .shadow = m_placement->turned(item.shadow)};
        m_page.plan.frames.push_back(std::move(frame));
        m_page.frames.push_back({item.photo, covered.photoDpi, covered.lostPercent});
        return {};
    }

    Result<void> add(const layout::TextField& item) {
        // Set as large as its box is in pixels, so that the letters lie exactly there.
        CONTONE_TRY(const Placement::Window window, m_placement->window(item.box));
        text::TextBlock block = item.text;
        const bool isTurned = m_placement->isTurned();
        const Dpi across = isTurned ? m_paper.bare.dpiY : m_paper.bare.dpiX;
        const Dpi down = isTurned ? m_paper.bare.dpiX : m_paper.bare.dpiY;
        const PixelRect& whole = window.whole;
        block.width = lengthOf(isTurned ? whole.height : whole.width, across);
        block.height = lengthOf(isTurned ? whole.width : whole.height, down);
        CONTONE_TRY(const text::SetText set, m_fonts.set(block, across, down));
        if (!set.warnings.empty() && m_isFirst) m_page.texts.push_back({m_item, item.text.text, set.warnings});
        if (set.ink.width == 0) return {};
        Stencil stencil = stencilOf(set);
        if (isTurned) stencil = turnedRight(stencil);
        if (stencil.size != image::PixelSize{whole.width, whole.height})
            return fail(Code::Internal, "text-size", "A text could not be set. Tell support.", item.text.text);
        if (window.shown != whole)
            stencil = cut(
                stencil, {window.shown.x - whole.x, window.shown.y - whole.y, window.shown.width, window.shown.height});
        const Sha256 hash = keep(std::move(stencil));
        layer().push_back({.box = window.shown,
                           .paint = {item.text.colour, {}, 0},
                           .shape = {},
                           .opacityPermille = item.opacityPermille,
                           .stencil = hash,
                           .shadow = m_placement->turned(item.shadow)});
        return {};
    }

    /// Where a frame's pixels lie, and which of them it covers when a mask says so.
    struct Outline {
        PixelRect box;
        std::optional<Sha256> stencil;
    };
    Result<Outline> outlineOf(const layout::PhotoFrame& item) {
        CONTONE_TRY(const PixelRect box, m_placement->boxToTheEdges(item.box));
        if (!item.mask) return Outline{box, {}};
        CONTONE_TRY(const Placement::Window window, m_placement->window(item.box));
        const image::PixelSize size{window.whole.width, window.whole.height};
        CONTONE_TRY(Stencil stencil, maskStencil(m_layout.masks[static_cast<std::size_t>(*item.mask)],
                                                 m_placement->isTurned() ? size.rotated() : size));
        if (m_placement->isTurned()) stencil = turnedRight(stencil);
        return Outline{box, keep(laid(stencil, window.whole, box))};
    }
    Sha256 keep(Stencil stencil) {
        const Sha256 hash = image::hashOf(stencil);
        m_page.stencils[hash.toString()] = std::make_shared<const Stencil>(std::move(stencil));
        return hash;
    }

    std::vector<render::Area>& layer() { return m_hasPhotos ? m_over : m_under; }
    const layout::Layout& m_layout;
    const std::vector<PagePhoto>& m_photos;
    const Paper& m_paper;
    const text::FontSet& m_fonts;
    std::optional<Placement> m_placement;  ///< of the piece in hand
    bool m_isFirst = true;                 ///< piece: what there is to say of texts is said once
    int m_item = 0;                        ///< that is being placed
    bool m_hasPhotos = false;
    std::vector<render::Area> m_under, m_over;
    DesignedPage m_page;
};

}  // namespace

std::function<Result<std::shared_ptr<const Stencil>>(const Sha256&)> DesignedPage::stencil() const {
    return [kept = stencils](const Sha256& hash) -> Result<std::shared_ptr<const Stencil>> {
        const auto found = kept.find(hash.toString());
        if (found == kept.end())
            return fail(Code::NotFound, "stencil-missing", "The text or a mask of this page is not here any more.",
                        hash.toString());
        return found->second;
    };
}

Result<DesignedPage> designPage(const layout::Layout& layout, const std::vector<PagePhoto>& photos, const Paper& paper,
                                const text::FontSet& fonts) {
    Designer designer(layout, photos, paper, fonts);
    for (const print::PiecePlan& piece : paper.bare.pieces) CONTONE_CHECK(designer.addTo(piece));
    return designer.finish();
}

}  // namespace contone::design
