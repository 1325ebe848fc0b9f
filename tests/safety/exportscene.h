// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "safety/sealedhome.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <memory>
#include <sys/stat.h>
#include <vector>

/// A clip and its project in a home of their own, and what a program may leave behind that exports or packages them.
namespace doorveil::testsupport {

/// One system call of a whole run that touches the disk.
struct Point
{
    QString call;
    int when = 0; ///< which of its kind in the thread that makes it, from 1
    QString line;
};

/// What may not change of an original.
struct Original
{
    QByteArray content;
    struct stat status = {};
    QByteArray attribute;

    [[nodiscard]] static Original of(const QString &path);
    [[nodiscard]] bool operator==(const Original &other) const;
};

/// System calls that write, sync, name or remove.
extern const QString everyCall;

/// The words of a command line without quotes.
[[nodiscard]] QStringList words(const char *text);

class ExportScene
{
public:
    enum class Kind { Export, Replace, Package };

    /// Makes clip, project, request and key, and an export to compare with. Fails the test function that calls it where
    /// it cannot, as `reset` does.
    void make();
    /// Puts the work folder back to what it was before the first export.
    void reset(Kind kind);

    [[nodiscard]] QString at(const char *below) const { return m_home->path(QString::fromLatin1(below)); }
    [[nodiscard]] const SealedHome &home() const { return *m_home; }
    [[nodiscard]] const QString &clip() const { return m_clip; }
    [[nodiscard]] const QByteArray &wholeExport() const { return m_export; } ///< every run gives these bytes
    [[nodiscard]] const QMap<QString, QByteArray> &project() const { return m_project; }
    [[nodiscard]] bool isOriginalUntouched() const { return Original::of(m_clip) == m_original; }
    /// For the control: as if the original had been something else before.
    void pretendOriginalWas(const QByteArray &content) { m_original.content = content; }

    [[nodiscard]] QStringList commandOf(Kind kind) const;
    /// Calls of the main thread on files and folders of ours; others do not change what is on disk. All of them, or as
    /// many as trials() says.
    [[nodiscard]] std::vector<Point> pointsOf(Kind kind, const QString &calls, int quick);
    /// Empty where everything under a final name is whole and the original unchanged.
    [[nodiscard]] QString whyNotSafe(Kind kind) const;
    /// Empty where the next run succeeds and leaves nothing of the one before.
    [[nodiscard]] QString whyNoNextRun(Kind kind) const;

private:
    std::unique_ptr<SealedHome> m_home;
    QString m_clip;
    Original m_original;
    QByteArray m_export;
    QMap<QString, QByteArray> m_project;
};

} // namespace doorveil::testsupport
