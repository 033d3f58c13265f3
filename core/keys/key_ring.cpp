// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A segment never changes: it is written anew under another name, which says whose place it takes; then the old one is
// renamed so that every later start knows that it must go, overwritten, and removed. Whatever a power cut leaves of
// that, the next start finishes.
#include "core/keys/key_ring.h"

#include <algorithm>

#include "core/keys/key_segment_p.h"

namespace contone::keys {
namespace {

constexpr std::string_view condemnedEnding = ".gone";
constexpr std::string_view textMark = "contone text 1 AES-256-GCM\n";
constexpr std::size_t largestText = 32 << 20;

std::unexpected<Error> damagedText() {
    return fail(Code::Corrupt, "sealed-damaged", "Something that the shop keeps is damaged. Restore it from a backup.");
}

/// What is sealed for one use opens for no other.
Bytes boundTo(std::string_view use, KeyId under, std::span<const std::byte> associated) {
    Bytes bytes;
    append(bytes, use);
    append(bytes, under.uuid);
    append(bytes, associated);
    return bytes;
}

}  // namespace

KeyRing::KeyRing(FilePort& disk, Path folder, SegmentKeys keys)
    : m_disk(disk), m_folder(std::move(folder)), m_keys(std::make_unique<SegmentKeys>(std::move(keys))) {}
KeyRing::~KeyRing() = default;

Result<std::unique_ptr<KeyRing>> KeyRing::open(FilePort& disk, const Path& folder, const StoreKey& storeKey) {
    CONTONE_CHECK(disk.makeFolder(folder));
    std::unique_ptr<KeyRing> ring(new KeyRing(disk, folder, SegmentKeys::of(storeKey.bytes())));
    CONTONE_CHECK(ring->readFolder());
    return ring;
}

// ---- what is there ----------------------------------------------------------------------------

Result<void> KeyRing::readFolder() {
    CONTONE_TRY(const std::vector<std::string> names, m_disk.list(m_folder));
    std::map<Uuid, FoundSegment> found;
    for (const std::string& name : names) {
        const auto uuid = Uuid::parse(name);
        if (!uuid) {
            if (name.ends_with(condemnedEnding) || name.ends_with(unfinishedEnding)) m_erase.push_back(name);
            continue;
        }
        const auto bytes = readWhole(m_disk, m_folder / name, largestSegment);
        FoundSegment segment;
        if (bytes) segment = readSegment(*bytes, *uuid, *m_keys);
        if (segment.state == SegmentState::Unknown)
            m_unreadable.insert(name);
        else if (segment.state == SegmentState::Erased)
            m_erase.push_back(name);
        else
            found.emplace(*uuid, std::move(segment));
    }
    const bool isOurs = found.empty() || std::ranges::any_of(found, [](const auto& one) {
                            return one.second.state == SegmentState::Whole || !one.second.segment.records.empty();
                        });
    if (!isOurs)
        return fail(Code::Denied, "store-key-wrong",
                    "The key of this shop's photos is not the one that they were kept under. Bring back the right one.",
                    m_folder.string());
    std::set<Uuid> replaced;
    for (const auto& [uuid, one] : found) replaced.insert(one.segment.replaces);
    for (const auto& [uuid, one] : found) {
        if (replaced.contains(uuid)) {
            m_erase.push_back(uuid.toString());
            continue;
        }
        put(one.segment);
        if (one.state == SegmentState::Torn) m_torn.insert(uuid);
    }
    // What cannot be erased now is erased before the next destruction is acknowledged.
    (void)finishErasing();
    return {};
}

void KeyRing::put(const KeySegment& segment) {
    std::vector<KeyId>& ids = m_segments[segment.name];
    ids.clear();
    for (const KeyRecord& record : segment.records) {
        ids.push_back(record.id);
        m_places.insert_or_assign(record.id, Place{segment.name, record.wrapped});
    }
}

std::vector<std::string> KeyRing::damagedFiles() const {
    const std::shared_lock lock(m_mutex);
    std::vector<std::string> names(m_unreadable.begin(), m_unreadable.end());
    for (const Uuid& torn : m_torn) names.push_back(torn.toString());
    return names;
}

// ---- handing out ------------------------------------------------------------------------------

Result<KeyRing::Taken> KeyRing::take() {
    for (;;) {
        {
            const std::unique_lock lock(m_mutex);
            if (!m_ahead.empty()) {
                const KeyId id = m_ahead.back();
                m_ahead.pop_back();
                Key key;
                // One that was made ahead may have been destroyed by somebody who guessed its id; then the next.
                const auto place = m_places.find(id);
                if (place != m_places.end() && m_keys->unwrap({id, place->second.wrapped}, key)) return Taken{id, key};
                continue;
            }
        }
        CONTONE_CHECK(makeAhead());
    }
}

Result<void> KeyRing::makeAhead() {
    const std::lock_guard writing(m_writing);
    {
        const std::shared_lock lock(m_mutex);
        if (!m_ahead.empty()) return {};  // somebody else did while we waited
    }
    KeySegment segment{Uuid::generate({0}), {}, {}};
    for (std::size_t i = 0; i < KeySegment::most; i++)
        segment.records.push_back(m_keys->wrap({Uuid::generate({0})}, Key::random()));
    CONTONE_CHECK(writeNew(segment));
    const std::unique_lock lock(m_mutex);
    put(segment);
    m_ahead = m_segments[segment.name];
    return {};
}

// After a failure nobody can say under which name, and whether, it will be there after a power cut: it must go.
Result<void> KeyRing::writeNew(const KeySegment& segment) {
    const std::string name = segment.name.toString();
    auto written = writeDurably(m_disk, m_folder / name, writeSegment(segment, *m_keys));
    if (written) return {};
    m_erase.push_back(name + std::string(unfinishedEnding));
    m_erase.push_back(name);
    return written;
}

// ---- destroying -------------------------------------------------------------------------------

Result<void> KeyRing::destroy(std::span<const KeyId> ids) {
    const std::lock_guard writing(m_writing);
    // First: what an earlier failure left may hold copies of these very keys.
    CONTONE_CHECK(finishErasing());
    std::map<Uuid, std::set<KeyId>> touched;
    {
        const std::shared_lock lock(m_mutex);
        for (const KeyId& id : ids) {
            if (const auto place = m_places.find(id); place != m_places.end()) {
                touched[place->second.segment].insert(id);
                continue;
            }
            if (!m_unreadable.empty()) return fail(missing());
            for (const Uuid& torn : m_torn) touched[torn];  // it may be among the keys that such a file lost
        }
    }
    for (const auto& [segment, gone] : touched) CONTONE_CHECK(rewriteWithout(segment, gone));
    return {};
}

Result<void> KeyRing::rewriteWithout(const Uuid& segment, const std::set<KeyId>& gone) {
    KeySegment fresh{Uuid::generate({0}), segment, {}};
    {
        const std::shared_lock lock(m_mutex);
        for (const KeyId& id : m_segments[segment])
            if (!gone.contains(id)) fresh.records.push_back({id, m_places.at(id).wrapped});
    }
    if (!fresh.records.empty()) CONTONE_CHECK(writeNew(fresh));
    {
        const std::unique_lock lock(m_mutex);
        for (const KeyId& id : gone) m_places.erase(id);
        std::erase_if(m_ahead, [&](const KeyId& id) { return gone.contains(id); });
        m_segments.erase(segment);
        m_torn.erase(segment);
        if (!fresh.records.empty()) put(fresh);
    }
    m_erase.push_back(segment.toString());
    return finishErasing();
}

Result<void> KeyRing::finishErasing() {
    while (!m_erase.empty()) {
        CONTONE_CHECK(eraseOne(m_erase.back()));
        m_erase.pop_back();
    }
    return {};
}

// A segment that is half overwritten must not be taken for a damaged one: it gets another name first.
Result<void> KeyRing::eraseOne(const std::string& name) {
    const Path file = m_folder / name;
    if (name.ends_with(condemnedEnding) || name.ends_with(unfinishedEnding)) return eraseFile(m_disk, file);
    const Path condemned = Path(file) += condemnedEnding;
    auto renamed = m_disk.rename(file, condemned);
    if (!renamed && renamed.error().code != Code::NotFound) return renamed;
    CONTONE_CHECK(m_disk.syncFolder(m_folder));
    return eraseFile(m_disk, condemned);
}

// ---- using ------------------------------------------------------------------------------------

Error KeyRing::missing() const {
    if (m_unreadable.empty() && m_torn.empty())
        return {Code::NotFound, "key-destroyed", "This was erased and cannot be read any more.", {}};
    return {Code::Corrupt, "keys-damaged",
            "Some of the shop's keys are damaged. Restore the folder keys from a backup of the same day.",
            m_unreadable.empty() ? m_torn.begin()->toString() : *m_unreadable.begin()};
}

Result<Key> KeyRing::get(KeyId id) const {
    KeyRecord record{id, {}};
    {
        const std::shared_lock lock(m_mutex);
        const auto place = m_places.find(id);
        if (place == m_places.end()) return fail(missing().during(id.toString()));
        record.wrapped = place->second.wrapped;
    }
    Key key;
    if (!m_keys->unwrap(record, key))
        return fail(Code::Corrupt, "keys-damaged",
                    "Some of the shop's keys are damaged. Restore the folder keys from a backup of the same day.",
                    id.toString());
    return key;
}

bool KeyRing::has(KeyId id) const {
    const std::shared_lock lock(m_mutex);
    return m_places.contains(id);
}

Result<WrappedKey> KeyRing::wrap(KeyId under, const Key& key, std::span<const std::byte> associated) const {
    CONTONE_TRY(const Key outer, get(under));
    return wrapKey(outer.bytes(), key.bytes(), boundTo("contone key\n", under, associated));
}

Result<Key> KeyRing::unwrap(KeyId under, const WrappedKey& wrapped, std::span<const std::byte> associated) const {
    CONTONE_TRY(Key key, get(under));
    const Key outer = key;
    if (!unwrapKey(outer.bytes(), wrapped, boundTo("contone key\n", under, associated), key)) return damagedText();
    return key;
}

Result<Bytes> KeyRing::seal(KeyId under, std::span<const std::byte> plain,
                            std::span<const std::byte> associated) const {
    if (plain.size() > largestText)
        return fail(Code::Invalid, "text-too-long", "This text is too long to be kept.", std::to_string(plain.size()));
    CONTONE_TRY(const Key key, get(under));
    Nonce nonce;
    fillRandom(nonce);
    Bytes sealed;
    append(sealed, textMark);
    append(sealed, nonce);
    const std::size_t head = sealed.size();
    sealed.resize(head + plain.size() + tagBytes);
    Cipher(key.bytes()).seal(nonce, boundTo(textMark, under, associated), plain, std::span(sealed).subspan(head));
    return sealed;
}

Result<Bytes> KeyRing::unseal(KeyId under, std::span<const std::byte> sealed,
                              std::span<const std::byte> associated) const {
    CONTONE_TRY(const Key key, get(under));
    constexpr std::size_t head = textMark.size() + nonceBytes;
    if (sealed.size() < head + tagBytes || sealed.size() > head + largestText + tagBytes ||
        !std::ranges::equal(sealed.first(textMark.size()), std::as_bytes(std::span(textMark))))
        return damagedText();
    Nonce nonce;
    std::ranges::copy(sealed.subspan(textMark.size(), nonceBytes), nonce.begin());
    Bytes plain(sealed.size() - head - tagBytes);
    if (!Cipher(key.bytes()).open(nonce, boundTo(textMark, under, associated), sealed.subspan(head), plain))
        return damagedText();
    return plain;
}

}  // namespace contone::keys
