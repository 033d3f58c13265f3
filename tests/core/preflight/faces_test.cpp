// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Faces at the knife, on every way a photo can lie on its paper.
#include <QtTest>

#include "tests/core/preflight/photo_bench.h"

using namespace contone;
using namespace contone::preflight;
using namespace contone::preflight::testing;
using findings::FindingCode, findings::Fix, findings::Severity;

namespace {

vision::Face faceAt(double left, double top, double width, double height, double score = 0.9) {
    return {{left, top, width, height}, {}, score};
}

/// A flat photo of 1500 x 1500 pixels on 10 x 15 cm: the print shows two thirds of it.
std::vector<findings::Finding> foundOf(std::vector<vision::Face> faces, const print::PagePlan& plan) {
    Measured photo;
    photo.facts.storedSize = photo.facts.size = {1500, 1500};
    photo.facts.colour = icc::sourceColour(icc::Profile::srgb(), image::SourceBasis::ContainerSrgb);
    photo.measures.small = image::Picture::ofSize({16, 16}, {image::Channels::Rgb, image::Depth::U16});
    photo.measures.clipped.resize(256);
    photo.measures.faces = std::move(faces);
    return checked(photo, plan);
}

order::PhotoChoices croppedTo(double left, double top, double width, double height) {
    order::PhotoChoices choices;
    choices.crop = image::Crop{left, top, width, height};
    return choices;
}

}  // namespace

class FacesTest : public QObject {
    Q_OBJECT
    /// The middle two thirds of the width, all of the height.
    const print::PagePlan m_plan = planOf({1500, 1500}, croppedTo(1.0 / 6, 0, 2.0 / 3, 1));

  private slots:
    void theTrimOnThePhotoIsWhereThePlanPutsIt() {
        const image::Crop shown = shownOf(m_plan);
        QVERIFY(std::abs(shown.left - 1.0 / 6) < 0.002 && std::abs(shown.width - 2.0 / 3) < 0.004);
        QVERIFY(shown.top < 0.002 && shown.height > 0.996);
    }
    void aFaceInTheMiddleIsWell() {
        const auto found = foundOf({faceAt(0.45, 0.4, 0.1, 0.12)}, m_plan);
        for (const auto code : {FindingCode::FaceCut, FindingCode::FaceLeftOut, FindingCode::FaceNearEdge})
            QVERIFY(!findingOf(found, code));
    }
    void aFaceAtTheKnifeIsBadAndAMoveMendsIt() {
        const std::vector<vision::Face> faces{faceAt(0.10, 0.4, 0.12, 0.15)};  // cut at 0.167: half of it
        const auto found = foundOf(faces, m_plan);
        const findings::Finding* cut = findingOf(found, FindingCode::FaceCut);
        QVERIFY(cut && cut->severity == Severity::Bad && cut->fix == Fix::KeepFaces && cut->number("faces") == 1);
        QVERIFY(std::abs(cut->region->left - 0.10) < 1e-9 && std::abs(cut->region->height - 0.15) < 1e-9);
        const auto moved = cropWithFaces(faces, m_plan);
        QVERIFY(moved && std::abs(moved->width - shownOf(m_plan).width) < 1e-6);
        const auto after =
            foundOf(faces, planOf({1500, 1500}, croppedTo(moved->left, moved->top, moved->width, moved->height)));
        QVERIFY(!findingOf(after, FindingCode::FaceCut) && !findingOf(after, FindingCode::FaceNearEdge));
    }
    void facesThatNoCropHoldsAreShownByAllOfThePhoto() {
        const auto found = foundOf({faceAt(0.01, 0.4, 0.2, 0.2), faceAt(0.79, 0.4, 0.2, 0.2)}, m_plan);
        const findings::Finding* cut = findingOf(found, FindingCode::FaceCut);
        QVERIFY(cut && cut->fix == Fix::ShowAll && cut->number("faces") == 2);
    }
    void aFaceThatIsNotOnThePrintWantsALook() {
        const auto found = foundOf({faceAt(0.02, 0.4, 0.1, 0.12), faceAt(0.5, 0.4, 0.1, 0.12)}, m_plan);
        QVERIFY(findingOf(found, FindingCode::FaceLeftOut)->severity == Severity::Look);
        QVERIFY(!findingOf(found, FindingCode::FaceCut));
    }
    void aHeadInsideTheTrimButOutsideTheSafeAreaIsNear() {
        // The trim begins at 0.167, the safe area 4 mm of 101.6 further in, at 0.193; ears are 0.015 of this face.
        const auto found = foundOf({faceAt(0.18, 0.4, 0.1, 0.12)}, m_plan);
        QVERIFY(findingOf(found, FindingCode::FaceNearEdge) && !findingOf(found, FindingCode::FaceCut));
        QVERIFY(!findingOf(foundOf({faceAt(0.21, 0.4, 0.1, 0.12)}, m_plan), FindingCode::FaceNearEdge));
        // Where the photo ends, no crop can show more of it.
        QVERIFY(!findingOf(foundOf({faceAt(0.45, 0.02, 0.1, 0.12)}, m_plan), FindingCode::FaceNearEdge));
    }
    void facesByChanceAndUnsureOnesDoNotCount() {
        const auto found = foundOf(
            {faceAt(0.4, 0.3, 0.2, 0.3), faceAt(0.13, 0.4, 0.08, 0.1), faceAt(0.75, 0.4, 0.2, 0.3, 0.55)}, m_plan);
        QVERIFY(!findingOf(found, FindingCode::FaceCut) && !findingOf(found, FindingCode::FaceLeftOut));
    }
    void turnedPagesAreLookedAtAlike() {
        // Wider than high: a printer's plan turns it onto upright paper.
        print::PagePlan turned = m_plan;
        turned.frames.front().turn = image::Orientation::Rotate90;
        turned.frames.front().crop = {0, 1.0 / 6, 1, 2.0 / 3};
        turned.frames.front().box = m_plan.frames.front().box;
        const image::Crop shown = shownOf(turned);
        QVERIFY(std::abs(shown.top - 1.0 / 6) < 0.002 && std::abs(shown.height - 2.0 / 3) < 0.004);
        const auto found = foundOf({faceAt(0.4, 0.10, 0.15, 0.12)}, turned);
        QVERIFY(findingOf(found, FindingCode::FaceCut));
        QVERIFY(!findingOf(foundOf({faceAt(0.10, 0.4, 0.12, 0.15)}, turned), FindingCode::FaceCut));
    }
    void aFaceThatIsTooLightIsTold() {
        Measured photo;
        photo.facts.storedSize = photo.facts.size = {1500, 1500};
        photo.facts.colour = icc::sourceColour(icc::Profile::srgb(), image::SourceBasis::ContainerSrgb);
        photo.measures.small = image::Picture::ofSize({100, 100}, {image::Channels::Rgb, image::Depth::U16});
        photo.measures.clipped.resize(10'000);
        photo.measures.faces = {faceAt(0.4, 0.4, 0.2, 0.2)};
        for (int x = 45; x < 49; x++) photo.measures.clipped[static_cast<std::size_t>(50 * 100 + x)] = 255;
        QVERIFY(!findingOf(checked(photo, m_plan), FindingCode::FaceWithoutDetail));  // 4 of 400 are 1 %
        photo.measures.clipped[50 * 100 + 49] = photo.measures.clipped[50 * 100 + 50] = 255;
        QCOMPARE(findingOf(checked(photo, m_plan), FindingCode::FaceWithoutDetail)->number("percent"), 2.0);
    }
};

QTEST_GUILESS_MAIN(FacesTest)
#include "faces_test.moc"
