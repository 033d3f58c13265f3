// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-capture: what the virtual printer does with a page: wait out the faults, then keep it. Run by ippeveprinter
// as `contone-capture DOCUMENT` with the job's attributes in IPP_*; the folder is CONTONE_CAPTURE_DIR.
#include <signal.h>
#include <sys/prctl.h>
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
    bool mediaEmpty = false, jam = false, coverOpen = false, ribbonEmpty = false, abort = false, spoil = false;
    int delayMs = 0;
};

int sheetsOut(const fs::path& folder) {
    std::error_code error;
    return static_cast<int>(std::count_if(fs::directory_iterator(folder, error), fs::directory_iterator{},
                                          [](const auto& entry) { return entry.path().extension() == ".doc"; }));
}

Faults readFaults(const fs::path& folder) {
    Faults faults;
    std::ifstream in(folder / "faults");
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string word;
        words >> word;
        int from = 0;
        if (word == "from-sheet" && words >> from && sheetsOut(folder) + 1 < from) return {};
        if (word == "media-empty") faults.mediaEmpty = true;
        if (word == "media-jam") faults.jam = true;
        if (word == "cover-open") faults.coverOpen = true;
        if (word == "ribbon-empty") faults.ribbonEmpty = true;
        if (word == "abort") faults.abort = true;
        if (word == "spoil") faults.spoil = true;
        if (word == "delay-ms") words >> faults.delayMs;
    }
    return faults;
}

/// FOLDER/roll: "LEFT OF", native prints on the roll; no file: it never ends and is not counted.
struct Roll {
    int left = 0, of = 0;
    bool counted = false;
};

Roll readRoll(const fs::path& folder) {
    Roll roll;
    std::ifstream in(folder / "roll");
    roll.counted = static_cast<bool>(in >> roll.left >> roll.of) && roll.of > 0;
    return roll;
}

/// As Gutenprint's dye-sub backends say it.
void tellRoll(const Roll& roll) {
    if (!roll.counted) return;
    std::fprintf(
        stderr,
        "ATTR: marker-colors=#00FFFF#FF00FF#FFFF00 marker-names=Roll marker-types=ribbonWax marker-levels=%d "
        "marker-low-levels=10 marker-high-levels=100 marker-message='%d native prints remaining on Roll media'\n",
        roll.left * 100 / roll.of, roll.left);
}

/// Another process may load a new roll at any moment: only the count of the roll that was read is taken down.
void useRoll(const fs::path& folder) {
    Roll roll = readRoll(folder);
    if (!roll.counted) return;
    roll.left = std::max(0, roll.left - 1);
    std::ofstream(folder / "roll.next") << roll.left << ' ' << roll.of << '\n';
    std::error_code error;
    fs::rename(folder / "roll.next", folder / "roll", error);
    tellRoll(roll);
}

/// Tells the printer's state and waits until it is not so any more.
template <class Condition>
void waitOut(const char* keyword, Condition broken) {
    if (!broken()) return;
    std::fprintf(stderr, "STATE: +%s\n", keyword);
    while (broken()) std::this_thread::sleep_for(50ms);
    std::fprintf(stderr, "STATE: -%s\n", keyword);
}

void waitOutAll(const fs::path& folder) {
    const auto fault = [&](bool Faults::* which) { return [&folder, which] { return readFaults(folder).*which; }; };
    const auto rollEnded = [&] {
        const Roll roll = readRoll(folder);
        return roll.counted && roll.left <= 0;
    };
    waitOut("media-empty-error", [&] { return readFaults(folder).mediaEmpty || rollEnded(); });
    tellRoll(readRoll(folder));
    waitOut("media-jam-error", fault(&Faults::jam));
    waitOut("cover-open-error", fault(&Faults::coverOpen));
    waitOut("marker-supply-empty-error", fault(&Faults::ribbonEmpty));
}

/// Nanoseconds since 1970.
std::string now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::to_string(std::chrono::duration_cast<std::chrono::nanoseconds>(since).count());
}

/// The document appears last and whole: a capture is there when its .doc is. Its name begins with the time at which the
/// paper came out; `began`: when the printer had the page.
bool keep(const fs::path& folder, const char* document, const std::string& began) {
    const char* job = std::getenv("IPP_JOB_ID");
    const std::string name = now() + "-job" + (job != nullptr ? job : "0");
    std::vector<std::string> said{"CONTONE_BEGAN_NS=" + began};
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
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a printer without power moves no paper
    if (::getppid() == 1) return 1;
    const std::string began = now();
    std::this_thread::sleep_for(std::chrono::milliseconds(readFaults(folder).delayMs));
    if (readFaults(folder).abort) return 1;
    waitOutAll(folder);
    if (!keep(folder, argv[argc - 1], began)) return 1;
    useRoll(folder);
    if (readFaults(folder).spoil) return 1;
    std::fprintf(stderr, "ATTR: job-impressions-completed=1\n");
    return 0;
}
