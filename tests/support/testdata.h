// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Test media that is not in the repository. Tests that need it skip by name when it is not there:
///     DOORVEIL_NEEDS_TEST_DATA("clips/dev/chaplin.mp4", clip);
namespace doorveil::testsupport {

/// A file or folder below $DOORVEIL_TEST_DATA; empty where it is not there.
[[nodiscard]] QString testData(const QString &relativePath);
/// $DOORVEIL_MODELS_DIR, empty where it is not set or missing.
[[nodiscard]] QString modelsFolder();

} // namespace doorveil::testsupport

#define DOORVEIL_NEEDS_TEST_DATA(relative, variable)                                                                   \
    const QString variable = doorveil::testsupport::testData(QStringLiteral(relative));                                \
    if (variable.isEmpty())                                                                                            \
    QSKIP("test data missing: " relative " (set DOORVEIL_TEST_DATA)")

#define DOORVEIL_NEEDS_MODELS()                                                                                        \
    if (doorveil::testsupport::modelsFolder().isEmpty())                                                               \
    QSKIP("models missing (set DOORVEIL_MODELS_DIR)")
