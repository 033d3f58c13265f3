# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Windows show texts from outside as they are. Qt guesses whether a text is HTML, and then opens the files it names.

So labels and tips are made in one place (ui/studio/section.h, ui::words::tip), what can show HTML is not used at all,
and in Qt Quick each Text and Label says textFormat: Text.PlainText.
"""
import re
from common import files, main, read, without_comments

PLACES = ("ui/", "app/studio/", "app/kiosk/")
MAKERS = ("ui/studio/section.cpp", "ui/common/words.cpp")
IN_CPP = [
    (re.compile(r"\bnew\s+QLabel\b|\bQLabel\s+\w+\s*[;({]|\bmake_unique<QLabel>"), "labels come from newLabel() or newLine()"),
    (re.compile(r"(?:->|\.)setToolTip\s*\("), "tips come from setTip()"),
    (re.compile(r"\bsetData\([^;]*ToolTipRole\s*,(?![^;]*\btip\()"), "the text of a tip comes from words::tip()"),
    (re.compile(r"case\s+Qt::ToolTipRole:(?!\s*return\s+words::tip\()"), "the text of a tip comes from words::tip()"),
    (re.compile(r"\bQt::(?:Auto|Rich|Markdown)Text\b|\bsetTextFormat\((?!Qt::PlainText)"), "text in windows is plain"),
    (re.compile(r"\b(?:QMessageBox|QErrorMessage|QTextBrowser|QTextEdit|QTextDocument|QWhatsThis|QToolTip)\b"
                r"|\bset(?:Html|Markdown|WhatsThis)\s*\("), "it takes text for HTML"),
]
QML_TEXT = re.compile(r"\b(?:Text|Label)\s*\{")


def block(text, start):
    """What stands between the brace at or after `start` and its partner, without the blocks inside it."""
    depth, out = 0, ""
    for letter in text[text.index("{", start):]:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0:
            break
        if depth == 1:
            out += letter
    return out


def check(root):
    complaints = []
    for path in files(root, ".cpp", ".h", ".qml"):
        if not path.startswith(PLACES) or path in MAKERS:
            continue
        text = without_comments(read(root, path))
        def say(at, what):
            complaints.append(f"{path}:{text.count(chr(10), 0, at) + 1}: {what}")
        if path.endswith(".qml"):
            for found in re.finditer(r"\bText\.(?:Auto|Rich|Styled|Markdown)Text\b", text):
                say(found.start(), "text in windows is plain")
            for found in QML_TEXT.finditer(text):
                if "Text.PlainText" not in block(text, found.start()):
                    say(found.start(), "a text without textFormat: Text.PlainText")
            continue
        for pattern, what in IN_CPP:
            for found in pattern.finditer(text):
                say(found.start(), what)
    return complaints


main(check, [
    ({"ui/studio/a.cpp": "auto* label = new QLabel(name);\n"}, "labels come from"),
    ({"ui/studio/a.cpp": "QLabel label(name);\n"}, "labels come from"),
    ({"app/studio/main.cpp": "window.setToolTip(name);\n"}, "tips come from setTip"),
    ({"ui/studio/a.cpp": "tile->setData(Qt::ToolTipRole, name);\n"}, "words::tip"),
    ({"ui/common/a.cpp": "switch (role) {\n  case Qt::ToolTipRole:\n    return name;\n}\n"}, "words::tip"),
    ({"ui/studio/a.cpp": "label->setTextFormat(Qt::RichText);\n"}, "is plain"),
    ({"ui/studio/a.cpp": "QMessageBox::warning(this, name, name);\n"}, "for HTML"),
    ({"ui/kiosk/A.qml": "Item { Text { text: name } }\n"}, "without textFormat"),
    ({"ui/kiosk/A.qml": "Text { textFormat: Text.StyledText; text: name }\n"}, "is plain"),
    ({"ui/kiosk/A.qml": "Text { text: name\n Item { property int x: Text.PlainText } }\n"}, "without textFormat"),
], {"ui/studio/a.cpp": "// new QLabel\nQLabel* label = newLabel(name);\nsetTip(label, name);\nitem->setData(Qt::ToolTipRole, words::tip(name));\n"
                       "case Qt::ToolTipRole:\n    return words::tip(name);\n",
    "ui/kiosk/A.qml": "Text { textFormat: Text.PlainText; text: name }\n",
    "tests/ui/a_test.cpp": "QLabel label;\n"})
