// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// What tests need that is not in the repository. The only reasons for which a test is skipped, always by name:
///  * media and models, which are not ours to commit: `DOORVEIL_NEEDS_TEST_DATA("clips/dev/chaplin.mp4", clip);`
///  * programs that some systems lack and that `./bootstrap test` installs; under it a missing one is a failure;
///  * what a system or a container may refuse to everybody (tracing, namespaces, loop devices), with its own words:
///    `DOORVEIL_NEEDS_SYSTEM(why)`; and code that only one system has.
namespace doorveil::testsupport {

/// Below $DOORVEIL_TEST_DATA: a literal, or a text of a data row.
struct DataPath
{
    DataPath(const char *literal) : text(QString::fromUtf8(literal)) { }
    DataPath(const QString &path) : text(path) { }
    QString text;
};

/// A file or folder below $DOORVEIL_TEST_DATA; empty where it is not there.
[[nodiscard]] QString testData(const DataPath &relativePath);
/// $DOORVEIL_MODELS_DIR, empty where it is not set or missing.
[[nodiscard]] QString modelsFolder();

/// What to say about the first of the programs that is not on this system; empty where all are.
[[nodiscard]] QString missingProgram(const QStringList &programs);
/// Set by `./bootstrap test`, which has installed every program.
[[nodiscard]] bool programsArePromised();

} // namespace doorveil::testsupport

#define DOORVEIL_NEEDS_TEST_DATA(relative, variable)                                                                   \
    const QString variable = doorveil::testsupport::testData(relative);                                                \
    if (variable.isEmpty())                                                                                            \
    QSKIP(qPrintable(QStringLiteral("test data missing: %1 (set DOORVEIL_TEST_DATA)")                                  \
                         .arg(doorveil::testsupport::DataPath(relative).text)))

#define DOORVEIL_NEEDS_MODELS_IN(folder)                                                                               \
    if ((folder).isEmpty())                                                                                            \
    QSKIP("models missing (set DOORVEIL_MODELS_DIR)")
#define DOORVEIL_NEEDS_MODELS() DOORVEIL_NEEDS_MODELS_IN(doorveil::testsupport::modelsFolder())

/// `why`: empty where the system allows it, else what it refused.
#define DOORVEIL_NEEDS_SYSTEM(why)                                                                                     \
    if (const QString refused = (why); !refused.isEmpty())                                                             \
    QSKIP(qPrintable(QStringLiteral("NOT TESTED, this system refuses it: ") + refused))

#define DOORVEIL_NEEDS_PROGRAMS(...)                                                                                   \
    do {                                                                                                               \
        const QString missing = doorveil::testsupport::missingProgram({__VA_ARGS__});                                  \
        if (!missing.isEmpty() && doorveil::testsupport::programsArePromised())                                        \
            QFAIL(qPrintable(missing));                                                                                \
        if (!missing.isEmpty())                                                                                        \
            QSKIP(qPrintable(missing));                                                                                \
    } while (false)
