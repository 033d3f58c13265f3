// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-capture: what the virtual printer does with a page: wait out the faults, then keep it. Run by ippeveprinter
// as `contone-capture DOCUMENT` with the job's attributes in IPP_*; the folder is CONTONE_CAPTURE_DIR.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

/// FOLDER/faults: words of VirtualFaults::text().
struct Faults {
    bool mediaEmpty = false, jam = false, abort = false;
    int delayMs = 0;
};

Faults readFaults(const fs::path& folder) {
    Faults faults;
    std::ifstream in(folder / "faults");
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string word;
        words >> word;
        if (word == "media-empty") faults.mediaEmpty = true;
        if (word == "media-jam") faults.jam = true;
        if (word == "abort") faults.abort = true;
        if (word == "delay-ms") words >> faults.delayMs;
    }
    return faults;
}

/// Tells the printer's state and waits until the file no longer says so.
void waitOut(const fs::path& folder, bool Faults::* fault, const char* keyword) {
    if (!(readFaults(folder).*fault)) return;
    std::fprintf(stderr, "STATE: +%s\n", keyword);
    while (readFaults(folder).*fault) std::this_thread::sleep_for(50ms);
    std::fprintf(stderr, "STATE: -%s\n", keyword);
}

/// The document appears last and whole: a capture is there when its .doc is.
bool keep(const fs::path& folder, const char* document) {
    const auto now =
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch());
    const char* job = std::getenv("IPP_JOB_ID");
    const std::string name = std::to_string(now.count()) + "-job" + (job != nullptr ? job : "0");
    std::vector<std::string> said;
    for (char** entry = ::environ; *entry != nullptr; ++entry) {
        std::string text = *entry;
        if (!text.starts_with("IPP_") && !text.starts_with("CONTENT_TYPE=")) continue;
        std::replace(text.begin(), text.end(), '\n', ' ');
        said.push_back(text);
    }
    std::sort(said.begin(), said.end());
    std::ofstream attributes(folder / (name + ".attributes"));
    for (const std::string& line : said) attributes << line << '\n';
    attributes.close();
    std::error_code error;
    fs::copy_file(document, folder / (name + ".part"), error);
    if (!error) fs::rename(folder / (name + ".part"), folder / (name + ".doc"), error);
    return !error && attributes.good();
}

}  // namespace

int main(int argc, char** argv) {
    const char* where = std::getenv("CONTONE_CAPTURE_DIR");
    if (argc < 2 || where == nullptr) {
        std::fprintf(stderr, "Usage: CONTONE_CAPTURE_DIR=FOLDER contone-capture DOCUMENT\n");
        return 2;
    }
    const fs::path folder = where;
    std::this_thread::sleep_for(std::chrono::milliseconds(readFaults(folder).delayMs));
    if (readFaults(folder).abort) return 1;
    waitOut(folder, &Faults::mediaEmpty, "media-empty-error");
    waitOut(folder, &Faults::jam, "media-jam-error");
    if (!keep(folder, argv[argc - 1])) return 1;
    std::fprintf(stderr, "ATTR: job-impressions-completed=1\n");
    return 0;
}
