// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Results wait in an inbox that the window's thread empties; when it is full, the source waits.
#include "ui/common/folder_photos.h"

#include <algorithm>

#include <QMetaObject>

#include "ui/common/folder_pictures.h"
#include "ui/common/view_renderer.h"
#include "ui/common/words.h"

namespace contone::ui {
namespace {

constexpr std::size_t kInboxRoom = 128;  // results

}  // namespace

struct FolderPhotos::Inbox {
    std::mutex mutex;
    std::condition_variable room;
    std::vector<view::SeenPicture> results;
    bool isClosed = false;

    /// True when the receiver is to be told.
    bool put(view::SeenPicture seen) {
        std::unique_lock lock(mutex);
        room.wait(lock, [this] { return isClosed || results.size() < kInboxRoom; });
        if (isClosed) return false;
        results.push_back(std::move(seen));
        return results.size() == 1;
    }
    std::vector<view::SeenPicture> takeAll() {
        const std::lock_guard lock(mutex);
        room.notify_all();
        return std::exchange(results, {});
    }
    void close() {
        const std::lock_guard lock(mutex);
        isClosed = true;
        results.clear();
        room.notify_all();
    }
};

FolderPhotos::FolderPhotos(decode::Decoder& decoder, int longSide, QObject* parent)
    : QAbstractListModel(parent), m_decoder(decoder), m_longSide(longSide) {}

FolderPhotos::~FolderPhotos() {
    close();
}

void FolderPhotos::open(const Path& folder) {
    close();
    m_folder = folder;
    m_listingCancel = CancelToken();
    m_lister.add([this, folder, cancel = m_listingCancel] {
        const auto found = FolderPictures::list(m_decoder, folder, cancel);
        const auto receive = [this, found, cancel] {
            if (cancel.isCancelled()) return;
            if (found)
                start(*found);
            else
                emit refused(found.error());
        };
        QMetaObject::invokeMethod(this, receive, Qt::QueuedConnection);
    });
}

void FolderPhotos::close() {
    m_listingCancel.cancel();
    if (m_inbox) m_inbox->close();
    beginResetModel();
    if (m_source) {
        m_source->cancel();
        // A pulled card can hold up a read for seconds: not in this thread.
        m_lister.add([source = std::exchange(m_source, nullptr)]() mutable { source.reset(); });
    }
    m_rows.clear();
    m_pictures.clear();
    m_errors.clear();
    m_seen = m_bad = m_first = m_end = 0;
    m_folder.clear();
    endResetModel();
}

void FolderPhotos::start(std::shared_ptr<view::PictureSource> source) {
    beginResetModel();
    m_source = std::move(source);
    m_rows.assign(m_source->count(), {});
    endResetModel();
    m_inbox = std::make_shared<Inbox>();
    m_source->start(m_longSide, [this, inbox = m_inbox](view::SeenPicture seen) {
        if (!inbox->put(std::move(seen))) return;
        const auto receive = [this, inbox] {
            if (inbox == m_inbox) takeIn();
        };
        QMetaObject::invokeMethod(this, receive, Qt::QueuedConnection);
    });
    emit listed();
}

void FolderPhotos::setVisible(int first, int end) {
    if (!m_source || (first == m_first && end == m_end)) return;
    m_first = first;
    m_end = end;
    m_source->setVisible(std::size_t(std::max(0, first)), std::size_t(std::max(0, end)));
}

void FolderPhotos::setOnDesk(std::set<Path> files) {
    if (files == m_onDesk) return;
    m_onDesk = std::move(files);
    if (!m_rows.empty()) emit dataChanged(index(0), index(rowCount() - 1), {OnDeskRole});
}

Path FolderPhotos::file(int row) const {
    return m_folder / m_source->name(std::size_t(row));
}

bool FolderPhotos::canBeChosen(int row) const {
    return row >= 0 && row < rowCount() && m_rows[std::size_t(row)].state != State::Bad;
}

void FolderPhotos::takeIn() {
    int first = rowCount(), last = -1;
    for (view::SeenPicture& seen : m_inbox->takeAll()) {
        first = std::min(first, int(seen.index));
        last = std::max(last, int(seen.index));
        take(std::move(seen));
    }
    if (last < 0) return;
    emit dataChanged(index(first), index(last));
    emit progressed();
}

void FolderPhotos::take(view::SeenPicture seen) {
    const int number = int(seen.index);
    Row& row = m_rows[seen.index];
    m_seen += row.isSeen ? 0 : 1;
    row.isSeen = true;
    const State before = row.state;
    if (seen.picture) {
        row.state = State::Shown;
        row.isEmbedded = seen.picture->from == image::SmallFrom::Embedded;
        keep(number, toImage(*seen.picture));
    } else if (seen.isFinal) {
        const bool mayPrint = seen.picture.error().reason == "photo-no-preview";
        row.state = mayPrint ? State::Unpictured : State::Bad;
        m_errors[number] = seen.picture.error();
        m_pictures.erase(number);
    }
    m_bad += (row.state == State::Bad ? 1 : 0) - (before == State::Bad ? 1 : 0);
}

/// From what is seen.
int FolderPhotos::distance(int row) const {
    return row < m_first ? m_first - row : row >= m_end ? row - m_end + 1 : 0;
}

void FolderPhotos::keep(int row, QImage picture) {
    m_errors.erase(row);
    m_pictures[row] = std::move(picture);
    if (m_pictures.size() <= mostPictures) return;
    const int low = m_pictures.begin()->first, high = m_pictures.rbegin()->first;
    const int farthest = distance(low) > distance(high) ? low : high;
    m_pictures.erase(farthest);
    m_source->drop(std::size_t(farthest));
}

int FolderPhotos::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant FolderPhotos::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const int row = index.row();
    const auto error = m_errors.find(row);
    const QString reason = error == m_errors.end() ? QString() : words::error(error->second);
    const QString name = words::line(m_source->name(std::size_t(row)));
    const bool isEmbedded = m_rows[std::size_t(row)].isEmbedded && reason.isEmpty();
    const QString more = isEmbedded ? words::embeddedPicture() : reason;
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return name.section('/', -1);
        case Qt::ToolTipRole:
            return words::tip(more.isEmpty() ? name : name + '\n' + more);
        case Qt::AccessibleDescriptionRole:
            return more.isEmpty() ? name : name + '\n' + more;
        case PictureRole: {
            const auto picture = m_pictures.find(row);
            return picture == m_pictures.end() ? QVariant() : QVariant(picture->second);
        }
        case StateRole:
            return QVariant::fromValue(m_rows[std::size_t(row)].state);
        case ReasonRole:
            return reason;
        case OnDeskRole:
            return !m_onDesk.empty() && m_onDesk.contains(file(row));
        default:
            return {};
    }
}

}  // namespace contone::ui
