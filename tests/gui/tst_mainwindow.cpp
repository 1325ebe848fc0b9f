// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"
#include "place.h"
#include "settings/settings.h"
#include "theme/theme.h"
#include "window/pathheader.h"

#include <QAction>
#include <QApplication>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace doorveil;
using ui::MainWindow;

class TestMainWindow final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void pathHeaderLeadsThroughThePlaces();
    void themeIsRemembered();
    void layoutIsRemembered();

private:
    void makeWindow();
    template<typename Type> Type *find(const char *name)
    {
        Type *found = m_window->findChild<Type *>(QString::fromLatin1(name));
        if (found == nullptr)
            qFatal("no widget or action is called %s", name);
        return found;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeWindow();
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_theme.reset();
    m_settings.reset();
    m_folder.reset();
}

void TestMainWindow::makeWindow()
{
    m_window.reset();
    m_settings.reset();
    m_settings =
        std::make_unique<ui::Settings>(std::filesystem::path(m_folder->path().toStdString()) / "settings.json");
    // Never the projects of whoever runs the tests.
    m_settings->setValue(QLatin1String(ui::settings::projectFolder),
                         QString::fromLatin1(m_folder->filePath(QStringLiteral("projects")).toUtf8().toBase64()));
    m_settings->setValue(QLatin1String(ui::settings::welcomeSeen), true);
    m_theme = std::make_unique<ui::Theme>(*qApp);
    m_theme->setPreference(ui::Theme::fromText(m_settings->value(QLatin1String(ui::settings::theme)).toString()));
    m_window =
        std::make_unique<MainWindow>(ui::WindowContext{*m_settings, *m_theme}, MainWindow::Options{true, nullptr});
    m_window->QWidget::show();
}

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
    QVERIFY(m_theme->isDark());
    makeWindow();
    QVERIFY(m_theme->isDark());
    QVERIFY(find<QAction>("themeDark")->isChecked());
    find<QAction>("themeLight")->trigger();
    QVERIFY(!m_theme->isDark());
}

void TestMainWindow::layoutIsRemembered()
{
    m_window->resize(1010, 640);
    const QSize size = m_window->size();
    m_window->close();
    makeWindow();
    QCOMPARE(m_window->size(), size);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
