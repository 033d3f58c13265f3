// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Setups: how a printer is driven, the proof of it, and its calibration.
#include "core/print/calibration.h"
#include "core/print/paper_sharpening.h"
#include "core/shop/local/handlers_p.h"

namespace contone::shop {
namespace {

/// The one that was asked for, else the model's first. Fails: NotFound "finish-unknown".
Result<std::string> finishOf(const SaveSetup& setup, const print::PrinterModel& model) {
    if (model.finishes.empty()) return setup.finish;
    if (setup.finish.empty()) return model.finishes.front();
    if (std::ranges::find(model.finishes, setup.finish) != model.finishes.end()) return setup.finish;
    std::string known;
    for (const std::string& finish : model.finishes) known += (known.empty() ? "" : ", ") + finish;
    return fail(Code::NotFound, "finish-unknown",
                "The " + model.name + " has no finish \"" + setup.finish + "\". Choose one of: " + known + ".");
}

Result<icc::Profile> profileFor(const SaveSetup& setup, const print::PrinterModel& model) {
    if (setup.profileBytes.empty())
        return model.device.channels == image::Channels::Cmyk ? icc::Profile::syntheticPhotoCmyk()
                                                              : icc::Profile::syntheticPhotoRgb();
    CONTONE_TRY(icc::Profile profile, icc::Profile::fromBytes(setup.profileBytes));
    if (!profile.isOutput())
        return fail(Code::Unsupported, "profile-no-output",
                    "This colour profile cannot be printed with: it has no way back from colour to the printer. Use an "
                    "output profile.");
    if (profile.channels() != image::count(model.device.channels))
        return fail(Code::Conflict, "profile-channels",
                    "This colour profile is for another kind of printer. Choose the profile made for this one.",
                    std::to_string(profile.channels()) + " channels");
    return profile;
}

}  // namespace

Result<Page<print::PrinterSetup>> Handlers::handle(const ListSetups& asked, const Asking&) {
    CONTONE_TRY(auto setups, m_parts.setups.setups());
    std::ranges::sort(setups, {}, &print::PrinterSetup::name);
    std::erase_if(setups, [&](const print::PrinterSetup& s) { return s.name <= asked.after; });
    return pageOf(std::move(setups), asked.limit);
}

Result<print::PrinterSetup> Handlers::handle(const ShowSetup& asked, const Asking&) {
    return m_parts.setups.setup(asked.setup);
}

Result<SetupProfile> Handlers::handle(const ShowSetupProfile& asked, const Asking&) {
    CONTONE_TRY(const print::PrinterSetup setup, m_parts.setups.setup(asked.setup));
    CONTONE_TRY(const icc::Profile profile, m_parts.spool.profile(setup.profile));
    return SetupProfile{Bytes(profile.bytes().begin(), profile.bytes().end())};
}

Result<print::PrinterSetup> Handlers::handle(const SaveSetup& asked, const Asking& by) {
    CONTONE_CHECK(print::checkSetupName(asked.name));
    if (!asked.pool.empty()) CONTONE_CHECK(print::checkSetupName(asked.pool));
    CONTONE_CHECK(print::check(asked.calibration));
    print::PrinterSetup setup{.name = asked.name,
                              .route = asked.route,
                              .model = asked.model,
                              .medium = asked.medium,
                              .intent = asked.intent,
                              .blackPoint = asked.blackPoint,
                              .calibration = asked.calibration,
                              .pool = asked.pool,
                              .lowPrints = asked.lowPrints};
    CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, m_parts.models));
    CONTONE_TRY(setup.finish, finishOf(asked, target.model()));
    CONTONE_TRY(setup.sharpening, print::sharpeningForFinish(asked.sharpen, setup.finish, m_parts.catalog));
    CONTONE_TRY(const icc::Profile profile, profileFor(asked, target.model()));
    setup.profileName = profile.description();
    CONTONE_TRY(setup.profile, m_parts.vault.addBytes(profile.bytes()));
    CONTONE_CHECK(m_parts.makePrinter(setup));  // a route that cannot even be spelled is refused here
    const std::lock_guard lock(m_saving);
    // The proof is of what prints; another pool or threshold leaves it as good as it was.
    if (const auto before = m_parts.setups.setup(asked.name); before && print::printsAlike(*before, setup))
        setup.verification = before->verification;
    CONTONE_CHECK(m_parts.setups.saveSetup(setup, by.actor));
    return setup;
}

Result<print::PrinterSetup> Handlers::handle(const VerifySetup& asked, const Asking& by) {
    return verified(asked.setup, by.actor);
}

Result<print::PrinterSetup> Handlers::verified(const std::string& name, const std::string& actor) {
    CONTONE_TRY(print::PrinterSetup setup, m_parts.setups.setup(name));
    CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, m_parts.models));
    CONTONE_TRY(const auto printer, m_parts.makePrinter(setup));
    auto* prover = dynamic_cast<print::CanVerify*>(printer.get());
    if (!prover)
        return fail(Code::Unsupported, "route-unverifiable",
                    "This way of printing cannot be checked, so Contone does not print through it.",
                    contone::toString(setup.route.kind));
    const print::PrinterSetup before = setup;
    CONTONE_TRY(setup.verification, prover->verify(setup, target.medium(), m_parts.clock.now()));
    const std::lock_guard lock(m_saving);
    CONTONE_TRY(print::PrinterSetup now, m_parts.setups.setup(name));
    now.verification = before.verification;  // two proofs of the same setup may cross
    if (now != before)
        return fail(Code::Conflict, "setup-changed",
                    "This setup was changed while it was being verified. Verify it again.", name);
    CONTONE_CHECK(m_parts.setups.saveSetup(setup, actor));
    return setup;
}

Result<print::PrinterSetup> Handlers::handle(const CalibrateSetup& asked, const Asking& by) {
    {
        const std::lock_guard lock(m_saving);
        CONTONE_TRY(print::PrinterSetup setup, m_parts.setups.setup(asked.setup));
        CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, m_parts.models));
        CONTONE_TRY(setup.calibration, print::calibrationFrom(target.medium(), asked.readings));
        setup.verification.reset();  // of another setup now
        CONTONE_CHECK(m_parts.setups.saveSetup(setup, by.actor));
    }
    return verified(asked.setup, by.actor);
}

}  // namespace contone::shop
