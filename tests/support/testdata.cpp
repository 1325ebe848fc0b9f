// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testdata.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace doorveil::testsupport {

QString testData(const DataPath &relativePath)
{
    const QString root = qEnvironmentVariable("DOORVEIL_TEST_DATA");
    if (root.isEmpty())
        return {};
    const QString path = QDir(root).filePath(relativePath.text);
    return QFileInfo::exists(path) ? path : QString();
}

QString modelsFolder()
{
    const QString folder = qEnvironmentVariable("DOORVEIL_MODELS_DIR");
    return !folder.isEmpty() && QFileInfo(folder).isDir() ? folder : QString();
}

QString missingProgram(const QStringList &programs)
{
    for (const QString &program : programs) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            return QStringLiteral("%1 is not installed; ./bootstrap test installs it").arg(program);
    }
    return {};
}

bool programsArePromised()
{
    return qEnvironmentVariableIsSet("DOORVEIL_TEST_PROGRAMS_INSTALLED");
}

} // namespace doorveil::testsupport
