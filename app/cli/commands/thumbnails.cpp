// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone thumbnails FOLDER: small pictures of all photos in a folder or on a card, and why some have none.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/host/outputs.h"
#include "core/image/file_sinks.h"
#include "core/inspect/photo_folder.h"

namespace contone::cli {
namespace {

using nlohmann::json;

struct Wish {
    std::string folder, out;
    int size = 160;
    bool overwrite = false;
};

/// "DCIM/IMG_1.JPG.png". Of a name so long that nothing can stand behind it, the end is left out for a sum of it all.
Path smallNameOf(const std::string& name) {
    constexpr std::size_t longest = 255;  // bytes, of file systems
    Path small = name + ".png";
    if (small.filename().native().size() <= longest) return small;
    const std::string sum = "~" + Sha256::of(name).toString().substr(0, 8) + ".png";
    std::size_t kept = longest - sum.size();
    const std::string whole = small.filename().string();
    while (kept > 0 && (static_cast<unsigned char>(whole[kept]) & 0xc0u) == 0x80) kept--;  // between two characters
    return small.replace_filename(whole.substr(0, kept) + sum);
}

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
        const Path small = smallNameOf(name);
        if (done) done = write(*seen.picture, m_out / small);
        if (done) {
            entry.update({{"ok", true},
                          {"thumbnail", small.string()},
                          {"width", seen.picture->size.width},
                          {"height", seen.picture->size.height},
                          {"from", image::toString(seen.picture->from)}});
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
    std::vector<Path> inputs, outputs;
    for (std::size_t i = 0; i < folder->files().size(); i++) {
        inputs.push_back(folder->pathOf(i));
        outputs.push_back(Path(wish.out) / smallNameOf(folder->files()[i].name));
    }
    const auto existing = wish.overwrite ? app::Existing::IsReplaced : app::Existing::Stays;
    if (auto free = app::checkOutputs(inputs, outputs, existing); !free) return context.complain(free.error());
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
    command.flag("--overwrite", wish->overwrite, "Replace files that are there; never a photo that is read");
    command.option("--size", wish->size, "The long side, pixels (default: 160)");
    command.does([&context, wish] { return thumbnails(context, *wish); });
}

}  // namespace contone::cli
