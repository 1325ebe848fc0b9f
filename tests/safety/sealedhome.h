// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>

/// A computer account of its own for a whole run of the programs, with everything a program may write to in one place.
namespace doorveil::testsupport {

struct ProgramRun
{
    bool finished = false; ///< false: it was killed, or did not end in time
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

class SealedHome
{
public:
    /// Folders for HOME, TMPDIR and every XDG variable, and this process's environment set to them: what it starts
    /// inherits them. No models: the embedded detectors are enough, and the same everywhere.
    SealedHome();

    [[nodiscard]] QString path(const QString &below) const;

    /// Every file and folder below, by relative path, with its mode. Sockets and pipes, too.
    [[nodiscard]] QMap<QString, int> entries() const;

    /// Runs a program in `work/` until it ends.
    [[nodiscard]] ProgramRun run(const QString &program, const QStringList &arguments) const;
    /// Kills it as soon as its standard output holds `marker`, and some milliseconds more.
    [[nodiscard]] ProgramRun runAndKill(const QString &program, const QStringList &arguments, const QByteArray &marker,
                                        int milliseconds) const;

private:
    QTemporaryDir m_root;
};

/// What can be told of one clip wherever it turns up: in its name, its tags, its picture and its sound.
class MarkedClip
{
public:
    static const QByteArray nameMark; ///< in the file's name
    static const QByteArray tagMark; ///< in its tags

    /// Writes it losslessly, so that decoded rows are exactly what the search looks for.
    [[nodiscard]] static bool make(const QString &path);

    /// A row of the picture as 1, 3 or 4 bytes a pixel, for controls.
    [[nodiscard]] static QByteArray pictureRow(int bytesPerPixel);
    /// A stretch of the sound as 16-bit samples or as floats.
    [[nodiscard]] static QByteArray soundSamples(bool asFloats);

    /// What of the clip's picture, sound or tags the bytes hold, as words ("picture", "sound", "tags", "image file");
    /// empty for nothing. Packed content (zlib, as project files hold it) is looked into.
    [[nodiscard]] static QStringList contentIn(const QByteArray &bytes);
    /// Whether its name is in there: UTF-8, UTF-16 or base64.
    [[nodiscard]] static bool nameIn(const QByteArray &bytes);
};

/// The environment's path of a program of this build.
[[nodiscard]] QString commandLineProgram();

} // namespace doorveil::testsupport
