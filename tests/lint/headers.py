# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Every header compiles alone, and twice: whoever includes it needs to know nothing else.

Objects go through ccache, so only headers whose includes changed cost time.
"""
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from common import files, main, read

FLAGS = ["-std=c++23", "-O0", "-fPIC", "-Wall", "-Wextra", "-Werror", "-Wno-restrict", "-Wno-missing-field-initializers",
         "-Wno-unused-function", "-Wno-unused-const-variable"]
CACHE = ["ccache"] if shutil.which("ccache") else []


def flags_of(*packages):
    return subprocess.run(["pkg-config", "--cflags", *packages], capture_output=True, text=True).stdout.split()


def needs_qt(root, header):
    return re.search(r"#\s*include\s*<Q", read(root, header)) or header.startswith(("ui/", "tests/"))


def compile_alone(root, header, folder, qt, pango):
    source = Path(folder, re.sub(r"\W", "_", header) + ".cpp")
    source.write_text(f'#include "{header}"\n#include "{header}"\n')
    command = [*CACHE, os.environ.get("CXX", "g++"), *FLAGS,
               *(qt if needs_qt(root, header) else []), *(pango if header.startswith("core/text/") else []),
               f"-I{root}", "-DCONTONE_SOURCE_DIR=\"\"", "-DCONTONE_BIN_DIR=\"\"", "-DCONTONE_BAD_WORLD_LIBRARY=\"\"", "-c", source.name, "-o", source.stem + ".o"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True,
                         env={**os.environ, "CCACHE_NOHASHDIR": "1", "CCACHE_BASEDIR": str(root)})
    if ran.returncode == 0:
        return None
    error = next((line for line in ran.stderr.split("\n") if "error" in line), ran.stderr[:300])
    return f"{header}:1: does not compile alone: {error}"


def check(root):
    headers = [h for h in files(root, ".h") if not h.startswith("tests/data/")]
    complaints = [f"{h}:1: has no #pragma once" for h in headers if "#pragma once" not in read(root, h)]
    qt, pango = flags_of("Qt6Widgets", "Qt6Svg", "Qt6Test"), flags_of("pangocairo", "pangoft2")
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) as pool:
        complaints += filter(None, pool.map(lambda h: compile_alone(root, h, folder, qt, pango), headers))
    return complaints


main(check, [
    ({"core/a.h": "#pragma once\nstd::string name();\n"}, "core/a.h:1: does not compile alone"),
    ({"core/a.h": "inline int one() { return 1; }\n"}, "no #pragma once"),
], {"core/a.h": '#pragma once\n#include <string>\nstd::string name();\n', "core/b.h": '#pragma once\n#include "core/a.h"\n'})
