// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"

#include <QString>

#include <iosfwd>

namespace doorveil::cli {

/// What a command talks to. The streams are replaceable, so that tests run commands in process.
/// Only data goes to `out`; text for people goes to `err`.
struct Context
{
    std::istream &in;
    std::ostream &out;
    std::ostream &err;
    bool errIsTerminal = false; ///< progress bars are drawn only then
    base::CancelToken cancel;
};

/// One line for people.
void say(Context &context, const QString &text);
/// One line of data.
void print(Context &context, const QString &text);

} // namespace doorveil::cli
