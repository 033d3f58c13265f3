# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Includes keep to the edge table of the root CMakeLists.txt, and foreign libraries stay in their adapter."""
import re
from common import CPP, files, main, read

# Who may include what from outside: (header, folders that may, why). Tests stand beside the folder they mirror.
FOREIGN = [
    (r"lcms2(_plugin)?\.h", ("icc/", "tests/icc/", "tests/core/render/"), "Little CMS lives in icc alone"),
    (r"(jpeglib|jerror|turbojpeg|png|tiff|tiffio)\.h", ("core/image/encoders/", "core/image/codecs/", "tests/"), "codecs are private to core/image"),
    (r"(libheif/.*|webp/.*|jxl/.*|libraw/.*)", ("core/image/codecs/", "tests/"), "codecs are private to core/image"),
    (r"OpenImageIO/.*", ("core/image/longtail/", "tests/core/image/"), "OpenImageIO lives in core/image/longtail"),
    (r"(seccomp|linux/landlock|linux/seccomp)\.h", ("core/decode/worker/", "tests/core/decode/", "tests/app/cli/files_test.cpp"), "the sandbox is in core/decode/worker"),
    (r"cups/.*", ("printers/", "tests/"), "CUPS stays in printers"),
    (r"(pango/.*|cairo.*|hb.*|fontconfig/.*|ft2build\.h|glib.*)", ("core/text/", "tests/core/text/"), "text is set in core/text alone"),
    (r"(Q[A-Za-z]+(/.*)?|q[a-z]+\.h)", ("ui/", "app/studio/", "app/demo/", "app/kiosk/", "tests/"), "Qt is for ui and its programs"),
    (r"hwy/.*", ("core/render/kernels/", "icc/kernels/", "tests/core/render/", "tests/icc/"), "SIMD is for kernels"),
    (r"sqlite3\.h", ("core/db/", "tests/core/db/", "tests/core/store/"), "SQLite is wrapped in core/db"),
    (r"boost/(beast|asio).*", ("core/http/", "tests/core/http/"), "Beast is compiled once, in core/http"),
]
LAYERED = ("core", "icc", "printers", "ui", "app", "cloud")


def table(text):
    rows = re.findall(r"^set\(EDGE_(\S+)\s+([^)]*)\)", text, re.M)
    return {folder: set(uses.replace('"', "").split()) for folder, uses in rows}


def home(path, edges):
    """The row that a file belongs to: the longest folder that has one."""
    parts = path.split("/")[:-1]
    while parts and "/".join(parts) not in edges:
        parts.pop()
    return "/".join(parts)


def circles(edges):
    done, complaints = set(), []

    def visit(folder, way):
        if folder in way:
            complaints.append("CMakeLists.txt: the edge table has a circle: " + " -> ".join([*way[way.index(folder):], folder]))
        elif folder not in done:
            for use in sorted(edges.get(folder, ())):
                visit(use, [*way, folder])
            done.add(folder)

    for folder in edges:
        visit(folder, [])
    return complaints


def check_include(path, own, include, quoted, edges):
    if not quoted:
        for header, allowed, why in FOREIGN:
            if re.fullmatch(header, include) and not path.startswith(allowed):
                return f"<{include}> may not be included here: {why}"
        if include.startswith("toml++/") and not path.endswith(".cpp"):
            return "toml++ costs 1.6 s a file: include it in .cpp files only"
        return None
    if include.endswith(".moc"):
        return None
    target = home(include, edges)
    if not target:
        return f'"{include}" is not written from the repository root, or its folder has no row in the edge table'
    if include.endswith("_p.h") and own != target and not path.startswith(f"tests/{target}/"):
        return f'"{include}" is private to {target}'
    if target not in (own, "core/base") and target not in edges[own] and "*" not in edges[own]:
        return f"{own} may not use {target} (see the edge table in the root CMakeLists.txt)"
    return None


def stale(edges, used):
    """An edge that no include needs would let one in unnoticed."""
    return [f"CMakeLists.txt: {folder} does not use {use}: take it out of the edge table and of its USES"
            for folder, uses in edges.items() for use in sorted(uses & set(edges)) if (folder, use) not in used]


def check(root):
    edges = table(read(root, "CMakeLists.txt"))
    complaints = circles(edges)
    used = set()
    sources = files(root, *CPP)
    for folder, uses in edges.items():
        complaints += [f"CMakeLists.txt: {folder} may use {use}, which has no row" for use in uses - set(edges) - {"*"}]
    for path in sources:
        if path.startswith("tests/data/"):
            continue
        own = home(path, edges)
        if not own:
            if path.split("/")[0] in (*LAYERED, "tests"):
                complaints.append(f"{path}: its folder has no row in the edge table of the root CMakeLists.txt")
            continue
        for number, line in enumerate(read(root, path).splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if found and found.group(1) == '"':
                used.add((own, home(found.group(2), edges)))
            problem = found and check_include(path, own, found.group(2), found.group(1) == '"', edges)
            if problem:
                complaints.append(f"{path}:{number}: {problem}")
    return complaints + stale(edges, used)


TABLE = ('set(EDGE_core/base "")\nset(EDGE_core/image "")\nset(EDGE_icc core/image) # why\nset(EDGE_core/db "")\n'
         'set(EDGE_app "*")\nset(EDGE_tests "*")\n')


def tree(path, text, rows=TABLE):
    return {"CMakeLists.txt": rows, path: text + "\n"}


main(check, [
    (tree("core/image/a.h", '#include "icc/profile.h"'), "core/image may not use icc"),
    (tree("core/new/a.h", ""), "no row"),
    (tree("core/image/a.h", '#include "b.h"'), "not written from the repository root"),
    (tree("icc/a.cpp", '#include "core/image/ring_p.h"'), "private to core/image"),
    (tree("core/image/a.h", "#include <lcms2.h>"), "Little CMS"),
    (tree("core/image/a.cpp", "#  include <jpeglib.h>"), "codecs are private"),
    (tree("core/image/a.h", "#include <QString>"), "Qt is for ui"),
    (tree("core/image/a.cpp", "#include <pango/pangocairo.h>"), "core/text alone"),
    (tree("icc/a.cpp", "#include <cups/cups.h>"), "CUPS stays"),
    (tree("app/agent/a.cpp", "#include <sqlite3.h>"), "SQLite is wrapped"),
    (tree("app/agent/a.h", "#include <toml++/toml.h>"), ".cpp files only"),
    (tree("app/agent/a.cpp", "#include <boost/beast/http.hpp>"), "Beast"),
    (tree("icc/a.h", "", TABLE + "set(EDGE_core/x core/y)\nset(EDGE_core/y core/x)\n"), "circle"),
    (tree("icc/a.h", "", TABLE + "set(EDGE_core/x core/gone)\n"), "which has no row"),
    (tree("icc/a.h", ""), "icc does not use core/image"),
], {
    "CMakeLists.txt": TABLE,
    "icc/a.cpp": '#include "core/image/pixels.h"\n#include "core/base/id.h"\n#include "icc/a_p.h"\n#include <lcms2.h>\n',
    "core/image/codecs/jpeg.cpp": "#include <jpeglib.h>\n",
    "app/studio/main.cpp": '#include <QApplication>\n#include "icc/a.h"\n',
    "tests/core/image/a_test.cpp": '#include <QtTest>\n#include "core/image/a_p.h"\n#include "a_test.moc"\n',
})
