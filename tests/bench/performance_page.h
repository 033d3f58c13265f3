// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// docs/performance.md: sections that the tool writes, between markers, in a page whose other words are people's.
#pragma once

#include "tests/bench/contest.h"

namespace contone::bench {

/// The table of a contest, in Markdown, with when and under what load it was measured.
std::string sectionOf(const Contest& contest, const std::vector<Standing>& standings, const std::string& when);
/// The page with the section `id` replaced, or added at the end. Everything outside the markers stays.
std::string withSection(const std::string& page, const std::string& id, const std::string& section);
/// Writes a section into docs/performance.md, and the summary anew. Fails as files do.
Result<void> saveSection(const std::string& id, const std::string& section);
/// What was asked and what came out, collected from the tables of all sections on the page.
std::string summaryOf(const std::string& page);
/// The machine and the versions of what is compared, in Markdown.
std::string machineSection();
/// Date, commit and load of now, for sectionOf.
std::string whenMeasured();
/// What a new page begins with: the place of the sections "machine" and "summary", above the others.
std::string emptyPage();

}  // namespace contone::bench
