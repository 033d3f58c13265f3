// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Designs as they look on an sRGB monitor, printed on the photo paper that ships.
#include "tests/golden/design_cases.h"

#include <QtGlobal>
#include <algorithm>

#include "core/decode/worker/open_photo.h"
#include "core/design/design_page.h"
#include "core/layout/template.h"
#include "core/render/pipeline.h"
#include "core/render/proof_sink.h"
#include "tests/places.h"

namespace contone::golden {
namespace {

template <class T>
T orStop(Result<T> result) {
    if (!result) qFatal("%s (%s)", result.error().message.c_str(), result.error().detail.c_str());
    return std::move(*result);
}

Result<std::unique_ptr<image::PhotoSource>> openFile(const Path& path, const image::PhotoRequest& request) {
    CONTONE_TRY(FileDescriptor file, openForReading(path));
    return decode::openPhoto(decode::narrowCodecs(), std::move(file), request);
}

const std::array<const char*, 4> photoFiles{"/tests/data/faces/astronaut.jpg", "/resources/samples/church.jpg",
                                            "/resources/samples/sunset.jpg", "/tests/data/photos/flower2.jpg"};

class Designs {
  public:
    Designs() {
        for (const char* file : photoFiles)
            m_facts.push_back(orStop(openFile(std::string(tests::sourceFolder) + file, {}))->facts());
    }

    /// The upright page at so many dpi.
    image::Picture of(const layout::Layout& page, const std::vector<design::PagePhoto>& photos, int dpi) const {
        const design::Paper paper{orStop(print::planBareFilePage(page.size, Dpi{dpi})),
                                  {.outputProfile = m_paper.hash(), .device = {image::Channels::Rgb, image::Depth::U8}},
                                  image::Lane::Fast};
        const design::DesignedPage made = orStop(design::designPage(page, photos, paper, m_fonts));
        const auto open = [](int index, const image::PhotoRequest& request) {
            return openFile(std::string(tests::sourceFolder) + fileOf(index), request);
        };
        image::PictureSink screen;
        render::ProofSink proof(
            orStop(icc::ProofTransform::create(m_paper, icc::Profile::srgb(), icc::ProofTransform::Simulate::Adapted)),
            {}, screen);
        render::Ingredients ingredients{open, m_paper, m_tables};
        ingredients.stencil = made.stencil();
        orStop(render::renderPage(made.recipe, ingredients, proof, {.threads = 2}));
        return image::upright(screen.picture(), image::inverse(made.plan.turn));
    }
    static std::string fileOf(int photo) { return photoFiles[static_cast<std::size_t>(photo) % photoFiles.size()]; }
    const image::PhotoFacts& factsOf(int photo) const {
        return m_facts[static_cast<std::size_t>(photo) % photoFiles.size()];
    }

  private:
    std::vector<image::PhotoFacts> m_facts;
    icc::Profile m_paper = icc::Profile::syntheticPhotoRgb();
    std::shared_ptr<render::ColourTables> m_tables = std::make_shared<render::ColourTables>();
    text::FontSet m_fonts =
        orStop(text::FontSet::open({.folder = Path(tests::programFolder).parent_path() / "share/contone/fonts"}));
};

/// Into the middle of a tile of `sheet`.
void lay(const image::Picture& one, image::Picture& sheet, const image::PixelRect& tile) {
    const int left = tile.x + (tile.width - one.size.width) / 2, top = tile.y + (tile.height - one.size.height) / 2;
    const std::size_t pixel = one.format.bytesPerPixel();
    for (int y = 0; y < one.size.height; y++)
        std::copy_n(one.bytes.data() + one.stride() * static_cast<std::size_t>(y), one.stride(),
                    sheet.bytes.data() + sheet.stride() * static_cast<std::size_t>(top + y) +
                        static_cast<std::size_t>(left) * pixel);
}

}  // namespace

image::Picture allTemplates() {
    constexpr int across = 7, side = 250, mostPhotos = 9;
    const Designs designs;
    const layout::Templates all = orStop(layout::readTemplates(Path(tests::sourceFolder) / "resources/templates"));
    const int rows = (static_cast<int>(all.byId.size()) + across - 1) / across;
    image::Picture sheet =
        image::Picture::ofSize({across * side, rows * side}, {image::Channels::Rgb, image::Depth::U8});
    std::ranges::fill(sheet.bytes, std::byte{0x76});
    const layout::Almanac calendars = orStop(layout::loadAlmanac(Path(tests::sourceFolder) / "resources"));
    int at = 0;
    for (auto [id, one] : all.byId) {
        for (const Path& file : one.maskFiles)
            one.masks.push_back(orStop(image::readMask(*orStop(openFile(file, {})))));
        const bool isAny = one.photos() > 40;
        const int count = isAny ? mostPhotos : one.photos();
        std::vector<layout::TemplatePhoto> names;
        std::vector<design::PagePhoto> photos;
        for (int i = 0; i < count; i++) {
            const image::PhotoFacts& facts = designs.factsOf(i);
            names.push_back({"IMG_000" + std::to_string(i % 10), facts.uprightSize(), {}});
            photos.push_back({Sha256::of(Designs::fileOf(i)), &facts, {}});
        }
        const double inches = std::max(one.size.width.inches(), one.size.height.inches());
        const int dpi = static_cast<int>((side - 10) / inches);
        lay(designs.of(orStop(layout::layOut(one, names, {}, calendars)), photos, dpi), sheet,
            {at % across * side, at / across * side, side, side});
        at++;
    }
    return sheet;
}

image::Picture straightenedOval() {
    const Designs designs;
    const auto mm = [](double left, double top, double width, double height) {
        return layout::Box{millimetres(left), millimetres(top), {millimetres(width), millimetres(height)}};
    };
    layout::PhotoFrame frame{.box = mm(12, 12, 76, 96), .shape = {image::Shape::Kind::Ellipse, 0}};
    frame.shadow = image::Shadow{{20, 20, 50}, 600, 5000, 1500, 2500};
    const layout::Layout page{
        {millimetres(100), millimetres(120)},
        {layout::PaintedBox{.box = mm(0, 0, 100, 120), .paint = {{238, 226, 204}, Srgb{170, 196, 214}, 60}}, frame}};
    design::PagePhoto photo{Sha256::of(Designs::fileOf(0)), &designs.factsOf(0), {}};
    photo.choices.turn = {image::Orientation::MirrorHorizontal, 600};
    return designs.of(page, {photo}, 80);
}

}  // namespace contone::golden
