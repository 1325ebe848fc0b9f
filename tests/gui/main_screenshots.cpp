// SPDX-License-Identifier: GPL-3.0-or-later
//
// doorveil-screenshots FOLDER: draws the demonstration clip, opens it in the real window, and writes pictures of the
// places into FOLDER. Everything that is seen in them is drawn by this project. They are the manual's pictures.
#include "gui/windowfixture.h"

#include "clips/cliplist.h"
#include "clips/clipsplace.h"
#include "review/reviewplacebase.h"
#include "support/democlip.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QStackedWidget>
#include <QTest>
#include <QTextStream>

using namespace doorveil;

namespace {

constexpr QSize pictureSize(1366, 768);
constexpr int longWait = 300'000;

bool isRead(const ui::ClipList &list)
{
    for (const ui::ClipEntry &entry : list.model()->entries()) {
        if (!entry.canReview() || entry.thumbnail.isNull())
            return false;
    }
    return !list.model()->entries().empty() && !list.queue()->isBusy();
}

bool save(guitest::WindowFixture &fixture, const QDir &folder, const QString &name)
{
    QTest::qWait(700); // what is on its way to the screen
    const QString file = folder.filePath(name + QStringLiteral(".png"));
    const bool saved = fixture.window().grab().save(file);
    QTextStream(stderr) << (saved ? "wrote " : "could not write ") << file << Qt::endl;
    return saved;
}

} // namespace

int main(int argumentCount, char **arguments)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argumentCount, arguments);
    if (QApplication::arguments().size() != 2) {
        QTextStream(stderr) << "usage: doorveil-screenshots FOLDER" << Qt::endl;
        return 2;
    }
    const QDir folder(QApplication::arguments().at(1));
    guitest::WindowFixture fixture;
    fixture.window().showNormal();
    fixture.window().resize(pictureSize);

    bool fine = save(fixture, folder, QStringLiteral("clips-empty"));

    QStringList clips;
    for (const char *name : {"front-door_20260314_081502", "front-door_20260314_174410"}) {
        testsupport::DemoSettings settings;
        settings.frameCount += 15 * int(clips.size()); // two clips, not one twice
        const QString file = fixture.clip(QString::fromLatin1(name) + QStringLiteral(".mp4"));
        const auto made = testsupport::writeDemoClip(file.toStdString(), settings);
        if (!made) {
            QTextStream(stderr) << made.error().message << Qt::endl;
            return 1;
        }
        clips += file;
    }
    fixture.drop(clips);
    ui::ClipList &list = *fixture.find<ui::ClipsPlace>("clipsPlace")->list();
    if (!QTest::qWaitFor([&list] { return isRead(list); }, longWait)) {
        QTextStream(stderr) << "the clips were not analysed" << Qt::endl;
        return 1;
    }
    fine = save(fixture, folder, QStringLiteral("clips-light")) && fine;
    fixture.find<QAction>("themeDark")->trigger();
    fine = save(fixture, folder, QStringLiteral("clips-dark")) && fine;

    auto *review = fixture.find<ui::ReviewPlaceBase>("reviewPlace");
    bool opened = false;
    QObject::connect(review, &ui::ReviewPlaceBase::projectOpened, review, [&opened] { opened = true; });
    fixture.find<QAction>("reviewClip")->trigger();
    if (!QTest::qWaitFor([&opened] { return opened; }, longWait)) {
        QTextStream(stderr) << "the project was not opened" << Qt::endl;
        return 1;
    }
    QTest::qWait(2000); // thumbnails, the first frame
    fine = save(fixture, folder, QStringLiteral("review-dark")) && fine;
    fixture.find<QAction>("themeLight")->trigger();
    fine = save(fixture, folder, QStringLiteral("review-light")) && fine;
    return fine ? 0 : 1;
}
