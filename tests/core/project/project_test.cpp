// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Projects as values: undo gives back the very same bytes, versions share what they have in common, text is read back.
#include <QTest>
#include <random>

#include "core/project/history.h"

using namespace contone;
using namespace contone::project;

namespace {

const SystemClock systemClock;

Line photoLine(const std::string& file, int copies = 1) {
    PhotoPrint photo{Sha256::of(file), file, {}};
    photo.choices.crop = image::Crop{0.1, 0.2, 0.5, 0.6};
    photo.choices.adjustments.set("exposure", 0.5);
    return {LineId::generate(systemClock), "10x15", copies, photo};
}

Line designLine() {
    layout::TextField text{.box = {millimetres(5), millimetres(80), {millimetres(90), millimetres(10)}}, .text = {}};
    text.text.text = "שנה טובה 🎉";
    text.text.width = text.box.size.width;
    text.text.height = text.box.size.height;
    image::Shadow shadow;
    shadow.rightUm = -300;
    return {
        LineId::generate(systemClock), "10x15", 2,
        DesignedPrint{"card",
                      {{"title", "שנה טובה 🎉"}},
                      {{Sha256::of("a"), "a.jpg", {}}, {Sha256(), "/stick/b.jpg", {}}},
                      {{millimetres(100), millimetres(150)},
                       {layout::PaintedBox{.box = {{}, {}, {millimetres(100), millimetres(150)}},
                                           .paint = {{250, 240, 220}, Srgb{1, 2, 3}, 45}},
                        layout::PhotoFrame{.box = {millimetres(5), millimetres(5), {millimetres(40), millimetres(40)}},
                                           .photo = 1,
                                           .crop = image::Crop{0.25, 0.25, 0.5, 0.5},
                                           .shape = {image::Shape::Kind::Rounded, 4000},
                                           .shadow = shadow,
                                           .softEdge = millimetres(1)},
                        text}}}};
}

}  // namespace

class ProjectTest : public QObject {
    Q_OBJECT
  private slots:
    void itsTextIsReadBack() {
        Project project = Project().added(photoLine("a.jpg", 7)).added(designLine());
        const auto read = projectFromJson(toJson(project));
        QVERIFY2(read, read ? "" : read.error().detail.c_str());
        QVERIFY(*read == project);
        QVERIFY(toJson(*read) == toJson(project));
    }

    void damagedTextIsRefused() {
        const std::string good = toJson(Project().added(photoLine("a.jpg")).added(designLine()));
        for (std::size_t length = 0; length < good.size(); length += 7)
            QVERIFY(!projectFromJson(good.substr(0, length)));
        const auto replaced = [&](const std::string& from, const std::string& to) {
            std::string text = good;
            text.replace(text.find(from), from.size(), to);
            const auto read = projectFromJson(text);
            return read ? std::string() : read.error().reason;
        };
        QCOMPARE(replaced("\"format\":1", "\"format\":2"), std::string("project-newer"));
        QCOMPARE(replaced("\"copies\":1", "\"copies\":0"), std::string("project-damaged"));
        QCOMPARE(replaced("\"copies\":1", "\"copies\":1e99"), std::string("project-damaged"));
        QCOMPARE(replaced("\"kind\":\"design\"", "\"kind\":\"book\""), std::string("project-damaged"));
        QCOMPARE(replaced("\"radiusUm\":4000", "\"radiusUm\":-1"), std::string("project-damaged"));
        const std::string twice = toJson(Project().added(photoLine("a.jpg")));
        const std::string line = twice.substr(twice.find('[') + 1, twice.rfind(']') - twice.find('[') - 1);
        QVERIFY(!projectFromJson(twice.substr(0, twice.rfind(']')) + "," + line + "]}"));
    }

    /// Two thousand actions by chance; then back to the beginning, and forth again.
    void undoRestoresTheBytes() {
        std::mt19937 chance(7);
        const auto below = [&](std::size_t n) { return std::size_t(chance() % n); };
        History history;
        std::vector<std::string> states{toJson(history.now())};
        const auto act = [&]() -> Project {
            const Project& now = history.now();
            const std::size_t lines = now.lines().size();
            if (lines == 0 || below(3) == 0)
                return now.added(below(5) ? photoLine("p" + std::to_string(chance()) + ".jpg") : designLine());
            Line line = now.lines()[below(lines)];
            switch (below(4)) {
                case 0:
                    return now.without(line.id);
                case 1:
                    return now.moved(line.id, below(lines + 2));
                case 2:
                    line.copies = 1 + int(below(999));
                    return now.with(line);
                default:
                    if (auto* photo = std::get_if<PhotoPrint>(&line.shows))
                        photo->choices.adjustments.set("contrast", double(below(100)));
                    else
                        std::get<DesignedPrint>(line.shows).texts["title"] = std::to_string(chance());
                    return now.with(line);
            }
        };
        for (int i = 0; i < 2000; i++) {
            const std::string before = states.back();
            history.step(act(), "chance");
            if (const std::string now = toJson(history.now()); now != before) states.push_back(now);
        }
        QVERIFY(states.size() > 1500);
        for (std::size_t i = states.size() - 1; i-- > 0;) QVERIFY(toJson(history.undo()) == states[i]);
        QVERIFY(!history.canUndo() && history.canRedo());
        QVERIFY(toJson(history.undo()) == states[0]);
        for (std::size_t i = 1; i < states.size(); i++) QVERIFY(toJson(history.redo()) == states[i]);
        QVERIFY(!history.canRedo());
        // Undone and then done otherwise: what was undone is gone.
        history.undo();
        history.step(Project(), "empty");
        QVERIFY(!history.canRedo() && history.undone() == "empty");
        QVERIFY(toJson(history.undo()) == states[states.size() - 2]);
    }

    void aDraggedSliderIsOneStep() {
        const Line line = photoLine("a.jpg");
        History history(Project().added(line));
        const auto exposed = [&](double value) {
            Line other = line;
            std::get<PhotoPrint>(other.shows).choices.adjustments.set("exposure", value);
            return history.now().with(other);
        };
        for (int i = 1; i <= 20; i++) history.goOn(exposed(i / 10.0), "exposure");
        history.rest();
        for (int i = 1; i <= 20; i++) history.goOn(exposed(-i / 10.0), "exposure");
        history.goOn(exposed(1), "contrast");
        const auto shown = [&] {
            return std::get<PhotoPrint>(history.now().lines()[0].shows).choices.adjustments.number("exposure");
        };
        QCOMPARE(shown(), 1.0);
        history.undo();
        QCOMPARE(shown(), -2.0);
        history.undo();
        QCOMPARE(shown(), 2.0);
        // After an undo the same action is a new one.
        history.redo();
        history.goOn(exposed(3), "exposure");
        history.undo();
        QCOMPARE(shown(), -2.0);
        history.undo();
        history.undo();
        QCOMPARE(shown(), 0.5);
        QVERIFY(!history.canUndo());
    }

    /// A change to one of thousands of lines leaves the others where they are in memory.
    void versionsShareTheirLines() {
        Project project;
        for (int i = 0; i < 5000; i++) project = project.added(photoLine(std::to_string(i)));
        Line line = project.lines()[2500];
        line.copies = 9;
        const Project other = project.with(line);
        int same = 0;
        for (std::size_t i = 0; i < 5000; i++) same += &project.lines()[i] == &other.lines()[i];
        QCOMPARE(same, 4999);
        QCOMPARE(project.lines()[2500].copies, 1);
        QCOMPARE(other.line(line.id)->copies, 9);
        QVERIFY(other.with(photoLine("unknown")) == other);
    }

    /// The list against a plain one.
    void theListIsAList() {
        std::mt19937 chance(3);
        SharedList<int> list;
        std::vector<int> plain;
        for (int i = 0; i < 20000; i++) {
            const auto size = plain.size();
            const std::size_t at = chance() % (size + 1);
            if (size == 0 || chance() % 5 > 1) {
                list = list.inserted(at, i);
                plain.insert(plain.begin() + std::ptrdiff_t(at), i);
            } else if (at < size && chance() % 2) {
                list = list.erased(at);
                plain.erase(plain.begin() + std::ptrdiff_t(at));
            } else if (at < size) {
                list = list.with(at, -i);
                plain[at] = -i;
            }
            if (i % 500 == 0) {
                std::vector<int> all;
                list.each([&](int item) { all.push_back(item); });
                QVERIFY(all == plain);
            }
        }
        for (std::size_t i = 0; i < plain.size(); i++) QCOMPARE(list[i], plain[i]);
        for (std::size_t i = plain.size(); i-- > 0;) list = list.erased(i);
        QVERIFY(list.isEmpty() && list == SharedList<int>());
    }
};

QTEST_GUILESS_MAIN(ProjectTest)
#include "project_test.moc"
