// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A photo's colours as numbers: coded colours against the standards and against Little CMS, which signal decides, Lab,
// and the pictures of lists.
#include <lcms2.h>

#include <QTest>
#include <array>
#include <cmath>
#include <cstring>

#include "icc/source.h"
#include "icc/transforms.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::icc;
using image::Channels;
using image::Cicp;
using image::ColourSignals;
using image::Depth;
using image::ExifColorSpace;
using image::ExifInterop;
using image::PhotoWarning;
using image::Picture;
using image::SourceColour;

namespace {

SourceDecision coded(Cicp cicp, Channels channels = Channels::Rgb) {
    ColourSignals said;
    said.cicp = cicp;
    return decideSource(said, channels).value();
}
SourceDecision gama(std::uint32_t gamma, std::optional<std::array<std::int32_t, 8>> xy = {},
                    Channels channels = Channels::Rgb) {
    ColourSignals said;
    said.gama = image::Gama{gamma, xy};
    return decideSource(said, channels).value();
}

double light(const SourceColour& colour, double x) {
    const auto& values = colour.curves.at(0).values;
    const double position = x * image::ToneCurve::steps;
    const auto index = std::min<std::size_t>(static_cast<std::size_t>(position), image::ToneCurve::steps - 1);
    return (values[index] +
            (position - static_cast<double>(index)) * (static_cast<double>(values[index + 1]) - values[index])) /
           1073741824.0;
}

/// x, y of white, red, green, blue; ITU-T H.273 table 2.
struct Triangle {
    int code;
    std::array<double, 8> xy;
};
constexpr Triangle triangles[] = {
    {1, {0.3127, 0.3290, 0.640, 0.330, 0.300, 0.600, 0.150, 0.060}},
    {4, {0.310, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08}},
    {5, {0.3127, 0.3290, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06}},
    {6, {0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070}},
    {7, {0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070}},
    {8, {0.310, 0.316, 0.681, 0.319, 0.243, 0.692, 0.145, 0.049}},
    {9, {0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046}},
    {11, {0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060}},
    {12, {0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060}},
    {22, {0.3127, 0.3290, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077}},
};

/// Little CMS' own profile of a triangle with a curve: the oracle.
Profile built(const std::array<double, 8>& xy, double gamma) {
    const cmsCIExyY white{xy[0], xy[1], 1};
    const cmsCIExyYTRIPLE rgb{{xy[2], xy[3], 1}, {xy[4], xy[5], 1}, {xy[6], xy[7], 1}};
    cmsToneCurve* curve = cmsBuildGamma(nullptr, gamma);
    cmsToneCurve* curves[3] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &rgb, curves);
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, nullptr, &size);
    Bytes bytes(size);
    cmsSaveProfileToMem(profile, bytes.data(), &size);
    cmsCloseProfile(profile);
    cmsFreeToneCurve(curve);
    return Profile::fromBytes(bytes).value();
}

double worstColorant(const SourceColour& a, const SourceColour& b) {
    double worst = 0;
    for (std::size_t i = 0; i < 9; ++i) worst = std::max(worst, std::abs(a.colorants[i] - b.colorants[i]) / 16777216.0);
    return worst;
}

/// A row of converted samples.
std::vector<std::uint16_t> wide(const WideConverter& converter, const void* samples, int pixels,
                                image::PixelFormat from) {
    std::vector<std::uint16_t> out(static_cast<std::size_t>(pixels) * 3);
    const auto count = static_cast<std::size_t>(pixels);
    converter.apply({static_cast<const std::byte*>(samples), pixels, 1, count * from.bytesPerPixel(), from},
                    {reinterpret_cast<std::byte*>(out.data()), pixels, 1, count * 6, {Channels::Rgb, Depth::U16}});
    return out;
}

}  // namespace

class SourceTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void codedPrimariesAreThoseThatLittleCmsMakesOfTheStandardsNumbers() {
        for (const Triangle& t : triangles) {
            // Transfer 4 is a gamma of 2.2. Profiles store 1/65,536, so half of that and a little.
            const SourceColour colour = coded({t.code, 4}).colour;
            const SourceColour expected = sourceColour(built(t.xy, 2.2), image::SourceBasis::ContainerCicp);
            QCOMPARE(colour.basis, image::SourceBasis::ContainerCicp);
            QVERIFY2(worstColorant(colour, expected) < 2e-5, qPrintable(QString::number(t.code)));
            for (const double x : {0.05, 0.25, 0.5, 0.75, 1.0})
                QVERIFY(std::fabs(light(colour, x) - light(expected, x)) < 2e-5);
            QVERIFY(image::check(colour));
        }
    }
    void rec2020AtD50IsWhatItsProfilesHold() {
        // Saunders' Rec2020-v4.icc, adapted by Bradford.
        const auto file =
            Profile::fromFile(Path(contone::tests::sourceFolder) / "tests/data/profiles/Rec2020-v4.icc").value();
        const SourceColour colour = coded({9, 11}).colour;
        QVERIFY(worstColorant(colour, sourceColour(file, image::SourceBasis::EmbeddedProfile)) < 3e-4);
        QVERIFY(colour.isKnown);
        QCOMPARE(colour.name, std::string("Rec. 2020"));
    }
    void whiteIsD50InEverySpace() {
        for (const int primaries : {1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 22}) {
            const auto c = coded({primaries, 8}).colour.colorants;
            QVERIFY(std::fabs((c[0] + c[1] + c[2]) / 16777216.0 - 0.9642) < 1e-3);
            QVERIFY(std::fabs((c[3] + c[4] + c[5]) / 16777216.0 - 1.0) < 1e-3);
            QVERIFY(std::fabs((c[6] + c[7] + c[8]) / 16777216.0 - 0.8249) < 1e-3);
        }
    }
    void codedCurvesAreThoseOfTheStandards_data() {
        QTest::addColumn<int>("transfer");
        QTest::addColumn<QList<double>>("expected");  // light at 0.05, 0.25, 0.5, 0.75, 1
        const auto row = [](const char* name, std::initializer_list<int> transfers, QList<double> values) {
            for (const int t : transfers) QTest::addRow("%s %d", name, t) << t << values;
        };
        // Evaluated apart from this program from the formulas of ITU-T H.273 table 3 and SMPTE ST 2084.
        row("BT.709", {11, 12}, {0.01111111, 0.07825469, 0.2597194, 0.5636219, 1});
        row("gamma 2.2", {4}, {0.001373201, 0.04736614, 0.2176376, 0.5310492, 1});
        row("gamma 2.8", {5}, {0.0002275705, 0.02061731, 0.1435873, 0.4468601, 1});
        row("240M", {7}, {0.0125, 0.082438, 0.265067, 0.5677014, 1});
        row("linear", {8}, {0.05, 0.25, 0.5, 0.75, 1});
        // A video camera's curve in a still: libvips, heif-convert and browsers show its pixels as they are.
        row("sRGB", {1, 6, 13, 14, 15}, {0.00393594, 0.05087609, 0.2140411, 0.5225216, 1});
        row("PQ, 203 cd/m2 is white", {16}, {0.0002955746, 0.02539003, 0.4544124, 1, 1});
        row("HLG as BT.2020", {18}, {0.01111111, 0.07825469, 0.2597194, 0.5636219, 1});
    }
    void codedCurvesAreThoseOfTheStandards() {
        QFETCH(int, transfer);
        QFETCH(QList<double>, expected);
        constexpr double points[] = {0.05, 0.25, 0.5, 0.75, 1};
        for (const Channels channels : {Channels::Rgb, Channels::Gray}) {
            const SourceDecision decision = coded({9, transfer}, channels);
            QCOMPARE(decision.colour.kind,
                     channels == Channels::Gray ? SourceColour::Kind::Gray : SourceColour::Kind::Matrix);
            for (int i = 0; i < 5; ++i)
                QVERIFY2(std::fabs(light(decision.colour, points[i]) - expected[i]) < 2e-6,
                         qPrintable(QString::number(light(decision.colour, points[i]), 'g', 8)));
            QCOMPARE(decision.warnings.has(PhotoWarning::HdrClipped), transfer == 16);
        }
    }
    void diffuseWhiteOfPqIsPaperWhite() {
        // ITU-R BT.2408: 203 cd/m2 is 58 % of the PQ signal; 100 cd/m2 is 50.8 %.
        const SourceColour colour = coded({9, 16}).colour;
        QVERIFY(std::fabs(light(colour, 0.5807) - 1.0) < 1e-3);
        QVERIFY(std::fabs(light(colour, 0.50808) - 100.0 / 203.0) < 1e-3);
    }
    void wellKnownCodesAreTheProfilesThatWeShip() {
        QVERIFY(coded({1, 13}).colour == sourceColour(Profile::srgb(), image::SourceBasis::ContainerCicp));
        QVERIFY(coded({1, 1}).colour == coded({1, 13}).colour && coded({12, 6}).colour == coded({12, 13}).colour);
        QVERIFY(coded({12, 13}).colour == sourceColour(Profile::displayP3(), image::SourceBasis::ContainerCicp));
        QCOMPARE(describe(coded({12, 13}).colour),
                 std::string("Display P3, because the file says so in its own words."));
    }
    void codesThatSayNothingFallThroughAndSaySo() {
        for (const Cicp cicp : {Cicp{2, 2}, Cicp{2, 13}, Cicp{9, 2}, Cicp{3, 13}, Cicp{1, 9}, Cicp{-1, 400}}) {
            const SourceDecision decision = coded(cicp);
            QCOMPARE(decision.colour.basis, image::SourceBasis::Assumed);
            QVERIFY(decision.warnings.has(PhotoWarning::ColoursUnspecified));
        }
    }
    void gammaAndChromaticitiesAreThoseOfLittleCms() {
        // PNG's own example of Adobe RGB; 45455 is a gamma of 2.2, Adobe's is 563/256: the same within 1e-3.
        const std::array<std::int32_t, 8> adobe{31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000};
        const SourceColour known = gama(45455, adobe).colour;
        QCOMPARE(known.name, std::string("Adobe RGB (1998) compatible"));
        QVERIFY(known.isKnown);
        for (const std::uint32_t gamma : {45455U, 55556U, 100000U, 29412U}) {
            const SourceColour colour = gama(gamma, adobe).colour;
            const Profile profile = built({0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06}, 100000.0 / gamma);
            const SourceColour expected = sourceColour(profile, image::SourceBasis::ContainerGama);
            QVERIFY(worstColorant(colour, expected) < 2e-5);
            for (const double x : {0.05, 0.25, 0.5, 0.75, 1.0}) {
                QVERIFY(std::fabs(light(colour, x) - std::pow(x, 100000.0 / gamma)) < 2e-6);
                QVERIFY(std::fabs(light(colour, x) - light(expected, x)) < 1e-3);
            }
        }
    }
    void gammaAloneHasThePrimariesOfSrgb() {
        const SourceColour colour = gama(45455).colour;
        QCOMPARE(colour.basis, image::SourceBasis::ContainerGama);
        QVERIFY(worstColorant(colour, sourceColour(Profile::srgb(), image::SourceBasis::Assumed)) < 2e-4);
        QVERIFY(!colour.isKnown);  // sRGB's curve is another one
        QCOMPARE(gama(45455, {}, Channels::Gray).colour.kind, SourceColour::Kind::Gray);
    }
    void absurdGammaAndChromaticitiesFallThrough() {
        using Xy = std::array<std::int32_t, 8>;
        for (const SourceDecision& decision :
             {gama(1), gama(4'000'000'000U), gama(45455, Xy{}),
              gama(45455, Xy{31270, 32900, 64000, 33000, 64000, 33000, 15000, 6000}),
              gama(45455, Xy{90000, 5000, 64000, 33000, 30000, 60000, 15000, 6000}),
              gama(45455, Xy{INT32_MIN, INT32_MAX, INT32_MIN, 1, 2, INT32_MAX, 0, 0})}) {
            QCOMPARE(decision.colour.basis, image::SourceBasis::Assumed);
            QVERIFY(decision.warnings.has(PhotoWarning::ColoursUnspecified));
        }
    }

    void everyCombinationOfSignalsIsDecidedInTheOrderOfTheDesign() {
        // Profile → cICP → sRGB chunk → gAMA → Interop R03 → EXIF Adobe RGB → EXIF sRGB → assumed.
        const auto bytes = Profile::displayP3().bytes();
        const image::EmbeddedProfile p3{Profile::displayP3().hash(), {bytes.begin(), bytes.end()}};
        int combinations = 0;
        for (int profile = 0; profile < 3; ++profile)
            for (int cicp = 0; cicp < 3; ++cicp)
                for (int rest = 0; rest < 2 * 2 * 4 * 3; ++rest) {
                    ColourSignals said;
                    if (profile == 1) said.profile = p3;
                    said.profileDamaged = profile == 2;
                    if (cicp > 0) said.cicp = cicp == 1 ? Cicp{9, 14} : Cicp{2, 2};
                    said.saysSrgb = rest % 2 == 1;
                    if (rest / 2 % 2 == 1) said.gama = image::Gama{55000, {}};
                    said.exifColorSpace = static_cast<ExifColorSpace>(rest / 4 % 4);
                    said.exifInterop = static_cast<ExifInterop>(rest / 16);
                    using enum image::SourceBasis;
                    const auto exif = said.exifInterop == ExifInterop::R03              ? ExifInteropR03
                                      : said.exifColorSpace == ExifColorSpace::AdobeRgb ? ExifAdobeRgb
                                      : said.exifColorSpace == ExifColorSpace::Srgb     ? ExifSrgb
                                                                                        : Assumed;
                    const auto container = cicp == 1 ? ContainerCicp : said.saysSrgb ? ContainerSrgb : ContainerGama;
                    const bool inContainer = cicp == 1 || said.saysSrgb || said.gama;
                    const auto rgb = decideSource(said, Channels::Rgb).value();
                    QCOMPARE(rgb.colour.basis, profile == 1 ? EmbeddedProfile : inContainer ? container : exif);
                    const auto gray = decideSource(said, Channels::Gray).value();
                    QCOMPARE(gray.colour.basis, inContainer ? container : UntaggedGray);
                    QVERIFY(image::check(rgb.colour) && image::check(gray.colour));
                    QVERIFY(decideSource(said, Channels::Cmyk)->colour.basis == image::SourceBasis::UntaggedCmyk);
                    const auto refused = profile == 2 ? image::ProfileRefusal::Damaged : image::ProfileRefusal::None;
                    QCOMPARE(rgb.colour.refused, refused);
                    ++combinations;
                }
        QCOMPARE(combinations, 432);
    }
    void developedRawIsRommRgb() {
        ColourSignals said;
        said.isDevelopedRaw = true;
        const auto decision = decideSource(said, Channels::Rgb).value();
        QCOMPARE(decision.colour.basis, image::SourceBasis::RawDevelopment);
        QCOMPARE(decision.colour.name, std::string("ProPhoto RGB"));
        QCOMPARE(InputTransform::create(decision.colour, {})->gamut(), WorkingGamut::Wide);
        QVERIFY(std::fabs(light(decision.colour, 0.5) - 0.287175) < 1e-5);  // ISO 22028-2: 0.5^1.8
    }

    void labIsConvertedExactly() {
        ColourSignals said;
        said.isLab = true;
        auto decision = decideSource(said, Channels::Rgb).value();
        QCOMPARE(decision.colour.basis, image::SourceBasis::LabEncoding);
        const image::PixelFormat format{Channels::Rgb, Depth::U16};
        const auto converter =
            WideConverter::create(decision, format, Intent::Relative, BlackPoint::Compensate).value();
        const auto a = InputTransform::create(decision.colour, {}).value();
        QCOMPARE(a.gamut(), WorkingGamut::Wide);
        cmsHPROFILE lab = cmsCreateLab4Profile(nullptr), xyz = cmsCreateXYZProfile();
        cmsHTRANSFORM toLab = cmsCreateTransform(xyz, TYPE_XYZ_DBL, lab, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC,
                                                 cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
        double worst = 0;
        for (int l = 5; l <= 85; l += 10)  // lighter blues than these reflect more than all light
            for (int x = -20; x <= 20; x += 10)
                for (int y = -20; y <= 20; y += 10) {
                    const double want[3] = {static_cast<double>(l), static_cast<double>(x), static_cast<double>(y)};
                    const std::uint16_t in[3] = {static_cast<std::uint16_t>(std::lround(want[0] * 655.35)),
                                                 static_cast<std::uint16_t>(std::lround((want[1] + 128) * 257)),
                                                 static_cast<std::uint16_t>(std::lround((want[2] + 128) * 257))};
                    const auto out = wide(converter, in, 1, format);
                    float w[3] = {out[0] / 65535.0F, out[1] / 65535.0F, out[2] / 65535.0F};
                    a.apply(w, w, 1);
                    // ISO 22028-2: linear ROMM RGB → XYZ, D50.
                    const double point[3] = {0.7976749 * w[0] + 0.1351917 * w[1] + 0.0313534 * w[2],
                                             0.2880402 * w[0] + 0.7118741 * w[1] + 0.0000857 * w[2],
                                             0.8252100 * w[2] * 0.8249 / 0.82521};
                    double got[3];
                    cmsDoTransform(toLab, point, got, 1);
                    worst = std::max(worst, deltaE2000(want, got));
                }
        cmsDeleteTransform(toLab);
        cmsCloseProfile(lab);
        cmsCloseProfile(xyz);
        QVERIFY2(worst < 0.02, qPrintable(QString::number(worst)));
    }
    void flatAreasAndStripsChangeNothingAndASecondTimeIsTheSame() {
        const Profile profile = Profile::syntheticPhotoCmyk();
        const SourceDecision decision{sourceColour(profile, image::SourceBasis::EmbeddedProfile), profile, {}};
        const image::PixelFormat format{Channels::Cmyk, Depth::U8};
        const auto converter =
                       WideConverter::create(decision, format, Intent::Relative, BlackPoint::Compensate).value(),
                   again = WideConverter::create(decision, format, Intent::Relative, BlackPoint::Compensate).value();
        std::vector<std::uint8_t> row;  // runs of 1…70 equal pixels, longer than any chunk together
        for (int run = 0, pixels = 0; pixels < 3000; ++run)
            for (int i = 0; i < run * 37 % 70 + 1; ++i, ++pixels)
                for (int c = 0; c < 4; ++c) row.push_back(static_cast<std::uint8_t>(run * 91 * (c + 1) % 256));
        const int pixels = static_cast<int>(row.size() / 4);
        const auto whole = wide(converter, row.data(), pixels, format);
        QVERIFY(whole == wide(again, row.data(), pixels, format));
        for (int x = 0; x < pixels; ++x) {
            const auto one = wide(converter, row.data() + x * 4, 1, format);
            QVERIFY(std::equal(one.begin(), one.end(), whole.begin() + x * 3));
        }
    }
    void sourcesThatNeedNoConversionAreRefused() {
        const SourceDecision plain{sourceColour(Profile::srgb(), image::SourceBasis::Assumed), {}, {}};
        QCOMPARE(WideConverter::create(plain, {}, Intent::Relative, BlackPoint::AsIs).error().reason,
                 std::string("profile-no-input"));
    }
    void numbersBeyondReasonAreRefused() {
        SourceColour colour = sourceColour(Profile::srgb(), image::SourceBasis::Assumed);
        colour.curves[0].values[7] = (1U << 30) + 1;
        QCOMPARE(InputTransform::create(colour, {}).error().reason, std::string("profile-no-input"));
        colour = sourceColour(Profile::srgb(), image::SourceBasis::Assumed);
        colour.colorants[0] = INT32_MIN;
        QVERIFY(!InputTransform::create(colour, {}));
        colour = sourceColour(Profile::srgb(), image::SourceBasis::Assumed);
        colour.curves.clear();
        QVERIFY(!InputTransform::create(colour, {}));
    }
    void listsShowWhatPrintsToSrgbWouldWithinOneStep() {
        for (const Profile& source : {Profile::srgb(), Profile::adobeRgbCompatible(), Profile::displayP3()}) {
            const SourceColour colour = sourceColour(source, image::SourceBasis::EmbeddedProfile);
            Picture in = Picture::ofSize({300, 20}, {Channels::Rgb, Depth::U16}), out = Picture::ofSize({300, 20}, {});
            for (int i = 0; i < 300 * 20 * 3; ++i)
                in.strip().row<std::uint16_t>(0)[i] = static_cast<std::uint16_t>(i * 40503U >> 3);
            toListSrgb(colour, in.strip(), out.strip());
            const auto a = InputTransform::create(colour, {}).value();
            const auto b = OutputTransform::create(Profile::srgb(), {.gamut = a.gamut()}).value();
            for (int i = 0; i < 300 * 20; ++i) {
                float v[3];
                for (int c = 0; c < 3; ++c) v[c] = in.strip().row<std::uint16_t>(0)[i * 3 + c] / 65535.0F;
                a.apply(v, v, 1);
                b.apply(v, v, 1);
                for (int c = 0; c < 3; ++c)
                    QVERIFY(std::fabs(v[c] * 255.0F - out.strip().row<std::uint8_t>(0)[i * 3 + c]) < 1.05F);
            }
        }
    }
};

QTEST_GUILESS_MAIN(SourceTest)
#include "source_test.moc"
