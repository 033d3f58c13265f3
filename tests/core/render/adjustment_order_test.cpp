// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The order in which a person moves sliders counts for nothing: not for what is kept, and not for a single pixel.
#include <QTest>
#include <algorithm>
#include <random>

#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/looks.h"
#include "core/render/adjustments/tone_grid.h"

using namespace contone;
using namespace contone::render;
using image::Adjustments;

namespace {

/// What a person does: one slider, the look or the curve.
using Action = std::function<void(Adjustments&)>;

std::vector<Action> someActions(std::mt19937& chance) {
    std::vector<Action> all;
    for (const NumberDescriptor& number : adjustmentNumbers()) {
        if (chance() % 2) continue;
        const double share = double(chance() % 1000) / 1000;
        all.push_back([id = std::string(number.id), value = number.least + share * (number.most - number.least)](
                          Adjustments& to) { to.set(id, value); });
    }
    if (chance() % 2) {
        const auto& known = looks();
        const std::string look = std::string(known[chance() % known.size()].id);
        const int percent = int(chance() % 101);
        all.push_back([=](Adjustments& to) {
            to.look = look;
            to.lookPercent = percent;
        });
    }
    if (chance() % 2) all.push_back([](Adjustments& to) { to.curve = {{0.25, 0.2}, {0.75, 0.85}}; });
    return all;
}

constexpr int kWidth = 97, kHeight = 64;

std::vector<float> someColours(std::mt19937& chance) {
    std::vector<float> all(std::size_t(kWidth) * kHeight * 3);
    std::ranges::generate(all, [&] { return float(chance() % 4000) / 3800; });  // a little over white too
    return all;
}

/// The middle row of such a photo, adjusted in these parts.
std::vector<float> adjusted(const Adjustments& adjustments, const std::vector<float>& photo,
                            std::initializer_list<Part> parts) {
    constexpr std::array<float, 3> luminance{0.2627F, 0.678F, 0.0593F};  // Rec. 2020
    Surroundings around;
    if (needsTones(adjustments))
        around.tones = std::make_shared<const ToneGrid>(photo.data(), kWidth, kHeight, luminance);
    std::vector<float> row(std::size_t(kWidth) * 4), scratch(row.size());
    std::copy_n(photo.begin() + std::ptrdiff_t(kHeight / 2) * kWidth * 3, kWidth * 3, row.begin());
    Row r{.packed = row.data(),
          .scratch = scratch.data(),
          .photo = {0.5 / kWidth, 0.5, 1.0 / kWidth, 0},
          .width = kWidth};
    for (const Part part : parts)
        for (const auto& stage : adjustmentStages(adjustments, around, part)) stage->run(r);
    return {r.packed, r.packed + kWidth * 3};
}

}  // namespace

class AdjustmentOrderTest : public QObject {
    Q_OBJECT
  private slots:
    void movingSlidersInAnyOrderIsTheSame() {
        std::mt19937 chance(11);
        const std::vector<float> photo = someColours(chance);
        int changed = 0;
        for (int i = 0; i < 60; i++) {
            std::vector<Action> actions = someActions(chance);
            Adjustments first, second;
            for (const Action& act : actions) act(first);
            std::ranges::shuffle(actions, chance);
            // And with a detour: a slider that was moved and let rest leaves no trace.
            second.set("exposure", 1.5);
            second.set("exposure", 0);
            for (const Action& act : actions) act(second);
            if (!check(first)) continue;
            QVERIFY(first == second);
            QVERIFY(image::toText(first) == image::toText(second));
            const auto one = adjusted(first, photo, {Part::All});
            QVERIFY(one == adjusted(second, photo, {Part::All}));
            QVERIFY(one == adjusted(*image::parseAdjustments(image::toText(first)), photo, {Part::All}));
            changed += one != adjusted({}, photo, {Part::All});
        }
        QVERIFY(changed > 50);
    }

    /// What previews put into tables is the same as the whole.
    void thePartsAreTheWhole() {
        std::mt19937 chance(12);
        const std::vector<float> photo = someColours(chance);
        for (int i = 0; i < 40; i++) {
            Adjustments all;
            for (const Action& act : someActions(chance)) act(all);
            QVERIFY(adjusted(all, photo, {Part::All}) == adjusted(all, photo, {Part::ByPlace, Part::Rest}));
        }
    }
};

QTEST_GUILESS_MAIN(AdjustmentOrderTest)
#include "adjustment_order_test.moc"
