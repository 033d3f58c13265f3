// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-samples: opens every photo of a folder as the product does, reads all of it, makes its thumbnail, and says
// where that differs from what the folder's catalogue and exiftool say. A table on stdout, a summary on stderr.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>

#include "core/decode/decoder.h"
#include "core/image/file_sinks.h"
#include "tests/samples/expected.h"

using namespace contone;
using samples::Expected;
using samples::Sample;

namespace {

struct Row {
    Sample sample;
    image::PhotoFacts facts;
    image::PhotoWarnings warnings;
    Error error;            ///< of opening or reading; reason empty: none
    std::string thumbnail;  ///< "160x120", or the reason why there is none
    std::vector<std::string> wrong;
    double milliseconds = 0;  ///< from opening to the last row, by the clock
    bool opened() const { return error.reason.empty(); }
};

Result<void> readAll(image::PhotoSource& source) {
    const image::PhotoFacts& facts = source.facts();
    image::Picture strip = image::Picture::ofSize({facts.size.width, 64}, facts.pixels);
    int rows = 0;
    for (;;) {
        CONTONE_TRY(const int got, source.read(strip.strip()));
        if (got == 0) break;
        rows += got;
    }
    if (rows != facts.size.height) return fail(Code::Internal, "rows-missing", "", std::to_string(rows) + " rows");
    return {};
}

Result<void> writePng(const Path& path, const image::Picture& picture) {
    const auto sink = image::pngFileSink(path);
    CONTONE_CHECK(sink->begin({.size = picture.size, .format = picture.format}));
    CONTONE_CHECK(sink->write(picture.strip()));
    return sink->finish();
}

Row judge(decode::Decoder& decoder, const Path& folder, Sample sample, const Path& thumbnails) {
    Row row;
    const auto start = std::chrono::steady_clock::now();
    {
        auto source = decoder.open(folder / sample.path);
        Result<void> read = source ? readAll(**source) : Result<void>(std::unexpected(source.error()));
        if (source) {
            row.facts = (*source)->facts();
            row.warnings = (*source)->warnings();
        }
        if (!read) row.error = read.error();
    }
    row.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    const auto small = decoder.thumbnail(folder / sample.path, 160);
    row.thumbnail =
        small ? std::to_string(small->size.width) + "x" + std::to_string(small->size.height) : small.error().reason;
    if (small && !thumbnails.empty()) {
        std::string name = sample.path + ".png";
        std::ranges::replace(name, '/', '_');
        if (const auto written = writePng(thumbnails / name, *small); !written) row.thumbnail = written.error().reason;
    }
    if (row.opened()) row.wrong = samples::differences(sample, row.facts);
    if (row.opened() != small.has_value())
        row.wrong.push_back("thumbnail: " + (small ? row.thumbnail : small.error().detail));
    row.sample = std::move(sample);
    return row;
}

const char* toString(Expected expected) {
    return expected == Expected::Opens ? "opens" : expected == Expected::Refused ? "refused" : "opens with warning";
}

void print(const Row& row) {
    std::cout << row.sample.path << '\t' << toString(row.sample.expected) << '\t'
              << (!row.opened()          ? row.error.reason
                  : row.warnings.empty() ? std::string("opens")
                                         : std::string("opens with warning"))
              << '\t';
    if (row.opened())
        std::cout << image::toString(row.facts.format) << '\t' << row.facts.storedSize.width << 'x'
                  << row.facts.storedSize.height << '\t' << static_cast<int>(row.facts.orientation) << '\t'
                  << image::toString(row.facts.colour.basis) << ": " << row.facts.colour.name << '\t';
    else
        std::cout << "\t\t\t\t";
    std::cout << static_cast<long>(row.milliseconds + 0.5) << '\t' << row.thumbnail << '\t';
    for (const std::string& wrong : row.wrong) std::cout << wrong << "; ";
    for (const std::string& sentence : row.warnings.sentences()) std::cout << '[' << sentence << "] ";
    std::cout << row.error.detail << std::endl;
}

// Every photo that should open and did not come as expected, then the counts.
bool summarise(const std::vector<Row>& rows) {
    struct Count {
        int all = 0, right = 0;
    };
    std::map<Expected, Count> counts;
    int harmful = 0;
    for (const Row& row : rows) {
        const bool isHarmful = row.error.reason == "photo-harmful" || row.error.reason == "photo-too-slow";
        harmful += isHarmful ? 1 : 0;
        const bool isRight =
            row.sample.expected == Expected::Refused ? !row.opened() : row.opened() && row.wrong.empty();
        Count& count = counts[row.sample.expected];
        ++count.all;
        count.right += isRight ? 1 : 0;
        if (isRight || row.sample.expected != Expected::Opens) continue;
        std::cerr << "exception  " << row.sample.path << ": "
                  << (row.opened() ? row.wrong.front() : row.error.reason + " (" + row.error.detail + ")") << '\n';
    }
    const Count opens = counts[Expected::Opens];
    std::cerr << "opens               " << opens.right << "/" << opens.all
              << " open with right size, orientation and colour decision\n"
              << "opens with warning  " << counts[Expected::OpensWithWarning].right << "/"
              << counts[Expected::OpensWithWarning].all << " open so\n"
              << "refused             " << counts[Expected::Refused].right << "/" << counts[Expected::Refused].all
              << " refused\n"
              << "children lost       " << harmful << "\n";
    return opens.right * 100 >= opens.all * 99;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Reads a folder of samples and compares.");
    std::string folder, exif, programs, thumbnails;
    app.add_option("folder", folder, "with CATALOG.tsv")->required();
    app.add_option("--exif", exif, "what exiftool -j -n -r printed in the folder")->required();
    app.add_option("--programs", programs, "the folder of the decoder programs")->required();
    app.add_option("--thumbnails", thumbnails, "a folder to write thumbnails to");
    CLI11_PARSE(app, argc, argv);
    const auto expected = samples::readExpected(Path(folder) / "CATALOG.tsv", exif);
    if (!expected) {
        std::cerr << expected.error().message << ' ' << expected.error().detail << '\n';
        return 2;
    }
    decode::Decoder decoder({.programs = programs});
    std::vector<Row> rows;
    for (const Sample& sample : *expected) {
        rows.push_back(judge(decoder, folder, sample, thumbnails));
        print(rows.back());
    }
    return summarise(rows) ? 0 : 1;
}
