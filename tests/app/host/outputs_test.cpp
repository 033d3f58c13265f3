// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which outputs are refused: by the file, not by its spelling.
#include "app/host/outputs.h"

#include <QTemporaryDir>
#include <QTest>

using namespace contone;
using namespace contone::app;

class OutputsTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    Path at(const char* name) const { return m_dir.filePath(name).toStdString(); }
    static std::string reasonOf(const Result<void>& checked) { return checked ? "" : checked.error().reason; }
    static std::string check(const std::vector<Path>& inputs, const std::vector<Path>& outputs,
                             Existing existing = Existing::Stays) {
        return reasonOf(checkOutputs(inputs, outputs, existing));
    }

  private slots:
    void initTestCase() {
        for (const char* name : {"a.jpg", "b.jpg"}) QVERIFY(writeFileDurably(at(name), "x"));
        std::filesystem::create_symlink(at("a.jpg"), at("link.jpg"));
        std::filesystem::create_hard_link(at("a.jpg"), at("hard.jpg"));
        std::filesystem::create_directory(at("sub"));
        std::filesystem::create_directory_symlink(at("sub"), at("other"));
    }
    void newNamesAreFree() {
        QCOMPARE(check({at("a.jpg")}, {at("c.jpg"), at("d.jpg")}), std::string());
        QCOMPARE(check({at("gone.jpg")}, {at("c.jpg")}), std::string());  // who reads it will say so
        QCOMPARE(check({}, {at("none/c.jpg")}), std::string());           // and who writes, this
    }
    void anInputIsNeverReplaced() {
        for (const char* name : {"a.jpg", "link.jpg", "hard.jpg", "sub/../a.jpg"})
            for (const Existing existing : {Existing::Stays, Existing::IsReplaced}) {
                QCOMPARE(check({at("b.jpg"), at("a.jpg")}, {at(name)}, existing), std::string("output-is-input"));
                QCOMPARE(check({at(name)}, {at("c.jpg"), at("a.jpg")}, existing), std::string("output-is-input"));
            }
    }
    void othersAreReplacedOnlyWhenSaid() {
        QCOMPARE(check({at("a.jpg")}, {at("b.jpg")}), std::string("output-exists"));
        QCOMPARE(check({at("a.jpg")}, {at("b.jpg")}, Existing::IsReplaced), std::string());
    }
    void twoOutputsAreTwoFiles() {
        QCOMPARE(check({}, {at("sub/c.jpg"), at("other/c.jpg")}), std::string("output-twice"));
        QCOMPARE(check({}, {at("b.jpg"), at("sub/../b.jpg")}, Existing::IsReplaced), std::string("output-twice"));
        QCOMPARE(check({}, {at("c.jpg"), at("C.JPG")}),
                 nameCaseOf(at("")) == NameCase::Tells ? std::string() : std::string("output-twice"));
    }
    void namesAreFoldedAsFatAndExfatDo() {
        QVERIFY(isSameFolded("IMG_1.JPG", "img_1.jpg"));
        QVERIFY(isSameFolded("Größe.jpg", "GRÖßE.JPG"));
        QVERIFY(isSameFolded("ΑΒΓ.jpg", "αβγ.JPG"));
        QVERIFY(!isSameFolded("IMG_1.JPG", "IMG_2.JPG"));
        QVERIFY(!isSameFolded("a\xff", "a\xfe"));  // no UTF-8: byte by byte
        QVERIFY(isSameFolded("a\xff", "A\xff"));
        // Where nobody knows, capitals do not count: better a needless refusal than a lost photo.
        QVERIFY(nameCaseOf("/proc") == NameCase::IsFolded);
    }
};

QTEST_APPLESS_MAIN(OutputsTest)
#include "outputs_test.moc"
