// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone thumbnails FOLDER: small pictures of all photos in a folder or on a card, and why some have none.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "core/image/file_sinks.h"
#include "core/inspect/photo_folder.h"

namespace contone::cli {
namespace {

using nlohmann::json;

struct Wish {
    std::string folder, out;
    int size = 160;
};

Result<void> write(const image::Picture& picture, const Path& file) {
    CONTONE_CHECK(makeDirectories(file.parent_path()));
    const auto sink = image::pngFileSink(file);
    image::PageHeader page;
    page.size = picture.size;
    page.format = picture.format;
    CONTONE_CHECK(sink->begin(page));
    CONTONE_CHECK(sink->write(picture.strip()));
    return sink->finish();
}

/// What became of all files, in the folder's order.
class Outcome {
  public:
    Outcome(const Context& context, const inspect::PhotoFolder& folder, Path out)
        : m_context(context), m_folder(folder), m_out(std::move(out)), m_entries(folder.files().size()) {}

    /// In the queue's thread.
    void note(const decode::SeenPhoto& seen) {
        if (!seen.isFinal) return;
        const std::string& name = m_folder.files()[seen.index].name;
        json& entry = m_entries[seen.index];
        entry = {{"file", name}, {"ok", false}};
        Result<void> done;
        if (!seen.picture) done = std::unexpected(seen.picture.error());
        const std::string small = name + ".png";
        if (done) done = write(*seen.picture, m_out / small);
        if (done) {
            entry.update({{"ok", true},
                          {"thumbnail", small},
                          {"width", seen.picture->size.width},
                          {"height", seen.picture->size.height},
                          {"from", seen.quality == decode::Quality::Embedded ? "embedded" : "photo"}});
            ++m_written;
            return;
        }
        entry["error"] = toJson(done.error());
        m_context.complainAbout(name, done.error());
        const int code = exitCodeOf(done.error());
        m_exit = m_exit == exitOk || m_exit == code ? code : exitSeveral;
    }
    int finish() const {
        m_context.say(
            fmt::format("{} of {} files have a small picture in {}", m_written, m_entries.size(), m_out.string()));
        m_context.answer({{"files", m_entries}, {"truncated", m_folder.isCut()}});
        return m_exit;
    }

  private:
    const Context& m_context;
    const inspect::PhotoFolder& m_folder;
    Path m_out;
    std::vector<json> m_entries;
    int m_written = 0, m_exit = exitOk;
};

int thumbnails(Context& context, const Wish& wish) {
    if (wish.size < 1 || wish.size > 2048)
        return context.complain({Code::Invalid, "bad-size", "A thumbnail is 1 to 2048 pixels long.", {}});
    const auto folder = inspect::PhotoFolder::list(wish.folder);
    if (!folder) return context.complain(folder.error());
    if (const auto made = makeDirectories(wish.out); !made) return context.complain(made.error());
    Outcome outcome(context, *folder, wish.out);
    const auto copy = [&](std::size_t index, std::int64_t most, const CancelToken& cancel) {
        return folder->copy(index, most, cancel);
    };
    {
        decode::ThumbnailQueue queue(context.decoder(), folder->files().size(), {.longSide = wish.size}, copy,
                                     [&](const decode::SeenPhoto& seen) { outcome.note(seen); });
        queue.waitUntilIdle();
    }
    return outcome.finish();
}

}  // namespace

void addThumbnails(const Command& program, Context& context) {
    const auto command = program.add("thumbnails", "Write small pictures of all photos in a folder or on a card");
    auto wish = std::make_shared<Wish>();
    command.option("FOLDER", wish->folder, "A folder or card; folders in it are looked through").required();
    command.option("--out", wish->out, "The folder for the small pictures (PNG)").required();
    command.option("--size", wish->size, "The long side, pixels (default: 160)");
    command.does([&context, wish] { return thumbnails(context, *wish); });
}

}  // namespace contone::cli
