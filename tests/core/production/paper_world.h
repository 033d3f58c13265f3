// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What SheetPrinter tests print on: a scheduler with paper that breaks at every call, and scripts that say when.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/print/printer.h"

namespace contone::productiontest {

using namespace contone::print;

/// The process is killed here; thrown through the code under test.
struct Died {};

/// Decides at every point where something can go wrong what does: 0 is "nothing". Either replays a list of choices
/// (and then nothing goes wrong), so that all lists can be tried one after the other, or draws.
class Script {
  public:
    Script(int faults, std::vector<int> replay) : m_faults(faults), m_choices(std::move(replay)) {}
    Script(int faults, std::uint64_t seed) : m_faults(faults), m_random(seed), m_draws(true) {}

    /// 0…n-1. At most `faults` answers are not 0.
    int choose(const char* where, const std::vector<const char*>& what) {
        const int n = m_faults > 0 ? static_cast<int>(what.size()) : 1;
        if (m_at == m_choices.size()) {
            const bool fault = m_draws && n > 1 && m_random() % 9 == 0;
            m_choices.push_back(fault ? 1 + static_cast<int>(m_random() % static_cast<unsigned>(n - 1)) : 0);
        }
        const int choice = m_choices[m_at++];
        m_options.push_back(n);
        if (choice == 0) return 0;
        m_faults--;
        m_story += std::string(m_story.empty() ? "" : ", ") + where + ": " + what[static_cast<std::size_t>(choice)];
        return choice;
    }
    const std::string& story() const { return m_story; }

    /// The next list to try after this one has run, in depth-first order; empty when this was the last.
    std::vector<int> next() const {
        for (std::size_t i = m_options.size(); i-- > 0;)
            if (m_choices[i] + 1 < m_options[i]) {
                std::vector<int> list(m_choices.begin(), m_choices.begin() + static_cast<std::ptrdiff_t>(i) + 1);
                list.back()++;
                return list;
            }
        return {};
    }

  private:
    int m_faults;
    std::vector<int> m_choices, m_options;
    std::size_t m_at = 0;
    std::mt19937_64 m_random;
    bool m_draws = false;
    std::string m_story;
};

/// A scheduler with a printer behind it, both outside of the process that dies. Keeps the contract of print::Printer.
/// Every call asks the script; so does time.
class PaperWorld final : public Printer {
  public:
    /// No: only calls fail and processes die. Yes: schedulers, printers and people at them go wrong too.
    enum class Mishaps { No, Yes };

    PaperWorld(Script& script, Mishaps mishaps) : m_script(script), m_mishaps(mishaps) {}

    int sheetsOnPaper() const { return m_paper; }
    int creates() const { return m_creates; }
    /// Something happened after which nobody can tell by wire what became of the page.
    bool undecidable() const { return m_undecidable; }
    /// A page that never can be printed.
    bool refused() const { return m_refused; }
    void noteRefused() { m_refused = true; }

    // For tests that say what is there.
    struct Job {
        int number = 0;
        AttemptId attempt;
        JobProgress progress = JobProgress::Created;
        int documents = 0, sheets = 0;
        bool heldByGuard = false;
        std::string message{};
        bool heldByNobody = false, begun = false;  ///< the scheduler died while it took the page; it had begun then
        bool refused = false;                      ///< by the printer behind the queue, which took it
    };
    std::vector<Job> jobs;
    PrinterState current{true, {}, {}, {}};
    bool refusesDocuments = false, failsToSend = false;
    bool isDoneAtOnce = false;  ///< says so of each job before it has its page
    bool printsWhatItRefuses = false;
    bool countsDocuments = true;

    Result<PrinterState> state() override {
        switch (m_script.choose("state", {"ok", "unreachable", "dies", "not ready"})) {
            case 1:
                return lost();
            case 2:
                throw Died{};
            case 3:
                return PrinterState{false, {Obstacle::CoverOpen}, {}, {}};
        }
        return current;
    }
    std::unique_ptr<image::StripSink> documentSink(const Path&, const Ticket&) override { return nullptr; }

    Result<SchedulerJob> create(const Ticket& ticket) override {
        const int fault =
            m_script.choose("create", {"ok", "no effect", "answer lost", "dies", "arrives late", "arrives very late"});
        if (fault == 1) return lost();
        if (fault >= 4) {
            m_lateJobs.push_back({fault == 4 ? 1 : 4, ticket.attempt});
            return lost();
        }
        const int number = add(ticket.attempt);
        if (isDoneAtOnce) {
            jobs.back().progress = JobProgress::Completed;
            jobs.back().documents = jobs.back().sheets = 1;
        }
        if (fault == 2) return lost();
        if (fault == 3) throw Died{};
        return SchedulerJob{number};
    }

    Result<void> send(const Ticket& ticket, SchedulerJob job, const Path&) override {
        Job* found = byNumber(job.number);
        if (!found || found->attempt != ticket.attempt || isOver(*found))
            return fail(Code::NotFound, "job-unknown", "The printer does not know this print job.");
        if (found->documents > 0) return fail(Code::Conflict, "document-already-sent", "This print was sent already.");
        if (failsToSend) return lost();
        const int fault = m_script.choose(
            "send", {"ok", "no effect", "answer lost", "dies", "arrives late", "refused", "arrives very late"});
        if (fault == 1) return lost();
        if (fault == 4 || fault == 6) {
            m_lateDocuments.push_back({fault == 4 ? 1 : 4, job.number});
            return lost();
        }
        if (fault == 5 || refusesDocuments) {
            m_refused = true;
            if (printsWhatItRefuses) found->sheets = 1;
            return fail(Code::Unsupported, "document-refused", "The printer refused the page.");
        }
        accept(*found);
        if (fault == 2) return lost();
        if (fault == 3) throw Died{};
        return {};
    }

    Result<std::optional<JobStatus>> find(AttemptId attempt) override {
        const int fault = m_script.choose("find", {"ok", "unreachable", "dies"});
        if (fault == 1) return lost();
        if (fault == 2) throw Died{};
        const Job* best = nullptr;
        const auto rank = [](const Job& j) { return std::pair(j.documents > 0, !isOver(j)); };
        for (const Job& job : jobs)
            if (job.attempt == attempt && (!best || rank(*best) <= rank(job))) best = &job;
        if (!best) return std::nullopt;
        JobStatus status{{best->number}, best->progress,    best->documents,
                         best->sheets,   best->heldByGuard, best->message};
        status.heldByNobody = best->heldByNobody;
        status.refused = best->refused;
        if (!countsDocuments && best->sheets == 0 &&
            (best->progress == JobProgress::Created || best->progress == JobProgress::Waiting)) {
            status.progress = JobProgress::Waiting;
            status.documents = 1;
            status.documentsGuessed = true;
        }
        return status;
    }

    Result<void> resume() override { return {}; }
    Result<void> cancel(SchedulerJob number) override {
        arriveLate(1);  // just before
        const int fault = m_script.choose("cancel", {"ok", "no effect", "answer lost", "dies"});
        if (fault == 1) return lost();
        Job* job = byNumber(number.number);
        if (!job) return fail(Code::NotFound, "job-unknown", "The printer does not know this print job.");
        if (!isOver(*job)) job->progress = JobProgress::Cancelled;
        if (fault == 2) return lost();
        if (fault == 3) throw Died{};
        return {};
    }

    /// The guard lets an attempt start once.
    Result<void> release(SchedulerJob number) override {
        const int fault = m_script.choose("release", {"ok", "no effect", "answer lost", "dies"});
        if (fault == 1) return lost();
        Job* job = byNumber(number.number);
        if (!job) return fail(Code::NotFound, "job-unknown", "The printer does not know this print job.");
        if (std::exchange(job->heldByNobody, false)) {
            job->heldByGuard = job->begun;
            if (!job->begun) job->progress = JobProgress::Waiting;
        }
        if (fault == 2) return lost();
        if (fault == 3) throw Died{};
        return {};
    }

    /// A moment passes: pages that are there go on, and anything may happen to them.
    void passTime() {
        arriveLate(1);
        if (m_mishaps == Mishaps::Yes && !jobs.empty()) mishap();
        for (Job& job : jobs) {
            if (job.documents == 0 || isOver(job) || job.progress == JobProgress::Held) continue;
            if (job.progress == JobProgress::Waiting) {
                job.progress = JobProgress::Printing;
            } else {
                m_paper++;
                job.sheets = 1;
                job.progress = JobProgress::Completed;
            }
        }
    }

    /// Long enough for all that still can print to print, with no more mishaps.
    void passALongTime() {
        m_mishaps = Mishaps::No;
        for (int i = 0; i < 5; i++) passTime();
    }

    int add(AttemptId attempt) {
        m_creates++;
        jobs.push_back({static_cast<int>(jobs.size()) + m_forgotten + 1, attempt});
        return jobs.back().number;
    }
    static void accept(Job& job) {
        job.documents++;
        job.progress = JobProgress::Waiting;
    }

  private:
    /// On the wire for so many moments more.
    template <class Item>
    struct Late {
        int moments;
        Item item;
    };
    static bool isOver(const Job& job) {
        return job.progress == JobProgress::Completed || job.progress == JobProgress::Aborted ||
               job.progress == JobProgress::Cancelled;
    }
    static std::unexpected<Error> lost() {
        return fail(Code::Unavailable, "printer-unreachable", "The printer does not answer.");
    }
    Job* byNumber(int number) {
        const auto found = std::ranges::find(jobs, number, &Job::number);
        return found == jobs.end() ? nullptr : &*found;
    }
    /// What is due of what is still on the wire.
    template <class Item>
    static std::vector<Item> due(std::vector<Late<Item>>& late, int passed) {
        std::vector<Item> items;
        for (Late<Item>& l : late)
            if ((l.moments -= passed) <= 0) items.push_back(l.item);
        std::erase_if(late, [](const Late<Item>& l) { return l.moments <= 0; });
        return items;
    }
    void arriveLate(int passed) {
        for (const int number : due(m_lateDocuments, passed))
            if (Job* job = byNumber(number); job && job->documents == 0 && !isOver(*job)) {
                accept(*job);
                m_undecidable = true;  // it may be taken back together with the page
            }
        for (const AttemptId attempt : due(m_lateJobs, passed)) add(attempt);
    }
    void mishap() {
        const int choice = m_script.choose(
            "then", {"goes on", "scheduler forgets", "empty jobs time out", "guard holds", "guard holds after paper",
                     "aborted", "aborted after paper", "counts no sheet", "counts no sheet after paper",
                     "cancelled there", "scheduler loses pages", "scheduler dies taking it",
                     "scheduler dies beginning it", "refused behind the queue"});
        switch (choice) {
            case 1:
                m_forgotten += static_cast<int>(jobs.size());
                jobs.clear();
                m_undecidable = true;
                return;
            case 2:
                for (Job& job : jobs)
                    if (job.documents == 0 && !isOver(job)) job.progress = JobProgress::Aborted;
                return;
            case 3:
                return end(JobProgress::Held, 0);
            case 4:
                return end(JobProgress::Held, 1);
            case 5:
                return end(JobProgress::Aborted, 0);
            case 6:
                return end(JobProgress::Aborted, 1);
            case 7:
                return end(JobProgress::Completed, 0);
            case 8:
                return end(JobProgress::Completed, 1);
            case 9:
                return end(JobProgress::Cancelled, 0);
            case 10:
                for (Job& job : jobs)
                    if (job.progress == JobProgress::Waiting) {
                        job = {job.number, job.attempt};
                        m_undecidable = true;
                    }
                return;
            case 13:
                for (Job& job : jobs)
                    if (job.documents > 0 && !isOver(job) && !job.heldByGuard && !job.heldByNobody) {
                        job.progress = JobProgress::Cancelled;
                        job.refused = true;
                    }
                return;
            case 11:
            case 12:
                for (Job& job : jobs)
                    if (job.progress == JobProgress::Waiting) {
                        job.progress = JobProgress::Held;
                        job.heldByNobody = true;
                        job.begun = choice == 12;
                        m_paper += job.begun ? 1 : 0;
                        m_undecidable = m_undecidable || job.begun;
                    }
                return;
        }
    }
    /// Ends what prints in a way of which nobody is told how much paper moved.
    void end(JobProgress how, int paper) {
        for (Job& job : jobs) {
            if (job.documents == 0 || isOver(job) || job.heldByGuard || job.heldByNobody) continue;
            job.progress = how;
            job.heldByGuard = how == JobProgress::Held;
            m_paper += paper;
            m_undecidable = true;
        }
    }

    Script& m_script;
    Mishaps m_mishaps;
    int m_paper = 0, m_creates = 0, m_forgotten = 0;
    bool m_undecidable = false, m_refused = false;
    std::vector<Late<int>> m_lateDocuments;
    std::vector<Late<AttemptId>> m_lateJobs;
};

}  // namespace contone::productiontest
