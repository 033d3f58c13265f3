# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Customers' bytes are parsed in the decoder children alone: no other program links a codec's reading half, by the
edge table, by its includes and by what the built program asks of shared libraries; and Qt decodes no files.

codecs.py BIN looks at the programs in the folder BIN too.
"""
import re
import subprocess
import sys
from pathlib import Path
from common import CPP, files, main, read, without_comments

DECODERS = ("contone-decoder", "contone-decoder-longtail")
PROGRAMS = ("contone", "contone-agent", "contone-demo", "contone-studio", *DECODERS)

# Libraries that only read, or of which only the reading is used here.
LIBRARY = re.compile(r"lib(heif|de265|dav1d|aom|avif|x265|raw(_r)?|webp\w*|sharpyuv|jxl\w*|OpenImageIO\w*|OpenEXR\w*"
                     r"|Imath\w*|openjp2|gif|dcm\w*)(-[\d.]+)?\.so")
# libjpeg, libpng and libtiff write pages too; what they read with is this. TIFFClientOpen serves both.
READS = re.compile(r"jpeg_(read_\w+|start_decompress|CreateDecompress|consume_input|crop_scanline|skip_scanlines)"
                   r"|tj[A-Z]?\w*[dD]ecompress\w*|png_(read_\w+|process_data\w*|create_read_struct\w*|image_\w*read\w*)"
                   r"|TIFFRead\w*|TIFFRGBA\w*|TIFF(Fd)?Open(W|Ext|WExt)?")

QT = [
    (re.compile(r"\bQ(ImageReader|Movie|PictureIO|ImageIOHandler)\b"), "Qt decodes a picture"),
    (re.compile(r"\b(loadFromData|fromData)\s*\("), "Qt decodes a picture"),
    (re.compile(r"(\.|->)load\s*\(\s*[^)\s]"), "Qt loads a picture"),
    # Pictures are made of a size and a format, or of pixels: three arguments or more. With one or two Qt opens a file.
    (re.compile(r"\bQImage\b(\s+\w+)?\s*\(\s*[^(),\s][^(),]*(\([^()]*\)[^(),]*)?(,[^(),]*)?\)"), "Qt opens a picture file"),
    (re.compile(r"\bQ(Pixmap|Bitmap)\b(\s+\w+)?\s*[({][^(){}]*(\"|QString|[pP]ath|[fF]ile|[nN]ame)"), "Qt opens a picture file"),
]
QT_SHAPE = re.compile(r"QImage(\s+\w+)?\s*\(\s*(const\s+)?QImage\b|QImage\s+\w+\s*\(\s*const\s")  # a function, not a picture


def words(text, name):
    found = re.search(rf"^set\({name}\s+([^)]*)\)", text, re.M)
    return found.group(1).replace('"', "").split() if found else []


def check_table(text):
    readers = words(text, "READS_PHOTOS")
    if not readers:
        yield "CMakeLists.txt: READS_PHOTOS does not say which folders read photos"
    for folder, uses in re.findall(r"^set\(EDGE_(\S+)\s+([^)]*)\)", text, re.M):
        for use in set(uses.replace('"', "").split()) & set(readers):
            if folder not in readers:
                yield f"CMakeLists.txt: {folder} may not use {use}: it reads photos, and only decoder children do"


def check_source(path, text, readers, may):
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*"([^"]+)/[^"/]+"', line)
        if found and found.group(1) in readers and not path.startswith((*(f + "/" for f in readers + may), "tests/")):
            yield f"{path}:{number}: {found.group(1)} reads photos, and only decoder children may"
    if path.startswith(("ui/", "app/")):
        for number, line in enumerate(without_comments(text).splitlines(), 1):
            for pattern, what in QT:
                if pattern.search(line) and not QT_SHAPE.search(line):
                    yield f"{path}:{number}: {what}: photos come from decode::Decoder: {line.strip()[:60]}"


def asked_of_libraries(program):
    """What readelf and nm say of a program; a text that stands for one in the self-test."""
    if program.read_bytes()[:4] != b"\x7fELF":
        return program.read_text() if "--self-test" in sys.argv else ""
    needed = subprocess.run(["readelf", "-dW", program], capture_output=True, text=True, check=True).stdout
    symbols = subprocess.run(["nm", "-D", "--undefined-only", program], capture_output=True, text=True, check=True).stdout
    return needed + symbols


def check_programs(folder):
    for name in PROGRAMS:
        if not (folder / name).is_file():
            yield f"{name} is not in {folder.name}: build it first"
    for program in sorted(folder.iterdir()):
        if program.name in DECODERS or not program.is_file():
            continue
        for line in asked_of_libraries(program).splitlines():
            library = re.search(r"\(NEEDED\).*\[(.+)\]", line)
            if library and LIBRARY.match(library.group(1)):
                yield f"{program.name}: links {library.group(1)}, which reads photos"
            symbol = re.match(r"\s+U ([^@\s]+)", line)
            if symbol and READS.fullmatch(symbol.group(1)):
                yield f"{program.name}: calls {symbol.group(1)}, which reads photos"


def check(root):
    text = read(root, "CMakeLists.txt")
    readers, may = words(text, "READS_PHOTOS"), words(text, "MAY_READ_PHOTOS")
    complaints = list(check_table(text))
    for path in files(root, *CPP):
        complaints += check_source(path, read(root, path) or "", readers, may)
    folder = next((Path(a) for a in sys.argv[1:] if not a.startswith("--")), root / "bin")
    if folder.is_dir():
        complaints += check_programs(folder)
    elif "--self-test" not in sys.argv:
        complaints.append("say in which folder the programs are: codecs.py BIN")
    return complaints


TABLE = ("set(EDGE_core/image/codecs core/image)\nset(EDGE_core/decode core/image)\nset(EDGE_app \"*\")\n"
         "set(READS_PHOTOS core/image/codecs)\nset(MAY_READ_PHOTOS app/decoder)\n")
BUILT = {"CMakeLists.txt": TABLE, **{f"bin/{name}": " 0x1 (NEEDED) Shared library: [libjpeg.so.62]\n" for name in PROGRAMS}}


def tree(path, text, rows=TABLE):
    return {"CMakeLists.txt": rows, path: text + "\n"}


main(check, [
    (tree("icc/a.cpp", "", TABLE + "set(EDGE_core/shop core/image/codecs)\n"), "core/shop may not use core/image/codecs"),
    (tree("icc/a.cpp", "", "set(EDGE_icc core/image)\n"), "READS_PHOTOS does not say"),
    (tree("app/agent/main.cpp", '#include "core/image/codecs/jpeg_reader.h"'), "only decoder children may"),
    (tree("ui/studio/a.cpp", "QImageReader reader(path);"), "Qt decodes"),
    (tree("ui/studio/a.cpp", "image.loadFromData(bytes);"), "Qt decodes"),
    (tree("ui/studio/a.cpp", "picture.load(path);"), "Qt loads"),
    (tree("ui/studio/a.cpp", "const QImage seen(path);"), "Qt opens"),
    (tree("ui/studio/a.cpp", 'return QImage(file.fileName(), "PNG");'), "Qt opens"),
    (tree("app/studio/a.cpp", "label->setPixmap(QPixmap(fileName));"), "Qt opens"),
    ({**BUILT, "bin/contone": " 0x1 (NEEDED) Shared library: [libheif.so.1]\n"}, "links libheif.so.1"),
    ({**BUILT, "bin/contone-agent": " 0x1 (NEEDED) Shared library: [libraw_r.so.20]\n"}, "links libraw_r.so.20"),
    ({**BUILT, "bin/other": " 0x1 (NEEDED) Shared library: [libjxl.so.0.7]\n"}, "links libjxl.so.0.7"),
    ({**BUILT, "bin/contone": "                 U jpeg_read_header@LIBJPEG_6.2\n"}, "calls jpeg_read_header"),
    ({**BUILT, "bin/contone": "                 U png_read_row\n"}, "calls png_read_row"),
    ({**BUILT, "bin/contone": "                 U TIFFReadEncodedStrip@LIBTIFF_4.0\n"}, "calls TIFFReadEncodedStrip"),
    ({k: v for k, v in BUILT.items() if k != "bin/contone-studio"}, "contone-studio is not in bin"),
], {
    **BUILT,
    "bin/contone": " 0x1 (NEEDED) Shared library: [libtiff.so.6]\n                 U TIFFClientOpenExt@LIBTIFF_4.5\n"
                   "                 U TIFFOpenOptionsAlloc@LIBTIFF_4.5\n                 U jpeg_write_scanlines@LIBJPEG_6.2\n                 U png_write_row\n",
    "bin/contone-decoder": " 0x1 (NEEDED) Shared library: [libheif.so.1]\n                 U jpeg_read_header\n",
    "app/decoder/main.cpp": '#include "core/image/codecs/jpeg_reader.h"\n',
    "ui/studio/a.cpp": "QImage toImage(const image::Picture& picture);\nQImage out(size.width(), size.height(), QImage::Format_RGB32);\n"
                       "QPixmap box(kIcon);\nconst int n = count.load();  // QImageReader would be wrong\n"
                       "const QImage small = large.scaled(kIcon);\n",
})
