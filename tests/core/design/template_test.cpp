// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Templates: what ships is good; what is wrong is said by file, line and key; grids fill their box exactly.
#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "core/layout/template.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::layout;

namespace {

const Path shipped = Path(tests::sourceFolder) / "resources/templates";

constexpr const char* head =
    "format = 1\nid = \"card\"\nname = \"Card\"\nsize_mm = [100, 150]\ntexts = { title = \"Hello\" }\n";
constexpr const char* photo = "[[item]]\nkind = \"photo\"\nbox_mm = [10, 10, 80, 80]\n";

/// Reads `text` as card.toml.
Result<Template> read(const std::string& text) {
    const QTemporaryDir folder;
    const Path file = Path(folder.path().toStdString()) / "card.toml";
    if (!writeFileDurably(file, std::string_view(text))) qFatal("no file");
    return readTemplate(file);
}

std::vector<TemplatePhoto> photos(int count) {
    std::vector<TemplatePhoto> all;
    for (int i = 1; i <= count; i++) all.push_back({"IMG_" + std::to_string(i)});
    return all;
}

template <class Kind>
std::vector<Kind> itemsOf(const Layout& page) {
    std::vector<Kind> all;
    for (const Item& item : page.items)
        if (const auto* one = std::get_if<Kind>(&item)) all.push_back(*one);
    return all;
}

}  // namespace

class TemplateTest : public QObject {
    Q_OBJECT
  private slots:
    void sixteenAndMoreShipAndAllAreGood() {
        auto all = readTemplates(shipped);
        QVERIFY(all);
        for (const Error& error : all->refused) qWarning("%s", error.detail.c_str());
        QVERIFY(all->refused.empty());
        QVERIFY(all->byId.size() >= 16);
        for (auto& [id, one] : all->byId) {
            for (const Path& file : one.maskFiles) {
                QVERIFY2(std::filesystem::exists(file), file.c_str());
                one.masks.push_back(image::maskOf({1, 1}, std::vector<std::uint8_t>{255}));
            }
            QVERIFY2(one.photos() >= 1, id.c_str());
            const auto page = layOut(one, photos(one.photos()), {}, *loadAlmanac(shipped.parent_path()));
            QVERIFY2(page, id.c_str());
            // Letters and faces stay 4 mm from the knife.
            for (const TextField& text : itemsOf<TextField>(*page)) {
                const Length near = millimetres(4);
                QVERIFY2(text.box.left >= near && text.box.top >= near && text.box.right() <= one.size.width - near &&
                             text.box.bottom() <= one.size.height - near,
                         (id + ": " + text.text.text).c_str());
            }
        }
    }

    void aCaptionMaySayWhenThePhotoWasTaken() {
        const auto one =
            read(std::string(head) +
                 "[[item]]\nkind = \"grid\"\nbox_mm = [3, 4, 91, 133]\ncells = [2, 1]\ngap_mm = [2, 2]\n"
                 "photos = \"each\"\ncaption = { height_mm = 6, text = \"{date} {number}\", font = \"Lato\", "
                 "size_pt = 8, colour = \"#000000\" }\n[[item]]\nkind = \"text\"\nbox_mm = [5, 138, 80, 6]\n"
                 "text = \"{date}\"\nfont = \"Lato\"\nsize_pt = 8\ncolour = \"#000000\"\n");
        QVERIFY2(one, one ? "" : one.error().message.c_str());
        auto both = photos(2);
        both[0].date = "2026-11-22";
        const auto page = layOut(*one, both, {});
        QVERIFY(page);
        const auto texts = itemsOf<TextField>(*page);
        QCOMPARE(texts.size(), std::size_t(3));
        QCOMPARE(texts[0].text.text, std::string("2026-11-22 1"));
        QCOMPARE(texts[1].text.text, std::string(" 2"));  // that photo does not say
        QCOMPARE(texts[2].text.text, std::string("2026-11-22"));
    }

    void masksAreFilesBesideTheTemplate() {
        const auto masked = [](const std::string& keys) {
            return read(std::string(head) + "[[item]]\nkind = \"photo\"\nbox_mm = [10, 10, 80, 80]\n" + keys);
        };
        const auto one = masked("mask = \"heart.png\"\n");
        QVERIFY(one);
        QCOMPARE(one->maskFiles.size(), std::size_t(1));
        QCOMPARE(one->maskFiles.front().filename().string(), std::string("heart.png"));
        QCOMPARE(layOut(*one, photos(1), {}).error().reason, std::string("template-mask"));  // nobody read it
        for (const char* wrong :
             {"mask = \"../heart.png\"\n", "mask = \"/etc/heart.png\"\n", "mask = \"heart.jpg\"\n", "mask = \".png\"\n",
              "mask = \"\"\n", "mask = \"heart.png\"\nshape = \"ellipse\"\n"}) {
            const auto refused = masked(wrong);
            QVERIFY2(!refused && refused.error().reason == "template-file", wrong);
            QVERIFY2(refused.error().message.find("card.toml is wrong in line") != std::string::npos,
                     refused.error().message.c_str());
        }
        std::string five(head);
        for (int i = 0; i < 5; i++)
            five +=
                "[[item]]\nkind = \"photo\"\nbox_mm = [10, 10, 80, 80]\nmask = \"m" + std::to_string(i) + ".png\"\n";
        QVERIFY(!read(five));
    }

    void aGridFillsItsBoxAndItsGapsAreExact() {
        const auto one = read(std::string(head) +
                              "[[item]]\nkind = \"grid\"\nbox_mm = [3, 4, 91, 133]\ncells = [7, 3]\n"
                              "gap_mm = [2, 1.5]\nphotos = \"each\"\n");
        QVERIFY(one);
        QCOMPARE(one->photos(), 21);
        const auto page = layOut(*one, photos(21), {});
        QVERIFY(page);
        const auto frames = itemsOf<PhotoFrame>(*page);
        QCOMPARE(frames.size(), std::size_t(21));
        for (int i = 0; i < 21; i++) {
            const Box& box = frames[static_cast<std::size_t>(i)].box;
            QCOMPARE(frames[static_cast<std::size_t>(i)].photo, i);
            if (i % 7 > 0) QCOMPARE((box.left - frames[static_cast<std::size_t>(i) - 1].box.right()).um(), 2000);
            if (i >= 7) QCOMPARE((box.top - frames[static_cast<std::size_t>(i) - 7].box.bottom()).um(), 1500);
            if (i % 7 == 0) QCOMPARE(box.left.um(), 3000);
            if (i % 7 == 6) QCOMPARE(box.right().um(), 94000);
            if (i >= 14) QCOMPARE(box.bottom().um(), 137000);
        }
        QCOMPARE(itemsOf<PhotoFrame>(*layOut(*one, photos(5), {})).size(), std::size_t(5));
    }

    void passportPicturesAreExactlyTheirSize() {
        const auto one = readTemplate(shipped / "passport-35x45.toml");
        QVERIFY(one);
        const auto page = layOut(*one, photos(1), {});
        QVERIFY(page);
        const auto frames = itemsOf<PhotoFrame>(*page);
        QCOMPARE(frames.size(), std::size_t(8));
        for (const PhotoFrame& frame : frames) {
            QCOMPARE(frame.box.size.width.um(), 35000);
            QCOMPARE(frame.box.size.height.um(), 45000);
        }
    }

    void textsAreFilled() {
        const auto one = read(std::string(head) + photo +
                              "[[item]]\nkind = \"text\"\nbox_mm = [10, 100, 80, 20]\n"
                              "text = \"{title}, {{not {title}\"\nfont = \"Lato\"\nsize_pt = 12\n");
        QVERIFY(one);
        const auto textOf = [&](const std::map<std::string, std::string>& texts) {
            return itemsOf<TextField>(*layOut(*one, photos(1), texts)).front().text.text;
        };
        QCOMPARE(textOf({}), std::string("Hello, {not Hello"));
        QCOMPARE(textOf({{"title", "{title} & co"}}), std::string("{title} & co, {not {title} & co"));
        const auto unknown = layOut(*one, photos(1), {{"tilte", "x"}});
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().reason, std::string("template-text"));
        for (const int count : {0, 2})
            QCOMPARE(layOut(*one, photos(count), {}).error().reason, std::string("template-photos"));
    }

    void aCaptionIsItsPhotosName() {
        const auto one = read(std::string(head) +
                              "[[item]]\nkind = \"grid\"\nbox_mm = [0, 0, 100, 150]\ncells = [2, 2]\n"
                              "gap_mm = [0, 0]\nphotos = \"each\"\ncaption = { height_mm = 5, text = \"{number} "
                              "{file}\", font = \"Lato\", size_pt = 7 }\n");
        QVERIFY(one);
        const auto page = layOut(*one, photos(3), {});
        const auto texts = itemsOf<TextField>(*page);
        QCOMPARE(texts.size(), std::size_t(3));
        QCOMPARE(texts[2].text.text, std::string("3 IMG_3"));
        QCOMPARE(texts[2].box.size.height.um(), 5000);
        QCOMPARE(texts[2].box.bottom().um(), 150000);
    }

    void aDesignIsScaledToPaperOfItsShapeAlone() {
        const auto page = layOut(*readTemplate(shipped / "instant.toml"), photos(1), {});
        QVERIFY(page);
        const auto larger = scaled(*page, {millimetres(203.2), millimetres(304.8)});
        QVERIFY(larger);
        const auto before = itemsOf<PhotoFrame>(*page).front().box, after = itemsOf<PhotoFrame>(*larger).front().box;
        QCOMPARE(after.left.um(), before.left.um() * 2);
        QCOMPARE(after.size.height.um(), before.size.height.um() * 2);
        QCOMPARE(itemsOf<TextField>(*larger).front().text.size, itemsOf<TextField>(*page).front().text.size * 2);
        QCOMPARE(scaled(*page, {millimetres(152.4), millimetres(152.4)}).error().reason, std::string("layout-shape"));
    }

    void whatIsWrongIsSaidByLineAndKey_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& text, const char* says) {
            QTest::newRow(name) << QString::fromStdString(text) << says;
        };
        const std::string ok = head;
        row("zero width", ok + "[[item]]\nkind = \"photo\"\nbox_mm = [10, 10, 0, 80]\n", "line 8: \"box_mm\"");
        row("negative height", ok + "[[item]]\nkind = \"photo\"\nbox_mm = [10, 10, 10, -8]\n", "line 8: \"box_mm\"");
        row("off the page", ok + "[[item]]\nkind = \"photo\"\nbox_mm = [100, 10, 10, 8]\n",
            "line 8: \"box_mm\" lies off the page");
        row("not a number", ok + "[[item]]\nkind = \"photo\"\nbox_mm = [nan, 10, 10, 8]\n", "line 8: \"box_mm\"");
        row("endless", ok + "[[item]]\nkind = \"photo\"\nbox_mm = [0, 0, inf, 8]\n", "line 8: \"box_mm\"");
        row("colour", ok + "[[item]]\nkind = \"box\"\nbox_mm = [0, 0, 9, 8]\ncolour = \"red\"\n",
            "line 9: \"colour\" must be #");
        row("no colour", ok + "[[item]]\nkind = \"box\"\nbox_mm = [0, 0, 9, 8]\n", "\"colour\" is missing");
        row("unknown kind", ok + "[[item]]\nkind = \"video\"\nbox_mm = [0, 0, 9, 8]\ncolour = \"#ffffff\"\n",
            "line 7: \"kind\" must be one of: box, photo, text, grid, collage");
        row("unknown key", ok + photo + "wobble = 3\n", "line 9: \"wobble\" is not a key");
        row("unknown text",
            ok + photo +
                "[[item]]\nkind = \"text\"\nbox_mm = [9, 9, 9, 9]\ntext = \"{nmae}\"\nfont = \"Lato\"\nsize_pt = 9\n",
            "has {nmae} in its text");
        row("type too large",
            ok + photo +
                "[[item]]\nkind = \"text\"\nbox_mm = [9, 9, 9, 9]\ntext = \"x\"\nfont = \"Lato\"\nsize_pt = 1e9\n",
            "line 14: \"size_pt\"");
        row("no room between gaps",
            ok + "[[item]]\nkind = \"grid\"\nbox_mm = [0, 0, 20, 20]\ncells = [5, 2]\ngap_mm = [5, 0]\nphotos = "
                 "\"each\"\n",
            "leave no room");
        row("adjustment", ok + photo + "adjust = \"exposure\"\n", "line 9: \"adjust\" must be adjustments");
        row("id of another file",
            std::string("format = 1\nid = \"other\"\nname = \"x\"\nsize_mm = [100, 150]\n") + photo,
            "the file is named card.toml");
        std::string bomb = ok;
        for (int i = 0; i < Template::mostItems + 1; i++) bomb += photo;
        row("too many items", bomb, "card.toml has more than 400 items");
        std::string grids = ok;
        for (int i = 0; i < 3; i++)
            grids +=
                "[[item]]\nkind = \"grid\"\nbox_mm = [0, 0, 100, 150]\ncells = [40, 40]\ngap_mm = [0, 0]\nphotos = "
                "\"each\"\n";
        row("too many cells", grids, "make more than 2000 photos");
    }
    void whatIsWrongIsSaidByLineAndKey() {
        QFETCH(const QString, text);
        QFETCH(const QString, says);
        const auto one = read(text.toStdString());
        QVERIFY(!one);
        QCOMPARE(one.error().reason, std::string("template-file"));
        QVERIFY2(one.error().message.find(says.toStdString()) != std::string::npos, one.error().message.c_str());
    }

    void aNewerTemplateIsNamedSo() {
        const auto one = read("format = 2\nid = \"card\"\nname = \"Card\"\nsize_mm = [100, 150]\nlayers = 3\n");
        QVERIFY(!one);
        QCOMPARE(one.error().reason, std::string("template-newer"));
    }
};

QTEST_GUILESS_MAIN(TemplateTest)
#include "template_test.moc"
