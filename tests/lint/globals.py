# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""No singletons, no state that outlives its owner, no names that say nothing. Exceptions with reasons: globals.toml.

It reads declarations, not a syntax tree: text is cut into statements by scope (namespace, type, body), and in each
scope the statements that declare a variable are looked at. That finds every spelling used in this project.
"""
import re
from common import CPP, exceptions, files, main, read, without_comments

EMPTY_NAME = re.compile(r"\b(?:class|struct|enum(?:\s+class)?|union)\s+(\w+(?:Manager|Helper|Utils?|Data|Info))\b\s*(?:final\s*)?[:{]"
                        r"|\busing\s+(\w+(?:Manager|Helper|Utils?|Data|Info))\s*=")
NOT_A_VARIABLE = re.compile(r"^(?:using|typedef|template|static_assert|class|struct|enum|union|friend|namespace|return|goto"
                            r"|public|private|protected|signals|Q_\w+|else|case|default|extern\s+\"\")\b")


def without_templates(text):
    """`std::map<A, B(C)> x` -> `std::map x`: only the declarator matters."""
    while (shorter := re.sub(r"<[^<>;{}]*>", "", text)) != text:
        text = shorter
    return text


def is_constant(declaration):
    """const applies to the variable itself: `const char* p` may still point elsewhere later."""
    if re.search(r"\bconstexpr\b", declaration):
        return True
    last_star = max(declaration.rfind("*"), 0)
    return bool(re.search(r"\bconst\b", declaration[last_star:])) or (
        "*" not in declaration and "&" in declaration and "static" not in declaration)


def is_mutable_variable(statement, scope):
    text = without_templates(" ".join(statement.split()))
    text = re.sub(r"\[\[.*?\]\]|alignas\([^)]*\)|__attribute__\(\(.*?\)\)", "", text).strip()
    text = re.sub(r"^(?:(?:public|private|protected)\s*:\s*)+", "", text)
    static = re.search(r"^(?:inline\s+|constinit\s+)*(?:static|thread_local)\b", text)
    if NOT_A_VARIABLE.match(text) or (scope != "namespace" and not static):
        return False
    declaration = text.split("=")[0]
    if "operator" in declaration or ("(" in declaration and (scope != "body" or static is None)):
        return False  # a function
    if not re.match(r"[\w:]+[\s*&]+.*\w", declaration):
        return False  # one word: a macro, or what follows a brace
    return not is_constant(declaration)


def kind_of_scope(head, outer):
    text = without_templates(head)
    if re.search(r'\bnamespace\b|\bextern\s+""', text):
        return "namespace"
    if re.search(r"\b(class|struct|union|enum)\b", text) and "(" not in re.sub(r"alignas\([^)]*\)", "", text):
        return "type"
    if outer in ("namespace", "type") and ("=" in text.replace("operator=", "") or "(" not in text):
        return "value"
    return "body"


def mutable_variables(text):
    """(line, statement) of each; `text` without comments."""
    text = re.sub(r"^[ \t]*#(?:.*\\\n)*.*", lambda m: "\n" * m.group(0).count("\n"), text, flags=re.M)
    text = re.sub(r"^([ \t]*[A-Z][A-Z0-9_]{3,}\([^()\n]*\))[ \t]*$", r"\1;", text, flags=re.M)  # macros need no semicolon
    scopes, depths, depth, start = ["namespace"], [], 0, 0
    for at, sign in enumerate(text):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign in ";{" and depth <= 0 or sign == "{":
            statement = text[start:at]
            kind = kind_of_scope(statement, scopes[-1]) if sign == "{" else None
            if kind in (None, "value", "body") and scopes[-1] != "value" and (kind != "body" or scopes[-1] == "body"):
                if is_mutable_variable(statement, scopes[-1]):
                    yield text.count("\n", 0, start + len(statement) - len(statement.lstrip())) + 1, " ".join(statement.split())
            if sign == "{":
                scopes.append(kind)
                depths.append(depth)
                depth = 0
            start = at + 1
        elif sign == "}":
            if len(scopes) > 1:
                scopes.pop()
                depth = depths.pop()
            start = at + 1


def check(root):
    allowed, complaints = exceptions(root, "globals.toml")
    unused = list(allowed)
    for path in files(root, *CPP):
        if path.startswith("tests/data/"):
            continue
        text = without_comments(read(root, path))
        found = [(n, f"mutable state that no one owns: {s[:90]}") for n, s in mutable_variables(text)]
        for number, line in enumerate(text.split("\n"), 1):
            if re.search(r"\binstance\s*\(\s*\)", line):
                found.append((number, "instance(): pass the object to whoever needs it"))
            if name := EMPTY_NAME.search(line):
                found.append((number, f"{name.group(1) or name.group(2)}: say what it is or does"))
        if re.search(r"(?:^|/|_)(?:manager|helper|utils?|data|info)\.(?:h|cpp)$", path):
            found.append((1, "a file name that says nothing"))
        source = read(root, path).split("\n")
        for number, problem in found:
            excused = [e for e in allowed if e.get("path") == path and e.get("text", "") in source[number - 1]]
            unused = [e for e in unused if e not in excused]
            if not excused:
                complaints.append(f"{path}:{number}: {problem}")
    return complaints + [f"tests/lint/globals.toml: nothing needs this exception any more: {e}" for e in unused]


EXCEPTION = '[[exception]]\npath = "a.cpp"\ntext = "stopAsked"\nreason = "a signal handler can reach nothing else"\n'
main(check, [
    ({"a.cpp": "namespace x {\nint counter = 0;\n}\n"}, "a.cpp:2: mutable"),
    ({"a.cpp": "namespace {\nstd::map<int, int> g_cache;\n}\n"}, "mutable"),
    ({"a.cpp": "namespace {\nconst char* current = nullptr;\n}\n"}, "mutable"),
    ({"a.cpp": "std::atomic<bool> stop{false};\n"}, "mutable"),
    ({"a.cpp": "int next() {\n    static int n = 0;\n    return n++;\n}\n"}, "a.cpp:2: mutable"),
    ({"a.cpp": "int next() {\n    static Cache cache(3);\n    return cache.n();\n}\n"}, "mutable"),
    ({"a.cpp": "void f() {\n    run([&] {\n        static int n = 0;\n    });\n}\n"}, "mutable"),
    ({"a.h": "class A {\n    static inline int s_count = 0;\n};\n"}, "mutable"),
    ({"a.h": "extern int verbosity;\n"}, "mutable"),
    ({"a.cpp": "thread_local std::string last;\n"}, "mutable"),
    ({"a.h": "struct A {\n    static A& instance();\n};\n"}, "instance()"),
    ({"a.h": "class PrinterManager {\n};\n"}, "PrinterManager"),
    ({"a.h": "struct FileInfo : Base {};\n"}, "FileInfo"),
    ({"core/string_utils.h": "\n"}, "file name"),
    ({"a.cpp": "int a();\n", "tests/lint/globals.toml": EXCEPTION}, "any more"),
], {
    "a.cpp": "volatile int stopAsked = 0;\n",
    "tests/lint/globals.toml": EXCEPTION,
    "b.cpp": """
#define X(a) \\
    int a = 3;
namespace x {
using Map = std::map<int, int>;
constexpr int kSize = 3;
const std::vector<int> kLadder{1, 2};
const char* const kName = "static int x = 0;";
constexpr std::array<const char*, 2> kNames = {"a", "b"};
static_assert(kSize == 3);
Q_DECLARE_LOGGING_CATEGORY(log)
struct P { int x = 0; static constexpr int k = 1; static P make(int a = 3); bool operator==(const P&) const = default; };
enum class E { A, B };
template <class T> struct Id { T value; };
template <class T> T twice(T t) { return t + t; }
P::P(int a) : x(a), y{3} { x = 1; }
static std::function<int(int)> adder(int n) { return [n](int m) { int r = n + m; return r; }; }
bool operator<(const P& a, const P& b) { return a.x < b.x; }
auto f(std::span<int> s) -> std::vector<int> { for (int i = 0; i < 3; ++i) { s[i] = i; } static const int k = 3; return {k}; }
class Open; class Shut final : public Open { public: static Shut open(); private: int m_n = 0; std::map<int, int> m_map; };
}
""",
})
