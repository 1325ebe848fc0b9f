// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "clips/cliplist.h"
#include "clips/clipsplace.h"
#include "review/reviewplacebase.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTest>
#include <QTimer>

#include <cstdio>

// The desktop program itself, its main() and all, and somebody who uses it: waits for the clips of the command line to
// be analysed, watches, edits and reviews the first, and makes a package of it in the documents folder. Says on
// standard output where it is, for whoever wants to kill it there, and quits.

namespace {

using namespace doorveil;

constexpr int longWait = 60'000;

[[noreturn]] void giveUp(const QString &what)
{
    std::fprintf(stderr, "flow: %s\n", qPrintable(what));
    std::_Exit(9);
}

void say(const char *where)
{
    std::fprintf(stdout, "at %s\n", where);
    std::fflush(stdout);
}

void waitFor(const std::function<bool()> &condition, const char *what)
{
    if (!QTest::qWaitFor(condition, longWait))
        giveUp(QStringLiteral("waited in vain until ") + QString::fromLatin1(what));
}

class Person
{
public:
    explicit Person(ui::MainWindow &window) : m_window(window) { }

    void analyse()
    {
        say("analysing");
        QTest::mouseClick(find<QPushButton>("welcomeStart"), Qt::LeftButton);
        ui::ClipList &list = *find<ui::ClipsPlace>("clipsPlace")->list();
        waitFor(
            [&list] {
                const auto &entries = list.model()->entries();
                return !entries.empty() && !list.queue()->isBusy()
                       && std::all_of(entries.begin(), entries.end(), [](const ui::ClipEntry &entry) {
                              return entry.canReview() && !entry.thumbnail.isNull();
                          });
            },
            "the clips were analysed");
    }

    void review()
    {
        auto *place = find<ui::ReviewPlaceBase>("reviewPlace");
        bool opened = false;
        const auto connection =
            QObject::connect(place, &ui::ReviewPlaceBase::projectOpened, place, [&opened] { opened = true; });
        trigger("reviewClip");
        waitFor([&opened] { return opened; }, "the project was open");
        QObject::disconnect(connection);
        say("reviewing");
        for (const char *action : {"viewOriginal", "playPause", "viewCovered", "frameForward", "secondForward",
                                   "zoneHere", "viewOutlines", "lastFrame", "firstFrame"}) {
            trigger(action);
            QTest::qWait(300);
        }
        trigger("markReviewed");
        QTest::qWait(300);
        if (auto *agree = m_window.findChild<QPushButton *>(QStringLiteral("reviewedAnyway")))
            QTest::mouseClick(agree, Qt::LeftButton);
        QTest::qWait(500);
    }

    void share()
    {
        trigger("goShare");
        auto *clips = find<QTableWidget>("shareClips");
        waitFor(
            [clips] { return clips->rowCount() > 0 && clips->item(0, 0)->flags().testFlag(Qt::ItemIsUserCheckable); },
            "a clip could be chosen");
        clips->item(0, 0)->setCheckState(Qt::Checked);
        auto *kind = find<QComboBox>("requestKind");
        kind->setCurrentIndex(kind->findData(QStringLiteral("public-request")));
        fill("requestAgency", QStringLiteral("Springfield Police Department"));
        fill("signAs", QStringLiteral("Alex Owner"));
        // Asked for once it is known that there is no keychain; twice where there is no key yet.
        auto *passphrase = find<QLineEdit>("keyPassphrase");
        waitFor([this, passphrase] { return passphrase->isVisibleTo(&m_window); }, "a passphrase was asked for");
        passphrase->setText(QStringLiteral("correct horse"));
        if (auto *again = m_window.findChild<QLineEdit *>(QStringLiteral("keyPassphraseAgain")))
            again->setText(QStringLiteral("correct horse"));
        auto *reason = find<QLineEdit>("unreviewedReason");
        if (reason->isVisibleTo(&m_window))
            reason->setText(QStringLiteral("a test"));
        QTest::qWait(800); // the preview waits for the last key
        say("packaging");
        QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
        auto *stack = find<QStackedWidget>("shareStack");
        waitFor([stack] { return stack->currentIndex() == 3; }, "the package was made");
        trigger("goLedger");
        QTest::qWait(500);
        say("done");
    }

    void quit() { trigger("quit"); }

private:
    template<typename Type> Type *find(const char *name)
    {
        Type *found = m_window.findChild<Type *>(QString::fromLatin1(name));
        if (found == nullptr)
            giveUp(QStringLiteral("nothing is called ") + QString::fromLatin1(name));
        return found;
    }
    void trigger(const char *name) { find<QAction>(name)->trigger(); }
    void fill(const char *name, const QString &text) { find<QLineEdit>(name)->setText(text); }

    ui::MainWindow &m_window;
};

void useTheWindow()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        auto *window = qobject_cast<ui::MainWindow *>(widget);
        if (window == nullptr)
            continue;
        Person person(*window);
        person.analyse();
        person.review();
        person.share();
        person.quit();
        return;
    }
    giveUp(QStringLiteral("there is no window"));
}

void start()
{
    QTimer::singleShot(0, qApp, &useTheWindow);
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(start)
