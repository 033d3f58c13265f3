# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Every source file opens with the two licence lines, then says what it is for."""
import re
from common import CPP, files, main, read

LINES = ("SPDX-License-Identifier: Apache-2.0", "Copyright 2026 The Contone authors")


def check(root):
    complaints = []
    for path in files(root, *CPP, ".py", ".sh", "dev", ".ci/run"):
        if path.startswith("tests/data/"):
            continue
        lines = read(root, path).splitlines()
        lines = lines[1:] if lines and lines[0].startswith("#!") else lines
        head = [re.sub(r"^(//|#|/\*)\s*", "", line).strip() for line in lines[:3]] + [""] * 3
        if tuple(head[:2]) != LINES:
            complaints.append(f"{path}:1: must open with the two licence lines: {LINES[0]} / {LINES[1]}")
        elif len(head[2]) < 12 or not re.match(r'(//|#(?!\s*(include|pragma|define))|/\*|""")', lines[2]):
            complaints.append(f"{path}:3: must say in one sentence what the file is for")
    return complaints


HEAD = "".join(f"// {line}\n" for line in LINES)
main(check, [
    ({"a.h": "// What it is for.\n"}, "two licence lines"),
    ({"a.cpp": HEAD}, "what the file is for"),
    ({"a.cpp": HEAD + "#include <vector>\n"}, "what the file is for"),
    ({"a.sh": "#!/bin/sh\necho\n"}, "two licence lines"),
], {"a.h": HEAD + "// What it is for.\n", "dev": "#!/bin/sh\n" + HEAD.replace("//", "#") + "# What it is for.\n"})
