// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"

#include <ostream>

namespace doorveil::cli {

void say(Context &context, const QString &text)
{
    context.err << text.toStdString() << '\n' << std::flush;
}

void print(Context &context, const QString &text)
{
    context.out << text.toStdString() << '\n';
}

} // namespace doorveil::cli
