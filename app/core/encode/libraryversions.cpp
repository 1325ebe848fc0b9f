// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/libraryversions.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace doorveil::encode {

namespace {

QString versionText(const char *name, unsigned version)
{
    return QStringLiteral("%1 %2.%3.%4")
        .arg(QString::fromLatin1(name))
        .arg(version >> 16)
        .arg((version >> 8) & 0xff)
        .arg(version & 0xff);
}

} // namespace

QStringList libraryVersions()
{
    return {versionText("libavcodec", avcodec_version()), versionText("libavformat", avformat_version())};
}

} // namespace doorveil::encode
