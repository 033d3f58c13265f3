// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the contone program does to files: originals stay, nothing is replaced unasked, nothing half-made is left, and
// names act on nothing.
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QTest>

#include "tests/app/cli/cli_bench.h"
#include "tests/core/image/read_png.h"
#include "tests/places.h"

using contone::testing::bytesOf, contone::testing::CliBench, contone::testing::Outcome;

namespace {

const QString photos = contone::tests::sourceFolder + QString("/tests/data/photos/");
/// In a child before it becomes the program: no file without a name can be opened, as on FAT.
void forbidNamelessFiles() {
    constexpr unsigned nameless = O_TMPFILE & ~O_DIRECTORY;
    sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[2])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, nameless, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EOPNOTSUPP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{std::size(rules), rules};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) ::_exit(99);
}

const QStringList small = {"--size", "5x5cm", "--dpi", "72", "--profile", "srgb"};

}  // namespace

class FilesTest : public QObject {
    Q_OBJECT
    std::unique_ptr<CliBench> m_bench;

    QString at(const QString& name) const { return m_bench->at(name); }
    Outcome run(const QStringList& arguments) const { return m_bench->run(arguments); }
    /// By a shell in the bench's folder; "$B" is the program.
    Outcome shell(const QString& script) const {
        QProcess process;
        process.setWorkingDirectory(at({}));
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("B", contone::tests::programFolder + QString("/contone"));
        environment.insert("CONTONE_HOME", at("home"));
        process.setProcessEnvironment(environment);
        process.start("/bin/sh", {"-c", script});
        if (!process.waitForFinished(60000)) qFatal("the shell did not end");
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    QStringList filesIn(const QString& folder) const {
        return QDir(at(folder)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

  private slots:
    void init() {
        m_bench = std::make_unique<CliBench>();
        QVERIFY(QFile::copy(photos + "flower2.jpg", at("IMG_0001.jpg")));
        QVERIFY(QFile::copy(photos + "Landscape_6.jpg", at("IMG_0002.jpg")));
    }

    void aPrintDoesNotReplaceItsPhoto_data() {
        QTest::addColumn<QString>("command");
        QTest::newRow("the same name") << "render IMG_0001.jpg -o IMG_0001.jpg";
        QTest::newRow("the same name, said otherwise") << "render IMG_0001.jpg -o ./x/../IMG_0001.jpg";
        QTest::newRow("many, into their own folder") << "render IMG_0001.jpg IMG_0002.jpg -o .";
        QTest::newRow("a link to it") << "render IMG_0001.jpg -o link.jpg";
        QTest::newRow("another name of it") << "render IMG_0001.jpg -o hard.jpg";
        QTest::newRow("one photo over the other") << "render IMG_0001.jpg IMG_0002.jpg -o crossed";
        QTest::newRow("said to replace") << "render --overwrite IMG_0001.jpg -o IMG_0001.jpg";
        QTest::newRow("a proof") << "proof a.png -o a.png";
        QTest::newRow("a proof that may replace") << "proof --overwrite a.png -o a.png";
    }
    void aPrintDoesNotReplaceItsPhoto() {
        QFETCH(const QString, command);
        QVERIFY(QFile::copy(at("IMG_0001.jpg"), at("a.png")));  // names say nothing to the readers
        QVERIFY(QDir().mkdir(at("x")) && QDir().mkdir(at("crossed")));
        QVERIFY(QFile::link(at("IMG_0001.jpg"), at("link.jpg")));
        QVERIFY(::link(qPrintable(at("IMG_0001.jpg")), qPrintable(at("hard.jpg"))) == 0);
        QVERIFY(QFile::link(at("IMG_0002.jpg"), at("crossed/IMG_0001.jpg")));
        const QByteArray one = bytesOf(at("IMG_0001.jpg")), two = bytesOf(at("IMG_0002.jpg"));
        const Outcome outcome = shell("\"$B\" " + command + " " + small.join(' '));
        QCOMPARE(outcome.code, 225);  // output-is-input
        QVERIFY(outcome.err.contains("That would write over a photo that is to be read."));
        QCOMPARE(bytesOf(at("IMG_0001.jpg")), one);
        QCOMPARE(bytesOf(at("IMG_0002.jpg")), two);
        QCOMPARE(bytesOf(at("a.png")), one);
        QCOMPARE(filesIn("crossed"), QStringList{"IMG_0001.jpg"});
    }

    void whatIsThereIsReplacedOnlyWhenSaid() {
        QFile other(at("out.jpg"));
        QVERIFY(other.open(QFile::WriteOnly) && other.write("somebody's") == 10);
        other.close();
        QCOMPARE(run(QStringList{"render", at("IMG_0001.jpg"), "-o", at("out.jpg")} + small).code,
                 226);  // output-exists
        QCOMPARE(bytesOf(at("out.jpg")), QByteArray("somebody's"));
        QCOMPARE(run(QStringList{"render", at("IMG_0001.jpg"), "-o", at("out.jpg"), "--overwrite"} + small).code, 0);
        QVERIFY(bytesOf(at("out.jpg")).startsWith("\xff\xd8"));
        // Nothing is read before that is known: the photo need not even be one.
        QFile bad(at("bad.jpg"));
        QVERIFY(bad.open(QFile::WriteOnly));
        QCOMPARE(run(QStringList{"render", bad.fileName(), "-o", at("out.jpg")} + small).code, 226);
        QCOMPARE(run(QStringList{"proof", bad.fileName(), "-o", at("out.png")} + small).code, 10);  // photo-empty
        QVERIFY(QDir().mkdir(at("dir")));
        QCOMPARE(run(QStringList{"render", at("IMG_0001.jpg"), at("IMG_0002.jpg"), "-o", at("dir")} + small).code, 0);
        QCOMPARE(run(QStringList{"render", at("IMG_0001.jpg"), at("IMG_0002.jpg"), "-o", at("dir")} + small).code, 226);
    }

    void smallPicturesDoNotReplacePhotos() {
        QVERIFY(QDir().mkpath(at("card/small")));
        QVERIFY(QFile::copy(photos + "flower2.jpg", at("card/1.jpg")));
        QVERIFY(QFile::copy(photos + "flower2.jpg", at("card/1.jpg.png")));  // a photo by what is in it
        const QByteArray photo = bytesOf(at("card/1.jpg.png"));
        QCOMPARE(run({"thumbnails", at("card"), "--out", at("card")}).code, 225);
        QCOMPARE(run({"thumbnails", at("card"), "--out", at("card"), "--overwrite"}).code, 225);
        QCOMPARE(bytesOf(at("card/1.jpg.png")), photo);
        QCOMPARE(run({"thumbnails", at("card"), "--out", at("small")}).code, 0);
        QCOMPARE(run({"thumbnails", at("card"), "--out", at("small")}).code, 226);
        QCOMPARE(run({"thumbnails", at("card"), "--out", at("small"), "--overwrite"}).code, 0);
    }

    void twoPhotosOfOneNameNeedTwoFolders() {
        QVERIFY(QDir().mkpath(at("a")) && QDir().mkpath(at("out")));
        QVERIFY(QFile::copy(photos + "flower2.jpg", at("a/IMG_0001.jpg")));
        const Outcome twice =
            run(QStringList{"render", at("IMG_0001.jpg"), at("a/IMG_0001.jpg"), "-o", at("out")} + small);
        QCOMPARE(twice.code, 227);  // output-twice
        QVERIFY(filesIn("out").isEmpty());
    }

    void longNamesWork() {
        const QString name = QString(216, 'n') + ".jpg", longest = QString(251, 'm') + ".jpg";
        QVERIFY(QDir().mkpath(at("card")) && QDir().mkpath(at("out")));
        QVERIFY(QFile::copy(photos + "flower2.jpg", at("card/" + name)));
        QVERIFY(QFile::copy(photos + "flower2.jpg", at("card/" + longest)));
        QCOMPARE(run({"thumbnails", at("card"), "--out", at("small")}).code, 0);
        QCOMPARE(filesIn("small").size(), 2);
        QVERIFY(filesIn("small").contains(name + ".png"));
        QCOMPARE(run(QStringList{"render", at("card/" + name), at("card/" + longest), "-o", at("out")} + small).code,
                 0);
        QCOMPARE(filesIn("out").size(), 2);
        const Outcome tooLong =
            run(QStringList{"render", at("IMG_0001.jpg"), "-o", at(QString(260, 'o') + ".jpg")} + small);
        QCOMPARE(tooLong.code, 224);  // name-too-long
        QVERIFY(tooLong.err.contains("too long. Choose a shorter one."));
    }

    void aPairOfRawAndJpegStopsNoBatch() {
        QVERIFY(QDir().mkpath(at("out")));
        QVERIFY(QFile::copy(photos + "flower2.jpg", at("IMG_0001.CR2")));  // names say nothing to the readers
        QCOMPARE(
            run(QStringList{"render", at("IMG_0001.CR2"), at("IMG_0001.jpg"), at("IMG_0002.jpg"), "-o", at("out")} +
                small)
                .code,
            0);
        QCOMPARE(filesIn("out"), (QStringList{"IMG_0001.CR2.jpg", "IMG_0001.jpg.jpg", "IMG_0002.jpg"}));
    }

    void anOrderFileNamesAProductForEachPhoto() {
        const auto write = [this](const QByteArray& text) {
            QFile file(at("mine.toml"));
            QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate) && file.write(text) == text.size());
        };
        write(
            "name = \"Ada\"\n[[print]]\nphoto = \"IMG_0001.jpg\"\nproduct = \"10x15\"\ncopies = 2\n"
            "[[print]]\nphoto = \"IMG_0002.jpg\"\nproduct = \"13x18\"\nfit = \"whole\"\n");
        const Outcome added = run({"order", "add", "--from", at("mine.toml"), "--json"});
        QCOMPARE(added.code, 0);
        const QJsonArray lines = added.json()["order"].toObject()["lines"].toArray();
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0].toObject()["product"].toString(), QString("10x15"));
        QCOMPARE(lines[0].toObject()["copies"].toInt(), 2);
        QCOMPARE(lines[1].toObject()["product"].toString(), QString("13x18"));
        QCOMPARE(lines[1].toObject()["copies"].toInt(), 1);
        write("[[print]]\nphoto = \"IMG_0001.jpg\"\nproduct = \"10x15\"\ncopys = 2\n");
        const Outcome wrong = run({"order", "add", "--from", at("mine.toml")});
        QCOMPARE(wrong.code, 232);  // order-file
        QVERIFY2(wrong.err.contains("copys"), wrong.err.constData());
        QCOMPARE(run({"order", "add", "--from", at("mine.toml"), at("IMG_0001.jpg")}).code, 40);  // bad-options
        QCOMPARE(run({"order", "add", at("IMG_0001.jpg")}).code, 40);
        QCOMPARE(run({"order", "add", "--product", "10x15"}).code, 40);
    }

    void odderPathsAreSentencesToo() {
        // An empty path made std::filesystem throw, and the program abort.
        const Outcome empty = run(
            {"setup", "add", "x", "--route", "sim", "--uri", "", "--model", "generic-ipp-photo", "--medium", "4x6"});
        QVERIFY2(empty.code > 0 && empty.code < 126, QByteArray::number(empty.code).constData());
        QFile file(at("file"));
        QVERIFY(file.open(QFile::WriteOnly));
        const Outcome home = shell("\"$B\" --home \"$PWD/file/shop\" order list");
        QCOMPARE(home.code, 234);  // home-unusable
        QVERIFY(home.err.contains("Look at --home and CONTONE_HOME."));
        QCOMPARE(::mkfifo(qPrintable(at("pipe")), 0600), 0);
        QCOMPARE(run(QStringList{"render", at("IMG_0001.jpg"), "-o", at("p.jpg"), "--size", "5x5cm", "--profile",
                                 at("pipe")})
                     .code,
                 21);  // not-a-file, and nobody waits
    }

    void capitalEndingsAndUnitsAreUnderstood() {
        QCOMPARE(run({"render", at("IMG_0001.jpg"), "-o", at("A.JPG"), "--size", "5x5CM", "--dpi", "72", "--profile",
                      "srgb"})
                     .code,
                 0);
        QVERIFY(bytesOf(at("A.JPG")).startsWith("\xff\xd8"));
        QCOMPARE(run(QStringList{"proof", at("IMG_0001.jpg"), "-o", at("A.PNG")} + small).code, 0);
    }

    void namesActOnNoTerminal() {
        const QString evil = QString::fromUtf8("a\x1b]0;owned\x07\u202egpj.\u009b2J\n.jpg");
        QVERIFY(QFile::copy(photos + "flower2.jpg", at(evil)));
        QFile bad(at(evil + ".bad"));
        QVERIFY(bad.open(QFile::WriteOnly) && bad.write("no photo") == 8);
        bad.close();
        for (const QStringList& command :
             {QStringList{"inspect", at(evil), bad.fileName()},
              QStringList{"inspect", "--json", at(evil), bad.fileName()},
              QStringList{"render", at(evil), "-o", at(evil + ".jpg")} + small,
              QStringList{"render", at(evil), "-o", at("none/" + evil)} + small, QStringList{"thumbnails", at(evil)},
              QStringList{at(evil)}, QStringList{"order", "show", evil}}) {
            const Outcome outcome = run(command);
            for (const QByteArray& text : {outcome.out, outcome.err}) {
                QVERIFY2(!text.contains('\x1b') && !text.contains('\x07') && !text.contains("\u202e") &&
                             !text.contains("\u009b"),
                         text.constData());
                QVERIFY2(!text.contains("2J\n"), text.constData());
            }
        }
        // Scripts get the name as it is.
        const QJsonArray files = run({"inspect", "--json", at(evil)}).json()["files"].toArray();
        QCOMPARE(files.at(0).toObject()["file"].toString(), at(evil));
    }

    void guessedInksAreTurnedForAPersonWhoSaysSo() {
        const QString cmyk = contone::tests::sourceFolder + QString("/tests/data/cases/m02-cmyk-noadobe-inverted.jpg");
        QCOMPARE(run(QStringList{"render", cmyk, "-o", at("read.png")} + small).code, 0);
        QCOMPARE(run(QStringList{"render", cmyk, "-o", at("turned.png"), "--turn-inks"} + small).code, 0);
        const auto patch = [&](const QString& name) {  // the left one above: red, as everybody shows it
            const auto picture = contone::image::testing::readPng(at(name).toStdString());
            const auto* pixel = picture->strip().row<std::uint8_t>(picture->size.height / 4) +
                                static_cast<std::ptrdiff_t>(picture->size.width / 4) * 3;
            return QList<int>{pixel[0], pixel[1], pixel[2]};
        };
        QVERIFY(patch("read.png")[0] > 170 && patch("read.png")[1] < 90 && patch("read.png")[2] < 90);
        QVERIFY(patch("turned.png")[0] < 40 && patch("turned.png")[1] < 40 && patch("turned.png")[2] < 40);
        const Outcome known =
            run(QStringList{"render", "--json", at("IMG_0001.jpg"), "-o", at("no.png"), "--turn-inks"} + small);
        QCOMPARE(known.code, 236);
        QCOMPARE(filesIn({}).contains("no.png"), false);
    }

    void lightAndColoursAreChangedInANewFile() {
        QVERIFY(run({"render", at("IMG_0001.jpg"), "-o", at("small.png"), "--size", "80x60", "--dpi", "100",
                     "--profile", "srgb"})
                    .code == 0);
        const auto mean = [&](const QString& name) {
            const auto picture = contone::image::testing::readPng(at(name).toStdString());
            double sum = 0;
            for (const std::byte b : picture->bytes) sum += std::to_integer<int>(b);
            return sum / static_cast<double>(picture->bytes.size());
        };
        const QStringList out{"-o", at("new.png"), "--overwrite"};
        QCOMPARE(run(QStringList{"adjust", at("small.png"), "--exposure=+0.7", "--shadows", "30"} + out).code, 0);
        const auto size = contone::image::testing::readPng(at("new.png").toStdString())->size;
        QVERIFY(size == contone::image::testing::readPng(at("small.png").toStdString())->size);  // its own pixels
        QVERIFY(mean("new.png") > mean("small.png") * 1.15);
        QCOMPARE(run(QStringList{"adjust", at("small.png"), "--exposure=-1"} + out).code, 0);
        QVERIFY(mean("new.png") < mean("small.png") * 0.85);
        QCOMPARE(run(QStringList{"adjust", at("small.png"), "--look", "black-white"} + out).code, 0);
        const auto gray = contone::image::testing::readPng(at("new.png").toStdString());
        for (std::size_t i = 0; i + 2 < gray->bytes.size(); i += 3 * 97)
            QVERIFY(std::abs(std::to_integer<int>(gray->bytes[i]) - std::to_integer<int>(gray->bytes[i + 2])) <= 2);
        // Nothing changed: the same pixels, to the rounding of one conversion.
        QCOMPARE(run(QStringList{"adjust", at("small.png")} + out).code, 0);
        QVERIFY(std::fabs(mean("new.png") - mean("small.png")) < 0.6);
        QCOMPARE(run(QStringList{"adjust", "--json", at("small.png"), "--exposure", "9"} + out).reason(),
                 QString("bad-adjustment"));
        QCOMPARE(run(QStringList{"adjust", "--json", at("small.png"), "--exposure", "much"} + out).reason(),
                 QString("adjustments-unreadable"));
        QCOMPARE(run(QStringList{"adjust", "--json", at("small.png"), "--look", "polaroid"} + out).code, 237);
        const Outcome automatic =
            run(QStringList{"adjust", "--json", at("small.png"), "--auto", "--contrast", "3"} + out);
        QCOMPARE(automatic.code, 0);
        QVERIFY(automatic.json()["adjustments"].toString().contains("contrast=3"));  // what is asked for counts more
        // A look of the shop's own: half as light everywhere, as a file and by its name in the shop's folder.
        const auto write = [&](const QString& name, const QByteArray& text) {
            QFile file(at(name));
            QVERIFY(file.open(QFile::WriteOnly) && file.write(text) == text.size());
        };
        write("half.cube", "LUT_1D_SIZE 2\n0 0 0\n0.5 0.5 0.5\n");
        write("lies.cube", "LUT_3D_SIZE 33\n0 0 0\n");
        const Outcome half = run(QStringList{"adjust", "--json", at("small.png"), "--cube", at("half.cube")} + out);
        QCOMPARE(half.code, 0);
        QVERIFY(half.json()["adjustments"].toString().startsWith("look=cube:"));
        QVERIFY(half.err.contains("moves gray by"));
        QVERIFY(std::fabs(mean("new.png") / mean("small.png") - 0.5) < 0.01);
        QCOMPARE(
            run(QStringList{"adjust", at("small.png"), "--cube", at("half.cube"), "--cube-amount", "50"} + out).code,
            0);
        QVERIFY(std::fabs(mean("new.png") / mean("small.png") - 0.75) < 0.01);
        QCOMPARE(run(QStringList{"adjust", at("small.png"), "--cube", at("lies.cube")} + out).code, 195);
        QCOMPARE(run(QStringList{"adjust", at("small.png"), "--look", "cube:half"} + out).code, 196);
        const QJsonObject list = run({"adjust", "--list", "--json"}).json();
        QVERIFY(list["sliders"].toArray().size() > 20 && list["looks"].toArray().size() >= 8);
    }

    void whatCannotBeWrittenIsNoSuccess() {
        QCOMPARE(shell("\"$B\" inspect IMG_0001.jpg").code, 0);
        const Outcome full = shell("\"$B\" inspect IMG_0001.jpg >/dev/full");
        QCOMPARE(full.code, 90);  // disk-full
        QVERIFY(full.err.contains("The answer could not be written."));
        QVERIFY(shell("\"$B\" inspect --json IMG_0001.jpg >/dev/full").code != 0);
        QVERIFY(shell("\"$B\" inspect IMG_0001.jpg >&-").code != 0);
        QVERIFY(shell("\"$B\" --version >/dev/full").code != 0);
        // A closed stdout is no place for a file of ours: its number would get our words.
        QVERIFY(shell("\"$B\" render IMG_0001.jpg -o closed.jpg " + small.join(' ') + " >&- 2>&- <&-").code != 0);
        const QByteArray written = bytesOf(at("closed.jpg"));
        QVERIFY(written.isEmpty() || (written.startsWith("\xff\xd8") && written.endsWith("\xff\xd9")));
    }

    void whoIsKilledLeavesNothing_data() {
        QTest::addColumn<int>("signal");
        QTest::addColumn<bool>("knowsNameless");
        QTest::newRow("INT") << SIGINT << true;
        QTest::newRow("TERM") << SIGTERM << true;
        QTest::newRow("HUP") << SIGHUP << true;
        QTest::newRow("KILL") << SIGKILL << true;
        QTest::newRow("INT, as on FAT") << SIGINT << false;
        QTest::newRow("TERM, as on FAT") << SIGTERM << false;
        QTest::newRow("HUP, as on FAT") << SIGHUP << false;
        QTest::newRow("KILL, as on FAT") << SIGKILL << false;
    }
    void whoIsKilledLeavesNothing() {
        QFETCH(const int, signal);
        QFETCH(const bool, knowsNameless);
        QVERIFY(QDir().mkdir(at("out")));
        QProcess process;
        if (!knowsNameless) process.setChildProcessModifier(forbidNamelessFiles);
        process.start(contone::tests::programFolder + QString("/contone"),
                      {"--home", at("home"), "render", at("IMG_0001.jpg"), "-o", at("out/big.tif"), "--size",
                       "100x100cm", "--dpi", "300", "--profile", "srgb"});
        QVERIFY(process.waitForStarted());
        // Killed while it writes: it holds a file in that folder which has grown.
        const QString descriptors = QString("/proc/%1/fd").arg(process.processId());
        const auto isWriting = [&] {
            for (const QString& fd :
                 QDir(descriptors).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)) {
                struct stat seen{};
                const QByteArray path = (descriptors + "/" + fd).toUtf8();
                if (QFile::symLinkTarget(path).contains(at("out") + "/") && ::stat(path, &seen) == 0 &&
                    seen.st_size > 0)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isWriting(), 30000);
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
        QVERIFY(process.waitForFinished(20000));
        QVERIFY(process.exitStatus() == QProcess::CrashExit || process.exitCode() != 0);
        if (signal == SIGKILL && !knowsNameless) {
            QCOMPARE(filesIn("out").size(), 1);  // until the next command writes there
            QProcess next;
            next.setChildProcessModifier(forbidNamelessFiles);
            next.start(contone::tests::programFolder + QString("/contone"),
                       QStringList{"render", at("IMG_0001.jpg"), "-o", at("out/next.jpg")} + small);
            QVERIFY(next.waitForFinished(20000));
            QCOMPARE(next.exitCode(), 0);
            QCOMPARE(filesIn("out"), QStringList("next.jpg"));
            return;
        }
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);  // by that signal, for whoever waits for us
        QCOMPARE(process.exitCode(), signal);
        QCOMPARE(filesIn("out"), QStringList());
    }
};

QTEST_GUILESS_MAIN(FilesTest)
#include "files_test.moc"
