// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/encodingoptions.h"

#include "cli/command.h"
#include "pipeline/encodingchoice.h"

namespace doorveil::cli {

base::Result<void> parseCrf(const Arguments &arguments, int &crf)
{
    const auto text = arguments.text("crf");
    if (!text)
        return {};
    bool isNumber = false;
    crf = text->toInt(&isNumber);
    if (!isNumber || crf < 0 || crf > pipeline::highestCrf)
        return wrongValue("--crf", *text, QStringLiteral("a number from 0 to %1").arg(pipeline::highestCrf));
    return {};
}

base::Result<void> parsePreset(const Arguments &arguments, QString &preset)
{
    const auto text = arguments.text("preset");
    if (!text)
        return {};
    if (!pipeline::presetNames().contains(*text))
        return wrongValue("--preset", *text, QStringLiteral("a preset of x264, from ultrafast to placebo"));
    preset = *text;
    return {};
}

} // namespace doorveil::cli
