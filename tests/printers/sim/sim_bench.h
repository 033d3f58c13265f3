// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SimBench: a simulated printer's folder, its clock and what lies in its tray.
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "printers/sim/sim_printer.h"
#include "tests/core/image/read_png.h"
#include "tests/printers/fixtures/contract.h"

namespace contone::printers::testing {

class SimBench {
  protected:
    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{{1'000'000}};

    /// Another folder, with nothing in it.
    void renew() { m_dir = std::make_unique<QTemporaryDir>(); }
    Path folder() const { return Path(m_dir->path().toStdString()) / "tray"; }
    std::vector<image::Picture> paper() const {
        std::vector<std::pair<std::filesystem::file_time_type, Path>> files;
        std::error_code error;
        for (const auto& entry : std::filesystem::directory_iterator(folder(), error))
            if (entry.path().filename().string().starts_with("sheet-"))
                files.emplace_back(entry.last_write_time(), entry.path());
        std::sort(files.begin(), files.end());
        std::vector<image::Picture> pictures;
        for (const auto& [time, path] : files) pictures.push_back(*image::testing::readPng(path));
        return pictures;
    }
    Bench benchOf(print::Printer& printer) const {
        auto medium = smallMedium();
        medium.raster = {60, 90};
        return {printer,
                medium,
                "glossy",
                m_dir->path().toStdString(),
                [this] { return paper(); },
                [this](print::Obstacle obstacle) { story(storyOf(obstacle)); },
                [this] { story(""); },
                [this](int left, int of) { story("roll " + std::to_string(left) + " of " + std::to_string(of)); },
                [this] { story("stop"); }};
    }
    void story(const std::string& script) const { QVERIFY(setSimScript(folder(), script)); }
    static std::string storyOf(print::Obstacle obstacle) {
        switch (obstacle) {
            case print::Obstacle::MediaJam:
                return "jam";
            case print::Obstacle::CoverOpen:
                return "cover-open";
            case print::Obstacle::SuppliesEmpty:
                return "ribbon-end";
            default:
                return "media-empty";
        }
    }
    /// What stands in the way now: "media-empty stopped", or the error's reason.
    static std::string obstacles(print::Printer& printer) {
        const auto state = printer.state();
        std::string text = state ? "" : state.error().reason;
        if (state)
            for (const print::Obstacle o : state->obstacles)
                text += (text.empty() ? "" : " ") + std::string(toString(o));
        return text;
    }
    QByteArray progressOf(print::Printer& printer, const print::Ticket& ticket) const {
        const auto status = printer.find(ticket.attempt);
        return status && *status ? word((*status)->progress) : QByteArray("nothing");
    }
    /// A page sent to the printer; its ticket.
    print::Ticket sendPage(print::Printer& printer) {
        const auto at = benchOf(printer);
        const auto ticket = newTicket(at);
        const auto file = writePage(at, ticket, testPage(at.medium.raster, 5));
        const auto job = printer.create(ticket);
        if (!file || !job || !printer.send(ticket, *job, *file)) return {};
        return ticket;
    }
};

}  // namespace contone::printers::testing
