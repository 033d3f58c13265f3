// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Session: the photos on the desk and what is chosen for them: what the studio's window shows and edits.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QElapsedTimer>
#include <QImage>
#include <QObject>
#include <QString>

#include "core/findings/finding.h"
#include "core/project/history.h"
#include "core/shop/operations/orders.h"
#include "ui/common/photo_entry.h"
#include "ui/common/proof_target.h"
#include "ui/common/shop_link.h"
#include "ui/common/task_queue.h"
#include "ui/common/view_renderer.h"

namespace contone::ui {

/// All functions and signals in one thread; photos are looked at on another.
class Session : public QObject {
    Q_OBJECT
  public:
    /// `catalog` and `decoder` outlive it.
    Session(const catalog::Catalog& catalog, const Models& models, decode::Decoder& decoder, QObject* parent = nullptr);

    void open(const std::vector<Path>& files);
    void remove(int index);
    void removeAll();
    void setCurrent(int index);
    int current() const { return m_current; }
    const std::vector<PhotoEntry>& photos() const { return m_photos; }
    const PhotoEntry* photo() const;
    /// A photo that opened, but whose pixels turned out to be damaged.
    void fail(const Path& file, const Error& error);

    const catalog::Catalog& catalog() const { return m_catalog; }
    const std::optional<catalog::Product>& product() const { return m_product; }
    void setProduct(const std::string& id);
    /// The shop's setups. None: proofs for every printer model, with the profiles that ship with Contone.
    void setTargets(std::vector<ProofTarget> targets);
    /// What takes the product's paper: setups, or models when there is no such setup.
    std::vector<ProofTarget> choosable() const;
    const std::optional<ProofTarget>& target() const { return m_target; }
    void setTarget(const std::string& id);

    icc::Intent intent() const { return m_intent; }
    icc::BlackPoint blackPoint() const { return m_blackPoint; }
    void setIntent(icc::Intent intent, icc::BlackPoint blackPoint);
    /// What is proofed is not what the setup prints.
    bool differsFromSetup() const;

    void pan(double dx, double dy);  ///< fractions of what is seen
    void setZoom(double zoom);
    void zoomAbout(double zoom, double x, double y);
    void setFit(print::Fit fit);
    void turn();  ///< the print: as the photo lies, or across it
    /// Back to the middle, and upright. The photo stays turned and straightened.
    void resetCrop();
    /// Hundredths of a degree clockwise, within PhotoTurn::most.
    void straighten(int hundredths);
    void turnPhoto();  ///< a quarter clockwise
    /// What would mend something that was found of the current photo. Nothing for Fix::SmallerPrint.
    void mend(findings::Fix fix);
    void setCopies(int copies);
    /// Of a photo that leaves it open.
    void setInks(image::InkSense inks);
    /// Auto-enhance of the current photo, in a moment; what is set already counts more.
    void improve();
    /// Exactly as sent: adjustments are kept for when it is taken back, but neither shown nor ordered.
    void setAsSent(bool asSent);
    /// They pass render::check(). Nothing for a photo that is to be printed as sent.
    void setAdjustments(image::Adjustments adjustments);

    /// Which photos there are, their product, and all that is chosen for them: every action so far, back and forth.
    const project::History& history() const { return m_history; }
    void undo();
    void redo();
    /// What was kept when the studio ended, before what is on the desk by now.
    void restore(const project::Project& kept);

    /// The page of the current photo, as it is printed with intent() and blackPoint(). Fails: as
    /// print::PrintTarget::page(); NotFound "no-photo", "no-target".
    Result<print::PhotoPage> page() const;
    /// `room`: the pixels there are on the screen; empty: the device's own page. nullopt: nothing can be shown.
    std::optional<ViewRequest> request(View view, icc::ProofTransform::Simulate simulate, const icc::Profile& monitor,
                                       std::optional<image::PixelSize> room) const;
    /// All photos that opened, to order.
    std::vector<OrderItem> items() const;
    int copies() const;  ///< of all photos that opened
    /// What is asked for amounts; it is called often and must answer at once.
    using Quoting = std::function<Result<shop::Quote>(const shop::QuoteOrder&)>;
    void priceBy(Quoting quoting);
    std::optional<Money> total() const;  ///< none: there is no price for it

  signals:
    void photosChanged();   ///< which there are, which is current, what is known of them
    void targetsChanged();  ///< what can be chosen
    void pageChanged();     ///< anything that changes the page or its price

  private:
    void look(const Path& file);
    void looked(const Path& file, const Result<std::shared_ptr<const inspect::PhotoReport>>& report,
                const QImage& small, bool isEmbedded);
    PhotoEntry* currentEntry() { return const_cast<PhotoEntry*>(photo()); }
    /// In the background. Very large photos are not measured.
    void measure(const PhotoEntry& entry);
    /// A crop that nobody chose moves so that faces stay whole on this printer's paper.
    void keepFaces(PhotoEntry& entry) const;
    /// The shape of what is seen: of the trim, as the photo (or the turned print) lies.
    void shapeCrop(PhotoEntry& entry) const;
    /// And moved where faces want it.
    void fitCrop(PhotoEntry& entry) const;
    /// What a line of the project says.
    void take(const project::Line& line, PhotoEntry& entry) const;
    void show(const project::Project& project);
    /// What the person at the desk did: a step of its own, or one that goes on (a drag) until it rests for a second.
    void adjust(image::Adjustments adjustments, const std::string& action);
    void note(const std::string& action, const project::Project& project);
    void note(const std::string& action);         ///< of the current photo
    void noteGoingOn(const std::string& action);  ///< of the current photo
    std::optional<double> aspectFor(const PhotoEntry& entry) const;
    void shapeAll();
    void chooseTarget();

    const catalog::Catalog& m_catalog;
    Quoting m_quoting;
    decode::Decoder& m_decoder;
    std::vector<ProofTarget> m_setups, m_models;
    std::vector<PhotoEntry> m_photos;
    int m_current = -1;
    std::optional<catalog::Product> m_product;
    std::optional<ProofTarget> m_target;
    icc::Intent m_intent = icc::Intent::Relative;
    icc::BlackPoint m_blackPoint = icc::BlackPoint::Compensate;
    project::History m_history;
    QElapsedTimer m_sinceAction;
    TaskQueue m_looking;
    TaskQueue m_measuring;  ///< a photo takes longer than looking at one, and nobody waits for it
};

}  // namespace contone::ui
