// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// libheif decoding one photo to interleaved RGB in memory, on one thread. heif-to-rgb PHOTO
#include <libheif/heif.h>
#include <stdio.h>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    struct heif_context* context = heif_context_alloc();
    heif_context_set_max_decoding_threads(context, 0);
    struct heif_image_handle* handle = NULL;
    struct heif_image* image = NULL;
    struct heif_error error = heif_context_read_from_file(context, argv[1], NULL);
    if (error.code == heif_error_Ok) error = heif_context_get_primary_image_handle(context, &handle);
    if (error.code == heif_error_Ok)
        error = heif_decode_image(handle, &image, heif_colorspace_RGB, heif_chroma_interleaved_RGB, NULL);
    if (error.code != heif_error_Ok) fprintf(stderr, "%s\n", error.message);
    return error.code == heif_error_Ok ? 0 : 1;
}
