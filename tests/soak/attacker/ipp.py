# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""The bytes of IPP (RFC 8010): as much as a printer needs that takes pages, and one that lies."""
import struct

CREATE_JOB, SEND_DOCUMENT, CANCEL_JOB = 0x0005, 0x0006, 0x0008
GET_JOB_ATTRIBUTES, GET_JOBS, GET_PRINTER_ATTRIBUTES = 0x0009, 0x000A, 0x000B
OK, NOT_POSSIBLE, NOT_FOUND, FORMAT_NOT_SUPPORTED, BUSY = 0x0000, 0x0404, 0x0406, 0x040A, 0x0507
PENDING, HELD, PROCESSING, STOPPED, CANCELED, ABORTED, COMPLETED = range(3, 10)

INTEGER, BOOLEAN, ENUM, RESOLUTION, COLLECTION, END_COLLECTION, MEMBER = 0x21, 0x22, 0x23, 0x32, 0x34, 0x37, 0x4A
NO_VALUE, TEXT, NAME, KEYWORD, URI, CHARSET, LANGUAGE, MIME = 0x13, 0x41, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
OPERATION_GROUP, JOB_GROUP, END, PRINTER_GROUP = 0x01, 0x02, 0x03, 0x04


class Request:
    """What somebody asks: the operation, and the attributes by name, each the list of its values' bytes."""

    def __init__(self, message):
        self.operation, self.id = struct.unpack(">xxHI", message[:8])
        self.attributes, at, name = {}, 8, ""
        while message[at] != END:
            tag, at = message[at], at + 1
            if tag < 0x10:
                continue
            size = struct.unpack(">H", message[at:at + 2])[0]
            name = message[at + 2:at + 2 + size].decode("latin-1") or name
            at += 2 + size
            size = struct.unpack(">H", message[at:at + 2])[0]
            self.attributes.setdefault(name, []).append(message[at + 2:at + 2 + size])
            at += 2 + size
        self.size = at + 1  # what follows is the document

    def text(self, name):
        return self.attributes.get(name, [b""])[0].decode("utf-8", "replace")

    def number(self, name):
        value = self.attributes.get(name, [b""])[0]
        return struct.unpack(">i", value)[0] if len(value) == 4 else 0


def attribute(tag, name, *values):
    """One attribute; bytes are sent as they are."""
    out, label = b"", name.encode()
    for value in values or (b"",):
        if isinstance(value, bool):
            value = bytes([value])
        elif isinstance(value, int):
            value = struct.pack(">i", value)
        elif isinstance(value, str):
            value = value.encode()
        out += struct.pack(">BH", tag, len(label)) + label + struct.pack(">H", len(value)) + value
        label = b""
    return out


def resolution(name, dpi):
    return attribute(RESOLUTION, name, struct.pack(">iib", dpi, dpi, 3))


def member(tag, name, value):
    return attribute(MEMBER, "", name) + attribute(tag, "", value)


def medium(name, width, height):
    """One entry of media-col-database, without borders; in 1/100 mm."""
    size = attribute(COLLECTION, "") + member(INTEGER, "x-dimension", width) + member(INTEGER, "y-dimension", height)
    out = attribute(COLLECTION, name) + attribute(MEMBER, "", "media-size") + size + attribute(END_COLLECTION, "")
    for edge in ("left", "top", "right", "bottom"):
        out += member(INTEGER, f"media-{edge}-margin", 0)
    return out + attribute(END_COLLECTION, "")


def message(code, request_id, *groups):
    """An answer: its status, and (tag of a group, bytes of its attributes) each."""
    out = struct.pack(">BBHI", 2, 0, code, request_id & 0xFFFFFFFF)
    out += bytes([OPERATION_GROUP]) + attribute(CHARSET, "attributes-charset", "utf-8")
    out += attribute(LANGUAGE, "attributes-natural-language", "en")
    for tag, attributes in groups:
        out += bytes([tag]) + attributes
    return out + bytes([END])
