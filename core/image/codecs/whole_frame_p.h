// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// WholeFrameReader: what readers share whose library gives a whole picture at once, with or without opacity.
#pragma once

#include "core/image/codecs/flatten_p.h"
#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// A decoded picture of facts().photo.size and depth, rows packed; one more sample a pixel when it brings opacity.
struct WholeFrame {
    Bytes samples;
    bool hasAlpha = false;
    AlphaKind alpha = AlphaKind::Unassociated;
};

/// Decodes at the first read(), gives flattened rows, frees the picture after the last.
class WholeFrameReader : public PhotoReader {
  public:
    const CodecFacts& facts() const final { return m_facts; }
    Result<int> read(MutableStrip strip) final;
    PhotoWarnings warnings() const final {
        PhotoWarnings all = m_facts.photo.warnings;
        all.add(m_warnings);
        return all;
    }

  protected:
    /// Called once. std::bad_alloc becomes "photo-memory".
    virtual Result<WholeFrame> decode() = 0;
    CodecFacts m_facts;

  private:
    enum class State { Fresh, Decoding, Ended, Failed };
    template <class T>
    void fillRow(T* out, int row);

    WholeFrame m_frame;
    PhotoWarnings m_warnings;
    State m_state = State::Fresh;
    int m_row = 0;
};

}  // namespace contone::image
