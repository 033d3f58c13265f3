// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The same block gives the same bytes: again, in another set, thread and process, whatever the environment says; and
// no other font is ever looked at.
#include <fontconfig/fontconfig.h>

#include <QCoreApplication>
#include <QProcess>
#include <QTest>
#include <fstream>
#include <set>
#include <thread>

#include "core/base/sha256.h"
#include "tests/core/text/texts.h"

using namespace contone;
using namespace contone::text;
using namespace contone::text::test;

namespace {

std::vector<TextBlock> blocks() {
    std::vector<TextBlock> all{
        blockOf("Sommer an der Nordsee · 2026"),
        blockOf("شكرًا لكم — رحلة إلى Paris 2026"),
        blockOf("नमस्ते, विद्यार्थी क्षत्रिय สวัสดี שלום"),
        blockOf("直骨海 中国的夏天"),
        blockOf("直骨海 日本の夏"),
        blockOf("Happy 🎂 birthday 👩🏾‍🚀 🇩🇪 ♥ ★"),
        blockOf("A caption that is too long for the small box which the template gave it", 24, 50, 12),
        blockOf("বাংলা does not exist here")};
    all[0].family = "Kaushan Script";
    all[1].family = "Vollkorn";
    all[6].family = "Vollkorn";
    return all;
}

std::string hashOf(const SetText& text) {
    return Sha256::of(text.bytes).toString();
}

std::string hashesOf(const FontSet& fonts) {
    std::string all;
    for (const TextBlock& block : blocks()) all += hashOf(test::set(fonts, block)) + "\n";
    return all;
}

std::string hashesOfAnotherProcess(const char* fonts, const QProcessEnvironment& environment) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), {"--hashes", fonts});
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) return "the process failed";
    return process.readAllStandardOutput().toStdString();
}

std::set<Path> filesOf(FcConfig* config) {
    std::set<Path> files;
    for (const FcSetName name : {FcSetSystem, FcSetApplication}) {
        const FcFontSet* set = FcConfigGetFonts(config, name);
        for (int i = 0; set != nullptr && i < set->nfont; ++i) {
            FcChar8* file = nullptr;
            if (FcPatternGetString(set->fonts[i], FC_FILE, 0, &file) == FcResultMatch)
                files.insert(Path(reinterpret_cast<const char*>(file)));
        }
    }
    return files;
}

}  // namespace

class SameBytesTest : public QObject {
    Q_OBJECT
    const FontSet m_fonts = openFonts();

  private slots:
    void again();
    void inAnotherSetAndThread();
    void manyThreadsShareASet();
    void inAnotherProcessWhateverItsEnvironment();
    void whereTheProcessKeepsItsOwnFonts();
    void onlyOurFilesAreLookedAt();
    void theFingerprintNamesLibrariesAndFonts();
};

void SameBytesTest::again() {
    QCOMPARE(hashesOf(m_fonts), hashesOf(m_fonts));
    for (const TextBlock& block : blocks()) QCOMPARE(test::set(m_fonts, block), test::set(m_fonts, block));
}

void SameBytesTest::inAnotherSetAndThread() {
    std::string there;
    std::thread([&] { there = hashesOf(openFonts()); }).join();
    QCOMPARE(there, hashesOf(m_fonts));
}

void SameBytesTest::manyThreadsShareASet() {
    std::vector<std::string> found(4);
    std::vector<std::thread> threads;
    threads.reserve(found.size());
    for (std::string& hashes : found) threads.emplace_back([&] { hashes = hashesOf(m_fonts); });
    for (std::thread& thread : threads) thread.join();
    for (const std::string& hashes : found) QCOMPARE(hashes, hashesOf(m_fonts));
}

void SameBytesTest::inAnotherProcessWhateverItsEnvironment() {
    const std::string here = hashesOf(m_fonts);
    QProcessEnvironment bare;
    QCOMPARE(hashesOfAnotherProcess("ours", bare), here);
    // Pango asks these for the forms of Han and Arabic when nothing else says, fontconfig for its files.
    QProcessEnvironment other;
    other.insert("PANGO_LANGUAGE", "zh_TW:fa:ja");
    other.insert("LANGUAGE", "ja:ur");
    other.insert("LC_ALL", "ja_JP.UTF-8");
    other.insert("HOME", "/nowhere");
    other.insert("FONTCONFIG_FILE", "/nowhere/fonts.conf");
    other.insert("FC_LANG", "ja");
    QCOMPARE(hashesOfAnotherProcess("ours", other), here);
}

void SameBytesTest::whereTheProcessKeepsItsOwnFonts() {
    QCOMPARE(hashesOfAnotherProcess("shared", QProcessEnvironment::systemEnvironment()), hashesOf(m_fonts));
}

void SameBytesTest::onlyOurFilesAreLookedAt() {
    hashesOf(m_fonts);
    const std::set<Path> ours(m_fonts.files().begin(), m_fonts.files().end());
    const std::vector<Path> debian = FontSetSettings::debianFiles();
    QCOMPARE(ours.size(), 17 + debian.size());
    for (const Path& file : ours)
        QVERIFY2(file.parent_path() == settings().folder || std::ranges::find(debian, file) != debian.end(),
                 file.c_str());
    QCOMPARE(filesOf(FcConfigGetCurrent()), ours);
    // What the process has mapped: no cache of fontconfig, no other font.
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        const std::size_t at = line.find('/');
        if (at == std::string::npos) continue;
        const Path file = line.substr(at);
        QVERIFY2(!file.string().contains("fontconfig/"), file.c_str());
        if (file.string().contains("/fonts/")) QVERIFY2(ours.contains(file), file.c_str());
    }
}

void SameBytesTest::theFingerprintNamesLibrariesAndFonts() {
    const std::string fingerprint = orStop(m_fonts.fingerprint());
    for (const char* part :
         {"text 1; pango 1.", "; cairo 1.", "; harfbuzz ", "; freetype 2.", "; fontconfig 2.", "; fonts "})
        QVERIFY2(fingerprint.contains(part), fingerprint.c_str());
    QCOMPARE(orStop(openFonts().fingerprint()), fingerprint);
    FontSetSettings bare = settings();
    bare.systemFiles.clear();
    QVERIFY(orStop(orStop(FontSet::open(bare)).fingerprint()) != fingerprint);
}

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--hashes") {
        FontSetSettings own = settings();
        if (std::string_view(argv[2]) == "shared") {
            FcInit();  // as Qt does
            own.processFonts = ProcessFonts::Shared;
        }
        std::fputs(hashesOf(orStop(FontSet::open(own))).c_str(), stdout);
        return 0;
    }
    QCoreApplication app(argc, argv);
    SameBytesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "same_bytes_test.moc"
