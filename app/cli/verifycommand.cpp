// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verifycommand.h"

#include "base/clock.h"
#include "base/file.h"
#include "cli/encodingoptions.h"
#include "cli/jsonlines.h"
#include "cli/progressdisplay.h"
#include "consent/ledger.h"
#include "package/openedpackage.h"
#include "pipeline/jobs.h"
#include "pipeline/verifypackage.h"
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

QString stateText(bool checked, bool holds)
{
    return !checked ? QStringLiteral("not checked") : holds ? QStringLiteral("holds") : QStringLiteral("FAILED");
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
        const QString state = stateText(check.outcome->checked, check.outcome->passed);
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

/// A package that could not even be unpacked, in the form of the others.
int refusePackage(Context &context, const Arguments &arguments, const std::filesystem::path &path,
                  const base::Error &error)
{
    package::PackageFindings findings;
    findings.add(QStringLiteral("structure"), error, {});
    QJsonObject object = pipeline::toJson(findings);
    object.insert(QStringLiteral("package"), base::displayPath(path));
    if (arguments.has("json"))
        printJson(context, object);
    say(context,
        QStringLiteral("%1 is refused (%2): %3").arg(base::displayPath(path), error.failureClass, error.message));
    return exitCheckFailed;
}

base::Result<int> verifyPackage(Context &context, const Arguments &arguments, const std::filesystem::path &path)
{
    for (const char *option : {"project", "source", "crf"}) {
        if (arguments.has(option))
            return usageError(QStringLiteral("--%1 is for clips").arg(QString::fromLatin1(option)));
    }
    std::vector<package::AgeIdentity> identities;
    if (const auto file = arguments.path("identity")) {
        const base::Result<QByteArray> text = base::readSmallFile(*file, 1 << 16);
        if (!text)
            return text.error();
        auto parsed = package::parseAgeIdentities(*text);
        if (!parsed)
            return parsed.error();
        identities = std::move(*parsed);
    }
    const auto opened = package::OpenedPackage::open(path, identities, {}, context.cancel);
    if (!opened) {
        if (opened.error().kind != base::ErrorKind::CheckFailed)
            return opened.error();
        return refusePackage(context, arguments, path, opened.error());
    }
    package::PackageOptions options;
    options.now = base::SystemClock().now();
    options.expectedFingerprint = arguments.text("fingerprint").value_or(QString());
    const consent::Ledger ledger(consent::ledgerFile());
    std::error_code failed;
    if (std::filesystem::exists(ledger.path(), failed)) {
        options.withdrawal = [&ledger](const QString &identifier) -> base::Result<std::optional<QString>> {
            const auto known = ledger.package(identifier);
            if (!known)
                return known.error();
            if (*known && (*known)->withdrawn())
                return std::optional(
                    QStringLiteral("the ledger of this machine says that the permission was withdrawn"));
            return std::optional<QString>();
        };
    }
    using State = package::PackageCheck::State;
    const auto findings = pipeline::verifyPackage(opened->folder(), options, context.cancel);
    if (!findings)
        return findings.error();
    if (arguments.has("json")) {
        QJsonObject object = pipeline::toJson(*findings);
        object.insert(QStringLiteral("package"), base::displayPath(path));
        printJson(context, object);
    } else {
        for (const package::PackageCheck &check : findings->checks)
            print(context,
                  QStringLiteral("%1 %2: %3")
                      .arg(check.name, -11)
                      .arg(stateText(check.state != State::NotChecked, check.state == State::Holds), check.sentence));
    }
    if (const package::PackageCheck *failure = findings->firstFailure()) {
        say(context, QStringLiteral("%1 is refused (%2): %3")
                         .arg(base::displayPath(path), failure->failureClass, failure->sentence));
        return exitCheckFailed;
    }
    say(context,
        QStringLiteral("%1: everything that could be checked holds. Signed by\n    %2\nCompare that with what the "
                       "owner tells you.")
            .arg(base::displayPath(path), findings->signer->fingerprint()));
    return exitDone;
}

} // namespace

QString VerifyCommand::description() const
{
    return QStringLiteral("Checks a finished clip, or a package, against what can be known about it");
}

QString VerifyCommand::synopsis() const
{
    return QStringLiteral(
        "CLIP|PACKAGE [--project P] [--source CLIP] [--crf N] [--identity FILE] [--fingerprint SHA256:…] [--json]");
}

std::vector<Option> VerifyCommand::options() const
{
    return {
        {"project", QStringLiteral("FILE"), QStringLiteral("the project that the clip was made from")},
        {"source", QStringLiteral("CLIP"), QStringLiteral("the original (default: where the project says it is)")},
        {"crf", QStringLiteral("N"), QStringLiteral("the quality it was encoded with (default 20)")},
        {"identity", QStringLiteral("FILE"), QStringLiteral("the age key that opens a sealed package")},
        {"fingerprint", QStringLiteral("SHA256:…"), QStringLiteral("the key that must have signed the package")},
        {"json", {}, QStringLiteral("one JSON object on stdout instead of text")},
    };
}

base::Result<int> VerifyCommand::run(Context &context, const Arguments &arguments)
{
    if (arguments.positional().size() != 1)
        return usageError(QStringLiteral("one clip or package is needed"));
    pipeline::VerifyParameters parameters;
    parameters.clip = arguments.positional().front();
    std::error_code failed;
    if (package::looksLikePackage(parameters.clip))
        return verifyPackage(context, arguments, parameters.clip);
    if (arguments.has("identity") || arguments.has("fingerprint"))
        return usageError(QStringLiteral("--identity and --fingerprint are for packages"));
    if (const auto parsed = parseCrf(arguments, parameters.crf); !parsed)
        return parsed.error();
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
