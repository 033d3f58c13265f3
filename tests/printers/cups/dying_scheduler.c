// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A death at a chosen moment, preloaded into cupsd: it dies as the file CONTONE_DIE_AT says. "document": a document
// that was received has just got its place in the spool, and nothing else is known of it. "control": the file that says
// what state a job is in is about to be replaced.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char order[4096];

__attribute__((constructor)) static void enter(void) {
    const char* path = getenv("CONTONE_DIE_AT");
    if (path != NULL && strlen(path) < sizeof order) strcpy(order, path);
    unsetenv("LD_PRELOAD");  // its backends live
}

static int isOrdered(const char* moment) {
    char word[32] = "";
    FILE* file = order[0] != '\0' ? fopen(order, "r") : NULL;
    if (file == NULL) return 0;
    const int read = fscanf(file, "%31s", word);
    fclose(file);
    return read == 1 && strcmp(word, moment) == 0;
}

static void die(void) {
    unlink(order);  // once
    kill(getpid(), SIGKILL);
}

/// CUPS names them d00017-001 and c00017.
int rename(const char* from, const char* to) {
    int (*next)(const char*, const char*) = (int (*)(const char*, const char*))dlsym(RTLD_NEXT, "rename");
    const char* name = strrchr(to, '/');
    name = name != NULL ? name + 1 : to;
    if (name[0] == 'c' && strlen(name) == 6 && isOrdered("control")) die();
    const int done = next(from, to);
    if (name[0] == 'd' && strchr(name, '-') != NULL && isOrdered("document")) die();
    return done;
}
