// SPDX-License-Identifier: GPL-3.0-or-later
#include "coretexts.h"

#include "translation.h"

#include <QCoreApplication>

#include <algorithm>

namespace doorveil::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(doorveil::ui::CoreTexts)
};

struct ProblemSentence
{
    const char *id;
    const char *text;
};

constexpr ProblemSentence problems[] = {
    {"no-recipient", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "nobody is named who asks or receives")},
    {"basis-contradicts-kind",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "this kind of request cannot have that basis")},
    {"no-time-received",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "the time at which the request was received is missing")},
    {"no-window", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "the time window asked for is missing")},
    {"window-backwards", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "the time window ends before it starts")},
    {"no-validity",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "the last day on which the permission may be relied on is missing")},
    {"validity-over",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "the permission would end before the request was received")},
    {"unknown-language",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "the statement cannot be written in that language")},
    {"no-document",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "a compelled request rests on a document: its kind, issuer and number are needed")},
    {"link-as-host",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "the portal is named by its host only: a link may be secret, and this leaves with the "
                       "package")},
    {"bad-document-hash",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "the document's SHA-256 is not 64 hexadecimal digits")},
    {"unknown-exception",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "an exception from onward sharing is not known")},
    {"no-case-number",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "no case number and no investigation code were given")},
    {"no-contact", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "no contact for questions was given")},
    {"no-contact-source",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "it is not said where the contact came from; a number from the agency's own page is "
                       "safer than one from the message")},
    {"no-officer", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "no officer is named")},
    {"no-badge-number", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "no badge number of the officer is given")},
    {"identity-not-checked", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                                               "who asks was not checked; calling back on a published number would")},
    {"no-way-received", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "it is not said how the request was received")},
    {"no-purpose", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "no purpose was given")},
    {"no-area", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "no place or area was given")},
    {"no-jurisdiction",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "the country or state where the camera stands is not given")},
    {"document-not-kept",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "no copy of the document is on record; keep one and name it")},
    {"long-window", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                                      "the time window is longer than 12 hours: asking for a narrower one is usual")},
    {"local-time",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "the clocks were changed in that time: a time asked for exists twice or not at all. Say which "
                       "is meant")},
    {"window-ahead",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "the time window begins after the request was received")},
    {"reads-as-compelled",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "the request is called voluntary and reads as if it were compelled (it speaks of a "
                       "warrant, subpoena, order or duty); ask for the document and look at it")},
    {"retention-over", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                                         "the footage would have to be deleted before the request was received")},
};

struct ErrorSentence
{
    const char *failureClass;
    const char *text;
    bool withMessage; ///< the core's message says more: which file, which figure
};

constexpr ErrorSentence errors[] = {
    // Sharing
    {"no-name", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "Type your name first: it is your decision."), false},
    {"no-clips", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "Choose the clips that leave first."), false},
    {"invalid-request",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The request is not complete yet. The list says what is missing."),
     false},
    {"preservation-request",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "A request to keep footage makes no package."), false},
    {"not-reviewed",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "A clip is not reviewed. Review it first, or say why it was not."),
     true},
    {"unsettled-finds",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "The check of the finished clip found somebody whom nothing covers. Settle that in "
                       "Review first."),
     true},
    {"verification-failed",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "The finished clip did not pass its check, so nothing was made of it."),
     true},
    {"verification-incomplete",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The finished clip could not be checked, so nothing was made of it."),
     true},
    {"invalid-record",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The record does not fit its schema, so nothing was signed."), true},
    {"hash-mismatch",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "A file changed while the package was made. Nothing was signed."),
     true},
    // The key, the ledger, their backup
    {"no-passphrase", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "Your key needs its passphrase."), false},
    {"wrong-passphrase", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "That passphrase is not the right one."), false},
    {"no-such-key", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "There is no such key here."), true},
    {"bad-key", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The stored key is damaged. A backup brings it back."),
     true},
    {"no-keychain", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The system's password store cannot be used."), true},
    {"not-sealed", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "That file is no backup of Doorveil."), true},
    {"bad-backup",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The backup is damaged or comes from a newer Doorveil."), true},
    {"ledgers-differ",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "The ledger in the backup is another one than the one here. Nothing was changed."),
     true},
    {"ledger-damaged",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "The ledger was changed by something else than Doorveil, or is damaged."),
     true},
    {"no-such-entry", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The ledger has no such entry."), true},
    {"no-such-package", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The ledger knows no such package."), true},
    {"withdrawn", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "That permission was withdrawn already."), false},
    {"not-a-consent",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "That was a disclosure under legal process: there is no permission to withdraw."),
     false},
    // Files
    {"output-exists", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "There is something of that name already."), true},
    {"not-writable", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "It cannot be written there."), true},
    {"in-use", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "Another Doorveil is working on this at the moment."),
     true},
    {"invalid-file", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The file cannot be understood."), true},
    {"missing-file", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "A file is missing."), true},
    // Projects
    {"project-in-use", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The project is open in another window."), true},
    {"not-analysed",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The clip of this project was not looked through yet."), true},
    {"project-damaged", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The project's file is damaged."), true},
    {"project-log-broken",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "The project's log is damaged or was changed by something else than Doorveil."),
     true},
    {"project-has-edits",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The project holds your edits and is not replaced."), true},
    {"read-only", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The project's file cannot be written."), true},
    // Clips
    {"source-changed",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The clip is not the file any more that was looked through."), true},
    {"source-differs",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The clip is not the file that was looked through."), true},
    {"clip-changed", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "The finished clip was changed meanwhile."), true},
    {"not-confined",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "Clips cannot be opened: this system does not let Doorveil lock its decoder up."),
     true},
    {"decoder-hung",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "The clip could not be read any further: its decoder stood still and was ended."),
     true},
    {"decoder-misbehaved",
     QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                       "The clip made its decoder misbehave, which was ended. It may be damaged."),
     true},
    // Detection
    {"detector-failed", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "Looking for people and plates failed."), true},
    {"no-detector", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "There is no detector that can be used."), true},
    {"model-unusable", QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "A detection model cannot be used."), true},
};

const char *sentenceOf(base::ErrorKind kind)
{
    switch (kind) {
    case base::ErrorKind::Usage:
        return QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "That cannot be done as it stands.");
    case base::ErrorKind::InputNotOpenable:
        return QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts",
                                 "The file cannot be opened, or no picture of it can be read.");
    case base::ErrorKind::CheckFailed:
        return QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "A check failed.");
    case base::ErrorKind::ReviewMissing:
        return QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "Somebody has to look at it first.");
    case base::ErrorKind::Cancelled:
        return QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "It was stopped.");
    case base::ErrorKind::Failure:
        break;
    }
    return QT_TRANSLATE_NOOP("doorveil::ui::CoreTexts", "That did not work.");
}

bool isEnglish()
{
    return statementLanguage() == QLatin1String("en"); // what the window speaks where there is no other translation
}

QString withMessage(const QString &sentence, const QString &message)
{
    return message.isEmpty() ? sentence : QStringLiteral("%1 (%2)").arg(sentence, message);
}

} // namespace

QString problemText(const consent::RequestProblem &problem)
{
    const auto known = std::find_if(std::begin(problems), std::end(problems), [&problem](const ProblemSentence &one) {
        return problem.id == QLatin1String(one.id);
    });
    return isEnglish() || known == std::end(problems) ? problem.text : Words::tr(known->text);
}

QString errorText(const base::Error &error)
{
    const auto known = std::find_if(std::begin(errors), std::end(errors), [&error](const ErrorSentence &one) {
        return error.failureClass == QLatin1String(one.failureClass);
    });
    if (known != std::end(errors))
        return known->withMessage ? withMessage(Words::tr(known->text), error.message) : Words::tr(known->text);
    const bool isReadable = isEnglish() || error.failureClass == QLatin1String(ownWords);
    return isReadable && !error.message.isEmpty() ? error.message
                                                  : withMessage(Words::tr(sentenceOf(error.kind)), error.message);
}

QStringList knownProblems()
{
    QStringList ids;
    for (const ProblemSentence &one : problems)
        ids.append(QString::fromLatin1(one.id));
    return ids;
}

QStringList knownErrorClasses()
{
    QStringList classes;
    for (const ErrorSentence &one : errors)
        classes.append(QString::fromLatin1(one.failureClass));
    return classes;
}

} // namespace doorveil::ui
