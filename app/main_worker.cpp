// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/clipdecoder.h"
#include "isolation/worker/worker.h"

int main()
{
    return doorveil::isolation::worker::run(doorveil::decode::openClip);
}
