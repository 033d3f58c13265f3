// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Places: where a shop keeps its things, and where this installation's data files are.
#pragma once

#include "core/base/file.h"
#include "core/decode/decoder.h"
#include "core/keys/store_key.h"
#include "core/pricing/price_book.h"

namespace contone::app {

struct Places {
    Path home;         ///< the store folder: --home, else $CONTONE_HOME, else $XDG_DATA_HOME/contone, else
                       ///< ~/.local/share/contone
    Path share;        ///< products, prices, papers, models: --share, else $CONTONE_SHARE, else beside the program:
                       ///< ../share/contone
    Path programs;     ///< the folder of the running program: contone-decoder and its siblings stand there
    Path credentials;  ///< what systemd gives this service alone: $CREDENTIALS_DIRECTORY; empty: nothing

    Path socket() const { return home / "agent.sock"; }
    Path tableCache() const { return home / "cache" / "tables"; }
    Path pages() const { return home / "cache" / "pages"; }  ///< rendered pages, for the next time
    Path spool() const { return home / "spool"; }
    Path looks() const { return home / "looks"; }  ///< .cube files, put there by the shop
    /// The shop's own price list, and the installation's.
    pricing::PriceFiles prices() const { return {home / "prices.toml", share / "prices" / "standard.toml"}; }
    Path vault() const { return home / "vault"; }
    Path keys() const { return home / keys::StoreKey::ringName; }
    Path log() const { return home / "agent.log"; }

    /// What reads photos, with the programs of this installation. Starts nothing yet.
    decode::Decoder::Options decoder() const { return {.programs = programs, .faceModel = faceModel()}; }
    Path faceModel() const { return share / "vision" / "face_detection_full_range.tflite"; }

    /// Makes `home` when it is not there, for its owner and group alone (0750): it holds customers' photos and names,
    /// and the socket, which the group may use. One that is there and empty, or a shop's already, becomes 0750 at most;
    /// what the shop keeps in it becomes its owner's alone. Gives how many files and folders others could look into.
    /// Fails: Invalid "home-unusable"; as makeDirectories.
    Result<int> makeHome() const;

    /// Empty arguments mean the defaults.
    static Places find(const Path& home, const Path& share);
};

}  // namespace contone::app
