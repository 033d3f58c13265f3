// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Writes about operations and values what their lists of fields and words say.
#include "tests/core/shop/api_text.h"

#include <map>
#include <vector>

#include "core/shop/operations.h"

namespace contone::shop {
namespace {

constexpr std::string_view head = R"(# The agent's API

<!-- Made from the list of operations, core/shop/operations.h. Renew it with: build/release/tests/test_core_shop_api --write -->

HTTP/1.1 over the Unix socket of `contone-agent` (mode 0660: its owner and its group may use it). Each operation is `POST /v1/NAME`
with its fields as one JSON object, and answers with one JSON object:

    curl --unix-socket SOCKET http://localhost/v1/list-orders --data '{"limit": 3}'

Programs of the shop ask through `shop::Shop` (`shop.ask(ListOrders{.limit = 3})`), in the agent's process or over its socket alike.
Why it is so: [decision 0041](decisions/0041-operations-as-types.md).

- Lengths end in `Um` (micrometres), times in `Ms` (milliseconds since 1970, UTC). Hashes are 64 hexadecimal digits, ids UUIDs,
  bytes base64. A field that says "may be left out" has its default then. Fields that are not known are ignored.
- **Who may**: a customer's kiosk, an operator, a supervisor or an installer, each also what those before it may. The agent decides by
  the user who connected, as the kernel says: the user that the agent runs as is an installer, the others of the socket's group operate
  (`contone-agent --group-role`); or by who signed in: what `sign-in` answers as `secret` goes with each request, in the header
  `Contone-Session`. Nothing in a body can change who asks; the store records it with each event.
- **Lists** come in pages of at most 1000 (`limit`, 100 if left out). `more` says whether there is more; the next page is asked for
  with `after`, the id of the last item (of setups the name).
- **Changes**: ask `follow-changes` without a token first, read the state, then follow from the token of each answer on. Tokens stay
  good over restarts.

)";

constexpr std::string_view tail = R"(## Errors

Every answer that is not 200 is `{"code", "reason", "message", "detail"}`: the kind, a stable identifier, a sentence for the person in
front of it, the technical truth for the log.

| code | status | | code | status |
|---|---|---|---|---|
| `invalid` | 400 | | `unsupported` | 415 |
| `denied` | 403 | | `corrupt` | 422 |
| `not-found` | 404 | | `internal` | 500 |
| `conflict`, `cancelled` | 409 | | `unavailable` | 503: the same request may work later |

Any operation may fail with these:

| reason | status | when |
|---|---|---|
| `not-allowed` | 403 | the caller's role is too low; the sentence names the role that may |
| `session-over` | 403 | whoever signed in was idle for too long, or signed out: sign in again |
| `bad-request` | 400 | a field is missing, of another type or out of range (the detail names it) |
| `bad-http`, `bad-target` | 400 | it is not HTTP |
| `operation-unknown` | 404 | there is no such operation |
| `method-unknown` | 405 | it is not POST |
| `request-slow` | 408 | the head took more than 10 s, or the body fell below 16 KB/s for 30 s |
| `body-too-large` | 413 | more than 1 MB of JSON (4 MB of place-order and print-order, 16 MB of save-project, 24 MB of save-setup), or 1 GB of photo |
| `header-too-large` | 431 | a head above 16 KB |
| `server-busy` | 503 | too many connections are open |

A client adds what only it can know: `agent-unreachable` (nothing was done), `agent-lost` (the connection broke before the answer: it
may have been done), `agent-slow`, `agent-denied` (not in the socket's group), `agent-answer` (not understood). What changes something
is never sent twice; what only reads may be.

The agent logs path, status and the peer's uid and pid as the kernel reports them; never a body.

## Events that clients read

`follow-changes` carries every fact as it is stored. Of printing:

| stream | types |
|---|---|
| `production/{job}` | `job-planned`, `sheet-moved`, `scheduler-job-noted`, `sheet-noted`, `job-held`, `job-released`, `job-priority-changed` |
| `setup/{name}` | `setup-saved`, `printer-trouble` (`obstacles`: words, `sentences`), `printer-recovered`, `queue-stopped` (`words`: it stopped itself), `queue-started`, `supplies-low` (`printsLeft`, `threshold`), `supplies-refilled`, `prints-counted` (`printsLeft`, when the printer's own count changed), `printer-paused`, `printer-resumed` |

What a printer does is told only when it changes, also over restarts of the agent. A sheet that another printer takes over is
`sheet-moved` to `cancelled` with the reason `moved`, and stands with `movedFrom` in the `job-planned` of the other printer, in the
same transaction.
)";

/// "contone::print::Sheet" → "Sheet".
template <class T>
std::string nameOf() {
    std::string name = __PRETTY_FUNCTION__;
    const std::size_t begin = name.find("T = ") + 4;
    name = name.substr(begin, name.find_first_of(";]", begin) - begin);
    return name.substr(name.rfind("::") == std::string::npos ? 0 : name.rfind("::") + 2);
}

/// Values that were mentioned, in the order in which they were.
class Values {
  public:
    std::string table;
    template <class T>
    void mention();

  private:
    std::map<std::string, bool> m_known;
};

template <class T>
inline constexpr bool isPage = false;
template <class T>
inline constexpr bool isPage<Page<T>> = true;

template <class T>
std::string typeOf(Values& values) {
    if constexpr (std::same_as<T, bool>) {
        return "true or false";
    } else if constexpr (std::integral<T> || std::same_as<T, Length> || std::same_as<T, Instant> ||
                         std::same_as<T, Dpi>) {
        return "whole number";
    } else if constexpr (std::same_as<T, double>) {
        return "number";
    } else if constexpr (std::same_as<T, std::string>) {
        return "text";
    } else if constexpr (std::same_as<T, Bytes>) {
        return "bytes";
    } else if constexpr (HasWords<T>) {
        std::string words;
        for (const auto& row : wordTable<T>.words) words += (words.empty() ? "`" : ", `") + std::string(row.word) + "`";
        return words;
    } else if constexpr (json::isOptional<T>) {
        return typeOf<typename T::value_type>(values) + ", or null";
    } else if constexpr (json::isVector<T>) {
        return "list of " + typeOf<typename T::value_type>(values);
    } else if constexpr (json::isVariant<T>) {
        return [&]<class... One>(std::type_identity<std::variant<One...>>) {
            std::string all;
            ((all +=
              (all.empty() ? "" : " or ") + typeOf<One>(values) + " (`kind` is `" + std::string(One::kind) + "`)"),
             ...);
            return all;
        }(std::type_identity<T>{});
    } else if constexpr (std::same_as<T, Srgb>) {
        return "colour as `#1e2a3c`";
    } else if constexpr (json::isMap<T>) {
        return "object of " + typeOf<typename T::mapped_type>(values);
    } else if constexpr (json::Described<T>) {
        values.mention<T>();
        return nameOf<T>();
    } else if constexpr (std::same_as<T, Sha256>) {
        return "hash";
    } else {
        return "id";
    }
}

template <class T>
std::string fieldsOfValue(Values& values) {
    std::string rows;
    json::eachField<T>([&](const auto& one) {
        using Member = std::remove_cvref_t<decltype(std::declval<T>().*one.member)>;
        std::string type = typeOf<Member>(values);
        if (*one.range.reason)
            type += " " + std::to_string(one.range.least) + "…" + std::to_string(one.range.most) + " (else `" +
                    one.range.reason + "`)";
        const bool optional = one.absent == json::Absent::KeepsDefault || json::isOptional<Member>;
        rows += "- `" + std::string(one.key) + "`: " + type + (optional ? "; may be left out" : "") + "\n";
    });
    return rows;
}

template <class T>
void Values::mention() {
    if constexpr (isPage<T>) {
        mention<typename T::Item>();
    } else if (!std::exchange(m_known[nameOf<T>()], true)) {
        const std::string rows = fieldsOfValue<T>(*this);
        if (!rows.empty()) table += "**" + nameOf<T>() + "**\n\n" + rows + "\n";
    }
}

template <class Asked>
std::string section(Values& values) {
    constexpr OperationTerms terms = Asked::terms;
    std::string text = "### " + std::string(terms.name) + "\n\n" + std::string(terms.does) + "\n\n";
    if constexpr (json::Described<Asked>)
        text += fieldsOfValue<Asked>(values);
    else
        text += "- the body: the file's bytes, up to 1 GB, streamed, as `application/octet-stream`\n";
    text += "- who may: " + std::string(contone::toString(terms.role)) +
            (terms.effect == Effect::Reads ? "; it only reads\n" : "\n") + "- answer: " + std::string(terms.answer) +
            "\n";
    if (!terms.fails.empty()) text += "- fails: " + std::string(terms.fails) + "\n";
    values.mention<typename Asked::Answer>();
    return text + "\n";
}

}  // namespace

std::string apiText() {
    Values values;
    std::string operations;
    eachOperation([&]<class Tag>(Tag) { operations += section<typename Tag::Type>(values); });
    return std::string(head) + "## Operations\n\n" + operations + "## Values\n\n" + values.table + std::string(tail);
}

}  // namespace contone::shop
