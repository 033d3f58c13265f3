// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Opening profiles: what is recognised, what is refused, and which profile a photo is read with.
#include <QTest>
#include <cmath>
#include <cstring>
#include <limits>

#include "icc/source.h"
#include "icc/transforms.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::icc;
using image::Channels;
using image::ColourSignals;
using image::ExifColorSpace;
using image::ExifInterop;
using image::ProfileRefusal;

namespace {

Path fixturePath(const char* name) {
    return Path(contone::tests::sourceFolder) / "tests/data/profiles" / name;
}
Bytes fixtureBytes(const char* name) {
    return readFile(fixturePath(name), 16'000'000).value();
}
Result<Profile> fixture(const char* name) {
    return Profile::fromFile(fixturePath(name));
}

void putBigEndian(Bytes& bytes, std::size_t at, std::uint32_t value) {
    for (int i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::byte>(value >> (24 - 8 * i));
}

std::uint32_t bigEndian(const Bytes& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
    return value;
}

/// Where the data of a tag begins; 0: not there.
std::size_t tagData(const Bytes& bytes, const char* name) {
    for (std::uint32_t i = 0; i < bigEndian(bytes, 128); ++i)
        if (std::memcmp(bytes.data() + 132 + 12 * i, name, 4) == 0) return bigEndian(bytes, 136 + 12 * i);
    return 0;
}

Bytes bundledBytes(const Profile& profile) {
    return {profile.bytes().begin(), profile.bytes().end()};
}

ColourSignals photo(const std::optional<Bytes>& profile = {}, ExifColorSpace space = ExifColorSpace::Absent,
                    ExifInterop interop = ExifInterop::Absent) {
    ColourSignals colours;
    if (profile) colours.profile = image::EmbeddedProfile{Sha256::of(*profile), *profile};
    colours.exifColorSpace = space;
    colours.exifInterop = interop;
    return colours;
}

}  // namespace

class ProfileTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void bundledProfilesAreWhatTheyClaim() {
        QCOMPARE(Profile::srgb().known(), KnownProfile::Srgb);
        QCOMPARE(Profile::adobeRgbCompatible().known(), KnownProfile::AdobeRgb);
        QCOMPARE(Profile::displayP3().known(), KnownProfile::DisplayP3);
        QCOMPARE(Profile::grayWithSrgbCurve().model(), ColourModel::Gray);
        QCOMPARE(Profile::syntheticPhotoRgb().model(), ColourModel::Rgb);
        QCOMPARE(Profile::syntheticPhotoRgb().kind(), ProfileKind::Lut);
        QCOMPARE(Profile::syntheticPhotoCmyk().channels(), 4);
        QVERIFY(Profile::syntheticPhotoRgb().isOutput() && Profile::syntheticPhotoCmyk().isOutput());
        QVERIFY(Profile::srgb().isOutput());
        QCOMPARE(Profile::syntheticPhotoRgb().description(), std::string("Synthetic RGB photo glossy qm"));
        QVERIFY(Profile::srgb() == Profile::fromBytes(Profile::srgb().bytes()).value());
    }
    void wellKnownSpacesAreRecognisedByColorimetry_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("known");
        const auto row = [](const char* file, KnownProfile known) {
            QTest::newRow(file) << QString(file) << static_cast<int>(known);
        };
        row("sRGB-v2-magic.icc", KnownProfile::Srgb);
        row("AdobeCompat-v2.icc", KnownProfile::AdobeRgb);
        row("DisplayP3-v2-magic.icc", KnownProfile::DisplayP3);
        row("ProPhoto-v4.icc", KnownProfile::ProPhoto);
        row("ProPhoto-v2-magic.icc", KnownProfile::ProPhoto);
        row("Rec2020-v4.icc", KnownProfile::Rec2020);
        row("scRGB-v2.icc", KnownProfile::None);                // the primaries of sRGB, but linear
        row("ibm-t61.icc", KnownProfile::None);                 // a laptop panel
        row("sRGB_v4_ICC_preference.icc", KnownProfile::None);  // sRGB by name, but re-rendering tables
    }
    void wellKnownSpacesAreRecognisedByColorimetry() {
        QFETCH(QString, file);
        QFETCH(int, known);
        const auto profile = fixture(file.toUtf8().constData());
        QVERIFY2(profile, profile ? "" : profile.error().detail.c_str());
        QCOMPARE(static_cast<int>(profile->known()), known);
    }
    void unusableProfilesAreRefusedWithAReason_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("reason");
        QTest::newRow("version 47") << "bad.icc" << "profile-damaged";
        QTest::newRow("no way to the connection space") << "bad_mpe.icc" << "profile-damaged";
        QTest::newRow("cut off") << "toosmall.icc" << "profile-damaged";
        QTest::newRow("iccMAX") << "calcUnderStack_add.icc" << "profile-version";
        QTest::newRow("abstract") << "CineLogCurve.icc" << "profile-class";
    }
    void unusableProfilesAreRefusedWithAReason() {
        QFETCH(QString, file);
        QFETCH(QString, reason);
        const auto profile = fixture(file.toUtf8().constData());
        QVERIFY(!profile);
        QCOMPARE(QString::fromStdString(profile.error().reason), reason);
        QVERIFY(profile.error().message.ends_with("."));
    }
    void everyTruncationAndBitOfDamageIsRefusedOrHarmless() {
        // Each cut must be refused; each overwritten byte must be refused or leave a profile whose colours are numbers.
        const Bytes whole = bundledBytes(Profile::srgb());
        for (std::size_t size = 0; size < whole.size(); ++size)
            QVERIFY(!Profile::fromBytes(std::span(whole).first(size)));
        for (std::size_t at = 0; at < whole.size(); ++at) {
            Bytes damaged = whole;
            damaged[at] = damaged[at] == std::byte{0xff} ? std::byte{0x7f} : std::byte{0xff};
            const auto profile = Profile::fromBytes(damaged);
            if (!profile || profile->model() == ColourModel::Lab) continue;
            const auto input = InputTransform::create(*profile, {});
            if (!input) continue;
            std::vector<float> in{0.0F, 0.25F, 1.0F, 0.5F}, out(3);
            input->apply(in.data(), out.data(), 1);
            QVERIFY(std::isfinite(out[0]) && std::isfinite(out[1]) && std::isfinite(out[2]));
        }
    }
    void absurdNumbersAreRefused() {
        Bytes matrix = bundledBytes(Profile::srgb());
        const std::size_t red = tagData(matrix, "rXYZ");
        QVERIFY(red > 0);
        putBigEndian(matrix, red + 8, 0x7fffffff);  // X of red: 32768
        QCOMPARE(Profile::fromBytes(matrix).error().reason, std::string("profile-damaged"));

        Bytes curve = bundledBytes(Profile::srgb());
        const std::size_t gamma = tagData(curve, "rTRC");
        QVERIFY(gamma > 0);
        putBigEndian(curve, gamma + 12, 0x80000000);  // gamma -32768: infinite at black
        QVERIFY(!Profile::fromBytes(curve));

        Bytes tags = bundledBytes(Profile::srgb());
        putBigEndian(tags, 128, 0xffffffff);
        QCOMPARE(Profile::fromBytes(tags).error().reason, std::string("profile-damaged"));

        Bytes black = bundledBytes(Profile::srgb());
        for (const char* tag : {"rXYZ", "gXYZ", "bXYZ"}) putBigEndian(black, tagData(black, tag) + 12, 0);
        QVERIFY(!Profile::fromBytes(black));
        QVERIFY(!Profile::fromBytes({}));
        QVERIFY(!Profile::fromBytes(Bytes(20'000'000)));
    }
    void intentsAreParsedByTheirTradeNames() {
        for (const Intent intent : {Intent::Perceptual, Intent::Relative, Intent::Saturation, Intent::Absolute})
            QVERIFY(contone::parse<Intent>(toString(intent)).value() == intent);
        QCOMPARE(contone::parse<Intent>("vivid").error().reason, std::string("bad-intent"));
    }
    void theEmbeddedProfileWins() {
        const auto decision = decideSource(
            photo(bundledBytes(Profile::displayP3()), ExifColorSpace::Srgb, ExifInterop::R03), Channels::Rgb);
        QCOMPARE(decision->colour.basis, SourceBasis::EmbeddedProfile);
        QVERIFY(decision->colour == sourceColour(Profile::displayP3(), SourceBasis::EmbeddedProfile));
        QCOMPARE(describe(decision->colour), std::string("Display P3, from the profile inside the photo."));
    }
    void exifDecidesWhereNoProfileIs_data() {
        QTest::addColumn<int>("space");
        QTest::addColumn<int>("interop");
        QTest::addColumn<int>("basis");
        QTest::addColumn<bool>("isAdobe");
        const auto row = [](const char* name, ExifColorSpace space, ExifInterop interop, SourceBasis basis,
                            bool adobe) {
            QTest::newRow(name) << static_cast<int>(space) << static_cast<int>(interop) << static_cast<int>(basis)
                                << adobe;
        };
        using enum ExifColorSpace;
        row("uncalibrated, R03", Uncalibrated, ExifInterop::R03, SourceBasis::ExifInteropR03, true);
        row("sRGB, R03", Srgb, ExifInterop::R03, SourceBasis::ExifInteropR03, true);
        row("Adobe RGB", AdobeRgb, ExifInterop::Absent, SourceBasis::ExifAdobeRgb, true);
        row("Adobe RGB, R98", AdobeRgb, ExifInterop::R98, SourceBasis::ExifAdobeRgb, true);
        row("sRGB", Srgb, ExifInterop::R98, SourceBasis::ExifSrgb, false);
        row("uncalibrated", Uncalibrated, ExifInterop::R98, SourceBasis::Assumed, false);
        row("nothing", Absent, ExifInterop::Absent, SourceBasis::Assumed, false);
    }
    void exifDecidesWhereNoProfileIs() {
        QFETCH(int, space);
        QFETCH(int, interop);
        QFETCH(int, basis);
        QFETCH(bool, isAdobe);
        const auto decision = decideSource(
            photo({}, static_cast<ExifColorSpace>(space), static_cast<ExifInterop>(interop)), Channels::Rgb);
        const Profile expected = isAdobe ? Profile::adobeRgbCompatible() : Profile::srgb();
        QVERIFY(decision->colour == sourceColour(expected, static_cast<SourceBasis>(basis)));
        QVERIFY(describe(decision->colour).ends_with("."));
    }
    void damagedAndMismatchedProfilesFallThroughAndSaySo() {
        const auto damaged = decideSource(photo(fixtureBytes("toosmall.icc"), ExifColorSpace::AdobeRgb), Channels::Rgb);
        QCOMPARE(damaged->colour.basis, SourceBasis::ExifAdobeRgb);
        QCOMPARE(damaged->colour.refused, ProfileRefusal::Damaged);
        QVERIFY(describe(damaged->colour).starts_with("The embedded profile is damaged and was ignored. "));
        QVERIFY(damaged->warnings.has(image::PhotoWarning::ProfileDamaged));

        ColourSignals segments = photo();
        segments.profileDamaged = true;
        QCOMPARE(decideSource(segments, Channels::Rgb)->colour.basis, SourceBasis::Assumed);
        QCOMPARE(decideSource(segments, Channels::Rgb)->colour.refused, ProfileRefusal::Damaged);

        const auto mismatch = decideSource(photo(bundledBytes(Profile::syntheticPhotoCmyk())), Channels::Rgb);
        QVERIFY(mismatch->colour.profile == Profile::srgb().hash());
        QCOMPARE(mismatch->colour.refused, ProfileRefusal::WrongModel);
        QVERIFY(!mismatch->convertWith);

        const auto future = decideSource(photo(fixtureBytes("calcUnderStack_add.icc")), Channels::Rgb);
        QCOMPARE(future->colour.refused, ProfileRefusal::Unusable);
    }
    void grayPhotosAreReadWithTheirGrayProfileOrTheSrgbCurve() {
        const auto tagged = decideSource(photo(fixtureBytes("Gray-CIE_L.icc")), Channels::Gray);
        QCOMPARE(tagged->colour.basis, SourceBasis::EmbeddedProfile);
        const auto rgbTag =
            decideSource(photo(bundledBytes(Profile::srgb()), ExifColorSpace::AdobeRgb), Channels::Gray);
        QCOMPARE(rgbTag->colour.basis, SourceBasis::UntaggedGray);
        QVERIFY(rgbTag->colour.profile == Profile::grayWithSrgbCurve().hash());
        QCOMPARE(rgbTag->colour.refused, ProfileRefusal::WrongModel);
    }
    void cmykPhotosHaveTheirProfilesInksElseThoseOfCoatedWebOffset() {
        const auto tagged = decideSource(photo(bundledBytes(Profile::syntheticPhotoCmyk())), Channels::Cmyk);
        QCOMPARE(tagged->colour.basis, SourceBasis::EmbeddedProfile);
        QCOMPARE(tagged->colour.kind, image::SourceColour::Kind::Converted);
        QVERIFY(tagged->convertWith == Profile::syntheticPhotoCmyk());
        QVERIFY(tagged->warnings.empty());
        const ColourSignals none = photo(), ofScreens = photo(bundledBytes(Profile::srgb()));
        for (const ColourSignals& colours : {none, ofScreens}) {
            const auto untagged = decideSource(colours, Channels::Cmyk);
            QCOMPARE(untagged->colour.basis, SourceBasis::UntaggedCmyk);
            QCOMPARE(untagged->colour.kind, image::SourceColour::Kind::Converted);
            QCOMPARE(untagged->colour.refused, colours.profile ? ProfileRefusal::WrongModel : ProfileRefusal::None);
            QVERIFY(untagged->convertWith == Profile::offsetCmyk());
            QVERIFY(untagged->warnings.has(image::PhotoWarning::ColoursUnspecified));
        }
    }
};

QTEST_GUILESS_MAIN(ProfileTest)
#include "profile_test.moc"
