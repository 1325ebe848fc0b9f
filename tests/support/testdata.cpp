// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testdata.h"

#include <QDir>
#include <QFileInfo>

namespace doorveil::testsupport {

QString testData(const QString &relativePath)
{
    const QString root = qEnvironmentVariable("DOORVEIL_TEST_DATA");
    if (root.isEmpty())
        return {};
    const QString path = QDir(root).filePath(relativePath);
    return QFileInfo::exists(path) ? path : QString();
}

QString modelsFolder()
{
    const QString folder = qEnvironmentVariable("DOORVEIL_MODELS_DIR");
    return !folder.isEmpty() && QFileInfo(folder).isDir() ? folder : QString();
}

} // namespace doorveil::testsupport
