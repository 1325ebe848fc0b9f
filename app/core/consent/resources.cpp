// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/resources_p.h"

#include <QFile>

#include <mutex>

// Outside of any namespace, as the macro wants it. In a static library nothing else would register the files.
static void registerConsentResources()
{
    Q_INIT_RESOURCE(consent);
}

namespace doorveil::consent::internal {

QByteArray resource(const QString &name)
{
    static std::once_flag registered;
    std::call_once(registered, registerConsentResources);
    QFile file(QStringLiteral(":/doorveil/consent/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace doorveil::consent::internal
