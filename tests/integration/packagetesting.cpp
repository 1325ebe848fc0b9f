// SPDX-License-Identifier: GPL-3.0-or-later
#include "packagetesting.h"

#include "exporttesting.h"
#include "keys/sshsignature.h"
#include "support/media.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

namespace doorveil::testsupport {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeContent(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("a test file could not be written");
}

QString hashOf(const QByteArray &content)
{
    return QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
}

void copyFolder(const QString &from, const QString &to)
{
    QDir().mkpath(to);
    QDirIterator entries(from, QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString file = entries.next();
        const QString target = to + QLatin1Char('/') + QDir(from).relativeFilePath(file);
        QDir().mkpath(QFileInfo(target).path());
        if (!QFile::copy(file, target))
            qFatal("a test file could not be copied");
    }
}

consent::Request testRequest()
{
    consent::Request request;
    request.kind = consent::RequestKind::PublicRequest;
    request.basis = consent::RequestBasis::Voluntary;
    request.recipient.organisation = QStringLiteral("Springfield Police Department");
    request.recipient.kind = consent::RecipientKind::LawEnforcement;
    request.recipient.officer = QStringLiteral("Det. R. Ortiz");
    request.caseNumber = QStringLiteral("2026-00873");
    request.receivedAt = QDateTime(QDate(2026, 3, 5), QTime(9, 30), Qt::OffsetFromUTC, -5 * 3600);
    const QTimeZone zone("America/New_York");
    request.window = {QDateTime(QDate(2026, 3, 4), QTime(21, 0), zone),
                      QDateTime(QDate(2026, 3, 4), QTime(23, 0), zone),
                      QStringLiteral("America/New_York"),
                      {}};
    request.conditions.validUntil = QDate(2027, 3, 5);
    request.decision.outcome = consent::DecisionOutcome::ShareInPart;
    return request;
}

QString PackageBench::prepare(const QString &folder)
{
    const QString source = folder + QStringLiteral("/secret-camera-name.mp4");
    CounterClip clip;
    clip.frames = 12;
    clip.size = {320, 240};
    clip.filters = QStringLiteral("noise=alls=12:allf=t"); // or the counter looks like a plate
    // Coarse, as doorbells encode: what is left of the noise survives another encoding.
    clip.encoder.replace(clip.encoder.indexOf(QStringLiteral("18")), QStringLiteral("28"));
    if (!makeCounterClip(source, clip))
        return QStringLiteral("no clip");
    auto made = documentOf(source.toStdString());
    if (!made)
        return made.error().message;
    document = *made;
    base::Track covered = trackOver(document, {120, 60, 48, 48});
    covered.label = QStringLiteral("the neighbour");
    base::Track shown = trackOver(document, {220, 160, 40, 40});
    shown.id = 2;
    shown.decision = {base::DecisionKind::Show, base::ShowReason::Household, base::ConsentStatus::Given};
    document.tracks = {covered, shown};
    document.analysis = {true,
                         true,
                         {{QStringLiteral("test-detector"), QStringLiteral("1"), QString(), QStringLiteral("face"), 0.5,
                           0.5, QStringLiteral("MIT")}},
                         QStringLiteral("0.1.0")};
    document.watched = {{document.source.frames.front().pts, document.source.frames.back().pts + 1}};
    document.reviewed = true;

    exportedFile = folder + QStringLiteral("/exported.mp4");
    pipeline::ExportParameters wanted;
    wanted.output = exportedFile.toStdString();
    wanted.preset = QStringLiteral("ultrafast");
    wanted.coverFinds = false;
    wanted.secondPass = vision::DetectorChoice::Embedded;
    auto result = pipeline::exportClip(document, wanted, {}, {});
    if (!result)
        return result.error().message;
    if (!result->inPlace)
        return result->failure.message;
    exported = std::move(*result);
    return {};
}

base::Result<pipeline::ExportResult> PackageBench::copiedExport(const pipeline::ExportParameters &wanted) const
{
    if (!QFile::copy(exportedFile, QString::fromStdString(wanted.output.string())))
        return base::Error{base::ErrorKind::Failure, QStringLiteral("the test's export could not be copied")};
    return exported;
}

pipeline::PackageParameters PackageBench::parameters(const QString &output)
{
    pipeline::PackageParameters parameters;
    pipeline::PackageClip clip;
    clip.document = document;
    clip.history.reviewedAt = clock.moment;
    clip.history.manualEdits = 3;
    parameters.clips = {clip};
    parameters.request = testRequest();
    parameters.signAs = QStringLiteral("Alex Owner");
    parameters.output = output.toStdString();
    parameters.preset = QStringLiteral("ultrafast");
    parameters.secondPass = vision::DetectorChoice::Embedded;
    parameters.signer = {key.publicKey(), [this](const QByteArray &content) -> base::Result<QByteArray> {
                             ++signatures;
                             return keys::makeSshSignature(key, content);
                         }};
    parameters.exportClip = [this](const project::ReviewDocument &, const pipeline::ExportParameters &wanted,
                                   const base::ProgressCallback &,
                                   const base::CancelToken &) { return copiedExport(wanted); };
    return parameters;
}

base::Result<pipeline::PackageResult> PackageBench::make(const pipeline::PackageParameters &parameters,
                                                         const base::CancelToken &cancel) const
{
    return pipeline::makePackage(parameters, clock, {}, cancel);
}

void rehash(const QString &bag, const keys::SigningKey *signWith)
{
    const auto manifestOf = [&bag](const QStringList &paths) {
        QByteArray text;
        for (const QString &path : paths)
            text += hashOf(contentOf(bag + QLatin1Char('/') + path)).toLatin1() + "  " + path.toUtf8() + '\n';
        return text;
    };
    QStringList payload;
    qint64 bytes = 0;
    QDirIterator entries(bag + QStringLiteral("/data"), QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString file = entries.next();
        bytes += QFile(file).size();
        payload.append(QDir(bag).relativeFilePath(file));
    }
    payload.sort();
    const QByteArray manifest = manifestOf(payload);
    writeContent(bag + QStringLiteral("/manifest-sha256.txt"), manifest);
    if (signWith != nullptr)
        writeContent(bag + QStringLiteral("/manifest-sha256.txt.sig"), keys::makeSshSignature(*signWith, manifest));
    QByteArray information;
    for (const QByteArray &line : contentOf(bag + QStringLiteral("/bag-info.txt")).split('\n')) {
        if (!line.isEmpty() && !line.startsWith("Payload-Oxum"))
            information += line + '\n';
    }
    information += "Payload-Oxum: " + QByteArray::number(bytes) + '.' + QByteArray::number(payload.size()) + '\n';
    writeContent(bag + QStringLiteral("/bag-info.txt"), information);
    QStringList tags = QDir(bag).entryList(QDir::Files);
    tags.removeAll(QStringLiteral("tagmanifest-sha256.txt"));
    tags.sort();
    writeContent(bag + QStringLiteral("/tagmanifest-sha256.txt"), manifestOf(tags));
}

QJsonObject recordOf(const QString &bag)
{
    return QJsonDocument::fromJson(contentOf(bag + QStringLiteral("/data/consent.jsonld"))).object();
}

void changeRecord(const QString &bag, const keys::SigningKey &key, const std::function<void(QJsonObject &)> &change)
{
    QJsonObject record = recordOf(bag);
    change(record);
    const QByteArray bytes = consent::recordBytes(record);
    writeContent(bag + QStringLiteral("/data/consent.jsonld"), bytes);
    writeContent(bag + QStringLiteral("/data/consent.jsonld.sig"), keys::makeSshSignature(key, bytes));
    rehash(bag, &key);
}

} // namespace doorveil::testsupport
