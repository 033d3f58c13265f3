// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A model that was damaged or made by an enemy: an error with its own reason, never a crash, never more than its bounds
// of time and memory. What is still a network runs.
#include <time.h>

#include <QTest>
#include <map>
#include <set>

#include "core/vision/finder/face_finder.h"
#include "tests/core/decode/mutation.h"
#include "tests/core/vision/pictures.h"

using namespace contone;
using namespace contone::vision;
using contone::decode::test::Mutation;
using contone::vision::test::modelBytes;

namespace {

const std::set<std::string> kReasons{"model-kind",    "model-version",  "model-offset", "model-graph",  "model-shape",
                                     "model-weights", "model-operator", "model-cost",   "model-purpose"};

std::uint32_t numberAt(const Bytes& bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number |= std::to_integer<std::uint32_t>(bytes[at + i]) << (8 * i);
    return number;
}
void put(Bytes& bytes, std::size_t at, std::uint64_t number, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) bytes[at + i] = static_cast<std::byte>(number >> (8 * i) & 255);
}
/// Where field `field` of the table at `table` is.
std::size_t fieldOf(const Bytes& bytes, std::size_t table, std::size_t field) {
    const std::size_t fields = table - static_cast<std::int32_t>(numberAt(bytes, table));
    const std::size_t offset = numberAt(bytes, fields + 4 + 2 * field) & 0xffff;
    return table + offset;
}
std::size_t follow(const Bytes& bytes, std::size_t at) {
    return at + numberAt(bytes, at);
}
std::size_t graphOf(const Bytes& bytes) {
    return follow(bytes, follow(bytes, fieldOf(bytes, numberAt(bytes, 0), 2)) + 4);
}
/// The table of item `index` of a list of tables.
std::size_t itemOf(const Bytes& bytes, std::size_t table, std::size_t field, std::size_t index) {
    return follow(bytes, follow(bytes, fieldOf(bytes, table, field)) + 4 + 4 * index);
}
/// The list that a field leads to: where its items begin.
std::size_t listOf(const Bytes& bytes, std::size_t table, std::size_t field) {
    return follow(bytes, fieldOf(bytes, table, field)) + 4;
}

std::string fateOf(const Bytes& model) {
    const auto finder = FaceFinder::create(model);
    return finder ? "it finds faces" : finder.error().reason;
}

}  // namespace

class DamagedModelTest : public QObject {
    Q_OBJECT
    const Bytes m_model = modelBytes();
    const image::Picture m_picture = image::Picture::ofSize({30, 20}, {});

  private slots:
    void theModelItselfIsGood() { QCOMPARE(fateOf(m_model), std::string("it finds faces")); }
    void eachKindOfDamageHasItsReason() {
        QCOMPARE(fateOf({}), std::string("model-kind"));
        QCOMPARE(fateOf(Bytes(100, std::byte{7})), std::string("model-kind"));
        QCOMPARE(fateOf(Bytes(FaceFinder::largestModel + 1)), std::string("model-kind"));
        const std::size_t root = numberAt(m_model, 0), graph = graphOf(m_model);
        const auto with = [&](std::size_t at, std::uint64_t number, std::size_t width) {
            Bytes model = m_model;
            put(model, at, number, width);
            return fateOf(model);
        };
        QCOMPARE(with(0, 0xfffffff0, 4), std::string("model-offset"));
        QCOMPARE(with(fieldOf(m_model, root, 0), 4, 4), std::string("model-version"));
        QCOMPARE(with(fieldOf(m_model, root, 2), 0x7fffffff, 4), std::string("model-offset"));
        QCOMPARE(with(follow(m_model, fieldOf(m_model, root, 2)), 2, 4), std::string("model-graph"));
        // The list of tensors says that it is longer than the file.
        QCOMPARE(with(follow(m_model, fieldOf(m_model, graph, 0)), 0x30000000, 4), std::string("model-offset"));
        const std::size_t input = itemOf(m_model, graph, 0, 0);
        QCOMPARE(with(listOf(m_model, input, 0) + 4, 0, 4), std::string("model-shape"));
        QCOMPARE(with(listOf(m_model, input, 0) + 4, 0x7fffffff, 4), std::string("model-shape"));
        QCOMPARE(with(listOf(m_model, input, 0) + 4, 100, 4), std::string("model-shape"));  // the layers do not fit
        QCOMPARE(with(listOf(m_model, graph, 1), 9999, 4), std::string("model-graph"));
        // The first output is another tensor, of another shape.
        QCOMPARE(with(listOf(m_model, graph, 2), 4, 4), std::string("model-purpose"));
    }
    void weightsThatAreNoNumbersAreRefused() {
        // Buffer of the first constant of halves: infinity.
        const std::size_t root = numberAt(m_model, 0), graph = graphOf(m_model);
        for (std::size_t i = 0;; ++i) {
            const std::size_t tensor = itemOf(m_model, graph, 0, i);
            const std::size_t buffer = itemOf(m_model, root, 4, numberAt(m_model, fieldOf(m_model, tensor, 2)));
            const bool isHalf = m_model[fieldOf(m_model, tensor, 1)] == std::byte{1};
            if (fieldOf(m_model, buffer, 0) == buffer || !isHalf) continue;
            Bytes model = m_model;
            put(model, listOf(model, buffer, 0), 0x7c00, 2);
            QCOMPARE(fateOf(model), std::string("model-weights"));
            put(model, follow(m_model, fieldOf(m_model, buffer, 0)), 2, 4);  // too few
            QCOMPARE(fateOf(model), std::string("model-weights"));
            break;
        }
    }
    void aModelThatIsCutIsNone() {
        for (std::size_t at = 0; at < m_model.size(); at += m_model.size() / 300 + 1) {
            const std::string fate = fateOf(Bytes(m_model.begin(), m_model.begin() + static_cast<std::ptrdiff_t>(at)));
            QVERIFY2(kReasons.contains(fate), fate.c_str());
        }
    }
    void damageIsAnErrorOrANetworkThatRuns_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 8; ++seed) QTest::addRow("seed %d", seed) << seed;
    }
    /// A few hundred a row; where tables are (few weights stand before or between them) mostly.
    void damageIsAnErrorOrANetworkThatRuns() {
        QFETCH(int, seed);
        Mutation mutation(static_cast<std::uint64_t>(seed));
        std::map<std::string, int> fates;
        for (int i = 0; i < 250; ++i) {
            Bytes model = m_model;
            if (seed % 4 == 0) {
                model = mutation.damage(std::move(model), m_model);
            } else {  // numbers of the tables, which stand behind the weights
                for (std::size_t n = 1 + mutation.below(3); n > 0; --n) {
                    const std::size_t tables = 52'000, at = model.size() - 8 - mutation.below(tables);
                    constexpr std::uint64_t values[] = {0, 1, 2, 3, 4, 8, 0x7f, 0xff, 0x7fff, 0x7fffffff, 0xffffffff};
                    if (seed % 4 == 1)
                        model[at] ^= static_cast<std::byte>(1U << mutation.below(8));
                    else
                        put(model, at, values[mutation.below(std::size(values))], std::size_t{1} << mutation.below(3));
                }
            }
            auto finder = FaceFinder::create(model);
            const std::string fate = finder ? "finds faces" : finder.error().reason;
            QVERIFY2(finder || kReasons.contains(fate), fate.c_str());
            const bool runs = ++fates[fate] % 10 == 1;
            if (finder && runs) (void)finder->find(m_picture.strip(), Turns::Quarter);
            if (fate == "model-purpose" && runs) Network::create(model)->run();
        }
        QVERIFY(fates.size() > 1);
        for (const auto& [fate, times] : fates) qInfo("%s: %d", fate.c_str(), times);
    }
};

QTEST_APPLESS_MAIN(DamagedModelTest)
#include "damaged_model_test.moc"
