// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A folder's list and a thumbnail queue, behind the port.
#include "ui/common/folder_pictures.h"

namespace contone::ui {
namespace {

/// A card is not read to its end because somebody looks at it: only some screens ahead.
constexpr std::size_t kWholeAhead = 400;

}  // namespace

Result<std::shared_ptr<view::PictureSource>> FolderPictures::list(decode::Decoder& decoder, const Path& folder,
                                                                  const CancelToken& cancel) {
    CONTONE_TRY(inspect::PhotoFolder found, inspect::PhotoFolder::list(folder, inspect::FolderOrder::ByName, cancel));
    return std::make_shared<FolderPictures>(decoder, std::move(found));
}

void FolderPictures::start(int longSide, Tell tell) {
    m_queue.emplace(
        m_decoder, count(),
        decode::ThumbnailQueue::Options{
            .longSide = longSide, .wholeAhead = kWholeAhead, .headPictures = decode::HeadPictures::AreProved},
        [this](std::size_t index, std::int64_t most, const CancelToken& cancel) {
            return m_folder.copy(index, most, cancel);
        },
        [tell = std::move(tell)](decode::SeenPhoto seen) {
            tell({.index = seen.index, .picture = std::move(seen.picture), .isFinal = seen.isFinal});
        });
}

}  // namespace contone::ui
