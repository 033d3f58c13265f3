// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Described values come back equal from their JSON; what is not one is refused with the place of the fault.
#include "core/json/json.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QTest>
#include <ctime>
#include <fstream>

#include "core/base/id.h"
#include "core/base/sha256.h"

using namespace contone;

namespace paper {

enum class Finish { Gloss, Matte };
constexpr auto wordsOf(Finish) {
    return enumWords<Finish>("bad-finish", "Choose gloss or matte.",
                             {{Finish::Gloss, "gloss"}, {Finish::Matte, "matte"}});
}
using contone::toString;

struct Line {
    std::string product;
    int copies = 1;
    std::optional<Finish> finish;
    bool operator==(const Line&) const = default;
    static constexpr auto fields() {
        return json::list(
            json::field("product", &Line::product),
            json::field("copies", &Line::copies, {1, 999, "bad-copies", "Choose between 1 and 999 copies."}),
            json::field("finish", &Line::finish));
    }
};

struct Sheet {
    static constexpr std::string_view kind = "sheet";
    static constexpr bool kindMayBeAbsent = true;
    int number = 0;
    bool operator==(const Sheet&) const = default;
    static constexpr auto fields() { return json::list(json::field("number", &Sheet::number)); }
};
struct Chart {
    static constexpr std::string_view kind = "chart";
    std::string device;
    bool operator==(const Chart&) const = default;
    static constexpr auto fields() { return json::list(json::field("device", &Chart::device)); }
};

struct Everything {
    bool yes = false;
    std::int64_t small = 0;
    std::uint64_t large = 0;
    std::uint8_t byte = 0;
    double ratio = 0;
    std::string text;
    Length offset;
    Instant at;
    Dpi dpi;
    OrderId order;
    Sha256 hash;
    Finish finish = Finish::Gloss;
    Bytes bytes;
    Money price;
    Edges edges;
    std::optional<int> maybe;
    std::vector<Line> lines;
    std::array<double, 4> corners{};
    std::map<std::string, Line> named;
    std::variant<Sheet, Chart> page;
    int added = 7;
    bool operator==(const Everything&) const = default;
    static constexpr auto fields() {
        using E = Everything;
        using json::field;
        return json::list(
            field("yes", &E::yes), field("small", &E::small), field("large", &E::large), field("byte", &E::byte),
            field("ratio", &E::ratio), field("text", &E::text), field("offsetUm", &E::offset), field("atMs", &E::at),
            field("dpi", &E::dpi), field("order", &E::order), field("hash", &E::hash), field("finish", &E::finish),
            field("bytes", &E::bytes), field("price", &E::price), field("edges", &E::edges), field("maybe", &E::maybe),
            field("lines", &E::lines), field("corners", &E::corners), field("named", &E::named),
            field("page", &E::page), field("added", &E::added, json::Absent::KeepsDefault));
    }
};

}  // namespace paper

namespace {

using namespace paper;

Everything sample() {
    Everything e;
    e.yes = true;
    e.small = std::numeric_limits<std::int64_t>::min();
    e.large = std::numeric_limits<std::uint64_t>::max();
    e.byte = 255;
    e.ratio = 0.1;
    e.text = "Grüße \"aus\"\n\\ Köln \x01";
    e.offset = millimetres(-1.25);
    e.at = {1'732'900'000'123};
    e.dpi = {600};
    e.order = OrderId::generate(SystemClock());
    e.hash = Sha256::of("a");
    e.finish = Finish::Matte;
    e.bytes = {std::byte{0}, std::byte{255}, std::byte{128}, std::byte{7}};
    e.price = {-350, "CHF"};
    e.edges = {millimetres(1), millimetres(2), millimetres(3), millimetres(4)};
    e.maybe = 3;
    e.lines = {{"10x15", 2, Finish::Gloss}, {"20x30", 999, {}}};
    e.corners = {1, 2.5, 1e300, 5e-324};
    e.named = {{"a b", {"x", 1, {}}}};
    e.page = Chart{"rgb"};
    return e;
}

template <class T>
std::string refusal(std::string_view text) {
    const auto value = json::read<T>(text);
    return value ? "accepted" : value.error().reason + " " + value.error().detail;
}

std::string bigList(int items) {
    std::string text = "{\"items\":[";
    for (int i = 0; i < items; ++i) text += i ? ",{}" : "{}";
    return text + "]}";
}

double secondsToParse(const std::string& text) {
    const std::clock_t begin = std::clock();
    if (!json::Tree::parse(text)) qFatal("refused");
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool canLimitMemory = false;  // a sanitizer needs address space without end
#else
constexpr bool canLimitMemory = true;
#endif

class JsonTest : public QObject {
    Q_OBJECT

  private slots:
    void everyFormComesBackEqual() {
        const Everything all = sample();
        const auto back = json::read<Everything>(json::write(all));
        QVERIFY2(back, back ? "" : back.error().detail.c_str());
        QVERIFY(*back == all);
        QVERIFY(json::write(all).find('\n') == std::string::npos);
    }

    void formsAreWhatStoresAndProgramsHaveAlready() {
        QCOMPARE(json::write(Line{"10x15", 2, Finish::Matte}), R"({"product":"10x15","copies":2,"finish":"matte"})");
        QCOMPARE(json::write(Line{"10x15", 2, {}}), R"({"product":"10x15","copies":2,"finish":null})");
        QCOMPARE(json::write(std::variant<Sheet, Chart>(Sheet{4})), R"({"kind":"sheet","number":4})");
        QCOMPARE(json::write(millimetres(1.5)), "1500");
        QCOMPARE(json::write(Money{350, "EUR"}), R"({"minor":350,"currency":"EUR"})");
        QCOMPARE(json::write(std::vector<double>{1, 0.1, 1e100}), "[1.0,0.1,1e+100]");
        QCOMPARE(json::write(Bytes{std::byte{'a'}}), "\"YQ==\"");
    }

    void whatOlderProgramsDoNotWriteKeepsItsDefault() {
        std::string text = json::write(sample());
        text.replace(text.find(R"(,"added":7)"), 10, "");
        QCOMPARE(json::read<Everything>(text)->added, 7);
        QCOMPARE(json::read<Line>(R"({"product":"a","copies":1})")->finish, std::optional<Finish>());
        QCOMPARE(json::read<Line>(R"({"product":"a","copies":1,"newer":[{}]})")->copies, 1);
        const auto page = json::read<std::variant<Sheet, Chart>>(R"({"number":4})");
        QVERIFY(page && *page == (std::variant<Sheet, Chart>(Sheet{4})));
    }

    void refusalsNameThePlace() {
        QCOMPARE(refusal<Line>(R"({"product":"a"})"), "json-unreadable copies: missing");
        QCOMPARE(refusal<Line>(R"({"product":1,"copies":1})"), "json-unreadable product: not text");
        QCOMPARE(refusal<Line>(R"({"product":"a","copies":1.0})"),
                 "json-unreadable copies: not a whole number in range");
        QCOMPARE(refusal<Line>(R"({"product":"a","copies":2147483648})"),
                 "json-unreadable copies: not a whole number in range");
        QCOMPARE(refusal<Line>(R"({"product":"a","copies":1,"finish":"shiny"})"),
                 "json-unreadable finish: bad-finish shiny");
        QCOMPARE(refusal<std::vector<Line>>(R"([{"product":"a","copies":1},{"product":"a","copies":true}])"),
                 "json-unreadable [1].copies: not a whole number in range");
        QCOMPARE((refusal<std::map<std::string, Line>>(R"({"x":{"product":[],"copies":1}})")),
                 "json-unreadable x.product: not text");
        QCOMPARE((refusal<std::map<std::string, int>>(R"({"x":1,"x":2})")), "json-unreadable x: there twice");
        QCOMPARE((refusal<std::array<int, 2>>("[1]")), "json-unreadable not 2 items");
        QCOMPARE((refusal<std::variant<Sheet, Chart>>(R"({"kind":"film"})")), "json-unreadable kind: unknown film");
        QCOMPARE((refusal<std::variant<Chart>>("{}")), "json-unreadable kind: missing");
        QCOMPARE(refusal<std::uint8_t>("256"), "json-unreadable not a whole number in range");
        QCOMPARE(refusal<std::uint64_t>("-1"), "json-unreadable not a whole number in range");
        QCOMPARE(refusal<double>("null"), "json-unreadable not a number");
        QCOMPARE(refusal<Sha256>("\"12\"").substr(0, 24), "json-unreadable bad-hash");
    }

    void theCallerSaysHowItIsRefused() {
        const auto value = json::read<Line>("{", {Code::Corrupt, "event-unreadable", "Restore the store.", {}});
        QVERIFY(!value);
        QCOMPARE(value.error().reason, "event-unreadable");
        QVERIFY(value.error().code == Code::Corrupt && !value.error().detail.empty());
    }

    void whatIsNotJsonIsRefused() {
        for (const char* text :
             {"", "{", "[1,]", "{\"a\":1}x", "nul", "\"\xff\"", "01", "1e999", "'a'", "[1 2]", "/**/1"})
            QVERIFY2(refusal<int>(text).starts_with("json-unreadable "), text);
    }

    void textThatIsNotUtf8IsMarked() {
        QCOMPARE(json::write(std::string("a\xff"
                                         "b")),
                 "\"a\xef\xbf\xbd"
                 "b\"");
        QVERIFY(json::read<std::string>(json::write(std::string("\xc3("))));
    }

    void depthAndCountAreLimited() {
        const std::string deep(17, '['), fits(16, '[');
        QVERIFY(refusal<int>(deep + std::string(17, ']')).ends_with("nested deeper than 16"));
        QVERIFY(json::Tree::parse(fits + std::string(16, ']')));
        QVERIFY(!json::Tree::parse(std::string(1'000'000, '[')));
        QVERIFY(json::Tree::parse("[1,2,3]", {.values = 4}));
        QCOMPARE(json::Tree::parse("[1,2,3]", {.values = 3}).error().detail, "more than 3 values");
    }

    // 80,000 objects side by side took 9.7 s with the library's parse callback: four times as many, sixteen times the
    // work. Here it may be up to eight times, so that a busy machine does not matter.
    void siblingsCostTheSameEach() {
        double small = 0, large = 0;
        for (int round = 0; round < 5; ++round) {
            small += secondsToParse(bigList(80'000));
            large += secondsToParse(bigList(320'000));
        }
        QVERIFY2(large < small * 8, qPrintable(QString("%1 s and %2 s").arg(small).arg(large)));
    }

    void withoutMemoryATextIsRefusedWhereverItRunsOut() {
        const std::string text = "[\"" + std::string(40 << 20, 'a') + "\"]";
        if (!canLimitMemory) return;
        for (const rlim_t more : {rlim_t{10} << 20, rlim_t{60} << 20}) {  // for the tree; for what the library needs
            const pid_t child = ::fork();
            if (child == 0) {
                std::ifstream statm("/proc/self/statm");
                rlim_t pages = 0;
                statm >> pages;
                const rlimit little{pages * 4096 + more, RLIM_INFINITY};
                ::setrlimit(RLIMIT_AS, &little);
                const auto read = json::Tree::parse(text);
                ::_exit(!read && read.error().reason == "out-of-memory" ? 0 : 1);
            }
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY2(WIFEXITED(status), "it died");
            QCOMPARE(WEXITSTATUS(status), 0);
        }
    }
    void rangesAreHeldWhereverTheyStand() {
        QVERIFY(json::checkRanges(sample()));
        Everything e = sample();
        e.lines[1].copies = 1000;
        const auto checked = json::checkRanges(e);
        QVERIFY(!checked);
        QCOMPARE(checked.error().reason, "bad-copies");
        QCOMPARE(checked.error().detail, "copies: 1000");
    }

    void base64IsStrict() {
        for (std::size_t n = 0; n < 70; ++n) {
            Bytes bytes(n);
            for (std::size_t i = 0; i < n; ++i) bytes[i] = static_cast<std::byte>(i * 37);
            QVERIFY(json::fromBase64(json::toBase64(bytes)) == bytes);
        }
        const Bytes large(7'000'001, std::byte{0x5a});  // several pieces
        QVERIFY(json::fromBase64(json::toBase64(large)) == large);
        for (const char* text : {"YQ=", "YQ", "Y===", "====", "YR==", "Y Q=", " YQ=", "YQ==YQ==", "YQ==\n", "Y-Q="})
            QVERIFY2(!json::fromBase64(text), text);
    }

    void wordsAreFoundBothWays() {
        QCOMPARE(toString(Finish::Matte), "matte");
        QVERIFY(contone::parse<Finish>("matte") == Finish::Matte);
        QCOMPARE(contone::parse<Finish>("dull").error().reason, "bad-finish");
        QCOMPARE(toString(Code::Unavailable), "unavailable");
        QVERIFY(contone::parse<Code>("not-found") == Code::NotFound);
    }
};

QTEST_APPLESS_MAIN(JsonTest)
#include "json_test.moc"
