// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Facts in sentences.
#include "ui/studio/photo_panel.h"

#include <QLabel>

#include "ui/common/words.h"
#include "ui/studio/section.h"

namespace contone::studio {
namespace words = ui::words;

PhotoPanel::PhotoPanel(const ui::Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    setObjectName(QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 16);
    column->setSpacing(8);
    addTitle(column, tr("Photo"));
    for (QLabel** label : {&m_name, &m_size, &m_orientation, &m_camera, &m_largest, &m_problem}) {
        *label = newLabel({}, label == &m_name ? "strong" : label == &m_problem ? "warning" : "");
        column->addWidget(*label);
    }
    addSection(column, tr("Its colours"));
    m_colour = newLabel({});
    column->addWidget(m_colour);

    m_print = new QWidget;
    auto* print = new QVBoxLayout(m_print);
    print->setContentsMargins(0, 0, 0, 0);
    print->setSpacing(8);
    addSection(print, tr("On this print"));
    for (QLabel** label : {&m_resolution, &m_loss, &m_gamut}) {
        *label = newLabel({});
        print->addWidget(*label);
    }
    m_gamut->setAccessibleName(tr("Colours that the paper cannot show"));
    column->addWidget(m_print);
    column->addStretch();
    refresh();
}

void PhotoPanel::refresh() {
    const ui::PhotoEntry* entry = m_session.photo();
    for (QLabel* label : {m_size, m_orientation, m_camera, m_largest, m_problem}) say(label, {});
    if (!entry) {
        m_name->setText(tr("No photo"));
        m_colour->setText(tr("Open a photo to see how it will look on paper."));
        m_print->hide();
        return;
    }
    m_name->setText(words::fileName(entry->file));
    showProblem(*entry);
    if (entry->report) showPhoto(*entry);
    if (!entry->report) m_colour->setText(entry->error ? tr("Not known.") : tr("Looking at it…"));
    const auto page = m_session.page();
    m_print->setVisible(entry->report && !entry->error);
    if (page) {
        say(m_resolution, words::resolution(page->plan, entry->fit == print::Fit::Fill ? entry->crop.zoom() : 1));
        say(m_loss, words::loss(page->plan));
    } else {
        say(m_resolution, words::text(page.error().message));
        say(m_loss, {});
    }
}

void PhotoPanel::showPhoto(const ui::PhotoEntry& entry) {
    const image::PhotoFacts& facts = entry.report->facts;
    say(m_size, words::size(facts.uprightSize()));
    say(m_orientation, words::orientation(facts.orientation));
    say(m_camera, words::text(facts.camera));
    say(m_largest, words::largest(*entry.report));
    m_colour->setText(words::text(image::describe(facts.colour)));
}

/// What went wrong and what to do; or else what was odd.
void PhotoPanel::showProblem(const ui::PhotoEntry& entry) {
    if (entry.error) return say(m_problem, words::text(entry.error->message));
    QStringList warnings;
    if (entry.report)
        for (const std::string& warning : entry.report->facts.warnings.sentences()) warnings << words::text(warning);
    if (m_warned == entry.file)
        for (const std::string& warning : m_warnings) warnings << words::text(warning);
    warnings.removeDuplicates();
    say(m_problem, warnings.join(QLatin1Char('\n')));
}

void PhotoPanel::setWarnings(const std::vector<std::string>& warnings) {
    const ui::PhotoEntry* entry = m_session.photo();
    if (!entry) return;
    m_warned = entry->file;
    m_warnings = warnings;
    showProblem(*entry);
}

void PhotoPanel::setGamut(const std::optional<icc::GamutReport>& report) {
    say(m_gamut, report ? words::gamut(*report) : QString());
}

}  // namespace contone::studio
