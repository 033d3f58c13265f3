// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FolderPictures: the photos of a folder of this computer, made small by this program's own decoder children.
#pragma once

#include <memory>
#include <optional>

#include "core/inspect/photo_folder.h"
#include "core/view/picture_source.h"

namespace contone::ui {

class FolderPictures final : public view::PictureSource {
  public:
    /// Lists the folder; may take seconds. `decoder` outlives the source. Fails as inspect::PhotoFolder::list.
    static Result<std::shared_ptr<view::PictureSource>> list(decode::Decoder& decoder, const Path& folder,
                                                             const CancelToken& cancel);
    FolderPictures(decode::Decoder& decoder, inspect::PhotoFolder folder)
        : m_decoder(decoder), m_folder(std::move(folder)) {}

    std::size_t count() const override { return m_folder.files().size(); }
    const std::string& name(std::size_t index) const override { return m_folder.files()[index].name; }
    bool isCut() const override { return m_folder.isCut(); }
    void start(int longSide, Tell tell) override;
    void setVisible(std::size_t first, std::size_t end) override { m_queue->setVisible(first, end); }
    void drop(std::size_t index) override { m_queue->drop(index); }
    void cancel() override {
        if (m_queue) m_queue->cancel();
    }

  private:
    decode::Decoder& m_decoder;
    const inspect::PhotoFolder m_folder;
    std::optional<decode::ThumbnailQueue> m_queue;  // last: its thread reads the folder
};

}  // namespace contone::ui
