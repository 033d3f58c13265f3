// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Power cuts under the vault and its keys: what was taken in is there, what was forgotten cannot be read from the disk.
//
// CONTONE_POWER_CUTS=N cuts N times instead of 600: a soak.
#include <QTest>
#include <random>

#include "tests/core/keys/simulated_disk.h"
#include "tests/core/vault/keyed_vault.h"

using namespace contone;
using keystest::Lie;
using keystest::SimulatedDisk;

namespace {

/// A shop that takes photos in and forgets some, on a disk whose power is cut.
class Days {
  public:
    explicit Days(unsigned seed, Lie lie = Lie::None)
        : m_disk(seed, lie), m_random(seed + 1) {}  // not what the disk draws
    /// Empty: all is as it must be.
    std::string cutOnce() {
        m_disk.cutAfter(1 + static_cast<long>(m_random() % (m_random() % 3 == 0 ? 8 : 90)));
        work();
        m_disk.cutNow();
        m_disk.powerOn();
        return look();
    }
    int takenIn = 0, forgotten = 0, inForgetting = 0;

  private:
    Result<vaulttest::KeyedVault> open() { return vaulttest::openVault("/shop/vault", m_disk); }
    Bytes photo() {
        const std::size_t size = m_random() % 4 == 0 ? m_random() % 200'000 : m_random() % 3000;
        Bytes bytes(size + 16);
        for (std::byte& b : bytes) b = static_cast<std::byte>(m_random());
        return bytes;
    }
    void work() {
        auto vault = open();
        while (vault && !m_disk.isCut()) {
            if (m_random() % 3 == 0 && !m_kept.empty()) {
                auto at = m_kept.begin();
                std::advance(at, static_cast<std::ptrdiff_t>(m_random() % m_kept.size()));
                const Sha256 hash = at->first;
                // Whoever looks at the disk before: so much of it that it cannot be there by chance.
                const Bytes sealed = *readWhole(m_disk, vault->pathOf(hash), 1 << 20);
                m_former[hash] = sealed;
                if (vault->forget(hash)) {
                    forgotten++;
                    m_gone.insert(m_kept.extract(at));
                } else {
                    inForgetting++;
                    m_leaving.insert(m_kept.extract(at));
                }
                continue;
            }
            // Now and then one that is there already.
            Bytes bytes = m_random() % 6 == 0 && !m_kept.empty() ? m_kept.begin()->second : photo();
            m_marks.emplace_back(bytes.begin(), bytes.begin() + 16);
            if (const auto hash = vault->addBytes(bytes)) {
                takenIn++;
                m_kept.emplace(*hash, std::move(bytes));
            }
        }
    }
    std::string look() {
        auto vault = open();
        if (!vault) return "it does not open: " + vault.error().reason + " " + vault.error().detail;
        if (!m_disk.list("/shop/vault/incoming")->empty()) return "something is left in incoming";
        for (const auto& [hash, bytes] : m_kept) {
            const auto read = vault->read(hash, 1 << 20);
            if (!read || *read != bytes || !vault->check(hash)) return "a photo was lost";
        }
        for (const auto& [hash, bytes] : m_leaving)
            if (!vault->forget(hash)) return "forgetting is refused on a disk that works";
        m_gone.merge(m_leaving);
        m_leaving.clear();
        for (const auto& [hash, bytes] : m_gone) {
            if (vault->contains(hash)) return "a forgotten photo is there";
            // The disk may still have its sealed bytes: with all the keys that there are they open nothing.
            m_disk.put(vault->pathOf(hash), m_former.at(hash));
            const bool isReadable = vault->read(hash, 1 << 20).has_value();
            if (!vault->forget(hash)) return "forgetting is refused on a disk that works";
            if (isReadable) return "a forgotten photo can be read";
        }
        m_gone.clear();
        for (const Bytes& mark : m_marks)
            if (m_disk.holds(mark)) return "plain bytes lie on the disk";
        m_marks.clear();
        return {};
    }

    SimulatedDisk m_disk;
    std::mt19937_64 m_random;
    std::map<Sha256, Bytes> m_kept, m_leaving, m_gone, m_former;
    std::vector<Bytes> m_marks;
};

}  // namespace

class VaultPowerCutTest : public QObject {
    Q_OBJECT
  private slots:
    void noPhotoIsLostAndNoneThatIsForgottenCanBeRead() {
        const int cuts = std::max(qEnvironmentVariableIntValue("CONTONE_POWER_CUTS"), 600);
        int done = 0, takenIn = 0, forgotten = 0, inForgetting = 0;
        for (unsigned seed = 1; done < cuts; seed++) {
            Days days(seed * 104729U);
            for (int cut = 0; cut < 6; cut++, done++) {
                const std::string problem = days.cutOnce();
                QVERIFY2(problem.empty(), ("seed " + std::to_string(seed) + ": " + problem).c_str());
            }
            takenIn += days.takenIn;
            forgotten += days.forgotten;
            inForgetting += days.inForgetting;
        }
        qInfo("%d power cuts (%d while forgetting), %d photos taken in, %d forgotten; none lost, none read again", done,
              inForgetting, takenIn, forgotten);
        QVERIFY(takenIn > done && forgotten > done / 4 && inForgetting > done / 20);
    }
    void aDiskThatSyncsNothingIsFoundOut() {
        for (const Lie lie : {Lie::FilesNotSynced, Lie::FoldersNotSynced}) {
            int problems = 0;
            for (unsigned seed = 1; seed <= 20; seed++) {
                Days days(seed, lie);
                for (int cut = 0; cut < 6; cut++)
                    if (!days.cutOnce().empty()) {
                        problems++;
                        break;
                    }
            }
            QVERIFY2(problems > 15, std::to_string(problems).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(VaultPowerCutTest)
#include "vault_power_cut_test.moc"
