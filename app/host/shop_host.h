// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ShopHost: a whole shop in one process: store, vault, spool, printers, use cases. The agent is one behind a socket;
// the command line makes one when no agent runs; a test makes as many as it likes.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "app/host/places.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/catalog/product.h"
#include "core/decode/decoder.h"
#include "core/print/printer_model.h"
#include "core/shop/shop.h"
#include "core/store/sqlite_store.h"

namespace contone::app {

/// Damage that comes while a shop is open: its store is looked at again and again, beside the work.
struct StoreWatch {
    std::chrono::milliseconds every = std::chrono::hours(24);
    /// The store cannot be believed any more: nothing may be printed, and the next start says the same. Once, on a
    /// thread of the host's.
    std::function<void(const Error&)> whenUnfit = [](const Error&) {};
};

struct HostOptions {
    Places places;
    decode::Decoder& decoder;  ///< outlives the host
    Log log;
    int threads = 2;                                                              ///< for one render
    std::function<void(std::string_view)> commitPoint = [](std::string_view) {};  ///< see print::SheetPrinterPorts
    StoreWatch storeWatch{};
    /// The store is opened at once, and read as a whole by the first look of the watch.
    store::Opening opening = store::Opening::ToWork;
};

class ShopHost {
  public:
    /// Takes the store's lock for life. Fails as SqliteStore::open, Catalog::load, loadModels,
    /// StoreKey::open, KeyRing::open, Vault::open.
    static Result<std::unique_ptr<ShopHost>> open(HostOptions options);
    ~ShopHost();
    /// How many of the shop's files and folders other users of this computer could look into until now; they no longer
    /// can. Tell whoever starts the program.
    int filesClosed() const;
    shop::Shop& shop();            ///< as this program asks it
    shop::ShopService& service();  ///< for transports, which say who asks
    /// From here on planned sheets are printed, those of a former process first, and the store is watched.
    void startPrinting();
    /// No sheet is begun from now on. Printers may finish what they are being sent; after three seconds they are cut
    /// off and the next start finds out what became of it. Does not wait.
    void beginStop();
    /// As beginStop(), and waits: about four seconds at most, however many printers do not answer.
    void stopPrinting();

  private:
    struct Impl;
    explicit ShopHost(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace contone::app
