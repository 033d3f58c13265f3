// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PPD files by libcups. Gutenprint's driver is told what to print by nothing else, so the deprecation is ignored here.
#include "printers/gutenprint/driver_ppd_p.h"

#include <cups/cups.h>
#include <cups/ppd.h>
#include <sys/mman.h>

#include "core/base/file.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace contone::printers {
namespace {

std::unexpected<Error> damaged(const std::string& detail) {
    return fail(Code::Corrupt, "driver-missing",
                "The print queue's driver description cannot be read. Make the queue again with its driver.", detail);
}

/// libcups' list of options, freed.
class Options {
  public:
    explicit Options(const Choices& choices) {
        for (const auto& [option, choice] : choices)
            m_count = cupsAddOption(option.c_str(), choice.c_str(), m_count, &m_options);
    }
    ~Options() { cupsFreeOptions(m_count, m_options); }
    Options(const Options&) = delete;
    Options& operator=(const Options&) = delete;
    int count() const { return m_count; }
    cups_option_t* all() const { return m_options; }

  private:
    int m_count = 0;
    cups_option_t* m_options = nullptr;
};

}  // namespace

void DriverPpd::Close::operator()(ppd_file_s* ppd) const {
    ppdClose(ppd);
}

Result<DriverPpd> DriverPpd::parse(const std::string& text) {
    const FileDescriptor file(::memfd_create("contone-ppd", MFD_CLOEXEC));
    if (!file.isOpen()) return fail(errorFromErrno(errno, "memfd_create"));
    CONTONE_CHECK(writeAll(file.get(), std::as_bytes(std::span(text)), "a PPD"));
    if (::lseek(file.get(), 0, SEEK_SET) != 0) return fail(errorFromErrno(errno, "lseek"));
    DriverPpd ppd;
    ppd.m_ppd.reset(ppdOpenFd(file.get()));
    if (!ppd.m_ppd) {
        int line = 0;
        const ppd_status_t status = ppdLastError(&line);
        return damaged(std::string(ppdErrorString(status)) + " in line " + std::to_string(line));
    }
    if (ppd.m_ppd->nickname != nullptr) ppd.m_nickname = ppd.m_ppd->nickname;
    return ppd;
}

bool DriverPpd::isGutenprint() const {
    return m_nickname.find("Gutenprint") != std::string::npos;
}

std::string DriverPpd::driver() const {
    const ppd_attr_t* name = ppdFindAttr(m_ppd.get(), "StpDriverName", nullptr);
    return name != nullptr && name->value != nullptr ? name->value : "";
}

bool DriverPpd::offers(const std::string& option, const std::string& choice) const {
    ppd_option_t* found = ppdFindOption(m_ppd.get(), option.c_str());
    return found != nullptr && ppdFindChoice(found, choice.c_str()) != nullptr;
}

void DriverPpd::mark(const Choices& choices) const {
    ppdMarkDefaults(m_ppd.get());
    const Options options(choices);
    cupsMarkOptions(m_ppd.get(), options.count(), options.all());
}

Choices DriverPpd::allWith(const Choices& ours) const {
    mark(ours);
    Choices all;
    for (ppd_option_t* option = ppdFirstOption(m_ppd.get()); option != nullptr; option = ppdNextOption(m_ppd.get())) {
        const std::string name = option->keyword;
        if (name == "PageRegion") continue;  // PageSize in other words; both would contradict each other
        if (const ppd_choice_t* choice = ppdFindMarkedChoice(m_ppd.get(), option->keyword)) all[name] = choice->choice;
    }
    for (const auto& [option, choice] : ours) all[option] = choice;
    return all;
}

Result<cups_page_header2_t> DriverPpd::headerFor(const Choices& choices) const {
    mark(choices);
    const Options options(choices);
    cups_page_header2_t header{};
    if (cupsRasterInterpretPPD(&header, m_ppd.get(), options.count(), options.all(), nullptr) != 0) {
        const char* why = cupsRasterErrorString();
        return damaged(why != nullptr ? why : "cupsRasterInterpretPPD");
    }
    header.NumCopies = 1;
    return header;
}

}  // namespace contone::printers
