// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The row stages of every page: colours, depth, and the way onto and off the canvas. pipeline.cpp says in which order.
#pragma once

#include "core/image/pixels.h"
#include "core/render/row_stage.h"
#include "icc/transforms.h"

namespace contone::render {

/// Archival lane, reducing: back from linear light to the photo's encoding.
class Encode final : public RowStage {
  public:
    enum class Rows { Encoded, Linear };  ///< Encoded: nothing is to be done
    Encode(icc::InputTransform input, Rows rows) : m_input(std::move(input)), m_rows(rows) {}
    void run(Row& row) const override;

  private:
    icc::InputTransform m_input;
    Rows m_rows;
};

/// A: the photo's encoding → linear working RGB.
class ToWorking final : public RowStage {
  public:
    explicit ToWorking(icc::InputTransform input) : m_input(std::move(input)) {}
    void run(Row& row) const override;

  private:
    icc::InputTransform m_input;
};

/// The open place: the adjustments of one frame, in the order in which they are given, on linear working RGB.
class Adjust final : public RowStage {
  public:
    explicit Adjust(RowStages adjustments) : m_adjustments(std::move(adjustments)) {}
    void run(Row& row) const override;

  private:
    RowStages m_adjustments;
};

/// From the photo's working space to the page's, where they differ.
class ToGamut final : public RowStage {
  public:
    ToGamut(icc::WorkingGamut from, icc::WorkingGamut to) : m_differs(from != to), m_conversion(from, to) {}
    void run(Row& row) const override;

  private:
    bool m_differs;
    icc::GamutConversion m_conversion;
};

/// Working RGB → 16-bit light samples (light_samples.h), as the canvas of a composed page keeps them.
class ToLightSamples final : public RowStage {
  public:
    void run(Row& row) const override;
};

/// B: working RGB → device, quantised to 16 bits.
class ToDevice final : public RowStage {
  public:
    explicit ToDevice(icc::OutputTransform output) : m_output(std::move(output)) {}
    void run(Row& row) const override;

  private:
    icc::OutputTransform m_output;
};

/// A and B in one table: the photo's encoding → device.
class ToDeviceFused final : public RowStage {
  public:
    explicit ToDeviceFused(icc::FusedTable table) : m_table(std::move(table)) {}
    void run(Row& row) const override;

  private:
    icc::FusedTable m_table;
};

/// From 16 bits to the page's depth, dithered or rounded; 16 bits stay as they are.
class ToDepth final : public RowStage {
  public:
    enum class How { Dither, Round };
    ToDepth(image::PixelFormat device, How how) : m_device(device), m_how(how) {}
    void run(Row& row) const override;

  private:
    image::PixelFormat m_device;
    How m_how;
};

/// For pictures instead of pages: three samples a pixel, encoded ones as 16 bits, working ones as they are.
class KeepEncoded final : public RowStage {
  public:
    void run(Row& row) const override;
};
class KeepWorking final : public RowStage {
  public:
    void run(Row& row) const override;
};

}  // namespace contone::render
