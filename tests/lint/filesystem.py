# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""No call of std::filesystem throws: each is given an error_code. An empty or strange path would end the program.

Calls that only compute with names (Path's own members, path()) cannot fail and are not looked at.
"""
import re
from common import files, main, read, without_comments

FOLDERS = ("app/", "core/", "icc/", "printers/", "ui/")
CALL = re.compile(r"\bstd::filesystem::(absolute|canonical|weakly_canonical|relative|proximate|exists|is_\w+|create_\w+|remove\w*|rename"
                  r"|copy\w*|file_size|status|symlink_status|last_write_time|temp_directory_path|permissions|current_path"
                  r"|read_symlink|equivalent|resize_file|space|hard_link_count|(?:recursive_)?directory_iterator)\b(?:\s+\w+)?\s*\(")


def arguments(text, start):
    """What stands in the bracket that opens at `start`, cut at its own commas."""
    depth, parts, part = 0, [], ""
    for letter in text[start:]:
        if letter in ")]}":
            depth -= 1
            if depth == 0:
                return [*parts, part.strip()]
        if letter == "," and depth == 1:
            parts.append(part.strip())
            part = ""
            continue
        if depth > 0:
            part += letter
        if letter in "([{":
            depth += 1
    return []


def check(root):
    complaints = []
    for path in files(root, ".cpp", ".h"):
        if not path.startswith(FOLDERS):
            continue
        text = without_comments(read(root, path))
        codes = {name for names in re.findall(r"\bstd::error_code\s*&?\s*([\w,\s{}]+?)\s*[;){]", text) for name in re.findall(r"\w+", names)}
        for found in CALL.finditer(text):
            given = arguments(text, found.end() - 1)
            if found.group(1) == "status" and not given:
                continue
            if not given or given[-1] not in codes:
                complaints.append(f"{path}:{text.count(chr(10), 0, found.start()) + 1}: "
                                  f"std::filesystem::{found.group(1)} may throw; give it an error_code")
    return complaints


main(check, [
    ({"app/a.cpp": "if (std::filesystem::exists(path)) go();\n"}, "exists may throw"),
    ({"core/a.cpp": "auto p = std::filesystem::absolute(uri).string();\n"}, "absolute may throw"),
    ({"core/a.cpp": "std::error_code failed;\nstd::filesystem::remove(f(a, failed));\n"}, "remove may throw"),
    ({"core/a.cpp": "for (const auto& e : std::filesystem::directory_iterator(folder)) go(e);\n"}, "directory_iterator may throw"),
], {"app/a.cpp": "std::error_code failed;\nif (std::filesystem::exists(f(path, 1), failed)) go();\n"
                 "for (std::filesystem::directory_iterator at(folder, failed), end; at != end;) go();\n",
    "tests/a.cpp": "std::filesystem::remove(path);\n"})
