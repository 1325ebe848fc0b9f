// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"

#include "window/pathheader.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTest>
#include <QTextBrowser>
#include <QTreeWidget>

using namespace doorveil;
using guitest::WindowFixture;

class TestMainWindow final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void pathHeaderLeadsThroughThePlaces();
    void themeIsRemembered();
    void languageChangesAtOnceAndIsRemembered();
    void layoutIsRemembered();
    void firstRunSaysWhatStaysHere();
    void everyKeyIsInTheTooltip();
    void noKeyIsTakenTwice();
    void keySheetListsEveryKey();
    void keySheetCanBeSearched();
    void aboutTellsVersionsAndLicences();
    void everythingHasAnAccessibleName();
    void brokenSettingsAreKeptAside();
    void settingsOfTwoWindowsDoNotUndoEachOther();

private:
    template<typename Type> Type *find(const char *name) { return m_fixture->find<Type>(name); }
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestMainWindow::pathHeaderLeadsThroughThePlaces()
{
    const std::pair<const char *, const char *> steps[] = {{"reviewStep", "reviewPlace"},
                                                           {"shareStep", "sharePlace"},
                                                           {"ledgerStep", "ledgerPlace"},
                                                           {"clipsStep", "clipsPlace"}};
    auto *stack = find<QStackedWidget>("places");
    QCOMPARE(stack->currentWidget()->objectName(), QStringLiteral("clipsPlace"));
    for (const auto &[step, place] : steps) {
        QTest::mouseClick(find<ui::PathStep>(step), Qt::LeftButton);
        QCOMPARE(stack->currentWidget()->objectName(), QString::fromLatin1(place));
        QVERIFY(find<ui::PathStep>(step)->isChecked());
        QVERIFY(!find<ui::PathStep>(step)->accessibleName().isEmpty());
    }
    find<QAction>("goReview")->trigger();
    QCOMPARE(stack->currentWidget()->objectName(), QStringLiteral("reviewPlace"));
    QVERIFY(!find<ui::PathStep>("clipsStep")->isChecked());
}

void TestMainWindow::themeIsRemembered()
{
    find<QAction>("themeDark")->trigger();
    QVERIFY(m_fixture->theme().isDark());
    m_fixture->restart();
    QVERIFY(m_fixture->theme().isDark());
    QVERIFY(find<QAction>("themeDark")->isChecked());
    find<QAction>("themeLight")->trigger();
    QVERIFY(!m_fixture->theme().isDark());
}

void TestMainWindow::languageChangesAtOnceAndIsRemembered()
{
    QTRY_COMPARE(find<ui::PathStep>("reviewStep")->text(), QStringLiteral("Review"));
    find<QAction>("languageES")->trigger();
    QTRY_COMPARE(find<ui::PathStep>("reviewStep")->text(), QStringLiteral("Revisar"));
    m_fixture->restart();
    QTRY_COMPARE(find<ui::PathStep>("reviewStep")->text(), QStringLiteral("Revisar"));
    QVERIFY(find<QAction>("languageES")->isChecked());
    find<QAction>("languageEN")->trigger();
    QTRY_COMPARE(find<ui::PathStep>("reviewStep")->text(), QStringLiteral("Review"));
}

void TestMainWindow::layoutIsRemembered()
{
    // The offscreen screen is small: the window starts maximised there.
    m_fixture->window().showNormal();
    m_fixture->window().resize(1010, 640);
    const QSize size = m_fixture->window().size();
    m_fixture->window().close();
    m_fixture->restart();
    QCOMPARE(m_fixture->window().size(), size);
}

void TestMainWindow::firstRunSaysWhatStaysHere()
{
    m_fixture->settings().setValue(QLatin1String(ui::settings::welcomeSeen), false);
    const auto isShown = [this] {
        return find<QStackedWidget>("places")->currentWidget()->objectName() == QLatin1String("welcomePage");
    };
    QVERIFY(!isShown());
    find<QAction>("showWelcome")->trigger();
    QVERIFY(isShown());
    const QString folder = m_fixture->projectFolder();
    bool named = false;
    for (const QLabel *label : find<QWidget>("welcomePage")->findChildren<QLabel *>())
        named = named || label->text().contains(folder);
    QVERIFY2(named, "the page does not say where projects are kept");
    QTest::mouseClick(find<QAbstractButton>("welcomeStart"), Qt::LeftButton);
    QVERIFY(!isShown());
    QVERIFY(m_fixture->settings().value(QLatin1String(ui::settings::welcomeSeen)).toBool());
}

void TestMainWindow::everyKeyIsInTheTooltip()
{
    int keys = 0;
    for (const QAction *action : m_fixture->window().findChildren<QAction *>()) {
        if (action->objectName().isEmpty() || action->shortcuts().isEmpty())
            continue;
        const QList<QKeySequence> shortcuts = action->shortcuts();
        for (const QKeySequence &key : shortcuts) {
            ++keys;
            QVERIFY2(action->toolTip().contains(key.toString(QKeySequence::NativeText)),
                     qPrintable(action->objectName() + QStringLiteral(": ") + action->toolTip()));
        }
    }
    QVERIFY(keys > 15);
}

void TestMainWindow::noKeyIsTakenTwice()
{
    // Within one place: keys of places that are not shown are not active.
    QMap<QString, QString> owners;
    QList<const QAction *> actions;
    const QList<QAction *> menus = m_fixture->window().menuBar()->actions();
    for (const QAction *menu : menus) {
        const QList<QAction *> inMenu = menu->menu()->actions();
        actions += QList<const QAction *>(inMenu.begin(), inMenu.end());
    }
    QVERIFY(actions.size() > 15);
    for (const QAction *action : actions) {
        const QList<QKeySequence> shortcuts = action->shortcuts();
        for (const QKeySequence &key : shortcuts) {
            const QString name = key.toString();
            QVERIFY2(!owners.contains(name), qPrintable(name + owners.value(name) + action->objectName()));
            owners.insert(name, action->objectName());
        }
    }
}

void TestMainWindow::keySheetListsEveryKey()
{
    find<QAction>("showKeys")->trigger();
    auto *list = find<QTreeWidget>("keyList");
    QStringList listed;
    for (int group = 0; group < list->topLevelItemCount(); ++group) {
        for (int row = 0; row < list->topLevelItem(group)->childCount(); ++row)
            listed += list->topLevelItem(group)->child(row)->text(1).split(QStringLiteral(", "));
    }
    for (const QAction *action : m_fixture->window().findChildren<QAction *>()) {
        if (action->objectName().isEmpty())
            continue;
        const QList<QKeySequence> shortcuts = action->shortcuts();
        for (const QKeySequence &key : shortcuts)
            QVERIFY2(listed.contains(key.toString(QKeySequence::NativeText)), qPrintable(action->objectName()));
    }
    QTest::mouseClick(find<QAbstractButton>("closeKeySheet"), Qt::LeftButton);
    QTRY_VERIFY(m_fixture->findOrNull<QDialog>("keySheet") == nullptr);
}

void TestMainWindow::keySheetCanBeSearched()
{
    find<QAction>("showKeys")->trigger();
    auto *list = find<QTreeWidget>("keyList");
    find<QLineEdit>("keySearch")->setText(QStringLiteral("F1"));
    int shown = 0;
    for (int group = 0; group < list->topLevelItemCount(); ++group) {
        for (int row = 0; row < list->topLevelItem(group)->childCount(); ++row) {
            const QTreeWidgetItem *item = list->topLevelItem(group)->child(row);
            if (item->isHidden())
                continue;
            ++shown;
            QVERIFY(item->text(1).contains(QStringLiteral("F1")));
        }
    }
    QVERIFY(shown >= 1);
}

void TestMainWindow::aboutTellsVersionsAndLicences()
{
    find<QAction>("showAbout")->trigger();
    const QString parts = find<QTextBrowser>("aboutParts")->toPlainText();
    for (const char *part : {"Qt", "FFmpeg", "OpenCV", "dlib", "libsodium", "GPL-3.0-or-later"})
        QVERIFY2(parts.contains(QString::fromLatin1(part)), part);
    QVERIFY(!parts.contains(QStringLiteral("-NOTFOUND")));
    QVERIFY(find<QPlainTextEdit>("aboutLicence")->toPlainText().contains(QStringLiteral("GNU GENERAL PUBLIC LICENSE")));
}

void TestMainWindow::everythingHasAnAccessibleName()
{
    m_fixture->drop({m_fixture->makeClip(QStringLiteral("a.mp4"), 3)});
    find<QAction>("showKeys")->trigger();
    find<QAction>("showAbout")->trigger();
    find<QAction>("showModels")->trigger();
    int checked = 0;
    for (const QWidget *widget : m_fixture->window().findChildren<QWidget *>()) {
        const bool isControl = qobject_cast<const QAbstractButton *>(widget) != nullptr
                               || qobject_cast<const QAbstractItemView *>(widget) != nullptr
                               || qobject_cast<const QLineEdit *>(widget) != nullptr
                               || qobject_cast<const QComboBox *>(widget) != nullptr;
        // Parts of other widgets speak for themselves through those.
        if (!isControl || widget->objectName().startsWith(QStringLiteral("qt_")) || widget->inherits("QHeaderView")
            || widget->inherits("QTableCornerButton") || widget->parentWidget()->inherits("QTabBar")
            || widget->parentWidget()->inherits("QLineEdit") || widget->focusPolicy() == Qt::NoFocus
            || widget->isHidden())
            continue;
        ++checked;
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        QVERIFY(interface != nullptr);
        QVERIFY2(!interface->text(QAccessible::Name).isEmpty(),
                 qPrintable(QStringLiteral("%1 %2").arg(QString::fromLatin1(widget->metaObject()->className()),
                                                        widget->objectName())));
    }
    QVERIFY(checked > 15);
}

void TestMainWindow::brokenSettingsAreKeptAside()
{
    QTemporaryDir folder;
    const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "settings.json";
    QFile broken(folder.filePath(QStringLiteral("settings.json")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{ not json");
    broken.close();
    {
        ui::Settings settings(file);
        QVERIFY(settings.problem().contains(QStringLiteral("settings.json")));
        settings.setValue(QStringLiteral("language"), QStringLiteral("es"));
    }
    QFile aside(folder.filePath(QStringLiteral("settings.json.broken")));
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), QByteArray("{ not json"));
    const ui::Settings again(file);
    QVERIFY(again.problem().isEmpty());
    QCOMPARE(again.value(QStringLiteral("language")).toString(), QStringLiteral("es"));
    QCOMPARE(QFile::permissions(folder.filePath(QStringLiteral("settings.json"))) & 0x0077, QFile::Permissions());
}

void TestMainWindow::settingsOfTwoWindowsDoNotUndoEachOther()
{
    QTemporaryDir folder;
    const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "settings.json";
    {
        ui::Settings first(file);
        ui::Settings second(file);
        first.setValue(QStringLiteral("language"), QStringLiteral("es"));
        second.setValue(QStringLiteral("theme"), QStringLiteral("dark"));
    }
    const ui::Settings both(file);
    QCOMPARE(both.value(QStringLiteral("language")).toString(), QStringLiteral("es"));
    QCOMPARE(both.value(QStringLiteral("theme")).toString(), QStringLiteral("dark"));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
