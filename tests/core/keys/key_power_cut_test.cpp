// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Power cuts under the ring of keys: no key that was handed out is lost, none that was destroyed can be found again.
//
// CONTONE_POWER_CUTS=N cuts N times instead of 1500: a soak.
#include <QTest>
#include <random>
#include <set>

#include "core/keys/key_ring.h"
#include "tests/core/keys/simulated_disk.h"

using namespace contone;
using namespace contone::keys;
using keystest::Lie;
using keystest::SimulatedDisk;

namespace {

const Path home = "/shop";

/// What somebody who was handed keys knows of them.
struct Held {
    Key key;
    Bytes wrapped;  ///< as it lies on the disk
};

/// What a shop does with its keys, cut again and again, and what must be true afterwards.
class Days {
  public:
    Days(unsigned seed, Lie lie = Lie::None) : m_disk(seed, lie), m_random(seed + 1) { (void)m_disk.makeFolder(home); }

    /// Empty: all is as it must be.
    std::string cutOnce() {
        const auto within = m_random() % 6 == 0 ? 6U : m_random() % 2 == 0 ? 120U : 40U;
        m_disk.cutAfter(1 + static_cast<long>(m_random() % within));
        work();
        m_disk.cutNow();
        m_disk.powerOn();
        const std::string problem = look();
        cuts++;
        return problem;
    }
    int cuts = 0, handedOut = 0, destroyed = 0, inDestruction = 0, whileOpening = 0;

  private:
    Result<std::unique_ptr<KeyRing>> open() {
        CONTONE_TRY(const StoreKey key, StoreKey::open(m_disk, home, {}));
        return KeyRing::open(m_disk, home / "keys", key);
    }
    void work() {
        auto ring = open();
        if (!ring) {
            whileOpening++;
            return;
        }
        while (!m_disk.isCut()) {
            const auto what = m_random() % 8;
            if (what < 3 && m_held.size() > 5)
                destroySome(**ring);
            else if (what == 3)
                ring = open();  // a restart without a cut
            else
                take(**ring);
            if (!ring) return;
        }
    }
    void take(KeyRing& ring) {
        const auto count = 1 + m_random() % 8;
        for (std::size_t i = 0; i < count; i++) {
            const auto one = ring.take();
            if (!one) return;
            auto wrapped = m_disk.behind(std::as_bytes(std::span(one->id.uuid.bytes)), sizeof(WrappedKey));
            m_twice += m_seen.insert(one->id).second ? 0 : 1;
            m_held.emplace(one->id, Held{one->key, std::move(*wrapped)});
            handedOut++;
        }
    }
    void destroySome(KeyRing& ring) {
        std::vector<KeyId> ids;
        // A few, mostly of one file: what an order needs erased. Now and then many, of all files.
        const auto most = m_random() % 8 == 0 ? m_held.size() : 1 + m_random() % 6;
        const auto oneIn = 1 + m_random() % 4;
        for (const auto& [id, held] : m_held)
            if (ids.size() < most && m_random() % oneIn == 0) ids.push_back(id);
        const bool isDone = ring.destroy(ids).has_value();
        if (!isDone) inDestruction++;
        for (const KeyId& id : ids) {
            (isDone ? m_gone : m_leaving).insert(m_held.extract(id));
            destroyed += isDone ? 1 : 0;
        }
    }
    std::string look() {
        auto ring = open();
        if (!ring) return "it does not open: " + ring.error().reason + " " + ring.error().detail;
        if (!(*ring)->damagedFiles().empty()) return "a damaged file";
        if (m_twice > 0) return "a key was handed out twice";
        for (const auto& [id, held] : m_held) {
            const auto key = (*ring)->get(id);
            if (!key || !(*key == held.key)) return "a key was lost";
        }
        // Whoever was not told calls again; then it counts.
        std::vector<KeyId> again;
        for (const auto& [id, held] : m_leaving) again.push_back(id);
        if (!(*ring)->destroy(again)) return "a destruction is refused on a disk that works";
        m_gone.merge(m_leaving);
        for (const auto& [id, held] : m_gone) {
            if ((*ring)->has(id)) return "a destroyed key is in the ring";
            const auto half = std::span(held.wrapped).subspan(nonceBytes);
            if (m_disk.holds(half.first(16)) || m_disk.holds(half.subspan(16, 16)))
                return "a destroyed key lies on the disk";
        }
        m_gone.clear();  // nothing that is not on the disk comes back
        return {};
    }

    SimulatedDisk m_disk;
    std::mt19937_64 m_random;
    std::map<KeyId, Held> m_held, m_leaving, m_gone;
    std::set<KeyId> m_seen;
    int m_twice = 0;
};

/// How many of 60 shops on such a disk show a problem.
int problemsOn(Lie lie, std::set<std::string>& kinds) {
    int problems = 0;
    for (unsigned seed = 1; seed <= 60; seed++) {
        Days days(seed, lie);
        for (int cut = 0; cut < 10; cut++)
            if (const std::string problem = days.cutOnce(); !problem.empty()) {
                problems++;
                kinds.insert(problem);
                break;
            }
    }
    return problems;
}

}  // namespace

class KeyPowerCutTest : public QObject {
    Q_OBJECT
  private slots:
    void noKeyIsLostAndNoneComesBack() {
        const int cuts = std::max(qEnvironmentVariableIntValue("CONTONE_POWER_CUTS"), 1500);
        int done = 0, handedOut = 0, destroyed = 0, inDestruction = 0, whileOpening = 0;
        for (unsigned seed = 1; done < cuts; seed++) {
            Days days(seed * 7919U);
            for (int cut = 0; cut < 15; cut++) {
                const std::string problem = days.cutOnce();
                QVERIFY2(problem.empty(), ("seed " + std::to_string(seed) + ": " + problem).c_str());
            }
            done += days.cuts;
            handedOut += days.handedOut;
            destroyed += days.destroyed;
            inDestruction += days.inDestruction;
            whileOpening += days.whileOpening;
        }
        qInfo(
            "%d power cuts (%d while opening, %d in a destruction), %d keys handed out, %d destroyed; none lost, none "
            "found again",
            done, whileOpening, inDestruction, handedOut, destroyed);
        QVERIFY(handedOut > done * 5 && destroyed > done && inDestruction > done / 20 && whileOpening > 0);
    }
    // The simulator must be able to show each loss, or the test above proves nothing.
    void aDiskThatDoesNotSyncFilesIsFoundOut() {
        std::set<std::string> kinds;
        QVERIFY(problemsOn(Lie::FilesNotSynced, kinds) > 50);
        QVERIFY(!kinds.empty());
    }
    void aDiskThatDoesNotSyncFoldersIsFoundOut() {
        std::set<std::string> kinds;
        QVERIFY(problemsOn(Lie::FoldersNotSynced, kinds) > 50);
        QVERIFY(kinds.contains("a key was lost"));
    }
    void aDiskThatKeepsWhatIsOverwrittenIsFoundOut() {
        std::set<std::string> kinds;
        QVERIFY(problemsOn(Lie::NotInPlace, kinds) > 30);
        QVERIFY(kinds == std::set<std::string>{"a destroyed key lies on the disk"});
    }
};

QTEST_GUILESS_MAIN(KeyPowerCutTest)
#include "key_power_cut_test.moc"
