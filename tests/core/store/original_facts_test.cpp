// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What photos say of themselves is kept whole, but for the numbers of their colours, and only as long as it holds.
#include <QTemporaryDir>
#include <QTest>

#include "tests/core/store/shop_fixture.h"

using namespace contone;
using namespace contone::store;

namespace {

const SystemClock systemClock{};

image::PhotoFacts anyFacts() {
    image::PhotoFacts facts;
    facts.format = image::PhotoFormat::JpegXl;
    facts.storedSize = facts.size = {6000, 4000};
    facts.orientation = image::Orientation::Rotate270;
    facts.pixels = {image::Channels::Gray, image::Depth::U16};
    facts.bitsPerSample = 12;
    facts.isProgressive = true;
    facts.jpegQuality = 87;
    facts.colour.kind = image::SourceColour::Kind::Gray;
    facts.colour.basis = image::SourceBasis::EmbeddedProfile;
    facts.colour.refused = image::ProfileRefusal::WrongModel;
    facts.colour.profile = Sha256::of("profile");
    facts.colour.name = "Dot Gain 20%";
    facts.colour.isKnown = true;
    facts.colour.isWide = true;
    facts.camera = "Canon EOS 7D";
    facts.takenAt = "2026:11:22 10:20:30";
    facts.warnings.add(image::PhotoWarning::ExifDamaged);
    facts.warnings.add(image::PhotoWarning::PagesTooMany);
    facts.libraries = "libjxl 0.7.0";
    return facts;
}

}  // namespace

class OriginalFactsTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    Path folder() const { return m_dir.path().toStdString(); }
    const Sha256 m_photo = Sha256::of("photo");

  private slots:
    void allThatPlanningAndPeopleNeedComesBack() {
        auto store = *SqliteStore::open(folder(), systemClock);
        QVERIFY(!store->facts(m_photo)->has_value());
        QVERIFY(store->keepFacts(m_photo, {}).has_value());
        QVERIFY(store->keepFacts(m_photo, anyFacts()).has_value());  // in place of the others
        QVERIFY(**store->facts(m_photo) == anyFacts());
        QVERIFY(!store->facts(Sha256::of("another"))->has_value());
    }
    void theNumbersOfColoursAreLeftOut() {
        auto store = *SqliteStore::open(folder(), systemClock);
        image::PhotoFacts rich = anyFacts();
        rich.colour.curves.resize(1);
        rich.colour.curves[0].values.assign(image::ToneCurve::steps + 1, 1);
        QVERIFY(store->keepFacts(m_photo, rich).has_value());
        QVERIFY(**store->facts(m_photo) == anyFacts());
    }
    void theyAreNoProjectionAndStayWhenThoseAreRebuilt() {
        auto store = *SqliteStore::open(folder(), systemClock);
        QVERIFY(store->rebuildProjections().has_value());
        QVERIFY(store->facts(m_photo)->has_value());
    }
    void factsReadByOtherRulesCountAsNone() {
        change("UPDATE photo_facts SET version = version - 1");
        QVERIFY(!(*SqliteStore::open(folder(), systemClock))->facts(m_photo)->has_value());
    }
    void factsThatCannotBeReadAreADamagedStore() {
        change("UPDATE photo_facts SET version = version + 1, json = '{\"format\":\"wax\"}'");
        QCOMPARE((*SqliteStore::open(folder(), systemClock))->facts(m_photo).error().reason,
                 std::string("store-damaged"));
    }
    void numbersThatNoPhotoHasAreADamagedStore() {
        for (const char* path : {"$.width", "$.channels", "$.bits"}) {
            QVERIFY((*SqliteStore::open(folder(), systemClock))->keepFacts(m_photo, anyFacts()).has_value());
            change((std::string("UPDATE photo_facts SET json = json_set(json, '") + path + "', 0)").c_str());
            QCOMPARE((*SqliteStore::open(folder(), systemClock))->facts(m_photo).error().reason,
                     std::string("store-damaged"));
        }
    }
    void whatIsForgottenIsGone() {
        auto store = *SqliteStore::open(folder(), systemClock);
        QVERIFY(store->keepFacts(m_photo, anyFacts()).has_value());
        QVERIFY(store->forgetFacts(m_photo).has_value());
        QVERIFY(!store->facts(m_photo)->has_value());
    }

  private:
    void change(const char* sql) const {
        auto database = db::Database::open(folder() / "contone.db", db::Missing::Fail);
        QVERIFY(database && database->run(sql));
    }
};

QTEST_GUILESS_MAIN(OriginalFactsTest)
#include "original_facts_test.moc"
