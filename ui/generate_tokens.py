# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Makes a program's constants and its style sheet of resources/tokens.toml: one theme, one list of sizes.

generate_tokens.py TOKENS.toml THEME NAMESPACE SHEET.qss OUT.h

In the style sheet, @name is a colour of the theme or a size; a name that is not in the file stops the build.
"""
import re
import sys
import tomllib
from pathlib import Path


def constant(name):
    head, *rest = name.split("-")
    return head + "".join(word.capitalize() for word in rest)


def colour(text):
    parts = [f"0x{text[i:i + 2].lower()}" for i in range(1, len(text), 2)]
    return ", ".join(parts)


def css(text):
    """Qt's style sheets take #AARRGGBB."""
    return ("#" + text[7:9] + text[1:7] if len(text) == 9 else text).lower()


def header(theme, namespace, sheet, tokens):
    colours, sizes = tokens["theme"][theme], tokens["size"][theme]
    values = {**{name: css(text) for name, text in colours.items()}, **{name: f"{size}px" for name, size in sizes.items()}}

    def value(found):
        if found.group(1) not in values:
            sys.exit(f"{sys.argv[4]}: @{found.group(1)} is neither a colour nor a size of [{theme}] in the tokens file.")
        return values[found.group(1)]

    lines = ["// Made of resources/tokens.toml by ui/generate_tokens.py: change that file, not this one.", "#pragma once", "",
             "#include <QColor>", "", f"namespace {namespace} {{", ""]
    lines += [f"inline constexpr QColor {constant(name)}({colour(text)});" for name, text in colours.items()]
    lines += [f"inline constexpr int {constant(name)} = {size};  // logical pixels" for name, size in sizes.items()]
    lines += ["", 'inline constexpr char styleSheet[] = R"qss(' + re.sub(r"@([a-z0-9-]+)", value, sheet) + ')qss";', "",
              f"}}  // namespace {namespace}", ""]
    return "\n".join(lines)


_, source, theme, namespace, sheet, out = sys.argv
text = header(theme, namespace, Path(sheet).read_text(encoding="utf-8"), tomllib.loads(Path(source).read_text(encoding="utf-8")))
Path(out).parent.mkdir(parents=True, exist_ok=True)
Path(out).write_text(text, encoding="utf-8")
