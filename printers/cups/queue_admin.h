// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Creates, changes and removes queues of a CUPS scheduler over IPP.
#pragma once

#include "printers/ipp/ipp_wire.h"

namespace contone::printers {

/// A queue as it shall be. Made anew or changed: CUPS has one operation for both.
struct QueueWish {
    std::string name;
    std::string deviceUri;
    std::string ppd;      ///< a PPD's text; empty: as `ppdName` says
    std::string ppdName;  ///< of CUPS-Get-PPDs, or "everywhere"; empty and no `ppd`: the driver stays as it is
    std::string info;     ///< what people read; empty: as it is
    std::string errorPolicy = "retry-job", operationPolicy = "default";
};

/// ipp://HOST:PORT/printers/NAME beside the queue or scheduler at `scheduler`; the name percent-encoded. Fails: Invalid
/// "bad-queue-name" for what CUPS would not take, and for "-" in front.
Result<IppAddress> queueAddress(const IppAddress& scheduler, const std::string& name);

/// Fails: Invalid "bad-queue-name": letters, digits, "-_.", at most 127, not "-" first.
Result<void> checkNewQueueName(const std::string& name);

/// Denied as what it is for who may not change queues: "admin-denied", not a printer's refusal of a page.
Error adminError(Error error);

/// Not shared, no banner pages, started and accepting. Fails: Denied "admin-denied"; Invalid as checkNewQueueName,
/// "bad-printer-uri" for a device URI with anything but RFC 3986's characters; Unsupported "driver-missing" for a
/// driver that the scheduler does not have; then as Wire::ask and errorOf.
Result<void> putQueue(const IppAddress& scheduler, const QueueWish& wish, std::chrono::milliseconds timeout);
/// With its jobs. A queue that is not there is no error. Fails: Denied "admin-denied".
Result<void> removeQueue(const IppAddress& scheduler, const std::string& name, std::chrono::milliseconds timeout);

/// One Gutenprint driver that a scheduler has.
struct DriverChoice {
    std::string driver;        ///< Gutenprint's short name: "dnp-ds620"
    std::string ppdName;       ///< "gutenprint.5.3://dnp-ds620/expert"
    std::string makeAndModel;  ///< "Dai Nippon Printing DS620 - CUPS+Gutenprint v5.3.4"
    std::string deviceId;      ///< IEEE 1284 id of the printer; may be empty
};
/// All of them with every option ("expert"), by driver. Takes half a second when the scheduler is asked first.
Result<std::vector<DriverChoice>> driversOf(const IppAddress& scheduler, std::chrono::milliseconds timeout);

}  // namespace contone::printers
