# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""What every lint shares: the list of files, comment stripping, exceptions with reasons, and the self-test.

A lint is a function check(root) -> list of complaints ("path:line: sentence"). `NAME.py` checks the project,
`NAME.py --self-test` proves on small trees that the lint complains about what it is there for, and only that.
"""
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPP = (".h", ".cpp", ".c")


def files(root, *suffixes):
    """Relative paths of the project's files, tracked or new but not ignored, sorted."""
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            capture_output=True, text=True)
    if listed.returncode == 0 and (root / ".git").exists():
        found = {f for f in listed.stdout.split("\0") if f and (root / f).is_file()}
    else:  # an unpacked archive, or git distrusts the owner of the folder
        found = set()
        for folder, folders, names in os.walk(root):
            if Path(folder) == root:
                folders[:] = [f for f in folders if f not in ("build", "out", ".git")]
            found |= {os.path.relpath(os.path.join(folder, n), root) for n in names}
    return sorted(f for f in found if not suffixes or f.endswith(suffixes))


def read(root, path):
    """The text, or None for a binary file."""
    raw = (root / path).read_bytes()
    return None if b"\0" in raw else raw.decode("utf-8", "replace")


def without_comments(text):
    """C++ with comments and the insides of literals blanked; line numbers stay true."""
    pattern = re.compile(r'R"([^(\s]*)\(.*?\)\1"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])*\'', re.S)

    def blank(match):
        found = match.group(0)
        quote = "" if found.startswith("/") else '""'
        return quote + "\n" * found.count("\n")

    return pattern.sub(blank, text)


def exceptions(root, name):
    """The [[exception]] tables of tests/lint/NAME.toml; each must have a path and a reason."""
    path = root / "tests" / "lint" / name
    if not path.exists():
        return [], []
    entries = tomllib.loads(path.read_text()).get("exception", [])
    bad = [f"tests/lint/{name}: an exception needs a path and a reason: {e}" for e in entries
           if not e.get("path") or len(e.get("reason", "")) < 10]
    return entries, bad


def main(check, bad_trees, good_tree):
    """bad_trees: a list of ({path: text}, words that one complaint must contain)."""
    if "--self-test" in sys.argv:
        failures = []
        for tree, words in [*bad_trees, (good_tree, None)]:
            with tempfile.TemporaryDirectory() as folder:
                for path, text in tree.items():
                    target = Path(folder, path)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(text)
                complaints = check(Path(folder))
            if words is None and complaints:
                failures.append(f"complains about a good tree: {complaints}")
            if words is not None and not any(words in c for c in complaints):
                failures.append(f"does not say {words!r} about {tree}: {complaints}")
        print("\n".join(failures) or f"{len(bad_trees)} bad trees refused, a good one accepted")
        sys.exit(1 if failures else 0)
    complaints = check(ROOT)
    print("\n".join(complaints) or f"{Path(sys.argv[0]).stem}: nothing to complain about")
    sys.exit(1 if complaints else 0)
