# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Printers that lie: each breaks one promise that a printer makes, and keeps the others."""
import random
import time

import ipp
from printer import Cut, Lie

RICH = '\x1b[2J\x1b]0;owned\x07<img src="file:///etc/passwd"><b>bold</b>\u202egpj.exe\n\r{"a":1}%s%n'


class CompletesBeforeSend(Lie):
    """Counts the sheet of a job that has no document."""
    name = "completes before Send-Document"

    def row(self, job, row):
        return (ipp.COMPLETED, "job-completed-successfully", 1, 1) + row[4:]


class RefusesWholePage(Lie):
    """Reads all of the page, then refuses its format."""
    name = "refuses after the whole page"

    def answer(self, printer, request, document, truth):
        if request.operation != ipp.SEND_DOCUMENT:
            return truth()
        printer.note(request, document, "refused")
        return ipp.message(ipp.FORMAT_NOT_SUPPORTED, request.id)


class RefusesAndCounts(RefusesWholePage):
    """Refuses the page, and says that it printed it."""
    name = "refuses and counts"

    def answer(self, printer, request, document, truth):
        job = printer.jobs.get(request.number("job-id"))
        if request.operation == ipp.SEND_DOCUMENT and job:
            job.state, job.sheets, job.documents, job.begun = ipp.COMPLETED, 1, 1, time.monotonic()
        return super().answer(printer, request, document, truth)


class EndsEveryJob(Lie):
    """Aborts a job as soon as it was announced."""
    name = "ends every job at once"

    def answer(self, printer, request, document, truth):
        answer = truth()
        if request.operation == ipp.CREATE_JOB:
            job = printer.jobs[max(printer.jobs)]
            job.state, job.reason = ipp.ABORTED, "aborted-by-system"
        return answer


class CountsNothing(Lie):
    """Completed, with 0 impressions."""
    name = "completed with 0 impressions"

    def row(self, job, row):
        return row[:3] + (0,) + row[4:]


class Silent(Lie):
    """Takes the connection and what is sent, and never answers."""
    name = "never answers"

    def deliver(self, peer, head, body, request):
        time.sleep(60)
        raise Cut


class Drips(Lie):
    """Answers a byte at a time."""
    name = "a byte at a time"

    def deliver(self, peer, head, body, request):
        for i in range(len(head + body)):
            peer.sendall((head + body)[i:i + 1])
            time.sleep(0.05)


class CutsAnswers(Lie):
    """Breaks the connection in the middle of each answer."""
    name = "cuts in mid-answer"

    def deliver(self, peer, head, body, request):
        peer.sendall(head + body[:len(body) // 2])
        raise Cut


class CutsWhilePageComes(Lie):
    """Takes the page, and is gone before it says so."""
    name = "gone after the page"

    def answer(self, printer, request, document, truth):
        answer = truth()
        if request.operation == ipp.SEND_DOCUMENT:
            raise Cut
        return answer


class Garbage(Lie):
    """Bytes that are no IPP, after a head that says that they are."""
    name = "garbage for IPP"

    def __init__(self, seed):
        self.random = random.Random(seed)

    def answer(self, printer, request, document, truth):
        bytes_ = bytearray(truth())
        if self.random.random() < 0.5:
            return self.random.randbytes(self.random.randrange(1, 5000))
        for _ in range(8):  # nearly IPP
            bytes_[self.random.randrange(8, len(bytes_))] = self.random.randrange(256)
        return bytes(bytes_)


class NotHttp(Lie):
    """Speaks something else."""
    name = "no HTTP"

    def deliver(self, peer, head, body, request):
        peer.sendall(b"220 mail.example ESMTP\r\n" + b"\0\xff" * 500 + b"\r\n\r\n")
        raise Cut


class Gigantic(Lie):
    """Attributes without end: a printer's answer of a gigabyte."""
    name = "gigantic attributes"

    def deliver(self, peer, head, body, request):
        word = ipp.attribute(ipp.KEYWORD, "", "w" * 30000)
        piece = word * 32
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nConnection: close\r\n\r\n" + body[:-1])
        for _ in range(1000):
            peer.sendall(piece)
        raise Cut


class Deep(Lie):
    """Collections within collections."""
    name = "collections without bottom"

    def answer(self, printer, request, document, truth):
        answer = truth()[:-1]
        nested = ipp.attribute(ipp.COLLECTION, "media-col-database")
        return answer + nested + (ipp.attribute(ipp.MEMBER, "", "m") + ipp.attribute(ipp.COLLECTION, "")) * 50000


class WrongIds(Lie):
    """Gives each job another number every time, and answers for another job than was asked."""
    name = "wrong job ids"

    def row(self, job, row):
        return row[:4] + (row[4] + 1000 + time.monotonic_ns() % 1000, row[5])


class WrongNames(Lie):
    """Calls every job by the name of the job before it."""
    name = "wrong job names"

    def __init__(self):
        self.before = "contone-00000000-0000-7000-8000-000000000000"

    def row(self, job, row):
        name, self.before = self.before, row[5]
        return row[:5] + (name,)


class Backwards(Lie):
    """Goes from processing back to pending, again and again."""
    name = "from processing back to pending"

    def row(self, job, row):
        state = (ipp.PROCESSING, ipp.PENDING)[time.monotonic_ns() // 200_000_000 % 2]
        return (state, "none", row[2], 0) + row[4:] if row[2] else row


class Negative(Lie):
    """Counts below nothing."""
    name = "negative counts"

    def row(self, job, row):
        return row[:2] + (-5, -2147483648, row[4], row[5])


class Boastful(Lie):
    """Counts two thousand million sheets."""
    name = "counts beyond all paper"

    def row(self, job, row):
        return row[:2] + (row[2] and 2147483647, row[3] and 2147483647, row[4], row[5])


class Impossible(Lie):
    """States that no job has."""
    name = "states that do not exist"

    def row(self, job, row):
        return (0x7FFFFFFF if job.number % 2 else -1,) + row[1:]


class RichText(Lie):
    """Names and messages with escapes, markup, other directions and line ends."""
    name = "escapes and rich text in names"
    from_the_start = True  # a printer that changes its name has to be verified again

    def facts(self, printer, facts):
        facts["printer-make-and-model"] = (ipp.TEXT, RICH)
        facts["printer-state-message"] = (ipp.TEXT, RICH * 5)
        facts["printer-state-reasons"] = (ipp.KEYWORD, RICH, "other-" + "\u202e" * 20 + "-error")
        facts["marker-names"] = (ipp.NAME, RICH)
        facts["marker-levels"] = (ipp.INTEGER, 50)
        return facts

    def row(self, job, row):
        return row[:1] + (RICH,) + row[2:]


class Forgets(Lie):
    """Knows no job any more as soon as it has the page."""
    name = "forgets the job with the page"

    def answer(self, printer, request, document, truth):
        answer = truth()
        if request.operation == ipp.SEND_DOCUMENT:
            printer.jobs[request.number("job-id")].name = "forgotten"
        return answer


class ListsTwice(Lie):
    """Shows each job a second time, without its page."""
    name = "each job twice"

    def answer(self, printer, request, document, truth):
        answer = truth()
        if request.operation != ipp.GET_JOBS:
            return answer
        for job in printer.jobs.values():
            twin = (ipp.attribute(ipp.INTEGER, "job-id", job.number + 5000)
                    + ipp.attribute(ipp.NAME, "job-name", job.name)
                    + ipp.attribute(ipp.ENUM, "job-state", ipp.PENDING)
                    + ipp.attribute(ipp.KEYWORD, "job-state-reasons", "job-incoming")
                    + ipp.attribute(ipp.INTEGER, "number-of-documents", 0))
            answer = answer[:-1] + bytes([ipp.JOB_GROUP]) + twin + bytes([ipp.END])
        return answer


class AlwaysBusy(Lie):
    """Takes every job and refuses every page as busy."""
    name = "busy at every page"

    def answer(self, printer, request, document, truth):
        if request.operation == ipp.SEND_DOCUMENT:
            printer.note(request, document, "refused")
            return ipp.message(ipp.BUSY, request.id)
        return truth()


class WantsPasswords(Lie):
    """Answers each question by asking who it is, or that it must be encrypted."""
    name = "401 and 426 for ever"

    def deliver(self, peer, head, body, request):
        status = (b"401 Unauthorized\r\nWWW-Authenticate: Basic realm=x", b"426 Upgrade Required")
        peer.sendall(b"HTTP/1.1 " + status[time.monotonic_ns() % 2] + b"\r\nContent-Length: 0\r\n\r\n")


class Only(Lie):
    """Another's lie, told to these questions alone."""

    def __init__(self, lie, operations, when):
        self.lie, self.operations, self.name = lie, operations, f"{lie.name}, {when}"

    def answer(self, printer, request, document, truth):
        return (self.lie if request.operation in self.operations else super()).answer(printer, request, document, truth)

    def deliver(self, peer, head, body, request):
        return (self.lie if request.operation in self.operations else super()).deliver(peer, head, body, request)


def liars_in_mid_work(seed):
    """Those that no job would ever be announced to, if they lied at once, and where they begin to."""
    chance = random.Random(seed)
    where = [({ipp.CREATE_JOB}, "to Create-Job"), ({ipp.SEND_DOCUMENT}, "to Send-Document"),
             ({ipp.GET_JOBS}, "to Get-Jobs"), ({ipp.GET_JOB_ATTRIBUTES}, "to Get-Job-Attributes")]
    lies = [Silent(), Drips(), CutsAnswers(), Garbage(seed), NotHttp(), Gigantic(), Deep(), WantsPasswords()]
    chance.shuffle(lies)
    return [Only(lie, *where[i % len(where)]) for i, lie in enumerate(lies)]


def all_liars(seed):
    return [CompletesBeforeSend(), RefusesWholePage(), RefusesAndCounts(), EndsEveryJob(), CountsNothing(), Silent(),
            Drips(), CutsAnswers(), CutsWhilePageComes(), Garbage(seed), NotHttp(), Gigantic(), Deep(), WrongIds(),
            WrongNames(), Backwards(), Negative(), Boastful(), Impossible(), RichText(), Forgets(), ListsTwice(),
            AlwaysBusy(), WantsPasswords(), *liars_in_mid_work(seed)]
