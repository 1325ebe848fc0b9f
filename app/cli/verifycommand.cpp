// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verifycommand.h"

#include "cli/jsonlines.h"
#include "cli/progressdisplay.h"
#include "pipeline/jobs.h"
#include "project/projectstore.h"

#include <QJsonDocument>

#include <array>
#include <system_error>

namespace doorveil::cli {

namespace {

struct NamedCheck
{
    const char *letter;
    const char *text;
    const char *failureClass;
    const pipeline::CheckOutcome *outcome;
};

std::array<NamedCheck, 5> namedChecks(const pipeline::Verification &verification)
{
    return {{{"a", "covers and picture", "picture-mismatch", &verification.picture},
             {"b", "frames and times", "timing-mismatch", &verification.timing},
             {"c", "second pass of detection", "uncovered-find", &verification.secondPass},
             {"d", "nothing else in the file", "container", &verification.container},
             {"e", "source unchanged", "source-changed", &verification.source}}};
}

QString failureClass(const pipeline::Verification &verification)
{
    for (const NamedCheck &check : namedChecks(verification)) {
        if (check.outcome->checked && !check.outcome->passed)
            return QString::fromLatin1(check.failureClass);
    }
    return {};
}

void printChecks(Context &context, const pipeline::Verification &verification)
{
    for (const NamedCheck &check : namedChecks(verification)) {
        const QString state = !check.outcome->checked ? QStringLiteral("not checked")
                              : check.outcome->passed ? QStringLiteral("holds")
                                                      : QStringLiteral("FAILED");
        QString note = check.outcome->note;
        if (note.startsWith(QStringLiteral("not checked: ")))
            note.remove(0, int(QStringLiteral("not checked: ").size()));
        print(context, QStringLiteral("(%1) %2 %3%4")
                           .arg(QLatin1String(check.letter))
                           .arg(QLatin1String(check.text), -26)
                           .arg(state, note.isEmpty() ? QString() : QStringLiteral(": ") + note));
        const QJsonObject &figures = check.outcome->figures;
        if (check.outcome->checked && !check.outcome->passed)
            print(context, QString::fromUtf8(QJsonDocument(figures).toJson(QJsonDocument::Compact)));
    }
}

} // namespace

QString VerifyCommand::description() const
{
    return QStringLiteral("Checks a finished clip against what can be known about it");
}

QString VerifyCommand::synopsis() const
{
    return QStringLiteral("CLIP [--project P] [--source CLIP] [--crf N] [--json]");
}

std::vector<Option> VerifyCommand::options() const
{
    return {
        {"project", QStringLiteral("FILE"), QStringLiteral("the project that the clip was made from")},
        {"source", QStringLiteral("CLIP"), QStringLiteral("the original (default: where the project says it is)")},
        {"crf", QStringLiteral("N"), QStringLiteral("the quality it was encoded with (default 20)")},
        {"json", {}, QStringLiteral("one JSON object on stdout instead of text")},
    };
}

base::Result<int> VerifyCommand::run(Context &context, const Arguments &arguments)
{
    if (arguments.positional().size() != 1)
        return usageError(QStringLiteral("one clip is needed"));
    pipeline::VerifyParameters parameters;
    parameters.clip = arguments.positional().front();
    std::error_code failed;
    if (std::filesystem::is_directory(parameters.clip, failed) || parameters.clip.extension() == ".zip"
        || parameters.clip.extension() == ".age")
        return base::Error{base::ErrorKind::Failure,
                           QStringLiteral("%1 looks like a package; this version cannot check packages yet")
                               .arg(base::displayPath(parameters.clip))};
    if (const auto text = arguments.text("crf")) {
        bool isNumber = false;
        parameters.crf = text->toInt(&isNumber);
        if (!isNumber || parameters.crf < 0 || parameters.crf > 51)
            return usageError(QStringLiteral("--crf takes a number from 0 to 51"));
    }
    parameters.source = arguments.path("source");
    if (const auto project = arguments.path("project")) {
        auto store = project::ProjectStore::open(*project);
        if (!store)
            return store.error();
        parameters.document = (*store)->document();
        const std::filesystem::path recorded(parameters.document->source.nativePath.toStdString());
        if (!parameters.source && std::filesystem::exists(recorded, failed))
            parameters.source = recorded;
    }

    ProgressDisplay display(context, false);
    const auto verification = pipeline::verifyClip(parameters, display.callback(), context.cancel);
    display.finish();
    if (!verification)
        return verification.error();
    if (arguments.has("json"))
        printJson(context, {{QStringLiteral("clip"), base::displayPath(parameters.clip)},
                            {QStringLiteral("passed"), verification->passed()},
                            {QStringLiteral("class"), failureClass(*verification)},
                            {QStringLiteral("verification"), pipeline::toJson(*verification)}});
    else
        printChecks(context, *verification);
    if (!verification->passed())
        say(context, QStringLiteral("%1: a check failed").arg(base::displayPath(parameters.clip)));
    return verification->passed() ? exitDone : exitCheckFailed;
}

} // namespace doorveil::cli
