// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Preloaded into ippeveprinter, which otherwise refuses to start without a running Avahi, even with "-r off".
#include <stddef.h>

/// What stands for every object of Avahi; never read.
static const int nothing[64];

void* avahi_threaded_poll_new(void) {
    return (void*)nothing;
}
const void* avahi_threaded_poll_get(void* poll) {
    return (void)poll, nothing;
}
int avahi_threaded_poll_start(void* poll) {
    return (void)poll, 0;
}
int avahi_threaded_poll_stop(void* poll) {
    return (void)poll, 0;
}
void avahi_threaded_poll_lock(void* poll) {
    (void)poll;
}
void avahi_threaded_poll_unlock(void* poll) {
    (void)poll;
}
void avahi_threaded_poll_free(void* poll) {
    (void)poll;
}
void* avahi_client_new(const void* api, int flags, void* callback, void* context, int* error) {
    (void)api, (void)flags, (void)callback, (void)context, (void)error;
    return (void*)nothing;
}
void avahi_client_free(void* client) {
    (void)client;
}
const char* avahi_client_get_host_name_fqdn(void* client) {
    return (void)client, "localhost";
}
