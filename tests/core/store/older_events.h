// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A calibration page and a photo, ordered and planned: the four events as Contone wrote them before pages had a kind.
#pragma once

#include <array>
#include <string>

namespace contone::storetest {

inline constexpr const char* calibrationOrder =
    R"({"lines":[{"copies":1,"id":"01a2295b-398e-720b-b244-6263553719d8","original":"e152337e4e85aa3e81482f)"
    R"(0ce329aec7bfad531413fe53fef84f1f0d4165caee","placement":"{\"crop\":null,\"fit\":\"fill\",\"lane\":\")"
    R"(fast\"}","product":"calibration","unitPrice":{"currency":"EUR","minor":0}}],"number":1001,"total":{")"
    R"(currency":"EUR","minor":0}})";
inline constexpr const char* calibrationJob =
    R"({"engine":"render 3","order":"01a2295b-398e-7473-8222-2e467d5249f4","priority":"in-store","recipes":)"
    R"({"784655cd16aff796640cc47e74c2d59fdf250ec80ffd5b26ccef92312afbec61":"{\"bits\":8,\"calibrationPage\")"
    R"(:1,\"channels\":3,\"medium\":\"4x6\"}"},"setup":"{\"blackPoint\":\"compensate\",\"extraOverscan\":{\)"
    R"("bottomUm\":0,\"leftUm\":0,\"rightUm\":0,\"topUm\":0},\"finish\":\"glossy\",\"intent\":\"relative\",)"
    R"(\"lowPrints\":20,\"medium\":\"4x6\",\"model\":\"dnp-ds620\",\"name\":\"front\",\"offsetXUm\":0,\"off)"
    R"(setYUm\":0,\"pool\":\"\",\"profile\":\"1d9269c6562534a79dc47e9b69de3b22e029f966c829d023f8b1a67eb51c0)"
    R"(b7e\",\"profileName\":\"Synthetic RGB photo glossy\",\"route\":{\"kind\":\"sim\",\"uri\":\"/srv/tray)"
    R"(\"},\"sharpening\":{\"amountPermille\":0,\"level\":\"none\",\"overshootPermille\":0,\"radiusUm\":0},)"
    R"(\"verification\":{\"atLeastOnce\":false,\"atMs\":1795990174073,\"fingerprint\":\"ef5964880abd518ac67)"
    R"(ff0f292e7fa70d00ed312e0cf37fd934d78afe9cfc559\",\"passed\":true,\"problems\":[],\"proved\":[\"Pages )"
    R"(are written as pictures into a folder, pixel for pixel; no paper is used.\"]}}","setupName":"front",)"
    R"("sheets":[{"attempt":"01a2295b-3996-7f7f-89cc-d64758184db2","copy":1,"id":"01a2295b-3996-7998-b63e-7)"
    R"(08473f6fec6","line":"01a2295b-398e-720b-b244-6263553719d8","recipe":"784655cd16aff796640cc47e74c2d59)"
    R"(fdf250ec80ffd5b26ccef92312afbec61"}]})";
inline constexpr const char* photoOrder =
    R"({"lines":[{"copies":1,"id":"01a2295b-39e1-756a-9ed7-dc47fa9e062e","original":"ffe89a0ab0e94114e10777)"
    R"(e7313d7fa83d634e34ebc2ea7479085cffa504c920","placement":"{\"crop\":null,\"fit\":\"fill\",\"lane\":\")"
    R"(fast\"}","product":"10x15","unitPrice":{"currency":"EUR","minor":59}}],"number":1002,"total":{"curre)"
    R"(ncy":"EUR","minor":59}})";
inline constexpr const char* photoJob =
    R"({"engine":"render 3","order":"01a2295b-39e1-7189-b84d-208d6dd69512","priority":"in-store","recipes":)"
    R"({"59a4453971d3fcba45b7bd14ec8998f8aa885196b5822a5ff52d8e5937550c5f":"{\"blackPoint\":true,\"channels)"
    R"(\":3,\"depth\":8,\"dither\":true,\"dpi\":[75,75],\"frames\":[{\"box\":[0,9,310,462],\"crop\":[\"0.16)"
    R"(4502165\",\"0.000000000\",\"0.670995671\",\"1.000000000\"],\"photo\":0,\"turn\":1}],\"intent\":\"rel)"
    R"(ative\",\"lane\":\"fast\",\"outputProfile\":\"1d9269c6562534a79dc47e9b69de3b22e029f966c829d023f8b1a6)"
    R"(7eb51c0b7e\",\"photos\":[{\"basis\":\"assumed-srgb\",\"fused\":true,\"height\":128,\"orientation\":1)"
    R"(,\"original\":\"ffe89a0ab0e94114e10777e7313d7fa83d634e34ebc2ea7479085cffa504c920\",\"profile\":\"c56)"
    R"(e1685d888f5edb92fe07f2750f387f8fe8e91b32ff8fb0b56bfbbb9458353\",\"width\":128}],\"raster\":[310,480])"
    R"(,\"renderVersion\":3,\"sharpening\":{\"amount\":0,\"level\":\"none\",\"overshoot\":0,\"radiusUm\":0})"
    R"(}"},"setup":"{\"blackPoint\":\"compensate\",\"extraOverscan\":{\"bottomUm\":0,\"leftUm\":0,\"rightUm)"
    R"(\":0,\"topUm\":0},\"finish\":\"glossy\",\"intent\":\"relative\",\"lowPrints\":20,\"medium\":\"4x6\",)"
    R"(\"model\":\"dnp-ds620\",\"name\":\"front\",\"offsetXUm\":0,\"offsetYUm\":0,\"pool\":\"\",\"profile\")"
    R"(:\"1d9269c6562534a79dc47e9b69de3b22e029f966c829d023f8b1a67eb51c0b7e\",\"profileName\":\"Synthetic RG)"
    R"(B photo glossy\",\"route\":{\"kind\":\"sim\",\"uri\":\"/srv/tray\"},\"sharpening\":{\"amountPermille)"
    R"(\":0,\"level\":\"none\",\"overshootPermille\":0,\"radiusUm\":0},\"verification\":{\"atLeastOnce\":fa)"
    R"(lse,\"atMs\":1795990174073,\"fingerprint\":\"ef5964880abd518ac67ff0f292e7fa70d00ed312e0cf37fd934d78a)"
    R"(fe9cfc559\",\"passed\":true,\"problems\":[],\"proved\":[\"Pages are written as pictures into a folde)"
    R"(r, pixel for pixel; no paper is used.\"]}}","setupName":"front","sheets":[{"attempt":"01a2295b-39f0-)"
    R"(7ca3-a415-04e7ec0ce045","copy":1,"id":"01a2295b-39f0-7305-8f26-1be54b30fd3e","line":"01a2295b-39e1-7)"
    R"(56a-9ed7-dc47fa9e062e","recipe":"59a4453971d3fcba45b7bd14ec8998f8aa885196b5822a5ff52d8e5937550c5f"}])"
    R"(})";

inline constexpr std::array<const char*, 2> orders{"01a2295b-398e-7473-8222-2e467d5249f4",
                                                   "01a2295b-39e1-7189-b84d-208d6dd69512"};
struct OlderEvent {
    std::string stream, type;
    int version;
    const char* json;
};
inline const std::array<OlderEvent, 4> events{
    {{"order/01a2295b-398e-7473-8222-2e467d5249f4", "order-placed", 1, calibrationOrder},
     {"production/01a2295b-3996-7b32-87db-a6a56e07e791", "job-planned", 2, calibrationJob},
     {"order/01a2295b-39e1-7189-b84d-208d6dd69512", "order-placed", 1, photoOrder},
     {"production/01a2295b-39f0-70ff-b6ee-578ebc8bd11a", "job-planned", 2, photoJob}}};

}  // namespace contone::storetest
