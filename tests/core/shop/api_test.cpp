// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// docs/api.md says what the list of operations says. With --write the file is written anew.
#include <QTest>
#include <cstdio>
#include <fstream>

#include "core/base/file.h"
#include "tests/core/shop/api_text.h"
#include "tests/places.h"

using namespace contone;

namespace {

Path document() {
    return Path(contone::tests::sourceFolder) / "docs/api.md";
}

}  // namespace

class ApiTest : public QObject {
    Q_OBJECT
  private slots:
    void theDocumentIsWhatTheListSays() {
        const auto text = readTextFile(document(), 1 << 20);
        QVERIFY(text);
        QVERIFY2(*text == shop::apiText(),
                 "docs/api.md is not what core/shop/operations.h says. Renew it with: "
                 "build/release/tests/test_core_shop_api --write");
    }
};

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--write") {
        std::ofstream(document()) << shop::apiText();
        std::puts("docs/api.md is written.");
        return 0;
    }
    QCoreApplication app(argc, argv);
    ApiTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "api_test.moc"
