# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Colours stand in resources/tokens.toml alone, and each can be told from what it stands on.

The contrast of two colours is WCAG 2.2's: (L1 + 0.05) / (L2 + 0.05), L the relative luminance of sRGB. Each row of
[[contrast]] names what stands on what and the least ratio; each colour is in a row or under [decoration]; what the
design states is what the colours give; the studio's colours have no tint.
"""
import re
import tomllib
from common import files, main, read

TOKENS = "resources/tokens.toml"
COLOUR = re.compile(r"#[0-9A-F]{6}(?:[0-9A-F]{2})?")
# A colour in a source file: "#2b2b2b", QColor(0x2b, …), qRgb(43, …).
LITERAL = re.compile(r"#[0-9A-Fa-f]{6}\b|\bQColor\s*(?:\w+\s*)?\(\s*(?:0x)?[0-9]|\bqRgba?\(\s*(?:0x)?[0-9]")
TINTED = {"amber"}  # of the studio, and only in rooms where nothing is judged


def luminance(colour):
    def linear(byte):
        v = byte / 255
        return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4

    r, g, b = (linear(int(colour[i:i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(tokens):
    for row in tokens.get("contrast", []):
        for theme in row["themes"]:
            for front in row["front"]:
                for behind in row["behind"]:
                    yield theme, front, behind, row["least"]


def check_contrasts(tokens):
    themes, complaints = tokens["theme"], []
    told = {(theme, name) for theme, names in tokens.get("decoration", {}).items() for name in names}
    for theme, front, behind, least in pairs(tokens):
        missing = [name for name in (front, behind) if name not in themes.get(theme, {})]
        if missing:
            complaints.append(f"{TOKENS}: a contrast names {missing[0]}, which [theme.{theme}] does not have")
            continue
        told |= {(theme, front), (theme, behind)}
        got = ratio(themes[theme][front], themes[theme][behind])
        if got < least:
            complaints.append(f"{TOKENS}: {theme}: {front} on {behind} has a contrast of {got:.2f}, less than {least}")
    for theme, front, behind, stated in tokens.get("design", {}).get("stated", []):
        got = ratio(themes[theme][front], themes[theme][behind])
        if abs(got - stated) > 0.06:
            complaints.append(f"{TOKENS}: {theme}: {front} on {behind} has a contrast of {got:.2f}; the design states {stated}")
    for theme, colours in themes.items():
        complaints += [f"{TOKENS}: {theme}: {name} stands in no contrast; if nothing is told by it, put it under [decoration]"
                       for name in colours if (theme, name) not in told]
    return complaints


def check(root):
    if not (root / TOKENS).exists():
        return [f"{TOKENS} is missing"]
    tokens, complaints = tomllib.loads(read(root, TOKENS)), []
    for theme, colours in tokens["theme"].items():
        bad = [name for name, colour in colours.items() if not COLOUR.fullmatch(colour)]
        if bad:
            return [f"{TOKENS}: {theme}: {bad[0]} is not a colour: #RRGGBB or #RRGGBBAA, in capitals"]
        complaints += [f"{TOKENS}: {theme}: {name} has a tint" for name, colour in colours.items()
                       if theme == "studio" and name not in TINTED and len({colour[1:3], colour[3:5], colour[5:7]}) > 1]
    complaints += check_contrasts(tokens)
    known = {colour for colours in tokens["theme"].values() for colour in colours.values()}
    for path in files(root, ".cpp", ".h", ".qss", ".qml", ".svg"):
        if not path.startswith(("ui/", "app/studio/", "app/kiosk/")):
            continue
        for number, line in enumerate(read(root, path).splitlines(), 1):
            found = LITERAL.search(line)
            if found and not (path.endswith(".svg") and found.group(0).upper() in known):
                complaints.append(f"{path}:{number}: a colour of its own: {found.group(0)}; colours stand in {TOKENS}")
    return complaints


GOOD = """[theme.studio]
window = "#2B2B2B"
text = "#E6E6E6"
line = "#414141"
amber = "#E5A33A"
[decoration]
studio = ["line"]
[[contrast]]
themes = ["studio"]
front = ["text", "amber"]
behind = ["window"]
least = 4.5
[design]
stated = [["studio", "text", "window", 11.3]]
"""
main(check, [
    ({TOKENS: GOOD.replace("#E6E6E6", "#777777")}, "text on window has a contrast of 3.16, less than 4.5"),
    ({TOKENS: GOOD.replace("#E6E6E6", "#E0E0E0")}, "the design states 11.3"),
    ({TOKENS: GOOD.replace('studio = ["line"]', "studio = []")}, "line stands in no contrast"),
    ({TOKENS: GOOD.replace('"amber"]', '"amber", "red"]')}, "names red"),
    ({TOKENS: GOOD.replace("#414141", "#414142")}, "has a tint"),
    ({TOKENS: GOOD.replace("#414141", "grey")}, "is not a colour"),
    ({TOKENS: GOOD, "ui/studio/a.cpp": "painter.setPen(QColor(0x2b, 0x2b, 0x2b));\n"}, "a colour of its own"),
    ({TOKENS: GOOD, "ui/studio/a.cpp": "constexpr QColor kText(228, 228, 228);\n"}, "a colour of its own"),
    ({TOKENS: GOOD, "ui/studio/a.qss": "QLabel { color: #2b2b2b; }\n"}, "a colour of its own"),
    ({TOKENS: GOOD, "ui/studio/a.svg": '<path stroke="#123456"/>\n'}, "a colour of its own"),
    ({"ui/studio/a.cpp": "int a;\n"}, "is missing"),
], {TOKENS: GOOD, "ui/studio/a.cpp": "painter.setPen(QColor(tokens::text));\nqRgb(p[0], p[1], p[2]);\n",
    "ui/studio/a.qss": "QLabel { color: @text; }\n", "ui/studio/a.svg": '<path stroke="#E6E6E6"/>\n'})
