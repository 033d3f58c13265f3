// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The print as libvips does it best: decoded in sequence, cut, resized, converted and encoded in one pipeline.
// print-with-vips PHOTO OUT WIDTH HEIGHT PROFILE SHRINK
#include <stdio.h>
#include <stdlib.h>
#include <vips/vips.h>

int main(int argc, char** argv) {
    if (argc != 7 || VIPS_INIT(argv[0])) return 2;
    const int width = atoi(argv[3]), height = atoi(argv[4]), shrink = atoi(argv[6]);
    VipsImage *photo = NULL, *cut = NULL, *small = NULL, *print = NULL;
    if (vips_jpegload(argv[1], &photo, "access", VIPS_ACCESS_SEQUENTIAL, "shrink", shrink, NULL)) vips_error_exit(NULL);
    int w = photo->Xsize, h = (int)((long)w * height / width);
    if (h > photo->Ysize) {
        h = photo->Ysize;
        w = (int)((long)h * width / height);
    }
    if (vips_crop(photo, &cut, (photo->Xsize - w) / 2, (photo->Ysize - h) / 2, w, h, NULL) ||
        vips_resize(cut, &small, (double)width / w, "vscale", (double)height / h, "kernel", VIPS_KERNEL_LANCZOS3,
                    NULL) ||
        vips_icc_transform(small, &print, argv[5], "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE,
                           "black_point_compensation", TRUE, NULL) ||
        vips_jpegsave(print, argv[2], "Q", 95, "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_OFF, NULL))
        vips_error_exit(NULL);
    return 0;
}
