// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a file, from X11 (the ICC Profiles in X specification), or sRGB.
#include "ui/common/monitor_profile.h"

#include <cstdlib>
#include <memory>

#include <QCoreApplication>
#include <QGuiApplication>

#include <xcb/xcb.h>

#include "ui/common/words.h"

namespace contone::ui {
namespace {

struct Free {
    void operator()(void* reply) const { std::free(reply); }
};
template <class T>
using Reply = std::unique_ptr<T, Free>;

QString tr(const char* source) {
    return QCoreApplication::translate("monitor", source);
}

bool isScreen(const icc::Profile& profile) {
    return profile.model() == icc::ColourModel::Rgb && profile.isOutput();
}

}  // namespace

MonitorProfile monitorProfile(const std::optional<Path>& chosen, const Bytes& desktop) {
    if (chosen) {
        const auto profile = icc::Profile::fromFile(*chosen);
        if (profile && isScreen(*profile)) return {*profile, words::text(profile->description())};
        return {icc::Profile::srgb(),
                tr("%1 is not the profile of a screen: assuming sRGB").arg(words::fileName(*chosen))};
    }
    if (desktop.empty()) return {icc::Profile::srgb(), tr("no monitor profile: assuming sRGB")};
    const auto profile = icc::Profile::fromBytes(desktop);
    if (profile && isScreen(*profile)) return {*profile, words::text(profile->description())};
    return {icc::Profile::srgb(), tr("the desktop's monitor profile is not usable: assuming sRGB")};
}

Bytes desktopProfile() {
    constexpr char name[] = "_ICC_PROFILE";
    constexpr std::uint32_t longest = 16u << 20;
    const auto* x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    xcb_connection_t* c = x11 ? x11->connection() : nullptr;
    if (!c) return {};  // the offscreen platform has the interface, but no connection
    const Reply<xcb_intern_atom_reply_t> atom(
        xcb_intern_atom_reply(c, xcb_intern_atom(c, 1, sizeof name - 1, name), nullptr));
    if (!atom || atom->atom == XCB_ATOM_NONE) return {};
    const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(c)).data->root;
    const Reply<xcb_get_property_reply_t> property(xcb_get_property_reply(
        c, xcb_get_property(c, 0, root, atom->atom, XCB_GET_PROPERTY_TYPE_ANY, 0, longest / 4), nullptr));
    if (!property) return {};
    const auto* bytes = static_cast<const std::byte*>(xcb_get_property_value(property.get()));
    return {bytes, bytes + xcb_get_property_value_length(property.get())};
}

}  // namespace contone::ui
