// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone backup, contone restore: a shop on another disk, and back again.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/shop_words.h"
#include "core/backup/backup.h"

namespace contone::cli {
namespace {

struct BackupRequest {
    std::string target, snapshot, keyFile;
    int keepDays = 0;
};

nlohmann::json describe(const backup::Snapshot& snapshot) {
    return nlohmann::json::parse(json::write(snapshot));
}

backup::ShopFolder shopOf(const Context& context) {
    return {context.places().home};
}

Result<keys::StoreKey> storeKeyOf(const Context& context) {
    LocalDisk disk;
    const app::Places places = context.places();
    if (!store::SqliteStore::isIn(places.home))
        return fail(Code::NotFound, "store-missing", "There is no shop in this folder. Say where it is with --home.",
                    places.home.string());
    return keys::StoreKey::open(disk, places.home, places.credentials);
}

/// Of a file, or of standard input ("-"): on the command line other users of the computer could read it.
Result<keys::RecoveryKey> recoveryKeyIn(const std::string& file) {
    std::string text;
    if (file == "-") {
        std::getline(std::cin, text);
    } else {
        CONTONE_TRY(text, readTextFile(file, 1000));
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return keys::RecoveryKey::parse(text);
}

int makeKey(Context& context) {
    const auto storeKey = storeKeyOf(context);
    if (!storeKey) return context.complain(storeKey.error());
    const auto recovery = backup::newRecovery(shopOf(context), *storeKey);
    if (!recovery) return context.complain(recovery.error());
    context.say("The recovery key of this shop. Write it down or print it, twice, and keep it away from the backups:");
    context.say("");
    context.say("    " + recovery->toString());
    context.say("");
    context.say("It is not shown again. Then type it once: contone backup confirm -");
    context.answer({{"recoveryKey", recovery->toString()}});
    return exitOk;
}

int confirmKey(Context& context, const BackupRequest& request) {
    const auto storeKey = storeKeyOf(context);
    if (!storeKey) return context.complain(storeKey.error());
    const auto typed = recoveryKeyIn(request.keyFile);
    if (!typed) return context.complain(typed.error());
    if (const auto done = backup::confirmRecovery(shopOf(context), *storeKey, *typed); !done)
        return context.complain(done.error());
    context.say("Confirmed: backups from now on open with this key.");
    context.answer({{"confirmed", true}});
    return exitOk;
}

int backUp(Context& context, const BackupRequest& request) {
    const SystemClock clock;
    const auto storeKey = storeKeyOf(context);
    if (!storeKey) return context.complain(storeKey.error());
    const auto made = backup::backUp(shopOf(context), *storeKey, request.target, clock);
    if (!made) return context.complain(made.error());
    int removed = 0;
    if (request.keepDays > 0) {
        const auto expired = backup::expire(request.target, request.keepDays, clock.now());
        if (!expired) return context.complain(expired.error());
        removed = *expired;
    }
    context.say(fmt::format("Backup {}: {} orders, {} events.{}", made->name, made->orders, made->lastPosition,
                            removed > 0 ? fmt::format(" {} older ones removed.", removed) : ""));
    context.answer({{"snapshot", describe(*made)}, {"removed", removed}});
    return exitOk;
}

int listBackups(Context& context, const BackupRequest& request) {
    const auto snapshots = backup::snapshotsIn(request.target);
    if (!snapshots) return context.complain(snapshots.error());
    nlohmann::json all = nlohmann::json::array();
    for (const backup::Snapshot& one : *snapshots) {
        context.say(fmt::format("{}  {}  {} orders", one.name, localTime(one.at), one.orders));
        all.push_back(describe(one));
    }
    if (snapshots->empty()) context.say("There is no backup in this folder.");
    context.answer({{"snapshots", all}});
    return exitOk;
}

/// Gone with everything in it.
class Scratch {
  public:
    Scratch() {
        std::error_code failed;
        std::string name = (std::filesystem::temp_directory_path(failed) / "contone-verify-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) m_folder = name;
    }
    ~Scratch() {
        if (m_folder.empty()) return;
        LocalDisk disk;
        for (const char* plain : {"store.key", "contone.db", "contone.db-wal"})
            if (disk.look(m_folder / "shop" / plain)) (void)eraseFile(disk, m_folder / "shop" / plain);
        std::error_code failed;
        std::filesystem::remove_all(m_folder, failed);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const Path& folder() const { return m_folder; }

  private:
    Path m_folder;
};

int verifyBackup(Context& context, const BackupRequest& request) {
    const auto recovery = recoveryKeyIn(request.keyFile);
    if (!recovery) return context.complain(recovery.error());
    const Scratch scratch;
    const auto verified = backup::verify(request.target, request.snapshot, *recovery, scratch.folder(), SystemClock());
    if (!verified) return context.complain(verified.error());
    context.say(fmt::format("Backup {} can be restored: {} orders, a photo of each was opened.",
                            verified->snapshot.name, verified->orders));
    context.answer(
        {{"snapshot", describe(verified->snapshot)}, {"orders", verified->orders}, {"originals", verified->originals}});
    return exitOk;
}

int restoreShop(Context& context, const BackupRequest& request) {
    const auto recovery = recoveryKeyIn(request.keyFile);
    if (!recovery) return context.complain(recovery.error());
    const auto restored = backup::restore(request.target, request.snapshot, *recovery, shopOf(context), SystemClock());
    if (!restored) return context.complain(restored.error());
    context.say(fmt::format("Restored from {}: {} orders.", restored->snapshot.name, restored->snapshot.orders));
    if (restored->erasedAgain > 0)
        context.say(fmt::format("{} orders that were erased since are erased again.", restored->erasedAgain));
    if (restored->ordersHeld > 0)
        context.say(
            fmt::format("{} orders are held that were not printed when the backup was made: look whether they "
                        "were since, then release or cancel them.",
                        restored->ordersHeld));
    if (restored->jobsHeld > 0)
        context.say(fmt::format("{} jobs are held: look which of their prints are there, then release them.",
                                restored->jobsHeld));
    if (restored->paymentsInQuestion > 0)
        context.say(
            fmt::format("{} payments are in question: look at the terminal's slips.", restored->paymentsInQuestion));
    context.answer({{"snapshot", describe(restored->snapshot)},
                    {"erasedAgain", restored->erasedAgain},
                    {"ordersHeld", restored->ordersHeld},
                    {"jobsHeld", restored->jobsHeld},
                    {"paymentsInQuestion", restored->paymentsInQuestion}});
    return exitOk;
}

}  // namespace

void addBackup(const Command& program, Context& context) {
    const auto request = std::make_shared<BackupRequest>();
    const auto group = program.add("backup", "Copies of the shop on another disk, also while it works");

    group.add("key", "Make the recovery key, without which no backup can be opened").does([&context] {
        return makeKey(context);
    });
    const auto confirm = group.add("confirm", "Type the recovery key once, to prove that it was written down");
    confirm.option("FILE", request->keyFile, "A file with it; -: type it").required();
    confirm.does([&context, request] { return confirmKey(context, *request); });

    const auto run = group.add("run", "Make a backup");
    run.option("FOLDER", request->target, "Where backups are kept, on another disk").required();
    run.option("--keep-days", request->keepDays, "Remove backups that are older").between(1, 36500);
    run.does([&context, request] { return backUp(context, *request); });

    const auto list = group.add("list", "The backups of a folder");
    list.option("FOLDER", request->target, "Where backups are kept").required();
    list.does([&context, request] { return listBackups(context, *request); });

    const auto common = [&](const Command& command) {
        command.option("FOLDER", request->target, "Where backups are kept").required();
        command.option("--recovery-key", request->keyFile, "A file with the recovery key; -: type it").required();
        command.option("--snapshot", request->snapshot, "Which backup (default: the newest)");
    };
    const auto verify = group.add("verify", "Whether a bare machine could restore this backup with this key");
    common(verify);
    verify.does([&context, request] { return verifyBackup(context, *request); });

    const auto restore = program.add("restore", "Make a shop of a backup, in the new folder that --home names");
    common(restore);
    restore.does([&context, request] { return restoreShop(context, *request); });
}

}  // namespace contone::cli
