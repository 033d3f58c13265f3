// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Finding printers on a real scheduler and over IPP: what each can do, and the setup that would verify.
#include "printers/cups/queue_install.h"
#include "printers/cups/queue_printer.h"
#include "printers/discovery/suggest_p.h"
#include "printers/ipp/ipp_printer.h"
#include "printers/models/load_models.h"
#include "tests/places.h"
#include "tests/printers/fixtures/driver_bench.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;

class DiscoveryTest : public QObject {
    Q_OBJECT

  private:
    Models m_models;
    std::unique_ptr<OpenFolder> m_folder;
    std::optional<PrivateScheduler> m_scheduler;

    Result<void> start() {
        CONTONE_TRY(m_scheduler, PrivateScheduler::start(m_folder->path() / "cups", schedulerOptions()));
        return {};
    }
    FoundPrinters find(const std::vector<std::string>& addresses = {}) const {
        FindOptions options;
        if (m_scheduler) options.scheduler = "ipp://localhost:" + std::to_string(m_scheduler->port()) + "/";
        options.addresses = addresses;
        options.listen = {};
        return findPrinters(m_models, options);
    }
    QueueInstall wish(const std::string& name, const std::string& device, const std::string& driver = {}) const {
        QueueInstall wish;
        wish.kind = driver.empty() ? print::RouteKind::Queue : print::RouteKind::Gutenprint;
        wish.scheduler = "ipp://localhost:" + std::to_string(m_scheduler->port()) + "/";
        wish.name = name;
        wish.device = device;
        wish.driver = driver;
        wish.guardState = m_scheduler->guardState();
        return wish;
    }
    static const FoundPrinter* named(const FoundPrinters& found, const std::string& name) {
        const auto it = std::ranges::find(found.printers, name, &FoundPrinter::name);
        return it == found.printers.end() ? nullptr : &*it;
    }
    /// A suggestion is worth what its verification says.
    Result<print::Verification> verify(const SuggestedSetup& setup) const {
        const print::PrinterModel& model = m_models.at(setup.model);
        print::PrinterSetup made;
        made.name = "found";
        made.route = setup.route;
        made.model = setup.model;
        made.medium = setup.medium;
        made.finish = setup.finish;
        if (setup.route.kind == print::RouteKind::Gutenprint) {
            CONTONE_TRY(const auto printer, GutenprintPrinter::open(setup.route, model));
            return printer->verify(made, *model.medium(setup.medium), {1});
        }
        if (setup.route.kind == print::RouteKind::Queue) {
            CONTONE_TRY(const auto printer, QueuePrinter::open(setup.route, model.device));
            return printer->verify(made, *model.medium(setup.medium), {1});
        }
        CONTONE_TRY(const auto printer, IppPrinter::open(setup.route, model.device));
        return printer->verify(made, *model.medium(setup.medium), {1});
    }

  private slots:
    void initTestCase() {
        auto models = loadModels(Path(contone::tests::programFolder).parent_path() / "share/contone");
        CONTRACT_VERIFY(models);
        m_models = std::move(*models);
    }
    void init() { m_folder = std::make_unique<OpenFolder>(); }
    void cleanup() { m_scheduler.reset(); }

    void queuesAreFoundWithSetupsThatVerify() {
        CONTRACT_VERIFY(start());
        auto printer = VirtualPrinter::start(m_folder->path() / "printer", printerOptions());
        CONTRACT_VERIFY(printer);
        const auto capture = CaptureSocket::start();
        CONTRACT_VERIFY(installQueue(wish("photo", printer->uri())));
        CONTRACT_VERIFY(installQueue(wish("dnp", capture->deviceUri(), "dnp-ds620")));
        const auto found = find();
        QVERIFY2(found.troubles.empty(), allOf(found.troubles).c_str());
        const FoundPrinter* photo = named(found, "photo");
        QVERIFY(photo != nullptr);
        QCOMPARE(photo->device, printer->uri());  // not the guard's
        QVERIFY(photo->resolutions == (std::vector<std::pair<int, int>>{{300, 300}}));
        QVERIFY(std::ranges::count(photo->media, "102 × 152 mm") == 1);
        QVERIFY(std::ranges::count(photo->formats, "image/pwg-raster") == 1);
        QVERIFY(!photo->state.supplies.empty());
        QVERIFY2(photo->suggestion.has_value(), photo->why.c_str());
        QVERIFY(photo->suggestion->route == (print::Route{print::RouteKind::Queue, m_scheduler->uri("photo")}));
        QCOMPARE(photo->suggestion->model, std::string("generic-ipp-photo"));
        QCOMPARE(photo->suggestion->medium, std::string("4x6"));  // what is loaded
        const FoundPrinter* dnp = named(found, "dnp");
        QVERIFY(dnp != nullptr);
        QCOMPARE(dnp->driver, std::string("dnp-ds620"));
        QVERIFY2(dnp->suggestion.has_value(), dnp->why.c_str());
        QCOMPARE(dnp->suggestion->model, std::string("dnp-ds620"));
        for (const FoundPrinter* each : {photo, dnp}) {
            const auto report = verify(*each->suggestion);
            CONTRACT_VERIFY(report);
            QVERIFY2(report->passed, allOf(report->problems).c_str());
        }
    }

    void aPrinterIsFoundByItsAddressWithADirectSetup() {
        CONTRACT_VERIFY(start());
        auto options = printerOptions();
        options.media = {{"na_5x7_5x7in", inches(5), inches(7)}, {"na_index-4x6_4x6in", inches(4), inches(6)}};
        options.finishes = {"photographic-matte"};
        auto printer = VirtualPrinter::start(m_folder->path() / "printer", options);
        CONTRACT_VERIFY(printer);
        const auto found = find({printer->uri()});
        QCOMPARE(found.printers.size(), std::size_t{1});
        QVERIFY2(found.printers[0].suggestion.has_value(), found.printers[0].why.c_str());
        const print::Route route{print::RouteKind::Direct, printer->uri()};
        const SuggestedSetup expected{route, "generic-ipp-photo", "5x7", "matte"};
        QVERIFY(*found.printers[0].suggestion == expected);
        const auto report = verify(expected);
        QVERIFY2(report->passed, allOf(report->problems).c_str());
    }

    void whatCannotBeUsedIsToldWithTheReason() {
        CONTRACT_VERIFY(start());
        auto options = printerOptions();
        options.formats = VirtualPrinterOptions::Formats::NoRaster;
        auto printer = VirtualPrinter::start(m_folder->path() / "printer", options);
        CONTRACT_VERIFY(m_scheduler->addQueue("raw", QueueKind::Raw, printer->uri()));
        auto found = find({printer->uri(), "ipp://localhost:1/ipp/print"});
        QCOMPARE(found.printers.size(), std::size_t{2});
        QVERIFY(!found.printers[0].suggestion && !found.printers[1].suggestion);
        QVERIFY(named(found, "raw")->why.find("raw") != std::string::npos);
        QVERIFY(named(found, printer->uri())->why.find("PWG raster") != std::string::npos);
        QCOMPARE(found.troubles.size(), std::size_t{1});  // the address where nobody is
    }

    void aSchedulerThatDoesNotRunIsATroubleNotAnError() {
        FindOptions options;
        options.scheduler = "ipp://localhost:1/";
        options.listen = {};
        const auto found = findPrinters(m_models, options);
        QVERIFY(found.printers.empty());
        QCOMPARE(found.troubles.size(), std::size_t{1});
        QVERIFY2(found.troubles.front().starts_with("The print system (CUPS) does not answer"),
                 found.troubles.front().c_str());
    }

    // A backend in the place of Gutenprint's lists the device as that does (backend_common.c, print_printers).
    void aCableWithoutAQueueIsToldHowToGetOne() {
        CONTRACT_VERIFY(start());
        const Path backend = m_folder->path() / "cups/bin/backend/gutenprint53+usb";
        std::filesystem::remove(backend);
        const std::string script =
            "#!/bin/sh\n"
            "echo 'direct gutenprint53+usb://dnp-ds620/DS6C1 \"Dai Nippon Printing DP-DS620\" \"DS620\" "
            "\"MFG:Dai Nippon Printing;MDL:DP-DS620;CLS:PRINTER;\"'\n"
            "echo 'direct usb://Nobody/Thing?serial=1 \"Nobody Thing\" \"Thing\" \"MFG:Nobody;MDL:Thing;\"'\n";
        QVERIFY(writeFileDurably(backend, script));
        QVERIFY(::chmod(backend.c_str(), 0755) == 0);
        const auto found = find();
        QVERIFY2(found.troubles.empty(), allOf(found.troubles).c_str());
        QCOMPARE(found.printers.size(), std::size_t{2});
        const auto dnp = std::ranges::find(found.printers, "gutenprint53+usb://dnp-ds620/DS6C1", &FoundPrinter::uri);
        QVERIFY(dnp != found.printers.end());
        QCOMPARE(dnp->driver, std::string("dnp-ds620"));
        QVERIFY2(dnp->why.find("--driver dnp-ds620") != std::string::npos, dnp->why.c_str());
        const auto other = std::ranges::find(found.printers, "usb://Nobody/Thing?serial=1", &FoundPrinter::uri);
        QVERIFY(other != found.printers.end() && other->driver.empty());
        // Once it has a queue, it is that queue.
        CONTRACT_VERIFY(installQueue(wish("dnp", "gutenprint53+usb://dnp-ds620/DS6C1", "dnp-ds620")));
        QVERIFY(std::ranges::count(find().printers, FoundPrinter::Where::Cable, &FoundPrinter::where) == 1);
    }

    // What a device on a cable is called comes from the device, and it ends up in what people paste.
    void whatACableSaysCannotBecomeACommand() {
        CONTRACT_VERIFY(start());
        const Path backend = m_folder->path() / "cups/bin/backend/gutenprint53+usb";
        std::filesystem::remove(backend);
        const std::string script =
            "#!/bin/sh\n"
            "printf 'direct gutenprint53+usb://dnp-ds620/$(reboot)&x=;y \"DNP \\033[31mDS620\" \"x\" \"\"\\n'\n"
            "printf 'direct gutenprint53+usb://dnp-ds620/a;b\\047c \"Quote\" \"x\" \"\"\\n'\n";
        QVERIFY(writeFileDurably(backend, script));
        QVERIFY(::chmod(backend.c_str(), 0755) == 0);
        const auto found = find();
        QCOMPARE(found.printers.size(), std::size_t{1});  // a quote is no character of a device's address
        QCOMPARE(found.printers[0].name, std::string("DNP [31mDS620"));
        QVERIFY2(found.printers[0].why.find(
                     "--device 'gutenprint53+usb://dnp-ds620/$(reboot)&x=;y' --driver dnp-ds620") != std::string::npos,
                 found.printers[0].why.c_str());
    }

    void aSuggestionIsSafeToPaste() {
        SuggestedSetup setup;
        setup.route = {print::RouteKind::Direct, "ipp://host/it's $(reboot)"};
        setup.model = "m";
        setup.medium = "4x6";
        setup.finish = "glossy";
        QCOMPARE(commandFor(setup), std::string("contone setup add NAME --route direct --uri 'ipp://host/it'\\''s "
                                                "$(reboot)' --model m --medium 4x6 --finish glossy"));
    }

    void driversAreKnownByTheDeviceId() {
        const std::vector<DriverChoice> drivers{
            {"dnp-ds40", "gutenprint.5.3://dnp-ds40/expert", "DS40", "MANUFACTURER:Dai Nippon Printing ;MODEL:DS40;"},
            {"mitsubishi-d90dw", "gutenprint.5.3://mitsubishi-d90dw/expert", "D90",
             "MFG:MITSUBISHI;CMD:MEL;MDL:CPD90D;"}};
        QCOMPARE(driverOfDevice(drivers, "usb://DNP/DS40", "MFG:Dai Nippon Printing;MDL:DS40;"),
                 std::string("dnp-ds40"));
        QCOMPARE(driverOfDevice(drivers, "usb://x", "MFG:MITSUBISHI;MDL:CPD90D;"), std::string("mitsubishi-d90dw"));
        QCOMPARE(driverOfDevice(drivers, "usb://x", "MFG:MITSUBISHI;MDL:CPD90;"), std::string());
        QCOMPARE(driverOfDevice(drivers, "usb://x", ""), std::string());
        QCOMPARE(driverOfDevice(drivers, "gutenprint53+usb://dnp-ds40/1", ""), std::string("dnp-ds40"));
    }
};

QTEST_GUILESS_MAIN(DiscoveryTest)
#include "discovery_test.moc"
