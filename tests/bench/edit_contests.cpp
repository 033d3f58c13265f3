// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What editing costs.
#include "tests/bench/edit_contests.h"

#include "tests/bench/peer_commands.h"

namespace contone::bench {
namespace {

Contender with(Contender contender, const std::string& name, const std::vector<std::string>& options) {
    contender.name = name;
    contender.command.words.insert(contender.command.words.end(), options.begin(), options.end());
    return contender;
}

}  // namespace

Result<Contest> straightenedPage(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg24());
    const Task task{photo, BenchPhotos::size24, {3000, 2400}, "10x8in"};
    const auto by = [&](const std::string& degrees) {
        return with(ours(bench, task, "fast"), "contone, straightened by " + degrees + "°", {"--straighten", degrees});
    };
    Contender asItIs = ours(bench, task, "fast");
    asItIs.name = "contone, the photo as it is";
    return Contest{
        "straightened",
        "24 MP JPEG → 8×10 in, straightened",
        "Against our own page of the photo as it is.",
        {by("1.5"), withBounds(asItIs, {{Quantity::Processor, Sense::WeNeedAtMost, 1.25}}), by("5"), by("15")}};
}

Result<Contest> adjustedPage(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg24());
    const Task task{photo, BenchPhotos::size24, {3000, 2400}, "10x8in"};
    Contender us = with(ours(bench, task, "fast"), "contone, ten adjustments",
                        {"--adjust",
                         "temperature=10 exposure=0.3 shadows=40 highlights=-40 clarity=30 contrast=20 brightness=5 "
                         "saturation=15 vibrance=25 vignette=-0.5"});
    Contender peer = withBounds(darktable(bench, task), {{Quantity::Processor, Sense::NeedsAtLeast, 8}});
    peer.command.words.insert(peer.command.words.begin() + 2,
                              CONTONE_SOURCE_DIR "/tests/bench/peers/ten_adjustments.xmp");
    peer.comment =
        "white balance, exposure, shadows and highlights, local contrast, contrast brightness saturation, "
        "vibrance, vignetting; tests/bench/peers/ten_adjustments.xmp";
    peer.mostRounds = 3;
    return Contest{"adjusted",
                   "24 MP JPEG → 8×10 in with ten adjustments",
                   "Temperature, exposure, shadows, highlights, clarity, contrast, brightness, saturation, vibrance, "
                   "vignette.",
                   {us, ours(bench, task, "fast"), peer}};
}

Result<Contest> collagePage(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg24());
    const Path design = bench.folder / "nine.toml";
    CONTONE_CHECK(writeFileDurably(design,
                                   "format = 1\nid = \"nine\"\nname = \"Nine\"\nsize_mm = [200, 300]\n[[item]]\n"
                                   "kind = \"collage\"\nbox_mm = [5, 5, 190, 290]\ngap_mm = 3\n"));
    Contender us{"contone sheet, nine photos",
                 {{bench.programs / "contone", "--home", bench.folder / "home", "sheet"}, {}},
                 {},
                 {},
                 1000,
                 ""};
    std::string decodes = "set -e\n";
    for (int i = 0; i < 9; i++) {
        us.command.words.push_back(photo);
        decodes += "\"$0\" \"$1\" \"$2\" 8 8\n";
    }
    for (const std::string& word :
         {std::string("--template"), design.string(), std::string("--profile"), bench.profile.string(),
          std::string("--threads"), std::string("1"), std::string("--overwrite"), std::string("-o"),
          (bench.folder / "collage.jpg").string()})
        us.command.words.push_back(word);
    Contender floor{"libjpeg-turbo decodes nine photos",
                    {{"sh", "-c", decodes, bench.peers / "jpeg-floor", photo, bench.folder / "floor.jpg"}, {}},
                    {{Quantity::Processor, Sense::WeNeedAtMost, 2.5}},
                    {},
                    1000,
                    "and encodes nothing to speak of"};
    return Contest{"collage", "A collage of nine photos of 24 MP on 20×30 cm, 300 dpi", "", {us, floor}};
}

}  // namespace contone::bench
