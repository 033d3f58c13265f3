// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The one file that knows CLI11.
#include "app/host/command_line.h"

#include <CLI/CLI.hpp>
#include <map>
#include <set>
#include <sstream>

#include "app/host/exit_codes.h"
#include "app/host/terminal.h"

namespace contone::app {

struct Command::Shared {
    bool* json;                                              ///< null: no --json
    std::function<int()> chosen{};                           ///< by the command that was named
    std::map<CLI::App*, std::vector<CLI::Option*>> anyOf{};  ///< options of which a command needs one
    std::set<CLI::App*> working{};                           ///< those that do something themselves
};

const Option& Option::required() const {
    m_option->required();
    return *this;
}
const Option& Option::between(int least, int most) const {
    m_option->check(CLI::Range(least, most));
    return *this;
}
const Option& Option::oneOf(const std::vector<std::string>& words) const {
    m_option->check(CLI::IsMember(words));
    return *this;
}
const Option& Option::takes(int values) const {
    m_option->expected(values);
    return *this;
}
const Option& Option::oneEachTime() const {
    m_option->allow_extra_args(false);
    return *this;
}

const Option& Option::excludes(const Option& other) const {
    m_option->excludes(other.m_option);
    return *this;
}
const Option& Option::needs(const Option& other) const {
    m_option->needs(other.m_option);
    return *this;
}

const Option& Option::hidden() const {
    m_option->group("");
    return *this;
}

Command Command::add(const std::string& name, const std::string& help) const {
    m_app->require_subcommand(m_shared->working.contains(m_app) ? 0 : 1);
    return {*m_app->add_subcommand(name, help), m_shared};
}
Command Command::below(const std::string& name) const {
    return {*m_app->get_subcommand(name), m_shared};
}

Option Command::option(const std::string& name, std::string& value, const std::string& help) const {
    return Option(m_app->add_option(name, value, help));
}
Option Command::option(const std::string& name, int& value, const std::string& help) const {
    return Option(m_app->add_option(name, value, help));
}
Option Command::option(const std::string& name, std::vector<std::string>& values, const std::string& help) const {
    return Option(m_app->add_option(name, values, help));
}
Option Command::option(const std::string& name, std::vector<double>& values, const std::string& help) const {
    return Option(m_app->add_option(name, values, help));
}
Option Command::flag(const std::string& name, bool& value, const std::string& help) const {
    return Option(m_app->add_flag(name, value, help));
}

Command Command::exactlyOne(const std::string& what) const {
    auto* const group = m_app->add_option_group(what);
    group->require_option(1);
    return {*group, m_shared};
}

void Command::atLeastOneOf(std::initializer_list<Option> options) const {
    for (const Option& one : options) m_shared->anyOf[m_app].push_back(one.m_option);
}

namespace {
void checkAnyOf(const std::vector<CLI::Option*>& options) {
    std::string names;
    for (const CLI::Option* one : options) {
        if (one->count() > 0) return;
        names += (names.empty() ? "" : " or ") + one->get_name();
    }
    if (!names.empty()) throw CLI::RequiredError(names);
}
}  // namespace

void Command::does(std::function<int()> work) const {
    m_shared->working.insert(m_app);
    m_app->require_subcommand(0);
    if (m_shared->json) m_app->add_flag("--json", *m_shared->json, "One JSON object on stdout");
    m_app->final_callback([app = m_app, shared = m_shared.get(), work = std::move(work)] {
        if (!app->get_subcommands().empty()) return;
        checkAnyOf(shared->anyOf[app]);
        shared->chosen = work;
    });
}

CommandLine::CommandLine(const std::string& name, const std::string& help, bool* json)
    : m_app(std::make_unique<CLI::App>(help, name)), m_shared(std::make_shared<Command::Shared>(json)) {
    openStandardStreams();
    m_app->set_version_flag("--version", CONTONE_VERSION);
    m_app->fallthrough();
}
CommandLine::~CommandLine() = default;

Command CommandLine::program() const {
    return {*m_app, m_shared};
}

int CommandLine::run(int argc, char** argv) {
    try {
        m_app->parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        std::ostringstream out, err;
        const int exit = m_app->exit(e, out, err) == 0 ? exitOk : exitUsage;
        std::string asked = std::move(out).str();
        if (asked.ends_with('\n')) asked.pop_back();
        if (!asked.empty()) tellLines(stdout, asked);
        std::string wrong = std::move(err).str();
        if (wrong.ends_with('\n')) wrong.pop_back();
        if (!wrong.empty()) tellLines(stderr, wrong);
        return finishOutput(m_app->get_name(), exit);
    }
    return finishOutput(m_app->get_name(), m_shared->chosen ? m_shared->chosen() : exitUsage);
}

}  // namespace contone::app
