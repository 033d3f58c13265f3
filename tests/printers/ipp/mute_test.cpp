// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The direct route against printers that count nothing and read slowly: pages arrive once, doubts go to a person.
#include <QTemporaryDir>
#include <QTest>

#include "printers/ipp/ipp_printer.h"
#include "tests/printers/fixtures/contract.h"
#include "tests/printers/fixtures/mute_printer.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;
using namespace std::chrono_literals;

class MuteTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<QTemporaryDir> m_folder;
    print::Ticket m_ticket;
    Path m_page;

    static std::unique_ptr<IppPrinter> open(const MutePrinter& mute, std::chrono::milliseconds timeout = 10s) {
        return *IppPrinter::open({print::RouteKind::Direct, mute.uri()}, {image::Channels::Rgb, image::Depth::U8},
                                 {timeout});
    }

  private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_ticket = {AttemptId::generate(SystemClock()), smallMedium(), "glossy"};
        m_page = Path(m_folder->path().toStdString()) / "page";
        QVERIFY(writeFileDurably(m_page, std::string(1 << 20, 'p')));
    }

    void aPrinterThatCountsNothingGetsThePageOnce() {
        const MutePrinter mute;
        const auto printer = open(mute);
        const auto job = printer->create(m_ticket);
        CONTRACT_VERIFY(job);
        const auto announced = printer->find(m_ticket.attempt);
        CONTRACT_VERIFY(announced);
        QCOMPARE(word((*announced)->progress), word(print::JobProgress::Created));
        QCOMPARE((*announced)->documents, 0);
        CONTRACT_VERIFY(printer->send(m_ticket, *job, m_page));
        QCOMPARE(mute.received().size(), std::size_t{1 << 20});
        const auto again = printer->send(m_ticket, *job, m_page);
        QVERIFY(!again);
        QCOMPARE(again.error().reason, std::string("document-already-sent"));
        QCOMPARE(mute.received().size(), std::size_t{1 << 20});
        QCOMPARE((*printer->find(m_ticket.attempt))->documents, 1);
    }

    void afterACrashNobodyTakesSuchAJobForEmpty() {
        const MutePrinter mute;
        const auto job = open(mute)->create(m_ticket);
        CONTRACT_VERIFY(job);
        const auto next = open(mute);  // knows nothing of the first
        const auto status = next->find(m_ticket.attempt);
        CONTRACT_VERIFY(status);
        QCOMPARE((*status)->documents, 1);
        QVERIFY((*status)->documentsGuessed);
        QVERIFY(!next->send(m_ticket, *job, m_page));
        QVERIFY(mute.received().empty());
    }

    void aJobThatWasProcessedMayHavePrintedWhateverElseItSays() {
        MutePrinter mute;
        mute.setJob({IPP_JSTATE_PENDING, "job-incoming", 0});
        const auto printer = open(mute);
        CONTRACT_VERIFY(printer->create(m_ticket));
        QCOMPARE((*printer->find(m_ticket.attempt))->documents, 0);
        for (const auto state : {IPP_JSTATE_ABORTED, IPP_JSTATE_CANCELED, IPP_JSTATE_COMPLETED})
            for (const char* reason : {"job-incoming", "job-data-insufficient", "none"}) {
                mute.setJob({state, reason, 12});
                QCOMPARE((*printer->find(m_ticket.attempt))->documents, 1);
            }
        mute.setJob({IPP_JSTATE_ABORTED, "job-incoming", 0});
        QCOMPARE((*printer->find(m_ticket.attempt))->documents, 0);
    }

    // A printer whose tray runs empty reads no further until somebody adds paper.
    void aPrinterThatReadsSlowlyGetsTheWholePage() {
        const MutePrinter mute(1200ms);
        const auto printer = open(mute, 400ms);
        const auto job = printer->create(m_ticket);
        CONTRACT_VERIFY(job);
        CONTRACT_VERIFY(printer->send(m_ticket, *job, m_page));
        QCOMPARE(mute.received().size(), std::size_t{1 << 20});
    }
};

QTEST_GUILESS_MAIN(MuteTest)
#include "mute_test.moc"
