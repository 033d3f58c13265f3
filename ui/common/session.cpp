// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The session's rules: which target fits the product, what a change means for the crop, what is ordered.
#include "ui/common/session.h"

#include <algorithm>

#include <QMetaObject>

#include "core/inspect/enhance_photo.h"
#include "ui/common/preview.h"

namespace contone::ui {
namespace {

constexpr int kThumbnailSide = 192;
constexpr auto kUsualProduct = "10x15";

}  // namespace

Session::Session(const catalog::Catalog& catalog, const Models& models, decode::Decoder& decoder, QObject* parent)
    : QObject(parent), m_catalog(catalog), m_decoder(decoder), m_models(targetsWithoutSetup(models)) {
    const auto& products = catalog.products();
    const auto usual = products.find(kUsualProduct);
    if (usual != products.end())
        m_product = usual->second;
    else if (!products.empty())
        m_product = products.begin()->second;
    chooseTarget();
}

void Session::open(const std::vector<Path>& files) {
    project::Project project = m_history.now();
    for (const Path& file : files) {
        const auto known = std::ranges::find(m_photos, file, &PhotoEntry::file);
        if (known != m_photos.end()) {
            m_current = int(known - m_photos.begin());
            continue;
        }
        m_photos.push_back({.line = LineId::generate(SystemClock()), .file = file});
        project = project.added(lineOf(m_photos.back(), m_product ? m_product->id : std::string()));
        if (m_current < 0) m_current = 0;
        look(file);
    }
    note("add", project);
    emit photosChanged();
    emit pageChanged();
}

void Session::look(const Path& file) {
    m_looking.add([this, file] {
        auto found = inspect::inspectPhoto(m_decoder, file, m_catalog);
        Result<std::shared_ptr<const inspect::PhotoReport>> report;
        QImage small;
        bool isEmbedded = false;
        if (found)
            report = std::make_shared<const inspect::PhotoReport>(std::move(*found));
        else
            report = std::unexpected(found.error());
        if (report) {
            const auto thumbnail = inspect::thumbnailOf(m_decoder, file, kThumbnailSide);
            if (thumbnail) {
                small = toImage(*thumbnail);
                isEmbedded = thumbnail->from == image::SmallFrom::Embedded;
            } else {
                report = std::unexpected(thumbnail.error());
            }
        }
        QMetaObject::invokeMethod(
            this, [this, file, report, small, isEmbedded] { looked(file, report, small, isEmbedded); },
            Qt::QueuedConnection);
    });
}

void Session::looked(const Path& file, const Result<std::shared_ptr<const inspect::PhotoReport>>& report,
                     const QImage& small, bool isEmbedded) {
    const auto entry = std::ranges::find(m_photos, file, &PhotoEntry::file);
    if (entry == m_photos.end()) return;
    entry->thumbnail = small;
    entry->isThumbnailEmbedded = isEmbedded;
    if (report) {
        entry->report = *report;
        fitCrop(*entry);
        if (const project::Line* line = m_history.now().line(entry->line)) take(*line, *entry);
        measure(*entry);
    } else {
        entry->error = report.error();
    }
    emit photosChanged();
    emit pageChanged();
}

void Session::fail(const Path& file, const Error& error) {
    const auto entry = std::ranges::find(m_photos, file, &PhotoEntry::file);
    if (entry == m_photos.end() || entry->error) return;
    entry->error = error;
    emit photosChanged();
    emit pageChanged();
}

void Session::remove(int index) {
    if (index < 0 || index >= int(m_photos.size())) return;
    note("remove", m_history.now().without(m_photos[std::size_t(index)].line));
    m_photos.erase(m_photos.begin() + index);
    if (m_current > index || m_current >= int(m_photos.size())) m_current--;
    emit photosChanged();
    emit pageChanged();
}

void Session::removeAll() {
    if (m_photos.empty()) return;
    note("remove", project::Project());
    m_photos.clear();
    m_current = -1;
    emit photosChanged();
    emit pageChanged();
}

void Session::setCurrent(int index) {
    if (index == m_current || index < 0 || index >= int(m_photos.size())) return;
    m_current = index;
    emit photosChanged();
    emit pageChanged();
}

const PhotoEntry* Session::photo() const {
    return m_current >= 0 ? &m_photos[std::size_t(m_current)] : nullptr;
}

void Session::setProduct(const std::string& id) {
    const auto product = m_catalog.product(id);
    if (!product || (m_product && *product == *m_product)) return;
    m_product = *product;
    chooseTarget();
    project::Project project = m_history.now();
    for (const PhotoEntry& entry : m_photos) {
        const project::Line* kept = m_history.now().line(entry.line);
        // What is not looked at yet has no crop on the desk: that of its line stays.
        project::Line line = entry.report || !kept ? lineOf(entry, m_product->id) : *kept;
        line.product = m_product->id;
        project = project.with(std::move(line));
    }
    note("product", project);
    emit targetsChanged();
    emit pageChanged();
}

void Session::setTargets(std::vector<ProofTarget> targets) {
    m_setups = std::move(targets);
    chooseTarget();
    emit targetsChanged();
    emit pageChanged();
}

std::vector<ProofTarget> Session::choosable() const {
    std::vector<ProofTarget> found;
    if (!m_product) return found;
    const auto takes = [this](const ProofTarget& target) { return target.printer.fits(*m_product).has_value(); };
    std::ranges::copy_if(m_setups, std::back_inserter(found), takes);
    if (found.empty()) std::ranges::copy_if(m_models, std::back_inserter(found), takes);
    return found;
}

/// Keeps the one that was chosen, by name; else the first that can print; else the first.
void Session::chooseTarget() {
    const std::vector<ProofTarget> choices = choosable();
    const std::string before = m_target ? m_target->id() : std::string();
    auto chosen = std::ranges::find(choices, before, [](const ProofTarget& t) { return t.id(); });
    if (chosen == choices.end()) chosen = std::ranges::find_if(choices, &ProofTarget::canPrint);
    if (chosen == choices.end()) chosen = choices.begin();
    const bool other = chosen == choices.end() || chosen->id() != before;
    m_target = chosen == choices.end() ? std::nullopt : std::optional(*chosen);
    if (m_target && other) {
        m_intent = m_target->setup().intent;
        m_blackPoint = m_target->setup().blackPoint;
    }
    shapeAll();
}

void Session::setTarget(const std::string& id) {
    if (m_target && m_target->id() == id) return;
    for (const ProofTarget& target : choosable()) {
        if (target.id() != id) continue;
        m_target = target;
        m_intent = target.setup().intent;
        m_blackPoint = target.setup().blackPoint;
        shapeAll();
        emit targetsChanged();
        emit pageChanged();
        return;
    }
}

void Session::setIntent(icc::Intent intent, icc::BlackPoint blackPoint) {
    if (m_intent == intent && m_blackPoint == blackPoint) return;
    m_intent = intent;
    m_blackPoint = blackPoint;
    emit pageChanged();
}

bool Session::differsFromSetup() const {
    return m_target && m_target->isInShop() &&
           (m_target->setup().intent != m_intent || m_target->setup().blackPoint != m_blackPoint);
}

void Session::setCopies(int copies) {
    PhotoEntry* entry = currentEntry();
    if (!entry || entry->copies == copies) return;
    entry->copies = std::clamp(copies, 1, 999);
    noteGoingOn("copies");
    emit pageChanged();
}

void Session::setInks(image::InkSense inks) {
    PhotoEntry* entry = currentEntry();
    if (!entry || entry->inks == inks) return;
    entry->inks = inks;
    note("inks");
    emit pageChanged();
}

void Session::improve() {
    const PhotoEntry* entry = photo();
    if (!entry || !entry->report) return;
    m_looking.add([this, file = entry->file, report = entry->report, inks = entry->inks] {
        const auto done = inspect::enhancementOf(m_decoder, file, *report, inks);
        if (!done) return;  // a photo that cannot be read has said so already
        QMetaObject::invokeMethod(
            this,
            [this, file, adjustments = done->adjustments] {
                if (const PhotoEntry* now = photo(); now && now->file == file)
                    adjust(image::overruled(adjustments, now->adjustments), "improve");
            },
            Qt::QueuedConnection);
    });
}

void Session::setAdjustments(image::Adjustments adjustments) {
    if (const PhotoEntry* entry = photo()) adjust(adjustments, whatDiffers(entry->adjustments, adjustments));
}

void Session::adjust(image::Adjustments adjustments, const std::string& action) {
    PhotoEntry* entry = currentEntry();
    if (!entry || entry->asSent || entry->adjustments == adjustments) return;
    entry->adjustments = std::move(adjustments);
    noteGoingOn(action);
    emit pageChanged();
}

void Session::setAsSent(bool asSent) {
    PhotoEntry* entry = currentEntry();
    if (!entry || entry->asSent == asSent) return;
    entry->asSent = asSent;
    note("as-sent");
    emit pageChanged();
}

Result<print::PhotoPage> Session::page() const {
    const PhotoEntry* entry = photo();
    if (!entry || !entry->report)
        return contone::fail(Code::NotFound, "no-photo", tr("Open a photo to begin.").toStdString());
    if (!m_target || !m_product)
        return contone::fail(
            Code::NotFound, "no-target",
            tr("No printer known here takes the paper of this product. Choose another product.").toStdString());
    CONTONE_TRY(print::PhotoPage page,
                m_target->printer.page(*m_product, entry->report->original, entry->report->facts, choicesOf(*entry)));
    page.recipe.intent = m_intent;
    page.recipe.blackPoint = m_blackPoint;
    return page;
}

std::optional<ViewRequest> Session::request(View view, icc::ProofTransform::Simulate simulate,
                                            const icc::Profile& monitor, std::optional<image::PixelSize> room) const {
    const auto whole = page();
    if (!whole || photo()->error) return std::nullopt;
    return ViewRequest{.file = photo()->file,
                       .photo = photo()->report,
                       .page = room ? scaledPage(*whole, *room) : *whole,
                       .view = view,
                       .simulate = simulate,
                       .grade = room ? view::Grade::Preview : view::Grade::Settled,
                       .output = m_target->profile,
                       .monitor = monitor};
}

std::vector<OrderItem> Session::items() const {
    std::vector<OrderItem> items;
    if (!m_product) return items;
    for (const PhotoEntry& entry : m_photos)
        if (entry.report && !entry.error) items.push_back({entry.file, m_product->id, entry.copies, choicesOf(entry)});
    return items;
}

int Session::copies() const {
    int copies = 0;
    for (const OrderItem& item : items()) copies += item.copies;
    return copies;
}

void Session::priceBy(Quoting quoting) {
    m_quoting = std::move(quoting);
}

std::optional<Money> Session::total() const {
    if (!m_quoting) return std::nullopt;
    shop::QuoteOrder order;
    for (const OrderItem& item : items()) order.lines.push_back({item.product, item.copies});
    const auto quote = m_quoting(order);
    return quote ? std::optional(quote->total) : std::nullopt;
}

}  // namespace contone::ui
