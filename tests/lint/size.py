# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Files stay short: aim under 400 lines (a note), never over 800. Exceptions with reasons: size.toml."""
from common import CPP, exceptions, files, main, read

AIM, LIMIT = 400, 800


def check(root):
    allowed, complaints = exceptions(root, "size.toml")
    named = {e.get("path"): e.get("lines", 0) for e in allowed}
    for path in files(root):
        if not path.endswith((*CPP, ".py", ".sh", ".sql", ".cmake", "CMakeLists.txt")) and path != "dev":
            continue
        lines = (read(root, path) or "").count("\n")
        ceiling = named.pop(path, None)
        if ceiling is not None and lines <= LIMIT:
            complaints.append(f"tests/lint/size.toml: {path} has {lines} lines and needs no exception any more")
        elif lines > max(LIMIT, ceiling or 0):
            complaints.append(f"{path}: {lines} lines; the limit is {max(LIMIT, ceiling or 0)}. Split it by what it does.")
        elif lines > AIM and ceiling is None:
            print(f"note: {path}: {lines} lines; aim under {AIM}")
    complaints += [f"tests/lint/size.toml: {path} does not exist" for path in named]
    return complaints


def exception(path):
    return f'[[exception]]\npath = "{path}"\nlines = 900\nreason = "a table made by a program"\n'


LONG = "int a;\n" * 801
main(check, [
    ({"a.cpp": LONG}, "801 lines"),
    ({"dev": LONG}, "801 lines"),
    ({"a.cpp": LONG + LONG, "tests/lint/size.toml": exception("a.cpp")}, "the limit is 900"),
    ({"a.cpp": "", "tests/lint/size.toml": exception("a.cpp")}, "needs no exception"),
    ({"tests/lint/size.toml": exception("gone.cpp")}, "does not exist"),
    ({"a.cpp": LONG, "tests/lint/size.toml": '[[exception]]\npath = "a.cpp"\nlines = 900\n'}, "reason"),
], {"a.cpp": "int a;\n" * 400, "b.cpp": LONG, "tests/lint/size.toml": exception("b.cpp")})
