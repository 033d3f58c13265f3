// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FolderPhotos: the photos of a source as rows, with their small pictures as those become known.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include <QAbstractListModel>
#include <QImage>

#include "core/base/cancel.h"
#include "core/decode/decoder.h"
#include "core/view/picture_source.h"
#include "ui/common/task_queue.h"

namespace contone::ui {

/// One thread lists, one makes the pictures; functions and signals are of the thread this object lives in. At most
/// `mostPictures` pictures are held; those far from what is seen go first and are made again when they are seen.
class FolderPhotos : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Role { PictureRole = Qt::UserRole + 1, StateRole, ReasonRole, OnDeskRole };
    enum class State {
        Waiting,
        Shown,       ///< there is a picture, or there was one
        Unpictured,  ///< no picture could be made of it, but it may print
        Bad,         ///< it cannot be read; ReasonRole says why
    };
    Q_ENUM(State)
    static constexpr std::size_t mostPictures = 2'000;

    /// `decoder` outlives it. `longSide` of the pictures, in pixels of the screen.
    FolderPhotos(decode::Decoder& decoder, int longSide, QObject* parent = nullptr);
    ~FolderPhotos() override;

    /// Replaces what was open. listed() or refused() follows.
    void open(const Path& folder);
    /// Stops all work and forgets the files.
    void close();
    const Path& folder() const { return m_folder; }
    /// The rows [first, end) are on the screen.
    void setVisible(int first, int end);
    Path file(int row) const;
    /// These are chosen already: OnDeskRole.
    void setOnDesk(std::set<Path> files);
    bool canBeChosen(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    int seen() const { return m_seen; }  ///< files that were looked at
    int bad() const { return m_bad; }
    bool isCut() const { return m_source && m_source->isCut(); }
    std::size_t pictures() const { return m_pictures.size(); }

  signals:
    void listed();
    void refused(const contone::Error& error);
    void progressed();

  private:
    struct Row {
        State state = State::Waiting;
        bool isSeen = false, isEmbedded = false;
    };
    struct Inbox;
    void start(std::shared_ptr<view::PictureSource> source);
    void takeIn();
    void take(view::SeenPicture seen);
    void keep(int row, QImage picture);
    int distance(int row) const;

    decode::Decoder& m_decoder;
    const int m_longSide;
    Path m_folder;
    std::vector<Row> m_rows;
    std::map<int, QImage> m_pictures;
    std::map<int, Error> m_errors;
    int m_seen = 0, m_bad = 0;
    int m_first = 0, m_end = 0;  ///< visible
    std::set<Path> m_onDesk;
    CancelToken m_listingCancel;
    std::shared_ptr<Inbox> m_inbox;
    std::shared_ptr<view::PictureSource> m_source;
    TaskQueue m_lister;
};

}  // namespace contone::ui
