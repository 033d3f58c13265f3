// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// BeastStream: a SocketStream in the shape that Boost.Beast's synchronous calls read from.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/system/system_error.hpp>

#include "core/http/socket_stream_p.h"

namespace contone::http {

/// SyncReadStream. Ends: asio::error::eof, beast::error::timeout, asio::error::operation_aborted (stopped), errno.
class BeastStream {
  public:
    explicit BeastStream(SocketStream& stream) : m_stream(stream) {}

    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, boost::system::error_code& ec) {  // NOLINT: the name is Beast's
        for (auto it = boost::asio::buffer_sequence_begin(buffers); it != boost::asio::buffer_sequence_end(buffers);
             ++it) {
            const boost::asio::mutable_buffer buffer(*it);
            if (buffer.size() == 0) continue;
            const auto outcome = m_stream.read({static_cast<std::byte*>(buffer.data()), buffer.size()});
            ec = errorOf(outcome);
            return outcome.bytes;
        }
        ec = {};
        return 0;
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers) {  // NOLINT: the name is Beast's
        boost::system::error_code ec;
        const std::size_t got = read_some(buffers, ec);
        if (ec) throw boost::system::system_error(ec);
        return got;
    }

  private:
    static boost::system::error_code errorOf(const SocketStream::Outcome& outcome) {
        switch (outcome.io) {
            case Io::Ok:
                return {};
            case Io::Eof:
                return boost::asio::error::eof;
            case Io::TimedOut:
                return boost::beast::error::timeout;
            case Io::Stopped:
                return boost::asio::error::operation_aborted;
            case Io::Failed:
                break;
        }
        return {outcome.errnum, boost::system::system_category()};
    }

    SocketStream& m_stream;
};

}  // namespace contone::http
