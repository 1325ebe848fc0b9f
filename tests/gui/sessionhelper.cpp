// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "session/reviewsession.h"

#include <QCoreApplication>

#include <cstdio>
#include <string>
#include <unistd.h>

// Edits a project through the window's session and says after each edit that it is saved, for tst_reviewsession to
// kill.
//
//     sessionhelper edit PROJECT FIRST COUNT   "saved N" when the session says so
//     sessionhelper early PROJECT FIRST COUNT  the positive control: says so when the edit is handed over

namespace {

using namespace doorveil;

void acknowledge(int number)
{
    const std::string line = "saved " + std::to_string(number) + "\n";
    if (::write(STDOUT_FILENO, line.data(), line.size()) != ssize_t(line.size()))
        std::_Exit(3);
}

} // namespace

int main(int count, char **words)
{
    QCoreApplication application(count, words);
    if (count < 5)
        return 2;
    const bool early = std::string(words[1]) == "early";
    const int first = std::atoi(words[3]);
    const int last = first + std::atoi(words[4]) - 1;
    ui::ReviewSession session;
    int saved = first - 1;
    QObject::connect(&session, &ui::ReviewSession::openFailed, &application, [](const base::Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.message));
        QCoreApplication::exit(1);
    });
    QObject::connect(&session, &ui::ReviewSession::editFailed, &application,
                     [](const QString &, const base::Error &error) {
                         std::fprintf(stderr, "%s\n", qPrintable(error.message));
                         QCoreApplication::exit(1);
                     });
    // All are handed over at once: the queue is what is tested.
    QObject::connect(&session, &ui::ReviewSession::opened, &application, [&] {
        for (int number = first; number <= last; ++number) {
            session.perform(projecttest::scriptedEdit(number), QStringLiteral("step"));
            if (early)
                acknowledge(number);
        }
    });
    bool opened = false;
    QObject::connect(&session, &ui::ReviewSession::documentChanged, &application, [&] {
        if (!std::exchange(opened, true))
            return; // of the opening itself
        ++saved;
        if (!early)
            acknowledge(saved);
        if (saved == last)
            QCoreApplication::exit(0);
    });
    session.open(words[2]);
    return QCoreApplication::exec();
}
