// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Projects: there after a kill as they were answered last, never overwritten unseen, ordered once, erased for good.
#include "core/db/database.h"
#include "tests/core/shop/bytes_in.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

class ProjectsTest : public QObject, OneShop {
    Q_OBJECT
  private slots:
    void init() {
        open();
        m_original = *addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
    }
    void cleanup() { close(); }

    void itIsThereAfterARestart() {
        const SaveProject project = newProject({"holiday-of-ada.jpg", "b.jpg"});
        const auto saved = shop().ask(project);
        QVERIFY_OK(saved);
        QCOMPARE(saved->version, 1);
        SaveProject changed = project;
        changed.version = 1;
        changed.lines[1].copies = 12;
        std::get<project::PhotoPrint>(changed.lines[1].shows).choices.adjustments.set("exposure", 0.4);
        QVERIFY_OK(shop().ask(changed));
        paper().restart();
        const auto shown = shop().ask(ShowProject{project.project});
        QVERIFY_OK(shown);
        QCOMPARE(shown->version, 2);
        QVERIFY(shown->lines == changed.lines);
        const auto list = shop().ask(ListProjects{});
        QVERIFY(list && list->items.size() == 1 && list->items[0].prints == 13 && list->items[0].lines == 2);
    }

    /// Two windows on one project: the second is told, and nothing of the first is lost.
    void whatOthersSavedIsNotOverwritten() {
        SaveProject project = newProject({"a.jpg"});
        QVERIFY_OK(shop().ask(project));
        QVERIFY_FAILS(shop().ask(project), "project-changed");
        project.version = 1;
        QVERIFY_OK(shop().ask(project));
        project.lines.clear();
        QVERIFY_FAILS(shop().ask(project), "project-changed");
        QCOMPARE(shop().ask(ShowProject{project.project})->lines.size(), std::size_t(1));
        QVERIFY_FAILS(shop().ask(OrderProject{project.project, 1}), "project-changed");
    }

    void itIsOrderedOnce() {
        SaveProject project = newProject({"a.jpg", "/media/stick/b.jpg"});
        auto& second = std::get<project::PhotoPrint>(project.lines[1].shows);
        second.choices.asSent = true;  // its adjustments rest
        second.choices.adjustments.set("exposure", 1);
        QVERIFY_OK(shop().ask(project));
        const auto order = shop().ask(OrderProject{project.project, 1, "Ada"});
        QVERIFY_OK(order);
        QCOMPARE(order->lines.size(), std::size_t(2));
        QVERIFY(order->lines[1].choices.asSent && order->lines[1].choices.adjustments.isEmpty());
        const auto customer = paper().store->customer(order->id);
        QVERIFY(customer && customer->fileNames == (std::vector<std::string>{"a.jpg", "b.jpg"}));
        QVERIFY_FAILS(shop().ask(OrderProject{project.project, 1}), "project-unknown");
        QCOMPARE(shop().ask(ListOrders{})->items.size(), std::size_t(1));
    }

    void aPhotoThatIsNotTakenInYetStopsTheOrderAndNothingElse() {
        SaveProject project = newProject({"a.jpg", "b.jpg"});
        std::get<project::PhotoPrint>(project.lines[1].shows).original = {};
        QVERIFY_OK(shop().ask(project));
        QVERIFY_FAILS(shop().ask(OrderProject{project.project, 1}), "original-missing");
        QVERIFY_OK(shop().ask(ShowProject{project.project}));
        QVERIFY(shop().ask(ListOrders{})->items.empty());
    }

    void whatIsErasedIsGone() {
        const SaveProject project = newProject({"holiday-of-ada.jpg"});
        QVERIFY_OK(shop().ask(project));
        QVERIFY_OK(shop().ask(ShowProject{project.project}));
        QVERIFY(!isIn(paper().folder() / "store", "holiday-of-ada"));  // sealed from the first moment
        const auto keys = [&] {
            auto database = db::Database::open(paper().folder() / "store" / "contone.db", db::Missing::Fail);
            database->whenClosed(db::Database::Close::LeavesFiles);
            return database->integer("SELECT count(*) FROM order_key").value_or(-1);
        };
        QCOMPARE(keys(), 1);
        QVERIFY_OK(shop().ask(EraseProject{project.project}));
        QCOMPARE(keys(), 0);
        QVERIFY_FAILS(shop().ask(ShowProject{project.project}), "project-unknown");
        QVERIFY_OK(shop().ask(EraseProject{project.project}));
    }

    void linesAreChecked() {
        SaveProject twice = newProject({"a.jpg", "b.jpg"});
        twice.lines[1].id = twice.lines[0].id;
        QVERIFY_FAILS(shop().ask(twice), "project-lines");
        SaveProject none = newProject({"a.jpg"});
        none.lines[0].copies = 0;
        QVERIFY_FAILS(shop().ask(none), "bad-copies");
        SaveProject many = newProject({});
        many.lines.resize(project::Project::mostLines + 1);
        QVERIFY_FAILS(shop().ask(many), "project-too-large");
        SaveProject design = newProject({"a.jpg"});
        design.lines[0].shows = project::DesignedPrint{};
        QVERIFY_FAILS(shop().ask(design), "bad-layout");
        QVERIFY(shop().ask(ListProjects{})->items.empty());
    }

    void theListComesInPages() {
        std::vector<project::ProjectId> made;
        for (int i = 0; i < 5; i++) {
            made.push_back(newProject({}).project);
            QVERIFY_OK(shop().ask(SaveProject{made.back(), 0, {}}));
            QTest::qWait(2);
        }
        std::vector<project::ProjectId> listed;
        std::optional<project::ProjectId> after;
        for (;;) {
            const auto page = shop().ask(ListProjects{after, 2});
            QVERIFY_OK(page);
            for (const auto& one : page->items) listed.push_back(one.id);
            if (!page->more) break;
            after = page->items.back().id;
        }
        std::ranges::reverse(listed);
        QVERIFY(listed == made);
    }

  private:
    SaveProject newProject(const std::vector<std::string>& files) const {
        SaveProject made{project::ProjectId::generate(SystemClock()), 0, {}};
        for (const std::string& file : files)
            made.lines.push_back(
                {LineId::generate(SystemClock()), "10x15", 1, project::PhotoPrint{m_original, file, {}}});
        return made;
    }
    Sha256 m_original;
};

QTEST_GUILESS_MAIN(ProjectsTest)
#include "projects_test.moc"
