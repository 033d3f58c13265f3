// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CommandLine: the options of a program and of its commands. CLI11 stands behind it: its headers and their code would
// cost each command four seconds of compiling.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace contone::app {

/// An option or argument of a command; a handle, valid as long as its CommandLine.
class Option {
  public:
    const Option& required() const;
    const Option& between(int least, int most) const;
    const Option& oneOf(const std::vector<std::string>& words) const;
    /// So many values follow.
    const Option& takes(int values) const;
    /// Of an option that may be given several times: one value each time, so that what follows is not taken for one.
    const Option& oneEachTime() const;
    const Option& excludes(const Option& other) const;
    const Option& needs(const Option& other) const;
    /// Not in the help: for tests.
    const Option& hidden() const;

  private:
    friend class Command;
    explicit Option(CLI::Option* option) : m_option(option) {}
    CLI::Option* m_option;
};

/// A command or a group of commands; a handle, valid as long as its CommandLine. `value` of an option keeps what it has
/// when the option is not given, and must live until the program ends. A name without dashes is an argument.
class Command {
  public:
    /// A command below this one, which must then be named when this one does() nothing itself.
    Command add(const std::string& name, const std::string& help) const;
    /// One that was added before.
    Command below(const std::string& name) const;

    Option option(const std::string& name, std::string& value, const std::string& help) const;
    Option option(const std::string& name, int& value, const std::string& help) const;
    Option option(const std::string& name, std::vector<std::string>& values, const std::string& help) const;
    Option option(const std::string& name, std::vector<double>& values, const std::string& help) const;
    Option flag(const std::string& name, bool& value, const std::string& help) const;
    /// For options of which exactly one must be given; `what` heads them in the help.
    Command exactlyOne(const std::string& what) const;
    void atLeastOneOf(std::initializer_list<Option> options) const;

    /// What it does when it is named, and none below it; gives the exit code. Adds --json, where the program has it.
    void does(std::function<int()> work) const;

  private:
    friend class CommandLine;
    struct Shared;
    Command(CLI::App& app, std::shared_ptr<Shared> shared) : m_app(&app), m_shared(std::move(shared)) {}
    CLI::App* m_app;
    std::shared_ptr<Shared> m_shared;
};

class CommandLine {
  public:
    /// As openStandardStreams(). `json`: becomes true when a command is given --json; null: the program has no such
    /// option.
    CommandLine(const std::string& name, const std::string& help, bool* json);
    ~CommandLine();
    /// The program itself: options that hold for all commands; and what it does when it has none.
    Command program() const;
    /// Reads the words, does what the command does, and gives its exit code (not exitOk when what it wrote to stdout
    /// did not arrive); exitUsage, with a sentence and the help on stderr, when the words make no sense.
    int run(int argc, char** argv);

  private:
    std::unique_ptr<CLI::App> m_app;
    std::shared_ptr<Command::Shared> m_shared;
};

}  // namespace contone::app
