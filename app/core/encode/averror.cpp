// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/averror_p.h"

#include <array>

extern "C" {
#include <libavutil/error.h>
}

namespace doorveil::encode {

base::Error encodingError(const QString &what, int averrorCode)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(averrorCode, text.data(), text.size());
    return encodingError(what + QStringLiteral(": ") + QString::fromLocal8Bit(text.data()));
}

base::Error encodingError(const QString &message)
{
    return {base::ErrorKind::Failure, message};
}

} // namespace doorveil::encode
