// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Who a caller is, what each role may ask, and what the store writes down of them.
#include <QTemporaryDir>
#include <QTest>

#include "core/shop/wire/remote_shop.h"
#include "core/shop/wire/shop_server.h"
#include "tests/core/shop/recording_service.h"

using namespace contone;
using namespace contone::shop;

namespace {

template <class T>
std::string reasonOf(const Result<T>& result) {
    return result ? "fine" : result.error().reason;
}

}  // namespace

class CallersTest : public QObject {
    Q_OBJECT
  private slots:
    void theUserOfTheAgentIsItsInstallerAndTheGroupOperates() {
        const PeerRoles roles{.owner = 500, .ofUsers = {{700, Role::Customer}}};
        QVERIFY(callerOf({.pid = 9, .uid = 500}, roles).role == Role::Installer);
        QVERIFY(callerOf({.pid = 9, .uid = 0}, roles).role == Role::Installer);
        QVERIFY(callerOf({.pid = 9, .uid = 600}, roles).role == Role::Operator);
        QVERIFY(callerOf({.pid = 9, .uid = 700}, roles).role == Role::Customer);
        const Caller caller = callerOf({.pid = 9, .uid = 600}, roles);
        QVERIFY(caller.peer.kind == Peer::Kind::User && caller.peer.uid == 600 && caller.peer.pid == 9);
    }
    void theStoreWritesDownRoleAndIdAndNoName() {
        QCOMPARE(actorOf(thisProgram(Role::Operator)), std::string("operator"));
        QCOMPARE(actorOf(callerOf({.uid = 600}, {.owner = 500})), std::string("operator/uid-600"));
        Caller device;
        device.peer.kind = Peer::Kind::Device;
        device.peer.device = "kiosk-3";
        QCOMPARE(actorOf(device), std::string("customer/kiosk-3"));
        device.role = Role::Operator;
        device.person = "p-17";
        QCOMPARE(actorOf(device), std::string("operator/p-17"));
    }
    void eachRoleMayDoWhatThoseBelowMay() {
        const Caller customer{.role = Role::Customer}, staff{.role = Role::Operator}, owner{.role = Role::Installer};
        for (const Caller& caller : {customer, staff, owner}) QVERIFY(checkAllowed(PlaceOrder::terms, caller));
        QVERIFY(!checkAllowed(PrintOrder::terms, customer));
        QVERIFY(checkAllowed(PrintOrder::terms, staff) && checkAllowed(PrintOrder::terms, owner));
        QVERIFY(!checkAllowed(SaveSetup::terms, customer) && !checkAllowed(SaveSetup::terms, staff));
        QVERIFY(checkAllowed(SaveSetup::terms, owner));
        const Error refused = checkAllowed(SaveSetup::terms, staff).error();
        QVERIFY(refused.code == Code::Denied);
        QVERIFY2(refused.message.find("installer") != std::string::npos, refused.message.c_str());
        QVERIFY2(checkAllowed(PrintOrder::terms, customer).error().message.find("staff") != std::string::npos, "");
    }
    void theServerRefusesByNameAndTheServiceIsNotAsked() {
        QTemporaryDir folder;
        RecordingService service;
        const Path socket = folder.filePath("s").toStdString();
        ShopServer::Settings settings;
        settings.socket = socket;
        settings.roles.ofUsers = {{::geteuid(), Role::Customer}};
        const auto server = ShopServer::start(service, settings, {});
        QVERIFY(server);
        RemoteShop shop(socket);
        const auto refused = shop.ask(PausePrinter{"front"});
        QCOMPARE(reasonOf(refused), std::string("not-allowed"));
        QVERIFY(refused.error().code == Code::Denied);
        QVERIFY(service.takeAsked().empty());
        QCOMPARE(reasonOf(shop.ask(CheckMedia{.setup = "front"})), std::string("fine"));
        const auto asked = service.takeAsked();
        QCOMPARE(asked.size(), std::size_t{1});
        QVERIFY(asked.front().caller.role == Role::Customer && asked.front().caller.peer.uid == ::geteuid());
    }
};

QTEST_GUILESS_MAIN(CallersTest)
#include "callers_test.moc"
