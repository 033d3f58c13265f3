// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Everything that OpenImageIO would do later and that a locked-down process cannot.
#include <OpenImageIO/imageio.h>
#include <dirent.h>
#include <dlfcn.h>

#include <chrono>
#include <memory>
#include <thread>

#include "core/image/longtail/longtail_reader.h"

namespace contone::image {
namespace {

int threadsOfThisProcess() {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir("/proc/self/task"), ::closedir);
    int threads = 0;
    if (folder)
        while (const dirent* entry = ::readdir(folder.get())) threads += entry->d_name[0] != '.' ? 1 : 0;
    return threads;
}

}  // namespace

std::string longTailLibraries() {
    const int version = OIIO::openimageio_version();  // 20410: 2.4.10
    return "OpenImageIO " + std::to_string(version / 10000) + "." + std::to_string(version / 100 % 100) + "." +
           std::to_string(version % 100);
}

Result<void> prepareOiio() try {
    // Debian's OpenImageIO loads OpenVDB, which loads log4cplus, which starts four threads as it is loaded. No header
    // of it is installed and nothing here logs with it; where it is not there, there is nothing to end.
    if (void* stop = ::dlsym(RTLD_DEFAULT, "_ZN9log4cplus18shutdownThreadPoolEv")) reinterpret_cast<void (*)()>(stop)();
    OIIO::attribute("threads", 1);       // its pool then has none beside the caller
    OIIO::attribute("exr_threads", -1);  // OpenEXR's pool
    for (const char* plugin : {"gif", "openexr", "jpeg2000", "hdr", "pnm", "dpx", "dds"})  // catalogues the plugins
        if (!OIIO::ImageInput::create(plugin, false, nullptr, "")) OIIO::geterror();
    using namespace std::chrono_literals;
    for (int waits = 0; threadsOfThisProcess() > 1; ++waits) {  // a thread that ended is seen for a moment longer
        if (waits == 500)
            return fail(Code::Internal, "decoder-threads", "The reader of rare photo formats cannot be locked down.",
                        std::to_string(threadsOfThisProcess()) + " threads");
        std::this_thread::sleep_for(2ms);
    }
    return {};
} catch (const std::exception& e) {
    return fail(Code::Internal, "decoder-threads", "The reader of rare photo formats cannot be locked down.", e.what());
}

}  // namespace contone::image
