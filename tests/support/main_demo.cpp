// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/democlip.h"

#include <cstdio>

int main(int argumentCount, char **arguments)
{
    if (argumentCount != 2) {
        std::fputs("usage: doorveil-demo OUT.mp4\n", stderr);
        return 2;
    }
    const auto written = doorveil::testsupport::writeDemoClip(arguments[1], {});
    if (!written) {
        std::fprintf(stderr, "%s\n", qPrintable(written.error().message));
        return 1;
    }
    return 0;
}
