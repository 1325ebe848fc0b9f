// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/packagecommand.h"

#include "base/mediatime.h"
#include "cli/encodingoptions.h"
#include "cli/jsonlines.h"
#include "cli/progressdisplay.h"
#include "cli/requesttext.h"
#include "cli/secrets.h"
#include "consent/ledger.h"
#include "consent/requestfile.h"
#include "consent/window.h"
#include "keys/keystore.h"
#include "pipeline/packagejob.h"

#include <system_error>

namespace doorveil::cli {

namespace {

constexpr std::int64_t longestRecipients = 1 << 16;

/// One recipient, several with commas between them, or a file with one a line.
base::Result<std::vector<package::AgeRecipient>> parseRecipients(const QString &text)
{
    QStringList lines;
    std::error_code failed;
    if (std::filesystem::is_regular_file(text.toStdString(), failed)) {
        const base::Result<QByteArray> content = base::readSmallFile(text.toStdString(), longestRecipients);
        if (!content)
            return content.error();
        lines = QString::fromUtf8(*content).split(QLatin1Char('\n'));
    } else {
        lines = text.split(QLatin1Char(','));
    }
    std::vector<package::AgeRecipient> recipients;
    for (const QString &line : lines) {
        const QString trimmed = line.trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith(QLatin1Char('#')))
            continue;
        base::Result<package::AgeRecipient> recipient = package::parseAgeRecipient(trimmed);
        if (!recipient)
            return recipient.error();
        recipients.push_back(std::move(*recipient));
    }
    if (recipients.empty())
        return usageError(QStringLiteral("--to names nobody"));
    return recipients;
}

base::Result<void> parseOptions(const Arguments &arguments, pipeline::PackageParameters &parameters)
{
    if (arguments.positional().empty())
        return usageError(QStringLiteral("a project is needed"));
    const auto output = arguments.path("output");
    if (!output)
        return usageError(QStringLiteral("-o DIR is needed: where the package goes"));
    parameters.output = *output;
    parameters.signAs = arguments.text("sign-as").value_or(QString());
    if (parameters.signAs.trimmed().isEmpty())
        return usageError(QStringLiteral("--sign-as NAME is needed: nothing leaves without the owner's typed name"));
    parameters.unreviewedReason = arguments.text("unreviewed").value_or(QString());
    if (arguments.has("unreviewed") && parameters.unreviewedReason.trimmed().isEmpty())
        return usageError(QStringLiteral("--unreviewed needs a reason, which the recipient will read"));
    parameters.zip = arguments.has("zip");
    if (const auto text = arguments.text("to")) {
        auto recipients = parseRecipients(*text);
        if (!recipients)
            return recipients.error();
        parameters.recipients = std::move(*recipients);
        parameters.zip = true;
    }
    if (const auto parsed = parseCrf(arguments, parameters.crf); !parsed)
        return parsed;
    return parsePreset(arguments, parameters.preset);
}

/// What the owner should know about the clips and the time asked for; never a reason to stop.
void sayWindow(Context &context, const pipeline::PackageParameters &parameters)
{
    for (const pipeline::PackageClip &clip : parameters.clips) {
        const auto match =
            consent::matchWindow(parameters.request.window, clip.document.source, clip.document.settings);
        const QString guess = match.guessed ? QStringLiteral(" (its time is a guess)") : QString();
        if (match.relation == consent::WindowRelation::Outside)
            say(context,
                QStringLiteral("unusual: %1 lies outside the time asked for%2").arg(clip.document.source.path, guess));
        if (match.relation == consent::WindowRelation::Partly && !clip.document.settings.trim)
            say(context,
                QStringLiteral("unusual: only %2 to %3 of %1 lies in the time asked for%4; SetTrim would keep to it")
                    .arg(clip.document.source.path, base::formatMilliseconds(match.beginMilliseconds),
                         base::formatMilliseconds(match.endMilliseconds), guess));
    }
}

QJsonArray portalJson(const package::PortalPlan &plan)
{
    QJsonArray submissions;
    for (const QStringList &files : plan.submissions)
        submissions.append(QJsonArray::fromStringList(files));
    return submissions;
}

void sayDone(Context &context, const Arguments &arguments, const pipeline::PackageResult &result,
             const QString &fingerprint, std::int64_t entry)
{
    if (arguments.has("json")) {
        QJsonObject object{{QStringLiteral("event"), QStringLiteral("done")},
                           {QStringLiteral("record"), result.identifier},
                           {QStringLiteral("package"), base::displayPath(result.folder)},
                           {QStringLiteral("manifest_sha256"), result.manifestSha256},
                           {QStringLiteral("fingerprint"), fingerprint},
                           {QStringLiteral("ledger_entry"), qint64(entry)},
                           {QStringLiteral("submissions"), portalJson(result.portal)},
                           {QStringLiteral("too_large"), QJsonArray::fromStringList(result.portal.tooLarge)}};
        if (result.zip)
            object.insert(QStringLiteral("zip"), base::displayPath(*result.zip));
        if (result.sealed)
            object.insert(QStringLiteral("sealed"), base::displayPath(*result.sealed));
        printJson(context, object);
    }
    say(context, QStringLiteral("%1: signed, read back and in place").arg(base::displayPath(result.folder)));
    if (result.zip)
        say(context, QStringLiteral("%1: the same as a ZIP").arg(base::displayPath(*result.zip)));
    if (result.sealed)
        say(context, QStringLiteral("%1: sealed to the recipient").arg(base::displayPath(*result.sealed)));
    say(context, QStringLiteral("Fingerprint, to be told to the recipient by voice:\n    %1").arg(fingerprint));
    if (!result.portal.tooLarge.isEmpty())
        say(context, QStringLiteral("Many portals take 2 GB a file; these are larger: %1")
                         .arg(result.portal.tooLarge.join(QStringLiteral(", "))));
    if (result.portal.submissions.size() > 1)
        say(context, QStringLiteral("Many portals take 16 files and 10 GB at once: hand it over in %1 submissions "
                                    "(--json lists them)")
                         .arg(result.portal.submissions.size()));
    say(context,
        QStringLiteral("Nothing was sent. When you have handed it over: `doorveil-cli ledger deliver %1 --channel …`")
            .arg(result.identifier.left(8)));
}

} // namespace

QString PackageCommand::description() const
{
    return QStringLiteral("Makes a signed package of reviewed projects, for somebody who asked");
}

QString PackageCommand::synopsis() const
{
    return QStringLiteral("PROJECT… --request R.toml --sign-as NAME -o DIR [--key ID] [--unreviewed REASON] [--zip] "
                          "[--to RECIPIENT]");
}

std::vector<Option> PackageCommand::options() const
{
    return {
        {"request", QStringLiteral("FILE"), QStringLiteral("who asked, for what, and the conditions (TOML or JSON)")},
        {"sign-as", QStringLiteral("NAME"), QStringLiteral("your typed name: your decision to share")},
        {"output", QStringLiteral("DIR"), QStringLiteral("the package's folder"), 'o'},
        {"key", QStringLiteral("ID"), QStringLiteral("which key signs (default: the current one, made on first use)")},
        passphraseOption(),
        {"unreviewed", QStringLiteral("REASON"),
         QStringLiteral("package what was not reviewed; the recipient reads why")},
        {"zip", {}, QStringLiteral("also as DIR.zip")},
        {"to", QStringLiteral("RECIPIENT"),
         QStringLiteral("also sealed as DIR.zip.age to age1… or ssh-ed25519 … (several with commas, or a file)")},
        {"crf", QStringLiteral("N"), QStringLiteral("quality, 0 to 51, lower is better (default 20)")},
        {"preset", QStringLiteral("P"), QStringLiteral("x264 preset (default medium)")},
        {"json", {}, QStringLiteral("one JSON object a line on stdout")}};
}

base::Result<int> PackageCommand::run(Context &context, const Arguments &arguments)
{
    pipeline::PackageParameters parameters;
    if (const auto parsed = parseOptions(arguments, parameters); !parsed)
        return parsed.error();
    const auto requestFile = arguments.path("request");
    if (!requestFile)
        return usageError(QStringLiteral("--request FILE is needed; `doorveil-cli request init` gives one to fill in"));
    auto request = consent::readRequestFile(*requestFile);
    if (!request)
        return request.error();
    parameters.request = std::move(*request);
    sayProblems(context, parameters.request);

    // The projects stay open, so that nobody edits them meanwhile.
    std::vector<std::unique_ptr<project::ProjectStore>> stores;
    for (const std::string &word : arguments.positional()) {
        auto store = project::ProjectStore::open(word);
        if (!store)
            return store.error();
        auto clip = pipeline::readPackageClip(**store);
        if (!clip)
            return clip.error();
        parameters.clips.push_back(std::move(*clip));
        stores.push_back(std::move(*store));
    }
    sayWindow(context, parameters);
    if (const auto open = pipeline::checkGate(parameters); !open)
        return open.error();

    const base::SystemClock clock;
    consent::Ledger ledger(consent::ledgerFile());
    if (const auto readable = ledger.entries(); !readable)
        return readable.error(); // before hours of work
    keys::KeyStore keyStore(keys::keyFolder());
    const auto key = openSigningKey(context, arguments, keyStore, clock);
    if (!key)
        return key.error();
    parameters.signer = pipeline::signerFor(*key);
    std::vector<std::pair<std::size_t, std::vector<base::Track>>> finds;
    parameters.onFinds = [&finds](std::size_t clip, const std::vector<base::Track> &found) {
        finds.emplace_back(clip, found);
    };

    ProgressDisplay display(context, arguments.has("json"));
    const auto result = pipeline::makePackage(parameters, clock, display.callback(), context.cancel);
    display.finish();
    for (const auto &[clip, found] : finds) {
        const auto kept = stores[clip]->apply(pipeline::editForFinds(stores[clip]->document(), found));
        if (!kept)
            return kept.error();
        say(context, QStringLiteral("%1: what the check of the finished clip found is now among its things to check")
                         .arg(base::displayPath(stores[clip]->path())));
    }
    if (!result)
        return result.error();
    const auto noted = ledger.append(consent::EntryKind::Package, result->identifier, result->ledgerContent, clock);
    if (!noted)
        return noted.error().prefixed(QStringLiteral("%1 is in place, but the ledger does not know of it")
                                          .arg(base::displayPath(result->folder)));
    sayDone(context, arguments, *result, key->publicKey().fingerprint(), noted->number);
    return exitDone;
}

} // namespace doorveil::cli
