// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Facts and findings in sentences.
#include "ui/studio/photo_panel.h"

#include <algorithm>

#include <QCheckBox>
#include <QLabel>

#include "core/findings/warning_findings.h"
#include "core/preflight/check_photo.h"
#include "core/preflight/page_findings.h"
#include "ui/common/words.h"
#include "ui/studio/finding_rows.h"
#include "ui/studio/section.h"

namespace contone::studio {
namespace words = ui::words;

PhotoPanel::PhotoPanel(ui::Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
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
    m_odd = new FindingRows;
    column->addWidget(m_odd);
    m_inks = new QCheckBox(tr("Turn light and dark round"));
    setTip(m_inks, tr("The photo does not say whether its numbers mean ink or paper. Turn it when it looks like a "
                      "negative."));
    connect(m_inks, &QCheckBox::clicked, this,
            [this](bool isOn) { m_session.setInks(isOn ? image::InkSense::Turned : image::InkSense::AsRead); });
    column->addWidget(m_inks);
    addSection(column, tr("Its colours"));
    m_colour = newLabel({});
    column->addWidget(m_colour);

    m_print = new QWidget;
    auto* print = new QVBoxLayout(m_print);
    print->setContentsMargins(0, 0, 0, 0);
    print->setSpacing(8);
    addSection(print, tr("On this print"));
    m_obstacle = newLabel({});
    print->addWidget(m_obstacle);
    m_onPrint = new FindingRows;
    print->addWidget(m_onPrint);
    connect(m_onPrint, &FindingRows::fixAsked, &m_session, &ui::Session::mend);
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
        m_odd->setFindings({});
        m_inks->hide();
        m_print->hide();
        return;
    }
    m_name->setText(words::fileName(entry->file));
    showProblem(*entry);
    if (entry->report) showPhoto(*entry);
    if (!entry->report) m_colour->setText(entry->error ? tr("Not known.") : tr("Looking at it…"));
    m_print->setVisible(entry->report && !entry->error);
    showPrint(*entry);
}

void PhotoPanel::showPrint(const ui::PhotoEntry& entry) {
    const auto page = m_session.page();
    say(m_obstacle, page ? QString() : words::error(page.error()));
    std::vector<findings::Finding> found;
    if (page && entry.report) {
        const Sha256& photo = entry.report->original;
        const bool isFilled = entry.fit == print::Fit::Fill;
        const double zoom = isFilled ? entry.crop.zoom() : 1;
        found = entry.measures ? checked(entry, *page, zoom) : preflight::ofPage(photo, page->plan, zoom);
        if (m_report)
            found.push_back(preflight::ofGamut(photo, *m_report, isFilled ? entry.crop.crop() : render::Crop{}));
    }
    m_onPrint->setFindings(found);
}

/// All checks but that of the paper's light, which wants the profile. What the photo itself warns of stands above.
std::vector<findings::Finding> PhotoPanel::checked(const ui::PhotoEntry& entry, const print::PhotoPage& page,
                                                   double zoom) const {
    std::vector<findings::Finding> found =
        preflight::checkPhoto({entry.report->original, entry.report->facts, *entry.measures, entry.file.filename()},
                              {page.plan, zoom, {}, {}});
    const auto& odd = m_odd->findings();
    std::erase_if(found, [&](const findings::Finding& one) { return std::ranges::find(odd, one) != odd.end(); });
    return found;
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
    say(m_problem, entry.error ? words::error(*entry.error) : QString());
    image::PhotoWarnings warnings;
    if (entry.report) warnings.add(entry.report->facts.warnings);
    if (m_warned == entry.file) warnings.add(m_warnings);
    const bool isRead = entry.report && !entry.error;
    m_inks->setVisible(isRead && entry.report->facts.warnings.has(image::PhotoWarning::InkGuessed));
    m_inks->setChecked(entry.inks == image::InkSense::Turned);
    m_odd->setFindings(isRead ? findings::ofWarnings(entry.report->original, warnings)
                              : std::vector<findings::Finding>{});
}

void PhotoPanel::setWarnings(const image::PhotoWarnings& warnings) {
    const ui::PhotoEntry* entry = m_session.photo();
    if (!entry) return;
    m_warned = entry->file;
    m_warnings = warnings;
    showProblem(*entry);
}

void PhotoPanel::setGamut(const std::optional<icc::GamutReport>& report) {
    m_report = report;
    if (const ui::PhotoEntry* entry = m_session.photo()) showPrint(*entry);
}

}  // namespace contone::studio
