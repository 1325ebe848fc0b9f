// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settings.h"

#include "base/durablefile.h"
#include "base/durablefolder.h"
#include "base/file.h"
#include "base/handover.h"

#include <QFile>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>

#include <system_error>

namespace doorveil::ui {

namespace {

constexpr int writeDelayMilliseconds = 300;

base::Result<QJsonObject> parse(const QByteArray &text, const std::filesystem::path &file)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (!document.isObject())
        return base::Error{
            base::ErrorKind::InputNotOpenable,
            QStringLiteral("%1 holds no settings (%2)").arg(base::displayPath(file), problem.errorString())};
    return document.object();
}

/// The file's content; an empty object where there is no file.
base::Result<QJsonObject> readObject(const std::filesystem::path &file)
{
    std::error_code failed;
    if (!std::filesystem::exists(file, failed))
        return QJsonObject();
    const base::Result<QByteArray> text = base::readSmallFile(file);
    return text ? parse(*text, file) : base::Result<QJsonObject>(text.error());
}

base::Result<void> writeChanges(const std::filesystem::path &file, const QJsonObject &changes)
{
    base::Result<QJsonObject> content = readObject(file);
    if (!content) {
        // Not ours to throw away: somebody may want to mend it by hand.
        if (const base::Result<QByteArray> broken = base::readSmallFile(file); broken) {
            std::filesystem::path aside = file;
            aside += ".broken";
            if (const auto kept = base::writeDurably(aside, *broken, {true, {}, 0600}); !kept)
                return kept;
        }
        content = QJsonObject();
    }
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        if (change.value().isNull())
            content->remove(change.key());
        else
            content->insert(change.key(), change.value());
    }
    if (const base::Result<void> made = base::makePrivateFolder(file.parent_path()); !made)
        return made;
    return base::writeDurably(file, QJsonDocument(*content).toJson(), {true, {}, 0600});
}

} // namespace

struct Settings::State
{
    std::filesystem::path file;
    QJsonObject values;
    QJsonObject changes; ///< not handed to the writer yet
    QString problem;
    QTimer timer;
    QThread thread;
    QObject *writer = nullptr; ///< on the thread, deleted when it finishes
};

Settings::Settings(const std::filesystem::path &file, QObject *parent)
    : QObject(parent), m_state(std::make_unique<State>())
{
    m_state->file = file;
    const base::Result<QJsonObject> content = readObject(file);
    if (content)
        m_state->values = *content;
    else
        m_state->problem = content.error().message;
    m_state->timer.setSingleShot(true);
    m_state->timer.setInterval(writeDelayMilliseconds);
    connect(&m_state->timer, &QTimer::timeout, this, &Settings::writeNow);
    m_state->writer = new QObject; // deleted by its thread's finished()
    m_state->writer->moveToThread(&m_state->thread);
    connect(&m_state->thread, &QThread::finished, m_state->writer, &QObject::deleteLater);
    m_state->thread.setObjectName(QStringLiteral("settings-writer"));
    m_state->thread.start();
}

Settings::~Settings()
{
    writeNow();
    base::endAfterPosted(m_state->writer, m_state->thread);
}

std::filesystem::path Settings::standardFile()
{
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return std::filesystem::path(QFile::encodeName(data).toStdString()) / "doorveil" / "settings.json";
}

std::filesystem::path Settings::projectFolder() const
{
    const std::string chosen = bytes(QLatin1String(settings::projectFolder)).toStdString();
    if (!chosen.empty())
        return chosen;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return std::filesystem::path(QFile::encodeName(documents).toStdString()) / "Doorveil";
}

QJsonValue Settings::value(const QString &key) const
{
    return m_state->values.value(key);
}

void Settings::setValue(const QString &key, const QJsonValue &value)
{
    if (m_state->values.value(key) == value)
        return;
    m_state->values.insert(key, value);
    m_state->changes.insert(key, value);
    writeSoon();
    emit changed(key);
}

QByteArray Settings::bytes(const QString &key) const
{
    return QByteArray::fromBase64(value(key).toString().toLatin1());
}

void Settings::setBytes(const QString &key, const QByteArray &bytes)
{
    setValue(key, QString::fromLatin1(bytes.toBase64()));
}

const QString &Settings::problem() const
{
    return m_state->problem;
}

void Settings::writeSoon()
{
    if (!m_state->timer.isActive())
        m_state->timer.start();
}

void Settings::writeNow()
{
    m_state->timer.stop();
    if (m_state->changes.isEmpty())
        return;
    const State &state = *m_state;
    base::post(state.writer, [this, file = state.file, changes = state.changes] {
        if (const base::Result<void> written = writeChanges(file, changes); !written)
            base::post(this, [this, error = written.error()] { emit saveFailed(error); });
    });
    m_state->changes = {};
}

} // namespace doorveil::ui
