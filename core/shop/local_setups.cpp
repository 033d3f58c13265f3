// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Setups: the use cases that say how a printer is driven, and prove it.
#include <algorithm>

#include "core/print/calibration_recipe.h"
#include "core/print/paper_sharpening.h"
#include "core/shop/local_shop.h"

namespace contone::shop {
namespace {

/// The one that was asked for, else the model's first. Fails: NotFound "finish-unknown".
Result<std::string> finishOf(const NewSetup& setup, const print::PrinterModel& model) {
    if (model.finishes.empty()) return setup.finish;
    if (setup.finish.empty()) return model.finishes.front();
    if (std::ranges::find(model.finishes, setup.finish) != model.finishes.end()) return setup.finish;
    std::string known;
    for (const std::string& finish : model.finishes) known += (known.empty() ? "" : ", ") + finish;
    return fail(Code::NotFound, "finish-unknown",
                "The " + model.name + " has no finish \"" + setup.finish + "\". Choose one of: " + known + ".");
}

Result<icc::Profile> profileFor(const NewSetup& setup, const print::PrinterModel& model) {
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

Result<print::PrinterSetup> LocalShop::saveSetup(const NewSetup& wanted) {
    CONTONE_CHECK(print::checkSetupName(wanted.name));
    if (!wanted.pool.empty()) CONTONE_CHECK(print::checkSetupName(wanted.pool));
    if (wanted.lowPrints < 0 || wanted.lowPrints > 10'000)
        return fail(Code::Invalid, "bad-low-prints",
                    "Say below how many prints to warn: between 1 and 10000, or 0 for never.",
                    std::to_string(wanted.lowPrints));
    print::PrinterSetup setup{.name = wanted.name,
                              .route = wanted.route,
                              .model = wanted.model,
                              .medium = wanted.medium,
                              .intent = wanted.intent,
                              .blackPoint = wanted.blackPoint,
                              .calibration = wanted.calibration,
                              .pool = wanted.pool,
                              .lowPrints = wanted.lowPrints};
    CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, m_parts.models));
    CONTONE_TRY(setup.finish, finishOf(wanted, target.model()));
    CONTONE_TRY(setup.sharpening, print::sharpeningForFinish(wanted.sharpen, setup.finish, m_parts.catalog));
    CONTONE_TRY(const icc::Profile profile, profileFor(wanted, target.model()));
    setup.profileName = profile.description();
    CONTONE_TRY(setup.profile, m_parts.vault.addBytes(profile.bytes()));
    CONTONE_CHECK(m_parts.makePrinter(setup));  // a route that cannot even be spelled is refused here
    const std::lock_guard lock(m_saving);
    // The proof is of what prints; another pool or threshold leaves it as good as it was.
    if (const auto before = m_parts.setups.setup(wanted.name); before && print::printsAlike(*before, setup))
        setup.verification = before->verification;
    CONTONE_CHECK(m_parts.setups.saveSetup(setup, wanted.actor));
    return setup;
}

Result<print::PrinterSetup> LocalShop::verifySetup(const std::string& name, const std::string& actor) {
    CONTONE_TRY(print::PrinterSetup setup, m_parts.setups.setup(name));
    CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, m_parts.models));
    CONTONE_TRY(const auto printer, m_parts.makePrinter(setup));
    auto* prover = dynamic_cast<print::CanVerify*>(printer.get());
    if (!prover)
        return fail(Code::Unsupported, "route-unverifiable",
                    "This way of printing cannot be checked, so Contone does not print through it.",
                    print::toString(setup.route.kind));
    const print::PrinterSetup asked = setup;
    CONTONE_TRY(setup.verification, prover->verify(setup, target.medium(), m_parts.clock.now()));
    const std::lock_guard lock(m_saving);
    CONTONE_TRY(print::PrinterSetup now, m_parts.setups.setup(name));
    now.verification = asked.verification;  // two proofs of the same setup may cross
    if (now != asked)
        return fail(Code::Conflict, "setup-changed",
                    "This setup was changed while it was being verified. Verify it again.", name);
    CONTONE_CHECK(m_parts.setups.saveSetup(setup, actor));
    return setup;
}

Result<print::PrintJob> LocalShop::printCalibration(const std::string& name, const std::string& actor) {
    CONTONE_TRY(const print::PrintTarget to, target(name));
    CONTONE_CHECK(print::calibrationPage(to.medium(), to.model().device));  // before there is an order
    const auto& products = m_parts.catalog.products();
    const Money free{0, products.empty() ? "EUR" : products.begin()->second.unitPrice(1).currency};
    const order::OrderLine line{LineId::generate(m_parts.clock),        Sha256::of(print::calibrationProduct),
                                std::string(print::calibrationProduct), 1,
                                order::toJson(order::PhotoChoices{}),   free};
    CONTONE_TRY(const order::Order order, m_parts.orders.place({line}, {"", {"calibration"}}, actor));
    return print(order.id, name, actor);
}

Result<print::PrinterSetup> LocalShop::calibrate(const std::string& name, const print::FourReadings& readings,
                                                 const std::string& actor) {
    {
        const std::lock_guard lock(m_saving);
        CONTONE_TRY(print::PrinterSetup setup, m_parts.setups.setup(name));
        CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, m_parts.models));
        CONTONE_TRY(setup.calibration, print::calibrationFrom(target.medium(), readings));
        setup.verification.reset();  // of another setup now
        CONTONE_CHECK(m_parts.setups.saveSetup(setup, actor));
    }
    return verifySetup(name, actor);
}

Result<Bytes> LocalShop::setupProfile(const std::string& name) const {
    CONTONE_TRY(const print::PrinterSetup setup, m_parts.setups.setup(name));
    CONTONE_TRY(const icc::Profile profile, m_parts.spool.profile(setup.profile));
    return Bytes(profile.bytes().begin(), profile.bytes().end());
}

}  // namespace contone::shop
