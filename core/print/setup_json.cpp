// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrinterSetup as JSON. The words are those of the stored format: they stay when a word on screen changes.
#include "core/print/setup_json.h"

#include "core/order/read_json.h"

namespace contone::print {

namespace {

using nlohmann::json;
constexpr const char* badJson = "setup-json";

template <HasWords E>
Result<E> valueOf(const json& word) {
    const auto value = contone::parse<E>(word.get_ref<const std::string&>());
    if (value) return *value;
    return fail(Code::Corrupt, badJson, "This printer setup cannot be read. Set the printer up again.",
                value.error().detail);
}

json edgesJson(const Edges& e) {
    return {{"leftUm", e.left.um()}, {"topUm", e.top.um()}, {"rightUm", e.right.um()}, {"bottomUm", e.bottom.um()}};
}

Length um(const json& value) {
    return Length::micrometres(value.get<std::int64_t>());
}

Edges readEdges(const json& j) {
    return {um(j.at("leftUm")), um(j.at("topUm")), um(j.at("rightUm")), um(j.at("bottomUm"))};
}

json sharpeningJson(const render::Sharpening& s) {
    return {{"level", render::toString(s.level)},
            {"radiusUm", s.radiusUm},
            {"amountPermille", s.amountPermille},
            {"overshootPermille", s.overshootPermille}};
}

Result<render::Sharpening> readSharpening(const json& j) {
    const auto level = contone::parse<render::SharpenLevel>(j.at("level").get_ref<const std::string&>());
    const render::Sharpening s{level.value_or(render::SharpenLevel::None), j.at("radiusUm").get<int>(),
                               j.at("amountPermille").get<int>(), j.at("overshootPermille").get<int>()};
    if (!level || !render::isUsable(s))
        return fail(Code::Corrupt, badJson, "This printer setup cannot be read. Set the printer up again.", j.dump());
    return s;
}

json verificationJson(const Verification& v) {
    return {{"passed", v.passed},   {"atLeastOnce", v.atLeastOnce},
            {"atMs", v.at.ms},      {"fingerprint", v.fingerprint.toString()},
            {"proved", v.verified}, {"problems", v.problems}};
}

Result<Sha256> readHash(const json& j) {
    auto hash = Sha256::parse(j.get_ref<const std::string&>());
    if (!hash)
        return fail(Code::Corrupt, badJson, "This printer setup cannot be read. Set the printer up again.",
                    hash.error().detail);
    return *hash;
}

Result<Verification> readVerification(const json& j) {
    CONTONE_TRY(const Sha256 fingerprint, readHash(j.at("fingerprint")));
    return Verification{j.at("passed").get<bool>(),
                        j.at("atLeastOnce").get<bool>(),
                        Instant{j.at("atMs").get<std::int64_t>()},
                        fingerprint,
                        j.at("proved").get<std::vector<std::string>>(),
                        j.at("problems").get<std::vector<std::string>>()};
}

Result<PrinterSetup> readSetup(const json& j) {
    PrinterSetup setup;
    setup.name = j.at("name").get<std::string>();
    CONTONE_TRY(const RouteKind kind, valueOf<RouteKind>(j.at("route").at("kind")));
    setup.route = {kind, j.at("route").at("uri").get<std::string>()};
    setup.model = j.at("model").get<std::string>();
    setup.medium = j.at("medium").get<std::string>();
    setup.finish = j.at("finish").get<std::string>();
    CONTONE_TRY(setup.profile, readHash(j.at("profile")));
    setup.profileName = j.at("profileName").get<std::string>();
    CONTONE_TRY(setup.intent, valueOf<icc::Intent>(j.at("intent")));
    CONTONE_TRY(setup.blackPoint, valueOf<icc::BlackPoint>(j.at("blackPoint")));
    // Setups from before there was sharpening print as they did.
    if (j.contains("sharpening")) {
        CONTONE_TRY(setup.sharpening, readSharpening(j.at("sharpening")));
    }
    setup.calibration = {um(j.at("offsetXUm")), um(j.at("offsetYUm")), readEdges(j.at("extraOverscan"))};
    // Not in setups of older versions.
    setup.pool = j.value("pool", "");
    setup.lowPrints = j.value("lowPrints", PrinterSetup{}.lowPrints);
    if (const json& v = j.at("verification"); !v.is_null()) {
        CONTONE_TRY(setup.verification, readVerification(v));
    }
    return setup;
}

}  // namespace

std::string toJson(const PrinterSetup& s) {
    return order::writeJson({{"name", s.name},
                             {"route", {{"kind", toString(s.route.kind)}, {"uri", s.route.uri}}},
                             {"model", s.model},
                             {"medium", s.medium},
                             {"finish", s.finish},
                             {"profile", s.profile.toString()},
                             {"profileName", s.profileName},
                             {"intent", contone::toString(s.intent)},
                             {"blackPoint", contone::toString(s.blackPoint)},
                             {"sharpening", sharpeningJson(s.sharpening)},
                             {"offsetXUm", s.calibration.offsetX.um()},
                             {"offsetYUm", s.calibration.offsetY.um()},
                             {"extraOverscan", edgesJson(s.calibration.extraOverscan)},
                             {"pool", s.pool},
                             {"lowPrints", s.lowPrints},
                             {"verification", s.verification ? verificationJson(*s.verification) : json(nullptr)}});
}

Result<PrinterSetup> setupFromJson(std::string_view text) {
    return order::readJson(text, badJson, readSetup);
}

}  // namespace contone::print
