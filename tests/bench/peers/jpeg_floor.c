// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What no renderer can be faster than: decode the whole photo, encode as many pixels as the print has.
// jpeg-floor PHOTO OUT WIDTH HEIGHT
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    FILE *in = fopen(argv[1], "rb"), *out = fopen(argv[2], "wb");
    if (!in || !out) return 2;
    const JDIMENSION width = (JDIMENSION)atoi(argv[3]), height = (JDIMENSION)atoi(argv[4]);
    struct jpeg_error_mgr errors;
    struct jpeg_decompress_struct from;
    struct jpeg_compress_struct to;
    from.err = to.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&from);
    jpeg_stdio_src(&from, in);
    jpeg_read_header(&from, TRUE);
    jpeg_start_decompress(&from);
    jpeg_create_compress(&to);
    jpeg_stdio_dest(&to, out);
    to.image_width = width;
    to.image_height = height;
    to.input_components = 3;
    to.in_color_space = JCS_RGB;
    jpeg_set_defaults(&to);
    jpeg_set_quality(&to, 95, TRUE);
    to.comp_info[0].h_samp_factor = to.comp_info[0].v_samp_factor = 1;
    jpeg_start_compress(&to, TRUE);
    const size_t widest = from.output_width > width ? from.output_width : width;
    JSAMPROW rows[16];
    for (int i = 0; i < 16; ++i) rows[i] = calloc(widest, 3);
    // A print larger than the photo repeats rows: its right end is what a row held before.
    while (from.output_scanline < from.output_height || to.next_scanline < to.image_height) {
        if (from.output_scanline < from.output_height) jpeg_read_scanlines(&from, rows + from.output_scanline % 16, 1);
        const double due = from.output_scanline < from.output_height
                               ? (double)from.output_scanline * height / from.output_height
                               : (double)height;
        while (to.next_scanline < to.image_height && to.next_scanline < due)
            jpeg_write_scanlines(&to, rows + to.next_scanline % 16, 1);
    }
    jpeg_finish_compress(&to);
    jpeg_finish_decompress(&from);
    return fclose(out) == 0 ? 0 : 1;
}
