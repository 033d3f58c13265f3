// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Setups: the use cases that say how a printer is driven, and prove it.
#include <algorithm>

#include "core/print/calibration_recipe.h"
#include "core/print/paper_sharpening.h"
#include "core/shop/local_shop.h"

namespace contone::shop {
namespace {

/// "glossy, matte": what there is to choose from.
template <class Range, class Name>
std::string choicesOf(const Range& range, Name name) {
    std::string text;
    for (const auto& item : range) text += (text.empty() ? "" : ", ") + name(item);
    return text;
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
    const auto model = m_parts.models.find(wanted.model);
    if (model == m_parts.models.end())
        return fail(Code::NotFound, "model-unknown",
                    "There is no printer model \"" + wanted.model +
                        "\". Known: " + choicesOf(m_parts.models, [](const auto& m) { return m.first; }) + ".");
    const print::Medium* medium = model->second.medium(wanted.medium);
    if (!medium)
        return fail(Code::NotFound, "medium-unknown",
                    "The " + model->second.name + " has no medium \"" + wanted.medium + "\". Known: " +
                        choicesOf(model->second.media, [](const print::Medium& m) { return m.id; }) + ".");
    const std::vector<std::string>& finishes = model->second.finishes;
    const std::string finish = wanted.finish.empty() && !finishes.empty() ? finishes.front() : wanted.finish;
    if (std::ranges::find(finishes, finish) == finishes.end() && !finishes.empty())
        return fail(Code::NotFound, "finish-unknown",
                    "The " + model->second.name + " has no finish \"" + finish +
                        "\". Known: " + choicesOf(finishes, [](const std::string& f) { return f; }) + ".");
    CONTONE_TRY(const render::Sharpening sharpening,
                print::sharpeningForFinish(wanted.sharpen, finish, m_parts.catalog));
    CONTONE_TRY(const icc::Profile profile, profileFor(wanted, model->second));
    CONTONE_TRY(const Sha256 stored, m_parts.vault.addBytes(profile.bytes()));
    print::PrinterSetup setup{wanted.name,
                              wanted.route,
                              wanted.model,
                              wanted.medium,
                              finish,
                              stored,
                              profile.description(),
                              wanted.intent,
                              wanted.blackPoint,
                              sharpening,
                              wanted.offsetX,
                              wanted.offsetY,
                              wanted.extraOverscan,
                              wanted.pool,
                              wanted.lowPrints,
                              {}};
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
    const auto model = m_parts.models.find(setup.model);
    const print::Medium* medium = model == m_parts.models.end() ? nullptr : model->second.medium(setup.medium);
    if (!medium)
        return fail(Code::NotFound, "medium-unknown",
                    "This setup's printer model or medium is no longer known. Set it up again.", setup.model);
    CONTONE_TRY(const auto printer, m_parts.makePrinter(setup));
    auto* prover = dynamic_cast<print::CanVerify*>(printer.get());
    if (!prover)
        return fail(Code::Unsupported, "route-unverifiable",
                    "This way of printing cannot be checked, so Contone does not print through it.",
                    print::toString(setup.route.kind));
    const print::PrinterSetup asked = setup;
    CONTONE_TRY(setup.verification, prover->verify(setup, *medium, m_parts.clock.now()));
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
    CONTONE_TRY(const Target to, target(name));
    CONTONE_CHECK(print::calibrationPage(*to.medium, to.model->device));  // before there is an order
    const auto& products = m_parts.catalog.products();
    const Money free{0, products.empty() ? "EUR" : products.begin()->second.unitPrice(1).currency};
    const order::OrderLine line{LineId::generate(m_parts.clock),
                                Sha256::of(print::calibrationProduct),
                                std::string(print::calibrationProduct),
                                1,
                                toJson(Choices{}),
                                free};
    CONTONE_TRY(const order::Order order, m_parts.orders.place({line}, {"", {"calibration"}}, actor));
    return print(order.id, name, actor);
}

Result<print::PrinterSetup> LocalShop::calibrate(const std::string& name, const print::FourReadings& readings,
                                                 const std::string& actor) {
    {
        const std::lock_guard lock(m_saving);
        CONTONE_TRY(print::PrinterSetup setup, m_parts.setups.setup(name));
        const auto model = m_parts.models.find(setup.model);
        const print::Medium* medium = model == m_parts.models.end() ? nullptr : model->second.medium(setup.medium);
        if (!medium)
            return fail(Code::NotFound, "medium-unknown",
                        "This setup's printer model or medium is no longer known. Set it up again.", setup.model);
        CONTONE_TRY(const print::Calibration unit, print::calibrationFrom(*medium, readings));
        setup.offsetX = unit.offsetX;
        setup.offsetY = unit.offsetY;
        setup.extraOverscan = unit.extraOverscan;
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
