# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""An honest IPP printer on a port of loopback that the kernel gives, which counts every page; a Lie may be told to it."""
import socket
import struct
import threading
import time

import ipp

ROOM = 64 << 20  # of one request


class Job:
    def __init__(self, number, name):
        self.number, self.name = number, name
        self.state, self.reason, self.documents, self.sheets = ipp.PENDING, "job-incoming", 0, 0
        self.begun = None


class Cut(Exception):
    """The connection is over."""


class Lie:
    """Says the truth; each liar says something else at one of these places."""
    name = "honest"
    from_the_start = False

    def meet(self, printer, peer):
        """Before the request is read."""

    def facts(self, printer, facts):
        return facts

    def row(self, job, row):
        """What is said of a job: (state, reason, documents, sheets, number, name)."""
        return row

    def answer(self, printer, request, document, truth):
        return truth()

    def deliver(self, peer, head, body, request):
        peer.sendall(head + body)

    def page(self, peer):
        """Before a page is read."""


class Printer:
    def __init__(self, lie=None, page_seconds=0.05):
        self.liar, self.page_seconds = lie or Lie(), page_seconds
        self.lie = self.liar if self.liar.from_the_start else Lie()
        self.lock, self.jobs, self.peers = threading.RLock(), {}, set()
        self.received = []   # the name of a job for each document that arrived whole, also of those it then refused
        self.refused = 0     # of them
        self.printed = []    # the name of a job for each sheet of paper that it moved
        self.created = []    # when each job was announced (time.monotonic())
        self.empty_tray = False
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)  # a page does not fit into the way
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(64)
        self.uri = f"ipp://127.0.0.1:{self.socket.getsockname()[1]}/ipp/print"
        threading.Thread(target=self._serve, daemon=True).start()

    def begin_to_lie(self):
        self.lie = self.liar

    def close(self):
        self.socket.close()
        for peer in list(self.peers):
            peer.close()

    def _serve(self):
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            self.peers.add(peer)
            threading.Thread(target=self._talk, args=(peer,), daemon=True).start()

    def _talk(self, peer):
        try:
            peer.settimeout(60)
            rest = b""
            while True:
                self.lie.meet(self, peer)
                rest = self._one(peer, rest)
        except (Cut, OSError, ValueError, IndexError, struct.error):
            pass
        finally:
            self.peers.discard(peer)
            peer.close()

    def _one(self, peer, rest):
        def more(have):
            got = peer.recv(1 << 16)
            if not got or len(have) > ROOM:
                raise Cut
            return have + got

        while b"\r\n\r\n" not in rest:
            rest = more(rest)
        head, rest = rest.split(b"\r\n\r\n", 1)
        fields = {}
        for line in head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            fields[key.strip().lower()] = value.strip()
        if fields.get("expect", "").lower() == "100-continue":
            peer.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.lie.page(peer)
        if fields.get("transfer-encoding", "").lower() == "chunked":
            body = b""
            while True:
                while b"\r\n" not in rest:
                    rest = more(rest)
                size, rest = rest.split(b"\r\n", 1)
                size = int(size, 16)
                while len(rest) < size + 2:
                    rest = more(rest)
                body, rest = body + rest[:size], rest[size + 2:]
                if size == 0:
                    break
        else:
            size = int(fields.get("content-length", "0"))
            parts, have = [rest], len(rest)
            while have < size:
                got = peer.recv(1 << 18)
                if not got:
                    raise Cut
                parts.append(got)
                have += len(got)
            body = b"".join(parts)
            body, rest = body[:size], body[size:]
        request = ipp.Request(body)
        document = body[request.size:]
        with self.lock:
            answer = self.lie.answer(self, request, document, lambda: self.perform(request, document))
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: %d\r\n\r\n" % len(answer)
        self.lie.deliver(peer, head, answer, request)
        return rest

    # ---- what a printer does

    def perform(self, request, document):
        does = {ipp.CREATE_JOB: self.create, ipp.GET_JOBS: self.list, ipp.GET_JOB_ATTRIBUTES: self.show,
                ipp.CANCEL_JOB: self.cancel, ipp.GET_PRINTER_ATTRIBUTES: self.describe}
        if request.operation == ipp.SEND_DOCUMENT:
            return self.take(request, document)
        if request.operation in does:
            return does[request.operation](request)
        return ipp.message(0x0501, request.id)

    def create(self, request):
        job = Job(len(self.jobs) + 1, request.text("job-name"))
        self.jobs[job.number] = job
        self.created.append(time.monotonic())
        return ipp.message(ipp.OK, request.id, (ipp.JOB_GROUP, self.row(job)))

    def note(self, request, document, end="taken"):
        """Counts a document that has come whole: its length was said beforehand, and it is PWG raster."""
        job = self.jobs.get(request.number("job-id"))
        if document[:4] == b"RaS2" and job:
            self.received.append(job.name)
            self.refused += end == "refused"

    def take(self, request, document):
        self.note(request, document)
        job = self.jobs.get(request.number("job-id"))
        if not job:
            return ipp.message(ipp.NOT_FOUND, request.id)
        if job.state != ipp.PENDING or job.documents or document[:4] != b"RaS2":
            return ipp.message(ipp.NOT_POSSIBLE, request.id)
        job.documents, job.reason = 1, "none"
        self.advance()
        return ipp.message(ipp.OK, request.id, (ipp.JOB_GROUP, self.row(job)))

    def advance(self):
        """One sheet after the other, while there is paper."""
        for job in self.jobs.values():
            if job.state == ipp.PROCESSING and time.monotonic() - job.begun >= self.page_seconds:
                job.state, job.sheets = ipp.COMPLETED, 1
                self.printed.append(job.name)
            if job.state == ipp.PROCESSING:
                return
            if job.state == ipp.PENDING and job.documents:
                if self.empty_tray:
                    return
                job.state, job.begun = ipp.PROCESSING, time.monotonic()
                return

    def cancel(self, request):
        job = self.jobs.get(request.number("job-id"))
        if not job:
            return ipp.message(ipp.NOT_FOUND, request.id)
        if job.state >= ipp.CANCELED:
            return ipp.message(ipp.NOT_POSSIBLE, request.id)
        if job.state == ipp.PENDING:
            job.state, job.reason = ipp.CANCELED, "job-canceled-by-user"
        return ipp.message(ipp.OK, request.id)

    def show(self, request):
        self.advance()
        job = self.jobs.get(request.number("job-id"))
        if not job:
            return ipp.message(ipp.NOT_FOUND, request.id)
        return ipp.message(ipp.OK, request.id, (ipp.JOB_GROUP, self.row(job)))

    def list(self, request):
        self.advance()
        over = request.text("which-jobs") == "completed"
        rows = [(ipp.JOB_GROUP, self.row(j)) for j in self.jobs.values() if (j.state >= ipp.CANCELED) == over]
        return ipp.message(ipp.OK, request.id, *rows)

    def row(self, job):
        truth = (job.state, job.reason, job.documents, job.sheets, job.number, job.name)
        state, reason, documents, sheets, number, name = self.lie.row(job, truth)
        out = ipp.attribute(ipp.INTEGER, "job-id", number) + ipp.attribute(ipp.NAME, "job-name", name)
        out += ipp.attribute(ipp.ENUM, "job-state", state) + ipp.attribute(ipp.KEYWORD, "job-state-reasons", reason)
        out += ipp.attribute(ipp.INTEGER, "number-of-documents", documents)
        out += ipp.attribute(ipp.INTEGER, "job-impressions-completed", sheets)
        out += ipp.attribute(ipp.INTEGER, "job-media-sheets-completed", sheets)
        if job.begun is None:
            return out + ipp.attribute(ipp.NO_VALUE, "time-at-processing")
        return out + ipp.attribute(ipp.INTEGER, "time-at-processing", int(job.begun) + 1)

    def describe(self, request):
        facts = {
            "printer-state": (ipp.ENUM, 3),
            "printer-state-reasons": (ipp.KEYWORD, "media-empty-error" if self.empty_tray else "none"),
            "printer-state-message": (ipp.TEXT, ""),
            "printer-make-and-model": (ipp.TEXT, "Contone Attack Printer"),
            "printer-is-accepting-jobs": (ipp.BOOLEAN, True),
            "color-supported": (ipp.BOOLEAN, True),
            "document-format-supported": (ipp.MIME, "image/pwg-raster", "application/octet-stream"),
            "pwg-raster-document-type-supported": (ipp.KEYWORD, "rgb_8", "srgb_8"),
            "media-type-supported": (ipp.KEYWORD, "photographic-glossy", "photographic-matte"),
            "media-ready": (ipp.KEYWORD, "na_index-4x6_4x6in"),
        }
        facts = self.lie.facts(self, facts)
        out = b"".join(ipp.attribute(tag, name, *values) for name, (tag, *values) in facts.items())
        out += ipp.resolution("pwg-raster-document-resolution-supported", 300)
        out += ipp.medium("media-col-database", 10160, 15240)
        return ipp.message(ipp.OK, request.id, (ipp.PRINTER_GROUP, out))
