// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A codec, a decision about its colours, and the conversion of those that plain numbers cannot say.
#include "core/decode/worker/open_photo.h"

#include <algorithm>
#include <optional>

#include "icc/source.h"
#include "icc/versions.h"

namespace contone::decode {
namespace {

constexpr image::PixelFormat wideRgb{image::Channels::Rgb, image::Depth::U16};

/// The codec's own samples.
class PlainPhoto : public image::PhotoSource {
  public:
    PlainPhoto(std::unique_ptr<image::PhotoReader> reader, image::PhotoFacts facts)
        : m_reader(std::move(reader)), m_facts(std::move(facts)) {}
    const image::PhotoFacts& facts() const override { return m_facts; }
    Result<int> read(image::MutableStrip strip) override { return m_reader->read(strip); }
    image::PhotoWarnings warnings() const override {
        image::PhotoWarnings all = m_facts.warnings;
        all.add(m_reader->warnings());
        return all;
    }

  protected:
    image::PhotoReader& reader() { return *m_reader; }

  private:
    std::unique_ptr<image::PhotoReader> m_reader;
    image::PhotoFacts m_facts;
};

/// CMYK, Lab and table profiles: wide RGB.
class ConvertedPhoto final : public PlainPhoto {
  public:
    ConvertedPhoto(std::unique_ptr<image::PhotoReader> reader, image::PhotoFacts facts, image::PixelFormat own,
                   icc::WideConverter converter)
        : PlainPhoto(std::move(reader), std::move(facts)), m_own(own), m_converter(std::move(converter)) {}

    Result<int> read(image::MutableStrip strip) override {
        if (m_failed || strip.format != wideRgb || strip.width != facts().size.width || strip.rows < 1)
            return image::photoProblem(m_failed ? "photo-damaged" : "strip-mismatch");
        if (m_strip.size.height < strip.rows) m_strip = image::Picture::ofSize({strip.width, strip.rows}, m_own);
        image::MutableStrip own = m_strip.strip();
        own.rows = strip.rows;
        const Result<int> rows = reader().read(own);
        m_failed = !rows;
        if (!rows || *rows <= 0) return rows;
        own.rows = std::min(*rows, strip.rows);
        m_converter.apply(own, strip);
        return own.rows;
    }

  private:
    image::PixelFormat m_own;
    icc::WideConverter m_converter;
    image::Picture m_strip;
    bool m_failed = false;
};

}  // namespace

Result<std::unique_ptr<image::PhotoSource>> openPhoto(const Codecs& codecs, FileDescriptor file,
                                                      const image::PhotoRequest& request, const image::Limits& limits) {
    CONTONE_TRY(std::unique_ptr<image::PhotoReader> reader, codecs.open(std::move(file), request, limits));
    image::PhotoFacts facts = reader->facts().photo;
    CONTONE_TRY(icc::SourceDecision decision, icc::decideSource(reader->facts().colours, facts.pixels.channels));
    facts.colour = decision.colour;
    facts.warnings.add(decision.warnings);
    if (codecs.libraries) facts.libraries = codecs.libraries(facts.format) + ", " + icc::colourLibrary();
    if (facts.colour.kind != image::SourceColour::Kind::Converted)
        return std::make_unique<PlainPhoto>(std::move(reader), std::move(facts));
    auto converter = icc::WideConverter::create(decision, facts.pixels, request.intent, request.blackPoint);
    if (!converter) return image::photoProblem("photo-feature", converter.error().detail);
    facts.colour.isWide = converter->isWide();
    const image::PixelFormat own = std::exchange(facts.pixels, wideRgb);
    return std::make_unique<ConvertedPhoto>(std::move(reader), std::move(facts), own, *std::move(converter));
}

}  // namespace contone::decode
